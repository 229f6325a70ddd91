/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-wire"

#include "lanyard-venue.h"

#include "lanyard-wire-private.h"

#define VENUE_ITEMS 4

LanyardVenue *
lanyard_venue_new (void)
{
  LanyardVenue *venue = g_new0 (LanyardVenue, 1);

  venue->batches = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  return venue;
}

void
lanyard_venue_free (LanyardVenue *venue)
{
  if (venue == NULL)
    return;
  g_ptr_array_unref (venue->batches);
  g_free (venue);
}

GBytes *
lanyard_venue_encode (const LanyardVenue *venue)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();

  lanyard_cbor_open_array (writer, VENUE_ITEMS);
  lanyard_cbor_write_uint (writer, LANYARD_WIRE_VERSION);
  lanyard_cbor_write_bool (writer, venue->line);
  lanyard_cbor_write_uint (writer, venue->next);
  lanyard_cbor_open_array (writer, venue->batches->len);
  for (guint i = 0; i < venue->batches->len; i++)
    lanyard_cbor_write_gbytes (writer, g_ptr_array_index (venue->batches, i));
  return lanyard_cbor_writer_end (writer);
}

LanyardVenue *
lanyard_venue_decode (const void *data, gsize n_bytes, GError **error)
{
  g_autoptr (LanyardVenue) venue = lanyard_venue_new ();
  LanyardCborReader reader;
  gsize n;

  lanyard_cbor_reader_init (&reader, data, n_bytes, LANYARD_VENUE_MAX_BYTES);
  _lanyard_wire_enter (&reader, VENUE_ITEMS);
  venue->line = lanyard_cbor_read_bool (&reader);
  venue->next = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  n = lanyard_cbor_enter_array (&reader, LANYARD_VENUE_MAX_BATCHES);
  for (gsize i = 0; i < n && reader.error == NULL; i++)
    {
      GBytes *batch = lanyard_cbor_read_gbytes (&reader, LANYARD_BATCH_MAX_BYTES);

      if (batch != NULL)
        g_ptr_array_add (venue->batches, batch);
    }
  if (!lanyard_cbor_reader_end (&reader, "page of the venue", error))
    return NULL;
  return g_steal_pointer (&venue);
}
