/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-directory-private.h"

#include "lanyard-error.h"
#include "lanyard-fault.h"

/* A person has few accreditations; more rows under one document are a mistake of the roster. */
#define MAX_ENTRIES_OF_ONE 16

static const char number_sql[]
    = "SELECT e.id, e.key, e.gseq, e.box FROM entry_key AS k JOIN entry AS e ON e.id = k.entry"
      " WHERE k.key = ?1 AND e.box IS NOT NULL LIMIT ?2";
static const char lookup_sql[]
    = "SELECT e.id, e.key, e.gseq, e.box FROM lookup AS l JOIN entry AS e ON e.id = l.entry"
      " WHERE l.key = ?1 AND e.box IS NOT NULL ORDER BY l.entry LIMIT ?2";
static const char scanning_sql[]
    = "SELECT " LANYARD_ENTRY_COLUMNS " FROM entry WHERE +key = ?1 AND box IS NOT NULL LIMIT ?2";

static const char *
name_lookup (LanyardLookup by)
{
  switch (by)
    {
    case LANYARD_LOOKUP_DOCUMENT:
      return "document";
    case LANYARD_LOOKUP_TOKEN:
      return "token";
    default:
      return "number";
    }
}

static const char *
choose_sql (LanyardLookup by)
{
  if (by != LANYARD_LOOKUP_NUMBER)
    return lookup_sql;
  return lanyard_fault ("lookup-by-scan") ? scanning_sql : number_sql;
}

/* Whom no roster has may have a day pass. */
static gboolean
add_visitor (LanyardDirectory *directory,
             LanyardLookup by,
             const LanyardRowKey *key,
             GPtrArray *entries,
             GError **error)
{
  g_autoptr (GError) local = NULL;
  LanyardEntry *visitor;

  if (by != LANYARD_LOOKUP_NUMBER || entries->len > 0)
    return TRUE;
  visitor = lanyard_directory_find_visitor (directory, key, &local);
  if (visitor != NULL)
    g_ptr_array_add (entries, visitor);
  if (local == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

GPtrArray *
lanyard_directory_lookup_all (LanyardDirectory *directory,
                              LanyardLookup by,
                              const char *text,
                              GError **error)
{
  g_autoptr (GPtrArray) entries
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_entry_free);
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database, choose_sql (by));
  LanyardRowKey key;
  gboolean row;

  g_return_val_if_fail (text != NULL, NULL);

  lanyard_directory_make_key (directory, name_lookup (by), text, &key);
  lanyard_statement_bind_blob (select, 1, key.bytes, sizeof key.bytes);
  lanyard_statement_bind_int (select, 2, MAX_ENTRIES_OF_ONE);
  while (lanyard_statement_step (select, &row, error))
    {
      LanyardEntry *entry;

      if (!row)
        return add_visitor (directory, by, &key, entries, error) ? g_steal_pointer (&entries)
                                                                 : NULL;
      entry = lanyard_directory_take_entry (directory, select, NULL, error);
      if (entry == NULL)
        return NULL;
      _lanyard_directory_add_venue (directory, entry);
      g_ptr_array_add (entries, entry);
      if (!_lanyard_directory_look_overtaken (directory, entry, error))
        return NULL;
    }
  return NULL;
}

LanyardEntry *
lanyard_directory_lookup (LanyardDirectory *directory,
                          LanyardLookup by,
                          const char *text,
                          GError **error)
{
  g_autoptr (GPtrArray) entries = lanyard_directory_lookup_all (directory, by, text, error);
  guint best = 0;

  if (entries == NULL)
    return NULL;
  if (entries->len == 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                   "There is nobody with this %s in the directory of this desk.", name_lookup (by));
      return NULL;
    }
  while (best < entries->len - 1
         && ((LanyardEntry *)entries->pdata[best])->status != LANYARD_STATUS_ACTIVE)
    best++;
  if (((LanyardEntry *)entries->pdata[best])->status != LANYARD_STATUS_ACTIVE)
    best = 0;
  return g_ptr_array_steal_index (entries, best);
}

static gboolean
read_slice (LanyardDirectory *directory,
            LanyardDirectoryWalk *walk,
            guint max_rows,
            LanyardEntryFunc func,
            gpointer user_data,
            GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database,
                               "SELECT " LANYARD_ENTRY_COLUMNS
                               " FROM entry WHERE id > ?1 ORDER BY id LIMIT ?2");
  guint n = 0;
  gboolean row;

  lanyard_statement_bind_int (select, 1, walk->after);
  lanyard_statement_bind_int (select, 2, max_rows);
  while (!walk->over && lanyard_statement_step (select, &row, error))
    {
      g_autoptr (LanyardEntry) entry = NULL;

      if (!row)
        {
          walk->over = n < max_rows;
          return TRUE;
        }
      n++;
      walk->after = lanyard_statement_get_int (select, 0);
      if (lanyard_statement_is_null (select, 3))
        continue;
      entry = lanyard_directory_take_entry (directory, select, NULL, error);
      if (entry == NULL)
        return FALSE;
      walk->over = !func (entry, user_data);
    }
  return walk->over;
}

gboolean
lanyard_directory_foreach (LanyardDirectory *directory,
                           LanyardEntryFunc func,
                           gpointer user_data,
                           GError **error)
{
  LanyardDirectoryWalk walk = { 0 };

  return read_slice (directory, &walk, G_MAXINT, func, user_data, error);
}

gboolean
lanyard_directory_walk (LanyardDirectory *directory,
                        LanyardDirectoryWalk *walk,
                        guint max_rows,
                        gboolean *again,
                        LanyardEntryFunc func,
                        gpointer user_data,
                        GError **error)
{
  g_return_val_if_fail (max_rows > 0 && func != NULL, FALSE);

  lanyard_database_assert_thread (directory->database);
  *again = walk->after > 0 && walk->n_swaps != directory->n_swaps;
  if (walk->n_swaps != directory->n_swaps)
    *walk = (LanyardDirectoryWalk){ .n_swaps = directory->n_swaps };
  return *again || read_slice (directory, walk, max_rows, func, user_data, error);
}
