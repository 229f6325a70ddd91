/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "desk-fleet.h"

#define PEOPLE_PER_ROUND (DESK_FLEET_DESKS + DESK_FLEET_DESKS / 2)
#define PAGE 200

DeskFleet *
desk_fleet_new (SyncFixture *fixture, const char *first, const char *second, guint rounds)
{
  DeskFleet *fleet = g_new0 (DeskFleet, 1);

  fleet->fixture = fixture;
  fleet->urls[0] = g_strdup (first);
  fleet->urls[1] = g_strdup (second);
  fleet->disputed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  sync_fixture_import (fixture, 0, rounds * PEOPLE_PER_ROUND);
  for (guint i = 0; i < DESK_FLEET_DESKS; i++)
    {
      g_autofree char *name = g_strdup_printf ("desk-%u", i);

      g_free (fixture->url);
      fixture->url = g_strdup (fleet->urls[i % DESK_FLEET_HUBS]);
      fleet->desks[i] = sync_desk_new (fixture, name);
    }
  return fleet;
}

void
desk_fleet_free (DeskFleet *fleet)
{
  for (guint i = 0; i < DESK_FLEET_DESKS; i++)
    sync_desk_free (fleet->desks[i]);
  for (guint i = 0; i < DESK_FLEET_HUBS; i++)
    g_free (fleet->urls[i]);
  g_hash_table_unref (fleet->disputed);
  g_free (fleet);
}

void
desk_fleet_work (DeskFleet *fleet)
{
  for (guint i = 0; i < DESK_FLEET_DESKS; i++)
    {
      g_autofree char *own = sync_fixture_number (fleet->next_person + i);
      char *same = sync_fixture_number (fleet->next_person + DESK_FLEET_DESKS + i / 2);

      g_free (sync_desk_issue (fleet->desks[i], own));
      sync_desk_chatter (fleet->desks[i], DESK_FLEET_CHATTER);
      g_free (sync_desk_issue (fleet->desks[i], same));
      g_hash_table_add (fleet->disputed, same);
    }
  fleet->next_person += PEOPLE_PER_ROUND;
}

void
desk_fleet_point (DeskFleet *fleet, guint desk, guint hub)
{
  sync_desk_make_engine (fleet->desks[desk], fleet->urls[hub]);
}

static void
on_synced (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_ptr_array_add (user_data, g_object_ref (result));
}

static void
note_receipts (DeskFleet *fleet)
{
  for (guint i = 0; i < DESK_FLEET_DESKS; i++)
    {
      LanyardOutbox outbox;

      lanyard_journal_get_outbox (fleet->desks[i]->journal, &outbox);
      g_assert_cmpuint (outbox.acknowledged_seq, >=, fleet->acknowledged[i]);
      fleet->acknowledged[i] = outbox.acknowledged_seq;
    }
}

/* One of them has heard that records of this round are stored. */
static gboolean
has_begun (DeskFleet *fleet)
{
  for (guint i = 0; i < DESK_FLEET_DESKS; i++)
    {
      LanyardOutbox outbox;

      lanyard_journal_get_outbox (fleet->desks[i]->journal, &outbox);
      if (outbox.acknowledged_seq > fleet->acknowledged[i])
        return TRUE;
    }
  return FALSE;
}

guint
desk_fleet_sync (DeskFleet *fleet, DeskFleetFunc func, gpointer data)
{
  g_autoptr (GPtrArray) results = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_failed = 0;

  for (guint i = 0; i < DESK_FLEET_DESKS; i++)
    lanyard_sync_engine_run_once_async (fleet->desks[i]->engine, NULL, on_synced, results);
  while (results->len < DESK_FLEET_DESKS)
    {
      g_main_context_iteration (NULL, TRUE);
      if (func != NULL && has_begun (fleet))
        {
          func (data);
          func = NULL;
        }
    }
  for (guint i = 0; i < DESK_FLEET_DESKS; i++)
    {
      GAsyncResult *result = g_ptr_array_index (results, i);
      g_autoptr (GObject) engine = g_async_result_get_source_object (result);
      g_autoptr (GError) error = NULL;

      if (!lanyard_sync_engine_run_once_finish (LANYARD_SYNC_ENGINE (engine), result, &error))
        n_failed++;
    }
  note_receipts (fleet);
  return n_failed;
}

static gboolean
is_drained (DeskFleet *fleet)
{
  for (guint i = 0; i < DESK_FLEET_DESKS; i++)
    if (sync_desk_pending (fleet->desks[i]) > 0)
      return FALSE;
  return TRUE;
}

void
desk_fleet_drain (DeskFleet *fleet, guint limit_s)
{
  gint64 deadline_us = g_get_monotonic_time () + limit_s * G_USEC_PER_SEC;

  while (!is_drained (fleet))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, deadline_us);
      desk_fleet_sync (fleet, NULL, NULL);
    }
}

/* Records of @desk up to @through: the store's are those of the journal, in its chain. */
static void
check_chain (SyncDesk *desk, LanyardHubStore *store, guint64 through)
{
  g_auto (LanyardIdentity) identity = { 0 };
  guint64 seq = 0;

  lanyard_journal_get_identity (desk->journal, &identity);
  while (seq < through)
    {
      GError *error = NULL;
      g_autoptr (GPtrArray) records = lanyard_journal_read (desk->journal, seq, PAGE, &error);

      g_assert_no_error (error);
      g_assert_cmpuint (records->len, >, 0);
      for (guint i = 0; i < records->len && seq < through; i++)
        {
          const LanyardRecord *record = g_ptr_array_index (records, i);
          g_autoptr (LanyardHubRecord) stored
              = store->ops->find_record (store, identity.device, identity.epoch, record->seq,
                                         &error);
          g_autoptr (GBytes) encoded = lanyard_record_encode (record);

          g_assert_no_error (error);
          g_assert_cmpuint (record->seq, ==, ++seq);
          g_assert_nonnull (stored);
          g_assert_true (lanyard_hash_equal (&stored->hash, &record->hash));
          g_assert_true (g_bytes_equal (stored->encoded, encoded));
        }
    }
}

void
desk_fleet_check_receipts (DeskFleet *fleet, LanyardHubStore *store)
{
  for (guint i = 0; i < DESK_FLEET_DESKS; i++)
    check_chain (fleet->desks[i], store, fleet->acknowledged[i]);
}

static void
check_head (SyncDesk *desk, LanyardHubStore *store)
{
  g_auto (LanyardIdentity) identity = { 0 };
  LanyardHubStream stream;
  LanyardHash head;
  GError *error = NULL;

  lanyard_journal_get_identity (desk->journal, &identity);
  lanyard_journal_get_head_hash (desk->journal, &head);
  store->ops->get_stream (store, identity.device, identity.epoch, &stream, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (stream.head_seq, ==, lanyard_journal_get_head_seq (desk->journal));
  g_assert_true (lanyard_hash_equal (&stream.head_hash, &head));
}

/* Not one more, not one less; and each with both badges out. */
static void
check_conflicts (DeskFleet *fleet, LanyardHubStore *store)
{
  g_autoptr (GPtrArray) disputed = store->ops->list_disputed (store, "", G_MAXINT32, NULL);

  g_assert_cmpuint (disputed->len, ==, g_hash_table_size (fleet->disputed));
  for (guint i = 0; i < disputed->len; i++)
    {
      const LanyardHubHolding *holding = g_ptr_array_index (disputed, i);

      g_assert_true (g_hash_table_contains (fleet->disputed, holding->number));
      g_assert_cmpuint (holding->open_badges, ==, 2);
    }
}

void
desk_fleet_check (DeskFleet *fleet, LanyardHubStore *store)
{
  LanyardHubCounts counts = { 0 };
  guint64 n_records = 0;

  for (guint i = 0; i < DESK_FLEET_DESKS; i++)
    {
      guint64 head = lanyard_journal_get_head_seq (fleet->desks[i]->journal);

      check_head (fleet->desks[i], store);
      check_chain (fleet->desks[i], store, head);
      n_records += head;
    }
  g_assert_true (store->ops->count (store, &counts, NULL));
  g_assert_cmpuint (counts.records, ==, n_records);
  g_assert_cmpuint (counts.quarantined, ==, 0);
  g_assert_cmpuint (counts.alarms, ==, 0);
  check_conflicts (fleet, store);
}
