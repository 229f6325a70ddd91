/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-report"

#include "lanyard-report.h"

#include <sodium.h>
#include <string.h>

static void
free_row (gpointer data)
{
  LanyardReportRow *row = data;

  lanyard_day_row_free (row->row);
  if (row->name != NULL)
    sodium_memzero (row->name, strlen (row->name));
  g_free (row->name);
  g_free (row);
}

static void
free_count (gpointer count)
{
  lanyard_shift_count_free (count);
}

LanyardReport *
lanyard_report_new (void)
{
  LanyardReport *report = g_atomic_rc_box_new0 (LanyardReport);

  report->rows = g_ptr_array_new_with_free_func (free_row);
  report->labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  report->stock = g_ptr_array_new_with_free_func (free_count);
  return report;
}

LanyardReport *
lanyard_report_ref (LanyardReport *report)
{
  return g_atomic_rc_box_acquire (report);
}

static void
clear_report (gpointer data)
{
  LanyardReport *report = data;

  g_free (report->event);
  g_free (report->venue);
  g_free (report->desk);
  g_free (report->staff);
  g_free (report->language);
  g_clear_pointer (&report->zone, g_time_zone_unref);
  g_strfreev (report->words);
  g_ptr_array_unref (report->rows);
  g_hash_table_unref (report->labels);
  g_ptr_array_unref (report->stock);
  g_clear_pointer (&report->people, g_ptr_array_unref);
  g_clear_pointer (&report->shift, lanyard_shift_summary_free);
  g_clear_pointer (&report->key, lanyard_key_unref);
}

void
lanyard_report_unref (LanyardReport *report)
{
  g_atomic_rc_box_release_full (report, clear_report);
}

LanyardReportRow *
lanyard_report_add (LanyardReport *report, LanyardDayRow *row)
{
  LanyardReportRow *added = g_new0 (LanyardReportRow, 1);

  added->row = row;
  g_ptr_array_add (report->rows, added);
  return added;
}

const char *
lanyard_report_say (const LanyardReport *report, LanyardReportWord word)
{
  return report->words != NULL ? report->words[word] : lanyard_report_word_get_msgid (word);
}

char *
lanyard_report_dup_time (const LanyardReport *report, gint64 at_us, const char *format)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (at_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = NULL;

  if (utc != NULL)
    local = report->zone != NULL ? g_date_time_to_timezone (utc, report->zone)
                                 : g_date_time_ref (utc);
  return local != NULL ? g_date_time_format (local, format) : g_strdup ("");
}

const char *
lanyard_report_get_category (const LanyardReport *report, const char *code)
{
  const char *label = code != NULL ? g_hash_table_lookup (report->labels, code) : NULL;

  return label != NULL ? label : code != NULL ? code : "";
}

const char *
lanyard_report_get_reason (const LanyardReport *report, const LanyardDayRow *row)
{
  return row->void_reason != 0
             ? lanyard_report_say (report, lanyard_report_word_for_reason (row->void_reason))
             : "";
}

const char *
lanyard_day_kind_to_string (LanyardDayKind kind)
{
  static const char *const names[LANYARD_DAY_N_KINDS] = {
    [LANYARD_DAY_VISIT] = "no-badge",    [LANYARD_DAY_BADGE] = "badge",
    [LANYARD_DAY_REISSUE] = "reissue",   [LANYARD_DAY_CARD] = "card",
    [LANYARD_DAY_PASS] = "pass",         [LANYARD_DAY_VOID_OTHER] = "void-other",
    [LANYARD_DAY_DECISION] = "decision",
  };

  return names[MIN (kind, LANYARD_DAY_N_KINDS - 1)];
}
