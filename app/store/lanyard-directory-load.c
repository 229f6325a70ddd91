/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-directory-load.h"

#include "lanyard-directory-private.h"
#include "lanyard-error.h"
#include "lanyard-fault.h"

#include <string.h>

/*
 * Rows go to the end of a table that nothing leads to yet, so a transaction touches few pages. What
 * leads to them is filled in the order of its keys when all rows are there. With the keys, which
 * are hashes, put in from the beginning, a million rows would write each page of them hundreds of
 * times.
 */

/* To open a sealed row costs as much as to move so many. */
#define ROWS_AN_OPENING 4

static const char make_tables[]
    = "CREATE TABLE load_entry (id INTEGER PRIMARY KEY,"
      " key BLOB NOT NULL CHECK (length(key) = 16), gseq INTEGER NOT NULL,"
      " round INTEGER NOT NULL DEFAULT 0, photo BLOB CHECK (length(photo) = 16),"
      " lookups BLOB CHECK (length(lookups) % 16 = 0), box BLOB) STRICT;"
      "CREATE TABLE load_entry_key (key BLOB PRIMARY KEY CHECK (length(key) = 16),"
      " entry INTEGER NOT NULL) STRICT, WITHOUT ROWID;"
      "CREATE TABLE load_entry_photo (photo BLOB NOT NULL CHECK (length(photo) = 16),"
      " entry INTEGER NOT NULL, PRIMARY KEY (photo, entry)) STRICT, WITHOUT ROWID;"
      "CREATE TABLE load_lookup (key BLOB NOT NULL CHECK (length(key) = 16),"
      " entry INTEGER NOT NULL, PRIMARY KEY (key, entry)) STRICT, WITHOUT ROWID;";

/* What was set aside of a load that did not come to its end. */
static const char forget_coming[] = "UPDATE set_aside SET snapshot = 0 WHERE snapshot = 1";

static const char *const load_tables[]
    = { "load_entry", "load_entry_key", "load_entry_photo", "load_lookup", NULL };

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

guint
_lanyard_directory_get_slice (LanyardDirectory *directory, gboolean costly)
{
  if (lanyard_fault ("load-in-one-piece"))
    return G_MAXINT;
  return costly ? (directory->slice + ROWS_AN_OPENING - 1) / ROWS_AN_OPENING : directory->slice;
}

void
_lanyard_directory_set_slice (LanyardDirectory *directory, guint rows)
{
  directory->slice = rows;
}

void
_lanyard_directory_forget_load (LanyardDirectory *directory)
{
  g_clear_pointer (&directory->coming, lanyard_search_index_free);
  directory->coming_through = 0;
  g_clear_pointer (&directory->order, lanyard_load_order_free);
  directory->order_through = 0;
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
  _lanyard_directory_forget_load (directory);
  if (!lanyard_database_begin (directory->database, error))
    return FALSE;
  return end (directory,
              _lanyard_directory_retire (directory, load_tables, error)
                  && lanyard_database_exec (directory->database, make_tables, error)
                  && lanyard_database_exec (directory->database, forget_coming, error)
                  && _lanyard_directory_put_load (directory, &load, error),
              error);
}

/* @id: (out): of the row */
static gboolean
load_one (LanyardDirectory *directory,
          const LanyardLoadRow *row,
          const LanyardEntry *entry,
          gint64 *id,
          GError **error)
{
  g_autoptr (LanyardStatement) put
      = lanyard_statement_new (directory->database,
                               "INSERT INTO load_entry (key, gseq, photo, lookups, box)"
                               " VALUES (?1, ?2, ?3, ?4, ?5)");
  g_auto (LanyardRowKeys) keys = { 0 };
  g_autoptr (GBytes) context = NULL, box = NULL;
  LanyardRowKey key;

  lanyard_directory_make_key (directory, "number", entry->number, &key);
  _lanyard_directory_make_keys (directory, entry, &keys);
  context = lanyard_directory_make_context (&key, row->gseq);
  box = lanyard_vault_seal (directory->vault, row->entry, g_bytes_get_data (context, NULL),
                            g_bytes_get_size (context));
  lanyard_statement_bind_blob (put, 1, key.bytes, sizeof key.bytes);
  lanyard_statement_bind_int (put, 2, (gint64)row->gseq);
  _lanyard_row_keys_bind (&keys, put, 3, 4);
  lanyard_statement_bind_bytes (put, 5, box);
  if (!lanyard_statement_run (put, error))
    return FALSE;
  *id = sqlite3_last_insert_rowid (lanyard_database_get_handle (directory->database));
  return TRUE;
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
          && !lanyard_directory_set_aside (directory, rows[i].gseq, NULL, rows[i].entry,
                                           why->message, error))
        return NULL;
      g_ptr_array_add (entries, entry);
    }
  return g_steal_pointer (&entries);
}

static gboolean
load_all (LanyardDirectory *directory,
          const LanyardLoadRow *rows,
          GPtrArray *entries,
          gint64 *ids,
          LanyardLoad *load,
          GError **error)
{
  gboolean swept;

  for (guint i = 0; i < entries->len; i++)
    {
      if (entries->pdata[i] == NULL)
        continue;
      if (!load_one (directory, &rows[i], entries->pdata[i], &ids[i], error))
        return FALSE;
      load->n_entries++;
    }
  /* What an earlier load left, so that loads that never end do not fill the disk. */
  return _lanyard_directory_sweep_tables (directory, &swept, error)
         && _lanyard_directory_put_load (directory, load, error);
}

/* The names of rows that are on the disk now; after a restart those before them come first. */
static void
add_names (LanyardDirectory *directory, GPtrArray *entries, const gint64 *ids)
{
  if (directory->coming == NULL)
    directory->coming = lanyard_search_index_new ();
  for (guint i = 0; i < entries->len; i++)
    if (entries->pdata[i] != NULL && ids[i] == directory->coming_through + 1)
      {
        lanyard_search_index_put (directory->coming, (guint32)ids[i], entries->pdata[i]);
        directory->coming_through = ids[i];
      }
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
  g_autofree gint64 *ids = g_new0 (gint64, n_rows);
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
  if (!end (directory, load_all (directory, rows, entries, ids, &load, error), error))
    return FALSE;
  add_names (directory, entries, ids);
  return TRUE;
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
