/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Which feed the rows are of, and what becomes of them when the hub was put back from a backup. */

#define G_LOG_DOMAIN "lanyard-store"

#include <string.h>

#include "lanyard-directory-private.h"

/* To look at a row costs so much less than to take it away. */
#define LOOKS_A_DROP 8

/* One row that did not come again. */
typedef struct
{
  gint64 id;
  gboolean removed;
  LanyardRowKey key;
  LanyardRowKeys keys;
} Stale;

static void
stale_clear (gpointer data)
{
  _lanyard_row_keys_clear (&((Stale *)data)->keys);
}

static gboolean
put_state (LanyardDirectory *directory,
           guint64 cursor,
           guint64 era,
           gint64 round,
           gboolean stale,
           GError **error)
{
  g_autoptr (LanyardStatement) update
      = lanyard_statement_new (directory->database,
                               "UPDATE state SET cursor = ?1, era = ?2, round = ?3, stale = ?4,"
                               " n_entries = ?5 WHERE id = 1");

  lanyard_statement_bind_int (update, 1, (gint64)cursor);
  lanyard_statement_bind_int (update, 2, (gint64)era);
  lanyard_statement_bind_int (update, 3, round);
  lanyard_statement_bind_int (update, 4, stale);
  lanyard_statement_bind_int (update, 5, directory->n_entries);
  return lanyard_statement_run (update, error);
}

/* In a transaction of its own, then in memory. */
static gboolean
move (LanyardDirectory *directory,
      guint64 cursor,
      guint64 era,
      gint64 round,
      gboolean stale,
      GError **error)
{
  if (!lanyard_database_begin (directory->database, error))
    return FALSE;
  if (!put_state (directory, cursor, era, round, stale, error))
    {
      lanyard_database_rollback (directory->database);
      return FALSE;
    }
  if (!lanyard_database_commit (directory->database, error))
    return FALSE;
  directory->cursor = cursor;
  directory->era = era;
  directory->round = round;
  directory->stale = stale;
  directory->stale_through = 0;
  return TRUE;
}

/* The row under @select. */
static void
add_stale (LanyardStatement *select, GArray *found)
{
  Stale stale = { 0 };
  gsize n_key;
  const void *key = lanyard_statement_get_blob (select, 5, &n_key);

  stale.id = lanyard_statement_get_int (select, 0);
  stale.removed = lanyard_statement_get_int (select, 2) != 0;
  _lanyard_directory_read_keys (select, 3, 4, &stale.keys);
  if (n_key == sizeof stale.key.bytes)
    memcpy (stale.key.bytes, key, n_key);
  g_array_append_val (found, stale);
}

/* Looks at the rows from where the last call stopped; few of a million may be stale.
 * @through: (out): row id up to which they were looked at; @more: (out): there are others */
static gboolean
list_stale (LanyardDirectory *directory,
            guint max,
            GArray *found,
            gint64 *through,
            gboolean *more,
            GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database,
                               "SELECT id, round, box IS NULL, photo, lookups, key FROM entry"
                               " WHERE id > ?1 ORDER BY id LIMIT ?2");
  guint n = 0;
  gboolean row = TRUE;

  *through = directory->stale_through;
  lanyard_statement_bind_int (select, 1, directory->stale_through);
  lanyard_statement_bind_int (select, 2, (gint64)max * LOOKS_A_DROP);
  while (found->len < max)
    {
      if (!lanyard_statement_step (select, &row, error))
        return FALSE;
      if (!row)
        break;
      n++;
      *through = lanyard_statement_get_int (select, 0);
      if (lanyard_statement_get_int (select, 1) != directory->round)
        add_stale (select, found);
    }
  *more = row || n == max * LOOKS_A_DROP;
  return TRUE;
}

static gboolean
drop_one (LanyardDirectory *directory, const Stale *stale, GError **error)
{
  g_autoptr (LanyardStatement) forget
      = lanyard_statement_new (directory->database, "DELETE FROM entry_key WHERE key = ?1");
  g_autoptr (LanyardStatement) drop
      = lanyard_statement_new (directory->database, "DELETE FROM entry WHERE id = ?1");

  lanyard_statement_bind_blob (forget, 1, stale->key.bytes, sizeof stale->key.bytes);
  lanyard_statement_bind_int (drop, 1, stale->id);
  if (!lanyard_statement_run (forget, error) || !lanyard_statement_run (drop, error)
      || !_lanyard_directory_forget_keys (directory, &stale->keys, stale->id, error))
    return FALSE;
  directory->n_entries -= !stale->removed;
  return !stale->keys.has_photo
         || lanyard_directory_drop_photo (directory, &stale->keys.photo, error);
}

static gboolean
drop_all (LanyardDirectory *directory, const GArray *found, gboolean more, GError **error)
{
  for (guint i = 0; i < found->len; i++)
    if (!drop_one (directory, &g_array_index (found, Stale, i), error))
      return FALSE;
  return put_state (directory, directory->cursor, directory->era, directory->round, more, error);
}

guint64
lanyard_directory_get_era (LanyardDirectory *directory)
{
  lanyard_database_assert_thread (directory->database);
  return directory->era;
}

gboolean
lanyard_directory_is_stale (LanyardDirectory *directory)
{
  lanyard_database_assert_thread (directory->database);
  return directory->stale;
}

gboolean
lanyard_directory_put_era (LanyardDirectory *directory, guint64 era, GError **error)
{
  return move (directory, directory->cursor, era, directory->round, directory->stale, error);
}

gboolean
lanyard_directory_begin_again (LanyardDirectory *directory, guint64 era, GError **error)
{
  return move (directory, 0, era, directory->round + 1, TRUE, error);
}

gboolean
lanyard_directory_drop_stale (LanyardDirectory *directory,
                              guint max,
                              gboolean *more,
                              GError **error)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Stale));
  gint64 n_before = directory->n_entries, through;

  g_array_set_clear_func (found, stale_clear);
  if (!list_stale (directory, max, found, &through, more, error)
      || !lanyard_database_begin (directory->database, error))
    return FALSE;
  if (!drop_all (directory, found, *more, error))
    {
      lanyard_database_rollback (directory->database);
      directory->n_entries = n_before;
      return FALSE;
    }
  if (!lanyard_database_commit (directory->database, error))
    {
      directory->n_entries = n_before;
      return FALSE;
    }
  directory->stale = *more;
  directory->stale_through = *more ? through : 0;
  for (guint i = 0; i < found->len; i++)
    lanyard_search_index_remove (directory->index, (guint32)g_array_index (found, Stale, i).id);
  return TRUE;
}
