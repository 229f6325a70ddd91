/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, somebody signs in as somebody else, or a desk that was set up with one PIN keeps
 * its staff out. */

#include "flow-fixture.h"

#include "lanyard-error.h"

#include <sodium.h>
#include <string.h>

#define OTHER_PIN "975310"

static void
put (FlowFixture *fixture, const char *number, LanyardStaffRole role, const char *pin)
{
  g_autoptr (GError) error = NULL;

  lanyard_staff_put (fixture->folder, number, role, pin, &error);
  g_assert_no_error (error);
}

static LanyardStaffAnswer
check (FlowFixture *fixture, const char *number, const char *pin, const char *expected)
{
  g_autoptr (LanyardStaffMember) member = NULL;
  g_autoptr (GError) error = NULL;
  gint64 locked_until_us;
  LanyardStaffAnswer answer = lanyard_staff_check (fixture->folder, fixture->journal, number, pin,
                                                   &member, &locked_until_us, &error);

  g_assert_no_error (error);
  g_assert_cmpint (member != NULL, ==, answer == LANYARD_STAFF_WELCOME);
  g_assert_cmpstr (member != NULL ? member->number : NULL, ==, expected);
  return answer;
}

/* As desks were set up before there were numbers: the verifier alone. */
static void
test_one_pin_of_before (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "staff.pin", NULL);
  g_autoptr (GPtrArray) members = NULL;
  char verifier[crypto_pwhash_STRBYTES];

  g_assert_cmpint (crypto_pwhash_str (verifier, FLOW_PIN, strlen (FLOW_PIN),
                                      crypto_pwhash_OPSLIMIT_INTERACTIVE,
                                      crypto_pwhash_MEMLIMIT_INTERACTIVE),
                   ==, 0);
  g_assert_true (g_file_set_contents (path, verifier, -1, NULL));
  g_assert_cmpint (check (fixture, NULL, FLOW_PIN, "1"), ==, LANYARD_STAFF_WELCOME);
  g_assert_cmpint (check (fixture, "1", FLOW_PIN, "1"), ==, LANYARD_STAFF_WELCOME);
  g_assert_cmpint (check (fixture, NULL, OTHER_PIN, NULL), ==, LANYARD_STAFF_WRONG);

  /* Somebody else comes: nothing is lost, and a PIN alone says nothing any more. */
  put (fixture, "27", LANYARD_STAFF_ROLE_STAFF, OTHER_PIN);
  members = lanyard_staff_list (fixture->folder, NULL);
  g_assert_cmpuint (members->len, ==, 2);
  g_assert_cmpint (((LanyardStaffMember *)members->pdata[0])->role, ==,
                   LANYARD_STAFF_ROLE_SUPERVISOR);
  g_assert_cmpint (check (fixture, NULL, FLOW_PIN, NULL), ==, LANYARD_STAFF_NUMBER);
  g_assert_cmpint (check (fixture, "1", FLOW_PIN, "1"), ==, LANYARD_STAFF_WELCOME);
  g_assert_cmpint (check (fixture, "27", OTHER_PIN, "27"), ==, LANYARD_STAFF_WELCOME);
  g_assert_cmpint (check (fixture, "27", FLOW_PIN, NULL), ==, LANYARD_STAFF_WRONG);
}

/* Guessing one person's PIN locks them, nobody else, and a restart does not help. */
static void
test_lock_out_each (FlowFixture *fixture, gconstpointer data)
{
  guint n = 0;

  put (fixture, "1", LANYARD_STAFF_ROLE_SUPERVISOR, FLOW_PIN);
  put (fixture, "27", LANYARD_STAFF_ROLE_STAFF, OTHER_PIN);
  while (check (fixture, "27", "111111", NULL) != LANYARD_STAFF_LOCKED)
    g_assert_cmpuint (++n, <, 20);
  flow_reopen (fixture);
  g_assert_cmpint (check (fixture, "27", OTHER_PIN, NULL), ==, LANYARD_STAFF_LOCKED);
  g_assert_cmpint (check (fixture, "1", FLOW_PIN, "1"), ==, LANYARD_STAFF_WELCOME);
  /* Numbers that nobody has are counted too: otherwise they would be tried for free. */
  n = 0;
  while (check (fixture, "4004", "111111", NULL) != LANYARD_STAFF_LOCKED)
    g_assert_cmpuint (++n, <, 20);
  g_assert_cmpint (check (fixture, "4005", "111111", NULL), ==, LANYARD_STAFF_LOCKED);
  g_assert_cmpint (check (fixture, "1", FLOW_PIN, "1"), ==, LANYARD_STAFF_WELCOME);
}

static void
assert_no_list (FlowFixture *fixture, const char *content)
{
  g_autofree char *path = g_build_filename (fixture->folder, "staff.pin", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, content, -1, NULL));
  g_assert_null (lanyard_staff_list (fixture->folder, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_clear_error (&error);
  /* What cannot be read is not written over. */
  g_assert_false (
      lanyard_staff_put (fixture->folder, "2", LANYARD_STAFF_ROLE_STAFF, FLOW_PIN, &error));
}

static void
test_nonsense (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  assert_no_list (fixture, "");
  assert_no_list (fixture, "hello");
  assert_no_list (fixture, "1 supervisor secret");
  assert_no_list (fixture, "1 king $argon2id$v=19$m=1$x");
  assert_no_list (fixture, "12x staff $argon2id$v=19$m=1$x");
  assert_no_list (fixture, "1 staff $argon2id$v=19$m=1$x\n1 staff $argon2id$v=19$m=1$y");
  g_assert_false (
      lanyard_staff_put (fixture->folder, "", LANYARD_STAFF_ROLE_STAFF, FLOW_PIN, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE);
}

static void
test_remove (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  put (fixture, "1", LANYARD_STAFF_ROLE_SUPERVISOR, FLOW_PIN);
  put (fixture, "27", LANYARD_STAFF_ROLE_STAFF, OTHER_PIN);
  g_assert_true (lanyard_staff_remove (fixture->folder, "1", NULL));
  g_assert_cmpint (check (fixture, NULL, OTHER_PIN, "27"), ==, LANYARD_STAFF_WELCOME);
  g_assert_false (lanyard_staff_remove (fixture->folder, "1", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_false (lanyard_staff_remove (fixture->folder, "27", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE);
}

/* Nothing that can be written into the file by it, and nobody's badge is two people's. */
static void
test_badges (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) members = NULL;
  static const char *const wrong[] = { "", "33000417B 2", "33000417B\n9 supervisor", "33000417b",
                                       "333333333333333333333333333333333" };

  put (fixture, "1", LANYARD_STAFF_ROLE_SUPERVISOR, FLOW_PIN);
  put (fixture, "27", LANYARD_STAFF_ROLE_STAFF, OTHER_PIN);
  g_assert_true (lanyard_staff_set_badge (fixture->folder, "27", "33000417B", NULL));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (lanyard_staff_set_badge (fixture->folder, "27", wrong[i], NULL));
  g_assert_false (lanyard_staff_set_badge (fixture->folder, "1", "33000417B", NULL));
  g_assert_false (lanyard_staff_set_badge (fixture->folder, "4004", "33000999X", NULL));
  put (fixture, "27", LANYARD_STAFF_ROLE_STAFF, FLOW_PIN); /* another PIN: still their badge */
  members = lanyard_staff_list (fixture->folder, NULL);
  g_assert_cmpuint (members->len, ==, 2);
  g_assert_null (((LanyardStaffMember *)members->pdata[0])->badge);
  g_assert_cmpstr (((LanyardStaffMember *)members->pdata[1])->badge, ==, "33000417B");
  g_assert_true (lanyard_staff_set_badge (fixture->folder, "27", NULL, NULL));
  g_assert_cmpint (check (fixture, "27", FLOW_PIN, "27"), ==, LANYARD_STAFF_WELCOME);
}

/* Who signed in stands in what they cause, and only while they are signed in. */
static void
test_records_name_staff (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *in_sign_in = NULL;
  g_autofree char *in_reserved = NULL;
  g_autofree char *of_person = NULL;

  put (fixture, "1", LANYARD_STAFF_ROLE_SUPERVISOR, FLOW_PIN);
  put (fixture, "27", LANYARD_STAFF_ROLE_STAFF, OTHER_PIN);
  lanyard_session_sign_in (fixture->session, OTHER_PIN);
  g_assert_false (fixture->view->staff_signed_in);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_STAFF_NUMBER);
  g_assert_true (fixture->view->asks_staff_number);
  lanyard_session_sign_in_as (fixture->session, "27", OTHER_PIN);
  g_assert_true (fixture->view->staff_signed_in);
  g_assert_cmpstr (fixture->view->staff_number, ==, "27");
  g_assert_false (fixture->view->staff_supervisor);
  in_sign_in = flow_body_text (fixture, LANYARD_RECORD_SIGN_IN, LANYARD_BODY_STAFF);
  g_assert_cmpstr (in_sign_in, ==, "27");

  lanyard_session_open_person (fixture->session, flow_number (PERSON_GUEST));
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  in_reserved = flow_body_text (fixture, LANYARD_RECORD_RESERVED, LANYARD_BODY_STAFF);
  g_assert_cmpstr (in_reserved, ==, "27");
  fake_printer_say (fixture->printer, LANYARD_PRINT_FAILED);
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_press (fixture, LANYARD_INPUT_SIGN_OUT);
  g_assert_null (fixture->view->staff_number);
  g_free (flow_walk_to_reserved (fixture, PERSON_READY));
  of_person = flow_body_text (fixture, LANYARD_RECORD_RESERVED, LANYARD_BODY_STAFF);
  g_assert_null (of_person);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add ("/flow/staff/" path, FlowFixture, NULL, flow_set_up, func, flow_tear_down)
  ADD ("one-pin-of-before", test_one_pin_of_before);
  ADD ("lock-out-each", test_lock_out_each);
  ADD ("nonsense", test_nonsense);
  ADD ("remove", test_remove);
  ADD ("records-name-staff", test_records_name_staff);
  ADD ("badges", test_badges);
  return g_test_run ();
}
