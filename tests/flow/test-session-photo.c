/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, somebody's photo stands where others can see it, is lost, or takes the place of
 * the one that the roster has. */

#include "flow-fixture.h"

#include <string.h>

/* The first bytes of a PNG, and then what is looked for where it must not be. */
#define PICTURE(mark)                                                                              \
  "\x89PNG\r\n\x1a\n" mark " of nobody, long enough to pass for a picture of some size"

static GBytes *
make_picture (const char *text)
{
  return g_bytes_new_static (text, strlen (text));
}

static void
act (FlowFixture *fixture, Person person, GBytes *photo)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_PHOTO);

  action->number = g_strdup (flow_number (person));
  action->photo = photo != NULL ? g_bytes_ref (photo) : NULL;
  lanyard_session_act (fixture->session, action);
}

static gboolean
holds (FlowFixture *fixture, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (fixture->folder, name, NULL);
  g_autofree char *content = NULL;
  gsize n_bytes = 0;

  return g_file_get_contents (path, &content, &n_bytes, NULL)
         && memmem (content, n_bytes, text, strlen (text)) != NULL;
}

static void
open_person (FlowFixture *fixture, Person person)
{
  lanyard_session_open_person (fixture->session, flow_number (person));
  flow_assert_page (fixture, "staff");
}

/* Kept, shown, recorded without the picture, there after a restart, and replaced by a better one.
 */
static void
test_take (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) first = make_picture (PICTURE ("portrait-one"));
  g_autoptr (GBytes) second = make_picture (PICTURE ("portrait-two"));

  flow_sign_in (fixture);
  open_person (fixture, PERSON_READY);
  g_assert_true (fixture->view->can_take_photo);
  g_assert_null (fixture->view->photo);
  act (fixture, PERSON_READY, first);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_PHOTO_KEPT);
  g_assert_true (g_bytes_equal (fixture->view->photo, first));
  g_assert_true (fixture->view->can_take_photo && fixture->view->can_issue);
  act (fixture, PERSON_READY, second);
  g_assert_true (g_bytes_equal (fixture->view->photo, second));
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_PHOTO_TAKEN), ==, 2);
  flow_check_journal (fixture);
  flow_reopen (fixture);
  flow_sign_in (fixture);
  open_person (fixture, PERSON_READY);
  g_assert_true (g_bytes_equal (fixture->view->photo, second));
  open_person (fixture, PERSON_OTHER);
  g_assert_null (fixture->view->photo);
  flow_close (fixture);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_false (holds (fixture, "journal.db", i == 0 ? "portrait-one" : "portrait-two"));
      g_assert_false (holds (fixture, "directory.db", i == 0 ? "portrait-one" : "portrait-two"));
    }
  flow_open (fixture);
}

/* What is no picture, of somebody else, or wanted by nobody of the staff, is not kept. */
static void
test_refused (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) photo = make_picture (PICTURE ("portrait-one"));
  g_autoptr (GBytes) words
      = make_picture ("no picture at all, and long enough to be one if it was one");

  act (fixture, PERSON_READY, photo);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_STAFF_ONLY);
  flow_sign_in (fixture);
  open_person (fixture, PERSON_READY);
  act (fixture, PERSON_OTHER, photo);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOT_POSSIBLE);
  act (fixture, PERSON_READY, words);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOT_POSSIBLE);
  act (fixture, PERSON_READY, NULL);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOT_POSSIBLE);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_PHOTO_TAKEN), ==, 0);
  g_assert_null (fixture->view->photo);
}

static GBytes *roster_photo;

static void
give_photo (LanyardEntry *entry)
{
  entry->photo_hash = lanyard_photo_hash (roster_photo);
}

/* The roster's counts when it is there and a picture; it is never replaced here. */
static void
test_roster_first (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) taken = make_picture (PICTURE ("portrait-one"));
  g_autoptr (GBytes) hash = NULL;
  g_autoptr (GError) error = NULL;

  flow_sign_in (fixture);
  open_person (fixture, PERSON_READY);
  act (fixture, PERSON_READY, taken);
  roster_photo = make_picture (PICTURE ("of the roster"));
  flow_change_person (fixture, PERSON_READY, give_photo);
  open_person (fixture, PERSON_READY);
  /* it has not come yet */
  g_assert_true (g_bytes_equal (fixture->view->photo, taken));
  hash = lanyard_photo_hash (roster_photo);
  g_assert_true (lanyard_directory_put_photo (fixture->directory, hash, roster_photo, &error));
  open_person (fixture, PERSON_READY);
  g_assert_true (g_bytes_equal (fixture->view->photo, roster_photo));
  g_assert_false (fixture->view->can_take_photo);
  act (fixture, PERSON_READY, taken);
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOT_POSSIBLE);
  g_clear_pointer (&roster_photo, g_bytes_unref);
}

static void
give (FlowFixture *fixture, guint64 question, guint which)
{
  g_autoptr (GBytes) photo = flow_make_portrait (which);

  lanyard_session_give_photo (fixture->session, question, photo);
}

static void
confirm (FlowFixture *fixture, Person person)
{
  flow_scan_invitation (fixture, person);
  flow_assert_page (fixture, "confirm");
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
}

/* Walks to the page that takes a photo. Returns: the question */
static guint64
ask (FlowFixture *fixture, Person person)
{
  flow_rule_photo (fixture);
  confirm (fixture, person);
  flow_assert_page (fixture, "portrait");
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESERVED), ==, 0);
  return fixture->view->question;
}

/* Asked for after the yes, kept, and the badge goes on its way with it; the record tells that
 * nobody of the staff took it. */
static void
test_portrait (FlowFixture *fixture, gconstpointer data)
{
  guint64 question = ask (fixture, PERSON_READY);

  give (fixture, question, 0);
  flow_assert_page (fixture, "printing");
  g_assert_nonnull (fixture->view->photo);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_PHOTO_TAKEN), ==, 1);
  g_assert_cmpuint (flow_body_number (fixture, LANYARD_RECORD_PHOTO_TAKEN, LANYARD_BODY_MODE), ==,
                    LANYARD_MODE_SELF_SERVICE);
  g_assert_null (flow_body_text (fixture, LANYARD_RECORD_PHOTO_TAKEN, LANYARD_BODY_STAFF));
  /* A second touch is none. */
  give (fixture, question, 1);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_PHOTO_TAKEN), ==, 1);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESERVED), ==, 1);
  flow_check_journal (fixture);
  flow_close (fixture);
  g_assert_false (holds (fixture, "journal.db", "portrait-one"));
  g_assert_false (holds (fixture, "directory.db", "portrait-one"));
  flow_open (fixture);
}

/* What has to be agreed to comes first: whoever does not agree is not photographed. */
static void
test_after_consent (FlowFixture *fixture, gconstpointer data)
{
  flow_rule_consent (fixture, "photos", 1, TRUE);
  flow_rule_photo (fixture);
  confirm (fixture, PERSON_READY);
  flow_assert_page (fixture, "consent");
  give (fixture, fixture->view->question, 0);
  flow_assert_page (fixture, "consent");
  flow_press (fixture, LANYARD_INPUT_AGREE);
  flow_assert_page (fixture, "portrait");
  give (fixture, fixture->view->question, 0);
  flow_assert_page (fixture, "printing");
}

/* What is no picture, or answers what is not asked any more, is not kept, and the page stays. */
static void
test_portrait_refused (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) words
      = make_picture ("no picture at all, and long enough to be one if it was one, surely");
  guint64 question = ask (fixture, PERSON_READY);

  give (fixture, question - 1, 0);
  flow_assert_page (fixture, "portrait");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NONE);
  lanyard_session_give_photo (fixture->session, question, words);
  flow_assert_page (fixture, "portrait");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_NOT_POSSIBLE);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_PHOTO_TAKEN), ==, 0);
  give (fixture, question, 0);
  flow_assert_page (fixture, "printing");
}

/* Nobody is asked who has a photo, whether the roster's or one of before; nor after a restart, nor
 * when the printer failed. */
static void
test_not_asked (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) hash = NULL;

  give (fixture, ask (fixture, PERSON_READY), 0);
  fake_printer_say (fixture->printer, LANYARD_PRINT_FAILED);
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_reopen (fixture);
  flow_rule_photo (fixture);
  confirm (fixture, PERSON_READY);
  flow_assert_page (fixture, "printing");
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_PHOTO_TAKEN), ==, 1);
  fake_printer_say (fixture->printer, LANYARD_PRINT_FAILED);
  flow_press (fixture, LANYARD_INPUT_DONE);

  roster_photo = flow_make_portrait (1);
  flow_change_person (fixture, PERSON_OTHER, give_photo);
  hash = lanyard_photo_hash (roster_photo);
  g_assert_true (lanyard_directory_put_photo (fixture->directory, hash, roster_photo, NULL));
  confirm (fixture, PERSON_OTHER);
  flow_assert_page (fixture, "printing");
  g_clear_pointer (&roster_photo, g_bytes_unref);
}

/* Without the rule nobody is asked, with a photo or without one. */
static void
test_no_rule (FlowFixture *fixture, gconstpointer data)
{
  confirm (fixture, PERSON_READY);
  flow_assert_page (fixture, "printing");
}

/* Whoever cannot be photographed goes to staff, with a number and the reason; staff take one, or
 * issue without. */
static void
test_to_staff (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) photo = flow_make_portrait (0);
  g_autofree char *kinds = NULL;

  ask (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_CALL_STAFF);
  flow_assert_page (fixture, "refused");
  g_assert_nonnull (fixture->view->ticket);
  g_assert_true (lanyard_verdict_has (&fixture->view->verdict, LANYARD_REASON_PHOTO));
  g_assert_cmpint (fixture->view->verdict.outcome, ==, LANYARD_OUTCOME_STAFF);
  kinds = flow_kinds_of (fixture, flow_number (PERSON_READY));
  g_assert_cmpstr (kinds, ==, "referred");

  flow_sign_in (fixture);
  flow_assert_page (fixture, "staff");
  g_assert_true (lanyard_verdict_has (&fixture->view->verdict, LANYARD_REASON_PHOTO));
  g_assert_true (fixture->view->can_take_photo && fixture->view->can_issue);
  act (fixture, PERSON_READY, photo);
  g_assert_false (lanyard_verdict_has (&fixture->view->verdict, LANYARD_REASON_PHOTO));
  /* Of somebody else staff say that it goes without. */
  open_person (fixture, PERSON_OTHER);
  g_assert_true (lanyard_verdict_has (&fixture->view->verdict, LANYARD_REASON_PHOTO));
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "printing");
  flow_check_journal (fixture);
}

/* Staff who come while the page is on go on with the same person. */
static void
test_take_over (FlowFixture *fixture, gconstpointer data)
{
  guint64 question = ask (fixture, PERSON_READY);

  flow_sign_in (fixture);
  flow_assert_page (fixture, "staff");
  g_assert_cmpstr (fixture->view->entry->number, ==, flow_number (PERSON_READY));
  give (fixture, question, 0);
  g_assert_null (fixture->view->photo);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_PHOTO_TAKEN), ==, 0);
}

/* Whoever leaves, or waits too long, is forgotten; another's code pushes nobody away. */
static void
test_leave (FlowFixture *fixture, gconstpointer data)
{
  ask (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "portrait");
  flow_scan_invitation (fixture, PERSON_OTHER);
  flow_assert_page (fixture, "portrait");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_BUSY);
  flow_wait (fixture, 44);
  flow_assert_page (fixture, "portrait");
  flow_press (fixture, LANYARD_INPUT_EXTEND);
  flow_wait (fixture, 44);
  flow_assert_page (fixture, "portrait");
  flow_wait (fixture, 2);
  flow_assert_page (fixture, "welcome");
  g_assert_null (fixture->view->entry);
  confirm (fixture, PERSON_READY);
  flow_assert_page (fixture, "portrait");
  flow_press (fixture, LANYARD_INPUT_CANCEL);
  flow_assert_page (fixture, "welcome");
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_PHOTO_TAKEN), ==, 0);
  flow_check_journal (fixture);
}

static void
cancel_person (LanyardEntry *entry)
{
  entry->status = LANYARD_STATUS_CANCELLED;
}

/* What came in meanwhile counts: there is no badge, and the picture is kept all the same. */
static void
test_cancelled_meanwhile (FlowFixture *fixture, gconstpointer data)
{
  guint64 question = ask (fixture, PERSON_READY);

  flow_change_person (fixture, PERSON_READY, cancel_person);
  give (fixture, question, 0);
  flow_assert_page (fixture, "refused");
  g_assert_cmpint (fixture->view->state, ==, LANYARD_PICKUP_REFUSED);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_PHOTO_TAKEN), ==, 1);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_RESERVED), ==, 0);
}

/* A card that is made valid has been printed: nothing is asked of its photo. */
static void
test_card (FlowFixture *fixture, gconstpointer data)
{
  flow_rule_photo (fixture);
  flow_rule_validation (fixture, LANYARD_SEAL_NONE, FALSE);
  flow_sign_in (fixture);
  flow_scan_card (fixture, PERSON_READY, "C0001-000001", 1);
  g_assert_false (lanyard_verdict_has (&fixture->view->verdict, LANYARD_REASON_PHOTO));
  flow_act (fixture, LANYARD_ACT_VALIDATE, NULL, NULL);
  g_assert_cmpuint (flow_count_kind (fixture, LANYARD_RECORD_VALIDATED), ==, 1);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/flow/session-photo/" path, FlowFixture, NULL, flow_set_up, func, flow_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("take", test_take);
  ADD ("refused", test_refused);
  ADD ("roster-first", test_roster_first);
  ADD ("portrait", test_portrait);
  ADD ("after-consent", test_after_consent);
  ADD ("portrait-refused", test_portrait_refused);
  ADD ("not-asked", test_not_asked);
  ADD ("no-rule", test_no_rule);
  ADD ("to-staff", test_to_staff);
  ADD ("take-over", test_take_over);
  ADD ("leave", test_leave);
  ADD ("cancelled-meanwhile", test_cancelled_meanwhile);
  ADD ("card", test_card);
  return g_test_run ();
}
