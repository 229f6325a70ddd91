/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-directory-private.h"

#include "lanyard-error.h"
#include "lanyard-search-numbers.h"

#include <string.h>

/* A hit with what it is sorted by. */
typedef struct
{
  LanyardHit *hit;
  guint score;
  char *sort_key; /* owned */
} Found;

void
lanyard_hit_free (LanyardHit *hit)
{
  if (hit == NULL)
    return;
  g_free (hit->number);
  g_free (hit->print_name);
  g_free (hit->local_name);
  g_free (hit->organisation);
  g_free (hit->category);
  g_free (hit);
}

static LanyardHit *
make_hit (const LanyardEntry *entry)
{
  LanyardHit *hit = g_new0 (LanyardHit, 1);

  hit->number = g_strdup (entry->number);
  hit->print_name = g_strdup (entry->print_name);
  hit->local_name = g_strdup (entry->local_name);
  hit->organisation = g_strdup (entry->organisation);
  hit->category = g_strdup (entry->category);
  return hit;
}

static int
compare_found (gconstpointer a, gconstpointer b)
{
  const Found *found_a = a, *found_b = b;

  if (found_a->score != found_b->score)
    return found_a->score > found_b->score ? -1 : 1;
  return strcmp (found_a->sort_key, found_b->sort_key);
}

/* Returns: (transfer full) (nullable): NULL when it is gone or damaged */
static LanyardEntry *
read_row (LanyardDirectory *directory, gint64 id)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database,
                               "SELECT " LANYARD_ENTRY_COLUMNS
                               " FROM entry WHERE id = ?1 AND box IS NOT NULL");
  g_autoptr (GError) error = NULL;
  LanyardEntry *entry = NULL;
  gboolean row;

  lanyard_statement_bind_int (select, 1, id);
  if (lanyard_statement_step (select, &row, &error) && row)
    entry = lanyard_directory_take_entry (directory, select, NULL, &error);
  if (error != NULL)
    g_warning ("%s", error->message);
  return entry;
}

gboolean
lanyard_directory_index_step (LanyardDirectory *directory, guint max_rows, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database,
                               "SELECT " LANYARD_ENTRY_COLUMNS
                               " FROM entry WHERE id > ?1 ORDER BY id LIMIT ?2");
  guint n_rows = 0;
  gboolean row;

  if (directory->index_complete)
    return TRUE;
  lanyard_statement_bind_int (select, 1, directory->indexed_through);
  lanyard_statement_bind_int (select, 2, max_rows);
  while (lanyard_statement_step (select, &row, error))
    {
      if (!row)
        {
          directory->index_complete = n_rows < max_rows;
          return directory->index_complete;
        }
      n_rows++;
      directory->indexed_through = lanyard_statement_get_int (select, 0);
      if (!lanyard_statement_is_null (select, 3))
        _lanyard_directory_take_names (directory, select, directory->index);
    }
  return FALSE;
}

gboolean
lanyard_directory_is_indexed (LanyardDirectory *directory)
{
  return directory->index_complete;
}

static void
add_found (GArray *list, const LanyardEntry *entry, guint score)
{
  Found found = { .hit = make_hit (entry),
                  .score = score,
                  .sort_key = g_utf8_collate_key (entry->print_name, -1) };

  g_array_append_val (list, found);
}

static gboolean
has_document (const LanyardEntry *entry, const char *number)
{
  for (char **document = entry->documents; *document != NULL; document++)
    if (lanyard_search_numbers_is_of (*document, number))
      return TRUE;
  return FALSE;
}

/* Who has a document of that number, before all others. @ids: (element-type guint32): gets them */
static void
find_document (LanyardDirectory *directory, const char *query, GArray *list, GArray *ids)
{
  g_autoptr (GArray) rows = lanyard_search_index_list_document (directory->index, query);

  for (guint i = 0; i < rows->len; i++)
    {
      guint32 id = g_array_index (rows, guint32, i);
      g_autoptr (LanyardEntry) entry = read_row (directory, id);

      if (entry == NULL || !has_document (entry, query))
        continue;
      add_found (list, entry, G_MAXUINT);
      g_array_append_val (ids, id);
    }
}

static gboolean
has_id (GArray *ids, guint32 id)
{
  for (guint i = 0; i < ids->len; i++)
    if (g_array_index (ids, guint32, i) == id)
      return TRUE;
  return FALSE;
}

static void
find_words (LanyardDirectory *directory, const char *query, guint max, GArray *list, GArray *ids)
{
  g_autoptr (GArray) matches = lanyard_search_index_find (directory->index, query, max);

  for (guint i = 0; i < matches->len && list->len < max; i++)
    {
      const LanyardMatch *match = &g_array_index (matches, LanyardMatch, i);
      g_autoptr (LanyardEntry) entry
          = has_id (ids, match->id) ? NULL : read_row (directory, match->id);

      if (entry != NULL)
        add_found (list, entry, match->score);
    }
}

GPtrArray *
lanyard_directory_search (LanyardDirectory *directory, const char *query, guint max)
{
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (Found));
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (guint32));
  GPtrArray *hits = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hit_free);

  g_return_val_if_fail (query != NULL, hits);
  lanyard_database_assert_thread (directory->database);

  find_document (directory, query, list, ids);
  find_words (directory, query, max, list, ids);
  g_array_sort (list, compare_found);
  for (guint i = 0; i < list->len; i++)
    {
      Found *found = &g_array_index (list, Found, i);

      g_ptr_array_add (hits, found->hit);
      g_free (found->sort_key);
    }
  return hits;
}

static int
compare_names (gconstpointer a, gconstpointer b)
{
  const LanyardEntry *entry_a = *(const LanyardEntry *const *)a;
  const LanyardEntry *entry_b = *(const LanyardEntry *const *)b;

  return g_utf8_collate (entry_a->print_name, entry_b->print_name);
}

/* As lanyard_directory_lookup() would tell of them. */
static gboolean
complete (LanyardDirectory *directory, LanyardEntry *entry)
{
  g_autoptr (GError) error = NULL;

  _lanyard_directory_add_venue (directory, entry);
  if (_lanyard_directory_look_overtaken (directory, entry, &error))
    return TRUE;
  g_warning ("%s", error->message);
  return FALSE;
}

GPtrArray *
lanyard_directory_list_organisation (LanyardDirectory *directory,
                                     const char *organisation,
                                     guint max,
                                     gboolean *more)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_entry_free);
  g_autoptr (GArray) ids = NULL;

  g_return_val_if_fail (organisation != NULL && more != NULL, entries);
  lanyard_database_assert_thread (directory->database);

  *more = FALSE;
  ids = lanyard_search_index_list_organisation (directory->index, organisation);
  for (guint i = 0; i < ids->len && !*more; i++)
    {
      g_autoptr (LanyardEntry) entry = read_row (directory, g_array_index (ids, guint32, i));

      if (entry == NULL || g_strcmp0 (entry->organisation, organisation) != 0
          || !complete (directory, entry))
        continue;
      *more = entries->len == max;
      if (!*more)
        g_ptr_array_add (entries, g_steal_pointer (&entry));
    }
  g_ptr_array_sort (entries, compare_names);
  return entries;
}
