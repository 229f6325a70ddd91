/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-error.h"
#include "lanyard-hub-control-private.h"
#include "lanyard-hub-control.h"
#include "lanyard-hub-fleet.h"
#include "lanyard-hub-left.h"

/* Requests about badges of which nobody is left who could be asked. */

#define MAX_REASON_BYTES 512

/* Where its desk was, and what it was called: to look for the badge there. */
static gboolean
write_question (LanyardHubStore *store,
                LanyardCborWriter *writer,
                const LanyardHubBadge *badge,
                GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LanyardHubEnrolment) desk
      = store->ops->find_enrolment (store, badge->device, 0, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  lanyard_cbor_open_array (writer, 7);
  lanyard_cbor_write_text (writer, badge->serial);
  lanyard_cbor_write_text (writer, badge->number);
  lanyard_cbor_write_uint (writer, badge->device);
  lanyard_cbor_write_uint (writer, badge->sequence);
  lanyard_cbor_write_uint (writer, badge->flags);
  lanyard_cbor_write_text (writer, desk == NULL ? "" : desk->venue);
  lanyard_cbor_write_text (writer, desk == NULL ? "" : desk->name);
  return TRUE;
}

gboolean
_lanyard_hub_control_questions (LanyardHub *hub,
                                LanyardCborReader *reader,
                                LanyardCborWriter *writer,
                                GError **error)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  g_autofree char *after = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  g_autoptr (GPtrArray) badges = NULL;

  if (!lanyard_cbor_reader_end (reader, "request", error))
    return FALSE;
  badges = store->ops->list_questions (store, after, LANYARD_HUB_CONTROL_MAX_ENTRIES, error);
  if (badges == NULL)
    return FALSE;
  _lanyard_hub_control_write_rows (writer, badges);
  for (guint i = 0; i < badges->len; i++)
    if (!write_question (store, writer, g_ptr_array_index (badges, i), error))
      return FALSE;
  return TRUE;
}

gboolean
_lanyard_hub_control_answer (LanyardHub *hub,
                             LanyardCborReader *reader,
                             LanyardCborWriter *writer,
                             GError **error)
{
  g_autofree char *serial = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  g_autofree char *word = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);
  g_autofree char *reason = lanyard_cbor_read_text (reader, MAX_REASON_BYTES);
  g_autofree char *person = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_NAME_BYTES);
  g_autofree char *subject = NULL;
  LanyardHubBecame became;

  if (!lanyard_cbor_reader_end (reader, "request", error))
    return FALSE;
  became = lanyard_hub_became_from_string (word);
  if (became == 0 || *reason == '\0')
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   became == 0
                       ? "“%s” says nothing of a badge: say handed-over, destroyed or never-out."
                       : "Say how you know that it is %s, with --reason; it is kept.",
                   word);
      return FALSE;
    }
  if (!lanyard_hub_answer (hub, serial, became, person, error))
    return FALSE;
  subject = g_strdup_printf ("%s %s", serial, word);
  if (!lanyard_hub_note_deed (hub, person, "answer", subject, reason, error))
    return FALSE;
  _lanyard_hub_control_write_ok (writer, 0);
  return TRUE;
}
