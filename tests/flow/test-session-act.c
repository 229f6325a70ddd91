/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, somebody who is not staff has the desk do what only staff may, or an action that
 * makes no sense does something. */

#include "flow-fixture.h"

#include <string.h>

#define NO_SUCH_KIND 9999

static void
assert_refused (FlowFixture *fixture, const LanyardStaffAction *action, LanyardNotice notice)
{
  guint64 head = lanyard_journal_get_head_seq (fixture->journal);
  guint64 generation = fixture->view->notice_generation;

  lanyard_session_act (fixture->session, action);
  g_assert_cmpint (fixture->view->notice, ==, notice);
  g_assert_cmpuint (fixture->view->notice_generation, >, generation);
  g_assert_cmpuint (lanyard_journal_get_head_seq (fixture->journal), ==, head);
}

static void
test_nobody_signed_in (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (NO_SUCH_KIND);

  assert_refused (fixture, action, LANYARD_NOTICE_STAFF_ONLY);
}

static void
test_no_such_kind (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (NO_SUCH_KIND);

  flow_sign_in (fixture);
  assert_refused (fixture, action, LANYARD_NOTICE_NOT_POSSIBLE);
  action->kind = LANYARD_ACT_NONE;
  assert_refused (fixture, action, LANYARD_NOTICE_NOT_POSSIBLE);
}

static void
test_value (void)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (NO_SUCH_KIND);
  g_autoptr (LanyardStaffAction) copy = NULL;

  action->number = g_strdup ("number");
  action->serial = g_strdup ("serial");
  action->reason = 40;
  action->second_number = g_strdup ("7");
  action->second_pin = g_strdup (FLOW_PIN);
  action->text = g_strdup ("text");
  action->count = 200;
  copy = g_boxed_copy (LANYARD_TYPE_STAFF_ACTION, action);
  g_assert_cmpint (copy->kind, ==, NO_SUCH_KIND);
  g_assert_cmpstr (copy->number, ==, "number");
  g_assert_cmpstr (copy->serial, ==, "serial");
  g_assert_cmpuint (copy->reason, ==, 40);
  g_assert_cmpstr (copy->second_number, ==, "7");
  g_assert_cmpstr (copy->second_pin, ==, FLOW_PIN);
  g_assert_cmpstr (copy->text, ==, "text");
  g_assert_cmpuint (copy->count, ==, 200);
  g_assert_true (copy->second_pin != action->second_pin);
  g_assert_true (lanyard_staff_action_is_sound (copy));
}

static void
test_unsound (void)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (NO_SUCH_KIND);

  action->text = g_strnfill (LANYARD_STAFF_ACTION_MAX_BYTES, 'x');
  g_assert_true (lanyard_staff_action_is_sound (action));
  g_free (action->text);
  action->text = g_strnfill (LANYARD_STAFF_ACTION_MAX_BYTES + 1, 'x');
  g_assert_false (lanyard_staff_action_is_sound (action));
  g_free (action->text);
  action->text = g_strdup ("\xff");
  g_assert_false (lanyard_staff_action_is_sound (action));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func)                                                                            \
  g_test_add ("/flow/act/" path, FlowFixture, NULL, flow_set_up, func, flow_tear_down)
  ADD ("nobody-signed-in", test_nobody_signed_in);
  ADD ("no-such-kind", test_no_such_kind);
  g_test_add_func ("/flow/act/value", test_value);
  g_test_add_func ("/flow/act/unsound", test_unsound);
  return g_test_run ();
}
