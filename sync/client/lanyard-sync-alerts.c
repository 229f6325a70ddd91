/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include <stdlib.h>
#include <string.h>

#include "lanyard-alerts.h"
#include "lanyard-cbor.h"
#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-sync-engine-private.h"

/* Alerts: what this desk must know of badges that it handed out. They are kept before they are
 * told. */

#define MAX_ALARM_BYTES 400
#define MAX_OPEN 10000
#define MAX_KEPT_BYTES (1024 * 1024)

static int
compare_words (const void *a, const void *b)
{
  return g_strcmp0 (*(const char *const *)a, *(const char *const *)b);
}

/* [cursor, [accreditation, …]] */
static GBytes *
encode_kept (LanyardSyncEngine *self, guint64 cursor)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  guint n_numbers;
  g_autofree gpointer *numbers = g_hash_table_get_keys_as_array (self->disputed, &n_numbers);

  qsort (numbers, n_numbers, sizeof *numbers, compare_words);
  lanyard_cbor_open_array (writer, 2);
  lanyard_cbor_write_uint (writer, cursor);
  lanyard_cbor_open_array (writer, n_numbers);
  for (guint i = 0; i < n_numbers; i++)
    lanyard_cbor_write_text (writer, numbers[i]);
  return lanyard_cbor_writer_end (writer);
}

void
_lanyard_sync_probe (LanyardSyncEngine *self)
{
  self->probe = !lanyard_fault ("sync-no-probe");
}

void
_lanyard_sync_set_alarm (LanyardSyncEngine *self, const char *sentence)
{
  char *both;

  /* Alarms of different kinds stand beside each other; one that only goes on takes its own place.
   */
  if (self->alarm == NULL || strlen (self->alarm) > MAX_ALARM_BYTES)
    {
      g_free (self->alarm);
      self->alarm = g_strdup (sentence);
      return;
    }
  if (strstr (self->alarm, sentence) != NULL)
    return;
  both = g_strconcat (self->alarm, " ", sentence, NULL);
  g_free (self->alarm);
  self->alarm = both;
}

void
_lanyard_sync_load_alerts (LanyardSyncEngine *self)
{
  g_autoptr (GBytes) kept
      = lanyard_directory_dup_document (self->directory, LANYARD_SYNC_DOCUMENT_ALERTS);
  LanyardCborReader reader;
  guint64 cursor;
  g_auto (GStrv) numbers = NULL;

  if (kept == NULL)
    return;
  lanyard_cbor_reader_init (&reader, g_bytes_get_data (kept, NULL), g_bytes_get_size (kept),
                            MAX_KEPT_BYTES);
  lanyard_cbor_enter_array (&reader, 2);
  cursor = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  numbers = lanyard_cbor_read_strv (&reader, MAX_OPEN, LANYARD_WIRE_MAX_TEXT_BYTES);
  if (!lanyard_cbor_reader_end (&reader, "kept alerts", NULL))
    return; /* they all come again, from the first */
  self->alert_cursor = cursor;
  for (char **number = numbers; *number != NULL; number++)
    g_hash_table_add (self->disputed, g_strdup (*number));
}

void
_lanyard_sync_forget_alerts (LanyardSyncEngine *self)
{
  self->alert_cursor = 0;
  g_hash_table_remove_all (self->disputed);
}

static void
note (LanyardSyncEngine *self, const LanyardAlert *alert)
{
  if (alert->kind == LANYARD_ALERT_RESOLVED)
    g_hash_table_remove (self->disputed, alert->number);
  else if (alert->kind == LANYARD_ALERT_CONFLICT && g_hash_table_size (self->disputed) < MAX_OPEN)
    g_hash_table_add (self->disputed, g_strdup (alert->number));
}

static gboolean
keep (LanyardSyncEngine *self, const LanyardAlerts *alerts, GError **error)
{
  g_autoptr (GBytes) kept = NULL;

  for (guint i = 0; i < alerts->rows->len; i++)
    note (self, g_ptr_array_index (alerts->rows, i));
  kept = encode_kept (self, alerts->next);
  if (!lanyard_directory_put_document (self->directory, LANYARD_SYNC_DOCUMENT_ALERTS, kept, error))
    return FALSE;
  self->alert_cursor = alerts->next;
  return TRUE;
}

static void
tell_people (LanyardSyncEngine *self, const LanyardAlerts *alerts)
{
  for (guint i = 0; i < alerts->rows->len; i++)
    {
      const LanyardAlert *alert = g_ptr_array_index (alerts->rows, i);
      g_autofree char *kind = lanyard_alert_kind_to_string (alert->kind);

      g_signal_emit_by_name (self, "alert", alert->number, kind);
    }
}

static void
on_alerts (LanyardSyncEngine *self, LanyardHubReply *reply)
{
  g_autoptr (LanyardAlerts) alerts = NULL;
  GError *error = NULL;
  LanyardSyncInput input = { .event = LANYARD_SYNC_DONE };

  if (reply->status != 200)
    {
      _lanyard_sync_unexpected (self, reply);
      return;
    }
  alerts = lanyard_alerts_open (reply->body, self->trust, self->identity.device,
                                _lanyard_sync_now_s (self), &error);
  if (alerts != NULL && alerts->after != self->alert_cursor)
    g_set_error_literal (&error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                         "they do not go on where this desk stands");
  if (error != NULL)
    {
      _lanyard_sync_nonsense (self, "alerts", error);
      return;
    }
  if (alerts->rows->len > 0 && !keep (self, alerts, &error))
    {
      _lanyard_sync_broken (self, error);
      return;
    }
  tell_people (self, alerts);
  input.more = alerts->rows->len >= LANYARD_ALERTS_MAX_ROWS;
  input.moved = alerts->rows->len > 0;
  _lanyard_sync_feed (self, &input);
}

void
_lanyard_sync_get_alerts (LanyardSyncEngine *self)
{
  g_autofree char *path
      = g_strdup_printf ("/v1/alerts?after=%" G_GUINT64_FORMAT, self->alert_cursor);
  LanyardHubRequest request = {
    .method = "GET",
    .path = path,
    .max_bytes = LANYARD_ALERTS_MAX_BYTES,
    .timeout_s = LANYARD_SYNC_TIMEOUT_S,
  };

  _lanyard_sync_send (self, &request, on_alerts);
}
