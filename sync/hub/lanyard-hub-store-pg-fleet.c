/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-pg-statement.h"
#include "lanyard-hub-pg-work.h"

/* What desks told of themselves, what came out of them, whom nobody trusts any more, and what
 * people did. */

#define STATE_COLUMNS                                                                              \
  "device, epoch, seen_us, told_us, backlog, oldest_us, gseq, fresh_us, negative_us, software, "   \
  "pack"

static gboolean
put_revocation (LanyardHubStore *store, const LanyardHubRevocation *revocation, GError **error)
{
  g_autoptr (LanyardPgStatement) statement = _lanyard_pg_statement_new (
      store, "INSERT INTO revocation (device, epoch, at_us, person, reason) "
             "VALUES ($1, $2, $3, $4, $5) ON CONFLICT (device, epoch) DO UPDATE SET "
             "at_us = excluded.at_us, person = excluded.person, reason = excluded.reason");

  _lanyard_pg_bind_int (statement, 1, revocation->device);
  _lanyard_pg_bind_int (statement, 2, revocation->epoch);
  _lanyard_pg_bind_int (statement, 3, revocation->at_us);
  _lanyard_pg_bind_text (statement, 4, revocation->person);
  _lanyard_pg_bind_text (statement, 5, revocation->reason);
  return _lanyard_pg_run (statement, error);
}

static GPtrArray *
list_revocations (LanyardHubStore *store, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store, "SELECT device, epoch, at_us, person, reason "
                                          "FROM revocation ORDER BY device, epoch");
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_revocation_free);
  gboolean row;

  while (_lanyard_pg_step (statement, &row, error))
    {
      LanyardHubRevocation *revocation;

      if (!row)
        return g_steal_pointer (&rows);
      revocation = g_new0 (LanyardHubRevocation, 1);
      revocation->device = (guint32)_lanyard_pg_get_int (statement, 0);
      revocation->epoch = (guint32)_lanyard_pg_get_int (statement, 1);
      revocation->at_us = _lanyard_pg_get_int (statement, 2);
      revocation->person = _lanyard_pg_dup_text (statement, 3);
      revocation->reason = _lanyard_pg_dup_text (statement, 4);
      g_ptr_array_add (rows, revocation);
    }
  return NULL;
}

static gboolean
put_desk_state (LanyardHubStore *store, const LanyardHubDeskState *state, GError **error)
{
  g_autoptr (LanyardPgStatement) statement = _lanyard_pg_statement_new_apart (
      store, "INSERT INTO desk_state (" STATE_COLUMNS ") "
             "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) "
             "ON CONFLICT (device) DO UPDATE SET epoch = $2, seen_us = $3, told_us = $4, "
             "backlog = $5, oldest_us = $6, gseq = $7, fresh_us = $8, negative_us = $9, "
             "software = $10, pack = $11 WHERE desk_state.seen_us <= $3");
  const gint64 values[] = { state->device,       state->epoch,           state->seen_us,
                            state->told_us,      (gint64)state->backlog, state->oldest_us,
                            (gint64)state->gseq, state->fresh_us,        state->negative_us };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    _lanyard_pg_bind_int (statement, (int)i + 1, values[i]);
  _lanyard_pg_bind_text (statement, 10, state->software == NULL ? "" : state->software);
  _lanyard_pg_bind_text (statement, 11, state->pack == NULL ? "" : state->pack);
  return _lanyard_pg_run (statement, error);
}

static GPtrArray *
list_desk_states (LanyardHubStore *store, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store,
                                   "SELECT " STATE_COLUMNS " FROM desk_state ORDER BY device");
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_desk_state_free);
  gboolean row;

  while (_lanyard_pg_step (statement, &row, error))
    {
      LanyardHubDeskState *state;

      if (!row)
        return g_steal_pointer (&rows);
      state = g_new0 (LanyardHubDeskState, 1);
      state->device = (guint32)_lanyard_pg_get_int (statement, 0);
      state->epoch = (guint32)_lanyard_pg_get_int (statement, 1);
      state->seen_us = _lanyard_pg_get_int (statement, 2);
      state->told_us = _lanyard_pg_get_int (statement, 3);
      state->backlog = (guint64)_lanyard_pg_get_int (statement, 4);
      state->oldest_us = _lanyard_pg_get_int (statement, 5);
      state->gseq = (guint64)_lanyard_pg_get_int (statement, 6);
      state->fresh_us = _lanyard_pg_get_int (statement, 7);
      state->negative_us = _lanyard_pg_get_int (statement, 8);
      state->software = _lanyard_pg_dup_text (statement, 9);
      state->pack = _lanyard_pg_dup_text (statement, 10);
      g_ptr_array_add (rows, state);
    }
  return NULL;
}

static gboolean
add_pickups (LanyardHubStore *store, const LanyardHubPickups *pickups, GError **error)
{
  LanyardPgWork *work = _lanyard_pg_work (store);
  g_autoptr (LanyardPgStatement) statement = _lanyard_pg_statement_new_apart (
      store, "INSERT INTO pickup_hour (device, epoch, hour, n) VALUES ($1, $2, $3, $4) "
             "ON CONFLICT (hour, device, epoch) DO UPDATE SET n = pickup_hour.n + excluded.n");

  if (work != NULL)
    {
      g_array_append_val (work->pickups, *pickups);
      work->dirty = TRUE;
      return TRUE;
    }
  _lanyard_pg_bind_int (statement, 1, pickups->device);
  _lanyard_pg_bind_int (statement, 2, pickups->epoch);
  _lanyard_pg_bind_int (statement, 3, pickups->hour);
  _lanyard_pg_bind_int (statement, 4, (gint64)pickups->n);
  return _lanyard_pg_run (statement, error);
}

void
_lanyard_pg_collect_pickups (LanyardHubStorePg *store, GPtrArray *statements)
{
  GArray *rows = store->work->pickups;
  LanyardPgStatement *insert;

  if (rows->len == 0)
    return;
  insert = _lanyard_pg_statement_new_apart (
      &store->parent, "INSERT INTO pickup_hour (device, epoch, hour, n)"
                      " SELECT device, epoch, hour, sum (n)::bigint FROM unnest ($1, $2, $3, $4)"
                      " AS new (device, epoch, hour, n) GROUP BY hour, device, epoch"
                      " ORDER BY hour, device, epoch"
                      " ON CONFLICT (hour, device, epoch) DO UPDATE"
                      " SET n = pickup_hour.n + excluded.n");
  g_ptr_array_add (statements, insert);
  for (int i = 1; i <= 4; i++)
    _lanyard_pg_bind_ints (insert, i, rows->len);
  for (guint i = 0; i < rows->len; i++)
    {
      const LanyardHubPickups *row = &g_array_index (rows, LanyardHubPickups, i);

      _lanyard_pg_push_int (insert, 1, row->device);
      _lanyard_pg_push_int (insert, 2, row->epoch);
      _lanyard_pg_push_int (insert, 3, row->hour);
      _lanyard_pg_push_int (insert, 4, (gint64)row->n);
    }
  g_array_set_size (rows, 0);
}

static GArray *
list_pickups (LanyardHubStore *store, gint64 hour, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store, "SELECT device, epoch, hour, n FROM pickup_hour "
                                          "WHERE hour >= $1 ORDER BY hour, device, epoch");
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (LanyardHubPickups));
  gboolean row;

  _lanyard_pg_bind_int (statement, 1, hour);
  while (_lanyard_pg_step (statement, &row, error))
    {
      LanyardHubPickups pickups;

      if (!row)
        return g_steal_pointer (&rows);
      pickups.device = (guint32)_lanyard_pg_get_int (statement, 0);
      pickups.epoch = (guint32)_lanyard_pg_get_int (statement, 1);
      pickups.hour = _lanyard_pg_get_int (statement, 2);
      pickups.n = (guint64)_lanyard_pg_get_int (statement, 3);
      g_array_append_val (rows, pickups);
    }
  return NULL;
}

static gboolean
add_deed (LanyardHubStore *store, const LanyardHubDeed *deed, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store, "INSERT INTO deed (at_us, person, what, subject, reason)"
                                          " VALUES ($1, $2, $3, $4, $5)");

  _lanyard_pg_bind_int (statement, 1, deed->at_us);
  _lanyard_pg_bind_text (statement, 2, deed->person);
  _lanyard_pg_bind_text (statement, 3, deed->what);
  _lanyard_pg_bind_text (statement, 4, deed->subject);
  _lanyard_pg_bind_text (statement, 5, deed->reason);
  return _lanyard_pg_run (statement, error);
}

static GPtrArray *
list_deeds (LanyardHubStore *store, guint64 after, guint max, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store, "SELECT id, at_us, person, what, subject, reason "
                                          "FROM deed WHERE id > $1 ORDER BY id LIMIT $2");
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_deed_free);
  gboolean row;

  _lanyard_pg_bind_int (statement, 1, (gint64)after);
  _lanyard_pg_bind_int (statement, 2, max);
  while (_lanyard_pg_step (statement, &row, error))
    {
      LanyardHubDeed *deed;

      if (!row)
        return g_steal_pointer (&rows);
      deed = g_new0 (LanyardHubDeed, 1);
      deed->id = (guint64)_lanyard_pg_get_int (statement, 0);
      deed->at_us = _lanyard_pg_get_int (statement, 1);
      deed->person = _lanyard_pg_dup_text (statement, 2);
      deed->what = _lanyard_pg_dup_text (statement, 3);
      deed->subject = _lanyard_pg_dup_text (statement, 4);
      deed->reason = _lanyard_pg_dup_text (statement, 5);
      g_ptr_array_add (rows, deed);
    }
  return NULL;
}

void
_lanyard_hub_pg_fill_fleet (LanyardHubStoreOps *ops)
{
  ops->put_revocation = put_revocation;
  ops->list_revocations = list_revocations;
  ops->put_desk_state = put_desk_state;
  ops->list_desk_states = list_desk_states;
  ops->add_pickups = add_pickups;
  ops->list_pickups = list_pickups;
  ops->add_deed = add_deed;
  ops->list_deeds = list_deeds;
}
