/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * A program that is not the one that set rows aside tries them again, a few at a time. Those that
 * it understands go where they would have gone, unless something newer is there; the others stay.
 *
 * Only what can still say something goes there: of the feed the newest of each number that is not
 * understood, which is in the table of those that are overtaken, and of snapshots what is of the
 * one in use. What is older than that, or of a feed or a snapshot of before, might bring somebody
 * back who has been taken out since; once it is understood it is no question any more.
 *
 * A row is applied first and forgotten then. Whoever loses power in between applies it again, which
 * changes nothing. Only when all were tried does the directory say by whom; so a pass that was
 * broken off begins anew.
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-directory-private.h"

#include "lanyard-fault.h"

#include <string.h>

/* One that was set aside. */
typedef struct
{
  guint64 gseq;
  LanyardRowKey digest;
  gboolean current;    /* what it says may be the newest */
  LanyardEntry *entry; /* owned (nullable): NULL: still not understood */
} Aside;

static void
aside_clear (gpointer data)
{
  lanyard_entry_free (((Aside *)data)->entry);
}

static gboolean
read_key (LanyardStatement *select, int column, LanyardRowKey *key)
{
  gsize n_key;
  const void *stored = lanyard_statement_get_blob (select, column, &n_key);

  if (stored == NULL || n_key != sizeof key->bytes)
    return FALSE;
  memcpy (key->bytes, stored, n_key);
  return TRUE;
}

/* Returns: (transfer full) (nullable): NULL: this program does not understand it either */
static LanyardEntry *
understand (LanyardDirectory *directory, LanyardStatement *select, const Aside *aside)
{
  g_autoptr (GBytes) context = lanyard_directory_make_context (&aside->digest, aside->gseq);
  g_autoptr (LanyardEntry) entry = NULL;
  g_autoptr (GBytes) raw = NULL;
  LanyardRowKey row, own;
  const void *box;
  gsize n_box;

  box = lanyard_statement_get_blob (select, 3, &n_box);
  raw = lanyard_vault_open (directory->vault, box, n_box, g_bytes_get_data (context, NULL),
                            g_bytes_get_size (context), NULL);
  if (raw != NULL)
    entry = lanyard_entry_decode (g_bytes_get_data (raw, NULL), g_bytes_get_size (raw), NULL);
  if (entry == NULL)
    return NULL;
  /* A row of the feed says whose it is, too. */
  lanyard_directory_make_key (directory, "number", entry->number, &own);
  if (read_key (select, 4, &row) && memcmp (row.bytes, own.bytes, sizeof own.bytes) != 0)
    return NULL;
  return g_steal_pointer (&entry);
}

/* The next ones, but for those of a snapshot that is still being loaded. */
static gboolean
read_some (LanyardDirectory *directory, guint max_rows, GArray *asides, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database,
                               "SELECT s.gseq, s.digest,"
                               " o.key IS NOT NULL OR (s.snapshot = 2 AND ?1 = 0), s.box, o.key"
                               " FROM set_aside AS s"
                               " LEFT JOIN overtaken AS o ON o.gseq = s.gseq AND o.round = ?1"
                               " WHERE (s.gseq, s.digest) > (?2, ?3)"
                               " AND s.snapshot <> 1 ORDER BY s.gseq, s.digest LIMIT ?4");
  gboolean row;

  lanyard_statement_bind_int (select, 1, directory->round);
  lanyard_statement_bind_int (select, 2, (gint64)directory->retried_gseq);
  lanyard_statement_bind_blob (select, 3, directory->retried.bytes,
                               sizeof directory->retried.bytes);
  lanyard_statement_bind_int (select, 4, max_rows);
  while (lanyard_statement_step (select, &row, error))
    {
      Aside aside = { 0 };

      if (!row)
        return TRUE;
      aside.gseq = (guint64)lanyard_statement_get_int (select, 0);
      aside.current = lanyard_statement_get_int (select, 2) != 0;
      if (read_key (select, 1, &aside.digest))
        aside.entry = understand (directory, select, &aside);
      g_array_append_val (asides, aside);
    }
  return FALSE;
}

/* Puts those that are understood where they belong. */
static gboolean
apply (LanyardDirectory *directory, GArray *asides, GError **error)
{
  g_autoptr (GPtrArray) changes
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_change_free);

  for (guint i = 0; i < asides->len; i++)
    {
      const Aside *aside = &g_array_index (asides, Aside, i);

      if (aside->entry != NULL && aside->current)
        g_ptr_array_add (changes, lanyard_change_new (aside->gseq, aside->entry->number,
                                                      lanyard_entry_copy (aside->entry)));
    }
  return changes->len == 0
         || lanyard_directory_apply (directory, changes, directory->cursor, error);
}

static gboolean
forget_one (LanyardDirectory *directory, const Aside *aside, GError **error)
{
  g_autoptr (LanyardStatement) drop
      = lanyard_statement_new (directory->database,
                               "DELETE FROM set_aside WHERE gseq = ?1 AND digest = ?2");
  g_autoptr (LanyardStatement) clear
      = lanyard_statement_new (directory->database,
                               "DELETE FROM overtaken WHERE key = ?1 AND round = ?2 AND gseq = ?3");
  LanyardRowKey key;

  lanyard_directory_make_key (directory, "number", aside->entry->number, &key);
  lanyard_statement_bind_int (drop, 1, (gint64)aside->gseq);
  lanyard_statement_bind_blob (drop, 2, aside->digest.bytes, sizeof aside->digest.bytes);
  lanyard_statement_bind_blob (clear, 1, key.bytes, sizeof key.bytes);
  lanyard_statement_bind_int (clear, 2, directory->round);
  lanyard_statement_bind_int (clear, 3, (gint64)aside->gseq);
  return lanyard_statement_run (drop, error) && lanyard_statement_run (clear, error);
}

static gboolean
put_tried (LanyardDirectory *directory, const char *program, GError **error)
{
  g_autoptr (LanyardStatement) drop
      = lanyard_statement_new (directory->database, "DELETE FROM set_aside WHERE length (box) = 0");
  g_autoptr (LanyardStatement) update
      = lanyard_statement_new (directory->database,
                               "UPDATE state SET tried_by = ?1, aside_lost = 0 WHERE id = 1");

  lanyard_statement_bind_text (update, 1, program);
  return lanyard_statement_run (drop, error) && lanyard_statement_run (update, error);
}

/* What there was no room for can only be had from the hub: the feed is read from its beginning. */
static gboolean
fetch_lost (LanyardDirectory *directory, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database,
                               "SELECT 1 FROM state WHERE aside_lost > 0"
                               " OR EXISTS (SELECT 1 FROM set_aside WHERE length (box) = 0)");
  gboolean row;

  if (!lanyard_statement_step (select, &row, error))
    return FALSE;
  g_clear_pointer (&select, lanyard_statement_release);
  return !row || lanyard_directory_begin_again (directory, directory->era, error);
}

/* @program: (nullable): all were tried by it */
static gboolean
settle (LanyardDirectory *directory, GArray *asides, const char *program, GError **error)
{
  gboolean ok = TRUE;

  if (!lanyard_database_begin (directory->database, error))
    return FALSE;
  for (guint i = 0; ok && i < asides->len; i++)
    if (g_array_index (asides, Aside, i).entry != NULL)
      ok = forget_one (directory, &g_array_index (asides, Aside, i), error);
  if (ok && program != NULL)
    ok = put_tried (directory, program, error);
  if (ok)
    return lanyard_database_commit (directory->database, error);
  lanyard_database_rollback (directory->database);
  return FALSE;
}

/* Two programs that read the same entries need not try what the other could not read. */
static char *
name_program (void)
{
  return g_strdup_printf ("%s/%u", LANYARD_VERSION, lanyard_entry_get_newest_version ());
}

static gboolean
was_tried_by (LanyardDirectory *directory, const char *program, gboolean *tried, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database,
                               "SELECT 1 FROM state WHERE id = 1 AND tried_by = ?1");

  lanyard_statement_bind_text (select, 1, program);
  return lanyard_statement_step (select, tried, error);
}

gboolean
lanyard_directory_retry_step (LanyardDirectory *directory,
                              guint max_rows,
                              gboolean *over,
                              GError **error)
{
  g_autoptr (GArray) asides = g_array_new (FALSE, FALSE, sizeof (Aside));
  g_autofree char *program = name_program ();

  g_return_val_if_fail (max_rows > 0 && over != NULL, FALSE);

  lanyard_database_assert_thread (directory->database);
  g_array_set_clear_func (asides, aside_clear);
  if (!was_tried_by (directory, program, over, error))
    return FALSE;
  if (*over || lanyard_fault ("aside-for-ever"))
    return *over = TRUE;
  if (!read_some (directory, max_rows, asides, error) || !apply (directory, asides, error))
    return FALSE;
  *over = asides->len < max_rows;
  /* Before the program is noted: after a power cut it is done again. */
  if (*over && !fetch_lost (directory, error))
    return FALSE;
  if (!settle (directory, asides, *over ? program : NULL, error))
    return FALSE;
  if (asides->len > 0)
    {
      const Aside *last = &g_array_index (asides, Aside, asides->len - 1);

      directory->retried_gseq = last->gseq;
      directory->retried = last->digest;
    }
  return TRUE;
}
