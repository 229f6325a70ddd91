/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Tables that are not used any more. SQLite drops a table in one piece, for which a million rows
 * take seconds, so they are set aside under another name and emptied a slice at a time.
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-directory-private.h"

#include <string.h>

/* A slice takes away one photo where it looks at so many. */
#define ROWS_A_DROP 32

/* By which columns the rows of a table stand in order, by the end of its name. */
static const struct
{
  const char *table;
  const char *order;
} orders[] = {
  { "_entry", "id" },
  { "_entry_key", "key" },
  { "_entry_photo", "photo, entry" },
  { "_lookup", "key, entry" },
};

static gboolean exec_printf (LanyardDirectory *directory, GError **error, const char *format, ...)
    G_GNUC_PRINTF (3, 4);

static gboolean
exec_printf (LanyardDirectory *directory, GError **error, const char *format, ...)
{
  g_autofree char *sql = NULL;
  va_list args;

  va_start (args, format);
  sql = g_strdup_vprintf (format, args);
  va_end (args);
  return lanyard_database_exec (directory->database, sql, error);
}

static const char *
get_order (const char *table)
{
  for (guint i = 0; i < G_N_ELEMENTS (orders); i++)
    if (g_str_has_suffix (table, orders[i].table))
      return orders[i].order;
  g_assert_not_reached ();
}

/* @table: (out): (transfer full) (nullable): the first one whose name is like @pattern */
static gboolean
find_table (LanyardDirectory *directory, const char *pattern, char **table, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database,
                               "SELECT name FROM sqlite_schema WHERE type = 'table'"
                               " AND name GLOB ?1 LIMIT 1");
  gboolean row;

  lanyard_statement_bind_text (select, 1, pattern);
  if (!lanyard_statement_step (select, &row, error))
    return FALSE;
  *table = row ? lanyard_statement_dup_text (select, 0) : NULL;
  return TRUE;
}

/* The last slice is dropped with its table. */
static gboolean
sweep_table (LanyardDirectory *directory, const char *table, GError **error)
{
  const char *order = get_order (table);
  sqlite3 *handle = lanyard_database_get_handle (directory->database);
  guint slice = _lanyard_directory_get_slice (directory, FALSE);
  int n_before = sqlite3_total_changes (handle);

  return exec_printf (directory, error,
                      "DELETE FROM %s WHERE (%s) < (SELECT %s FROM %s ORDER BY %s LIMIT 1"
                      " OFFSET %u)",
                      table, order, order, table, order, slice)
         && (sqlite3_total_changes (handle) != n_before
             || exec_printf (directory, error, "DROP TABLE %s", table));
}

gboolean
_lanyard_directory_retire (LanyardDirectory *directory, const char *const *tables, GError **error)
{
  gint64 stamp = g_get_real_time ();

  for (; *tables != NULL; tables++)
    {
      g_autofree char *found = NULL;

      if (!find_table (directory, *tables, &found, error)
          || (found != NULL
              && !exec_printf (directory, error,
                               "ALTER TABLE %s RENAME TO old_%" G_GINT64_FORMAT "_%s", *tables,
                               stamp, *tables)))
        return FALSE;
    }
  return TRUE;
}

gboolean
_lanyard_directory_sweep_tables (LanyardDirectory *directory, gboolean *over, GError **error)
{
  g_autofree char *table = NULL;

  if (!find_table (directory, "old_*", &table, error))
    return FALSE;
  *over = table == NULL;
  return *over || sweep_table (directory, table, error);
}

/* The next photos, of which those that nobody names go to @drop. @over: (out): there were no more
 */
static gboolean
look_at_photos (LanyardDirectory *directory,
                guint64 *from,
                GArray *drop,
                gboolean *over,
                GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database,
                               "SELECT p.key, EXISTS (SELECT 1 FROM entry_photo AS e"
                               " WHERE e.photo = p.key)"
                               " FROM photo AS p WHERE p.key > ?1 ORDER BY p.key LIMIT ?2");
  guint64 start = GUINT64_TO_BE (*from);
  guint max = _lanyard_directory_get_slice (directory, FALSE), n = 0;
  gboolean row = TRUE;

  lanyard_statement_bind_blob (select, 1, &start, sizeof start);
  lanyard_statement_bind_int (select, 2, max);
  /* A photo is large: to take one away costs much more than to look at it. */
  while (drop->len <= max / ROWS_A_DROP)
    {
      LanyardRowKey key;
      gsize n_key;

      if (!lanyard_statement_step (select, &row, error))
        return FALSE;
      if (!row)
        break;
      memcpy (key.bytes, lanyard_statement_get_blob (select, 0, &n_key), sizeof key.bytes);
      memcpy (from, key.bytes, sizeof *from);
      *from = GUINT64_FROM_BE (*from);
      if (lanyard_statement_get_int (select, 1) == 0)
        g_array_append_val (drop, key);
      n++;
    }
  *over = !row && n < max;
  return TRUE;
}

gboolean
_lanyard_directory_sweep_photos (LanyardDirectory *directory,
                                 guint64 *from,
                                 gboolean *over,
                                 GError **error)
{
  g_autoptr (GArray) drop = g_array_new (FALSE, FALSE, sizeof (LanyardRowKey));

  if (!look_at_photos (directory, from, drop, over, error))
    return FALSE;
  for (guint i = 0; i < drop->len; i++)
    if (!lanyard_directory_drop_photo (directory, &g_array_index (drop, LanyardRowKey, i), error))
      return FALSE;
  return TRUE;
}
