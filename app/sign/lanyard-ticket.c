/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-sign"

#include "lanyard-ticket.h"

#include <string.h>

#include "lanyard-base45.h"
#include "lanyard-cbor.h"

/* Of every version. */
#define ANY_PREFIX "LYE"
#define N_ITEMS 5

void
lanyard_ticket_free (LanyardTicket *ticket)
{
  if (ticket == NULL)
    return;
  g_free (ticket->hub);
  g_free (ticket->code);
  g_free (ticket->venue);
  g_free (ticket->name);
  g_free (ticket);
}

/* "LYE", a number without a zero in front, and a colon. Returns: the version; 0: no ticket */
static guint64
read_version (const char *text)
{
  char *end = NULL;
  guint64 version;

  if (text == NULL || !g_str_has_prefix (text, ANY_PREFIX)
      || !g_ascii_isdigit (text[strlen (ANY_PREFIX)]) || text[strlen (ANY_PREFIX)] == '0')
    return 0;
  version = g_ascii_strtoull (text + strlen (ANY_PREFIX), &end, 10);
  return *end == ':' ? version : 0;
}

gboolean
lanyard_ticket_is (const char *text)
{
  return read_version (text) != 0;
}

gboolean
lanyard_ticket_is_hub (const char *hub)
{
  g_autoptr (GUri) uri = hub != NULL ? g_uri_parse (hub, G_URI_FLAGS_NONE, NULL) : NULL;

  return uri != NULL
         && (g_str_equal (g_uri_get_scheme (uri), "http")
             || g_str_equal (g_uri_get_scheme (uri), "https"))
         && g_uri_get_host (uri) != NULL && *g_uri_get_host (uri) != '\0'
         && g_uri_get_userinfo (uri) == NULL && g_uri_get_query (uri) == NULL
         && g_uri_get_fragment (uri) == NULL;
}

char *
lanyard_ticket_encode (const LanyardTicket *ticket)
{
  g_autoptr (LanyardCborWriter) writer = lanyard_cbor_writer_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (
      ticket != NULL && ticket->hub != NULL && ticket->code != NULL && ticket->venue != NULL, NULL);

  lanyard_cbor_open_array (writer, N_ITEMS);
  lanyard_cbor_write_text (writer, ticket->hub);
  lanyard_cbor_write_text (writer, ticket->code);
  lanyard_cbor_write_bytes (writer, ticket->root.bytes, LANYARD_PUBLIC_KEY_BYTES);
  lanyard_cbor_write_text (writer, ticket->venue);
  lanyard_cbor_write_text (writer, ticket->name != NULL ? ticket->name : "");
  bytes = lanyard_cbor_writer_end (g_steal_pointer (&writer));
  text = lanyard_base45_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return g_strconcat (LANYARD_TICKET_PREFIX, text, NULL);
}

static LanyardTicket *
read_ticket (GBytes *bytes, GError **error)
{
  g_autoptr (LanyardTicket) ticket = g_new0 (LanyardTicket, 1);
  LanyardCborReader reader;

  lanyard_cbor_reader_init (&reader, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                            LANYARD_TICKET_MAX_BYTES);
  if (lanyard_cbor_enter_array (&reader, N_ITEMS) != N_ITEMS)
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "it lacks a part");
  ticket->hub = lanyard_cbor_read_text (&reader, LANYARD_TICKET_MAX_HUB_BYTES);
  ticket->code = lanyard_cbor_read_text (&reader, LANYARD_TICKET_MAX_CODE_BYTES);
  lanyard_cbor_read_fixed (&reader, ticket->root.bytes, LANYARD_PUBLIC_KEY_BYTES);
  ticket->venue = lanyard_cbor_read_text (&reader, LANYARD_TICKET_MAX_VENUE_BYTES);
  ticket->name = lanyard_cbor_read_text (&reader, LANYARD_TICKET_MAX_NAME_BYTES);
  if (ticket->name != NULL
      && (!lanyard_ticket_is_hub (ticket->hub) || *ticket->code == '\0' || *ticket->venue == '\0'))
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "a part of it makes no sense");
  if (!lanyard_cbor_reader_end (&reader, "enrolment ticket", error))
    return NULL;
  return g_steal_pointer (&ticket);
}

LanyardTicket *
lanyard_ticket_decode (const char *text, GError **error)
{
  g_autoptr (GBytes) bytes = NULL;
  guint64 version;

  g_return_val_if_fail (text != NULL, NULL);

  version = read_version (text);
  if (version == 0)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           "This is no code of a hub for a new desk; lanyard-hub enrol --hub URL "
                           "makes one.");
      return NULL;
    }
  if (version > 1)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_NEWER,
                           "This code was made by a later version of Lanyard; update this desk.");
      return NULL;
    }
  if (strlen (text) > LANYARD_TICKET_MAX_BYTES)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                           "This code for a new desk is too long; have the hub make another.");
      return NULL;
    }
  bytes = lanyard_base45_decode (text + strlen (LANYARD_TICKET_PREFIX), LANYARD_TICKET_MAX_BYTES,
                                 error);
  return bytes != NULL ? read_ticket (bytes, error) : NULL;
}
