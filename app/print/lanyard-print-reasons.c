/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-print-reasons.h"

#include <string.h>

/* In the order in which a person must mend them. What cannot be while a badge printer prints counts
 * as a warning too: printers differ in what they call an error, and this kind has one tray. */
static const struct
{
  const char *keyword; /* without severity */
  LanyardPrintFault fault;
  gboolean warning_counts;
} printer_reasons[] = {
  { "cover-open", LANYARD_PRINT_FAULT_COVER_OPEN, TRUE },
  { "door-open", LANYARD_PRINT_FAULT_COVER_OPEN, TRUE },
  { "interlock-open", LANYARD_PRINT_FAULT_COVER_OPEN, TRUE },
  { "interpreter-cover-open", LANYARD_PRINT_FAULT_COVER_OPEN, TRUE },
  { "media-jam", LANYARD_PRINT_FAULT_MEDIA_JAM, TRUE },
  { "output-area-full", LANYARD_PRINT_FAULT_OUTPUT_FULL, TRUE },
  { "output-mailbox-full", LANYARD_PRINT_FAULT_OUTPUT_FULL, FALSE },
  { "media-empty", LANYARD_PRINT_FAULT_MEDIA_EMPTY, TRUE },
  { "media-needed", LANYARD_PRINT_FAULT_MEDIA_EMPTY, TRUE },
  { "input-tray-missing", LANYARD_PRINT_FAULT_MEDIA_EMPTY, TRUE },
  { "marker-supply-empty", LANYARD_PRINT_FAULT_RIBBON, FALSE },
  { "marker-supply-missing", LANYARD_PRINT_FAULT_RIBBON, FALSE },
  { "marker-ribbon-empty", LANYARD_PRINT_FAULT_RIBBON, FALSE },
  { "marker-ribbon-out", LANYARD_PRINT_FAULT_RIBBON, FALSE },
  { "marker-waste-full", LANYARD_PRINT_FAULT_RIBBON, FALSE },
  { "toner-empty", LANYARD_PRINT_FAULT_RIBBON, FALSE },
  { "offline", LANYARD_PRINT_FAULT_OFFLINE, FALSE },
  { "timed-out", LANYARD_PRINT_FAULT_OFFLINE, FALSE },
  { "shutdown", LANYARD_PRINT_FAULT_OFFLINE, FALSE },
  { "paused", LANYARD_PRINT_FAULT_PAUSED, FALSE },
  { "moving-to-paused", LANYARD_PRINT_FAULT_PAUSED, FALSE },
};

/* Where a word that is unknown here must be an error to count. */
#define UNKNOWN_RANK G_N_ELEMENTS (printer_reasons)
#define NO_RANK (UNKNOWN_RANK + 1)

static gboolean
is_keyword (const char *reason, gsize n_bytes, const char *keyword)
{
  return strlen (keyword) == n_bytes && strncmp (reason, keyword, n_bytes) == 0;
}

/* Lower is more urgent; NO_RANK: keeps nobody from printing. */
static guint
rank_of (const char *reason)
{
  gsize n_bytes = strlen (reason);
  gboolean error = g_str_has_suffix (reason, "-error");
  gboolean warning = g_str_has_suffix (reason, "-warning");

  if (g_str_has_suffix (reason, "-report"))
    return NO_RANK;
  if (error || warning)
    n_bytes -= strlen (error ? "-error" : "-warning");
  for (guint i = 0; i < G_N_ELEMENTS (printer_reasons); i++)
    if (is_keyword (reason, n_bytes, printer_reasons[i].keyword))
      return warning && !printer_reasons[i].warning_counts ? NO_RANK : i;
  return error ? UNKNOWN_RANK : NO_RANK;
}

LanyardPrintFault
lanyard_print_fault_from_reasons (const char *const *reasons, gboolean stopped)
{
  guint best = stopped ? UNKNOWN_RANK : NO_RANK;

  for (guint i = 0; reasons != NULL && reasons[i] != NULL; i++)
    best = MIN (best, rank_of (reasons[i]));
  if (best == NO_RANK)
    return LANYARD_PRINT_FAULT_NONE;
  return best == UNKNOWN_RANK ? LANYARD_PRINT_FAULT_OTHER : printer_reasons[best].fault;
}

LanyardPrintFault
lanyard_print_fault_from_job_reasons (const char *const *reasons)
{
  for (guint i = 0; reasons != NULL && reasons[i] != NULL; i++)
    {
      if (g_str_has_prefix (reasons[i], "job-canceled-"))
        return LANYARD_PRINT_FAULT_CANCELLED;
      if (g_str_equal (reasons[i], "document-format-error")
          || g_str_equal (reasons[i], "document-unprintable-error")
          || g_str_equal (reasons[i], "unsupported-attributes-or-values")
          || g_str_equal (reasons[i], "unsupported-document-format")
          || g_str_equal (reasons[i], "conflicting-attributes"))
        return LANYARD_PRINT_FAULT_REJECTED;
    }
  return LANYARD_PRINT_FAULT_OTHER;
}
