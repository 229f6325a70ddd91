/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-directory-private.h"

#include "lanyard-error.h"
#include "lanyard-fault.h"

#include <string.h>

#define MAX_PHOTO_BYTES (4 << 20)
#define MAX_DOCUMENT_BYTES (32 << 20)

static void
warn_and_clear (GError **error)
{
  g_warning ("%s", (*error)->message);
  g_clear_error (error);
}

/* Runs an insert or update in a transaction of its own. */
static gboolean
run_alone (LanyardDirectory *directory, LanyardStatement *statement, GError **error)
{
  if (!lanyard_database_begin (directory->database, error))
    return FALSE;
  if (lanyard_statement_run (statement, error))
    return lanyard_database_commit (directory->database, error);
  lanyard_database_rollback (directory->database);
  return FALSE;
}

void
lanyard_directory_make_photo_key (LanyardDirectory *directory,
                                  GBytes *photo_hash,
                                  LanyardRowKey *key)
{
  gsize n_bytes;
  const guint8 *bytes = g_bytes_get_data (photo_hash, &n_bytes);
  g_autofree char *hex = lanyard_hex_encode (bytes, n_bytes);

  lanyard_directory_make_key (directory, "photo", hex, key);
}

GBytes *
lanyard_photo_hash (GBytes *photo)
{
  LanyardHash hash;

  lanyard_hash_compute (&hash, "lanyard/photo/1", g_bytes_get_data (photo, NULL),
                        g_bytes_get_size (photo), NULL, 0);
  return g_bytes_new (hash.bytes, sizeof hash.bytes);
}

gboolean
lanyard_directory_has_photo (LanyardDirectory *directory, GBytes *photo_hash)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database,
                               "SELECT 1 FROM photo WHERE key = ?1 AND box IS NOT NULL");
  g_autoptr (GError) error = NULL;
  LanyardRowKey key;
  gboolean row;

  lanyard_directory_make_photo_key (directory, photo_hash, &key);
  lanyard_statement_bind_blob (select, 1, key.bytes, sizeof key.bytes);
  if (!lanyard_statement_step (select, &row, &error))
    warn_and_clear (&error);
  return row;
}

gboolean
lanyard_directory_put_photo (LanyardDirectory *directory,
                             GBytes *photo_hash,
                             GBytes *photo,
                             GError **error)
{
  g_autoptr (LanyardStatement) put
      = lanyard_statement_new (directory->database,
                               "INSERT INTO photo (key, name, box) VALUES (?1, ?2, ?3)"
                               " ON CONFLICT (key) DO UPDATE SET box = excluded.box");
  g_autoptr (GBytes) hash = lanyard_photo_hash (photo);
  g_autoptr (GBytes) name = NULL, box = NULL;
  LanyardRowKey key;

  if (g_bytes_get_size (photo) > MAX_PHOTO_BYTES)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                   "A photo of %" G_GSIZE_FORMAT " bytes is larger than this desk keeps.",
                   g_bytes_get_size (photo));
      return FALSE;
    }
  if (!g_bytes_equal (hash, photo_hash) && !lanyard_fault ("photo-unchecked"))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "A photo is not the one that was asked for: it was not kept.");
      return FALSE;
    }
  lanyard_directory_make_photo_key (directory, photo_hash, &key);
  name = lanyard_vault_seal (directory->vault, photo_hash, key.bytes, sizeof key.bytes);
  box = lanyard_vault_seal (directory->vault, photo, key.bytes, sizeof key.bytes);
  lanyard_statement_bind_blob (put, 1, key.bytes, sizeof key.bytes);
  lanyard_statement_bind_bytes (put, 2, name);
  lanyard_statement_bind_bytes (put, 3, box);
  return run_alone (directory, put, error);
}

GBytes *
lanyard_directory_dup_photo (LanyardDirectory *directory, GBytes *photo_hash, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database,
                               "SELECT box FROM photo WHERE key = ?1 AND box IS NOT NULL");
  LanyardRowKey key;
  const void *box;
  gsize n_box;
  gboolean row;

  lanyard_directory_make_photo_key (directory, photo_hash, &key);
  lanyard_statement_bind_blob (select, 1, key.bytes, sizeof key.bytes);
  if (!lanyard_statement_step (select, &row, error))
    return NULL;
  if (!row)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                   "The photo of this person has not come to this desk yet.");
      return NULL;
    }
  box = lanyard_statement_get_blob (select, 0, &n_box);
  return lanyard_vault_open (directory->vault, box, n_box, key.bytes, sizeof key.bytes, error);
}

GPtrArray *
lanyard_directory_list_missing_photos (LanyardDirectory *directory, guint max)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database,
                               "SELECT key, name FROM photo WHERE box IS NULL LIMIT ?1");
  GPtrArray *hashes = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  gboolean row = TRUE;

  lanyard_statement_bind_int (select, 1, max);
  while (row)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) key = NULL;
      GBytes *hash = NULL;
      const void *name;
      gsize n_name;

      if (lanyard_statement_step (select, &row, &error) && row)
        {
          key = lanyard_statement_dup_bytes (select, 0);
          name = lanyard_statement_get_blob (select, 1, &n_name);
          hash = lanyard_vault_open (directory->vault, name, n_name, g_bytes_get_data (key, NULL),
                                     g_bytes_get_size (key), &error);
        }
      if (error != NULL)
        warn_and_clear (&error);
      if (hash != NULL)
        g_ptr_array_add (hashes, hash);
    }
  return hashes;
}

gboolean
lanyard_directory_put_document (LanyardDirectory *directory,
                                const char *name,
                                GBytes *content,
                                GError **error)
{
  g_autoptr (LanyardStatement) put
      = lanyard_statement_new (directory->database,
                               "INSERT OR REPLACE INTO document (name, box) VALUES (?1, ?2)");
  g_autoptr (GBytes) box = NULL;

  g_return_val_if_fail (name != NULL && content != NULL, FALSE);
  if (g_bytes_get_size (content) > MAX_DOCUMENT_BYTES)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                   "The list “%s” is larger than this desk keeps: it was not taken.", name);
      return FALSE;
    }
  box = lanyard_vault_seal (directory->vault, content, name, strlen (name));
  lanyard_statement_bind_text (put, 1, name);
  lanyard_statement_bind_bytes (put, 2, box);
  return run_alone (directory, put, error);
}

GBytes *
lanyard_directory_dup_document (LanyardDirectory *directory, const char *name)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database, "SELECT box FROM document WHERE name = ?1");
  g_autoptr (GError) error = NULL;
  GBytes *content = NULL;
  const void *box;
  gsize n_box;
  gboolean row;

  lanyard_statement_bind_text (select, 1, name);
  if (lanyard_statement_step (select, &row, &error) && row)
    {
      box = lanyard_statement_get_blob (select, 0, &n_box);
      content = lanyard_vault_open (directory->vault, box, n_box, name, strlen (name), &error);
    }
  if (error != NULL)
    warn_and_clear (&error);
  return content;
}
