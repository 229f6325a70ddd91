/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-print-reasons.h"

#include <string.h>

/* How serious a word is. */
typedef enum
{
  ALWAYS, /* a fault even as a warning: it cannot be while a badge printer prints */
  ERROR,  /* a fault, or as a warning a warning */
  NEVER,  /* a warning however it is said */
} Weight;

typedef struct
{
  const char *keyword; /* without severity; "*-x": ends in "-x" */
  LanyardPrintFault fault;
  Weight weight;
} Reason;

/* In the order in which a person must mend them; of two that fit the first counts. What cannot be
 * while a badge printer prints counts as a warning too: printers differ in what they call an error,
 * and this kind has one tray. Keywords: RFC 8011 §5.4.12, PWG 5100.9 §5, and what CUPS adds. */
static const Reason printer_reasons[] = {
  { "cover-open", LANYARD_PRINT_FAULT_COVER_OPEN, ALWAYS },
  { "door-open", LANYARD_PRINT_FAULT_COVER_OPEN, ALWAYS },
  { "interlock-open", LANYARD_PRINT_FAULT_COVER_OPEN, ALWAYS },
  { "*-cover-open", LANYARD_PRINT_FAULT_COVER_OPEN, ALWAYS },
  { "*-door-open", LANYARD_PRINT_FAULT_COVER_OPEN, ALWAYS },
  { "*-interlock-open", LANYARD_PRINT_FAULT_COVER_OPEN, ALWAYS },
  { "media-jam", LANYARD_PRINT_FAULT_MEDIA_JAM, ALWAYS },
  { "*-jam", LANYARD_PRINT_FAULT_MEDIA_JAM, ALWAYS },
  { "output-area-full", LANYARD_PRINT_FAULT_OUTPUT_FULL, ALWAYS },
  { "media-path-media-tray-full", LANYARD_PRINT_FAULT_OUTPUT_FULL, ALWAYS },
  { "output-mailbox-full", LANYARD_PRINT_FAULT_OUTPUT_FULL, ERROR },
  { "input-tray-missing", LANYARD_PRINT_FAULT_TRAY_MISSING, ALWAYS },
  { "output-tray-missing", LANYARD_PRINT_FAULT_TRAY_MISSING, ALWAYS },
  { "media-path-media-tray-missing", LANYARD_PRINT_FAULT_TRAY_MISSING, ALWAYS },
  { "input-tray-position-failure", LANYARD_PRINT_FAULT_TRAY_MISSING, ERROR },
  { "media-empty", LANYARD_PRINT_FAULT_MEDIA_EMPTY, ALWAYS },
  { "media-needed", LANYARD_PRINT_FAULT_MEDIA_EMPTY, ALWAYS },
  { "input-manual-input-request", LANYARD_PRINT_FAULT_MEDIA_EMPTY, ALWAYS },
  { "input-media-size-change", LANYARD_PRINT_FAULT_MEDIA_WRONG, ERROR },
  { "input-media-type-change", LANYARD_PRINT_FAULT_MEDIA_WRONG, ERROR },
  { "input-media-color-change", LANYARD_PRINT_FAULT_MEDIA_WRONG, ERROR },
  { "input-media-weight-change", LANYARD_PRINT_FAULT_MEDIA_WRONG, ERROR },
  { "input-media-form-parts-change", LANYARD_PRINT_FAULT_MEDIA_WRONG, ERROR },
  { "input-cannot-feed-size-selected", LANYARD_PRINT_FAULT_MEDIA_WRONG, ERROR },
  { "media-path-cannot-duplex-media-selected", LANYARD_PRINT_FAULT_MEDIA_WRONG, ERROR },
  { "marker-waste-full", LANYARD_PRINT_FAULT_WASTE_FULL, ERROR },
  { "marker-waste-ink-receptacle-full", LANYARD_PRINT_FAULT_WASTE_FULL, ERROR },
  { "marker-waste-toner-receptacle-full", LANYARD_PRINT_FAULT_WASTE_FULL, ERROR },
  { "marker-supply-empty", LANYARD_PRINT_FAULT_RIBBON, ERROR },
  { "marker-supply-missing", LANYARD_PRINT_FAULT_RIBBON, ERROR },
  { "marker-ribbon-empty", LANYARD_PRINT_FAULT_RIBBON, ERROR },
  { "marker-ribbon-out", LANYARD_PRINT_FAULT_RIBBON, ERROR },
  { "marker-print-ribbon-empty", LANYARD_PRINT_FAULT_RIBBON, ERROR },
  { "marker-print-ribbon-missing", LANYARD_PRINT_FAULT_RIBBON, ERROR },
  { "marker-ink-empty", LANYARD_PRINT_FAULT_RIBBON, ERROR },
  { "marker-ink-missing", LANYARD_PRINT_FAULT_RIBBON, ERROR },
  { "marker-toner-empty", LANYARD_PRINT_FAULT_RIBBON, ERROR },
  { "marker-toner-missing", LANYARD_PRINT_FAULT_RIBBON, ERROR },
  { "marker-toner-cartridge-missing", LANYARD_PRINT_FAULT_RIBBON, ERROR },
  { "toner-empty", LANYARD_PRINT_FAULT_RIBBON, ERROR },
  { "developer-empty", LANYARD_PRINT_FAULT_RIBBON, ERROR },
  { "marker-developer-empty", LANYARD_PRINT_FAULT_RIBBON, ERROR },
  { "fuser-over-temp", LANYARD_PRINT_FAULT_HOT, ERROR },
  { "*-over-temperature", LANYARD_PRINT_FAULT_HOT, ERROR },
  { "*-cooling-down", LANYARD_PRINT_FAULT_HOT, ERROR },
  { "spool-area-full", LANYARD_PRINT_FAULT_SPOOL_FULL, ERROR },
  { "*-memory-exhausted", LANYARD_PRINT_FAULT_SPOOL_FULL, ERROR },
  { "fuser-under-temp", LANYARD_PRINT_FAULT_SERVICE, ERROR },
  { "opc-life-over", LANYARD_PRINT_FAULT_SERVICE, ERROR },
  { "*-life-over", LANYARD_PRINT_FAULT_SERVICE, ERROR },
  { "*-motor-failure", LANYARD_PRINT_FAULT_SERVICE, ERROR },
  { "*-unrecoverable-failure", LANYARD_PRINT_FAULT_SERVICE, ERROR },
  { "*-thermistor-failure", LANYARD_PRINT_FAULT_SERVICE, ERROR },
  { "*-timing-failure", LANYARD_PRINT_FAULT_SERVICE, ERROR },
  { "*-elevation-failure", LANYARD_PRINT_FAULT_SERVICE, ERROR },
  { "offline", LANYARD_PRINT_FAULT_OFFLINE, ERROR },
  { "timed-out", LANYARD_PRINT_FAULT_OFFLINE, ERROR },
  { "shutdown", LANYARD_PRINT_FAULT_OFFLINE, ERROR },
  { "power-down", LANYARD_PRINT_FAULT_OFFLINE, ERROR },
  { "*-offline", LANYARD_PRINT_FAULT_OFFLINE, ERROR },
  { "*-turned-off", LANYARD_PRINT_FAULT_OFFLINE, ERROR },
  { "paused", LANYARD_PRINT_FAULT_PAUSED, ERROR },
  { "moving-to-paused", LANYARD_PRINT_FAULT_PAUSED, ERROR },
  { "deactivated", LANYARD_PRINT_FAULT_PAUSED, ERROR },
  { "hold-new-jobs", LANYARD_PRINT_FAULT_PAUSED, ERROR },

  { "connecting-to-device", LANYARD_PRINT_FAULT_CONNECTING, NEVER },
  { "media-low", LANYARD_PRINT_FAULT_MEDIA_LOW, NEVER },
  { "marker-supply-low", LANYARD_PRINT_FAULT_RIBBON_LOW, NEVER },
  { "toner-low", LANYARD_PRINT_FAULT_RIBBON_LOW, NEVER },
  { "developer-low", LANYARD_PRINT_FAULT_RIBBON_LOW, NEVER },
  { "marker-ink-almost-empty", LANYARD_PRINT_FAULT_RIBBON_LOW, NEVER },
  { "marker-toner-almost-empty", LANYARD_PRINT_FAULT_RIBBON_LOW, NEVER },
  { "marker-print-ribbon-almost-empty", LANYARD_PRINT_FAULT_RIBBON_LOW, NEVER },
  { "marker-developer-almost-empty", LANYARD_PRINT_FAULT_RIBBON_LOW, NEVER },
  { "marker-waste-almost-full", LANYARD_PRINT_FAULT_WASTE_HIGH, NEVER },
  { "marker-waste-ink-receptacle-almost-full", LANYARD_PRINT_FAULT_WASTE_HIGH, NEVER },
  { "marker-waste-toner-receptacle-almost-full", LANYARD_PRINT_FAULT_WASTE_HIGH, NEVER },
  { "output-area-almost-full", LANYARD_PRINT_FAULT_OUTPUT_HIGH, NEVER },
  { "media-path-media-tray-almost-full", LANYARD_PRINT_FAULT_OUTPUT_HIGH, NEVER },
  { "opc-near-eol", LANYARD_PRINT_FAULT_WORN, NEVER },
  { "*-life-almost-over", LANYARD_PRINT_FAULT_WORN, NEVER },
};

#define N_REASONS G_N_ELEMENTS (printer_reasons)

static gboolean
fits (const char *word, gsize n_bytes, const char *keyword)
{
  gsize n_keyword = strlen (keyword);

  if (*keyword != '*')
    return n_keyword == n_bytes && strncmp (word, keyword, n_bytes) == 0;
  n_keyword--;
  return n_bytes > n_keyword && strncmp (word + n_bytes - n_keyword, keyword + 1, n_keyword) == 0;
}

/* Returns: place in printer_reasons; N_REASONS: not among them */
static guint
find_reason (const char *word, gsize n_bytes)
{
  guint i = 0;

  while (i < N_REASONS && !fits (word, n_bytes, printer_reasons[i].keyword))
    i++;
  return i;
}

/* What one keyword means. */
typedef struct
{
  guint place; /* in printer_reasons */
  gboolean is_fault, is_warning;
} Meaning;

static Meaning
mean (const char *reason)
{
  gsize n_bytes = strlen (reason);
  gboolean error = g_str_has_suffix (reason, "-error");
  gboolean warning = g_str_has_suffix (reason, "-warning");
  Meaning meaning = { N_REASONS, FALSE, FALSE };

  if (g_str_has_suffix (reason, "-report"))
    return meaning;
  if (error || warning)
    n_bytes -= strlen (error ? "-error" : "-warning");
  meaning.place = find_reason (reason, n_bytes);
  if (meaning.place == N_REASONS)
    {
      meaning.is_fault = error;
      meaning.is_warning = warning;
      return meaning;
    }
  meaning.is_fault = printer_reasons[meaning.place].weight == ALWAYS
                     || (printer_reasons[meaning.place].weight == ERROR && !warning);
  meaning.is_warning = !meaning.is_fault;
  return meaning;
}

static void
apply_place (guint place, gboolean is_fault, LanyardPrinterCondition *condition)
{
  LanyardPrintFault fault
      = place < N_REASONS ? printer_reasons[place].fault : LANYARD_PRINT_FAULT_OTHER;

  if (is_fault)
    lanyard_printer_condition_add_fault (condition, fault);
  else
    lanyard_printer_condition_add_warning (condition, fault);
}

void
lanyard_print_reasons_apply (const char *const *reasons, LanyardPrinterCondition *condition)
{
  gboolean is_fault[N_REASONS + 1] = { FALSE }, is_warning[N_REASONS + 1] = { FALSE };

  g_return_if_fail (condition != NULL);

  for (guint i = 0; reasons != NULL && reasons[i] != NULL; i++)
    {
      Meaning meaning = mean (reasons[i]);

      is_fault[meaning.place] |= meaning.is_fault;
      is_warning[meaning.place] |= meaning.is_warning;
    }
  for (guint i = 0; i <= N_REASONS; i++)
    {
      if (is_fault[i])
        apply_place (i, TRUE, condition);
      if (is_warning[i])
        apply_place (i, FALSE, condition);
    }
  if (condition->stopped && condition->n_faults == 0)
    lanyard_printer_condition_add_fault (condition, LANYARD_PRINT_FAULT_OTHER);
}

LanyardPrintFault
lanyard_print_fault_from_reasons (const char *const *reasons, gboolean stopped)
{
  g_autoptr (LanyardPrinterCondition) condition = lanyard_printer_condition_new ();

  condition->stopped = stopped;
  lanyard_print_reasons_apply (reasons, condition);
  return condition->fault;
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
