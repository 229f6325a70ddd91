/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Badges through a real CUPS, whose device does what can go wrong. What CUPS says of a badge is not
 * what came out: the tray is. */

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-printers.h"
#include "loopback-queue.h"
#include "loopback.h"
#include "print-stage.h"

#define URI "cups:badges"

/* One serves all tests that leave it as it was. */
static Queue *shared;

static Queue *
get_queue (const char *words)
{
  if (shared == NULL)
    shared = queue_new (NULL, "abort-job");
  if (shared == NULL)
    return NULL;
  queue_use (shared);
  queue_behave (shared, words);
  return shared;
}

static void
test_printed (void)
{
  Queue *queue = get_queue ("wait");
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *states = NULL, *path = NULL, *printed = NULL;
  guint n;
  gsize n_bytes;

  if (queue == NULL)
    return;
  n = queue_count (queue);
  stage = print_stage_new (URI, &print_stage_limits);
  pdf = print_stage_submit (stage, "K0471-000001A");
  print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_PROCESSING);
  queue_go (queue);
  print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_COMPLETED);
  states = print_stage_states (stage, "K0471-000001A");
  g_assert_cmpstr (states, ==, "spooled processing completed");
  g_assert_cmpuint (queue_count (queue), ==, n + 1);
  path = g_strdup_printf ("%s/K0471-000001A.%u", queue->tray, n + 1);
  g_assert_true (g_file_get_contents (path, &printed, &n_bytes, NULL));
  g_assert_cmpmem (printed, n_bytes, g_bytes_get_data (pdf, NULL), g_bytes_get_size (pdf));
}

/* The device fails with the badge in its hands: nobody knows, and nothing prints it again. */
static void
test_fails (void)
{
  Queue *queue = get_queue ("exit 1");
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) pdf = NULL;
  guint n;

  if (queue == NULL)
    return;
  n = queue_count (queue);
  stage = print_stage_new (URI, &print_stage_limits);
  pdf = print_stage_submit (stage, "K0471-000002B");
  print_stage_wait (stage, "K0471-000002B", LANYARD_PRINT_ENDED);
  print_stage_run (stage, 1500);
  g_assert_cmpuint (queue_count (queue), ==, n + 1);
}

/* The device itself asks for another try, against the policy of the queue. */
static void
assert_no_retry (const char *serial, const char *words)
{
  Queue *queue = get_queue (words);
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) pdf = NULL;
  const LanyardPrintReport *report;
  guint n;

  if (queue == NULL)
    return;
  stage = print_stage_new (URI, &print_stage_limits);
  pdf = print_stage_submit (stage, serial);
  report = print_stage_wait (stage, serial, LANYARD_PRINT_ENDED);
  g_assert_nonnull (strstr (report->detail, "a second time"));
  queue_behave (queue, "true");
  n = queue_count (queue);
  print_stage_run (stage, 2500);
  g_assert_cmpuint (queue_count (queue), ==, n);
}

static void
test_retry_later (void)
{
  /* backend(7): CUPS_BACKEND_RETRY */
  assert_no_retry ("K0471-000003C", "exit 6");
}

static void
test_retry_at_once (void)
{
  /* CUPS_BACKEND_RETRY_CURRENT: CUPS is faster than anybody; but it is noticed and ended. */
  assert_no_retry ("K0471-000004D", "pause; exit 7");
}

/* A queue that prints again by itself takes no badge, and who set it so is told what to do. */
static void
test_retry_policy (void)
{
  static const char *const policies[] = { "retry-job", "retry-current-job" };
  Queue *queue = get_queue ("true");
  guint n;

  if (queue == NULL)
    return;
  n = queue_count (queue);
  for (guint i = 0; i < G_N_ELEMENTS (policies); i++)
    {
      g_autofree char *command
          = g_strdup_printf ("lpadmin -p badges -o printer-error-policy=%s", policies[i]);
      g_autoptr (PrintStage) stage = print_stage_new (URI, &print_stage_limits);
      g_autoptr (GBytes) pdf = NULL;
      g_autoptr (GError) error = NULL;
      const LanyardPrintReport *report;

      queue_run (queue, command);
      pdf = print_stage_submit (stage, "K0471-000005E");
      report = print_stage_wait (stage, "K0471-000005E", LANYARD_PRINT_FAILED);
      g_assert_cmpint (report->fault, ==, LANYARD_PRINT_FAULT_REJECTED);
      g_assert_nonnull (
          strstr (report->detail, "lpadmin -p badges -o printer-error-policy=abort-job"));
      g_assert_null (lanyard_printer_probe (URI, 105, 135, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED);
    }
  queue_run (queue, "lpadmin -p badges -o printer-error-policy=abort-job");
  g_assert_cmpuint (queue_count (queue), ==, n);
}

static void
test_paused (void)
{
  Queue *queue = get_queue ("true");
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (LanyardPrinterCondition) condition = NULL;
  guint n;

  if (queue == NULL)
    return;
  n = queue_count (queue);
  queue_run (queue, "cupsdisable badges");
  stage = print_stage_new (URI, &print_stage_limits);
  lanyard_printer_watch (stage->printer);
  print_stage_wait_fault (stage, LANYARD_PRINT_FAULT_PAUSED);
  condition = lanyard_printer_dup_condition (stage->printer);
  g_assert_true (condition->answers && condition->stopped && condition->paused);
  g_assert_cmpstr (condition->make_and_model, ==, "Loopback Badge Queue");
  pdf = print_stage_submit (stage, "K0471-000006F");
  g_assert_cmpint (print_stage_wait (stage, "K0471-000006F", LANYARD_PRINT_STOPPED)->fault, ==,
                   LANYARD_PRINT_FAULT_PAUSED);
  queue_run (queue, "cupsenable badges");
  print_stage_wait (stage, "K0471-000006F", LANYARD_PRINT_COMPLETED);
  print_stage_wait_fault (stage, LANYARD_PRINT_FAULT_NONE);
  g_assert_cmpuint (queue_count (queue), ==, n + 1);
}

/* Paused in the middle of a badge, CUPS would begin it from its start when it is resumed. */
static void
test_paused_in_the_middle (void)
{
  Queue *queue = get_queue ("wait");
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) pdf = NULL;
  guint n;

  if (queue == NULL)
    return;
  n = queue_count (queue);
  stage = print_stage_new (URI, &print_stage_limits);
  pdf = print_stage_submit (stage, "K0471-000007G");
  print_stage_wait (stage, "K0471-000007G", LANYARD_PRINT_PROCESSING);
  queue_run (queue, "cupsdisable badges");
  print_stage_wait (stage, "K0471-000007G", LANYARD_PRINT_ENDED);
  queue_behave (queue, "true");
  queue_run (queue, "cupsenable badges");
  print_stage_run (stage, 1500);
  g_assert_cmpuint (queue_count (queue), ==, n + 1);
}

static void
test_refusing (void)
{
  Queue *queue = get_queue ("true");
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) pdf = NULL;

  if (queue == NULL)
    return;
  queue_run (queue, "cupsreject badges");
  stage = print_stage_new (URI, &print_stage_limits);
  pdf = print_stage_submit (stage, "K0471-000008H");
  print_stage_wait (stage, "K0471-000008H", LANYARD_PRINT_FAILED);
  lanyard_printer_watch (stage->printer);
  print_stage_wait_fault (stage, LANYARD_PRINT_FAULT_PAUSED);
  queue_run (queue, "cupsaccept badges");
  print_stage_wait_fault (stage, LANYARD_PRINT_FAULT_NONE);
}

static void
test_held (void)
{
  Queue *queue = get_queue ("true");
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *command = NULL;
  const LanyardPrintReport *report;

  if (queue == NULL)
    return;
  queue_run (queue, "lpadmin -p badges -o job-hold-until-default=indefinite");
  stage = print_stage_new (URI, &print_stage_limits);
  pdf = print_stage_submit (stage, "K0471-000009I");
  report = print_stage_wait (stage, "K0471-000009I", LANYARD_PRINT_STOPPED);
  g_assert_cmpint (report->fault, ==, LANYARD_PRINT_FAULT_PAUSED);
  queue_run (queue, "lpadmin -p badges -o job-hold-until-default=no-hold");
  command = g_strdup_printf ("lp -U lanyard -i %s -H resume", report->job);
  queue_run (queue, command);
  print_stage_wait (stage, "K0471-000009I", LANYARD_PRINT_COMPLETED);
}

static void
test_deleted (void)
{
  Queue *queue = get_queue ("wait");
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *command = NULL;

  if (queue == NULL)
    return;
  stage = print_stage_new (URI, &print_stage_limits);
  pdf = print_stage_submit (stage, "K0471-000010J");
  command
      = g_strdup_printf ("cancel -U lanyard %s",
                         print_stage_wait (stage, "K0471-000010J", LANYARD_PRINT_PROCESSING)->job);
  queue_run (queue, command);
  g_assert_cmpint (print_stage_wait (stage, "K0471-000010J", LANYARD_PRINT_ENDED)->fault, ==,
                   LANYARD_PRINT_FAULT_CANCELLED);
}

/* What the device says of itself goes through CUPS. */
static void
test_faults (void)
{
  Queue *queue = get_queue ("echo 'STATE: +media-empty-error' >&2; "
                            "echo 'ATTR: marker-names=Ribbon marker-types=ribbonWax "
                            "marker-levels=7 marker-low-levels=10' >&2; wait; "
                            "echo 'STATE: -media-empty-error' >&2");
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autoptr (LanyardPrinterCondition) condition = NULL;

  if (queue == NULL)
    return;
  stage = print_stage_new (URI, &print_stage_limits);
  pdf = print_stage_submit (stage, "K0471-000011K");
  g_assert_cmpint (print_stage_wait (stage, "K0471-000011K", LANYARD_PRINT_STOPPED)->fault, ==,
                   LANYARD_PRINT_FAULT_MEDIA_EMPTY);
  print_stage_wait_fault (stage, LANYARD_PRINT_FAULT_MEDIA_EMPTY);
  condition = lanyard_printer_dup_condition (stage->printer);
  g_assert_cmpint (lanyard_printer_condition_get_level (condition, LANYARD_SUPPLY_RIBBON), ==, 7);
  g_assert_cmpint (condition->sheets_completed, ==, -1);
  queue_go (queue);
  print_stage_wait (stage, "K0471-000011K", LANYARD_PRINT_COMPLETED);
}

static void
test_no_such_queue (void)
{
  Queue *queue = get_queue ("true");
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) pdf = NULL;

  if (queue == NULL)
    return;
  stage = print_stage_new ("cups:nobody", &print_stage_limits);
  pdf = print_stage_submit (stage, "K0471-000012L");
  print_stage_wait (stage, "K0471-000012L", LANYARD_PRINT_FAILED);
  lanyard_printer_watch (stage->printer);
  print_stage_wait_fault (stage, LANYARD_PRINT_FAULT_REJECTED);
}

/* The power of the print server fails in the middle of a badge. When it is back it prints it once
 * more before anybody can say no; but nobody is told that all is well. */
static void
test_killed (void)
{
  g_autoptr (Queue) queue = queue_new (NULL, "abort-job");
  LanyardIppLimits patient = print_stage_limits;
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *states = NULL;

  if (queue == NULL)
    return;
  patient.lost_ms = 20 * 1000;
  queue_behave (queue, "wait");
  stage = print_stage_new (URI, &patient);
  pdf = print_stage_submit (stage, "K0471-000013M");
  print_stage_wait (stage, "K0471-000013M", LANYARD_PRINT_PROCESSING);
  queue_kill (queue);
  g_assert_cmpint (print_stage_wait (stage, "K0471-000013M", LANYARD_PRINT_STOPPED)->fault, ==,
                   LANYARD_PRINT_FAULT_OFFLINE);
  /* A second beginning is told by its time, which CUPS gives in whole seconds. */
  print_stage_run (stage, 1000);
  queue_restart (queue);
  print_stage_wait (stage, "K0471-000013M", LANYARD_PRINT_ENDED);
  states = print_stage_states (stage, "K0471-000013M");
  g_assert_null (strstr (states, "completed"));
  print_stage_wait_fault (stage, LANYARD_PRINT_FAULT_NONE);
}

/* A badge is made void while the print server is away: it must not come out when that is back. */
static void
test_cancelled_while_away (void)
{
  g_autoptr (Queue) queue = queue_new (NULL, "abort-job");
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *job = NULL;

  if (queue == NULL)
    return;
  queue_run (queue, "cupsdisable badges");
  stage = print_stage_new (URI, &print_stage_limits);
  pdf = print_stage_submit (stage, "K0471-000014N");
  job = g_strdup (print_stage_wait (stage, "K0471-000014N", LANYARD_PRINT_STOPPED)->job);
  queue_kill (queue);
  print_stage_wait_fault (stage, LANYARD_PRINT_FAULT_OFFLINE);
  lanyard_printer_cancel (stage->printer, "K0471-000014N", job);
  queue_restart (queue);
  print_stage_wait_fault (stage, LANYARD_PRINT_FAULT_PAUSED);
  lanyard_printer_ask (stage->printer, "K0471-000014N", job);
  g_assert_cmpint (print_stage_wait (stage, "K0471-000014N", LANYARD_PRINT_ENDED)->fault, ==,
                   LANYARD_PRINT_FAULT_CANCELLED);
  queue_run (queue, "cupsenable badges");
  print_stage_run (stage, 1000);
  g_assert_cmpuint (queue_count (queue), ==, 0);
}

/* CUPS says nothing of a printer that is off, and "processing" for ever of its badge. */
static void
test_device_off (void)
{
  g_autofree char *attributes = NULL;
  g_autoptr (Loopback) loopback = loopback_new ("application/pdf", NULL);
  g_autoptr (Queue) queue = loopback != NULL ? queue_new (loopback->uri, "abort-job") : NULL;
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) first = NULL, second = NULL;
  g_autoptr (LanyardPrinterCondition) condition = NULL;

  if (queue == NULL)
    return;
  stage = print_stage_new (URI, &print_stage_limits);
  first = print_stage_submit (stage, "K0471-000015O");
  print_stage_wait (stage, "K0471-000015O", LANYARD_PRINT_COMPLETED);
  g_assert_cmpuint (loopback_count (loopback), ==, 1);
  condition = lanyard_printer_dup_condition (stage->printer);
  g_assert_cmpstr (condition->make_and_model, ==, "Loopback Badge Printer");
  loopback_stop (loopback);
  second = print_stage_submit (stage, "K0471-000016P");
  g_assert_cmpint (print_stage_wait (stage, "K0471-000016P", LANYARD_PRINT_STOPPED)->fault, ==,
                   LANYARD_PRINT_FAULT_OFFLINE);
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/cups-queue/printed", test_printed);
  g_test_add_func ("/cups-queue/fails", test_fails);
  g_test_add_func ("/cups-queue/retry-later", test_retry_later);
  g_test_add_func ("/cups-queue/retry-at-once", test_retry_at_once);
  g_test_add_func ("/cups-queue/retry-policy", test_retry_policy);
  g_test_add_func ("/cups-queue/paused", test_paused);
  g_test_add_func ("/cups-queue/paused-in-the-middle", test_paused_in_the_middle);
  g_test_add_func ("/cups-queue/refusing", test_refusing);
  g_test_add_func ("/cups-queue/held", test_held);
  g_test_add_func ("/cups-queue/deleted", test_deleted);
  g_test_add_func ("/cups-queue/faults", test_faults);
  g_test_add_func ("/cups-queue/no-such-queue", test_no_such_queue);
  g_test_add_func ("/cups-queue/killed", test_killed);
  g_test_add_func ("/cups-queue/cancelled-while-away", test_cancelled_while_away);
  g_test_add_func ("/cups-queue/device-off", test_device_off);
  result = g_test_run ();
  g_clear_pointer (&shared, queue_free);
  return result;
}
