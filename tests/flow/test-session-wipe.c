/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, the next person in the queue can read the name of the one before. */

#include "flow-fixture.h"

#include <malloc.h>
#include <string.h>

/* The linker puts this in the place of g_free() for all of Lanyard: memory that still holds a name
 * must not be given back. */
void __real_g_free (gpointer memory);
void __wrap_g_free (gpointer memory);

/* A name as it is printed and as a passport has it; the number of one; a photo. */
static const char *const marks[]
    = { FLOW_NAME_MARK, "QUILLFEATHER", FLOW_DOCUMENT_MARK, FLOW_PORTRAIT_MARK };

static gboolean watching;
static guint first_mark; /* of those that are looked for */
static guint n_dirty;
static guint n_seen;

void
__wrap_g_free (gpointer memory)
{
  if (watching && memory != NULL)
    {
      n_seen++;
      for (guint i = first_mark; i < G_N_ELEMENTS (marks); i++)
        if (memmem (memory, malloc_usable_size (memory), marks[i], strlen (marks[i])) != NULL)
          {
            n_dirty++;
            break;
          }
    }
  __real_g_free (memory);
}

static void
watch (void)
{
  n_dirty = n_seen = 0;
  watching = TRUE;
}

static void
assert_clean (void)
{
  watching = FALSE;
  g_assert_cmpuint (n_seen, >, 10);
  g_assert_cmpuint (n_dirty, ==, 0);
}

/* The watch itself must be able to find something. */
static void
test_watch (void)
{
  char *name;

  watch ();
  name = g_strdup ("Ann " FLOW_NAME_MARK);
  g_free (name);
  watching = FALSE;
  g_assert_cmpuint (n_dirty, ==, 1);
}

static void
assert_nobody (FlowFixture *fixture)
{
  flow_assert_page (fixture, "welcome");
  g_assert_null (fixture->view->entry);
  g_assert_null (fixture->view->photo);
  g_assert_null (fixture->view->serial);
  g_assert_null (fixture->view->ticket);
  g_assert_null (fixture->view->language);
  g_assert_cmpint (fixture->view->deadline_us, ==, 0);
  g_assert_cmpuint (fixture->view->verdict.n_reasons, ==, 0);
}

static void
test_idle_on_confirm (FlowFixture *fixture, gconstpointer data)
{
  watch ();
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "confirm");
  flow_wait (fixture, 44);
  flow_assert_page (fixture, "confirm");
  flow_press (fixture, LANYARD_INPUT_ACTIVITY);
  flow_wait (fixture, 44);
  flow_assert_page (fixture, "confirm");
  flow_wait (fixture, 2);
  assert_nobody (fixture);
  assert_clean ();
  flow_check_journal (fixture);
}

static void
test_cancel (FlowFixture *fixture, gconstpointer data)
{
  watch ();
  flow_scan_invitation (fixture, PERSON_OTHER);
  flow_press (fixture, LANYARD_INPUT_CANCEL);
  assert_nobody (fixture);
  assert_clean ();
}

static void
test_refused (FlowFixture *fixture, gconstpointer data)
{
  watch ();
  flow_scan_invitation (fixture, PERSON_ELSEWHERE);
  flow_assert_page (fixture, "refused");
  flow_wait (fixture, 31);
  assert_nobody (fixture);
  assert_clean ();
}

static void
test_done (FlowFixture *fixture, gconstpointer data)
{
  g_free (flow_walk_to_issued (fixture, PERSON_READY));
  flow_wait (fixture, 16);
  assert_nobody (fixture);
}

static void
test_staff (FlowFixture *fixture, gconstpointer data)
{
  flow_sign_in (fixture);
  watch ();
  lanyard_session_open_person (fixture->session, flow_number (PERSON_PENDING));
  g_assert_nonnull (fixture->view->entry);
  flow_press (fixture, LANYARD_INPUT_SIGN_OUT);
  assert_nobody (fixture);
  assert_clean ();
}

/* A passport is read, held against its holder and forgotten: no copy of a line of it stays. */
static void
test_documents (FlowFixture *fixture, gconstpointer data)
{
  flow_rule_documents (fixture, TRUE, TRUE);
  flow_give_passport (fixture, PERSON_READY);
  watch ();
  flow_scan_passport (fixture, PERSON_READY, LANYARD_SCAN_SOURCE_CAMERA);
  flow_assert_page (fixture, "confirm");
  flow_press (fixture, LANYARD_INPUT_CANCEL);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "document");
  flow_scan_passport (fixture, PERSON_OTHER, LANYARD_SCAN_SOURCE_CAMERA);
  flow_assert_page (fixture, "refused");
  flow_wait (fixture, 31);
  assert_nobody (fixture);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_scan_passport (fixture, PERSON_READY, LANYARD_SCAN_SOURCE_TYPED);
  flow_wait (fixture, 31);
  assert_nobody (fixture);
  assert_clean ();
}

/* A photo that was taken, sealed, read back and drawn leaves no copy. The badge has the name on it,
 * and its memory is not what is looked at here. */
static void
test_portrait (FlowFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) photo = flow_make_portrait (0);

  flow_rule_photo (fixture);
  first_mark = G_N_ELEMENTS (marks) - 1;
  watch ();
  flow_scan_invitation (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "portrait");
  lanyard_session_give_photo (fixture->session, fixture->view->question, photo);
  flow_assert_page (fixture, "printing");
  fake_printer_say (fixture->printer, LANYARD_PRINT_FAILED);
  flow_wait (fixture, 31);
  assert_nobody (fixture);
  assert_clean ();
  first_mark = 0;
}

/* Somebody holds an old view a little longer, as the screen may while it fades: it stays whole. */
static void
test_view_that_is_held (FlowFixture *fixture, gconstpointer data)
{
  LanyardView *held;

  watch ();
  flow_scan_invitation (fixture, PERSON_READY);
  held = lanyard_view_ref (fixture->view);
  flow_press (fixture, LANYARD_INPUT_CANCEL);
  assert_nobody (fixture);
  g_assert_cmpstr (held->entry->family_name, ==, FLOW_NAME_MARK);
  lanyard_view_unref (held);
  assert_clean ();
}

static void
test_language (FlowFixture *fixture, gconstpointer data)
{
  lanyard_session_set_language (fixture->session, "es");
  g_assert_cmpstr (fixture->view->language, ==, "es");
  lanyard_session_set_language (fixture->session, "xx");
  g_assert_cmpstr (fixture->view->language, ==, "es");
  flow_wait (fixture, 46);
  assert_nobody (fixture);
}

/* A number or a PIN that somebody began to type and left is on the screen, not in the session: the
 * clock tells the screen when to let go of it. */
static void
test_typing (FlowFixture *fixture, gconstpointer data)
{
  flow_press (fixture, LANYARD_INPUT_ACTIVITY);
  flow_assert_page (fixture, "welcome");
  g_assert_cmpint (fixture->view->deadline_us, ==, fixture->monotonic_us + 45 * G_USEC_PER_SEC);
  flow_wait (fixture, 44);
  lanyard_session_type_number (fixture->session, "4711");
  g_assert_cmpint (fixture->view->notice, ==, LANYARD_NOTICE_TYPING_ERROR);
  flow_wait (fixture, 44);
  lanyard_session_sign_in (fixture->session, "111111");
  flow_wait (fixture, 44);
  g_assert_cmpint (fixture->view->deadline_us, !=, 0);
  flow_wait (fixture, 2);
  assert_nobody (fixture);
  /* Staff have a clock of their own. */
  flow_press (fixture, LANYARD_INPUT_ACTIVITY);
  flow_sign_in (fixture);
  flow_assert_page (fixture, "staff");
  g_assert_cmpint (fixture->view->deadline_us, ==, 0);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/flow/session-wipe/" path, FlowFixture, NULL, flow_set_up, func, flow_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flow/session-wipe/watch", test_watch);
  ADD ("idle-on-confirm", test_idle_on_confirm);
  ADD ("cancel", test_cancel);
  ADD ("refused", test_refused);
  ADD ("done", test_done);
  ADD ("staff", test_staff);
  ADD ("documents", test_documents);
  ADD ("portrait", test_portrait);
  ADD ("view-that-is-held", test_view_that_is_held);
  ADD ("language", test_language);
  ADD ("typing", test_typing);
  return g_test_run ();
}
