/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdint.h>
#include <string.h>

#include "lanyard-day.h"
#include "lanyard-past.h"
#include "lanyard-shift-summary.h"
#include "lanyard-waiting.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* Everything that reads a journal: each is total, whatever the records say. */
typedef struct
{
  LanyardDay *day;
  LanyardShift *shift;
  LanyardShiftSummary *summary;
  LanyardWaiting *waiting;
  LanyardPast *past;
} Readers;

static void
take (Readers *readers, const LanyardRecord *record, gint64 position)
{
  lanyard_day_take (readers->day, record, position);
  lanyard_day_take_other (readers->day, record);
  lanyard_shift_take (readers->shift, record);
  lanyard_shift_summary_take (readers->summary, record);
  lanyard_waiting_take (readers->waiting, record);
  lanyard_waiting_take_other (readers->waiting, record);
  lanyard_past_take (readers->past, record, position);
}

/* Records behind their lengths of two bytes, one after the other. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  Readers readers = { lanyard_day_new (0), lanyard_shift_new (), lanyard_shift_summary_new (NULL),
                      lanyard_waiting_new (0), lanyard_past_new () };
  LanyardHash previous = { { 0 } };

  lanyard_hash_init ();
  for (gint64 position = 1; n_bytes > 2; position++)
    {
      size_t n = MIN ((size_t)data[0] << 8 | data[1], n_bytes - 2);
      GError *error = NULL;
      g_autoptr (LanyardRecord) record = lanyard_record_decode (data + 2, n, &previous, &error);

      g_assert_true ((record != NULL) != (error != NULL));
      g_clear_error (&error);
      if (record != NULL)
        {
          take (&readers, record, position);
          previous = record->hash;
        }
      data += 2 + n;
      n_bytes -= 2 + n;
    }
  lanyard_past_get_lines (readers.past);
  lanyard_shift_get_counts (readers.shift);
  lanyard_waiting_get_waits (readers.waiting);
  lanyard_day_free (readers.day);
  lanyard_shift_free (readers.shift);
  lanyard_shift_summary_free (readers.summary);
  lanyard_waiting_free (readers.waiting);
  lanyard_past_free (readers.past);
  return 0;
}
