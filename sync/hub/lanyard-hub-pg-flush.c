/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <string.h>

#include "lanyard-hub-pg-statement.h"
#include "lanyard-hub-pg-work.h"

/* What uploads changed, as one statement a table. */

/* So many make a statement of each kind worth its while. */
#define STREAM_CHANGES 400

static LanyardPgStatement *
add (GPtrArray *statements, LanyardHubStorePg *store, const char *sql)
{
  LanyardPgStatement *statement = _lanyard_pg_statement_new_apart (&store->parent, sql);

  g_ptr_array_add (statements, statement);
  return statement;
}

static void
bind_columns (LanyardPgStatement *statement, const char *columns, guint n)
{
  for (int i = 0; columns[i] != '\0'; i++)
    if (columns[i] == 'i')
      _lanyard_pg_bind_ints (statement, i + 1, n);
    else if (columns[i] == 't')
      _lanyard_pg_bind_texts (statement, i + 1, n);
    else
      _lanyard_pg_bind_blobs (statement, i + 1, n);
}

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
  LanyardPgStatement *insert
      = add (statements, store,
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

static void
collect_stretches (LanyardHubStorePg *store, GPtrArray *statements)
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

static void
collect_streams (LanyardHubStorePg *store, GPtrArray *statements)
{
  g_autoptr (GPtrArray) dirty = list_dirty_streams (store->work);
  LanyardPgStatement *update;

  if (dirty->len == 0)
    return;
  update = add (statements, store,
                "UPDATE stream SET head_seq = new.head_seq, head_hash = new.head_hash,"
                " updated_us = new.updated_us FROM unnest ($1, $2, $3, $4, $5)"
                " AS new (device, epoch, head_seq, head_hash, updated_us)"
                " WHERE stream.device = new.device AND stream.epoch = new.epoch");
  bind_columns (update, "iiibi", dirty->len);
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

static gint
compare_badges (gconstpointer a, gconstpointer b)
{
  const LanyardPgBadge *const *x = a, *const *y = b;

  return strcmp ((*x)->badge->serial, (*y)->badge->serial);
}

/* @stored: those that the server has, or those that it has not; by serial */
static GPtrArray *
list_dirty_badges (LanyardPgWork *work, gboolean stored)
{
  GPtrArray *dirty = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, work->cards);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const LanyardPgBadge *card = value;

      if (card->dirty && card->stored == stored)
        g_ptr_array_add (dirty, value);
    }
  g_ptr_array_sort (dirty, compare_badges);
  return dirty;
}

static void
push_badges (LanyardPgStatement *put, GPtrArray *cards)
{
  bind_columns (put, "ttiiiiii", cards->len);
  for (guint i = 0; i < cards->len; i++)
    {
      LanyardPgBadge *card = g_ptr_array_index (cards, i);

      card->dirty = FALSE;
      card->stored = TRUE;
      _lanyard_pg_push_text (put, 1, card->badge->serial);
      _lanyard_pg_push_text (put, 2, card->badge->number);
      _lanyard_pg_push_int (put, 3, card->badge->device);
      _lanyard_pg_push_int (put, 4, card->badge->sequence);
      _lanyard_pg_push_int (put, 5, card->badge->flags);
      _lanyard_pg_push_int (put, 6, card->badge->arrival);
      _lanyard_pg_push_int (put, 7, card->badge->out_us);
      _lanyard_pg_push_int (put, 8, card->badge->ends_s);
    }
}

/* A serial that was not there when the transaction began is new. Where another hub has put it there
 * since, for another person, the server refuses it, and all is done again knowing of it. */
static void
collect_badges (LanyardHubStorePg *store, GPtrArray *statements)
{
  g_autoptr (GPtrArray) fresh = list_dirty_badges (store->work, FALSE);
  g_autoptr (GPtrArray) known = list_dirty_badges (store->work, TRUE);

  if (fresh->len > 0)
    push_badges (add (statements, store,
                      "INSERT INTO badge (serial, number, device, sequence, flags, arrival,"
                      " out_us, ends_s) SELECT * FROM unnest ($1, $2, $3, $4, $5, $6, $7, $8)"),
                 fresh);
  if (known->len > 0)
    push_badges (add (statements, store,
                      "UPDATE badge SET device = new.device, sequence = new.sequence,"
                      " flags = new.flags, arrival = new.arrival, out_us = new.out_us,"
                      " ends_s = new.ends_s FROM unnest ($1, $2, $3, $4, $5, $6, $7, $8) AS new"
                      " (serial, number, device, sequence, flags, arrival, out_us, ends_s)"
                      " WHERE badge.serial = new.serial"),
                 known);
}

static gint
compare_persons (gconstpointer a, gconstpointer b)
{
  const LanyardPgPerson *const *x = a, *const *y = b;

  return strcmp ((*x)->holding->number, (*y)->holding->number);
}

/* By number: neighbours in the index are written together. */
static GPtrArray *
list_dirty_persons (LanyardPgWork *work)
{
  GPtrArray *dirty = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, work->persons);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    if (((LanyardPgPerson *)value)->dirty)
      g_ptr_array_add (dirty, value);
  g_ptr_array_sort (dirty, compare_persons);
  return dirty;
}

static void
collect_holdings (LanyardHubStorePg *store, GPtrArray *statements)
{
  g_autoptr (GPtrArray) dirty = list_dirty_persons (store->work);
  LanyardPgStatement *update;

  if (dirty->len == 0)
    return;
  update = add (statements, store,
                "UPDATE holding SET open_badges = new.open_badges,"
                " last_sequence = new.last_sequence, last_serial = new.last_serial,"
                " disputed = new.disputed, void_below = new.void_below, floor = new.floor,"
                " arrivals = new.arrivals, decisions = new.decisions, ends_s = new.ends_s,"
                " gseq = new.gseq"
                " FROM unnest ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) AS new (number,"
                " open_badges, last_sequence, last_serial, disputed, void_below, floor, arrivals,"
                " decisions, ends_s, gseq)"
                " WHERE holding.number = new.number");
  bind_columns (update, "tiitiiiiiii", dirty->len);
  for (guint i = 0; i < dirty->len; i++)
    {
      LanyardPgPerson *person = g_ptr_array_index (dirty, i);
      const LanyardHubHolding *holding = person->holding;

      person->dirty = FALSE;
      _lanyard_pg_push_text (update, 1, holding->number);
      _lanyard_pg_push_int (update, 2, holding->open_badges);
      _lanyard_pg_push_int (update, 3, holding->last_sequence);
      _lanyard_pg_push_text (update, 4, holding->last_serial);
      _lanyard_pg_push_int (update, 5, holding->disputed);
      _lanyard_pg_push_int (update, 6, holding->void_below);
      _lanyard_pg_push_int (update, 7, holding->floor);
      _lanyard_pg_push_int (update, 8, holding->arrivals);
      _lanyard_pg_push_int (update, 9, holding->decisions);
      _lanyard_pg_push_int (update, 10, holding->ends_s);
      _lanyard_pg_push_int (update, 11, (gint64)person->gseq);
    }
}

static void
collect_changes (LanyardHubStorePg *store, GPtrArray *statements)
{
  GPtrArray *changes = store->work->changes;
  LanyardPgStatement *insert;

  if (changes->len == 0)
    return;
  insert = add (statements, store,
                "INSERT INTO change (gseq, number, entry) SELECT * FROM unnest ($1, $2, $3)");
  bind_columns (insert, "itb", changes->len);
  for (guint i = 0; i < changes->len; i++)
    {
      const LanyardPgChange *change = g_ptr_array_index (changes, i);

      _lanyard_pg_push_int (insert, 1, (gint64)change->gseq);
      _lanyard_pg_push_text (insert, 2, change->number);
      push_bytes (insert, 3, change->entry);
    }
  g_ptr_array_set_size (changes, 0);
}

static void
collect_asides (LanyardHubStorePg *store, GPtrArray *statements)
{
  GPtrArray *asides = store->work->asides;
  LanyardPgStatement *insert;

  if (asides->len == 0)
    return;
  insert = add (
      statements, store,
      "INSERT INTO quarantine (device, epoch, seq, why)"
      " SELECT * FROM unnest ($1, $2, $3, $4) ON CONFLICT (device, epoch, seq) DO UPDATE"
      " SET why = excluded.why, decision = '', decided_us = 0, decided_by = '', reason = ''");
  bind_columns (insert, "iiit", asides->len);
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

static void
collect_alerts (LanyardHubStorePg *store, GPtrArray *statements)
{
  GPtrArray *alerts = store->work->alerts;
  LanyardPgStatement *insert;

  if (alerts->len == 0)
    return;
  insert = add (statements, store,
                "INSERT INTO alert (id, device, kind, number, serials, gseq, at_us)"
                " SELECT * FROM unnest ($1, $2, $3, $4, $5, $6, $7)");
  bind_columns (insert, "iiittii", alerts->len);
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

static void
collect_stocks (LanyardHubStorePg *store, GPtrArray *statements)
{
  GHashTable *stocks = store->work->stocks;
  GHashTableIter iter;
  gpointer value;
  LanyardPgStatement *put;

  if (g_hash_table_size (stocks) == 0)
    return;
  put = add (statements, store,
             "INSERT INTO stock (device, printer, cards_left, told_us, closed_us)"
             " SELECT device, printer, nullif (cards_left, $6), told_us, closed_us"
             " FROM unnest ($1, $2, $3, $4, $5)"
             " AS new (device, printer, cards_left, told_us, closed_us)"
             " ON CONFLICT (device, printer) DO UPDATE SET"
             " cards_left = excluded.cards_left, told_us = excluded.told_us,"
             " closed_us = greatest (stock.closed_us, excluded.closed_us)");
  bind_columns (put, "itiii", g_hash_table_size (stocks));
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

void
_lanyard_pg_work_collect (LanyardHubStorePg *store, GPtrArray *statements)
{
  if (!store->work->dirty)
    return;
  store->work->dirty = FALSE;
  collect_stretches (store, statements);
  collect_streams (store, statements);
  collect_badges (store, statements);
  collect_holdings (store, statements);
  collect_asides (store, statements);
  collect_stocks (store, statements);
  _lanyard_pg_collect_pickups (store, statements);
  collect_changes (store, statements);
  collect_alerts (store, statements);
}

static GPtrArray *
new_statements (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)_lanyard_pg_statement_free);
}

gboolean
_lanyard_pg_work_flush (LanyardHubStorePg *store, GError **error)
{
  g_autoptr (GPtrArray) statements = NULL;

  if (store->state != LANYARD_PG_UPLOADS || !store->work->dirty)
    return TRUE;
  statements = new_statements ();
  _lanyard_pg_work_collect (store, statements);
  return statements->len == 0 || _lanyard_pg_run_all (store, statements, error);
}

gboolean
_lanyard_pg_work_stream (LanyardHubStorePg *store, GError **error)
{
  LanyardPgWork *work = store->work;
  GPtrArray *statements;

  /* Not before the lock: who waits for it must not keep others waiting for rows. */
  if (!work->sequenced || work->changes->len < STREAM_CHANGES)
    return TRUE;
  statements = new_statements ();
  _lanyard_pg_work_collect (store, statements);
  return _lanyard_pg_send (store, statements, error);
}

gboolean
_lanyard_pg_work_sequence (LanyardHubStorePg *store, GError **error)
{
  LanyardPgWork *work = store->work;
  g_autoptr (GPtrArray) statements = NULL;
  LanyardPgStatement *read;
  gboolean row;

  if (work->sequenced)
    return TRUE;
  statements = new_statements ();
  /* The bulk is sent before the lock, so that others need not wait for it. */
  collect_stretches (store, statements);
  add (statements, store, "SELECT pg_advisory_xact_lock (" LANYARD_PG_LOCK_SEQUENCER ")");
  read = add (statements, store,
              "SELECT coalesce ((SELECT max (gseq) FROM change), 0),"
              " coalesce ((SELECT max (id) FROM alert), 0)");
  if (!_lanyard_pg_run_all (store, statements, error) || !_lanyard_pg_step (read, &row, error))
    return FALSE;
  work->gseq = (guint64)_lanyard_pg_get_int (read, 0);
  work->alert = (guint64)_lanyard_pg_get_int (read, 1);
  work->sequenced = TRUE;
  return TRUE;
}
