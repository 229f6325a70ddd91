/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-directory-load.h"

#include "lanyard-directory-private.h"
#include "lanyard-error.h"

#include <string.h>

/*
 * Rows go to the end of tables that have no index yet, so a transaction touches few pages; indices
 * are made at once when all rows are there. With indices from the beginning, a million rows whose
 * keys are hashes would write each page of them hundreds of times.
 */

static const char make_tables[]
    = "CREATE TABLE load_entry (id INTEGER PRIMARY KEY,"
      " key BLOB NOT NULL CHECK (length(key) = 16), gseq INTEGER NOT NULL,"
      " photo BLOB CHECK (length(photo) = 16), box BLOB,"
      " round INTEGER NOT NULL DEFAULT 0) STRICT;"
      "CREATE TABLE load_lookup (key BLOB NOT NULL CHECK (length(key) = 16),"
      " entry INTEGER NOT NULL) STRICT;"
      "CREATE TABLE load_photo (key BLOB NOT NULL, name BLOB NOT NULL) STRICT;";

static const char drop_tables[] = "DROP TABLE IF EXISTS load_lookup;"
                                  "DROP TABLE IF EXISTS load_entry;"
                                  "DROP TABLE IF EXISTS load_photo;";

static void
warn_and_clear (GError **error)
{
  g_warning ("%s", (*error)->message);
  g_clear_error (error);
}

void
lanyard_directory_get_load (LanyardDirectory *directory, LanyardLoad *load)
{
  g_autoptr (LanyardStatement) select = lanyard_statement_new (
      directory->database,
      "SELECT snapshot, gseq, chunk, row, n_entries, stage, era FROM load WHERE id = 1");
  g_autoptr (GError) error = NULL;
  gboolean row;

  memset (load, 0, sizeof *load);
  if (!lanyard_statement_step (select, &row, &error))
    warn_and_clear (&error);
  if (!row || !lanyard_statement_get_hash (select, 0, &load->snapshot))
    return;
  load->gseq = (guint64)lanyard_statement_get_int (select, 1);
  load->chunk = (guint64)lanyard_statement_get_int (select, 2);
  load->row = (guint64)lanyard_statement_get_int (select, 3);
  load->n_entries = (guint64)lanyard_statement_get_int (select, 4);
  load->stage = (LanyardLoadStage)lanyard_statement_get_int (select, 5);
  load->era = (guint64)lanyard_statement_get_int (select, 6);
}

gboolean
_lanyard_directory_put_load (LanyardDirectory *directory, const LanyardLoad *load, GError **error)
{
  g_autoptr (LanyardStatement) put = lanyard_statement_new (
      directory->database,
      "INSERT OR REPLACE INTO load (id, snapshot, gseq, chunk, row, n_entries, stage, era)"
      " VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7)");

  lanyard_statement_bind_blob (put, 1, load->snapshot.bytes, sizeof load->snapshot.bytes);
  lanyard_statement_bind_int (put, 2, (gint64)load->gseq);
  lanyard_statement_bind_int (put, 3, (gint64)load->chunk);
  lanyard_statement_bind_int (put, 4, (gint64)load->row);
  lanyard_statement_bind_int (put, 5, (gint64)load->n_entries);
  lanyard_statement_bind_int (put, 6, load->stage);
  lanyard_statement_bind_int (put, 7, (gint64)load->era);
  return lanyard_statement_run (put, error);
}

/* Ends the transaction under way. */
static gboolean
end (LanyardDirectory *directory, gboolean ok, GError **error)
{
  if (ok)
    return lanyard_database_commit (directory->database, error);
  lanyard_database_rollback (directory->database);
  return FALSE;
}

gboolean
lanyard_directory_load_begin (LanyardDirectory *directory,
                              const LanyardHash *snapshot,
                              guint64 gseq,
                              guint64 era,
                              GError **error)
{
  LanyardLoad load;

  g_return_val_if_fail (gseq <= G_MAXINT64, FALSE);

  lanyard_directory_get_load (directory, &load);
  if (load.stage == LANYARD_LOAD_SWEEP)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_STATE,
                           "The directory that was replaced is not removed yet.");
      return FALSE;
    }
  load = (LanyardLoad){
    .stage = LANYARD_LOAD_ROWS, .snapshot = *snapshot, .gseq = gseq, .era = era
  };
  if (!lanyard_database_begin (directory->database, error))
    return FALSE;
  return end (directory,
              lanyard_database_exec (directory->database, drop_tables, error)
                  && lanyard_database_exec (directory->database, make_tables, error)
                  && _lanyard_directory_put_load (directory, &load, error),
              error);
}

static gboolean
put_lookups (LanyardDirectory *directory,
             const char *what,
             char **texts,
             gint64 id,
             GArray *seen,
             GError **error)
{
  g_autoptr (LanyardStatement) put
      = lanyard_statement_new (directory->database,
                               "INSERT INTO load_lookup (key, entry) VALUES (?1, ?2)");

  for (guint i = 0; texts[i] != NULL; i++)
    {
      gboolean known = FALSE;
      LanyardRowKey key;

      lanyard_directory_make_key (directory, what, texts[i], &key);
      for (guint j = 0; j < seen->len && !known; j++)
        known = memcmp (&g_array_index (seen, LanyardRowKey, j), &key, sizeof key) == 0;
      if (known)
        continue;
      g_array_append_val (seen, key);
      lanyard_statement_bind_blob (put, 1, key.bytes, sizeof key.bytes);
      lanyard_statement_bind_int (put, 2, id);
      if (!lanyard_statement_run (put, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
want_photo (LanyardDirectory *directory, const LanyardRowKey *key, GBytes *hash, GError **error)
{
  g_autoptr (LanyardStatement) put
      = lanyard_statement_new (directory->database,
                               "INSERT INTO load_photo (key, name) VALUES (?1, ?2)");
  g_autoptr (GBytes) name
      = lanyard_vault_seal (directory->vault, hash, key->bytes, sizeof key->bytes);

  lanyard_statement_bind_blob (put, 1, key->bytes, sizeof key->bytes);
  lanyard_statement_bind_bytes (put, 2, name);
  return lanyard_statement_run (put, error);
}

static gboolean
put_entry (LanyardDirectory *directory,
           const LanyardLoadRow *row,
           const LanyardEntry *entry,
           const LanyardRowKey *photo,
           gint64 *id,
           GError **error)
{
  g_autoptr (LanyardStatement) put = lanyard_statement_new (
      directory->database,
      "INSERT INTO load_entry (key, gseq, photo, box) VALUES (?1, ?2, ?3, ?4)");
  g_autoptr (GBytes) context = NULL, box = NULL;
  LanyardRowKey key;

  lanyard_directory_make_key (directory, "number", entry->number, &key);
  context = lanyard_directory_make_context (&key, row->gseq);
  box = lanyard_vault_seal (directory->vault, row->entry, g_bytes_get_data (context, NULL),
                            g_bytes_get_size (context));
  lanyard_statement_bind_blob (put, 1, key.bytes, sizeof key.bytes);
  lanyard_statement_bind_int (put, 2, (gint64)row->gseq);
  if (photo != NULL)
    lanyard_statement_bind_blob (put, 3, photo->bytes, sizeof photo->bytes);
  lanyard_statement_bind_bytes (put, 4, box);
  if (!lanyard_statement_run (put, error))
    return FALSE;
  *id = sqlite3_last_insert_rowid (lanyard_database_get_handle (directory->database));
  return TRUE;
}

static gboolean
load_one (LanyardDirectory *directory,
          const LanyardLoadRow *row,
          const LanyardEntry *entry,
          GError **error)
{
  g_autoptr (GArray) seen = g_array_new (FALSE, FALSE, sizeof (LanyardRowKey));
  LanyardRowKey photo;
  gint64 id;

  if (entry->photo_hash != NULL)
    lanyard_directory_make_photo_key (directory, entry->photo_hash, &photo);
  return put_entry (directory, row, entry, entry->photo_hash == NULL ? NULL : &photo, &id, error)
         && put_lookups (directory, "document", entry->documents, id, seen, error)
         && put_lookups (directory, "token", entry->tokens, id, seen, error)
         && (entry->photo_hash == NULL || want_photo (directory, &photo, entry->photo_hash, error));
}

/* Returns: (transfer full) (nullable) (element-type LanyardEntry): NULL where it was set aside */
static GPtrArray *
understand (LanyardDirectory *directory, const LanyardLoadRow *rows, guint n_rows, GError **error)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_full (n_rows, (GDestroyNotify)lanyard_entry_free);

  for (guint i = 0; i < n_rows; i++)
    {
      g_autoptr (GError) why = NULL;
      LanyardEntry *entry = lanyard_entry_decode (g_bytes_get_data (rows[i].entry, NULL),
                                                  g_bytes_get_size (rows[i].entry), &why);

      if (entry == NULL
          && !lanyard_directory_set_aside (directory, rows[i].gseq, rows[i].entry, why->message,
                                           error))
        return NULL;
      g_ptr_array_add (entries, entry);
    }
  return g_steal_pointer (&entries);
}

static gboolean
load_all (LanyardDirectory *directory,
          const LanyardLoadRow *rows,
          GPtrArray *entries,
          LanyardLoad *load,
          GError **error)
{
  for (guint i = 0; i < entries->len; i++)
    {
      if (entries->pdata[i] == NULL)
        continue;
      if (!load_one (directory, &rows[i], entries->pdata[i], error))
        return FALSE;
      load->n_entries++;
    }
  return _lanyard_directory_put_load (directory, load, error);
}

static gboolean
get_load_for_rows (LanyardDirectory *directory, LanyardLoad *load, GError **error)
{
  lanyard_directory_get_load (directory, load);
  if (load->stage == LANYARD_LOAD_ROWS)
    return TRUE;
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_STATE,
                       "No snapshot is being loaded into the directory.");
  return FALSE;
}

gboolean
lanyard_directory_load_rows (LanyardDirectory *directory,
                             const LanyardLoadRow *rows,
                             guint n_rows,
                             guint64 chunk,
                             guint64 row,
                             GError **error)
{
  g_autoptr (GPtrArray) entries = NULL;
  LanyardLoad load;

  if (!get_load_for_rows (directory, &load, error))
    return FALSE;
  entries = understand (directory, rows, n_rows, error);
  if (entries == NULL)
    return FALSE;
  load.chunk = chunk;
  load.row = row;
  if (!lanyard_database_begin (directory->database, error))
    return FALSE;
  return end (directory, load_all (directory, rows, entries, &load, error), error);
}

gboolean
lanyard_directory_load_end_rows (LanyardDirectory *directory, GError **error)
{
  LanyardLoad load;

  if (!get_load_for_rows (directory, &load, error))
    return FALSE;
  load.stage = LANYARD_LOAD_INDEX;
  load.chunk = 0;
  load.row = 0;
  if (!lanyard_database_begin (directory->database, error))
    return FALSE;
  return end (directory, _lanyard_directory_put_load (directory, &load, error), error);
}
