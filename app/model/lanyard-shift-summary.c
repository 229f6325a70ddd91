/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-shift-summary.h"

#include "lanyard-fault.h"
#include "lanyard-shift-private.h"

static void
free_row (gpointer data)
{
  LanyardShiftSummaryRow *row = data;

  lanyard_shift_row_free (row->row);
  g_free (row);
}

static LanyardShiftSummaryRow *
find_row (GPtrArray *rows, const char *printer)
{
  for (guint i = 0; i < rows->len; i++)
    {
      LanyardShiftSummaryRow *row = g_ptr_array_index (rows, i);

      if (g_str_equal (row->row->count.printer, printer))
        return row;
    }
  return NULL;
}

static LanyardShiftSummaryRow *
add_row (GPtrArray *rows, const LanyardShiftCount *count)
{
  LanyardShiftSummaryRow *row = g_new0 (LanyardShiftSummaryRow, 1);

  row->row = lanyard_shift_row_new (count);
  g_ptr_array_add (rows, row);
  return row;
}

/* The printers at the beginning: what the close before left in them. */
static void
begin (LanyardShiftSummary *summary, const LanyardRecord *before)
{
  GPtrArray *counts;

  lanyard_shift_take (summary->shift, before);
  counts = lanyard_shift_get_counts (summary->shift);
  for (guint i = 0; i < counts->len; i++)
    {
      const LanyardShiftCount *count = g_ptr_array_index (counts, i);
      LanyardShiftSummaryRow *row = add_row (summary->counting, count);

      row->knows_first = count->knows_left;
      row->first = count->left;
    }
  summary->began_us = before->wall_us;
}

/* Somebody counted by hand: what the reckoning was wrong by. */
static void
take_counted (LanyardShiftSummary *summary, const LanyardRecord *record)
{
  g_auto (LanyardShiftBody) body = { 0 };
  const LanyardShiftCount *count;
  LanyardShiftSummaryRow *row;
  const char *printer;
  gint reckoned;

  lanyard_shift_body_read (&body, record);
  printer
      = body.printer != NULL && *body.printer != '\0' ? body.printer : LANYARD_PRINTER_NAME_ONLY;
  count = lanyard_shift_find (summary->shift, printer);
  if (count == NULL || !count->knows_left || lanyard_fault ("count-not-told"))
    return;
  reckoned = count->left;
  row = find_row (summary->counting, printer);
  if (row == NULL)
    row = add_row (summary->counting, count);
  row->corrected += (gint)body.cards - reckoned;
}

/* A close does not say it: it is what the other numbers leave. */
static guint
count_open (const LanyardShiftCount *count)
{
  guint ended = count->confirmed + count->voided;

  return count->allocated > ended ? count->allocated - ended : 0;
}

/* A printer that was empty, or of which nothing was known, and then got its first cards, began with
 * none that anybody knows of. */
static void
end (LanyardShiftSummary *summary, const LanyardRecord *record)
{
  g_auto (LanyardShiftBody) body = { 0 };

  lanyard_shift_body_read (&body, record);
  summary->staff = g_steal_pointer (&body.staff);
  summary->closed_us = record->wall_us;
  for (guint i = 0; body.rows != NULL && i < body.rows->len; i++)
    {
      const LanyardShiftRow *closed = g_ptr_array_index (body.rows, i);
      const LanyardShiftSummaryRow *known = find_row (summary->counting, closed->count.printer);
      LanyardShiftSummaryRow *row = add_row (summary->rows, &closed->count);

      row->row->count.open = count_open (&closed->count);
      row->row->knows_lifetime = closed->knows_lifetime;
      row->row->lifetime = closed->lifetime;
      row->row->note = closed->note;
      row->knows_first = known != NULL && known->knows_first;
      row->first = known != NULL ? known->first : 0;
      row->corrected = known != NULL ? known->corrected : 0;
    }
}

LanyardShiftSummary *
lanyard_shift_summary_new (const LanyardRecord *before)
{
  LanyardShiftSummary *summary = g_new0 (LanyardShiftSummary, 1);

  summary->rows = g_ptr_array_new_with_free_func (free_row);
  summary->counting = g_ptr_array_new_with_free_func (free_row);
  summary->shift = lanyard_shift_new ();
  if (before != NULL)
    begin (summary, before);
  return summary;
}

void
lanyard_shift_summary_free (LanyardShiftSummary *summary)
{
  if (summary == NULL)
    return;
  g_ptr_array_unref (summary->rows);
  g_ptr_array_unref (summary->counting);
  lanyard_shift_free (summary->shift);
  g_free (summary->staff);
  g_free (summary);
}

void
lanyard_shift_summary_take (LanyardShiftSummary *summary, const LanyardRecord *record)
{
  g_return_if_fail (summary != NULL && record != NULL);

  if (summary->closed_us != 0)
    return;
  summary->last = (LanyardShiftRecord){ record->device, record->epoch, record->seq, record->hash };
  if (summary->n_records++ == 0)
    summary->first = summary->last;
  if (summary->began_us == 0)
    summary->began_us = record->wall_us;
  if (record->kind == LANYARD_RECORD_CARDS_COUNTED)
    take_counted (summary, record);
  if (record->kind == LANYARD_RECORD_SHIFT_CLOSED)
    end (summary, record);
  lanyard_shift_take (summary->shift, record);
}

guint
lanyard_shift_summary_count_open (const LanyardShiftSummary *summary)
{
  guint n = 0;

  g_return_val_if_fail (summary != NULL, 0);

  for (guint i = 0; i < summary->rows->len; i++)
    n += ((const LanyardShiftSummaryRow *)g_ptr_array_index (summary->rows, i))->row->count.open;
  return n;
}
