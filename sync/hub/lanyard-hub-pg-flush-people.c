/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <string.h>

#include "lanyard-hub-pg-statement.h"
#include "lanyard-hub-pg-work.h"

/* The badges and people that uploads changed, as one statement a table. */

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
  _lanyard_pg_bind_columns (put, "ttiiiiii", cards->len);
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
void
_lanyard_pg_collect_badges (LanyardHubStorePg *store, GPtrArray *statements)
{
  g_autoptr (GPtrArray) fresh = list_dirty_badges (store->work, FALSE);
  g_autoptr (GPtrArray) known = list_dirty_badges (store->work, TRUE);

  if (fresh->len > 0)
    push_badges (
        _lanyard_pg_add (statements, store,
                         "INSERT INTO badge (serial, number, device, sequence, flags, arrival,"
                         " out_us, ends_s) SELECT * FROM unnest ($1, $2, $3, $4, $5, $6, $7, $8)"),
        fresh);
  if (known->len > 0)
    push_badges (
        _lanyard_pg_add (statements, store,
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

void
_lanyard_pg_collect_holdings (LanyardHubStorePg *store, GPtrArray *statements)
{
  g_autoptr (GPtrArray) dirty = list_dirty_persons (store->work);
  LanyardPgStatement *update;

  if (dirty->len == 0)
    return;
  update = _lanyard_pg_add (
      statements, store,
      "UPDATE holding SET open_badges = new.open_badges,"
      " last_sequence = new.last_sequence, last_serial = new.last_serial,"
      " disputed = new.disputed, void_below = new.void_below, floor = new.floor,"
      " arrivals = new.arrivals, decisions = new.decisions, ends_s = new.ends_s,"
      " gseq = new.gseq"
      " FROM unnest ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) AS new (number,"
      " open_badges, last_sequence, last_serial, disputed, void_below, floor, arrivals,"
      " decisions, ends_s, gseq)"
      " WHERE holding.number = new.number");
  _lanyard_pg_bind_columns (update, "tiitiiiiiii", dirty->len);
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
