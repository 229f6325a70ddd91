/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-error.h"
#include "lanyard-hub-pg-statement.h"
#include "lanyard-hub-pg-work.h"

#define HOLDING_COLUMNS                                                                            \
  "number, open_badges, last_sequence, last_serial, disputed, void_below, floor, arrivals, "       \
  "decisions, ends_s"
#define BADGE_COLUMNS "serial, number, device, sequence, flags, arrival, out_us, ends_s"

static LanyardHubHolding *
read_holding (LanyardPgStatement *statement)
{
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
  return holding;
}

static LanyardPgPerson *
find_person (LanyardHubStore *store, const char *number)
{
  LanyardPgWork *work = _lanyard_pg_work (store);

  return work == NULL ? NULL : g_hash_table_lookup (work->persons, number);
}

static LanyardHubHolding *
copy_holding (const LanyardHubHolding *holding)
{
  LanyardHubHolding *copy = g_new0 (LanyardHubHolding, 1);

  _lanyard_pg_holding_set (copy, holding);
  return copy;
}

static LanyardHubHolding *
find_holding (LanyardHubStore *store, const char *number, GError **error)
{
  const LanyardPgPerson *person = find_person (store, number);
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store,
                                   "SELECT " HOLDING_COLUMNS " FROM holding WHERE number = $1");
  LanyardHubHolding *holding;
  gboolean row;

  if (person != NULL)
    return copy_holding (person->holding);
  _lanyard_pg_bind_text (statement, 1, number);
  if (!_lanyard_pg_step (statement, &row, error))
    return NULL;
  if (row)
    return read_holding (statement);
  holding = g_new0 (LanyardHubHolding, 1);
  holding->number = g_strdup (number);
  return holding;
}

static LanyardHubHolding *
lock_holding (LanyardHubStore *store, const char *number, GError **error)
{
  const LanyardPgPerson *person = find_person (store, number);
  /* The update of nothing is what takes the row's lock. */
  g_autoptr (LanyardPgStatement) statement = _lanyard_pg_statement_new (
      store, "INSERT INTO holding (number, open_badges, last_sequence, disputed, void_below, "
             "floor) VALUES ($1, 0, 0, 0, 0, 0) ON CONFLICT (number) DO UPDATE SET "
             "open_badges = holding.open_badges RETURNING " HOLDING_COLUMNS);
  LanyardHubHolding *holding;
  gboolean row;

  if (person != NULL)
    return copy_holding (person->holding);
  _lanyard_pg_bind_text (statement, 1, number);
  if (!_lanyard_pg_step (statement, &row, error))
    return NULL;
  lanyard_assert_invariant (row);
  holding = read_holding (statement);
  return holding;
}

static gboolean
save_holding (LanyardHubStore *store, const LanyardHubHolding *holding, GError **error)
{
  LanyardPgPerson *person = find_person (store, holding->number);
  g_autoptr (LanyardPgStatement) statement = _lanyard_pg_statement_new (
      store,
      "INSERT INTO holding (" HOLDING_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) "
      "ON CONFLICT (number) DO UPDATE SET open_badges = excluded.open_badges, "
      "last_sequence = excluded.last_sequence, last_serial = excluded.last_serial, "
      "disputed = excluded.disputed, void_below = excluded.void_below, "
      "floor = excluded.floor, arrivals = excluded.arrivals, "
      "decisions = excluded.decisions, ends_s = excluded.ends_s");

  if (person != NULL)
    {
      _lanyard_pg_holding_set (person->holding, holding);
      person->dirty = TRUE;
      _lanyard_pg_work (store)->dirty = TRUE;
      return TRUE;
    }
  _lanyard_pg_bind_text (statement, 1, holding->number);
  _lanyard_pg_bind_int (statement, 2, holding->open_badges);
  _lanyard_pg_bind_int (statement, 3, holding->last_sequence);
  _lanyard_pg_bind_text (statement, 4, holding->last_serial);
  _lanyard_pg_bind_int (statement, 5, holding->disputed);
  _lanyard_pg_bind_int (statement, 6, holding->void_below);
  _lanyard_pg_bind_int (statement, 7, holding->floor);
  _lanyard_pg_bind_int (statement, 8, holding->arrivals);
  _lanyard_pg_bind_int (statement, 9, holding->decisions);
  _lanyard_pg_bind_int (statement, 10, holding->ends_s);
  return _lanyard_pg_run (statement, error);
}

static LanyardHubBadge *
read_badge (LanyardPgStatement *statement)
{
  LanyardHubBadge *badge = g_new0 (LanyardHubBadge, 1);

  badge->serial = _lanyard_pg_dup_text (statement, 0);
  badge->number = _lanyard_pg_dup_text (statement, 1);
  badge->device = (guint32)_lanyard_pg_get_int (statement, 2);
  badge->sequence = (guint32)_lanyard_pg_get_int (statement, 3);
  badge->flags = (guint)_lanyard_pg_get_int (statement, 4);
  badge->arrival = (guint32)_lanyard_pg_get_int (statement, 5);
  badge->out_us = _lanyard_pg_get_int (statement, 6);
  badge->ends_s = _lanyard_pg_get_int (statement, 7);
  return badge;
}

static LanyardHubBadge *
find_badge (LanyardHubStore *store, const char *serial, GError **error)
{
  LanyardPgWork *work = _lanyard_pg_work (store);
  LanyardPgBadge *card;
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store, "SELECT " BADGE_COLUMNS " FROM badge WHERE serial = $1");
  gboolean row;

  if (work != NULL && _lanyard_pg_work_find_badge (work, serial, &card))
    return card == NULL ? NULL : _lanyard_pg_badge_copy (card->badge);
  _lanyard_pg_bind_text (statement, 1, serial);
  if (!_lanyard_pg_step (statement, &row, error) || !row)
    return NULL;
  return read_badge (statement);
}

static gboolean
save_badge (LanyardHubStore *store, const LanyardHubBadge *badge, GError **error)
{
  LanyardPgWork *work = _lanyard_pg_work (store);
  g_autoptr (LanyardPgStatement) statement = _lanyard_pg_statement_new (
      store, "INSERT INTO badge (" BADGE_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8) "
             "ON CONFLICT (serial) DO UPDATE SET device = excluded.device, "
             "sequence = excluded.sequence, flags = excluded.flags, "
             "arrival = excluded.arrival, out_us = excluded.out_us, "
             "ends_s = excluded.ends_s");

  if (work != NULL)
    {
      _lanyard_pg_work_put_badge (work, badge, TRUE);
      work->dirty = TRUE;
      return TRUE;
    }
  _lanyard_pg_bind_text (statement, 1, badge->serial);
  _lanyard_pg_bind_text (statement, 2, badge->number);
  _lanyard_pg_bind_int (statement, 3, badge->device);
  _lanyard_pg_bind_int (statement, 4, badge->sequence);
  _lanyard_pg_bind_int (statement, 5, badge->flags);
  _lanyard_pg_bind_int (statement, 6, badge->arrival);
  _lanyard_pg_bind_int (statement, 7, badge->out_us);
  _lanyard_pg_bind_int (statement, 8, badge->ends_s);
  return _lanyard_pg_run (statement, error);
}

static GPtrArray *
collect_badges (LanyardPgStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) badges
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_badge_free);
  gboolean row;

  while (_lanyard_pg_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&badges);
      g_ptr_array_add (badges, read_badge (statement));
    }
  return NULL;
}

static GPtrArray *
list_badges (LanyardHubStore *store, const char *number, GError **error)
{
  const LanyardPgPerson *person = find_person (store, number);
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store, "SELECT " BADGE_COLUMNS
                                          " FROM badge WHERE number = $1 ORDER BY serial");
  g_autoptr (GPtrArray) badges
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_badge_free);
  gboolean row;

  for (guint i = 0; person != NULL && i < person->badges->len; i++)
    {
      const LanyardPgBadge *card = g_ptr_array_index (person->badges, i);

      g_ptr_array_add (badges, _lanyard_pg_badge_copy (card->badge));
    }
  if (person != NULL)
    return g_steal_pointer (&badges);
  _lanyard_pg_bind_text (statement, 1, number);
  while (_lanyard_pg_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&badges);
      g_ptr_array_add (badges, read_badge (statement));
    }
  return NULL;
}

static GPtrArray *
list_void (LanyardHubStore *store, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store, "SELECT " HOLDING_COLUMNS
                                          " FROM holding WHERE void_below > 0 OR floor > 0 "
                                          "ORDER BY number");
  g_autoptr (GPtrArray) holdings
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_holding_free);
  gboolean row;

  while (_lanyard_pg_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&holdings);
      g_ptr_array_add (holdings, read_holding (statement));
    }
  return NULL;
}

static GPtrArray *
list_void_serials (LanyardHubStore *store, guint max, GError **error)
{
  /* flags ≥ 4 is what is closed and what is left, in the words of the index that finds them. */
  g_autoptr (LanyardPgStatement) statement = _lanyard_pg_statement_new (
      store, "SELECT badge.serial FROM badge JOIN holding ON holding.number = badge.number "
             "WHERE badge.flags >= 4 AND badge.flags & 28 != 0 "
             "AND badge.sequence >= greatest (holding.void_below, holding.floor) "
             "ORDER BY badge.serial LIMIT $1");
  g_autoptr (GPtrArray) serials = g_ptr_array_new_with_free_func (g_free);
  gboolean row;

  _lanyard_pg_bind_int (statement, 1, max);
  while (_lanyard_pg_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&serials);
      g_ptr_array_add (serials, _lanyard_pg_dup_text (statement, 0));
    }
  return NULL;
}

static gboolean
use_seal (LanyardHubStore *store,
          const char *seal,
          const char *serial,
          char **other,
          GError **error)
{
  g_autoptr (LanyardPgStatement) insert = _lanyard_pg_statement_new_apart (
      store, "INSERT INTO seal (seal, serial) VALUES ($1, $2) ON CONFLICT DO NOTHING");
  g_autoptr (LanyardPgStatement) select = _lanyard_pg_statement_new_apart (
      store, "SELECT serial FROM seal WHERE seal = $1 AND serial != $2");
  gboolean row;

  *other = NULL;
  _lanyard_pg_bind_text (insert, 1, seal);
  _lanyard_pg_bind_text (insert, 2, serial);
  _lanyard_pg_bind_text (select, 1, seal);
  _lanyard_pg_bind_text (select, 2, serial);
  if (!_lanyard_pg_run (insert, error) || !_lanyard_pg_step (select, &row, error))
    return FALSE;
  if (row)
    *other = _lanyard_pg_dup_text (select, 0);
  return TRUE;
}

static GPtrArray *
read_badges (LanyardHubStore *store, const char *after, guint max, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store, "SELECT " BADGE_COLUMNS " FROM badge WHERE serial > $1 "
                                          "ORDER BY serial LIMIT $2");

  _lanyard_pg_bind_text (statement, 1, after);
  _lanyard_pg_bind_int (statement, 2, max);
  return collect_badges (statement, error);
}

static GPtrArray *
list_unanswered (LanyardHubStore *store, guint32 device, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store,
                                   "SELECT " BADGE_COLUMNS " FROM badge WHERE flags IN (0, 2) "
                                   "AND device BETWEEN $1 AND $2 ORDER BY number, serial");

  _lanyard_pg_bind_int (statement, 1, device == 0 ? 1 : device);
  _lanyard_pg_bind_int (statement, 2, device == 0 ? G_MAXUINT32 : device);
  return collect_badges (statement, error);
}

static GPtrArray *
list_questions (LanyardHubStore *store, const char *after, guint max, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store, "SELECT " BADGE_COLUMNS
                                          " FROM badge WHERE flags IN (32, 34) AND serial > $1 "
                                          "ORDER BY serial LIMIT $2");

  _lanyard_pg_bind_text (statement, 1, after);
  _lanyard_pg_bind_int (statement, 2, max);
  return collect_badges (statement, error);
}

static GPtrArray *
list_disputed (LanyardHubStore *store, const char *after, guint max, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store, "SELECT " HOLDING_COLUMNS " FROM holding "
                                          "WHERE disputed = 1 AND number > $1 "
                                          "ORDER BY number LIMIT $2");
  g_autoptr (GPtrArray) holdings
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_holding_free);
  gboolean row;

  _lanyard_pg_bind_text (statement, 1, after);
  _lanyard_pg_bind_int (statement, 2, max);
  while (_lanyard_pg_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&holdings);
      g_ptr_array_add (holdings, read_holding (statement));
    }
  return NULL;
}

void
_lanyard_hub_pg_fill_badges (LanyardHubStoreOps *ops)
{
  ops->find_holding = find_holding;
  ops->lock_holding = lock_holding;
  ops->save_holding = save_holding;
  ops->find_badge = find_badge;
  ops->save_badge = save_badge;
  ops->list_badges = list_badges;
  ops->read_badges = read_badges;
  ops->list_disputed = list_disputed;
  ops->list_void = list_void;
  ops->list_void_serials = list_void_serials;
  ops->list_unanswered = list_unanswered;
  ops->list_questions = list_questions;
  ops->use_seal = use_seal;
}
