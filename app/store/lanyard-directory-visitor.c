/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* People who have a day pass of this desk: sealed like everybody else, and gone after their day. */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-directory-private.h"

#include "lanyard-error.h"

gboolean
lanyard_directory_put_visitor (LanyardDirectory *directory,
                               const LanyardEntry *entry,
                               GError **error)
{
  g_autoptr (LanyardStatement) put = lanyard_statement_new (
      directory->database,
      "INSERT OR REPLACE INTO visitor (key, expires_s, box) VALUES (?1, ?2, ?3)");
  g_autoptr (GBytes) plain = NULL, context = NULL, box = NULL;
  LanyardRowKey key;

  g_return_val_if_fail (entry != NULL && entry->number != NULL, FALSE);

  lanyard_directory_make_key (directory, "number", entry->number, &key);
  plain = lanyard_entry_encode (entry);
  context = lanyard_directory_make_context (&key, 0);
  box = lanyard_vault_seal (directory->vault, plain, g_bytes_get_data (context, NULL),
                            g_bytes_get_size (context));
  if (!lanyard_database_begin (directory->database, error))
    return FALSE;
  lanyard_statement_bind_blob (put, 1, key.bytes, sizeof key.bytes);
  lanyard_statement_bind_int (put, 2, entry->valid_until_s);
  lanyard_statement_bind_bytes (put, 3, box);
  if (lanyard_statement_run (put, error))
    return lanyard_database_commit (directory->database, error);
  lanyard_database_rollback (directory->database);
  return FALSE;
}

LanyardEntry *
lanyard_directory_find_visitor (LanyardDirectory *directory,
                                const LanyardRowKey *key,
                                GError **error)
{
  /* As a row of entries, of no place in the feed. */
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database,
                               "SELECT 0, key, 0, box FROM visitor WHERE key = ?1");
  gboolean row;

  lanyard_statement_bind_blob (select, 1, key->bytes, sizeof key->bytes);
  if (!lanyard_statement_step (select, &row, error) || !row)
    return NULL;
  return lanyard_directory_take_entry (directory, select, NULL, error);
}

gboolean
lanyard_directory_drop_visitors (LanyardDirectory *directory, gint64 now_s, GError **error)
{
  g_autoptr (LanyardStatement) drop
      = lanyard_statement_new (directory->database, "DELETE FROM visitor WHERE expires_s <= ?1");

  if (!lanyard_database_begin (directory->database, error))
    return FALSE;
  lanyard_statement_bind_int (drop, 1, now_s);
  if (lanyard_statement_run (drop, error))
    return lanyard_database_commit (directory->database, error);
  lanyard_database_rollback (directory->database);
  return FALSE;
}
