/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, somebody who has no say decides about another's badge, a desk that decided goes on
 * taking the badge that it voided, or a decision does not say what it was made about. */

#include "flow-fixture.h"

#define SECOND_PIN "975310"
#define FIRST "K0099-0000017"
#define OTHER "K0098-000004A"

static void
add_side (LanyardDispute *dispute, const char *serial, guint32 device)
{
  LanyardSide *side = lanyard_side_new ();

  side->serial = g_strdup (serial);
  side->state = LANYARD_SIDE_ISSUED;
  side->device = device;
  side->sequence = 4;
  g_ptr_array_add (dispute->sides, side);
}

/* What the hub sends of somebody with two badges about whom a supervisor elsewhere has decided. */
static void
dispute (LanyardEntry *entry)
{
  LanyardResolution *resolution = lanyard_resolution_new ();

  entry->issued.open_badges = 2;
  entry->dispute = lanyard_dispute_new ();
  add_side (entry->dispute, FIRST, 99);
  add_side (entry->dispute, OTHER, 98);
  resolution->id = g_strdup ("98-1-7");
  resolution->keep = g_strdup (OTHER);
  resolution->reason = LANYARD_RESOLVE_LOST;
  resolution->who = g_strdup ("9");
  g_ptr_array_add (entry->dispute->resolutions, resolution);
}

static void
act (FlowFixture *fixture, const char *serial, guint reason)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_RESOLVE);

  action->number = g_strdup (flow_number (PERSON_DISPUTED));
  action->serial = g_strdup (serial);
  action->reason = reason;
  lanyard_session_act (fixture->session, action);
}

static void
open (FlowFixture *fixture)
{
  flow_change_person (fixture, PERSON_DISPUTED, dispute);
  flow_sign_in (fixture);
  lanyard_session_open_person (fixture->session, flow_number (PERSON_DISPUTED));
  flow_assert_page (fixture, "staff");
}

static void
test_supervisor (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) decisions = NULL;
  g_autoptr (GBytes) receipt = NULL;
  const LanyardResolution *resolution;
  LanyardHash head;
  guint64 seq;
  GError *error = NULL;

  open (fixture);
  g_assert_true (lanyard_verdict_has (&fixture->view->verdict, LANYARD_REASON_DISPUTED));
  g_assert_true (fixture->view->can_resolve);
  g_assert_false (fixture->view->can_reissue);
  g_assert_cmpuint (fixture->view->entry->dispute->sides->len, ==, 2);
  act (fixture, FIRST, LANYARD_RESOLVE_IN_HAND);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_RESOLVED);

  decisions = lanyard_journal_list_decisions (fixture->journal, flow_number (PERSON_DISPUTED));
  g_assert_cmpuint (decisions->len, ==, 1);
  resolution = g_ptr_array_index (decisions, 0);
  g_assert_cmpstr (resolution->keep, ==, FIRST);
  g_assert_cmpuint (g_strv_length (resolution->voids), ==, 1);
  g_assert_cmpstr (resolution->voids[0], ==, OTHER);
  g_assert_cmpuint (g_strv_length (resolution->settles), ==, 1);
  g_assert_cmpstr (resolution->settles[0], ==, "98-1-7");
  g_assert_cmpint (resolution->reason, ==, LANYARD_RESOLVE_IN_HAND);
  g_assert_cmpstr (resolution->who, ==, "1");

  /* Not disputed here any more: the badge that stays may be made anew. */
  g_assert_false (lanyard_verdict_has (&fixture->view->verdict, LANYARD_REASON_DISPUTED));
  g_assert_cmpstr (fixture->view->decided, ==, FIRST);
  g_assert_cmpstr (fixture->view->badge_serial, ==, FIRST);
  g_assert_true (fixture->view->can_reissue);

  /* A change of mind takes the place of the first decision. */
  act (fixture, OTHER, LANYARD_RESOLVE_RETURNED);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_RESOLVED);
  g_assert_cmpstr (fixture->view->decided, ==, OTHER);

  flow_check_journal (fixture);

  /* Once the hub has them, what it says counts. */
  seq = lanyard_journal_get_head_seq (fixture->journal);
  lanyard_journal_get_head_hash (fixture->journal, &head);
  receipt = g_bytes_new_static ("receipt", 7);
  lanyard_journal_acknowledge (fixture->journal, seq, &head, receipt, &error);
  g_assert_no_error (error);
  lanyard_session_open_person (fixture->session, flow_number (PERSON_DISPUTED));
  g_assert_true (lanyard_verdict_has (&fixture->view->verdict, LANYARD_REASON_DISPUTED));
}

/* The badge that was decided against is no good here at once, also without a line. */
static void
test_void_at_once (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *credential
      = flow_make_credential (fixture, fixture->desk_key, LANYARD_CREDENTIAL_BADGE,
                              flow_number (PERSON_DISPUTED), OTHER, 4);
  g_autofree char *kept
      = flow_make_credential (fixture, fixture->desk_key, LANYARD_CREDENTIAL_BADGE,
                              flow_number (PERSON_DISPUTED), FIRST, 4);

  open (fixture);
  /* The pack wants two people for a badge that is lost. */
  act (fixture, FIRST, LANYARD_RESOLVE_LOST);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_SECOND_PERSON);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESOLVED), ==, 0);
  act (fixture, FIRST, LANYARD_RESOLVE_IN_HAND);
  flow_act (fixture, LANYARD_ACT_OPEN_VERIFY, NULL, NULL);
  flow_scan_text (fixture, credential);
  g_assert_cmpint (fixture->view->checked->answer, ==, LANYARD_VERIFICATION_VOID);
  flow_scan_text (fixture, kept);
  g_assert_cmpint (fixture->view->checked->answer, ==, LANYARD_VERIFICATION_GENUINE);
  flow_reopen (fixture);
  flow_scan_text (fixture, credential);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_VOID_BADGE);
}

static void
test_refused (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint64 head;

  open (fixture);
  head = lanyard_journal_get_head_seq (fixture->journal);
  act (fixture, "K0001-000001Z", LANYARD_RESOLVE_IN_HAND); /* nobody's */
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOT_POSSIBLE);
  act (fixture, NULL, LANYARD_RESOLVE_IN_HAND);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOT_POSSIBLE);
  act (fixture, FIRST, 7); /* no reason */
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOT_POSSIBLE);
  g_assert_cmpuint (lanyard_journal_get_head_seq (fixture->journal), ==, head);

  /* Staff see the badges and do not decide. */
  lanyard_staff_put (fixture->folder, "27", LANYARD_STAFF_ROLE_STAFF, SECOND_PIN, &error);
  g_assert_no_error (error);
  flow_reopen (fixture);
  lanyard_session_sign_in_as (fixture->session, "27", SECOND_PIN);
  lanyard_session_open_person (fixture->session, flow_number (PERSON_DISPUTED));
  g_assert_false (fixture->view->can_resolve);
  g_assert_cmpuint (fixture->view->entry->dispute->sides->len, ==, 2);
  head = lanyard_journal_get_head_seq (fixture->journal);
  act (fixture, FIRST, LANYARD_RESOLVE_IN_HAND);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_SUPERVISOR_ONLY);
  g_assert_cmpuint (lanyard_journal_get_head_seq (fixture->journal), ==, head);
}

#define ADD(name, func)                                                                            \
  g_test_add ("/flow/session/resolve/" name, FlowFixture, NULL, flow_set_up, func, flow_tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("supervisor", test_supervisor);
  ADD ("void-at-once", test_void_at_once);
  ADD ("refused", test_refused);
  return g_test_run ();
}
