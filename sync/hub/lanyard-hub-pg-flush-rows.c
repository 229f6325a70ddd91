/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-pg-statement.h"
#include "lanyard-hub-pg-work.h"

/* What uploads added, as one statement a table: records, the feed, and what goes with them. */

static void
push_bytes (LanyardPgStatement *statement, int index, GBytes *bytes)
{
  gsize n_bytes = 0;
  const void *data = bytes == NULL ? NULL : g_bytes_get_data (bytes, &n_bytes);

  _lanyard_pg_push_blob (statement, index, n_bytes == 0 && bytes != NULL ? "" : data, n_bytes);
}

static void
collect_stretch (LanyardHubStorePg *store, GPtrArray *statements, const LanyardPgStretch *stretch)
{
  LanyardPgStatement *insert = _lanyard_pg_add (
      statements, store,
      "INSERT INTO stretch (device, epoch, first, last, received_us, hashes, records)"
      " VALUES ($1, $2, $3, $4, $5, $6, $7)");

  _lanyard_pg_bind_int (insert, 1, stretch->device);
  _lanyard_pg_bind_int (insert, 2, stretch->epoch);
  _lanyard_pg_bind_int (insert, 3, (gint64)stretch->first);
  _lanyard_pg_bind_int (insert, 4, (gint64)(stretch->first + stretch->n - 1));
  _lanyard_pg_bind_int (insert, 5, stretch->received_us);
  _lanyard_pg_bind_blobs (insert, 6, stretch->n);
  _lanyard_pg_bind_blobs (insert, 7, stretch->n);
  for (guint i = stretch->offset; i < stretch->offset + stretch->n; i++)
    {
      _lanyard_pg_push_blob (insert, 6, g_array_index (stretch->hashes, LanyardHash, i).bytes,
                             LANYARD_HASH_BYTES);
      push_bytes (insert, 7, g_ptr_array_index (stretch->records, i));
    }
}

void
_lanyard_pg_collect_stretches (LanyardHubStorePg *store, GPtrArray *statements)
{
  GPtrArray *stretches = store->work->stretches;

  for (guint i = 0; i < stretches->len; i++)
    collect_stretch (store, statements, g_ptr_array_index (stretches, i));
  g_ptr_array_set_size (stretches, 0);
}

static GPtrArray *
list_dirty_streams (LanyardPgWork *work)
{
  GPtrArray *dirty = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, work->streams);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((LanyardPgStream *)value)->dirty)
      g_ptr_array_add (dirty, value);
  return dirty;
}

void
_lanyard_pg_collect_streams (LanyardHubStorePg *store, GPtrArray *statements)
{
  g_autoptr (GPtrArray) dirty = list_dirty_streams (store->work);
  LanyardPgStatement *update;

  if (dirty->len == 0)
    return;
  update = _lanyard_pg_add (statements, store,
                            "UPDATE stream SET head_seq = new.head_seq, head_hash = new.head_hash,"
                            " updated_us = new.updated_us FROM unnest ($1, $2, $3, $4, $5)"
                            " AS new (device, epoch, head_seq, head_hash, updated_us)"
                            " WHERE stream.device = new.device AND stream.epoch = new.epoch");
  _lanyard_pg_bind_columns (update, "iiibi", dirty->len);
  for (guint i = 0; i < dirty->len; i++)
    {
      LanyardPgStream *stream = g_ptr_array_index (dirty, i);

      stream->dirty = FALSE;
      _lanyard_pg_push_int (update, 1, (gint64)(stream->place >> 32));
      _lanyard_pg_push_int (update, 2, (gint64)(stream->place & G_MAXUINT32));
      _lanyard_pg_push_int (update, 3, (gint64)stream->stream.head_seq);
      _lanyard_pg_push_blob (update, 4, stream->stream.head_hash.bytes, LANYARD_HASH_BYTES);
      _lanyard_pg_push_int (update, 5, stream->updated_us);
    }
}

void
_lanyard_pg_collect_changes (LanyardHubStorePg *store, GPtrArray *statements)
{
  GPtrArray *changes = store->work->changes;
  LanyardPgStatement *insert;

  if (changes->len == 0)
    return;
  insert = _lanyard_pg_add (
      statements, store,
      "INSERT INTO change (gseq, number, entry) SELECT * FROM unnest ($1, $2, $3)");
  _lanyard_pg_bind_columns (insert, "itb", changes->len);
  for (guint i = 0; i < changes->len; i++)
    {
      const LanyardPgChange *change = g_ptr_array_index (changes, i);

      _lanyard_pg_push_int (insert, 1, (gint64)change->gseq);
      _lanyard_pg_push_text (insert, 2, change->number);
      push_bytes (insert, 3, change->entry);
    }
  g_ptr_array_set_size (changes, 0);
}

void
_lanyard_pg_collect_asides (LanyardHubStorePg *store, GPtrArray *statements)
{
  GPtrArray *asides = store->work->asides;
  LanyardPgStatement *insert;

  if (asides->len == 0)
    return;
  insert = _lanyard_pg_add (
      statements, store,
      "INSERT INTO quarantine (device, epoch, seq, why)"
      " SELECT * FROM unnest ($1, $2, $3, $4) ON CONFLICT (device, epoch, seq) DO UPDATE"
      " SET why = excluded.why, decision = '', decided_us = 0, decided_by = '', reason = ''");
  _lanyard_pg_bind_columns (insert, "iiit", asides->len);
  for (guint i = 0; i < asides->len; i++)
    {
      const LanyardPgAside *aside = g_ptr_array_index (asides, i);

      _lanyard_pg_push_int (insert, 1, aside->device);
      _lanyard_pg_push_int (insert, 2, aside->epoch);
      _lanyard_pg_push_int (insert, 3, (gint64)aside->seq);
      _lanyard_pg_push_text (insert, 4, aside->why);
    }
  g_ptr_array_set_size (asides, 0);
}

void
_lanyard_pg_collect_alerts (LanyardHubStorePg *store, GPtrArray *statements)
{
  GPtrArray *alerts = store->work->alerts;
  LanyardPgStatement *insert;

  if (alerts->len == 0)
    return;
  insert = _lanyard_pg_add (statements, store,
                            "INSERT INTO alert (id, device, kind, number, serials, gseq, at_us)"
                            " SELECT * FROM unnest ($1, $2, $3, $4, $5, $6, $7)");
  _lanyard_pg_bind_columns (insert, "iiittii", alerts->len);
  for (guint i = 0; i < alerts->len; i++)
    {
      const LanyardPgAlert *alert = g_ptr_array_index (alerts, i);

      _lanyard_pg_push_int (insert, 1, (gint64)alert->id);
      _lanyard_pg_push_int (insert, 2, alert->device);
      _lanyard_pg_push_int (insert, 3, alert->alert.kind);
      _lanyard_pg_push_text (insert, 4, alert->alert.number);
      _lanyard_pg_push_text (insert, 5, alert->serials);
      _lanyard_pg_push_int (insert, 6, (gint64)alert->alert.gseq);
      _lanyard_pg_push_int (insert, 7, alert->alert.at_us);
    }
  g_ptr_array_set_size (alerts, 0);
}

void
_lanyard_pg_collect_stocks (LanyardHubStorePg *store, GPtrArray *statements)
{
  GHashTable *stocks = store->work->stocks;
  GHashTableIter iter;
  gpointer value;
  LanyardPgStatement *put;

  if (g_hash_table_size (stocks) == 0)
    return;
  put = _lanyard_pg_add (statements, store,
                         "INSERT INTO stock (device, printer, cards_left, told_us, closed_us)"
                         " SELECT device, printer, nullif (cards_left, $6), told_us, closed_us"
                         " FROM unnest ($1, $2, $3, $4, $5)"
                         " AS new (device, printer, cards_left, told_us, closed_us)"
                         " ON CONFLICT (device, printer) DO UPDATE SET"
                         " cards_left = excluded.cards_left, told_us = excluded.told_us,"
                         " closed_us = greatest (stock.closed_us, excluded.closed_us)");
  _lanyard_pg_bind_columns (put, "itiii", g_hash_table_size (stocks));
  _lanyard_pg_bind_int (put, 6, G_MININT64);
  g_hash_table_iter_init (&iter, stocks);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const LanyardHubStock *stock = value;

      _lanyard_pg_push_int (put, 1, stock->device);
      _lanyard_pg_push_text (put, 2, stock->printer);
      _lanyard_pg_push_int (put, 3, stock->knows_left ? stock->left : G_MININT64);
      _lanyard_pg_push_int (put, 4, stock->told_us);
      _lanyard_pg_push_int (put, 5, stock->closed_us);
    }
  g_hash_table_remove_all (stocks);
}
