/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-database.h"
#include "lanyard-directory-load.h"
#include "lanyard-directory.h"
#include "lanyard-search-index.h"
#include "lanyard-statement.h"

G_BEGIN_DECLS

#define LANYARD_DIRECTORY_APPLICATION_ID 0x4c594431 /* "LYD1" */
/* Of a keyed hash: 128 bits never meet by chance, and a million rows are half as large. */
#define LANYARD_DIRECTORY_KEY_BYTES 16

typedef struct
{
  guint8 bytes[LANYARD_DIRECTORY_KEY_BYTES];
} LanyardRowKey;

struct _LanyardDirectory
{
  /* owned */
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

  /* state of the index */
  gint64 indexed_through;  /* row id up to which it was built */
  gboolean index_complete; /* new rows go in as they come */
};

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

/* Opens the row under @select (LANYARD_ENTRY_COLUMNS). @id: (out) (optional)
 * @error: LANYARD_ERROR_CORRUPT. Returns: (transfer full) (nullable) */
LanyardEntry *lanyard_directory_take_entry (LanyardDirectory *directory,
                                            LanyardStatement *select,
                                            gint64 *id,
                                            GError **error);

/* lanyard-directory-visitor.c. Returns: (transfer full) (nullable): NULL without an error when
 * there is none */
LanyardEntry *lanyard_directory_find_visitor (LanyardDirectory *directory,
                                              const LanyardRowKey *key,
                                              GError **error);

/* lanyard-directory-apply.c. A photo that no entry names any more goes. */
gboolean lanyard_directory_drop_photo (LanyardDirectory *directory,
                                       const LanyardRowKey *key,
                                       GError **error);
/* lanyard-directory-load.c: notes how far a load has come, in the transaction under way. */
gboolean
_lanyard_directory_put_load (LanyardDirectory *directory, const LanyardLoad *load, GError **error);

/* lanyard-directory-venue.c: adds to @entry what the venue's desks said. */
void _lanyard_directory_add_venue (LanyardDirectory *directory, LanyardEntry *entry);

/* For tests */
LanyardDatabase *lanyard_directory_get_database (LanyardDirectory *directory);

G_END_DECLS
