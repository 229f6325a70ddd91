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
  { "input-tray-missing-error", FALSE, LANYARD_PRINT_FAULT_TRAY_MISSING },
  { "media-jam-error", FALSE, LANYARD_PRINT_FAULT_MEDIA_JAM },
  { "media-jam-warning", FALSE, LANYARD_PRINT_FAULT_MEDIA_JAM },
  { "cover-open", FALSE, LANYARD_PRINT_FAULT_COVER_OPEN },
  { "door-open-error", TRUE, LANYARD_PRINT_FAULT_COVER_OPEN },
  { "interlock-open-error", TRUE, LANYARD_PRINT_FAULT_COVER_OPEN },
  { "marker-supply-empty-error", FALSE, LANYARD_PRINT_FAULT_RIBBON },
  { "marker-supply-empty-warning", FALSE, LANYARD_PRINT_FAULT_NONE },
  { "marker-supply-low-warning", FALSE, LANYARD_PRINT_FAULT_NONE },
  { "marker-waste-full-error", FALSE, LANYARD_PRINT_FAULT_WASTE_FULL },
  { "toner-empty-error", FALSE, LANYARD_PRINT_FAULT_RIBBON },
  { "paused", TRUE, LANYARD_PRINT_FAULT_PAUSED },
  { "moving-to-paused", FALSE, LANYARD_PRINT_FAULT_PAUSED },
  { "output-area-full-error", FALSE, LANYARD_PRINT_FAULT_OUTPUT_FULL },
  { "output-area-almost-full-warning", FALSE, LANYARD_PRINT_FAULT_NONE },
  { "offline-report", FALSE, LANYARD_PRINT_FAULT_NONE },
  { "offline-error", FALSE, LANYARD_PRINT_FAULT_OFFLINE },
  { "timed-out", FALSE, LANYARD_PRINT_FAULT_OFFLINE },
  { "fuser-over-temp-error", FALSE, LANYARD_PRINT_FAULT_HOT },
  { "marker-print-ribbon-empty-error", FALSE, LANYARD_PRINT_FAULT_RIBBON },
  { "separation-cutter-jam-error", FALSE, LANYARD_PRINT_FAULT_MEDIA_JAM },
  { "laminator-cover-open-error", FALSE, LANYARD_PRINT_FAULT_COVER_OPEN },
  { "input-media-size-change-error", TRUE, LANYARD_PRINT_FAULT_MEDIA_WRONG },
  { "spool-area-full-error", FALSE, LANYARD_PRINT_FAULT_SPOOL_FULL },
  { "subunit-motor-failure-error", TRUE, LANYARD_PRINT_FAULT_SERVICE },
  { "shutdown", FALSE, LANYARD_PRINT_FAULT_OFFLINE },
  { "connecting-to-device", FALSE, LANYARD_PRINT_FAULT_NONE },
  { "com.example-unheard-of", FALSE, LANYARD_PRINT_FAULT_NONE },
  { "com.example-unheard-of", TRUE, LANYARD_PRINT_FAULT_OTHER },
  { "com.example-unheard-of-error", FALSE, LANYARD_PRINT_FAULT_OTHER },
  { "-error", FALSE, LANYARD_PRINT_FAULT_OTHER },
  { "media-jammed", FALSE, LANYARD_PRINT_FAULT_NONE },
  /* Of several, what must be mended first. */
  { "paused media-empty-error media-jam-error cover-open-error", TRUE,
    LANYARD_PRINT_FAULT_COVER_OPEN },
  { "paused media-empty-error media-jam-error", TRUE, LANYARD_PRINT_FAULT_MEDIA_JAM },
  { "com.example-unheard-of-error paused", TRUE, LANYARD_PRINT_FAULT_PAUSED },
  { "paused fuser-over-temp-error", TRUE, LANYARD_PRINT_FAULT_HOT },
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

/* "fault fault | warning" of a condition. */
static char *
describe (const LanyardPrinterCondition *condition)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < condition->n_faults; i++)
    g_string_append_printf (words, "%s ", lanyard_print_fault_to_string (condition->faults[i]));
  g_string_append_c (words, '|');
  for (guint i = 0; i < condition->n_warnings; i++)
    g_string_append_printf (words, " %s", lanyard_print_fault_to_string (condition->warnings[i]));
  return g_string_free (g_steal_pointer (&words), FALSE);
}

static void
test_lists (void)
{
  static const struct
  {
    const char *reasons;
    const char *words;
  } cases[] = {
    { "none", "|" },
    { "media-low-warning marker-supply-low-report", "| media-low" },
    { "media-low-error", "| media-low" },
    { "toner-low marker-print-ribbon-almost-empty-warning", "| ribbon-low" },
    { "marker-supply-empty-warning", "| ribbon" },
    { "marker-waste-almost-full-warning output-area-almost-full opc-near-eol",
      "| waste-high output-high worn" },
    { "paused marker-supply-empty-error media-empty-warning", "media-empty ribbon paused |" },
    { "media-empty media-needed media-empty-error", "media-empty |" },
    { "connecting-to-device com.example-odd-warning", "| connecting other" },
    { "com.example-odd-error", "other |" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_auto (GStrv) reasons = g_strsplit (cases[i].reasons, " ", -1);
      g_autoptr (LanyardPrinterCondition) condition = lanyard_printer_condition_new ();
      g_autofree char *words = NULL;

      lanyard_print_reasons_apply ((const char *const *)reasons, condition);
      words = describe (condition);
      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* Values stand in records for ever. */
static void
test_values (void)
{
  static const struct
  {
    LanyardPrintFault fault;
    int value;
  } cases[] = {
    { LANYARD_PRINT_FAULT_OFFLINE, 10 },      { LANYARD_PRINT_FAULT_CONNECTING, 12 },
    { LANYARD_PRINT_FAULT_MEDIA_EMPTY, 20 },  { LANYARD_PRINT_FAULT_MEDIA_LOW, 22 },
    { LANYARD_PRINT_FAULT_TRAY_MISSING, 24 }, { LANYARD_PRINT_FAULT_MEDIA_WRONG, 26 },
    { LANYARD_PRINT_FAULT_MEDIA_JAM, 30 },    { LANYARD_PRINT_FAULT_COVER_OPEN, 40 },
    { LANYARD_PRINT_FAULT_RIBBON, 50 },       { LANYARD_PRINT_FAULT_RIBBON_LOW, 52 },
    { LANYARD_PRINT_FAULT_WASTE_FULL, 54 },   { LANYARD_PRINT_FAULT_WASTE_HIGH, 56 },
    { LANYARD_PRINT_FAULT_PAUSED, 60 },       { LANYARD_PRINT_FAULT_OUTPUT_FULL, 70 },
    { LANYARD_PRINT_FAULT_OUTPUT_HIGH, 72 },  { LANYARD_PRINT_FAULT_SPOOL_FULL, 74 },
    { LANYARD_PRINT_FAULT_REJECTED, 80 },     { LANYARD_PRINT_FAULT_HOT, 84 },
    { LANYARD_PRINT_FAULT_CANCELLED, 90 },    { LANYARD_PRINT_FAULT_SERVICE, 94 },
    { LANYARD_PRINT_FAULT_WORN, 96 },         { LANYARD_PRINT_FAULT_OTHER, 100 },
  };
  g_autoptr (GHashTable) words = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_assert_cmpint (cases[i].fault, ==, cases[i].value);
      g_assert_true (
          g_hash_table_add (words, (char *)lanyard_print_fault_to_string (cases[i].fault)));
    }
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
  g_test_add_func ("/print-reasons/lists", test_lists);
  g_test_add_func ("/print-reasons/values", test_values);
  g_test_add_func ("/print-reasons/job", test_job);
  return g_test_run ();
}
