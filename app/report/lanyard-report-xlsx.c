/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * A workbook of one sheet. Every text is written as a string and never as what a spreadsheet would
 * reckon; libxlsxwriter's own temporary files stand in the folder of the workbook and nowhere else.
 */

#define G_LOG_DOMAIN "lanyard-report"

#include "lanyard-report-file.h"

#include <errno.h>
#include <xlsxwriter.h>

#include "lanyard-error.h"

/* Longer texts are refused by the format. */
#define MAX_CHARS 32767
#define WIDTH_CHARS 20

typedef struct
{
  const LanyardReport *report; /* borrowed */
  lxw_workbook *book;
  lxw_worksheet *sheet;
  lxw_format *time;
  lxw_format *head;
  lxw_row_t line;
  lxw_col_t column;
} Sheet;

/* @text: (nullable) */
static void
add_text (Sheet *sheet, const char *text)
{
  g_autofree char *short_text = NULL;

  if (text != NULL && g_utf8_strlen (text, -1) > MAX_CHARS)
    text = short_text = g_utf8_substring (text, 0, MAX_CHARS);
  if (text != NULL && *text != '\0')
    worksheet_write_string (sheet->sheet, sheet->line, sheet->column, text, NULL);
  sheet->column++;
}

static void
add_time (Sheet *sheet, gint64 at_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = utc != NULL && sheet->report->zone != NULL
                                    ? g_date_time_to_timezone (utc, sheet->report->zone)
                                    : NULL;
  GDateTime *at = local != NULL ? local : utc;
  lxw_datetime when = { 0 };

  if (at != NULL)
    {
      when.year = g_date_time_get_year (at);
      when.month = g_date_time_get_month (at);
      when.day = g_date_time_get_day_of_month (at);
      when.hour = g_date_time_get_hour (at);
      when.min = g_date_time_get_minute (at);
      when.sec = g_date_time_get_second (at);
      worksheet_write_datetime (sheet->sheet, sheet->line, sheet->column, &when, sheet->time);
    }
  sheet->column++;
}

static void
add_head (Sheet *sheet)
{
  guint n;
  const LanyardReportWord *words = lanyard_report_get_columns (sheet->report, &n);

  for (guint i = 0; i < n; i++)
    worksheet_write_string (sheet->sheet, 0, (lxw_col_t)i,
                            lanyard_report_say (sheet->report, words[i]), sheet->head);
  worksheet_set_column (sheet->sheet, 0, (lxw_col_t)(n - 1), WIDTH_CHARS, NULL);
  worksheet_freeze_panes (sheet->sheet, 1, 0);
  worksheet_autofilter (sheet->sheet, 0, 0, sheet->report->rows->len, (lxw_col_t)(n - 1));
  if (sheet->report->from_right)
    worksheet_right_to_left (sheet->sheet);
}

static void
add_row (Sheet *sheet, const LanyardReportRow *row)
{
  const LanyardReport *report = sheet->report;
  const LanyardDayRow *day = row->row;

  sheet->line++;
  sheet->column = 0;
  add_time (sheet, day->began_us);
  add_time (sheet, day->changed_us);
  add_text (sheet, lanyard_report_say (report, LANYARD_REPORT_KINDS + day->kind));
  add_text (sheet, lanyard_report_say (report, lanyard_report_word_for_state (day->state)));
  add_text (sheet, lanyard_report_get_reason (report, day));
  add_text (sheet, day->number);
  add_text (sheet, day->serial);
  add_text (sheet, lanyard_report_get_category (report, day->category));
  add_text (sheet, day->staff);
  add_text (sheet,
            lanyard_report_say (report, row->waits ? LANYARD_REPORT_NO : LANYARD_REPORT_YES));
  add_text (sheet,
            lanyard_report_say (report, row->disputed ? LANYARD_REPORT_YES : LANYARD_REPORT_NO));
  if (report->names)
    add_text (sheet, row->name);
}

gboolean
lanyard_report_write_xlsx (const LanyardReport *report, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  lxw_workbook_options options = { .constant_memory = LXW_TRUE, .tmpdir = folder };
  Sheet sheet = { .report = report };
  lxw_error code;
  int number;

  g_return_val_if_fail (report != NULL && path != NULL, FALSE);

  sheet.book = workbook_new_opt (path, &options);
  sheet.sheet = sheet.book != NULL ? workbook_add_worksheet (sheet.book, NULL) : NULL;
  if (sheet.sheet == NULL)
    {
      number = errno;
      if (sheet.book != NULL)
        lxw_workbook_free (sheet.book);
      g_set_error (error, LANYARD_ERROR, number == ENOSPC ? LANYARD_ERROR_FULL : LANYARD_ERROR_IO,
                   "The workbook could not be begun in %s: %s; try another folder.", folder,
                   g_strerror (number));
      return FALSE;
    }
  sheet.time = workbook_add_format (sheet.book);
  format_set_num_format (sheet.time, "yyyy-mm-dd hh:mm:ss");
  sheet.head = workbook_add_format (sheet.book);
  format_set_bold (sheet.head);
  add_head (&sheet);
  for (guint i = 0; i < report->rows->len; i++)
    add_row (&sheet, g_ptr_array_index (report->rows, i));
  errno = 0;
  code = workbook_close (sheet.book);
  number = errno;
  if (code == LXW_NO_ERROR)
    return TRUE;
  g_set_error (error, LANYARD_ERROR,
               number == ENOSPC || number == EFBIG ? LANYARD_ERROR_FULL : LANYARD_ERROR_IO,
               "The workbook could not be written in %s: %s; make room, or choose another folder.",
               folder, lxw_strerror (code));
  return FALSE;
}
