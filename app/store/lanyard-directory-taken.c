/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Photos that were taken at this desk: sealed under its vault key, bound to whose they are, and
 * gone with the person. */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-directory-private.h"

#include "lanyard-error.h"
#include "lanyard-fault.h"

#define MAX_PHOTO_BYTES (4 << 20)
#define DOMAIN "taken"

/* Runs a change in a transaction of its own. */
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

/* The row is found as the entry is; the box is bound to a key of its own, so that no box of an
 * entry passes for a photo. */
static void
make_context (LanyardDirectory *directory, const char *number, LanyardRowKey *context)
{
  lanyard_directory_make_key (directory, DOMAIN, number, context);
}

gboolean
lanyard_directory_put_taken (LanyardDirectory *directory,
                             const char *number,
                             GBytes *photo,
                             GError **error)
{
  g_autoptr (LanyardStatement) put = NULL;
  g_autoptr (GBytes) box = NULL;
  LanyardRowKey key, context;

  g_return_val_if_fail (number != NULL && photo != NULL, FALSE);

  if (g_bytes_get_size (photo) == 0 || g_bytes_get_size (photo) > MAX_PHOTO_BYTES)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                   "A photo of %" G_GSIZE_FORMAT
                   " bytes is none that this desk keeps; take another.",
                   g_bytes_get_size (photo));
      return FALSE;
    }
  put = lanyard_statement_new (directory->database,
                               "INSERT OR REPLACE INTO taken_photo (key, box) VALUES (?1, ?2)");
  lanyard_directory_make_key (directory, "number", number, &key);
  make_context (directory, number, &context);
  box = lanyard_fault ("taken-photo-in-the-clear")
            ? g_bytes_ref (photo)
            : lanyard_vault_seal (directory->vault, photo, context.bytes, sizeof context.bytes);
  lanyard_statement_bind_blob (put, 1, key.bytes, sizeof key.bytes);
  lanyard_statement_bind_bytes (put, 2, box);
  return run_alone (directory, put, error);
}

GBytes *
lanyard_directory_dup_taken (LanyardDirectory *directory, const char *number)
{
  g_autoptr (LanyardStatement) select = NULL;
  g_autoptr (GError) error = NULL;
  LanyardRowKey key, context;
  GBytes *photo = NULL;
  const void *box;
  gsize n_box;
  gboolean row = FALSE;

  g_return_val_if_fail (number != NULL, NULL);

  select
      = lanyard_statement_new (directory->database, "SELECT box FROM taken_photo WHERE key = ?1");
  lanyard_directory_make_key (directory, "number", number, &key);
  make_context (directory, number, &context);
  lanyard_statement_bind_blob (select, 1, key.bytes, sizeof key.bytes);
  if (lanyard_statement_step (select, &row, &error) && row)
    {
      box = lanyard_statement_get_blob (select, 0, &n_box);
      photo = lanyard_vault_open (directory->vault, box, n_box, context.bytes, sizeof context.bytes,
                                  &error);
    }
  if (error != NULL)
    g_warning ("%s", error->message);
  return photo;
}

gboolean
lanyard_directory_drop_taken (LanyardDirectory *directory, GError **error)
{
  g_autoptr (LanyardStatement) drop
      = lanyard_statement_new (directory->database,
                               "DELETE FROM taken_photo WHERE NOT EXISTS"
                               " (SELECT 1 FROM entry_key AS k JOIN entry AS e ON e.id = k.entry"
                               " WHERE k.key = taken_photo.key AND e.box IS NOT NULL)");

  return run_alone (directory, drop, error);
}
