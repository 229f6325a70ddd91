/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* CSV as RFC 4180 has it, in UTF-8 with the mark by which spreadsheets know that. It says what the
 * workbook says, for people; what programs read is JSON. */

#define G_LOG_DOMAIN "lanyard-report"

#include "lanyard-report-file.h"

#include <string.h>

#define MARK "\xef\xbb\xbf"
#define TIME_FORMAT "%Y-%m-%dT%H:%M:%S%:z"

/* What a spreadsheet would take for the beginning of a formula, also in its wide forms. */
static gboolean
begins_formula (const char *text)
{
  static const char *const beginnings[]
      = { "=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20" };

  for (guint i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (g_str_has_prefix (text, beginnings[i]))
      return TRUE;
  return FALSE;
}

/* @text: (nullable) */
static void
add_field (GString *line, const char *text)
{
  if (line->len > 0)
    g_string_append_c (line, ',');
  if (text == NULL)
    return;
  if (!begins_formula (text) && strpbrk (text, ",\"\r\n") == NULL)
    {
      g_string_append (line, text);
      return;
    }
  g_string_append_c (line, '"');
  if (begins_formula (text))
    g_string_append_c (line, '\'');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (line, '"');
      g_string_append_c (line, *c);
    }
  g_string_append_c (line, '"');
}

static void
add_row (const LanyardReport *report, GString *line, const LanyardReportRow *row)
{
  const LanyardDayRow *day = row->row;
  g_autofree char *began = lanyard_report_dup_time (report, day->began_us, TIME_FORMAT);
  g_autofree char *changed = lanyard_report_dup_time (report, day->changed_us, TIME_FORMAT);

  add_field (line, began);
  add_field (line, changed);
  add_field (line, lanyard_report_say (report, LANYARD_REPORT_KINDS + day->kind));
  add_field (line, lanyard_report_say (report, lanyard_report_word_for_state (day->state)));
  add_field (line, lanyard_report_get_reason (report, day));
  add_field (line, day->number);
  add_field (line, day->serial);
  add_field (line, lanyard_report_get_category (report, day->category));
  add_field (line, day->staff);
  add_field (line,
             lanyard_report_say (report, row->waits ? LANYARD_REPORT_NO : LANYARD_REPORT_YES));
  add_field (line,
             lanyard_report_say (report, row->disputed ? LANYARD_REPORT_YES : LANYARD_REPORT_NO));
  if (report->names)
    add_field (line, row->name);
  g_string_append (line, "\r\n");
}

gboolean
lanyard_report_write_csv (const LanyardReport *report, GOutputStream *out, GError **error)
{
  g_autoptr (GString) line = g_string_new (NULL);
  guint n_columns;
  const LanyardReportWord *columns;

  g_return_val_if_fail (report != NULL && out != NULL, FALSE);

  columns = lanyard_report_get_columns (report, &n_columns);
  for (guint i = 0; i < n_columns; i++)
    add_field (line, lanyard_report_say (report, columns[i]));
  g_string_prepend (line, MARK);
  g_string_append (line, "\r\n");
  if (!g_output_stream_write_all (out, line->str, line->len, NULL, NULL, error))
    return FALSE;
  for (guint i = 0; i < report->rows->len; i++)
    {
      g_string_truncate (line, 0);
      add_row (report, line, g_ptr_array_index (report->rows, i));
      if (!g_output_stream_write_all (out, line->str, line->len, NULL, NULL, error))
        return FALSE;
    }
  return TRUE;
}
