/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * What leads to the rows of a load is filled in the order of its keys, a slice at a time, each
 * slice at the end of its table. The order stands in memory; after a restart the keys are collected
 * from the rows again, and each table goes on after its last row.
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-directory-private.h"

#include <string.h>

/* @last: (out): the last row of the table of @kind. @found: (out): there is one */
static gboolean
find_last (LanyardDirectory *directory,
           LanyardOrderKind kind,
           LanyardOrderKey *last,
           gboolean *found,
           GError **error)
{
  static const char *const sql[] = {
    "SELECT key, entry FROM load_entry_key ORDER BY key DESC LIMIT 1",
    "SELECT key, entry FROM load_lookup ORDER BY key DESC, entry DESC LIMIT 1",
    "SELECT photo, entry FROM load_entry_photo ORDER BY photo DESC, entry DESC LIMIT 1",
  };
  g_autoptr (LanyardStatement) select = lanyard_statement_new (directory->database, sql[kind]);
  gsize n_key;

  if (!lanyard_statement_step (select, found, error))
    return FALSE;
  if (!*found)
    return TRUE;
  memcpy (last->key.bytes, lanyard_statement_get_blob (select, 0, &n_key), sizeof last->key.bytes);
  last->entry = (guint32)lanyard_statement_get_int (select, 1);
  return TRUE;
}

static gboolean
go_on_after_last (LanyardDirectory *directory, GError **error)
{
  for (guint kind = 0; kind < LANYARD_N_ORDERS; kind++)
    {
      LanyardOrderKey last;
      gboolean found;

      if (!find_last (directory, kind, &last, &found, error))
        return FALSE;
      if (found)
        lanyard_load_order_skip (directory->order, kind, &last);
    }
  directory->order_through = -1;
  return TRUE;
}

/* The row under @select, whose names the index may not have yet: the program was started again. */
static void
collect_one (LanyardDirectory *directory, LanyardStatement *select)
{
  gint64 id = lanyard_statement_get_int (select, 0);
  g_auto (LanyardRowKeys) keys = { 0 };
  LanyardRowKey key = { 0 };
  gsize n_key;
  const void *stored = lanyard_statement_get_blob (select, 1, &n_key);

  memcpy (key.bytes, stored, MIN (n_key, sizeof key.bytes));
  _lanyard_directory_read_keys (select, 4, 5, &keys);
  lanyard_load_order_add (directory->order, LANYARD_ORDER_ENTRY, &key, (guint32)id);
  for (guint i = 0; i < keys.lookups->len; i++)
    lanyard_load_order_add (directory->order, LANYARD_ORDER_LOOKUP,
                            &g_array_index (keys.lookups, LanyardRowKey, i), (guint32)id);
  if (keys.has_photo)
    lanyard_load_order_add (directory->order, LANYARD_ORDER_PHOTO, &keys.photo, (guint32)id);
  directory->order_through = id;
  if (id <= directory->coming_through)
    return;
  directory->coming_through = id;
  _lanyard_directory_take_names (directory, select, directory->coming);
}

gboolean
_lanyard_directory_collect (LanyardDirectory *directory, gboolean *over, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database,
                               "SELECT " LANYARD_ENTRY_COLUMNS ", photo, lookups"
                               " FROM load_entry WHERE id > ?1 ORDER BY id LIMIT ?2");
  guint n = 0, max;
  gboolean row;

  *over = directory->order_through < 0;
  if (*over)
    return TRUE;
  if (directory->order == NULL)
    directory->order = lanyard_load_order_new ();
  if (directory->coming == NULL)
    directory->coming = lanyard_search_index_new ();
  max = _lanyard_directory_get_slice (directory, directory->order_through + directory->slice
                                                     > directory->coming_through);
  lanyard_statement_bind_int (select, 1, directory->order_through);
  lanyard_statement_bind_int (select, 2, max);
  while (lanyard_statement_step (select, &row, error))
    {
      if (row)
        {
          collect_one (directory, select);
          n++;
        }
      else
        return n == max || go_on_after_last (directory, error);
    }
  return FALSE;
}

static gboolean
put_key (LanyardDirectory *directory, const char *sql, const LanyardOrderKey *key, GError **error)
{
  g_autoptr (LanyardStatement) put = lanyard_statement_new (directory->database, sql);

  lanyard_statement_bind_blob (put, 1, key->key.bytes, sizeof key->key.bytes);
  lanyard_statement_bind_int (put, 2, key->entry);
  return lanyard_statement_run (put, error);
}

static gboolean
get_gseq (LanyardDirectory *directory, guint32 entry, gint64 *gseq, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database, "SELECT gseq FROM load_entry WHERE id = ?1");
  gboolean row;

  lanyard_statement_bind_int (select, 1, entry);
  if (!lanyard_statement_step (select, &row, error))
    return FALSE;
  *gseq = row ? lanyard_statement_get_int (select, 0) : 0;
  return TRUE;
}

static gboolean
drop_row (LanyardDirectory *directory, guint32 entry, LanyardLoad *load, GError **error)
{
  g_autoptr (LanyardStatement) drop
      = lanyard_statement_new (directory->database, "DELETE FROM load_entry WHERE id = ?1");

  lanyard_load_order_drop (directory->order, entry);
  lanyard_search_index_remove (directory->coming, entry);
  load->n_entries--;
  lanyard_statement_bind_int (drop, 1, entry);
  return lanyard_statement_run (drop, error);
}

/* Two numbers that mean the same: the one that changed last stays, in @key. */
static gboolean
settle_doubles (LanyardDirectory *directory,
                LanyardOrderKey *key,
                LanyardLoad *load,
                GError **error)
{
  LanyardOrderKey other;
  gint64 gseq, other_gseq;

  while (lanyard_load_order_peek (directory->order, LANYARD_ORDER_ENTRY, &other)
         && memcmp (&other.key, &key->key, sizeof key->key) == 0)
    {
      lanyard_load_order_advance (directory->order, LANYARD_ORDER_ENTRY);
      if (!get_gseq (directory, key->entry, &gseq, error)
          || !get_gseq (directory, other.entry, &other_gseq, error)
          || !drop_row (directory, other_gseq >= gseq ? key->entry : other.entry, load, error))
        return FALSE;
      if (other_gseq >= gseq)
        *key = other;
    }
  return TRUE;
}

/* A row that cannot be opened keeps nobody else's photo from coming. */
static gboolean
note_photo (LanyardDirectory *directory, const LanyardOrderKey *key, GError **error)
{
  g_autoptr (LanyardStatement) known
      = lanyard_statement_new (directory->database, "SELECT 1 FROM photo WHERE key = ?1");
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (directory->database,
                               "SELECT " LANYARD_ENTRY_COLUMNS " FROM load_entry WHERE id = ?1");
  g_autoptr (LanyardEntry) entry = NULL;
  g_autoptr (GError) why = NULL;
  gboolean row;

  lanyard_statement_bind_blob (known, 1, key->key.bytes, sizeof key->key.bytes);
  if (!lanyard_statement_step (known, &row, error))
    return FALSE;
  if (row)
    return TRUE;
  lanyard_statement_bind_int (select, 1, key->entry);
  if (!lanyard_statement_step (select, &row, error))
    return FALSE;
  entry = row ? lanyard_directory_take_entry (directory, select, NULL, &why) : NULL;
  if (entry != NULL && entry->photo_hash != NULL)
    return _lanyard_directory_want_photo (directory, &key->key, entry->photo_hash, error);
  g_warning ("The photo of row %u is not asked for: %s", key->entry,
             why != NULL ? why->message : "it names none");
  return TRUE;
}

static gboolean
fill_one (LanyardDirectory *directory,
          LanyardOrderKind kind,
          LanyardOrderKey *key,
          LanyardLoad *load,
          GError **error)
{
  if (kind == LANYARD_ORDER_ENTRY)
    return settle_doubles (directory, key, load, error)
           && put_key (directory, "INSERT INTO load_entry_key (key, entry) VALUES (?1, ?2)", key,
                       error);
  if (lanyard_load_order_is_dropped (directory->order, key->entry))
    return TRUE;
  if (kind == LANYARD_ORDER_LOOKUP)
    return put_key (directory, "INSERT INTO load_lookup (key, entry) VALUES (?1, ?2)", key, error);
  return put_key (directory, "INSERT INTO load_entry_photo (photo, entry) VALUES (?1, ?2)", key,
                  error)
         && note_photo (directory, key, error);
}

gboolean
_lanyard_directory_fill (LanyardDirectory *directory,
                         LanyardOrderKind kind,
                         LanyardLoad *load,
                         gboolean *over,
                         GError **error)
{
  guint max = _lanyard_directory_get_slice (directory, kind == LANYARD_ORDER_PHOTO);
  LanyardOrderKey key;

  for (guint i = 0; i < max; i++)
    {
      *over = !lanyard_load_order_peek (directory->order, kind, &key);
      if (*over)
        return TRUE;
      lanyard_load_order_advance (directory->order, kind);
      if (!fill_one (directory, kind, &key, load, error))
        return FALSE;
    }
  return TRUE;
}
