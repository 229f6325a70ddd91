/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-reader.h"

#include <string.h>

#include "lanyard-clock.h"

struct _LanyardReader
{
  LanyardCascade *cascade; /* owned */
  guint64 limit;           /* work steps for a frame */
  gboolean first_only;
};

/* One frame under way. */
typedef struct
{
  LanyardReader *reader;    /* borrowed */
  GPtrArray *scans;         /* borrowed */
  LanyardScanSource source; /* of all of them */
  gint64 at_us;             /* of the frame */
  gint64 start_us;          /* monotonic: when reading began */
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
  scan->took_us = lanyard_clock_monotonic_us (lanyard_clock_system ()) - reading->start_us;
  scan->step = lanyard_cascade_get_step (reading->reader->cascade);
  if (reading->reader->first_only)
    lanyard_cascade_stop (reading->reader->cascade);
  g_ptr_array_add (reading->scans, scan);
}

LanyardReader *
lanyard_reader_new (LanyardSymbologies symbologies)
{
  LanyardReader *reader = g_new0 (LanyardReader, 1);

  reader->cascade = lanyard_cascade_new (symbologies);
  reader->limit = LANYARD_WORK_UNLIMITED;
  return reader;
}

void
lanyard_reader_free (LanyardReader *reader)
{
  if (reader == NULL)
    return;
  lanyard_cascade_free (reader->cascade);
  g_free (reader);
}

GPtrArray *
lanyard_reader_read (LanyardReader *reader, const LanyardFrame *frame, LanyardScanSource source)
{
  GPtrArray *scans = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_scan_free);
  Reading reading = { reader, scans, source };
  LanyardWork work = { 0 };

  g_return_val_if_fail (reader != NULL, scans);
  g_return_val_if_fail (frame != NULL, scans);

  work.limit = reader->limit;
  reading.at_us = frame->at_us;
  reading.start_us = lanyard_clock_monotonic_us (lanyard_clock_system ());
  lanyard_cascade_begin (reader->cascade, frame);
  lanyard_cascade_step (reader->cascade, &work, on_symbol, &reading);
  return scans;
}

void
lanyard_reader_set_first_only (LanyardReader *reader, gboolean first_only)
{
  g_return_if_fail (reader != NULL);

  reader->first_only = first_only;
}

void
lanyard_reader_set_limit (LanyardReader *reader, guint64 n_steps)
{
  g_return_if_fail (reader != NULL);

  reader->limit = n_steps;
}

const LanyardCascadeTrace *
lanyard_reader_get_trace (const LanyardReader *reader, guint *n_steps)
{
  g_return_val_if_fail (reader != NULL, NULL);

  return lanyard_cascade_get_trace (reader->cascade, n_steps);
}
