/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A closed shift on paper: what became of the cards, whether the printers agree, what was open, and
 * where in the journal it stands. */

#define G_LOG_DOMAIN "lanyard-report"

#include "lanyard-report-shift.h"

#include "lanyard-report-file.h"
#include "lanyard-report-parts.h"

/* pt: from here a hash has room behind the longest name of a record. */
#define HASH_X 185
/* What says where in the journal the shift stands, and how to check it, is not torn apart. */
#define JOURNAL_HEIGHT 105
#define TIME_FORMAT "\u2066%Y-%m-%d %H:%M %Z\u2069"

const char *
lanyard_report_get_note (const LanyardReport *report, LanyardShiftNote note)
{
  switch (note)
    {
    case LANYARD_SHIFT_NOTE_TEST_PRINTS:
      return lanyard_report_say (report, LANYARD_REPORT_TEST_PRINTS);
    case LANYARD_SHIFT_NOTE_JAMMED_CARDS:
      return lanyard_report_say (report, LANYARD_REPORT_JAMMED_CARDS);
    case LANYARD_SHIFT_NOTE_SHARED:
      return lanyard_report_say (report, LANYARD_REPORT_SHARED);
    case LANYARD_SHIFT_NOTE_COUNTER_RESET:
      return lanyard_report_say (report, LANYARD_REPORT_COUNTER_RESET);
    case LANYARD_SHIFT_NOTE_NOT_FOUND:
      return lanyard_report_say (report, LANYARD_REPORT_NOT_FOUND);
    case LANYARD_SHIFT_NOTE_NONE:
    default:
      return "";
    }
}

static void
write_head (LanyardPaper *paper)
{
  const LanyardReport *report = paper->report;
  const LanyardShiftSummary *shift = report->shift;
  g_autofree char *began = lanyard_report_dup_time (report, shift->began_us, TIME_FORMAT);
  g_autofree char *closed = lanyard_report_dup_time (report, shift->closed_us, TIME_FORMAT);
  g_autofree char *made = lanyard_report_dup_time (report, report->made_us, TIME_FORMAT);

  lanyard_paper_head (paper, LANYARD_REPORT_SHIFT);
  lanyard_paper_pair (paper, LANYARD_REPORT_SHIFT_BEGAN, began);
  lanyard_paper_pair (paper, LANYARD_REPORT_SHIFT_CLOSED, closed);
  lanyard_paper_pair (paper, LANYARD_REPORT_CLOSED_BY, shift->staff);
  lanyard_paper_pair (paper, LANYARD_REPORT_MADE, made);
  lanyard_paper_pair (paper, LANYARD_REPORT_BY_STAFF, report->staff);
}

static char *
dup_number (gboolean known, gint64 number)
{
  return known ? g_strdup_printf ("\u2066%" G_GINT64_FORMAT "\u2069", number) : g_strdup ("–");
}

/* Returns: (transfer full): what the row of @word says of one printer */
static char *
dup_cell (const LanyardReport *report, guint index, LanyardReportWord word)
{
  const LanyardShiftSummaryRow *row = g_ptr_array_index (report->shift->rows, index);
  const LanyardShiftCount *count = &row->row->count;
  LanyardReconciliation result
      = lanyard_shift_reconcile (count, row->row->knows_lifetime, row->row->lifetime);

  switch (word)
    {
    case LANYARD_REPORT_PRINTER:
      return g_strdup (count->printer);
    case LANYARD_REPORT_ALLOCATED:
      return dup_number (TRUE, count->allocated);
    case LANYARD_REPORT_CONFIRMED:
      return dup_number (TRUE, count->confirmed);
    case LANYARD_REPORT_VOIDED:
      return dup_number (TRUE, count->voided);
    case LANYARD_REPORT_OPEN:
      return dup_number (TRUE, count->open);
    case LANYARD_REPORT_FIRST_CARDS:
      return dup_number (row->knows_first, row->first);
    case LANYARD_REPORT_LOADED:
      return dup_number (TRUE, count->loaded);
    case LANYARD_REPORT_USED:
      return dup_number (TRUE, count->handed);
    case LANYARD_REPORT_SPOILED:
      return dup_number (TRUE, count->spoiled);
    case LANYARD_REPORT_JAMMED:
      return dup_number (TRUE, count->jammed);
    case LANYARD_REPORT_CORRECTED:
      return dup_number (TRUE, row->corrected);
    case LANYARD_REPORT_LEFT:
      return dup_number (count->knows_left, count->left);
    case LANYARD_REPORT_BY_RECORDS:
      return dup_number (TRUE, result.expected);
    case LANYARD_REPORT_BY_PRINTER:
      return dup_number (result.compared, result.counted);
    case LANYARD_REPORT_DIFFERENCE:
      return dup_number (result.compared, result.difference);
    case LANYARD_REPORT_EXPLANATION:
    default:
      return g_strdup (lanyard_report_get_note (report, row->row->note));
    }
}

static void
write_cards (LanyardPaper *paper)
{
  static const LanyardReportWord words[]
      = { LANYARD_REPORT_PRINTER, LANYARD_REPORT_ALLOCATED, LANYARD_REPORT_CONFIRMED,
          LANYARD_REPORT_VOIDED,  LANYARD_REPORT_OPEN,      LANYARD_REPORT_FIRST_CARDS,
          LANYARD_REPORT_LOADED,  LANYARD_REPORT_USED,      LANYARD_REPORT_SPOILED,
          LANYARD_REPORT_JAMMED,  LANYARD_REPORT_CORRECTED, LANYARD_REPORT_LEFT };

  if (paper->report->shift->rows->len == 0)
    return;
  lanyard_paper_section (paper, lanyard_paper_say (paper, LANYARD_REPORT_STOCK));
  lanyard_paper_printers (paper, words, G_N_ELEMENTS (words), paper->report->shift->rows->len,
                          dup_cell);
}

/* What was chosen when the two differed, in a line of its own: the words are too long for a column.
 */
static void
write_explanations (LanyardPaper *paper)
{
  GPtrArray *rows = paper->report->shift->rows;

  for (guint i = 0; i < rows->len; i++)
    {
      const LanyardShiftSummaryRow *row = g_ptr_array_index (rows, i);
      g_autofree char *text
          = g_strdup_printf ("\u2068%s\u2069: %s", row->row->count.printer,
                             lanyard_report_get_note (paper->report, row->row->note));

      if (row->row->note == LANYARD_SHIFT_NOTE_NONE)
        continue;
      lanyard_paper_need (paper, 20);
      lanyard_paper_pair (paper, LANYARD_REPORT_EXPLANATION, text);
    }
}

static void
write_comparison (LanyardPaper *paper)
{
  static const LanyardReportWord words[] = { LANYARD_REPORT_PRINTER, LANYARD_REPORT_BY_RECORDS,
                                             LANYARD_REPORT_BY_PRINTER, LANYARD_REPORT_DIFFERENCE };

  if (paper->report->shift->rows->len == 0)
    return;
  lanyard_paper_section (paper, lanyard_paper_say (paper, LANYARD_REPORT_COMPARED));
  lanyard_paper_printers (paper, words, G_N_ELEMENTS (words), paper->report->shift->rows->len,
                          dup_cell);
  write_explanations (paper);
}

static void
write_unknown (LanyardPaper *paper)
{
  static const LanyardReportWord words[]
      = { LANYARD_REPORT_OPEN, LANYARD_REPORT_DISPUTED, LANYARD_REPORT_WAITING };
  const LanyardReport *report = paper->report;
  const guint numbers[]
      = { lanyard_shift_summary_count_open (report->shift), report->disputed, report->waiting };

  lanyard_paper_section (paper, lanyard_paper_say (paper, LANYARD_REPORT_UNKNOWN));
  lanyard_paper_numbers (paper, words, numbers, G_N_ELEMENTS (words));
}

static void
write_record (LanyardPaper *paper, LanyardReportWord word, const LanyardShiftRecord *record)
{
  g_autofree char *hash = lanyard_hex_encode (record->hash.bytes, LANYARD_HASH_BYTES);
  g_autofree char *id = g_strdup_printf ("\u2066%u-%u-%" G_GUINT64_FORMAT "\u2069", record->device,
                                         record->epoch, record->seq);

  lanyard_paper_need (paper, 20);
  lanyard_paper_write (paper, HASH_X, LANYARD_PAPER_INNER - HASH_X, LANYARD_PAPER_SMALL, 1, hash);
  lanyard_paper_pair (paper, word, id);
}

static void
write_journal (LanyardPaper *paper)
{
  const LanyardReport *report = paper->report;

  lanyard_paper_need (paper, JOURNAL_HEIGHT);
  lanyard_paper_section (paper, lanyard_paper_say (paper, LANYARD_REPORT_JOURNAL));
  write_record (paper, LANYARD_REPORT_FIRST_RECORD, &report->shift->first);
  write_record (paper, LANYARD_REPORT_LAST_RECORD, &report->shift->last);
  if (report->key == NULL)
    return;
  paper->y += 4;
  paper->y += lanyard_paper_write (paper, 0, LANYARD_PAPER_INNER, LANYARD_PAPER_SMALL, 0,
                                   lanyard_paper_say (paper, LANYARD_REPORT_SIGNED));
  paper->y += lanyard_paper_write (paper, 0, LANYARD_PAPER_INNER, LANYARD_PAPER_SMALL, 0,
                                   "\u2066lanyard shift verify --trust trust.cbor --root-key HEX "
                                   "FILE.sig\u2069");
}

static void
write_all (LanyardPaper *paper)
{
  write_head (paper);
  write_cards (paper);
  write_comparison (paper);
  write_unknown (paper);
  write_journal (paper);
}

GBytes *
lanyard_report_shift_make_pdf (const LanyardReport *report)
{
  g_return_val_if_fail (report != NULL && report->shift != NULL, NULL);

  return lanyard_paper_print (report, LANYARD_REPORT_SHIFT, write_all);
}
