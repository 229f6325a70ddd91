/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A card is stuck in the middle of a badge, in a real IPP printer. If this fails, the person is
 * lost, the badge comes twice, or the desk does not go on by itself. */

#include "flow-fixture.h"
#include "lanyard-file-printer.h"
#include "lanyard-ipp-printer.h"
#include "lanyard-printer-switch.h"
#include "loopback.h"
#include "print-stage.h"

#define LIMIT_S 30
#define JAM "echo 'STATE: +media-jam-error' >&2; wait; echo 'STATE: -media-jam-error' >&2; wait"

typedef struct
{
  FlowFixture flow;
  Loopback *loopback; /* (nullable): this machine cannot run one */
  char *tray;         /* of the other printer */
  LanyardPrinterSwitch *printers;
} Jam;

static gboolean
on_too_late (gpointer data)
{
  g_assert_not_reached ();
}

static gboolean
is_jammed (FlowFixture *flow)
{
  return flow->view->fault == LANYARD_PRINT_FAULT_MEDIA_JAM;
}

static gboolean
is_mended (FlowFixture *flow)
{
  return flow->view->fault == LANYARD_PRINT_FAULT_NONE;
}

static gboolean
is_out (FlowFixture *flow)
{
  return flow->view->page == LANYARD_PAGE_SCAN_BACK;
}

static void
run_until (Jam *jam, gboolean (*done) (FlowFixture *flow))
{
  guint limit = g_timeout_add_seconds (LIMIT_S, on_too_late, NULL);

  while (!done (&jam->flow))
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (limit);
}

static void
set_up (Jam *jam, gconstpointer data)
{
  g_autoptr (LanyardPrinter) left = NULL;
  g_autoptr (LanyardFilePrinter) right = NULL;
  g_autoptr (GError) error = NULL;

  jam->loopback = loopback_new ("application/pdf", NULL);
  if (jam->loopback == NULL)
    return;
  flow_make (&jam->flow, NULL);
  jam->tray = g_build_filename (jam->flow.folder, "right", NULL);
  left = lanyard_ipp_printer_new (jam->loopback->uri, &print_stage_limits, &error);
  g_assert_no_error (error);
  right = lanyard_file_printer_new (jam->tray);
  jam->printers = lanyard_printer_switch_new ();
  lanyard_printer_switch_add (jam->printers, "left", LANYARD_PRINTER (left));
  lanyard_printer_switch_add (jam->printers, "right", LANYARD_PRINTER (right));
  jam->flow.real = LANYARD_PRINTER (jam->printers);
  flow_open (&jam->flow);
  lanyard_printer_watch (jam->flow.real);
}

static void
tear_down (Jam *jam, gconstpointer data)
{
  if (jam->loopback == NULL)
    return;
  flow_tear_down (&jam->flow, NULL);
  g_object_unref (jam->printers);
  loopback_free (jam->loopback);
  g_free (jam->tray);
}

/* Returns: (transfer full): the serial that is stuck */
static char *
get_stuck (Jam *jam)
{
  loopback_behave (jam->loopback, JAM);
  flow_scan_invitation (&jam->flow, PERSON_READY);
  flow_press (&jam->flow, LANYARD_INPUT_CONFIRM);
  run_until (jam, is_jammed);
  g_assert_cmpint (jam->flow.view->page, ==, LANYARD_PAGE_PRINTING);
  return g_strdup (jam->flow.view->serial);
}

static void
assert_kinds (Jam *jam, const char *expected)
{
  g_autofree char *kinds = flow_kinds_of (&jam->flow, flow_number (PERSON_READY));

  g_assert_cmpstr (kinds, ==, expected);
}

static void
test_mended (Jam *jam, gconstpointer data)
{
  g_autofree char *serial = NULL;
  g_autoptr (GBytes) badge = NULL;

  if (jam->loopback == NULL)
    return;
  serial = get_stuck (jam);
  g_assert_nonnull (jam->flow.view->entry);
  g_assert_cmpstr (jam->flow.view->printer, ==, "left");
  loopback_go (jam->loopback);
  run_until (jam, is_mended);
  g_assert_nonnull (jam->flow.view->entry);
  loopback_go (jam->loopback);
  run_until (jam, is_out);
  badge = loopback_take (jam->loopback, serial, "pdf");
  g_assert_nonnull (badge);
  g_assert_cmpuint (loopback_count (jam->loopback), ==, 1);
  flow_scan_badge (&jam->flow, serial);
  flow_assert_page (&jam->flow, "done");
  assert_kinds (jam, "reserved printing reported issued");
  flow_check_journal (&jam->flow);
}

/* Staff cannot free it: they print on the other one, and what was stuck is void. */
static void
test_not_mended (Jam *jam, gconstpointer data)
{
  g_autofree char *serial = NULL;
  g_autofree char *again = NULL;
  g_autofree char *path = NULL;
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_CHOOSE_PRINTER);
  g_autoptr (LanyardPickup) pickup = NULL;

  if (jam->loopback == NULL)
    return;
  serial = get_stuck (jam);
  g_assert_cmpstr (jam->flow.view->other_printer, ==, "right");
  flow_sign_in (&jam->flow);
  action->text = g_strdup ("right");
  lanyard_session_act (jam->flow.session, action);
  flow_assert_page (&jam->flow, "attention");
  flow_press (&jam->flow, LANYARD_INPUT_NOT_OUT);
  flow_assert_page (&jam->flow, "staff");
  g_assert_nonnull (jam->flow.view->entry);
  flow_press (&jam->flow, LANYARD_INPUT_CONFIRM);
  run_until (jam, is_out);
  again = g_strdup (jam->flow.view->serial);
  g_assert_cmpstr (again, !=, serial);
  path = g_strdup_printf ("%s/%s.pdf", jam->tray, again);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
  pickup = lanyard_journal_find_serial (jam->flow.journal, serial);
  g_assert_cmpint (pickup->state, ==, LANYARD_PICKUP_VOID);
  flow_check_journal (&jam->flow);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/flow/session-jam/mended", Jam, NULL, set_up, test_mended, tear_down);
  g_test_add ("/flow/session-jam/not-mended", Jam, NULL, set_up, test_not_mended, tear_down);
  return g_test_run ();
}
