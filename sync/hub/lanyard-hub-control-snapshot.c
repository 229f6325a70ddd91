/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-control-private.h"
#include "lanyard-hub-snapshot.h"

/* What one request does of longer work, so that desks are served in between. */
#define SNAPSHOT_STEPS 10
#define SNAPSHOT_WAIT_MS 20
#define COMPACT_CHANGES 2000

gboolean
_lanyard_hub_control_snapshot (LanyardHub *hub,
                               LanyardCborReader *reader,
                               LanyardCborWriter *writer,
                               GError **error)
{
  gboolean start = lanyard_cbor_read_bool (reader);
  g_autoptr (LanyardSnapshot) snapshot = NULL;
  guint64 n_bytes = 0;

  if (!lanyard_cbor_reader_end (reader, "request", error)
      || (start && !lanyard_hub_snapshot_start (hub, error))
      || !lanyard_hub_snapshot_work (hub, SNAPSHOT_STEPS, SNAPSHOT_WAIT_MS, error))
    return FALSE;
  snapshot = lanyard_hub_read_snapshot (hub, NULL);
  for (guint i = 0; snapshot != NULL && i < snapshot->parts->len; i++)
    n_bytes += lanyard_snapshot_get_part (snapshot, i)->n_bytes;
  lanyard_cbor_open_array (writer, 6);
  lanyard_cbor_write_text (writer, "ok");
  lanyard_cbor_write_bool (writer, lanyard_hub_snapshot_is_under_way (hub));
  lanyard_cbor_write_uint (writer, lanyard_hub_snapshot_get_progress (hub));
  lanyard_cbor_write_uint (writer, snapshot == NULL ? 0 : snapshot->gseq);
  lanyard_cbor_write_uint (writer, snapshot == NULL ? 0 : snapshot->n_rows);
  lanyard_cbor_write_uint (writer, n_bytes);
  return TRUE;
}

gboolean
_lanyard_hub_control_compact (LanyardHub *hub,
                              LanyardCborReader *reader,
                              LanyardCborWriter *writer,
                              GError **error)
{
  guint64 floor, removed;

  if (!lanyard_cbor_reader_end (reader, "request", error)
      || !lanyard_hub_compact (hub, COMPACT_CHANGES, &floor, &removed, error))
    return FALSE;
  lanyard_cbor_open_array (writer, 3);
  lanyard_cbor_write_text (writer, "ok");
  lanyard_cbor_write_uint (writer, floor);
  lanyard_cbor_write_uint (writer, removed);
  return TRUE;
}
