/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-store-sqlite-private.h"

/* What desks told of themselves, what came out of them, whom nobody trusts any more, and what
 * people did. */

#define DB(store) _lanyard_hub_sqlite_database (store)
#define STATE_COLUMNS                                                                              \
  "device, epoch, seen_us, told_us, backlog, oldest_us, gseq, fresh_us, negative_us, software, "   \
  "pack"

static gboolean
put_revocation (LanyardHubStore *store, const LanyardHubRevocation *revocation, GError **error)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (
      DB (store), "INSERT OR REPLACE INTO revocation (device, epoch, at_us, person, reason) "
                  "VALUES (?, ?, ?, ?, ?)");

  lanyard_statement_bind_int (statement, 1, revocation->device);
  lanyard_statement_bind_int (statement, 2, revocation->epoch);
  lanyard_statement_bind_int (statement, 3, revocation->at_us);
  lanyard_statement_bind_text (statement, 4, revocation->person);
  lanyard_statement_bind_text (statement, 5, revocation->reason);
  return lanyard_statement_run (statement, error);
}

static GPtrArray *
list_revocations (LanyardHubStore *store, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "SELECT device, epoch, at_us, person, reason "
                                           "FROM revocation ORDER BY device, epoch");
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_revocation_free);
  gboolean row;

  while (lanyard_statement_step (statement, &row, error))
    {
      LanyardHubRevocation *revocation;

      if (!row)
        return g_steal_pointer (&rows);
      revocation = g_new0 (LanyardHubRevocation, 1);
      revocation->device = (guint32)lanyard_statement_get_int (statement, 0);
      revocation->epoch = (guint32)lanyard_statement_get_int (statement, 1);
      revocation->at_us = lanyard_statement_get_int (statement, 2);
      revocation->person = lanyard_statement_dup_text (statement, 3);
      revocation->reason = lanyard_statement_dup_text (statement, 4);
      g_ptr_array_add (rows, revocation);
    }
  return NULL;
}

static gboolean
put_desk_state (LanyardHubStore *store, const LanyardHubDeskState *state, GError **error)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (
      DB (store), "INSERT INTO desk_state (" STATE_COLUMNS ") "
                  "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) "
                  "ON CONFLICT (device) DO UPDATE SET epoch = ?2, seen_us = ?3, told_us = ?4, "
                  "backlog = ?5, oldest_us = ?6, gseq = ?7, fresh_us = ?8, negative_us = ?9, "
                  "software = ?10, pack = ?11 WHERE seen_us <= ?3");
  const gint64 values[] = { state->device,       state->epoch,           state->seen_us,
                            state->told_us,      (gint64)state->backlog, state->oldest_us,
                            (gint64)state->gseq, state->fresh_us,        state->negative_us };

  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    lanyard_statement_bind_int (statement, (int)i + 1, values[i]);
  lanyard_statement_bind_text (statement, 10, state->software == NULL ? "" : state->software);
  lanyard_statement_bind_text (statement, 11, state->pack == NULL ? "" : state->pack);
  return lanyard_statement_run (statement, error);
}

static GPtrArray *
list_desk_states (LanyardHubStore *store, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store),
                               "SELECT " STATE_COLUMNS " FROM desk_state ORDER BY device");
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_desk_state_free);
  gboolean row;

  while (lanyard_statement_step (statement, &row, error))
    {
      LanyardHubDeskState *state;

      if (!row)
        return g_steal_pointer (&rows);
      state = g_new0 (LanyardHubDeskState, 1);
      state->device = (guint32)lanyard_statement_get_int (statement, 0);
      state->epoch = (guint32)lanyard_statement_get_int (statement, 1);
      state->seen_us = lanyard_statement_get_int (statement, 2);
      state->told_us = lanyard_statement_get_int (statement, 3);
      state->backlog = (guint64)lanyard_statement_get_int (statement, 4);
      state->oldest_us = lanyard_statement_get_int (statement, 5);
      state->gseq = (guint64)lanyard_statement_get_int (statement, 6);
      state->fresh_us = lanyard_statement_get_int (statement, 7);
      state->negative_us = lanyard_statement_get_int (statement, 8);
      state->software = lanyard_statement_dup_text (statement, 9);
      state->pack = lanyard_statement_dup_text (statement, 10);
      g_ptr_array_add (rows, state);
    }
  return NULL;
}

static gboolean
add_pickups (LanyardHubStore *store, const LanyardHubPickups *pickups, GError **error)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (
      DB (store), "INSERT INTO pickup_hour (device, epoch, hour, n) VALUES (?, ?, ?, ?) "
                  "ON CONFLICT (hour, device, epoch) DO UPDATE SET n = n + excluded.n");

  lanyard_statement_bind_int (statement, 1, pickups->device);
  lanyard_statement_bind_int (statement, 2, pickups->epoch);
  lanyard_statement_bind_int (statement, 3, pickups->hour);
  lanyard_statement_bind_int (statement, 4, (gint64)pickups->n);
  return lanyard_statement_run (statement, error);
}

static GArray *
list_pickups (LanyardHubStore *store, gint64 hour, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "SELECT device, epoch, hour, n FROM pickup_hour "
                                           "WHERE hour >= ? ORDER BY hour, device, epoch");
  g_autoptr (GArray) rows = g_array_new (FALSE, FALSE, sizeof (LanyardHubPickups));
  gboolean row;

  lanyard_statement_bind_int (statement, 1, hour);
  while (lanyard_statement_step (statement, &row, error))
    {
      LanyardHubPickups pickups;

      if (!row)
        return g_steal_pointer (&rows);
      pickups.device = (guint32)lanyard_statement_get_int (statement, 0);
      pickups.epoch = (guint32)lanyard_statement_get_int (statement, 1);
      pickups.hour = lanyard_statement_get_int (statement, 2);
      pickups.n = (guint64)lanyard_statement_get_int (statement, 3);
      g_array_append_val (rows, pickups);
    }
  return NULL;
}

static gboolean
add_deed (LanyardHubStore *store, const LanyardHubDeed *deed, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "INSERT INTO deed (at_us, person, what, subject, reason)"
                                           " VALUES (?, ?, ?, ?, ?)");

  lanyard_statement_bind_int (statement, 1, deed->at_us);
  lanyard_statement_bind_text (statement, 2, deed->person);
  lanyard_statement_bind_text (statement, 3, deed->what);
  lanyard_statement_bind_text (statement, 4, deed->subject);
  lanyard_statement_bind_text (statement, 5, deed->reason);
  return lanyard_statement_run (statement, error);
}

static GPtrArray *
list_deeds (LanyardHubStore *store, guint64 after, guint max, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "SELECT id, at_us, person, what, subject, reason "
                                           "FROM deed WHERE id > ? ORDER BY id LIMIT ?");
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_deed_free);
  gboolean row;

  lanyard_statement_bind_int (statement, 1, (gint64)after);
  lanyard_statement_bind_int (statement, 2, max);
  while (lanyard_statement_step (statement, &row, error))
    {
      LanyardHubDeed *deed;

      if (!row)
        return g_steal_pointer (&rows);
      deed = g_new0 (LanyardHubDeed, 1);
      deed->id = (guint64)lanyard_statement_get_int (statement, 0);
      deed->at_us = lanyard_statement_get_int (statement, 1);
      deed->person = lanyard_statement_dup_text (statement, 2);
      deed->what = lanyard_statement_dup_text (statement, 3);
      deed->subject = lanyard_statement_dup_text (statement, 4);
      deed->reason = lanyard_statement_dup_text (statement, 5);
      g_ptr_array_add (rows, deed);
    }
  return NULL;
}

void
_lanyard_hub_sqlite_fill_fleet (LanyardHubStoreOps *ops)
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
