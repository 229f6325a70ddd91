/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Printers that speak good IPP and say what is not so. */

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-printer-facts.h"
#include "lying-printer.h"
#include "print-stage.h"

#define SERIAL "K0471-000001A"

typedef struct
{
  const char *label;
  Lie lie;
  LanyardPrintState state; /* what a badge comes to */
  LanyardPrintFault fault;
  const char *words; /* (nullable): in what staff are told */
  guint n_documents; /* that the printer got */
} LieCase;

static const LieCase cases[] = {
  { "none", LIE_NONE, LANYARD_PRINT_COMPLETED, LANYARD_PRINT_FAULT_NONE, NULL, 1 },
  { "size", LIE_SIZE, LANYARD_PRINT_FAILED, LANYARD_PRINT_FAULT_REJECTED,
    "attributes-or-values-not-supported", 0 },
  { "format", LIE_FORMAT, LANYARD_PRINT_FAILED, LANYARD_PRINT_FAULT_REJECTED,
    "document-format-not-supported", 0 },
  { "no-number", LIE_NO_NUMBER, LANYARD_PRINT_FAILED, LANYARD_PRINT_FAULT_OTHER, "no number", 0 },
  { "number", LIE_NUMBER, LANYARD_PRINT_LOST, LANYARD_PRINT_FAULT_NONE, NULL, 1 },
  { "other-name", LIE_OTHER_NAME, LANYARD_PRINT_LOST, LANYARD_PRINT_FAULT_NONE, NULL, 1 },
  { "state", LIE_STATE, LANYARD_PRINT_LOST, LANYARD_PRINT_FAULT_NONE, NULL, 1 },
  { "backwards", LIE_BACKWARDS, LANYARD_PRINT_ENDED, LANYARD_PRINT_FAULT_OTHER, "a second time",
    1 },
  { "reasons", LIE_REASONS, LANYARD_PRINT_COMPLETED, LANYARD_PRINT_FAULT_NONE, NULL, 1 },
};

static void
test_case (gconstpointer data)
{
  const LieCase *expected = data;
  g_autoptr (LyingPrinter) printer = lying_printer_new (expected->lie);
  g_autofree char *uri = lying_printer_dup_uri (printer);
  g_autoptr (PrintStage) stage = print_stage_new (uri, &print_stage_limits);
  g_autoptr (GBytes) pdf = print_stage_submit (stage, SERIAL);
  const LanyardPrintReport *report = print_stage_wait (stage, SERIAL, expected->state);

  g_assert_cmpint (report->fault, ==, expected->fault);
  if (expected->words != NULL)
    g_assert_nonnull (strstr (report->detail, expected->words));
  g_assert_cmpuint (lying_printer_count (printer), ==, expected->n_documents);
  g_assert_true (lying_printer_was_cancelled (printer) == (expected->lie == LIE_BACKWARDS));
}

/* Nothing is made up where a printer says nothing: the desk's own time limit ends that. */
static void
test_never_ends (void)
{
  g_autoptr (LyingPrinter) printer = lying_printer_new (LIE_NEVER_ENDS);
  g_autofree char *uri = lying_printer_dup_uri (printer);
  g_autoptr (PrintStage) stage = print_stage_new (uri, &print_stage_limits);
  g_autoptr (GBytes) pdf = print_stage_submit (stage, SERIAL);
  g_autofree char *states = NULL;

  print_stage_wait (stage, SERIAL, LANYARD_PRINT_PROCESSING);
  print_stage_run (stage, 1000);
  states = print_stage_states (stage, SERIAL);
  g_assert_cmpstr (states, ==, "spooled processing");
  g_assert_cmpint (lanyard_printer_get_fault (stage->printer), ==, LANYARD_PRINT_FAULT_NONE);
}

/* In set-up, before the first holder stands there. */
static void
test_set_up (void)
{
  static const LanyardPrinterNeed need = { 105, 135, 1 };
  g_autoptr (LyingPrinter) honest = lying_printer_new (LIE_NONE);
  g_autoptr (LyingPrinter) liar = lying_printer_new (LIE_SIZE);
  g_autofree char *honest_uri = lying_printer_dup_uri (honest);
  g_autofree char *liar_uri = lying_printer_dup_uri (liar);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardPrinterFacts) facts = lanyard_printer_facts_ask (honest_uri, &error);
  g_autoptr (LanyardPrinterFacts) lies = lanyard_printer_facts_ask (liar_uri, NULL);
  g_autofree char *plan = NULL;

  g_assert_no_error (error);
  plan = lanyard_printer_facts_judge (facts, &need, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (plan, ==, "Honest Printer: 105.00 × 135.00 mm (with margins), application/pdf");
  g_assert_null (lanyard_printer_facts_judge (lies, &need, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "claims to take this badge and refuses it"));
  g_assert_cmpuint (lying_printer_count (honest) + lying_printer_count (liar), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ipp-lies/%s", cases[i].label);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/ipp-lies/never-ends", test_never_ends);
  g_test_add_func ("/ipp-lies/set-up", test_set_up);
  return g_test_run ();
}
