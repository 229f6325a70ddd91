/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-control-private.h"
#include "lanyard-hub-pack.h"
#include "lanyard-pack-manifest.h"

/* Requests about the event's pack. */

#define MAX_PERSON_BYTES 128

static gboolean
write_edition (LanyardHub *hub, LanyardCborWriter *writer, GError **error)
{
  g_autoptr (LanyardEdition) edition = lanyard_hub_read_edition (hub, error);
  g_autoptr (GPtrArray) rows
      = edition == NULL ? NULL
                        : lanyard_pack_manifest_read (edition->manifest, NULL, NULL, 0, error);
  guint64 n_bytes = 0;

  if (rows == NULL)
    return FALSE;
  for (guint i = 0; i < rows->len; i++)
    n_bytes += ((const LanyardPackRow *)g_ptr_array_index (rows, i))->n_bytes;
  lanyard_cbor_open_array (writer, 5);
  lanyard_cbor_write_text (writer, "ok");
  lanyard_cbor_write_uint (writer, edition->version);
  lanyard_cbor_write_int (writer, edition->made_s);
  lanyard_cbor_write_uint (writer, rows->len);
  lanyard_cbor_write_uint (writer, n_bytes);
  return TRUE;
}

gboolean
_lanyard_hub_control_edition (LanyardHub *hub,
                              LanyardCborReader *reader,
                              LanyardCborWriter *writer,
                              GError **error)
{
  return lanyard_cbor_reader_end (reader, "request", error) && write_edition (hub, writer, error);
}

gboolean
_lanyard_hub_control_publish (LanyardHub *hub,
                              LanyardCborReader *reader,
                              LanyardCborWriter *writer,
                              GError **error)
{
  g_autofree char *person = lanyard_cbor_read_text (reader, MAX_PERSON_BYTES);

  return lanyard_cbor_reader_end (reader, "request", error)
         && lanyard_hub_publish_pack (hub, person, error) && write_edition (hub, writer, error);
}
