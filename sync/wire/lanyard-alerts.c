/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-wire"

#include "lanyard-alerts.h"

#include "lanyard-wire-private.h"

#define ALERTS_ITEMS 5
#define ALERT_ITEMS 6

LanyardAlert *
lanyard_alert_new (void)
{
  LanyardAlert *alert = g_new0 (LanyardAlert, 1);

  alert->serials = g_new0 (char *, 1);
  return alert;
}

void
lanyard_alert_free (LanyardAlert *alert)
{
  if (alert == NULL)
    return;
  g_free (alert->number);
  g_strfreev (alert->serials);
  g_free (alert);
}

char *
lanyard_alert_kind_to_string (guint16 kind)
{
  switch ((LanyardAlertKind)kind)
    {
    case LANYARD_ALERT_CONFLICT:
      return g_strdup ("conflict");
    case LANYARD_ALERT_RESOLVED:
      return g_strdup ("resolved");
    case LANYARD_ALERT_DESK_REVOKED:
      return g_strdup ("desk-revoked");
    case LANYARD_ALERT_REVOKED:
      return g_strdup ("revoked");
    default:
      return g_strdup_printf ("kind-%u", kind);
    }
}

LanyardAlerts *
lanyard_alerts_new (void)
{
  LanyardAlerts *alerts = g_new0 (LanyardAlerts, 1);

  alerts->rows = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_alert_free);
  return alerts;
}

void
lanyard_alerts_free (LanyardAlerts *alerts)
{
  if (alerts == NULL)
    return;
  g_ptr_array_unref (alerts->rows);
  g_free (alerts);
}

static void
write_alert (LanyardCborWriter *writer, const LanyardAlert *alert)
{
  lanyard_cbor_open_array (writer, ALERT_ITEMS);
  lanyard_cbor_write_uint (writer, alert->id);
  lanyard_cbor_write_uint (writer, alert->kind);
  lanyard_cbor_write_text (writer, alert->number);
  lanyard_cbor_write_strv (writer, (const char *const *)alert->serials);
  lanyard_cbor_write_uint (writer, alert->gseq);
  lanyard_cbor_write_int (writer, alert->at_us);
}

GBytes *
lanyard_alerts_sign (const LanyardAlerts *alerts, const LanyardKey *key)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  g_autoptr (GBytes) payload = NULL;

  lanyard_cbor_open_array (writer, ALERTS_ITEMS);
  lanyard_cbor_write_uint (writer, LANYARD_WIRE_VERSION);
  lanyard_cbor_write_uint (writer, alerts->device);
  lanyard_cbor_write_uint (writer, alerts->after);
  lanyard_cbor_write_uint (writer, alerts->next);
  lanyard_cbor_open_array (writer, alerts->rows->len);
  for (guint i = 0; i < alerts->rows->len; i++)
    write_alert (writer, g_ptr_array_index (alerts->rows, i));
  payload = lanyard_cbor_writer_end (writer);
  return _lanyard_wire_sign (key, LANYARD_CONTENT_ALERTS, payload);
}

static LanyardAlert *
read_alert (LanyardCborReader *reader, guint64 after, guint64 next)
{
  g_autoptr (LanyardAlert) alert = g_new0 (LanyardAlert, 1);

  if (lanyard_cbor_enter_array (reader, ALERT_ITEMS) != ALERT_ITEMS)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "an alert does not have six items");
  alert->id = lanyard_cbor_read_uint (reader, G_MAXINT64);
  alert->kind = (guint16)lanyard_cbor_read_uint (reader, G_MAXUINT16);
  alert->number = _lanyard_wire_read_word (reader);
  alert->serials
      = lanyard_cbor_read_strv (reader, LANYARD_ALERT_MAX_SERIALS, LANYARD_WIRE_MAX_TEXT_BYTES);
  alert->gseq = lanyard_cbor_read_uint (reader, G_MAXINT64);
  alert->at_us = lanyard_cbor_read_int (reader, 0, G_MAXINT64);
  if (alert->id <= after || alert->id > next)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID,
                       "an alert is out of order or of another page");
  return reader->error == NULL ? g_steal_pointer (&alert) : NULL;
}

LanyardAlerts *
lanyard_alerts_decode (const void *data, gsize n_bytes, GError **error)
{
  g_autoptr (LanyardAlerts) alerts = lanyard_alerts_new ();
  LanyardCborReader reader;
  guint64 after;
  gsize n_rows;

  lanyard_cbor_reader_init (&reader, data, n_bytes, LANYARD_ALERTS_MAX_BYTES);
  _lanyard_wire_enter (&reader, ALERTS_ITEMS);
  alerts->device = (guint32)lanyard_cbor_read_uint (&reader, G_MAXUINT32);
  alerts->after = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  alerts->next = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  if (alerts->next < alerts->after)
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "it goes backwards");
  after = alerts->after;
  n_rows = lanyard_cbor_enter_array (&reader, LANYARD_ALERTS_MAX_ROWS);
  for (gsize i = 0; i < n_rows; i++)
    {
      LanyardAlert *alert = read_alert (&reader, after, alerts->next);

      if (alert == NULL)
        break;
      after = alert->id;
      g_ptr_array_add (alerts->rows, alert);
    }
  if (!lanyard_cbor_reader_end (&reader, "page of alerts", error))
    return NULL;
  return g_steal_pointer (&alerts);
}

LanyardAlerts *
lanyard_alerts_open (GBytes *message,
                     const LanyardTrustList *trust,
                     guint32 device,
                     gint64 at_s,
                     GError **error)
{
  g_autoptr (LanyardAlerts) alerts = NULL;
  const guint8 *payload;
  gsize n_payload;

  payload = _lanyard_wire_open (trust, LANYARD_SCOPE_DIRECTORY, LANYARD_CONTENT_ALERTS, message,
                                LANYARD_ALERTS_MAX_BYTES, at_s, &n_payload, error);
  if (payload == NULL)
    return NULL;
  alerts = lanyard_alerts_decode (payload, n_payload, error);
  if (alerts == NULL)
    return NULL;
  if (alerts->device != device)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                   "The hub sent the alerts of desk %u to desk %u.", alerts->device, device);
      return NULL;
    }
  return g_steal_pointer (&alerts);
}
