/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-shift.h"

G_BEGIN_DECLS

/*
 * A shift that was closed, as its records tell it: what a report of it is made of. Pure.
 *
 *   cards   first + loaded − handed − spoiled − jammed + corrected = left
 *
 * where corrected is what counting by hand found against the reckoning.
 */

/* One record, as others can find it. A value. */
typedef struct
{
  guint32 device;
  guint32 epoch;
  guint64 seq;
  LanyardHash hash;
} LanyardShiftRecord;

/* One printer. A value. */
typedef struct
{
  LanyardShiftRow *row; /* of the close */
  gboolean knows_first; /* it is known how many cards were in it at the beginning */
  gint first;
  gint corrected; /* by counting by hand; below 0: there were fewer than reckoned */
} LanyardShiftSummaryRow;

typedef struct
{
  LanyardShiftRecord first; /* the one after the close before, or the first there is */
  LanyardShiftRecord last;  /* the close */
  guint64 n_records;
  gint64 began_us;  /* wall: the close before, or the first record */
  gint64 closed_us; /* wall; 0: not closed yet */
  char *staff;      /* (nullable): staff number of who closed it */
  GPtrArray *rows;  /* (element-type LanyardShiftSummaryRow): as in the close */

  /* while it is read */
  LanyardShift *shift;
  GPtrArray *counting; /* (element-type LanyardShiftSummaryRow): row only has its printer */
} LanyardShiftSummary;

/* @before: (nullable): the close of the shift before */
LanyardShiftSummary *lanyard_shift_summary_new (const LanyardRecord *before);
/* @summary: (nullable) */
void lanyard_shift_summary_free (LanyardShiftSummary *summary);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardShiftSummary, lanyard_shift_summary_free)

/* Takes the next record; the close ends it, and what comes after is of another shift. Total. */
void lanyard_shift_summary_take (LanyardShiftSummary *summary, const LanyardRecord *record);
/* Returns: badges of which nobody knew at the close whether they came out */
guint lanyard_shift_summary_count_open (const LanyardShiftSummary *summary);

G_END_DECLS
