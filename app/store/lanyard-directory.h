/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-aside.h"
#include "lanyard-entry.h"
#include "lanyard-vault.h"

G_BEGIN_DECLS

/*
 * directory.db: the desk's rebuildable, sealed copy of holders and accreditations. Belongs to the
 * thread that opened it, asserted in every function. A row is found by a keyed hash, never by a
 * scan.
 */
typedef struct _LanyardDirectory LanyardDirectory;

/* @error: as lanyard_journal_open(); LANYARD_ERROR_CORRUPT when it was sealed with another key */
LanyardDirectory *
lanyard_directory_open (const char *path, LanyardVault *vault, gboolean create, GError **error);
/* Says that an earlier version wrote the directory and that it is brought up to date now: some
 * seconds with a million people. On the thread that opens it. */
typedef void (*LanyardDirectoryUpgradeFunc) (gpointer user_data);
/* As lanyard_directory_open(). @upgrades: (nullable): called at most once, before it returns */
LanyardDirectory *lanyard_directory_open_watched (const char *path,
                                                  LanyardVault *vault,
                                                  gboolean create,
                                                  LanyardDirectoryUpgradeFunc upgrades,
                                                  gpointer user_data,
                                                  GError **error);
void lanyard_directory_close (LanyardDirectory *directory);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardDirectory, lanyard_directory_close)

/* One change of the feed. */
typedef struct
{
  guint64 gseq;        /* the hub's order; a row only ever goes forward in it */
  char *number;        /* accreditation number */
  LanyardEntry *entry; /* (nullable): NULL removes the row */
} LanyardChange;

LanyardChange *lanyard_change_new (guint64 gseq, const char *number, LanyardEntry *entry);
void lanyard_change_free (LanyardChange *change);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardChange, lanyard_change_free)

/**
 * lanyard_directory_apply:
 * @changes: (element-type LanyardChange): in any order
 * @cursor: where the feed goes on after these; rows and cursor commit together
 * @error: _FULL, _IO
 *
 * Idempotent: a row that is as new or newer already stays.
 */
gboolean lanyard_directory_apply (LanyardDirectory *directory,
                                  GPtrArray *changes,
                                  guint64 cursor,
                                  GError **error);
/* Keeps a row of the feed that could not be understood aside for a person to look at; the cursor
 * goes on with the next apply. Until a later row of @number comes, who is looked up by it is
 * "overtaken". Where too much is kept already the row is not, and only counted; who is overtaken
 * stays so, and the next program has the whole feed sent again. @number: (nullable): not known */
gboolean lanyard_directory_set_aside (LanyardDirectory *directory,
                                      guint64 gseq,
                                      const char *number,
                                      GBytes *raw,
                                      const char *why,
                                      GError **error);

/* A program that is another one than that which tried last tries rows again that were set aside.
 * @max_rows: at most so many of them, which are understood as fast as rows of the feed
 * @over: (out): all were tried; if not, call it again
 * @error: _FULL, _IO. TRUE also where none of them was understood: they stay aside. */
gboolean lanyard_directory_retry_step (LanyardDirectory *directory,
                                       guint max_rows,
                                       gboolean *over,
                                       GError **error);

guint64 lanyard_directory_get_cursor (LanyardDirectory *directory);
/* Era of the feed that the hub told with the cursor; 0: none yet */
guint64 lanyard_directory_get_era (LanyardDirectory *directory);
/* The hub goes on in another era, at the same cursor. */
gboolean lanyard_directory_put_era (LanyardDirectory *directory, guint64 era, GError **error);
/* The hub's feed is another one: it is read from its beginning. What is here stays in use until its
 * row comes again, and what does not come again until lanyard_directory_drop_stale(). */
gboolean lanyard_directory_begin_again (LanyardDirectory *directory, guint64 era, GError **error);
/* Whether rows of before begin_again may still be there. */
gboolean lanyard_directory_is_stale (LanyardDirectory *directory);
/* To be called when the feed was read to its end, again and again: drops at most @max of those
 * rows, and looks at few more. @more: (out): there may be more of them */
gboolean lanyard_directory_drop_stale (LanyardDirectory *directory,
                                       guint max,
                                       gboolean *more,
                                       GError **error);
guint64 lanyard_directory_get_size (LanyardDirectory *directory);
guint lanyard_directory_get_set_aside (LanyardDirectory *directory);
/* Those that are kept, for people to look at. @max: at most so many
 * @error: _IO. Returns: (transfer full) (nullable) (element-type LanyardAside): newest first */
GPtrArray *lanyard_directory_list_asides (LanyardDirectory *directory, guint max, GError **error);
/* A row that was set aside and that nobody was told of.
 * @gseq: (out): its place in the feed; 0: there is none */
gboolean lanyard_directory_find_untold (LanyardDirectory *directory, guint64 *gseq, GError **error);
/* The journal now says that what stood at @gseq was set aside. */
gboolean lanyard_directory_mark_told (LanyardDirectory *directory, guint64 gseq, GError **error);

typedef enum
{
  LANYARD_LOOKUP_NUMBER,
  LANYARD_LOOKUP_DOCUMENT, /* "TYPE:ISSUER:NUMBER" */
  LANYARD_LOOKUP_TOKEN,
} LanyardLookup;

/* Numbers and documents are found without regard to case, spaces and (numbers) hyphens.  Where one
 * document leads to several accreditations of a person, an active one comes before any other.
 * @error: LANYARD_ERROR_NOT_FOUND, _CORRUPT. Returns: (transfer full) (nullable) */
LanyardEntry *lanyard_directory_lookup (LanyardDirectory *directory,
                                        LanyardLookup by,
                                        const char *text,
                                        GError **error);

/* All of them, such as every accreditation of the holder of a document. @error:
 * LANYARD_ERROR_CORRUPT Returns: (transfer full) (nullable) (element-type LanyardEntry): may be
 * empty; NULL on error */
GPtrArray *lanyard_directory_lookup_all (LanyardDirectory *directory,
                                         LanyardLookup by,
                                         const char *text,
                                         GError **error);

/* Keeps the person to whom a day pass was given, sealed as every entry is, until the pass ends
 * (valid_until_s). Of this desk alone: found by number, never by a search, and never sent. */
gboolean lanyard_directory_put_visitor (LanyardDirectory *directory,
                                        const LanyardEntry *entry,
                                        GError **error);
/* Forgets those whose pass ended. @now_s: s since 1970-01-01 UTC */
gboolean
lanyard_directory_drop_visitors (LanyardDirectory *directory, gint64 now_s, GError **error);

/* @text: lanyard_note_is_sound(). Returns: (transfer full): @text, sealed and bound to @number, for
 * LANYARD_BODY_NOTE */
GBytes *
lanyard_directory_seal_note (LanyardDirectory *directory, const char *number, const char *text);
/* @error: LANYARD_ERROR_CORRUPT: another desk's, another person's, or damaged. Returns: (transfer
 * full) (nullable): to be wiped */
char *lanyard_directory_open_note (LanyardDirectory *directory,
                                   const char *number,
                                   GBytes *sealed,
                                   GError **error);

/* What another desk of the venue said of a badge while the hub could not be heard. */
typedef struct
{
  const char *number; /* accreditation number */
  const char *serial;
  guint32 sequence;    /* 0: not told */
  gboolean being_made; /* its desk began it, and has not said what came of it */
  gboolean open;       /* it came out, or nobody knows */
  gboolean is_void;    /* says one of those desks, or this one */
} LanyardVenueBadge;

/* From now on entries are read as if the hub had said so, until it has said more: a badge that is
 * open or being made counts as open until it is void, for the desks or for the hub. Forgotten when
 * the directory is closed. In any order, any number of times. */
void lanyard_directory_note_badge (LanyardDirectory *directory, const LanyardVenueBadge *told);

gboolean lanyard_directory_has_photo (LanyardDirectory *directory, GBytes *photo_hash);
/* @photo: JPEG or PNG whose hash is checked */
gboolean lanyard_directory_put_photo (LanyardDirectory *directory,
                                      GBytes *photo_hash,
                                      GBytes *photo,
                                      GError **error);
/* Returns: (transfer full) (nullable): NOT_FOUND while it has not come yet */
GBytes *
lanyard_directory_dup_photo (LanyardDirectory *directory, GBytes *photo_hash, GError **error);
/* lanyard-directory-taken.c */
/* A photo of @number that was taken at this desk: sealed, in place of one taken before.
 * @error: LANYARD_ERROR_LIMIT, _FULL, _IO */
gboolean lanyard_directory_put_taken (LanyardDirectory *directory,
                                      const char *number,
                                      GBytes *photo,
                                      GError **error);
/* Returns: (transfer full) (nullable): the photo; NULL when none was taken, or it cannot be opened
 */
GBytes *lanyard_directory_dup_taken (LanyardDirectory *directory, const char *number);
/* Takes photos away whose people are not in the directory any more. */
gboolean lanyard_directory_drop_taken (LanyardDirectory *directory, GError **error);
/* BLAKE2b-256 "lanyard/photo/1". Returns: (transfer full) */
GBytes *lanyard_photo_hash (GBytes *photo);
/* Hashes of photos that entries name and that are not here. (transfer full) (element-type GBytes)
 */
GPtrArray *lanyard_directory_list_missing_photos (LanyardDirectory *directory, guint max);

/* Signed lists and other small things that are kept with their names ("trust", "negative"). */
gboolean lanyard_directory_put_document (LanyardDirectory *directory,
                                         const char *name,
                                         GBytes *content,
                                         GError **error);
GBytes *lanyard_directory_dup_document (LanyardDirectory *directory, const char *name);

/* Search by name, organisation, number: in memory only, built in slices. */
typedef struct
{
  char *number;
  char *print_name;
  char *local_name;   /* (nullable) */
  char *organisation; /* (nullable) */
  char *category;
} LanyardHit;
void lanyard_hit_free (LanyardHit *hit);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHit, lanyard_hit_free)

/* Reads up to @max_rows more rows into the index. Returns: TRUE when the index is complete. */
gboolean lanyard_directory_index_step (LanyardDirectory *directory, guint max_rows, GError **error);
/* FALSE again after a snapshot took the place of the directory. */
gboolean lanyard_directory_is_indexed (LanyardDirectory *directory);
/* Returns: (transfer full) (element-type LanyardHit): best first. Every word of @query must begin a
 * word of name, organisation or number, without regard to case, diacritics, the ways in which a
 * name can be spelt, and one typing error; or @query is the whole number of a document. */
GPtrArray *lanyard_directory_search (LanyardDirectory *directory, const char *query, guint max);

/**
 * lanyard_directory_list_organisation:
 * @organisation: to the letter
 * @max: the most that are wanted
 * @more: (out): there are more than @max
 *
 * Everybody of it, once lanyard_directory_is_indexed().
 *
 * Returns: (transfer full) (element-type LanyardEntry): by name
 */
GPtrArray *lanyard_directory_list_organisation (LanyardDirectory *directory,
                                                const char *organisation,
                                                guint max,
                                                gboolean *more);

/* Returns: FALSE: enough */
typedef gboolean (*LanyardEntryFunc) (const LanyardEntry *entry, gpointer user_data);
gboolean lanyard_directory_foreach (LanyardDirectory *directory,
                                    LanyardEntryFunc func,
                                    gpointer user_data,
                                    GError **error);

/* How far everybody was read, for who has others to serve meanwhile. A value; zeroed to begin. */
typedef struct
{
  gint64 after;  /* row */
  guint n_swaps; /* of the directory in which that is a row */
  gboolean over; /* all were read, or it was enough */
} LanyardDirectoryWalk;

/**
 * lanyard_directory_walk:
 * @max_rows: at most so many are read
 * @again: (out): a snapshot took the place of the directory since the last call: nobody was read,
 *   what was read before counts no more, and the next call begins with the first row
 * @error: LANYARD_ERROR_CORRUPT, _IO
 */
gboolean lanyard_directory_walk (LanyardDirectory *directory,
                                 LanyardDirectoryWalk *walk,
                                 guint max_rows,
                                 gboolean *again,
                                 LanyardEntryFunc func,
                                 gpointer user_data,
                                 GError **error);

G_END_DECLS
