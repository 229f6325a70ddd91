/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-error.h"
#include "lanyard-hub-store-sqlite-private.h"

#define DB(store) _lanyard_hub_sqlite_database (store)

static GBytes *
find_entry (LanyardHubStore *store, const char *number, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "SELECT change.entry FROM entry JOIN change "
                                           "ON change.gseq = entry.gseq WHERE entry.number = ?");
  gboolean row;

  lanyard_statement_bind_text (statement, 1, number);
  if (!lanyard_statement_step (statement, &row, error) || !row)
    return NULL;
  return lanyard_statement_dup_bytes (statement, 0);
}

static gboolean
add_change (LanyardHubStore *store,
            const char *number,
            GBytes *entry,
            guint64 *gseq,
            GError **error)
{
  /* One writer and no deletes: the next rowid is the next number in the order of commit. */
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store),
                               "INSERT INTO change (number, entry) VALUES (?, ?) RETURNING gseq");
  gboolean row;

  lanyard_statement_bind_text (statement, 1, number);
  lanyard_statement_bind_bytes (statement, 2, entry);
  if (!lanyard_statement_step (statement, &row, error))
    return FALSE;
  lanyard_assert_invariant (row);
  *gseq = (guint64)lanyard_statement_get_int (statement, 0);
  return TRUE;
}

static gboolean
put_entry (LanyardHubStore *store, const char *number, GBytes *entry, guint64 *gseq, GError **error)
{
  g_autoptr (LanyardStatement) statement = NULL;

  if (!add_change (store, number, entry, gseq, error))
    return FALSE;
  statement = lanyard_statement_new (DB (store),
                                     "INSERT INTO entry (number, gseq) VALUES (?, ?) "
                                     "ON CONFLICT (number) DO UPDATE SET gseq = excluded.gseq");
  lanyard_statement_bind_text (statement, 1, number);
  lanyard_statement_bind_int (statement, 2, (gint64)*gseq);
  return lanyard_statement_run (statement, error);
}

static gboolean
get_gseq (LanyardHubStore *store, guint64 *gseq, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "SELECT max (gseq) FROM change");
  gboolean row;

  *gseq = 0;
  if (!lanyard_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    *gseq = (guint64)lanyard_statement_get_int (statement, 0);
  return TRUE;
}

/* Every row of @statement: gseq, number, entry. */
static GPtrArray *
take_rows (LanyardStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_changes_row_free);
  gboolean row;

  while (lanyard_statement_step (statement, &row, error))
    {
      g_autofree char *number = NULL;
      g_autoptr (GBytes) entry = NULL;

      if (!row)
        return g_steal_pointer (&rows);
      number = lanyard_statement_dup_text (statement, 1);
      if (!lanyard_statement_is_null (statement, 2))
        entry = lanyard_statement_dup_bytes (statement, 2);
      g_ptr_array_add (rows, lanyard_changes_row_new (
                                 (guint64)lanyard_statement_get_int (statement, 0), number, entry));
    }
  return NULL;
}

static GPtrArray *
read_changes (LanyardHubStore *store, guint64 after, guint64 through, guint max, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "SELECT gseq, number, entry FROM change "
                                           "WHERE gseq > ? AND gseq <= ? ORDER BY gseq LIMIT ?");

  lanyard_statement_bind_int (statement, 1, (gint64)after);
  lanyard_statement_bind_int (statement, 2, (gint64)through);
  lanyard_statement_bind_int (statement, 3, max);
  return take_rows (statement, error);
}

static GPtrArray *
list_entries (LanyardHubStore *store, const char *after, guint max, GError **error)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (
      DB (store), "SELECT change.entry FROM entry JOIN change ON change.gseq = entry.gseq "
                  "WHERE entry.number > ? AND change.entry IS NOT NULL "
                  "ORDER BY entry.number LIMIT ?");
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  gboolean row;

  lanyard_statement_bind_text (statement, 1, after);
  lanyard_statement_bind_int (statement, 2, max);
  while (lanyard_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&entries);
      g_ptr_array_add (entries, lanyard_statement_dup_bytes (statement, 0));
    }
  return NULL;
}

static GPtrArray *
list_rows (LanyardHubStore *store, const char *after, guint max, GError **error)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (
      DB (store), "SELECT change.gseq, change.number, change.entry FROM entry JOIN change "
                  "ON change.gseq = entry.gseq "
                  "WHERE entry.number > ? AND change.entry IS NOT NULL "
                  "ORDER BY entry.number LIMIT ?");

  lanyard_statement_bind_text (statement, 1, after);
  lanyard_statement_bind_int (statement, 2, max);
  return take_rows (statement, error);
}

static gboolean
compact (LanyardHubStore *store, guint64 floor, guint max, guint64 *removed, GError **error)
{
  /* The newest change of an accreditation stays, a removal too: so the highest gseq is never given
   * twice. */
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (
      DB (store), "DELETE FROM change WHERE gseq IN (SELECT old.gseq FROM change AS old "
                  "JOIN entry ON entry.number = old.number AND entry.gseq > old.gseq "
                  "WHERE old.gseq <= ? ORDER BY old.gseq LIMIT ?)");

  lanyard_statement_bind_int (statement, 1, (gint64)floor);
  lanyard_statement_bind_int (statement, 2, max);
  if (!lanyard_statement_run (statement, error))
    return FALSE;
  *removed = (guint64)sqlite3_changes64 (lanyard_database_get_handle (DB (store)));
  return TRUE;
}

static gboolean
put_photo (LanyardHubStore *store, GBytes *hash, GBytes *photo, GError **error)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (
      DB (store), "INSERT INTO photo (hash, content) VALUES (?, ?) ON CONFLICT DO NOTHING");

  lanyard_statement_bind_bytes (statement, 1, hash);
  lanyard_statement_bind_bytes (statement, 2, photo);
  return lanyard_statement_run (statement, error);
}

/* The one blob that @statement finds. */
static GBytes *
find_blob (LanyardStatement *statement, const char *what, GError **error)
{
  gboolean row;

  if (!lanyard_statement_step (statement, &row, error))
    return NULL;
  if (row)
    return lanyard_statement_dup_bytes (statement, 0);
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND, "The hub has no such %s.", what);
  return NULL;
}

static GBytes *
find_photo (LanyardHubStore *store, GBytes *hash, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "SELECT content FROM photo WHERE hash = ?");

  lanyard_statement_bind_bytes (statement, 1, hash);
  return find_blob (statement, "photo", error);
}

static gboolean
put_document (LanyardHubStore *store, const char *name, GBytes *content, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store),
                               "INSERT INTO document (name, content) VALUES (?, ?) "
                               "ON CONFLICT (name) DO UPDATE SET content = excluded.content");

  lanyard_statement_bind_text (statement, 1, name);
  lanyard_statement_bind_bytes (statement, 2, content);
  return lanyard_statement_run (statement, error);
}

static gboolean
remove_document (LanyardHubStore *store, const char *name, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "DELETE FROM document WHERE name = ?");

  lanyard_statement_bind_text (statement, 1, name);
  return lanyard_statement_run (statement, error);
}

static GBytes *
find_document (LanyardHubStore *store, const char *name, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "SELECT content FROM document WHERE name = ?");

  lanyard_statement_bind_text (statement, 1, name);
  return find_blob (statement, "list", error);
}

void
_lanyard_hub_sqlite_fill_directory (LanyardHubStoreOps *ops)
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
