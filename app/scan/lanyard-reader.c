/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-reader.h"

#include <string.h>

#include "lanyard-clock.h"
#include "lanyard-zbar.h"

struct _LanyardReader
{
  LanyardZbar *zbar; /* owned */
};

/* One frame under way. */
typedef struct
{
  GPtrArray *scans;         /* borrowed */
  LanyardScanSource source; /* of all of them */
  gint64 at_us;             /* of the frame */
} Reading;

static gboolean
is_known (const GPtrArray *scans, const guint8 *data, gsize n_bytes)
{
  for (guint i = 0; i < scans->len; i++)
    {
      const LanyardScan *scan = g_ptr_array_index (scans, i);
      gsize known_bytes;
      const guint8 *known = g_bytes_get_data (scan->data, &known_bytes);

      if (known_bytes == n_bytes && memcmp (known, data, n_bytes) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
on_symbol (const LanyardFound *symbol, gpointer user_data)
{
  Reading *reading = user_data;
  LanyardScan *scan;

  if (symbol->n_bytes == 0 || symbol->n_bytes > LANYARD_SCAN_MAX_BYTES
      || is_known (reading->scans, symbol->data, symbol->n_bytes))
    return;
  scan = lanyard_scan_new (symbol->symbology, reading->source, symbol->data, symbol->n_bytes);
  memcpy (scan->corners, symbol->corners, sizeof scan->corners);
  scan->at_us = reading->at_us;
  g_ptr_array_add (reading->scans, scan);
}

LanyardReader *
lanyard_reader_new (void)
{
  LanyardReader *reader = g_new0 (LanyardReader, 1);

  reader->zbar = lanyard_zbar_new (LANYARD_SYMBOLOGIES_ALL);
  return reader;
}

void
lanyard_reader_free (LanyardReader *reader)
{
  if (reader == NULL)
    return;
  lanyard_zbar_free (reader->zbar);
  g_free (reader);
}

GPtrArray *
lanyard_reader_read (LanyardReader *reader, const LanyardFrame *frame, LanyardScanSource source)
{
  GPtrArray *scans = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_scan_free);
  Reading reading = { scans, source, 0 };
  gint64 start_us = lanyard_clock_monotonic_us (lanyard_clock_system ());
  LanyardPlane plane;

  g_return_val_if_fail (reader != NULL, scans);
  g_return_val_if_fail (frame != NULL, scans);

  reading.at_us = frame->at_us;
  plane = lanyard_plane_of_frame (frame);
  lanyard_zbar_scan (reader->zbar, &plane, on_symbol, &reading);
  for (guint i = 0; i < scans->len; i++)
    {
      LanyardScan *scan = g_ptr_array_index (scans, i);

      scan->took_us = lanyard_clock_monotonic_us (lanyard_clock_system ()) - start_us;
    }
  return scans;
}
