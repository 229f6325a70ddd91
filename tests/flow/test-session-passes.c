/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a desk gives more day passes than it has, a pass outlives its day, or the name of
 * a visitor gets where no name belongs. */

#include "flow-fixture.h"

#include <string.h>

#include "lanyard-error.h"

#define POOL "guest-day"
#define WORKS "works"
#define HOST "HBRW"
#define VISITOR "Ximena " FLOW_NAME_MARK

static void
assert_notice (FlowFixture *fixture, LanyardNotice notice)
{
  g_assert_cmpint (fixture->view->notice, ==, notice);
}

static void
assert_pool (FlowFixture *fixture, const char *code, const char *expected)
{
  g_autofree char *words = flow_describe_pool (fixture, code);

  g_assert_cmpstr (words, ==, expected);
}

static void
open_page (FlowFixture *fixture)
{
  flow_sign_in (fixture);
  flow_act (fixture, LANYARD_ACT_OPEN_PASSES, NULL, NULL);
  flow_assert_page (fixture, "passes");
}

/* Returns: (transfer full): the serial */
static char *
walk_to_pass (FlowFixture *fixture)
{
  char *serial;

  flow_give_pass (fixture, POOL, VISITOR, HOST);
  flow_assert_page (fixture, "printing");
  serial = g_strdup (fake_printer_get_last (fixture->printer));
  fake_printer_say (fixture->printer, LANYARD_PRINT_SPOOLED);
  fake_printer_say (fixture->printer, LANYARD_PRINT_COMPLETED);
  flow_scan_badge (fixture, serial);
  flow_assert_page (fixture, "done");
  return serial;
}

static void
test_printed (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardPickup) pickup = NULL;
  g_autoptr (LanyardEntry) visitor = NULL;
  g_autofree char *serial = NULL;
  g_autofree char *kinds = NULL;
  g_autofree char *host = NULL;
  gint64 day_end_s = G_GINT64_CONSTANT (1942185600); /* 2031-07-19T00:00:00Z */

  open_page (fixture);
  g_assert_cmpuint (fixture->view->pools->len, ==, 2);
  flow_give_pass (fixture, POOL, VISITOR, HOST);
  assert_notice (fixture, LANYARD_NOTICE_POOL_EMPTY);
  flow_change_pool (fixture, LANYARD_ACT_LOAD_PASSES, POOL, 5, NULL);
  assert_notice (fixture, LANYARD_NOTICE_POOL_CHANGED);
  serial = walk_to_pass (fixture);
  assert_pool (fixture, POOL, "4 of 5, 1 out, 0 back");
  pickup = lanyard_journal_find_serial (fixture->journal, serial);
  kinds = flow_kinds_of (fixture, pickup->accreditation);
  g_assert_cmpstr (kinds, ==, "reserved printing reported issued");
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_ISSUED, LANYARD_BODY_MODE), ==,
                    LANYARD_MODE_DAY_PASS);
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_RESERVED, LANYARD_BODY_EXPIRES), ==,
                    (guint64)day_end_s);
  host = flow_body_text (fixture, LANYARD_RECORD_RESERVED, LANYARD_BODY_ORGANISATION);
  g_assert_cmpstr (host, ==, HOST);
  /* The name is where names belong, and gone with the day. */
  visitor = lanyard_directory_lookup (fixture->directory, LANYARD_LOOKUP_NUMBER,
                                      pickup->accreditation, NULL);
  g_assert_cmpstr (visitor->print_name, ==, VISITOR);
  g_assert_cmpint (visitor->valid_until_s, ==, day_end_s);
  flow_check_journal (fixture);
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_assert_page (fixture, "passes"); /* the next visitor */
  g_assert_null (fixture->view->entry);
  fixture->wall_us = day_end_s * G_USEC_PER_SEC;
  flow_reopen (fixture);
  g_assert_null (lanyard_directory_lookup (fixture->directory, LANYARD_LOOKUP_NUMBER,
                                           pickup->accreditation, NULL));
}

static void
test_host_limit (FlowFixture *fixture, gconstpointer data)
{
  open_page (fixture);
  flow_change_pool (fixture, LANYARD_ACT_LOAD_PASSES, POOL, 9, NULL);
  for (guint i = 0; i < 2; i++)
    {
      g_free (walk_to_pass (fixture));
      flow_press (fixture, LANYARD_INPUT_DONE);
    }
  flow_give_pass (fixture, POOL, VISITOR, HOST);
  assert_notice (fixture, LANYARD_NOTICE_HOST_LIMIT);
  flow_give_pass (fixture, POOL, VISITOR, NULL);
  assert_notice (fixture, LANYARD_NOTICE_HOST_LIMIT);
  assert_pool (fixture, POOL, "7 of 9, 2 out, 0 back");
  flow_wait (fixture, 24 * 60 * 60); /* tomorrow */
  open_page (fixture);
  g_free (walk_to_pass (fixture));
}

/* What is not typed as it should be. */
static void
test_refused (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *long_name = g_strnfill (65, 'a');

  flow_give_pass (fixture, POOL, VISITOR, HOST);
  assert_notice (fixture, LANYARD_NOTICE_STAFF_ONLY);
  flow_sign_in (fixture);
  flow_give_pass (fixture, POOL, VISITOR, HOST);
  assert_notice (fixture, LANYARD_NOTICE_NOT_POSSIBLE); /* not on its page */
  flow_act (fixture, LANYARD_ACT_OPEN_PASSES, NULL, NULL);
  flow_change_pool (fixture, LANYARD_ACT_LOAD_PASSES, POOL, 5, NULL);
  flow_give_pass (fixture, "no-such", VISITOR, HOST);
  assert_notice (fixture, LANYARD_NOTICE_NOT_POSSIBLE);
  flow_give_pass (fixture, POOL, VISITOR, "Maria’s catering");
  assert_notice (fixture, LANYARD_NOTICE_NOT_POSSIBLE); /* a host is a code */
  flow_give_pass (fixture, POOL, "  ", HOST);
  assert_notice (fixture, LANYARD_NOTICE_NAME_MISSING);
  flow_give_pass (fixture, POOL, long_name, HOST);
  assert_notice (fixture, LANYARD_NOTICE_NAME_MISSING);
  flow_give_pass (fixture, POOL, "a\nb", HOST);
  assert_notice (fixture, LANYARD_NOTICE_NAME_MISSING);
  flow_give_pass (fixture, POOL, "turned \u202earound", HOST);
  assert_notice (fixture, LANYARD_NOTICE_NAME_MISSING);
  flow_change_pool (fixture, LANYARD_ACT_LOAD_PASSES, POOL, 0, NULL);
  assert_notice (fixture, LANYARD_NOTICE_NOT_POSSIBLE);
  flow_change_pool (fixture, LANYARD_ACT_TAKE_PASSES, POOL, 6, NULL);
  assert_notice (fixture, LANYARD_NOTICE_NOT_POSSIBLE);
  flow_change_pool (fixture, LANYARD_ACT_LOAD_PASSES, WORKS, 6, NULL);
  assert_notice (fixture, LANYARD_NOTICE_NOT_POSSIBLE); /* without its numbers */
  assert_pool (fixture, POOL, "5 of 5, 0 out, 0 back");
  flow_check_journal (fixture);
}

/* The printer never took it: the place is free again. */
static void
test_not_printed (FlowFixture *fixture, gconstpointer data)
{
  open_page (fixture);
  flow_change_pool (fixture, LANYARD_ACT_LOAD_PASSES, POOL, 1, NULL);
  flow_give_pass (fixture, POOL, VISITOR, HOST);
  assert_pool (fixture, POOL, "0 of 1, 1 out, 0 back");
  fake_printer_say (fixture->printer, LANYARD_PRINT_FAILED);
  assert_pool (fixture, POOL, "1 of 1, 0 out, 0 back");
  flow_check_journal (fixture);
}

static void
test_returned (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = NULL;
  g_autofree char *number = NULL;
  g_autoptr (LanyardPickup) pickup = NULL;
  g_autofree char *kinds = NULL;

  open_page (fixture);
  flow_change_pool (fixture, LANYARD_ACT_LOAD_PASSES, POOL, 2, NULL);
  serial = walk_to_pass (fixture);
  flow_press (fixture, LANYARD_INPUT_DONE);
  pickup = lanyard_journal_find_serial (fixture->journal, serial);
  number = g_strdup (pickup->accreditation);
  /* It still lies before the camera: it is shown, and stays out until somebody takes it back. */
  flow_scan_badge (fixture, serial);
  g_assert_cmpstr (fixture->view->pass, ==, number);
  g_assert_cmpstr (fixture->view->pass_pool, ==, POOL);
  assert_pool (fixture, POOL, "1 of 2, 1 out, 0 back");
  flow_act (fixture, LANYARD_ACT_RETURN_PASS, NULL, NULL);
  assert_notice (fixture, LANYARD_NOTICE_PASS_BACK);
  assert_pool (fixture, POOL, "1 of 2, 0 out, 1 back"); /* it is used up */
  g_assert_null (fixture->view->pass);
  flow_act (fixture, LANYARD_ACT_RETURN_PASS, number, NULL);
  assert_notice (fixture, LANYARD_NOTICE_PASS_UNKNOWN);
  flow_act (fixture, LANYARD_ACT_RETURN_PASS, NULL, NULL);
  assert_notice (fixture, LANYARD_NOTICE_PASS_UNKNOWN);
  kinds = flow_kinds_of (fixture, number);
  g_assert_cmpstr (kinds, ==, "reserved printing reported issued pass-returned");
  g_assert_true (lanyard_journal_verify (fixture->journal, NULL, NULL));
}

/* A badge is no pass, and a pass of another desk comes back once. */
static void
test_returned_others (FlowFixture *fixture, gconstpointer data)
{
  const char *serial = "K0099-000001A";
  g_autofree char *plain = g_strdup ("DK0099000001A");
  g_autofree char *number = g_strdup_printf ("%s%c", plain, lanyard_check_character (plain));
  g_autofree char *pass = flow_make_credential (fixture, fixture->desk_key,
                                                LANYARD_CREDENTIAL_BADGE, number, serial, 1);
  g_autofree char *badge
      = flow_make_credential (fixture, fixture->desk_key, LANYARD_CREDENTIAL_BADGE,
                              flow_number (PERSON_ISSUED), serial, 1);

  open_page (fixture);
  flow_scan_text (fixture, badge);
  assert_notice (fixture, LANYARD_NOTICE_PASS_UNKNOWN);
  g_assert_null (fixture->view->pass);
  flow_scan_text (fixture, pass);
  g_assert_cmpstr (fixture->view->pass, ==, number);
  g_assert_null (fixture->view->pass_pool);
  flow_act (fixture, LANYARD_ACT_RETURN_PASS, NULL, NULL);
  assert_notice (fixture, LANYARD_NOTICE_PASS_BACK);
  flow_scan_text (fixture, pass);
  flow_act (fixture, LANYARD_ACT_RETURN_PASS, NULL, NULL);
  assert_notice (fixture, LANYARD_NOTICE_PASS_UNKNOWN);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_PASS_RETURNED), ==, 1);
  g_assert_true (lanyard_journal_verify (fixture->journal, NULL, NULL));
}

static void
test_numbered (FlowFixture *fixture, gconstpointer data)
{
  open_page (fixture);
  flow_change_pool (fixture, LANYARD_ACT_LOAD_PASSES, WORKS, 3, "tw 0098");
  assert_notice (fixture, LANYARD_NOTICE_POOL_CHANGED);
  flow_change_pool (fixture, LANYARD_ACT_LOAD_PASSES, WORKS, 3, "TW0100");
  assert_notice (fixture, LANYARD_NOTICE_NOT_POSSIBLE); /* loaded already */
  flow_give_pass (fixture, WORKS, "TW0101", NULL);
  assert_notice (fixture, LANYARD_NOTICE_PASS_UNKNOWN);
  flow_give_pass (fixture, WORKS, "tw0099", NULL);
  assert_notice (fixture, LANYARD_NOTICE_PASS_HANDED);
  flow_assert_page (fixture, "passes");
  assert_pool (fixture, WORKS, "2 of 3, 1 out, 0 back");
  g_assert_cmpuint (fixture->printer->submitted->len, ==, 0);
  flow_give_pass (fixture, WORKS, "TW0099", NULL);
  assert_notice (fixture, LANYARD_NOTICE_PASS_OUT);
  flow_scan_text (fixture, "TW0099");
  g_assert_cmpstr (fixture->view->pass, ==, "TW0099");
  flow_act (fixture, LANYARD_ACT_RETURN_PASS, NULL, NULL);
  assert_pool (fixture, WORKS, "3 of 3, 0 out, 1 back");
  flow_give_pass (fixture, WORKS, "TW0099", HOST);
  assert_notice (fixture, LANYARD_NOTICE_PASS_HANDED);
  g_assert_true (lanyard_journal_verify (fixture->journal, NULL, NULL));
}

/* A pass is none of a roster: what it was loses nothing when the desk starts again in the middle.
 */
static void
test_restart (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = NULL;

  open_page (fixture);
  flow_change_pool (fixture, LANYARD_ACT_LOAD_PASSES, POOL, 3, NULL);
  flow_give_pass (fixture, POOL, VISITOR, HOST);
  serial = g_strdup (fake_printer_get_last (fixture->printer));
  flow_reopen (fixture);
  flow_assert_page (fixture, "attention");
  assert_pool (fixture, POOL, "2 of 3, 1 out, 0 back");
  flow_sign_in (fixture);
  lanyard_session_input (fixture->session, LANYARD_INPUT_NOT_OUT, 0, serial);
  assert_pool (fixture, POOL, "3 of 3, 0 out, 0 back");
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_VOIDED, LANYARD_BODY_MODE), ==,
                    LANYARD_MODE_DAY_PASS);
  flow_check_journal (fixture);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/flow/session-passes/" path, FlowFixture, NULL, flow_set_up, func, flow_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("printed", test_printed);
  ADD ("host-limit", test_host_limit);
  ADD ("refused", test_refused);
  ADD ("not-printed", test_not_printed);
  ADD ("returned", test_returned);
  ADD ("returned-others", test_returned_others);
  ADD ("numbered", test_numbered);
  ADD ("restart", test_restart);
  return g_test_run ();
}
