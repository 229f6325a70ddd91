/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-error.h"
#include "lanyard-hub-store-sqlite-private.h"

#define DB(store) _lanyard_hub_sqlite_database (store)
#define HOLDING_COLUMNS                                                                            \
  "number, open_badges, last_sequence, last_serial, disputed, void_below, floor, arrivals, "       \
  "decisions, ends_s"
#define BADGE_COLUMNS "serial, number, device, sequence, flags, arrival, out_us, ends_s"

static LanyardHubHolding *
read_holding (LanyardStatement *statement)
{
  LanyardHubHolding *holding = g_new0 (LanyardHubHolding, 1);

  holding->number = lanyard_statement_dup_text (statement, 0);
  holding->open_badges = (guint32)lanyard_statement_get_int (statement, 1);
  holding->last_sequence = (guint32)lanyard_statement_get_int (statement, 2);
  holding->last_serial = lanyard_statement_dup_text (statement, 3);
  holding->disputed = lanyard_statement_get_int (statement, 4) != 0;
  holding->void_below = (guint32)lanyard_statement_get_int (statement, 5);
  holding->floor = (guint32)lanyard_statement_get_int (statement, 6);
  holding->arrivals = (guint32)lanyard_statement_get_int (statement, 7);
  holding->decisions = (guint32)lanyard_statement_get_int (statement, 8);
  holding->ends_s = lanyard_statement_get_int (statement, 9);
  return holding;
}

static LanyardHubHolding *
find_holding (LanyardHubStore *store, const char *number, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store),
                               "SELECT " HOLDING_COLUMNS " FROM holding WHERE number = ?");
  LanyardHubHolding *holding;
  gboolean row;

  lanyard_statement_bind_text (statement, 1, number);
  if (!lanyard_statement_step (statement, &row, error))
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
  /* The update of nothing is what takes the row's lock where writers are many; here the one write
   * transaction is the lock, and the statement makes the row. */
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (
      DB (store), "INSERT INTO holding (number, open_badges, last_sequence, disputed, void_below, "
                  "floor) VALUES (?, 0, 0, 0, 0, 0) ON CONFLICT (number) DO UPDATE SET "
                  "open_badges = open_badges RETURNING " HOLDING_COLUMNS);
  LanyardHubHolding *holding;
  gboolean row;

  lanyard_statement_bind_text (statement, 1, number);
  if (!lanyard_statement_step (statement, &row, error))
    return NULL;
  lanyard_assert_invariant (row);
  holding = read_holding (statement);
  return holding;
}

static gboolean
save_holding (LanyardHubStore *store, const LanyardHubHolding *holding, GError **error)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (
      DB (store), "INSERT INTO holding (" HOLDING_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) "
                  "ON CONFLICT (number) DO UPDATE SET open_badges = excluded.open_badges, "
                  "last_sequence = excluded.last_sequence, last_serial = excluded.last_serial, "
                  "disputed = excluded.disputed, void_below = excluded.void_below, "
                  "floor = excluded.floor, arrivals = excluded.arrivals, "
                  "decisions = excluded.decisions, ends_s = excluded.ends_s");

  lanyard_statement_bind_text (statement, 1, holding->number);
  lanyard_statement_bind_int (statement, 2, holding->open_badges);
  lanyard_statement_bind_int (statement, 3, holding->last_sequence);
  lanyard_statement_bind_text (statement, 4, holding->last_serial);
  lanyard_statement_bind_int (statement, 5, holding->disputed);
  lanyard_statement_bind_int (statement, 6, holding->void_below);
  lanyard_statement_bind_int (statement, 7, holding->floor);
  lanyard_statement_bind_int (statement, 8, holding->arrivals);
  lanyard_statement_bind_int (statement, 9, holding->decisions);
  lanyard_statement_bind_int (statement, 10, holding->ends_s);
  return lanyard_statement_run (statement, error);
}

static LanyardHubBadge *
read_badge (LanyardStatement *statement)
{
  LanyardHubBadge *badge = g_new0 (LanyardHubBadge, 1);

  badge->serial = lanyard_statement_dup_text (statement, 0);
  badge->number = lanyard_statement_dup_text (statement, 1);
  badge->device = (guint32)lanyard_statement_get_int (statement, 2);
  badge->sequence = (guint32)lanyard_statement_get_int (statement, 3);
  badge->flags = (guint)lanyard_statement_get_int (statement, 4);
  badge->arrival = (guint32)lanyard_statement_get_int (statement, 5);
  badge->out_us = lanyard_statement_get_int (statement, 6);
  badge->ends_s = lanyard_statement_get_int (statement, 7);
  return badge;
}

static LanyardHubBadge *
find_badge (LanyardHubStore *store, const char *serial, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "SELECT " BADGE_COLUMNS " FROM badge WHERE serial = ?");
  gboolean row;

  lanyard_statement_bind_text (statement, 1, serial);
  if (!lanyard_statement_step (statement, &row, error) || !row)
    return NULL;
  return read_badge (statement);
}

static gboolean
save_badge (LanyardHubStore *store, const LanyardHubBadge *badge, GError **error)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (
      DB (store), "INSERT INTO badge (" BADGE_COLUMNS ") VALUES (?, ?, ?, ?, ?, ?, ?, ?) "
                  "ON CONFLICT (serial) DO UPDATE SET device = excluded.device, "
                  "sequence = excluded.sequence, flags = excluded.flags, "
                  "arrival = excluded.arrival, out_us = excluded.out_us, "
                  "ends_s = excluded.ends_s");

  lanyard_statement_bind_text (statement, 1, badge->serial);
  lanyard_statement_bind_text (statement, 2, badge->number);
  lanyard_statement_bind_int (statement, 3, badge->device);
  lanyard_statement_bind_int (statement, 4, badge->sequence);
  lanyard_statement_bind_int (statement, 5, badge->flags);
  lanyard_statement_bind_int (statement, 6, badge->arrival);
  lanyard_statement_bind_int (statement, 7, badge->out_us);
  lanyard_statement_bind_int (statement, 8, badge->ends_s);
  return lanyard_statement_run (statement, error);
}

static GPtrArray *
collect_badges (LanyardStatement *statement, GError **error)
{
  g_autoptr (GPtrArray) badges
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_badge_free);
  gboolean row;

  while (lanyard_statement_step (statement, &row, error))
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
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "SELECT " BADGE_COLUMNS
                                           " FROM badge WHERE number = ? ORDER BY serial");

  lanyard_statement_bind_text (statement, 1, number);
  return collect_badges (statement, error);
}

static GPtrArray *
list_void (LanyardHubStore *store, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "SELECT " HOLDING_COLUMNS
                                           " FROM holding WHERE void_below > 0 OR floor > 0 "
                                           "ORDER BY number");
  g_autoptr (GPtrArray) holdings
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_holding_free);
  gboolean row;

  while (lanyard_statement_step (statement, &row, error))
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
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (
      DB (store), "SELECT badge.serial FROM badge JOIN holding ON holding.number = badge.number "
                  "WHERE badge.flags >= 4 AND badge.flags & 28 != 0 "
                  "AND badge.sequence >= max (holding.void_below, holding.floor) "
                  "ORDER BY badge.serial LIMIT ?");
  g_autoptr (GPtrArray) serials = g_ptr_array_new_with_free_func (g_free);
  gboolean row;

  lanyard_statement_bind_int (statement, 1, max);
  while (lanyard_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&serials);
      g_ptr_array_add (serials, lanyard_statement_dup_text (statement, 0));
    }
  return NULL;
}

static GPtrArray *
read_badges (LanyardHubStore *store, const char *after, guint max, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "SELECT " BADGE_COLUMNS " FROM badge WHERE serial > ? "
                                           "ORDER BY serial LIMIT ?");

  lanyard_statement_bind_text (statement, 1, after);
  lanyard_statement_bind_int (statement, 2, max);
  return collect_badges (statement, error);
}

static GPtrArray *
list_disputed (LanyardHubStore *store, const char *after, guint max, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "SELECT " HOLDING_COLUMNS " FROM holding "
                                           "WHERE disputed = 1 AND number > ? "
                                           "ORDER BY number LIMIT ?");
  g_autoptr (GPtrArray) holdings
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_holding_free);
  gboolean row;

  lanyard_statement_bind_text (statement, 1, after);
  lanyard_statement_bind_int (statement, 2, max);
  while (lanyard_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&holdings);
      g_ptr_array_add (holdings, read_holding (statement));
    }
  return NULL;
}

static GPtrArray *
list_unanswered (LanyardHubStore *store, guint32 device, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store),
                               "SELECT " BADGE_COLUMNS " FROM badge WHERE flags IN (0, 2) "
                               "AND device BETWEEN ? AND ? ORDER BY number, serial");

  lanyard_statement_bind_int (statement, 1, device == 0 ? 1 : device);
  lanyard_statement_bind_int (statement, 2, device == 0 ? G_MAXUINT32 : device);
  return collect_badges (statement, error);
}

static GPtrArray *
list_questions (LanyardHubStore *store, const char *after, guint max, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "SELECT " BADGE_COLUMNS
                                           " FROM badge WHERE flags IN (32, 34) AND serial > ? "
                                           "ORDER BY serial LIMIT ?");

  lanyard_statement_bind_text (statement, 1, after);
  lanyard_statement_bind_int (statement, 2, max);
  return collect_badges (statement, error);
}

static gboolean
use_seal (LanyardHubStore *store,
          const char *seal,
          const char *serial,
          char **other,
          GError **error)
{
  g_autoptr (LanyardStatement) insert
      = lanyard_statement_new (DB (store),
                               "INSERT OR IGNORE INTO seal (seal, serial) VALUES (?, ?)");
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (DB (store),
                               "SELECT serial FROM seal WHERE seal = ? AND serial != ?");
  gboolean row;

  *other = NULL;
  lanyard_statement_bind_text (insert, 1, seal);
  lanyard_statement_bind_text (insert, 2, serial);
  lanyard_statement_bind_text (select, 1, seal);
  lanyard_statement_bind_text (select, 2, serial);
  if (!lanyard_statement_run (insert, error) || !lanyard_statement_step (select, &row, error))
    return FALSE;
  if (row)
    *other = lanyard_statement_dup_text (select, 0);
  return TRUE;
}

void
_lanyard_hub_sqlite_fill_badges (LanyardHubStoreOps *ops)
{
  ops->find_holding = find_holding;
  ops->lock_holding = lock_holding;
  ops->save_holding = save_holding;
  ops->find_badge = find_badge;
  ops->save_badge = save_badge;
  ops->list_badges = list_badges;
  ops->list_void = list_void;
  ops->list_void_serials = list_void_serials;
  ops->read_badges = read_badges;
  ops->list_disputed = list_disputed;
  ops->list_unanswered = list_unanswered;
  ops->list_questions = list_questions;
  ops->use_seal = use_seal;
}
