/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-print-reasons.h"

typedef struct
{
  const char *reasons; /* separated by spaces */
  gboolean stopped;
  LanyardPrintFault fault;
} ReasonCase;

static const ReasonCase printer_cases[] = {
  { "", FALSE, LANYARD_PRINT_FAULT_NONE },
  { "none", FALSE, LANYARD_PRINT_FAULT_NONE },
  { "none", TRUE, LANYARD_PRINT_FAULT_OTHER },
  { "media-empty", FALSE, LANYARD_PRINT_FAULT_MEDIA_EMPTY },
  { "media-empty-error", FALSE, LANYARD_PRINT_FAULT_MEDIA_EMPTY },
  { "media-empty-warning", FALSE, LANYARD_PRINT_FAULT_MEDIA_EMPTY },
  { "media-empty-report", FALSE, LANYARD_PRINT_FAULT_NONE },
  { "media-low-warning", FALSE, LANYARD_PRINT_FAULT_NONE },
  { "media-low", FALSE, LANYARD_PRINT_FAULT_NONE },
  { "media-needed", FALSE, LANYARD_PRINT_FAULT_MEDIA_EMPTY },
  { "input-tray-missing-error", FALSE, LANYARD_PRINT_FAULT_MEDIA_EMPTY },
  { "media-jam-error", FALSE, LANYARD_PRINT_FAULT_MEDIA_JAM },
  { "media-jam-warning", FALSE, LANYARD_PRINT_FAULT_MEDIA_JAM },
  { "cover-open", FALSE, LANYARD_PRINT_FAULT_COVER_OPEN },
  { "door-open-error", TRUE, LANYARD_PRINT_FAULT_COVER_OPEN },
  { "interlock-open-error", TRUE, LANYARD_PRINT_FAULT_COVER_OPEN },
  { "marker-supply-empty-error", FALSE, LANYARD_PRINT_FAULT_RIBBON },
  { "marker-supply-empty-warning", FALSE, LANYARD_PRINT_FAULT_NONE },
  { "marker-supply-low-warning", FALSE, LANYARD_PRINT_FAULT_NONE },
  { "marker-waste-full-error", FALSE, LANYARD_PRINT_FAULT_RIBBON },
  { "toner-empty-error", FALSE, LANYARD_PRINT_FAULT_RIBBON },
  { "paused", TRUE, LANYARD_PRINT_FAULT_PAUSED },
  { "moving-to-paused", FALSE, LANYARD_PRINT_FAULT_PAUSED },
  { "output-area-full-error", FALSE, LANYARD_PRINT_FAULT_OUTPUT_FULL },
  { "output-area-almost-full-warning", FALSE, LANYARD_PRINT_FAULT_NONE },
  { "offline-report", FALSE, LANYARD_PRINT_FAULT_NONE },
  { "offline-error", FALSE, LANYARD_PRINT_FAULT_OFFLINE },
  { "timed-out", FALSE, LANYARD_PRINT_FAULT_OFFLINE },
  { "fuser-over-temp-error", FALSE, LANYARD_PRINT_FAULT_OTHER },
  { "com.example-unheard-of", FALSE, LANYARD_PRINT_FAULT_NONE },
  { "com.example-unheard-of", TRUE, LANYARD_PRINT_FAULT_OTHER },
  { "com.example-unheard-of-error", FALSE, LANYARD_PRINT_FAULT_OTHER },
  { "-error", FALSE, LANYARD_PRINT_FAULT_OTHER },
  { "media-jammed", FALSE, LANYARD_PRINT_FAULT_NONE },
  /* Of several, what must be mended first. */
  { "paused media-empty-error media-jam-error cover-open-error", TRUE,
    LANYARD_PRINT_FAULT_COVER_OPEN },
  { "paused media-empty-error media-jam-error", TRUE, LANYARD_PRINT_FAULT_MEDIA_JAM },
  { "fuser-over-temp-error paused", TRUE, LANYARD_PRINT_FAULT_PAUSED },
  { "media-low-warning toner-empty-error", FALSE, LANYARD_PRINT_FAULT_RIBBON },
};

static const ReasonCase job_cases[] = {
  { "", FALSE, LANYARD_PRINT_FAULT_OTHER },
  { "none", FALSE, LANYARD_PRINT_FAULT_OTHER },
  { "job-canceled-by-user", FALSE, LANYARD_PRINT_FAULT_CANCELLED },
  { "job-canceled-at-device", FALSE, LANYARD_PRINT_FAULT_CANCELLED },
  { "aborted-by-system", FALSE, LANYARD_PRINT_FAULT_OTHER },
  { "aborted-by-system document-format-error", FALSE, LANYARD_PRINT_FAULT_REJECTED },
  { "unsupported-attributes-or-values", FALSE, LANYARD_PRINT_FAULT_REJECTED },
};

static void
test_printer (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (printer_cases); i++)
    {
      g_auto (GStrv) reasons = g_strsplit (printer_cases[i].reasons, " ", -1);

      g_test_message ("%s", printer_cases[i].reasons);
      g_assert_cmpint (lanyard_print_fault_from_reasons ((const char *const *)reasons,
                                                         printer_cases[i].stopped),
                       ==, printer_cases[i].fault);
    }
  g_assert_cmpint (lanyard_print_fault_from_reasons (NULL, FALSE), ==, LANYARD_PRINT_FAULT_NONE);
}

static void
test_job (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (job_cases); i++)
    {
      g_auto (GStrv) reasons = g_strsplit (job_cases[i].reasons, " ", -1);

      g_test_message ("%s", job_cases[i].reasons);
      g_assert_cmpint (lanyard_print_fault_from_job_reasons ((const char *const *)reasons), ==,
                       job_cases[i].fault);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/print-reasons/printer", test_printer);
  g_test_add_func ("/print-reasons/job", test_job);
  return g_test_run ();
}
