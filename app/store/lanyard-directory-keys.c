/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What leads to a row besides its number: documents, tokens and the photo. */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-directory-private.h"

#include <string.h>

static void
add_lookups (LanyardDirectory *directory, const char *what, char **texts, GArray *lookups)
{
  for (guint i = 0; texts[i] != NULL; i++)
    {
      gboolean known = FALSE;
      LanyardRowKey key;

      lanyard_directory_make_key (directory, what, texts[i], &key);
      for (guint j = 0; j < lookups->len && !known; j++)
        known = memcmp (&g_array_index (lookups, LanyardRowKey, j), &key, sizeof key) == 0;
      if (!known)
        g_array_append_val (lookups, key);
    }
}

void
_lanyard_directory_make_keys (LanyardDirectory *directory,
                              const LanyardEntry *entry,
                              LanyardRowKeys *keys)
{
  *keys = (LanyardRowKeys){ 0 };
  if (entry == NULL)
    return;
  keys->lookups = g_array_new (FALSE, FALSE, sizeof (LanyardRowKey));
  add_lookups (directory, "document", entry->documents, keys->lookups);
  add_lookups (directory, "token", entry->tokens, keys->lookups);
  keys->has_photo = entry->photo_hash != NULL;
  if (keys->has_photo)
    lanyard_directory_make_photo_key (directory, entry->photo_hash, &keys->photo);
}

void
_lanyard_directory_read_keys (LanyardStatement *select,
                              int photo_column,
                              int lookups_column,
                              LanyardRowKeys *keys)
{
  gsize n_photo, n_lookups;
  const void *photo = lanyard_statement_get_blob (select, photo_column, &n_photo);
  const void *lookups = lanyard_statement_get_blob (select, lookups_column, &n_lookups);

  *keys = (LanyardRowKeys){ 0 };
  keys->has_photo = photo != NULL && n_photo == sizeof keys->photo.bytes;
  if (keys->has_photo)
    memcpy (keys->photo.bytes, photo, n_photo);
  keys->lookups = g_array_new (FALSE, FALSE, sizeof (LanyardRowKey));
  if (lookups != NULL)
    g_array_append_vals (keys->lookups, lookups, (guint)(n_lookups / sizeof (LanyardRowKey)));
}

void
_lanyard_row_keys_clear (LanyardRowKeys *keys)
{
  g_clear_pointer (&keys->lookups, g_array_unref);
}

void
_lanyard_row_keys_bind (const LanyardRowKeys *keys,
                        LanyardStatement *statement,
                        int photo_index,
                        int lookups_index)
{
  if (keys->has_photo)
    lanyard_statement_bind_blob (statement, photo_index, keys->photo.bytes,
                                 sizeof keys->photo.bytes);
  if (keys->lookups != NULL && keys->lookups->len > 0)
    lanyard_statement_bind_blob (statement, lookups_index, keys->lookups->data,
                                 keys->lookups->len * sizeof (LanyardRowKey));
}

/* Runs @lookup_sql for each document and token, and @photo_sql for the photo. */
static gboolean
run_each (LanyardDirectory *directory,
          const LanyardRowKeys *keys,
          gint64 id,
          const char *lookup_sql,
          const char *photo_sql,
          GError **error)
{
  g_autoptr (LanyardStatement) lookup = lanyard_statement_new (directory->database, lookup_sql);
  g_autoptr (LanyardStatement) photo = lanyard_statement_new (directory->database, photo_sql);

  for (guint i = 0; keys->lookups != NULL && i < keys->lookups->len; i++)
    {
      const LanyardRowKey *key = &g_array_index (keys->lookups, LanyardRowKey, i);

      lanyard_statement_bind_blob (lookup, 1, key->bytes, sizeof key->bytes);
      lanyard_statement_bind_int (lookup, 2, id);
      if (!lanyard_statement_run (lookup, error))
        return FALSE;
    }
  lanyard_statement_bind_blob (photo, 1, keys->photo.bytes, sizeof keys->photo.bytes);
  lanyard_statement_bind_int (photo, 2, id);
  return !keys->has_photo || lanyard_statement_run (photo, error);
}

gboolean
_lanyard_directory_put_keys (LanyardDirectory *directory,
                             const LanyardRowKeys *keys,
                             gint64 id,
                             GError **error)
{
  return run_each (directory, keys, id, "INSERT OR IGNORE INTO lookup (key, entry) VALUES (?1, ?2)",
                   "INSERT OR IGNORE INTO entry_photo (photo, entry) VALUES (?1, ?2)", error);
}

gboolean
_lanyard_directory_forget_keys (LanyardDirectory *directory,
                                const LanyardRowKeys *keys,
                                gint64 id,
                                GError **error)
{
  return run_each (directory, keys, id, "DELETE FROM lookup WHERE key = ?1 AND entry = ?2",
                   "DELETE FROM entry_photo WHERE photo = ?1 AND entry = ?2", error);
}
