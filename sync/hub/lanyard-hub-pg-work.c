/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-pg-work.h"

#include <string.h>

#include "lanyard-hub-pg-statement.h"

#define HOLDING_COLUMNS                                                                            \
  "number, open_badges, last_sequence, last_serial, disputed, void_below, floor, arrivals, "       \
  "decisions, ends_s"
#define BADGE_COLUMNS "serial, number, device, sequence, flags, arrival, out_us, ends_s"

static void
badge_free (LanyardPgBadge *card)
{
  lanyard_hub_badge_free (card->badge);
  g_free (card);
}

static void
person_free (LanyardPgPerson *person)
{
  lanyard_hub_holding_free (person->holding);
  g_ptr_array_unref (person->badges);
  g_clear_pointer (&person->entry, g_bytes_unref);
  g_free (person);
}

static void
change_free (LanyardPgChange *change)
{
  g_free (change->number);
  g_clear_pointer (&change->entry, g_bytes_unref);
  g_free (change);
}

static void
stretch_free (LanyardPgStretch *stretch)
{
  g_array_unref (stretch->hashes);
  g_ptr_array_unref (stretch->records);
  g_free (stretch);
}

static void
aside_free (LanyardPgAside *aside)
{
  g_free (aside->why);
  g_free (aside);
}

static void
alert_free (LanyardPgAlert *alert)
{
  g_free (alert->alert.number);
  g_free (alert->serials);
  g_free (alert);
}

LanyardPgWork *
_lanyard_pg_work_new (void)
{
  LanyardPgWork *work = g_new0 (LanyardPgWork, 1);

  work->streams = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, g_free);
  work->desks
      = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)lanyard_hub_enrolment_free);
  work->persons
      = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)person_free);
  work->cards = g_hash_table_new (g_str_hash, g_str_equal);
  work->others = g_ptr_array_new_with_free_func ((GDestroyNotify)badge_free);
  work->serials = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  work->stretches = g_ptr_array_new_with_free_func ((GDestroyNotify)stretch_free);
  work->asides = g_ptr_array_new_with_free_func ((GDestroyNotify)aside_free);
  work->changes = g_ptr_array_new_with_free_func ((GDestroyNotify)change_free);
  work->alerts = g_ptr_array_new_with_free_func ((GDestroyNotify)alert_free);
  work->pickups = g_array_new (FALSE, FALSE, sizeof (LanyardHubPickups));
  work->stocks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify)lanyard_hub_stock_free);
  return work;
}

void
_lanyard_pg_work_reset (LanyardPgWork *work)
{
  g_hash_table_remove_all (work->cards);
  g_hash_table_remove_all (work->persons);
  g_hash_table_remove_all (work->streams);
  g_hash_table_remove_all (work->desks);
  g_hash_table_remove_all (work->serials);
  g_hash_table_remove_all (work->stocks);
  g_array_set_size (work->pickups, 0);
  g_ptr_array_set_size (work->others, 0);
  g_ptr_array_set_size (work->stretches, 0);
  g_ptr_array_set_size (work->asides, 0);
  g_ptr_array_set_size (work->changes, 0);
  g_ptr_array_set_size (work->alerts, 0);
  work->dirty = FALSE;
  work->sequenced = FALSE;
}

void
_lanyard_pg_work_free (LanyardPgWork *work)
{
  _lanyard_pg_work_reset (work);
  g_hash_table_unref (work->cards);
  g_hash_table_unref (work->persons);
  g_hash_table_unref (work->streams);
  g_hash_table_unref (work->desks);
  g_hash_table_unref (work->serials);
  g_hash_table_unref (work->stocks);
  g_array_unref (work->pickups);
  g_ptr_array_unref (work->others);
  g_ptr_array_unref (work->stretches);
  g_ptr_array_unref (work->asides);
  g_ptr_array_unref (work->changes);
  g_ptr_array_unref (work->alerts);
  g_free (work);
}

LanyardPgStream *
_lanyard_pg_work_find_stream (LanyardPgWork *work, guint32 device, guint32 epoch)
{
  guint64 place = (guint64)device << 32 | epoch;

  return g_hash_table_lookup (work->streams, &place);
}

const LanyardHubEnrolment *
_lanyard_pg_work_find_desk (LanyardPgWork *work, guint32 device)
{
  return g_hash_table_lookup (work->desks, GUINT_TO_POINTER (device));
}

void
_lanyard_pg_work_put_desk (LanyardPgWork *work, LanyardHubEnrolment *enrolment)
{
  g_hash_table_replace (work->desks, GUINT_TO_POINTER (enrolment->device), enrolment);
}

gboolean
_lanyard_pg_work_find_badge (LanyardPgWork *work, const char *serial, LanyardPgBadge **found)
{
  *found = g_hash_table_lookup (work->cards, serial);
  return *found != NULL || g_hash_table_contains (work->serials, serial);
}

LanyardHubBadge *
_lanyard_pg_badge_copy (const LanyardHubBadge *badge)
{
  LanyardHubBadge *copy = g_memdup2 (badge, sizeof *badge);

  copy->serial = g_strdup (badge->serial);
  copy->number = g_strdup (badge->number);
  return copy;
}

void
_lanyard_pg_holding_set (LanyardHubHolding *to, const LanyardHubHolding *from)
{
  /* The number stays: tables are kept by its address. */
  char *number = to->number != NULL ? to->number : g_strdup (from->number);
  g_autofree char *serial = to->last_serial;

  *to = *from;
  to->number = number;
  to->last_serial = g_strdup (from->last_serial);
}

/* Where @serial stands, or belongs, among cards that are in order. */
static guint
find_place (GPtrArray *badges, const char *serial)
{
  guint i = 0;

  while (i < badges->len
         && strcmp (((LanyardPgBadge *)g_ptr_array_index (badges, i))->badge->serial, serial) < 0)
    i++;
  return i;
}

LanyardPgBadge *
_lanyard_pg_work_put_badge (LanyardPgWork *work, const LanyardHubBadge *badge, gboolean dirty)
{
  LanyardPgBadge *card = g_hash_table_lookup (work->cards, badge->serial);
  LanyardPgPerson *person = g_hash_table_lookup (work->persons, badge->number);

  if (card != NULL)
    {
      card->badge->device = badge->device;
      card->badge->sequence = badge->sequence;
      card->badge->flags = badge->flags;
      card->badge->arrival = badge->arrival;
      card->badge->out_us = badge->out_us;
      card->badge->ends_s = badge->ends_s;
      card->dirty |= dirty;
      return card;
    }
  card = g_new0 (LanyardPgBadge, 1);
  card->badge = _lanyard_pg_badge_copy (badge);
  card->dirty = dirty;
  if (person == NULL)
    g_ptr_array_add (work->others, card);
  else
    g_ptr_array_insert (person->badges, (gint)find_place (person->badges, badge->serial), card);
  g_hash_table_insert (work->cards, card->badge->serial, card);
  return card;
}

static LanyardPgStatement *
add (GPtrArray *statements, LanyardHubStorePg *store, const char *sql)
{
  LanyardPgStatement *statement = _lanyard_pg_statement_new (&store->parent, sql);

  g_ptr_array_add (statements, statement);
  return statement;
}

static void
bind_places (LanyardPgStatement *statement, const LanyardHubNeeds *needs)
{
  _lanyard_pg_bind_ints (statement, 1, needs->streams->len);
  _lanyard_pg_bind_ints (statement, 2, needs->streams->len);
  for (guint i = 0; i < needs->streams->len; i++)
    {
      guint64 place = g_array_index (needs->streams, guint64, i);

      _lanyard_pg_push_int (statement, 1, (gint64)(place >> 32));
      _lanyard_pg_push_int (statement, 2, (gint64)(place & G_MAXUINT32));
    }
}

static LanyardPgStatement *
add_with_texts (GPtrArray *statements, LanyardHubStorePg *store, const char *sql, GPtrArray *texts)
{
  LanyardPgStatement *statement = add (statements, store, sql);

  _lanyard_pg_bind_texts (statement, 1, texts->len);
  for (guint i = 0; i < texts->len; i++)
    _lanyard_pg_push_text (statement, 1, g_ptr_array_index (texts, i));
  return statement;
}

static void
read_streams (LanyardPgWork *work, LanyardPgStatement *statement)
{
  gboolean row;

  while (_lanyard_pg_step (statement, &row, NULL) && row)
    {
      LanyardPgStream *stream = g_new0 (LanyardPgStream, 1);

      stream->place = (guint64)_lanyard_pg_get_int (statement, 0) << 32
                      | (guint64)_lanyard_pg_get_int (statement, 1);
      stream->stream.head_seq = (guint64)_lanyard_pg_get_int (statement, 2);
      _lanyard_pg_get_hash (statement, 3, &stream->stream.head_hash);
      stream->ended = _lanyard_pg_get_int (statement, 4) != 0;
      g_hash_table_insert (work->streams, &stream->place, stream);
    }
}

static void
read_desks (LanyardPgWork *work, LanyardPgStatement *statement)
{
  gboolean row;

  while (_lanyard_pg_step (statement, &row, NULL) && row)
    _lanyard_pg_work_put_desk (work, _lanyard_pg_read_enrolment (statement));
}

static void
read_holdings (LanyardPgWork *work, LanyardPgStatement *statement)
{
  gboolean row;

  while (_lanyard_pg_step (statement, &row, NULL) && row)
    {
      LanyardPgPerson *person = g_new0 (LanyardPgPerson, 1);
      LanyardHubHolding *holding = g_new0 (LanyardHubHolding, 1);

      holding->number = _lanyard_pg_dup_text (statement, 0);
      holding->open_badges = (guint32)_lanyard_pg_get_int (statement, 1);
      holding->last_sequence = (guint32)_lanyard_pg_get_int (statement, 2);
      holding->last_serial = _lanyard_pg_dup_text (statement, 3);
      holding->disputed = _lanyard_pg_get_int (statement, 4) != 0;
      holding->void_below = (guint32)_lanyard_pg_get_int (statement, 5);
      holding->floor = (guint32)_lanyard_pg_get_int (statement, 6);
      holding->arrivals = (guint32)_lanyard_pg_get_int (statement, 7);
      holding->decisions = (guint32)_lanyard_pg_get_int (statement, 8);
      holding->ends_s = _lanyard_pg_get_int (statement, 9);
      person->holding = holding;
      person->gseq = (guint64)_lanyard_pg_get_int (statement, 10);
      person->badges = g_ptr_array_new_with_free_func ((GDestroyNotify)badge_free);
      g_hash_table_insert (work->persons, holding->number, person);
    }
}

static void
read_entries (LanyardPgWork *work, LanyardPgStatement *statement)
{
  gboolean row;

  while (_lanyard_pg_step (statement, &row, NULL) && row)
    {
      g_autofree char *number = _lanyard_pg_dup_text (statement, 0);
      LanyardPgPerson *person = g_hash_table_lookup (work->persons, number);

      if (person != NULL && person->entry == NULL)
        person->entry = _lanyard_pg_dup_bytes (statement, 1);
    }
}

static void
read_badges (LanyardPgWork *work, LanyardPgStatement *statement)
{
  gboolean row;

  while (_lanyard_pg_step (statement, &row, NULL) && row)
    {
      g_autofree char *serial = _lanyard_pg_dup_text (statement, 0);
      g_autofree char *number = _lanyard_pg_dup_text (statement, 1);
      LanyardHubBadge badge = {
        .serial = serial,
        .number = number,
        .device = (guint32)_lanyard_pg_get_int (statement, 2),
        .sequence = (guint32)_lanyard_pg_get_int (statement, 3),
        .flags = (guint)_lanyard_pg_get_int (statement, 4),
        .arrival = (guint32)_lanyard_pg_get_int (statement, 5),
        .out_us = _lanyard_pg_get_int (statement, 6),
        .ends_s = _lanyard_pg_get_int (statement, 7),
      };

      _lanyard_pg_work_put_badge (work, &badge, FALSE)->stored = TRUE;
    }
}

static void
read_head (LanyardPgWork *work, LanyardPgStatement *statement)
{
  gboolean row;

  if (_lanyard_pg_step (statement, &row, NULL) && row)
    work->gseq = (guint64)_lanyard_pg_get_int (statement, 0);
}

/* A conflict is told with the names of its desks: asked for one by one in the middle, each would
 * wait for all that was sent before it. */
static void
add_desks (LanyardHubStorePg *store, const LanyardHubNeeds *needs, GPtrArray *statements)
{
  LanyardPgStatement *statement
      = add (statements, store,
             "SELECT DISTINCT ON (device) " LANYARD_PG_ENROLMENT_COLUMNS " FROM enrolment"
             " WHERE device = ANY ($1) ORDER BY device, epoch DESC");

  _lanyard_pg_bind_ints (statement, 1, needs->streams->len);
  for (guint i = 0; i < needs->streams->len; i++)
    _lanyard_pg_push_int (statement, 1, (gint64)(g_array_index (needs->streams, guint64, i) >> 32));
}

/* Rows are made before they are locked; both in ascending order, so that nobody waits in a ring. */
static void
add_locks (LanyardHubStorePg *store, const LanyardHubNeeds *needs, GPtrArray *statements)
{
  static const guint8 nothing[LANYARD_HASH_BYTES] = { 0 };
  LanyardPgStatement *make;

  add (statements, store, "BEGIN");
  add (statements, store, "SELECT pg_advisory_xact_lock_shared (" LANYARD_PG_LOCK_WRITER ")");
  _lanyard_pg_add_step (store, statements);
  make = add (statements, store,
              "INSERT INTO stream (device, epoch, head_seq, head_hash, updated_us)"
              " SELECT device, epoch, 0, $3, 0 FROM unnest ($1, $2) AS need (device, epoch)"
              " ON CONFLICT DO NOTHING");
  bind_places (make, needs);
  _lanyard_pg_bind_blob (make, 3, nothing, sizeof nothing);
  bind_places (add (statements, store,
                    "SELECT device, epoch, head_seq, head_hash,"
                    " (EXISTS (SELECT 1 FROM enrolment WHERE enrolment.device = stream.device"
                    " AND enrolment.epoch > stream.epoch)"
                    " OR EXISTS (SELECT 1 FROM revocation WHERE revocation.device = stream.device"
                    " AND revocation.epoch = stream.epoch))::int::bigint FROM stream"
                    " WHERE (device, epoch) IN (SELECT * FROM unnest ($1, $2))"
                    " ORDER BY device, epoch FOR UPDATE"),
               needs);
  add_with_texts (statements, store,
                  "INSERT INTO holding (number, open_badges, last_sequence, disputed, void_below,"
                  " floor) SELECT number, 0, 0, 0, 0, 0 FROM unnest ($1) AS number"
                  " ON CONFLICT DO NOTHING",
                  needs->numbers);
  add_with_texts (statements, store,
                  "SELECT " HOLDING_COLUMNS ", gseq FROM holding WHERE number = ANY ($1)"
                  " ORDER BY number FOR UPDATE",
                  needs->numbers);
}

gboolean
_lanyard_pg_work_begin (LanyardHubStorePg *store, const LanyardHubNeeds *needs, GError **error)
{
  g_autoptr (GPtrArray) statements
      = g_ptr_array_new_with_free_func ((GDestroyNotify)_lanyard_pg_statement_free);
  LanyardPgWork *work = store->work;

  add_locks (store, needs, statements);
  add_with_texts (statements, store,
                  "SELECT holding.number, change.entry FROM holding JOIN change"
                  " ON change.gseq = holding.gseq WHERE holding.number = ANY ($1)",
                  needs->numbers);
  add_with_texts (statements, store, "SELECT " BADGE_COLUMNS " FROM badge WHERE number = ANY ($1)",
                  needs->numbers);
  add_with_texts (statements, store, "SELECT " BADGE_COLUMNS " FROM badge WHERE serial = ANY ($1)",
                  needs->serials);
  add (statements, store, "SELECT coalesce (max (gseq), 0) FROM change");
  add_desks (store, needs, statements);
  if (!_lanyard_pg_run_all (store, statements, error)
      || !_lanyard_pg_check_step (store, g_ptr_array_index (statements, 2), error))
    return FALSE;
  read_streams (work, g_ptr_array_index (statements, 4));
  read_holdings (work, g_ptr_array_index (statements, 6));
  read_entries (work, g_ptr_array_index (statements, 7));
  read_badges (work, g_ptr_array_index (statements, 8));
  read_badges (work, g_ptr_array_index (statements, 9));
  read_head (work, g_ptr_array_index (statements, 10));
  read_desks (work, g_ptr_array_index (statements, 11));
  for (guint i = 0; i < needs->serials->len; i++)
    g_hash_table_add (work->serials, g_strdup (g_ptr_array_index (needs->serials, i)));
  return TRUE;
}
