/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-error.h"
#include "lanyard-hub-pg-statement.h"
#include "lanyard-hub-pg-work.h"

static GBytes *
find_entry (LanyardHubStore *store, const char *number, GError **error)
{
  LanyardPgWork *work = _lanyard_pg_work (store);
  const LanyardPgPerson *person = work == NULL ? NULL : g_hash_table_lookup (work->persons, number);
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store,
                                   "SELECT change.entry FROM holding JOIN change "
                                   "ON change.gseq = holding.gseq WHERE holding.number = $1");
  gboolean row;

  if (person != NULL)
    return person->entry == NULL ? NULL : g_bytes_ref (person->entry);
  _lanyard_pg_bind_text (statement, 1, number);
  if (!_lanyard_pg_step (statement, &row, error) || !row)
    return NULL;
  return _lanyard_pg_dup_bytes (statement, 0);
}

/* Kept in the work of uploads, where the accreditation is one that they named. */
static gboolean
keep_entry (LanyardHubStorePg *store,
            LanyardPgPerson *person,
            GBytes *entry,
            guint64 *gseq,
            GError **error)
{
  LanyardPgWork *work = store->work;
  LanyardPgChange *change;

  if (!_lanyard_pg_work_sequence (store, error))
    return FALSE;
  *gseq = ++work->gseq;
  change = g_new0 (LanyardPgChange, 1);
  change->gseq = *gseq;
  change->number = g_strdup (person->holding->number);
  change->entry = entry == NULL ? NULL : g_bytes_ref (entry);
  g_ptr_array_add (work->changes, change);
  g_clear_pointer (&person->entry, g_bytes_unref);
  person->entry = entry == NULL ? NULL : g_bytes_ref (entry);
  person->gseq = *gseq;
  person->dirty = TRUE;
  work->dirty = TRUE;
  return TRUE;
}

static gboolean
insert_entry (LanyardHubStore *store,
              const char *number,
              GBytes *entry,
              guint64 *gseq,
              GError **error)
{
  /* Nobody else gives numbers: begin() keeps all others out. */
  g_autoptr (LanyardPgStatement) insert
      = _lanyard_pg_statement_new (store,
                                   "WITH new AS (INSERT INTO change (gseq, number, entry)"
                                   " SELECT coalesce (max (gseq), 0) + 1, $1, $2"
                                   " FROM change RETURNING number, gseq)"
                                   " INSERT INTO holding (number, open_badges, last_sequence,"
                                   " disputed, void_below, floor, gseq)"
                                   " SELECT number, 0, 0, 0, 0, 0, gseq FROM new"
                                   " ON CONFLICT (number) DO UPDATE SET gseq = excluded.gseq"
                                   " RETURNING gseq");
  gboolean row;

  _lanyard_pg_bind_text (insert, 1, number);
  _lanyard_pg_bind_bytes (insert, 2, entry);
  if (!_lanyard_pg_step (insert, &row, error))
    return FALSE;
  lanyard_assert_invariant (row);
  *gseq = (guint64)_lanyard_pg_get_int (insert, 0);
  return TRUE;
}

static gboolean
put_entry (LanyardHubStore *store, const char *number, GBytes *entry, guint64 *gseq, GError **error)
{
  LanyardHubStorePg *self = _lanyard_hub_pg (store);
  LanyardPgWork *work = _lanyard_pg_work (store);
  LanyardPgPerson *person = work == NULL ? NULL : g_hash_table_lookup (work->persons, number);

  self->to_tell |= LANYARD_HUB_NEWS_CHANGES;
  if (person != NULL)
    return keep_entry (self, person, entry, gseq, error);
  /* Of an accreditation that was not named: what is kept goes first, the lock is the same. */
  if (work != NULL
      && (!_lanyard_pg_work_sequence (self, error) || !_lanyard_pg_work_flush (self, error)))
    return FALSE;
  if (!insert_entry (store, number, entry, gseq, error))
    return FALSE;
  if (work != NULL)
    work->gseq = *gseq;
  return TRUE;
}

static gboolean
get_gseq (LanyardHubStore *store, guint64 *gseq, GError **error)
{
  LanyardPgWork *work = _lanyard_pg_work (store);
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store, "SELECT max (gseq) FROM change");
  gboolean row;

  if (work != NULL)
    {
      *gseq = work->gseq;
      return TRUE;
    }
  *gseq = 0;
  if (!_lanyard_pg_step (statement, &row, error))
    return FALSE;
  if (row)
    *gseq = (guint64)_lanyard_pg_get_int (statement, 0);
  return TRUE;
}

/* Every row of @statement: gseq, number, entry. */
static GPtrArray *
take_rows (LanyardPgStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_changes_row_free);
  gboolean row;

  while (_lanyard_pg_step (statement, &row, error))
    {
      g_autofree char *number = NULL;
      g_autoptr (GBytes) entry = NULL;

      if (!row)
        return g_steal_pointer (&rows);
      number = _lanyard_pg_dup_text (statement, 1);
      if (!_lanyard_pg_is_null (statement, 2))
        entry = _lanyard_pg_dup_bytes (statement, 2);
      g_ptr_array_add (rows, lanyard_changes_row_new ((guint64)_lanyard_pg_get_int (statement, 0),
                                                      number, entry));
    }
  return NULL;
}

static GPtrArray *
read_changes (LanyardHubStore *store, guint64 after, guint64 through, guint max, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store, "SELECT gseq, number, entry FROM change "
                                          "WHERE gseq > $1 AND gseq <= $2 ORDER BY gseq LIMIT $3");

  _lanyard_pg_bind_int (statement, 1, (gint64)after);
  _lanyard_pg_bind_int (statement, 2, (gint64)through);
  _lanyard_pg_bind_int (statement, 3, max);
  return take_rows (statement, error);
}

static GPtrArray *
list_rows (LanyardHubStore *store, const char *after, guint max, GError **error)
{
  g_autoptr (LanyardPgStatement) statement = _lanyard_pg_statement_new (
      store, "SELECT change.gseq, change.number, change.entry FROM holding JOIN change "
             "ON change.gseq = holding.gseq WHERE holding.number > $1 AND change.entry IS NOT NULL "
             "ORDER BY holding.number LIMIT $2");

  _lanyard_pg_bind_text (statement, 1, after);
  _lanyard_pg_bind_int (statement, 2, max);
  return take_rows (statement, error);
}

static gboolean
compact (LanyardHubStore *store, guint64 floor, guint max, guint64 *removed, GError **error)
{
  g_autoptr (LanyardPgStatement) statement = _lanyard_pg_statement_new (
      store, "WITH gone AS (DELETE FROM change WHERE gseq IN (SELECT old.gseq FROM change AS old "
             "JOIN holding ON holding.number = old.number AND holding.gseq > old.gseq "
             "WHERE old.gseq <= $1 ORDER BY old.gseq LIMIT $2) RETURNING 1) "
             "SELECT count(*) FROM gone");
  gboolean row;

  _lanyard_pg_bind_int (statement, 1, (gint64)floor);
  _lanyard_pg_bind_int (statement, 2, max);
  if (!_lanyard_pg_step (statement, &row, error))
    return FALSE;
  *removed = row ? (guint64)_lanyard_pg_get_int (statement, 0) : 0;
  return TRUE;
}

static GPtrArray *
list_entries (LanyardHubStore *store, const char *after, guint max, GError **error)
{
  g_autoptr (LanyardPgStatement) statement = _lanyard_pg_statement_new (
      store, "SELECT change.entry FROM holding JOIN change ON change.gseq = holding.gseq "
             "WHERE holding.number > $1 AND change.entry IS NOT NULL "
             "ORDER BY holding.number LIMIT $2");
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  gboolean row;

  _lanyard_pg_bind_text (statement, 1, after);
  _lanyard_pg_bind_int (statement, 2, max);
  while (_lanyard_pg_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&entries);
      g_ptr_array_add (entries, _lanyard_pg_dup_bytes (statement, 0));
    }
  return NULL;
}

static gboolean
put_photo (LanyardHubStore *store, GBytes *hash, GBytes *photo, GError **error)
{
  g_autoptr (LanyardPgStatement) statement = _lanyard_pg_statement_new (
      store, "INSERT INTO photo (hash, content) VALUES ($1, $2) ON CONFLICT DO NOTHING");

  _lanyard_pg_bind_bytes (statement, 1, hash);
  _lanyard_pg_bind_bytes (statement, 2, photo);
  return _lanyard_pg_run (statement, error);
}

/* The one blob that @statement finds. */
static GBytes *
find_blob (LanyardPgStatement *statement, const char *what, GError **error)
{
  gboolean row;

  if (!_lanyard_pg_step (statement, &row, error))
    return NULL;
  if (row)
    return _lanyard_pg_dup_bytes (statement, 0);
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND, "The hub has no such %s.", what);
  return NULL;
}

static GBytes *
find_photo (LanyardHubStore *store, GBytes *hash, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store, "SELECT content FROM photo WHERE hash = $1");

  _lanyard_pg_bind_bytes (statement, 1, hash);
  return find_blob (statement, "photo", error);
}

static gboolean
put_document (LanyardHubStore *store, const char *name, GBytes *content, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store,
                                   "INSERT INTO document (name, content) VALUES ($1, $2) "
                                   "ON CONFLICT (name) DO UPDATE SET content = excluded.content");

  _lanyard_hub_pg (store)->to_tell |= LANYARD_HUB_NEWS_DOCUMENT;
  _lanyard_pg_bind_text (statement, 1, name);
  _lanyard_pg_bind_bytes (statement, 2, content);
  return _lanyard_pg_run (statement, error);
}

static gboolean
remove_document (LanyardHubStore *store, const char *name, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store, "DELETE FROM document WHERE name = $1");

  _lanyard_pg_bind_text (statement, 1, name);
  return _lanyard_pg_run (statement, error);
}

static GBytes *
find_document (LanyardHubStore *store, const char *name, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store, "SELECT content FROM document WHERE name = $1");

  _lanyard_pg_bind_text (statement, 1, name);
  return find_blob (statement, "list", error);
}

void
_lanyard_hub_pg_fill_directory (LanyardHubStoreOps *ops)
{
  ops->find_entry = find_entry;
  ops->put_entry = put_entry;
  ops->get_gseq = get_gseq;
  ops->read_changes = read_changes;
  ops->list_entries = list_entries;
  ops->list_rows = list_rows;
  ops->compact = compact;
  ops->put_photo = put_photo;
  ops->find_photo = find_photo;
  ops->put_document = put_document;
  ops->remove_document = remove_document;
  ops->find_document = find_document;
}
