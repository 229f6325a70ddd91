/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-directory-private.h"

#include "lanyard-error.h"
#include "lanyard-fault.h"

#include <string.h>

/* The row of a change as it is before the change. */
typedef struct
{
  gint64 id; /* 0: there is none */
  guint64 gseq;
  gboolean removed; /* a row is there, without an entry */
  gboolean stale;   /* of an earlier round: its gseq says nothing */
  LanyardRowKeys keys;
} Row;

static void
row_clear (Row *row)
{
  _lanyard_row_keys_clear (&row->keys);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Row, row_clear)

/* What the index has to learn once the transaction is on the disk. */
typedef struct
{
  gint64 id;
  const LanyardEntry *entry; /* borrowed (nullable) */
} Applied;

LanyardChange *
lanyard_change_new (guint64 gseq, const char *number, LanyardEntry *entry)
{
  LanyardChange *change = g_new0 (LanyardChange, 1);

  change->gseq = gseq;
  change->number = g_strdup (number);
  change->entry = entry;
  return change;
}

void
lanyard_change_free (LanyardChange *change)
{
  if (change == NULL)
    return;
  g_free (change->number);
  lanyard_entry_free (change->entry);
  g_free (change);
}

static gboolean
find_row (LanyardDirectory *directory, const LanyardRowKey *key, Row *row, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database,
                               "SELECT e.id, e.gseq, e.box IS NULL, e.photo, e.round, e.lookups"
                               " FROM entry_key AS k JOIN entry AS e ON e.id = k.entry"
                               " WHERE k.key = ?1");
  gboolean found;

  memset (row, 0, sizeof *row);
  lanyard_statement_bind_blob (select, 1, key->bytes, sizeof key->bytes);
  if (!lanyard_statement_step (select, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  row->id = lanyard_statement_get_int (select, 0);
  row->gseq = (guint64)lanyard_statement_get_int (select, 1);
  row->removed = lanyard_statement_get_int (select, 2) != 0;
  row->stale = lanyard_statement_get_int (select, 4) != directory->round;
  _lanyard_directory_read_keys (select, 3, 5, &row->keys);
  return TRUE;
}

/* Returns: (transfer full) (nullable): NULL for a removal */
static GBytes *
seal_entry (LanyardDirectory *directory, const LanyardRowKey *key, const LanyardChange *change)
{
  g_autoptr (GBytes) plain = NULL, context = NULL;

  if (change->entry == NULL)
    return NULL;
  plain = lanyard_entry_encode (change->entry);
  context = lanyard_directory_make_context (key, change->gseq);
  return lanyard_vault_seal (directory->vault, plain, g_bytes_get_data (context, NULL),
                             g_bytes_get_size (context));
}

static gboolean
put_entry_key (LanyardDirectory *directory, const LanyardRowKey *key, gint64 id, GError **error)
{
  g_autoptr (LanyardStatement) put
      = lanyard_statement_new (directory->database,
                               "INSERT INTO entry_key (key, entry) VALUES (?1, ?2)");

  lanyard_statement_bind_blob (put, 1, key->bytes, sizeof key->bytes);
  lanyard_statement_bind_int (put, 2, id);
  return lanyard_statement_run (put, error);
}

static gboolean
insert_row (LanyardDirectory *directory,
            const LanyardRowKey *key,
            const LanyardRowKeys *keys,
            const LanyardChange *change,
            gint64 *id,
            GError **error)
{
  g_autoptr (GBytes) box = seal_entry (directory, key, change);
  g_autoptr (LanyardStatement) insert
      = lanyard_statement_new (directory->database,
                               "INSERT INTO entry (key, gseq, photo, box, round, lookups)"
                               " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

  lanyard_statement_bind_blob (insert, 1, key->bytes, sizeof key->bytes);
  lanyard_statement_bind_int (insert, 2, (gint64)change->gseq);
  lanyard_statement_bind_bytes (insert, 4, box);
  lanyard_statement_bind_int (insert, 5, directory->round);
  _lanyard_row_keys_bind (keys, insert, 3, 6);
  if (!lanyard_statement_run (insert, error))
    return FALSE;
  *id = sqlite3_last_insert_rowid (lanyard_database_get_handle (directory->database));
  return put_entry_key (directory, key, *id, error);
}

static gboolean
update_row (LanyardDirectory *directory,
            const LanyardRowKey *key,
            const LanyardRowKeys *keys,
            const LanyardChange *change,
            const Row *row,
            GError **error)
{
  g_autoptr (GBytes) box = seal_entry (directory, key, change);
  g_autoptr (LanyardStatement) update
      = lanyard_statement_new (directory->database,
                               "UPDATE entry SET gseq = ?2, photo = ?3, box = ?4, round = ?5,"
                               " lookups = ?6 WHERE id = ?1");

  lanyard_statement_bind_int (update, 1, row->id);
  lanyard_statement_bind_int (update, 2, (gint64)change->gseq);
  lanyard_statement_bind_bytes (update, 4, box);
  lanyard_statement_bind_int (update, 5, directory->round);
  _lanyard_row_keys_bind (keys, update, 3, 6);
  return lanyard_statement_run (update, error)
         && _lanyard_directory_forget_keys (directory, &row->keys, row->id, error);
}

gboolean
_lanyard_directory_want_photo (LanyardDirectory *directory,
                               const LanyardRowKey *key,
                               GBytes *photo_hash,
                               GError **error)
{
  g_autoptr (LanyardStatement) put
      = lanyard_statement_new (directory->database,
                               "INSERT OR IGNORE INTO photo (key, name) VALUES (?1, ?2)");
  g_autoptr (GBytes) name
      = lanyard_vault_seal (directory->vault, photo_hash, key->bytes, sizeof key->bytes);

  lanyard_statement_bind_blob (put, 1, key->bytes, sizeof key->bytes);
  lanyard_statement_bind_bytes (put, 2, name);
  return lanyard_statement_run (put, error);
}

gboolean
lanyard_directory_drop_photo (LanyardDirectory *directory, const LanyardRowKey *key, GError **error)
{
  g_autoptr (LanyardStatement) drop
      = lanyard_statement_new (directory->database,
                               "DELETE FROM photo WHERE key = ?1"
                               " AND NOT EXISTS (SELECT 1 FROM entry_photo WHERE photo = ?1)");

  lanyard_statement_bind_blob (drop, 1, key->bytes, sizeof key->bytes);
  return lanyard_statement_run (drop, error);
}

/* Writes the row and everything that leads to it. */
static gboolean
put_row (LanyardDirectory *directory,
         const LanyardRowKey *key,
         const LanyardChange *change,
         Row *row,
         GError **error)
{
  g_auto (LanyardRowKeys) keys = { 0 };

  _lanyard_directory_make_keys (directory, change->entry, &keys);
  return (row->id != 0 ? update_row (directory, key, &keys, change, row, error)
                       : insert_row (directory, key, &keys, change, &row->id, error))
         && _lanyard_directory_put_keys (directory, &keys, row->id, error)
         && (!keys.has_photo
             || _lanyard_directory_want_photo (directory, &keys.photo, change->entry->photo_hash,
                                               error))
         && (!row->keys.has_photo
             || lanyard_directory_drop_photo (directory, &row->keys.photo, error));
}

static gboolean
apply_one (LanyardDirectory *directory,
           const LanyardChange *change,
           GArray *applied,
           GError **error)
{
  g_auto (Row) row = { 0 };
  LanyardRowKey key;

  lanyard_directory_make_key (directory, "number", change->number, &key);
  if (!find_row (directory, &key, &row, error))
    return FALSE;
  if (row.id != 0 && !row.stale && row.gseq >= change->gseq
      && !lanyard_fault ("apply-ignores-gseq"))
    return TRUE;

  directory->n_entries += (change->entry != NULL) - (row.id != 0 && !row.removed);
  if (!put_row (directory, &key, change, &row, error))
    return FALSE;
  g_array_append_val (applied, ((Applied){ row.id, change->entry }));
  return TRUE;
}

static gboolean
put_state (LanyardDirectory *directory, guint64 cursor, GError **error)
{
  g_autoptr (LanyardStatement) update
      = lanyard_statement_new (directory->database,
                               "UPDATE state SET cursor = ?1, n_entries = ?2 WHERE id = 1");

  lanyard_statement_bind_int (update, 1, (gint64)cursor);
  lanyard_statement_bind_int (update, 2, directory->n_entries);
  return lanyard_statement_run (update, error);
}

static gboolean
apply_all (LanyardDirectory *directory,
           GPtrArray *changes,
           guint64 cursor,
           GArray *applied,
           GError **error)
{
  for (guint i = 0; i < changes->len; i++)
    if (!apply_one (directory, changes->pdata[i], applied, error))
      return FALSE;
  return put_state (directory, cursor, error);
}

/* Rows that the building of the index has not come to yet are left to it. */
static void
update_index (LanyardDirectory *directory, const GArray *applied)
{
  for (guint i = 0; i < applied->len; i++)
    {
      const Applied *one = &g_array_index (applied, Applied, i);

      if (!directory->index_complete && one->id > directory->indexed_through)
        continue;
      if (one->entry != NULL)
        lanyard_search_index_put (directory->index, (guint32)one->id, one->entry);
      else
        lanyard_search_index_remove (directory->index, (guint32)one->id);
      directory->indexed_through = MAX (directory->indexed_through, one->id);
    }
}

gboolean
lanyard_directory_apply (LanyardDirectory *directory,
                         GPtrArray *changes,
                         guint64 cursor,
                         GError **error)
{
  g_autoptr (GArray) applied = g_array_new (FALSE, FALSE, sizeof (Applied));
  gint64 n_before = directory->n_entries;
  gboolean ok;

  g_return_val_if_fail (changes != NULL && cursor <= G_MAXINT64, FALSE);

  if (!lanyard_database_begin (directory->database, error))
    return FALSE;
  ok = apply_all (directory, changes, cursor, applied, error);
  if (ok)
    ok = lanyard_database_commit (directory->database, error);
  else
    lanyard_database_rollback (directory->database);
  if (!ok)
    {
      directory->n_entries = n_before;
      return FALSE;
    }
  directory->cursor = cursor;
  update_index (directory, applied);
  return TRUE;
}
