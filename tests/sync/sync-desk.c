/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>

#include "lanyard-batch.h"
#include "lanyard-cbor.h"
#include "lanyard-enrolment.h"
#include "lanyard-link.h"
#include "sync-fixture.h"

static char *
path_of (SyncDesk *desk, const char *name)
{
  return g_build_filename (desk->directory, name, NULL);
}

static void
open_stores (SyncDesk *desk)
{
  g_autofree char *vault_path = path_of (desk, "vault.key");
  g_autofree char *journal_path = path_of (desk, "journal.db");
  g_autofree char *directory_path = path_of (desk, "directory.db");
  g_autofree char *key_path = path_of (desk, "desk.key");
  GError *error = NULL;

  if (!g_file_test (vault_path, G_FILE_TEST_EXISTS))
    lanyard_vault_create_key_file (vault_path, &error);
  g_assert_no_error (error);
  desk->vault = lanyard_vault_load (vault_path, &error);
  g_assert_no_error (error);
  desk->journal = lanyard_journal_open (journal_path, LANYARD_JOURNAL_CREATE, NULL, &error);
  g_assert_no_error (error);
  desk->store = lanyard_directory_open (directory_path, desk->vault, TRUE, &error);
  g_assert_no_error (error);
  if (g_file_test (key_path, G_FILE_TEST_EXISTS))
    desk->key = lanyard_key_load (key_path, &error);
  g_assert_no_error (error);
}

static void
close_stores (SyncDesk *desk)
{
  if (desk->engine != NULL)
    lanyard_link_stop (LANYARD_LINK (desk->engine));
  g_clear_object (&desk->engine);
  while (g_main_context_iteration (NULL, FALSE))
    continue;
  g_clear_pointer (&desk->key, lanyard_key_unref);
  g_clear_pointer (&desk->store, lanyard_directory_close);
  g_clear_pointer (&desk->journal, lanyard_journal_close);
  g_clear_pointer (&desk->vault, lanyard_vault_unref);
}

SyncDesk *
sync_desk_new_bare (SyncFixture *fixture, const char *name)
{
  g_autofree char *directory = g_build_filename (fixture->directory, name, NULL);

  g_assert_cmpint (g_mkdir (directory, 0700), ==, 0);
  return sync_desk_open (fixture, name);
}

SyncDesk *
sync_desk_open (SyncFixture *fixture, const char *name)
{
  SyncDesk *desk = g_new0 (SyncDesk, 1);

  desk->directory = g_build_filename (fixture->directory, name, NULL);
  desk->root = fixture->root;
  desk->alerts = g_ptr_array_new_with_free_func (g_free);
  open_stores (desk);
  return desk;
}

gboolean
sync_desk_enrol (SyncDesk *desk,
                 const char *url,
                 const char *code,
                 const char *venue,
                 GError **error)
{
  g_autofree char *key_path = path_of (desk, "desk.key");

  if (!lanyard_enrolment_run (desk->journal, key_path, url, desk->tls, code, &desk->root, venue,
                              "a desk", error))
    return FALSE;
  g_clear_pointer (&desk->key, lanyard_key_unref);
  desk->key = lanyard_key_load (key_path, error);
  return desk->key != NULL;
}

SyncDesk *
sync_desk_new (SyncFixture *fixture, const char *name)
{
  SyncDesk *desk = sync_desk_new_bare (fixture, name);
  g_autofree char *code = sync_fixture_code (fixture, 0);
  GError *error = NULL;

  sync_desk_enrol (desk, fixture->url, code, fixture->venue, &error);
  g_assert_no_error (error);
  sync_desk_make_engine (desk, fixture->url);
  return desk;
}

static void
on_alert (LanyardLink *link, const char *number, const char *kind, gpointer user_data)
{
  SyncDesk *desk = user_data;

  g_ptr_array_add (desk->alerts, g_strdup_printf ("%s %s", kind, number));
}

void
sync_desk_make_engine (SyncDesk *desk, const char *url)
{
  const char *urls[] = { url, NULL };

  g_clear_object (&desk->engine);
  desk->engine
      = lanyard_sync_engine_new (desk->journal, desk->store, desk->key, &desk->root, urls, NULL);
  lanyard_sync_engine_set_tls (desk->engine, desk->tls);
  g_signal_connect (desk->engine, "alert", G_CALLBACK (on_alert), desk);
}

void
sync_desk_restart (SyncDesk *desk)
{
  g_auto (LanyardIdentity) identity = { 0 };

  lanyard_journal_get_identity (desk->journal, &identity);
  close_stores (desk);
  open_stores (desk);
  sync_desk_make_engine (desk, identity.hub_url);
}

void
sync_desk_free (SyncDesk *desk)
{
  close_stores (desk);
  g_clear_pointer (&desk->tls, lanyard_line_tls_unref);
  g_ptr_array_unref (desk->alerts);
  g_free (desk->directory);
  g_free (desk);
}

static void
on_synced (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **out = user_data;

  *out = g_object_ref (result);
}

gboolean
sync_desk_sync (SyncDesk *desk, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  lanyard_sync_engine_run_once_async (desk->engine, NULL, on_synced, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  return lanyard_sync_engine_run_once_finish (desk->engine, result, error);
}

static LanyardRecord *
commit (SyncDesk *desk,
        const LanyardId *pickup,
        guint16 kind,
        LanyardPickupState from,
        LanyardPickupState to,
        const char *number)
{
  LanyardStep step = { .kind = kind, .from = from, .to = to, .accreditation = number };
  LanyardRecord *record = NULL;
  GError *error = NULL;

  if (pickup != NULL)
    step.pickup = *pickup;
  lanyard_journal_commit (desk->journal, &step, &record, &error);
  g_assert_no_error (error);
  return record;
}

char *
sync_desk_begin (SyncDesk *desk, const char *number, LanyardId *pickup)
{
  g_autoptr (LanyardRecord) reserved = NULL;

  lanyard_id_init_random (pickup, g_get_real_time ());
  reserved = commit (desk, pickup, LANYARD_RECORD_RESERVED, LANYARD_PICKUP_IDLE,
                     LANYARD_PICKUP_RESERVED, number);
  return g_strdup (reserved->serial);
}

void
sync_desk_go_on (SyncDesk *desk,
                 const LanyardId *pickup,
                 LanyardRecordKind kind,
                 LanyardPickupState from,
                 LanyardPickupState to,
                 const char *number)
{
  lanyard_record_free (commit (desk, pickup, (guint16)kind, from, to, number));
}

char *
sync_desk_issue (SyncDesk *desk, const char *number)
{
  g_autoptr (LanyardRecord) reserved = NULL;
  g_autoptr (LanyardRecord) printing = NULL;
  g_autoptr (LanyardRecord) reported = NULL;
  g_autoptr (LanyardRecord) issued = NULL;
  LanyardId id;

  lanyard_id_init_random (&id, g_get_real_time ());
  reserved = commit (desk, &id, LANYARD_RECORD_RESERVED, LANYARD_PICKUP_IDLE,
                     LANYARD_PICKUP_RESERVED, number);
  printing = commit (desk, &id, LANYARD_RECORD_PRINTING, LANYARD_PICKUP_RESERVED,
                     LANYARD_PICKUP_PRINTING, number);
  reported = commit (desk, &id, LANYARD_RECORD_REPORTED, LANYARD_PICKUP_PRINTING,
                     LANYARD_PICKUP_REPORTED, number);
  issued = commit (desk, &id, LANYARD_RECORD_ISSUED, LANYARD_PICKUP_REPORTED, LANYARD_PICKUP_ISSUED,
                   number);
  return g_strdup (issued->serial);
}

void
sync_desk_issue_nothing (SyncDesk *desk, const char *number)
{
  g_autoptr (LanyardRecord) reserved = NULL;
  g_autoptr (LanyardRecord) voided = NULL;
  LanyardId id;

  lanyard_id_init_random (&id, g_get_real_time ());
  reserved = commit (desk, &id, LANYARD_RECORD_RESERVED, LANYARD_PICKUP_IDLE,
                     LANYARD_PICKUP_RESERVED, number);
  voided = commit (desk, &id, LANYARD_RECORD_VOIDED, LANYARD_PICKUP_RESERVED, LANYARD_PICKUP_VOID,
                   number);
}

void
sync_desk_void (SyncDesk *desk, const char *serial)
{
  g_autoptr (LanyardPickup) pickup = lanyard_journal_find_serial (desk->journal, serial);
  g_autoptr (LanyardRecord) voided = NULL;

  g_assert_nonnull (pickup);
  voided = commit (desk, &pickup->id, LANYARD_RECORD_VOIDED, LANYARD_PICKUP_ISSUED,
                   LANYARD_PICKUP_VOID, pickup->accreditation);
}

/* A body of one pair. @text: (nullable): @number otherwise */
static GBytes *
make_pair (LanyardBodyKey key, guint64 number, const char *text)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();

  lanyard_cbor_open_map (writer, 1);
  lanyard_cbor_write_uint (writer, (guint64)key);
  if (text != NULL)
    lanyard_cbor_write_text (writer, text);
  else
    lanyard_cbor_write_uint (writer, number);
  return lanyard_cbor_writer_end (writer);
}

static void
commit_body (SyncDesk *desk, const LanyardStep *step)
{
  g_autoptr (GError) error = NULL;

  lanyard_journal_commit (desk->journal, step, NULL, &error);
  g_assert_no_error (error);
}

void
sync_desk_refer (SyncDesk *desk, const char *number)
{
  g_autoptr (GBytes) body = make_pair (LANYARD_BODY_MODE, LANYARD_MODE_SELF_SERVICE, NULL);
  LanyardStep step = { .kind = LANYARD_RECORD_REFERRED,
                       .from = LANYARD_PICKUP_IDLE,
                       .to = LANYARD_PICKUP_REFERRED,
                       .accreditation = number,
                       .body = body };

  lanyard_id_init_random (&step.pickup, g_get_real_time ());
  commit_body (desk, &step);
}

void
sync_desk_end_wait (SyncDesk *desk, const char *id)
{
  g_autoptr (GBytes) body = make_pair (LANYARD_BODY_WAIT, 0, id);
  LanyardStep step = { .kind = LANYARD_RECORD_WAIT_ENDED, .body = body };

  commit_body (desk, &step);
}

guint
sync_desk_count_waits (SyncDesk *desk)
{
  return lanyard_waiting_get_waits (lanyard_journal_get_waiting (desk->journal))->len;
}

void
sync_desk_chatter (SyncDesk *desk, guint n)
{
  for (guint i = 0; i < n; i++)
    lanyard_record_free (commit (desk, NULL, LANYARD_RECORD_SIGN_IN, LANYARD_PICKUP_IDLE,
                                 LANYARD_PICKUP_IDLE, NULL));
}

guint64
sync_desk_pending (SyncDesk *desk)
{
  LanyardOutbox outbox;

  lanyard_journal_get_outbox (desk->journal, &outbox);
  return outbox.pending;
}

GBytes *
sync_desk_batch (SyncDesk *desk, guint64 after, guint max)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) records = lanyard_journal_read (desk->journal, after, max, &error);
  g_autoptr (LanyardBatch) batch = NULL;

  g_assert_no_error (error);
  batch = lanyard_batch_new (records, max);
  return lanyard_batch_sign (batch, desk->key);
}

char *
sync_desk_path (SyncDesk *desk, guint64 first, guint64 last)
{
  g_auto (LanyardIdentity) identity = { 0 };

  lanyard_journal_get_identity (desk->journal, &identity);
  return g_strdup_printf ("/v1/d/%u/%u/rec/%" G_GUINT64_FORMAT "-%" G_GUINT64_FORMAT,
                          identity.device, identity.epoch, first, last);
}

void
sync_desk_check_day_of_others (SyncDesk *desk, guint person)
{
  LanyardDay *day = lanyard_journal_get_day (desk->journal);
  g_autoptr (GPtrArray) rows = g_ptr_array_new ();
  LanyardDayQuery query = { .venue = TRUE, .max = 10 };
  LanyardDayVenue others;
  g_autofree char *number = sync_fixture_number (person);

  lanyard_day_count_venue (day, &others);
  g_assert_cmpuint (others.desks, ==, 1);
  g_assert_cmpuint (others.collected, ==, 1);
  g_assert_cmpuint (lanyard_day_find (day, &query, rows, NULL), ==, 1);
  g_assert_cmpuint (((LanyardDayRow *)g_ptr_array_index (rows, 0))->device, !=, 0);
  g_assert_cmpstr (((LanyardDayRow *)g_ptr_array_index (rows, 0))->number, ==, number);
  g_assert_cmpuint (lanyard_day_count_all (day), ==, 0);
}
