/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, somebody leafs through names and photos by typing numbers, or typing is locked for
 * people who do nothing of the kind. */

#include "flow-fixture.h"

#define FREE_TRIES 5
#define FIRST_LOCK_S 30

static void
type (FlowFixture *fixture, Person person)
{
  lanyard_session_type_number (fixture->session, flow_number (person));
}

/* Looks at somebody and walks away. */
static void
type_and_leave (FlowFixture *fixture, Person person)
{
  type (fixture, person);
  flow_assert_page (fixture, "confirm");
  flow_press (fixture, LANYARD_INPUT_CANCEL);
  flow_assert_page (fixture, "welcome");
}

static void
assert_locked (FlowFixture *fixture)
{
  type (fixture, PERSON_READY);
  flow_assert_page (fixture, "welcome");
  g_assert_null (fixture->view->entry);
  g_assert_null (fixture->view->photo);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_TYPING_LOCKED);
}

static void
lock (FlowFixture *fixture)
{
  for (guint i = 0; i < FREE_TRIES; i++)
    type_and_leave (fixture, i % 2 == 0 ? PERSON_READY : PERSON_OTHER);
  assert_locked (fixture);
}

/* The wait grows, and hammering neither lengthens it nor fills the journal. */
static void
test_grows (FlowFixture *fixture, gconstpointer data)
{
  guint lock_s = FIRST_LOCK_S;

  lock (fixture);
  for (guint round = 1; round < 4; round++)
    {
      for (guint i = 0; i < 20; i++)
        assert_locked (fixture);
      g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_TYPING_LOCKED), ==, round);
      flow_wait (fixture, lock_s - 1);
      assert_locked (fixture);
      flow_wait (fixture, 2);
      type_and_leave (fixture, PERSON_OTHER);
      lock_s *= 2;
      assert_locked (fixture);
    }
  flow_check_journal (fixture);
}

static void
test_survives_restart (FlowFixture *fixture, gconstpointer data)
{
  lock (fixture);
  flow_reopen (fixture);
  assert_locked (fixture);
}

/* A crash between looking and leaving is a try all the same. */
static void
test_counts_first (FlowFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < FREE_TRIES; i++)
    {
      type (fixture, PERSON_READY);
      flow_assert_page (fixture, "confirm");
      flow_reopen (fixture);
    }
  assert_locked (fixture);
}

/* What proves something is not held up by those who guess, nor are staff. */
static void
test_others_go_on (FlowFixture *fixture, gconstpointer data)
{
  lock (fixture);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "confirm");
  flow_press (fixture, LANYARD_INPUT_CANCEL);
  flow_sign_in (fixture);
  for (guint i = 0; i < 2 * FREE_TRIES; i++)
    {
      type (fixture, PERSON_READY);
      g_assert_nonnull (fixture->view->entry);
      flow_press (fixture, LANYARD_INPUT_CANCEL);
    }
  flow_press (fixture, LANYARD_INPUT_SIGN_OUT);
  assert_locked (fixture);
}

/* People who type their own number and take their badge never lock anybody out. */
static void
test_success_forgives (FlowFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < FREE_TRIES - 1; i++)
    type_and_leave (fixture, PERSON_OTHER);
  type (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "printing");
  fake_printer_say (fixture->printer, LANYARD_PRINT_COMPLETED);
  flow_scan_badge (fixture, fixture->view->serial);
  flow_press (fixture, LANYARD_INPUT_DONE);
  for (guint i = 0; i < FREE_TRIES; i++)
    type_and_leave (fixture, PERSON_OTHER);
  type (fixture, PERSON_OTHER);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_TYPING_LOCKED);
}

/* An invitation takes no tries back: whoever has one could else type others' numbers in between. */
static void
test_code_does_not_forgive (FlowFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < FREE_TRIES - 1; i++)
    type_and_leave (fixture, PERSON_OTHER);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  fake_printer_say (fixture->printer, LANYARD_PRINT_COMPLETED);
  flow_scan_badge (fixture, fixture->view->serial);
  flow_press (fixture, LANYARD_INPUT_DONE);
  type_and_leave (fixture, PERSON_OTHER);
  assert_locked (fixture);
}

/* Numbers of nobody count; slips of the finger, which are looked up nowhere, do not. */
static void
test_wrong_numbers (FlowFixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 3 * FREE_TRIES; i++)
    {
      lanyard_session_type_number (fixture->session, "26000000X");
      g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_TYPING_ERROR);
    }
  for (guint i = 0; i < FREE_TRIES; i++)
    {
      type (fixture, PERSON_NOBODY);
      flow_assert_page (fixture, "refused");
      type (fixture, PERSON_NOBODY); /* a second touch */
      flow_press (fixture, LANYARD_INPUT_DONE);
    }
  assert_locked (fixture);
}

static void
hold_barcode (FlowFixture *fixture, Person person, LanyardScanSource source)
{
  const char *number = flow_number (person);
  g_autoptr (LanyardScan) scan
      = lanyard_scan_new (LANYARD_SYMBOLOGY_CODE128, source, number, strlen (number));

  lanyard_session_scan (fixture->session, scan);
}

/* A sheet of number barcodes, before the camera and any scanner: the same tries as by typing. */
static void
test_barcodes (FlowFixture *fixture, gconstpointer data)
{
  static const LanyardScanSource sources[]
      = { LANYARD_SCAN_SOURCE_CAMERA, LANYARD_SCAN_SOURCE_WEDGE, LANYARD_SCAN_SOURCE_SERIAL };

  for (guint i = 0; i < FREE_TRIES; i++)
    {
      hold_barcode (fixture, i % 2 == 0 ? PERSON_READY : PERSON_OTHER,
                    sources[i % G_N_ELEMENTS (sources)]);
      flow_assert_page (fixture, "confirm");
      /* The camera sees it still: no further try. */
      hold_barcode (fixture, i % 2 == 0 ? PERSON_READY : PERSON_OTHER, LANYARD_SCAN_SOURCE_CAMERA);
      flow_press (fixture, LANYARD_INPUT_CANCEL);
    }
  for (guint i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      hold_barcode (fixture, PERSON_READY, sources[i]);
      flow_assert_page (fixture, "welcome");
      g_assert_null (fixture->view->entry);
      g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_TYPING_LOCKED);
    }
  assert_locked (fixture);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "confirm");
  flow_press (fixture, LANYARD_INPUT_CANCEL);
  flow_sign_in (fixture);
  hold_barcode (fixture, PERSON_READY, LANYARD_SCAN_SOURCE_CAMERA);
  g_assert_nonnull (fixture->view->entry);
}

static void
test_staff_only (FlowFixture *fixture, gconstpointer data)
{
  LanyardRules *rules = (LanyardRules *)lanyard_pack_get_rules (fixture->pack);

  g_assert_cmpint (rules->typed_number, ==, LANYARD_TYPED_NUMBER_ALLOWED);
  rules->typed_number = LANYARD_TYPED_NUMBER_STAFF_ONLY;
  type (fixture, PERSON_READY);
  flow_assert_page (fixture, "welcome");
  g_assert_null (fixture->view->entry);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_TYPING_OFF);
  hold_barcode (fixture, PERSON_READY, LANYARD_SCAN_SOURCE_CAMERA);
  flow_assert_page (fixture, "welcome");
  g_assert_null (fixture->view->entry);
  flow_sign_in (fixture);
  type (fixture, PERSON_READY);
  g_assert_nonnull (fixture->view->entry);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/flow/typed/" path, FlowFixture, NULL, flow_set_up, func, flow_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("grows", test_grows);
  ADD ("survives-restart", test_survives_restart);
  ADD ("counts-first", test_counts_first);
  ADD ("others-go-on", test_others_go_on);
  ADD ("success-forgives", test_success_forgives);
  ADD ("code-does-not-forgive", test_code_does_not_forgive);
  ADD ("wrong-numbers", test_wrong_numbers);
  ADD ("barcodes", test_barcodes);
  ADD ("staff-only", test_staff_only);
  return g_test_run ();
}
