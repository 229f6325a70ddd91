/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <stdlib.h>
#include <string.h>

#include "hostile-server.h"
#include "lanyard-error.h"
#include "lanyard-printers.h"
#include "loopback.h"
#include "print-stage.h"

typedef struct
{
  const char *label;
  HostileKind kind;
  LanyardPrintFault fault;
  const char *words; /* in what staff is told */
} HostileCase;

static const HostileCase cases[] = {
  { "silent", HOSTILE_SILENT, LANYARD_PRINT_FAULT_OFFLINE, "did not answer in time" },
  { "drip", HOSTILE_DRIP, LANYARD_PRINT_FAULT_OFFLINE, "did not answer in time" },
  { "continue", HOSTILE_CONTINUE, LANYARD_PRINT_FAULT_OFFLINE, "did not answer in time" },
  { "hang-up", HOSTILE_HANG_UP, LANYARD_PRINT_FAULT_OFFLINE, "does not answer" },
  { "garbage", HOSTILE_GARBAGE, LANYARD_PRINT_FAULT_OFFLINE, "answer" },
  { "html", HOSTILE_HTML, LANYARD_PRINT_FAULT_OTHER, "is no IPP printer" },
  { "truncate", HOSTILE_TRUNCATE, LANYARD_PRINT_FAULT_OTHER, "is no IPP printer" },
  { "endless", HOSTILE_ENDLESS, LANYARD_PRINT_FAULT_OTHER, "does not stop answering" },
  { "forbid", HOSTILE_FORBID, LANYARD_PRINT_FAULT_REJECTED, "HTTP 403" },
};

static void
test_case (gconstpointer data)
{
  const HostileCase *expected = data;
  g_autoptr (HostileServer) server = hostile_server_new (expected->kind, 0);
  g_autofree char *uri = hostile_server_dup_uri (server);
  g_autoptr (PrintStage) stage = print_stage_new (uri, &print_stage_limits);
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (GBytes) pdf = print_stage_submit (stage, "K0471-000001A");
  const LanyardPrintReport *report
      = print_stage_wait (stage, "K0471-000001A", LANYARD_PRINT_FAILED);
  gint64 took_us = g_get_monotonic_time () - start_us;

  g_test_message ("%s", report->detail);
  g_assert_cmpint (report->fault, ==, expected->fault);
  g_assert_nonnull (strstr (report->detail, expected->words));
  g_assert_cmpint (took_us, <, (gint64)print_stage_limits.request_ms * 1000 * 3);
}

static void
test_nothing_there (void)
{
  g_autofree char *uri = NULL;
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) pdf = NULL, again = NULL;
  const LanyardPrintReport *report;

  {
    g_autoptr (HostileServer) server = hostile_server_new (HOSTILE_SILENT, 0);

    uri = hostile_server_dup_uri (server);
  }
  stage = print_stage_new (uri, &print_stage_limits);
  pdf = print_stage_submit (stage, "K0471-000002B");
  report = print_stage_wait (stage, "K0471-000002B", LANYARD_PRINT_FAILED);
  g_assert_cmpint (report->fault, ==, LANYARD_PRINT_FAULT_OFFLINE);
  g_assert_nonnull (strstr (report->detail, "cannot be reached"));
  /* It is certain that nothing came out, so the same serial may be tried again. */
  g_ptr_array_set_size (stage->reports, 0);
  again = print_stage_submit (stage, "K0471-000002B");
  print_stage_wait (stage, "K0471-000002B", LANYARD_PRINT_FAILED);
}

/* Whoever closes the desk must not wait for a printer. */
static void
test_close_while_asking (void)
{
  g_autoptr (HostileServer) server = hostile_server_new (HOSTILE_SILENT, 0);
  g_autofree char *uri = hostile_server_dup_uri (server);
  LanyardIppLimits patient = { .request_ms = 60 * 1000 };
  PrintStage *stage = print_stage_new (uri, &patient);
  g_autoptr (GBytes) pdf = print_stage_submit (stage, "K0471-000003C");
  gint64 start_us;

  print_stage_run (stage, 200);
  start_us = g_get_monotonic_time ();
  print_stage_free (stage);
  g_assert_cmpint (g_get_monotonic_time () - start_us, <, 2 * G_USEC_PER_SEC);
}

static void
test_probe (void)
{
  g_autoptr (HostileServer) server = hostile_server_new (HOSTILE_HTML, 0);
  g_autofree char *uri = hostile_server_dup_uri (server);
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_printer_probe (uri, 105, 135, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL);
}

/* The dangerous case: the printer has the badge, and its answer gets lost. It must be neither
 * failed nor sent again. */
static void
test_cut_answer (void)
{
  g_autoptr (Loopback) loopback = loopback_new ("application/pdf", NULL);
  g_autoptr (HostileServer) server = NULL;
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *uri = NULL, *states = NULL;

  if (loopback == NULL)
    return;
  server = hostile_server_new (HOSTILE_CUT_ANSWER, atoi (loopback->port));
  uri = hostile_server_dup_uri (server);
  stage = print_stage_new (uri, &print_stage_limits);
  pdf = print_stage_submit (stage, "K0471-000004D");
  print_stage_wait (stage, "K0471-000004D", LANYARD_PRINT_COMPLETED);
  states = print_stage_states (stage, "K0471-000004D");
  g_assert_true (g_str_equal (states, "spooled completed")
                 || g_str_equal (states, "spooled processing completed"));
  g_assert_cmpuint (loopback_count (loopback), ==, 1);
}

/* The line breaks with the badge on its way: nobody can know, and nobody pretends to. */
static void
test_cut_badge (void)
{
  g_autoptr (Loopback) loopback = loopback_new ("application/pdf", NULL);
  g_autoptr (HostileServer) server = NULL;
  g_autoptr (PrintStage) stage = NULL;
  g_autoptr (GBytes) pdf = NULL;
  g_autofree char *uri = NULL, *states = NULL;

  if (loopback == NULL)
    return;
  server = hostile_server_new (HOSTILE_CUT_BADGE, atoi (loopback->port));
  uri = hostile_server_dup_uri (server);
  stage = print_stage_new (uri, &print_stage_limits);
  pdf = print_stage_submit (stage, "K0471-000005E");
  print_stage_wait (stage, "K0471-000005E", LANYARD_PRINT_LOST);
  states = print_stage_states (stage, "K0471-000005E");
  g_assert_null (strstr (states, "failed"));
  g_assert_null (strstr (states, "completed"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/ipp-hostile/%s", cases[i].label);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/ipp-hostile/nothing-there", test_nothing_there);
  g_test_add_func ("/ipp-hostile/close-while-asking", test_close_while_asking);
  g_test_add_func ("/ipp-hostile/probe", test_probe);
  g_test_add_func ("/ipp-hostile/cut-answer", test_cut_answer);
  g_test_add_func ("/ipp-hostile/cut-badge", test_cut_badge);
  return g_test_run ();
}
