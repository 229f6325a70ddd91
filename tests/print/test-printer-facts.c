/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What set-up is told by real printers, real TLS and a real CUPS. */

#include "lanyard-printer-facts.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-printer-discovery.h"
#include "loopback-queue.h"
#include "loopback.h"
#include "print-stage.h"
#include "zpl-machine.h"

static LanyardPrinterFacts *
ask (const char *uri)
{
  g_autoptr (GError) error = NULL;
  LanyardPrinterFacts *facts = lanyard_printer_facts_ask (uri, &error);

  g_assert_no_error (error);
  return facts;
}

/* Returns: (transfer none) (nullable): the first of that kind with @words in it */
static const char *
find (const LanyardPrinterFacts *facts, LanyardFactKind kind, const char *words)
{
  GPtrArray *list = lanyard_printer_facts_list (facts);

  for (guint i = 0; i < list->len; i++)
    {
      const LanyardPrinterFact *fact = g_ptr_array_index (list, i);

      if (fact->kind == kind && strstr (fact->words, words) != NULL)
        return fact->words;
    }
  return NULL;
}

static void
assert_refused (LanyardPrinterFacts *facts, double width_mm, double height_mm, guint n_pages)
{
  const LanyardPrinterNeed need = { width_mm, height_mm, n_pages };
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_printer_facts_judge (facts, &need, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED);
}

static void
test_printer (void)
{
  static const LanyardPrinterNeed badge = { 105, 135, 2 };
  g_autoptr (Loopback) loopback = loopback_new_changed (
      "application/pdf", NULL, "ATTR text printer-device-id",
      "ATTR integer printer-media-sheets-completed 4711\nATTR text printer-device-id");
  g_autoptr (LanyardPrinterFacts) facts = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *plan = NULL;

  if (loopback == NULL)
    return;
  facts = ask (loopback->uri);
  g_assert_nonnull (find (facts, LANYARD_FACT_FINE, "Loopback Badge Printer"));
  g_assert_nonnull (find (facts, LANYARD_FACT_FINE, "4711"));
  g_assert_null (find (facts, LANYARD_FACT_WRONG, ""));
  g_assert_cmpuint (lanyard_printer_facts_get_dpi (facts), ==, 300);
  plan = lanyard_printer_facts_judge (facts, &badge, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (plan, "105.00 × 135.00 mm, application/pdf, two-sided"));
  assert_refused (facts, 297, 420, 1);
}

static void
test_one_side (void)
{
  g_autoptr (Loopback) loopback
      = loopback_new_changed ("application/pdf", NULL,
                              "one-sided,two-sided-long-edge,two-sided-short-edge", "one-sided");
  g_autoptr (LanyardPrinterFacts) facts = NULL;

  if (loopback == NULL)
    return;
  facts = ask (loopback->uri);
  assert_refused (facts, 105, 135, 2);
}

static void
test_margins (void)
{
  static const LanyardPrinterNeed badge = { 105, 135, 1 };
  g_autoptr (Loopback) loopback
      = loopback_new_changed ("application/pdf", NULL, "media-left-margin-supported 0",
                              "media-left-margin-supported 318");
  g_autoptr (LanyardPrinterFacts) facts = NULL;
  g_autofree char *plan = NULL;

  if (loopback == NULL)
    return;
  facts = ask (loopback->uri);
  plan = lanyard_printer_facts_judge (facts, &badge, NULL);
  g_assert_nonnull (strstr (plan, "margins of up to 3.18 mm that stay white"));
}

/* First use tells the certificate; with it the printer is known again, and another one is not. */
static void
test_certificate (void)
{
  g_autoptr (Loopback) loopback = loopback_new ("application/pdf", NULL);
  g_autofree char *plain = NULL, *pinned = NULL;
  g_autoptr (GError) error = NULL;
  const char *words, *end;

  if (loopback == NULL)
    return;
  plain = loopback_dup_secure_uri (loopback);
  {
    g_autoptr (LanyardPrinterFacts) facts = ask (plain);

    words = find (facts, LANYARD_FACT_WRONG, "uri=");
    g_assert_nonnull (words);
    words = strstr (words, "uri=") + strlen ("uri=");
    end = strchr (words, ' ');
    pinned = g_strndup (words, end - words);
  }
  g_assert_true (g_str_has_prefix (pinned, plain));
  g_assert_nonnull (strstr (pinned, "#sha256="));
  {
    g_autoptr (LanyardPrinterFacts) facts = ask (pinned);
    g_autoptr (PrintStage) stage = print_stage_new (pinned, &print_stage_limits);
    g_autoptr (GBytes) pdf = print_stage_submit (stage, "K0471-000001A");

    g_assert_nonnull (find (facts, LANYARD_FACT_FINE, "certificate"));
    g_assert_null (find (facts, LANYARD_FACT_WRONG, ""));
    print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_COMPLETED);
  }
  loopback_stop (loopback);
  {
    g_autoptr (Loopback) other = loopback_new ("application/pdf", loopback->port);
    g_autoptr (PrintStage) stage = print_stage_new (pinned, &print_stage_limits);
    g_autoptr (GBytes) pdf = print_stage_submit (stage, "K0471-000002B");
    const LanyardPrintReport *report
        = print_stage_wait (stage, "K0471-000002B", LANYARD_PRINT_FAILED);

    g_assert_cmpint (report->fault, ==, LANYARD_PRINT_FAULT_REJECTED);
    g_assert_nonnull (strstr (report->detail, "another certificate"));
    lanyard_printer_watch (stage->printer);
    print_stage_wait_fault (stage, LANYARD_PRINT_FAULT_REJECTED);
    g_assert_cmpuint (loopback_count (other), ==, 0);
    g_assert_null (lanyard_printer_facts_ask (pinned, &error));
    g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED);
  }
}

static void
test_wrong_uris (void)
{
  static const char *const wrong[]
      = { "ipp://localhost/ipp/print#sha256=00",
          "ipps://localhost/ipp/print#sha256=00",
          "ipps://localhost/ipp/print#md5=00000000000000000000000000000000",
          "cups:",
          "cups:a b",
          "cups:../admin",
          "cups:a?waitjob=false",
          "ipps://user:secret@localhost/ipp/print",
          "ipp://user:se@cret@localhost/ipp/print",
          "user:secret@localhost://",
          "lpd://localhost/queue" };

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (lanyard_printer_facts_ask (wrong[i], &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE);
      /* What is said about it goes to screens and logs. */
      g_assert_null (strstr (error->message, "cret"));
    }
}

static void
test_queue (void)
{
  static const LanyardPrinterNeed card = { 85.60, 53.98, 1 };
  g_autoptr (Queue) queue = queue_new (NULL, "stop-printer");
  g_autoptr (GError) error = NULL;

  if (queue == NULL)
    return;
  {
    g_autoptr (LanyardPrinterFacts) facts = ask ("cups:badges");
    g_autofree char *plan = lanyard_printer_facts_judge (facts, &card, &error);

    g_assert_no_error (error);
    g_assert_nonnull (strstr (plan, "Loopback Badge Queue: 85.60"));
    g_assert_nonnull (find (facts, LANYARD_FACT_NOTE, "begins it again when somebody resumes"));
    assert_refused (facts, 60, 60, 1);
  }
  queue_run (queue, "cupsdisable badges");
  queue_run (queue, "lpadmin -p badges -o printer-error-policy=retry-job");
  {
    g_autoptr (LanyardPrinterFacts) facts = ask ("cups:badges");

    g_assert_nonnull (find (facts, LANYARD_FACT_WRONG, "It cannot print now: paused"));
    g_assert_nonnull (find (facts, LANYARD_FACT_WRONG, "printer-error-policy is retry-job"));
    assert_refused (facts, 85.60, 53.98, 1);
  }
  queue_run (queue, "lpadmin -p raw -E -v 'ipp://localhost:9/ipp/print?waitjob=false' "
                    "-o printer-error-policy=abort-job");
  {
    g_autoptr (LanyardPrinterFacts) facts = ask ("cups:raw");

    g_assert_nonnull (find (facts, LANYARD_FACT_WRONG, "waitjob=false"));
    g_assert_nonnull (find (facts, LANYARD_FACT_WRONG, "It cannot print now: offline"));
    g_assert_nonnull (find (facts, LANYARD_FACT_NOTE, "It names no media sizes"));
  }
  g_assert_null (lanyard_printer_facts_ask ("cups:nobody", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
}

static gboolean
has_uri (GPtrArray *printers, const char *uri, gboolean is_queue)
{
  for (guint i = 0; i < printers->len; i++)
    {
      const LanyardFoundPrinter *found = g_ptr_array_index (printers, i);

      if (g_str_equal (found->uri, uri) && found->is_queue == is_queue)
        return TRUE;
    }
  return FALSE;
}

static void
test_discovery (void)
{
  g_autoptr (Queue) queue = queue_new (NULL, "abort-job");
  g_autoptr (GPtrArray) printers = NULL;

  if (queue == NULL)
    return;
  printers = lanyard_printer_discover (500, NULL);
  g_assert_true (has_uri (printers, "cups:badges", TRUE));
}

/* A label printer says how fine its dots are, and what the set-up claims must agree. */
static void
test_label_printer (void)
{
  g_autoptr (ZplMachine) machine = zpl_machine_new (8);
  g_autofree char *uri = zpl_machine_dup_uri (machine, "dpi=203&width=54&height=86");
  g_autofree char *wrong = zpl_machine_dup_uri (machine, "dpi=300");
  g_autofree char *plan = NULL, *refused = NULL;
  g_autoptr (LanyardPrinterFacts) facts = NULL, none = NULL;
  g_autoptr (GError) error = NULL, size = NULL, dpi = NULL;

  facts = lanyard_printer_facts_ask (uri, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (lanyard_printer_facts_get_dpi (facts), ==, 203);
  plan = lanyard_printer_facts_judge (facts, &(LanyardPrinterNeed){ 85.6, 53.98, 1 }, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (plan, ==, "85.60 × 53.98 mm, ZPL II, 203 dpi, turned");
  refused = lanyard_printer_facts_judge (facts, &(LanyardPrinterNeed){ 105, 135, 1 }, &size);
  g_assert_null (refused);
  g_assert_error (size, LANYARD_ERROR, LANYARD_ERROR_REFUSED);
  none = lanyard_printer_facts_ask (wrong, &dpi);
  g_assert_null (none);
  g_assert_error (dpi, LANYARD_ERROR, LANYARD_ERROR_REFUSED);
  g_assert_nonnull (strstr (dpi->message, "8 dots per mm"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/printer-facts/label-printer", test_label_printer);
  g_test_add_func ("/printer-facts/printer", test_printer);
  g_test_add_func ("/printer-facts/one-side", test_one_side);
  g_test_add_func ("/printer-facts/margins", test_margins);
  g_test_add_func ("/printer-facts/certificate", test_certificate);
  g_test_add_func ("/printer-facts/wrong-uris", test_wrong_uris);
  g_test_add_func ("/printer-facts/queue", test_queue);
  g_test_add_func ("/printer-facts/discovery", test_discovery);
  return g_test_run ();
}
