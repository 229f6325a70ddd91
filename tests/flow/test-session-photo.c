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

#define ADD(path, func)                                                                            \
  g_test_add ("/flow/session-photo/" path, FlowFixture, NULL, flow_set_up, func, flow_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("take", test_take);
  ADD ("refused", test_refused);
  ADD ("roster-first", test_roster_first);
  return g_test_run ();
}
