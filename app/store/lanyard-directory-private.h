/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-database.h"
#include "lanyard-directory-load.h"
#include "lanyard-directory.h"
#include "lanyard-load-order.h"
#include "lanyard-row-key.h"
#include "lanyard-search-index.h"
#include "lanyard-statement.h"

G_BEGIN_DECLS

#define LANYARD_DIRECTORY_APPLICATION_ID 0x4c594431 /* "LYD1" */

/* What leads to a row besides its number. A value. */
typedef struct
{
  GArray *lookups; /* owned (nullable) (element-type LanyardRowKey): documents and tokens */
  gboolean has_photo;
  LanyardRowKey photo;
} LanyardRowKeys;

/* Rows of one step of a load: some milliseconds, for which nobody at the counter waits. */
#define LANYARD_DIRECTORY_SLICE 1500

struct _LanyardDirectory
{
  /* owned */
  LanyardSchema schema; /* of the database, which outlives nothing of it */
  LanyardDatabase *database;
  LanyardVault *vault;
  LanyardSearchIndex *index; /* in memory only */
  GHashTable *venue;         /* (nullable) (element-type utf8 GPtrArray): of each number, badges */

  /* state: what is on disk, kept to spare reading it */
  guint64 cursor;
  gint64 n_entries;
  guint64 era;
  gint64 round;
  gboolean stale;

  guint n_swaps;        /* in memory only: how often a snapshot took its place */
  gint64 stale_through; /* in memory only: row id up to which stale ones were looked for */

  /* state of the index */
  gint64 indexed_through;  /* row id up to which it was built */
  gboolean index_complete; /* new rows go in as they come */

  /* most that is kept of rows that are set aside; less in tests */
  guint max_asides;
  gint64 max_aside_bytes;

  /* how far the rows that were set aside were tried; in memory only */
  guint64 retried_gseq;
  LanyardRowKey retried; /* of the last one: its digest */

  guint slice; /* rows that one step of a load deals with */

  /* of a load under way; in memory only, and made again from the rows after a restart */
  LanyardSearchIndex *coming; /* owned (nullable): of the rows that are here */
  gint64 coming_through;      /* row id up to which it was built */
  LanyardLoadOrder *order;    /* owned (nullable): from all rows are here until the swap */
  gint64 order_through;       /* row id up to which its keys were collected; -1: of all */
};

/* A hub of a later version may send a million rows that are not understood. */
#define LANYARD_MAX_ASIDES 50000
#define LANYARD_MAX_ASIDE_BYTES (32 * 1024 * 1024)

/* Columns of a row of the entry table as lanyard_directory_take_entry() reads them. */
#define LANYARD_ENTRY_COLUMNS "id, key, gseq, box"

/* @what: as lanyard_vault_lookup_hash(); @text is brought to one form first: capital letters, no
 * spaces, and no hyphens in numbers */
void lanyard_directory_make_key (LanyardDirectory *directory,
                                 const char *what,
                                 const char *text,
                                 LanyardRowKey *key);
void lanyard_directory_make_photo_key (LanyardDirectory *directory,
                                       GBytes *photo_hash,
                                       LanyardRowKey *key);
/* What a box of an entry is bound to: its row and its place in the feed, so that no box can be put
 * into another row or kept from an earlier day. */
GBytes *lanyard_directory_make_context (const LanyardRowKey *key, guint64 gseq);

/* lanyard-directory-aside.c: says in @entry, which is here, whether a later row was set aside. */
gboolean _lanyard_directory_look_overtaken (LanyardDirectory *directory,
                                            LanyardEntry *entry,
                                            GError **error);

/* Opens the row under @select (LANYARD_ENTRY_COLUMNS). @id: (out) (optional)
 * @error: LANYARD_ERROR_CORRUPT. Returns: (transfer full) (nullable) */
LanyardEntry *lanyard_directory_take_entry (LanyardDirectory *directory,
                                            LanyardStatement *select,
                                            gint64 *id,
                                            GError **error);

/* Puts the names of the row under @select (LANYARD_ENTRY_COLUMNS) into @index. One that is damaged
 * is left out: it keeps nobody else from being found. */
void _lanyard_directory_take_names (LanyardDirectory *directory,
                                    LanyardStatement *select,
                                    LanyardSearchIndex *index);

/* lanyard-directory-visitor.c. Returns: (transfer full) (nullable): NULL without an error when
 * there is none */
LanyardEntry *lanyard_directory_find_visitor (LanyardDirectory *directory,
                                              const LanyardRowKey *key,
                                              GError **error);

/* lanyard-directory-keys.c. @entry: (nullable): a removed one has none; @keys: (out) */
void _lanyard_directory_make_keys (LanyardDirectory *directory,
                                   const LanyardEntry *entry,
                                   LanyardRowKeys *keys);
/* Takes them out of a row of the entry table. @keys: (out) */
void _lanyard_directory_read_keys (LanyardStatement *select,
                                   int photo_column,
                                   int lookups_column,
                                   LanyardRowKeys *keys);
void _lanyard_row_keys_clear (LanyardRowKeys *keys);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardRowKeys, _lanyard_row_keys_clear)
/* Binds what the row carries of them. They have to outlive the run of @statement. */
void _lanyard_row_keys_bind (const LanyardRowKeys *keys,
                             LanyardStatement *statement,
                             int photo_index,
                             int lookups_index);
gboolean _lanyard_directory_put_keys (LanyardDirectory *directory,
                                      const LanyardRowKeys *keys,
                                      gint64 id,
                                      GError **error);
gboolean _lanyard_directory_forget_keys (LanyardDirectory *directory,
                                         const LanyardRowKeys *keys,
                                         gint64 id,
                                         GError **error);

/* lanyard-directory-apply.c. Notes that a photo is wanted, unless it is here or noted already. */
gboolean _lanyard_directory_want_photo (LanyardDirectory *directory,
                                        const LanyardRowKey *key,
                                        GBytes *photo_hash,
                                        GError **error);
/* lanyard-directory-apply.c. A photo that no entry names any more goes. */
gboolean lanyard_directory_drop_photo (LanyardDirectory *directory,
                                       const LanyardRowKey *key,
                                       GError **error);
/* lanyard-directory-load.c: notes how far a load has come, in the transaction under way. */
gboolean
_lanyard_directory_put_load (LanyardDirectory *directory, const LanyardLoad *load, GError **error);

/* lanyard-directory-load.c: how many rows a step deals with; @costly: where each is opened */
guint _lanyard_directory_get_slice (LanyardDirectory *directory, gboolean costly);
/* For tests. @rows: at least 2 */
void _lanyard_directory_set_slice (LanyardDirectory *directory, guint rows);
/* lanyard-directory-load.c: forgets what a load keeps in memory. */
void _lanyard_directory_forget_load (LanyardDirectory *directory);

/* lanyard-directory-order.c: puts the next slice of the keys of @kind into their table, in the
 * transaction under way; all were collected. Where that is not committed, forget the load.
 * @over: (out): all are there */
gboolean _lanyard_directory_fill (LanyardDirectory *directory,
                                  LanyardOrderKind kind,
                                  LanyardLoad *load,
                                  gboolean *over,
                                  GError **error);
/* lanyard-directory-order.c: collects the keys of the next rows; needs no transaction.
 * @over: (out): of all rows */
gboolean _lanyard_directory_collect (LanyardDirectory *directory, gboolean *over, GError **error);

/* lanyard-directory-sweep.c: sets those of @tables that there are aside, to be swept, in the
 * transaction under way. */
gboolean
_lanyard_directory_retire (LanyardDirectory *directory, const char *const *tables, GError **error);
/* Sweeps a slice of what was set aside. @over: (out): nothing is left of it */
gboolean
_lanyard_directory_sweep_tables (LanyardDirectory *directory, gboolean *over, GError **error);
/* Sweeps a slice of the photos nobody names. @from: (inout): the first 8 bytes of the key up to
 * which they were looked at; @over: (out): all were */
gboolean _lanyard_directory_sweep_photos (LanyardDirectory *directory,
                                          guint64 *from,
                                          gboolean *over,
                                          GError **error);

/* lanyard-directory-venue.c: adds to @entry what the venue's desks said. */
void _lanyard_directory_add_venue (LanyardDirectory *directory, LanyardEntry *entry);

/* For tests */
LanyardDatabase *lanyard_directory_get_database (LanyardDirectory *directory);

G_END_DECLS
