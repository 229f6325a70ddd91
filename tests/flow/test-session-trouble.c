/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, a desk that cannot keep records goes on as if it could. */

#include "flow-fixture.h"

#include "lanyard-error.h"
#include "lanyard-database-private.h"
#include "lanyard-directory-load.h"
#include "lanyard-journal-private.h"

static void
set_up_closed (FlowFixture *fixture, gconstpointer data)
{
  flow_make (fixture, NULL);
}

static void
test_not_enrolled (FlowFixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->desk_key, lanyard_key_unref);
  flow_open (fixture);
  flow_assert_page (fixture, "out-of-order");
  g_assert_cmpstr (fixture->view->code, ==, "K10");
  flow_press (fixture, LANYARD_INPUT_CALL_STAFF);
  lanyard_session_type_number (fixture->session, flow_number (PERSON_READY));
  flow_assert_page (fixture, "out-of-order");
  /* A desk that does not serve writes no records of serving. */
  g_assert_cmpuint (lanyard_journal_get_head_seq (fixture->journal), ==, 0);
}

static void
put_trust (FlowFixture *fixture, guint64 counter, gboolean with_desk)
{
  g_autoptr (LanyardTrustList) list = NULL;
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GError) error = NULL;
  gint64 now_s = fixture->wall_us / G_USEC_PER_SEC;
  LanyardTrustedKey keys[2] = {
    { .key = *lanyard_key_get_public (fixture->hub),
      .scopes = LANYARD_SCOPE_INVITATION | LANYARD_SCOPE_DIRECTORY,
      .not_before_s = now_s - 1000,
      .not_after_s = now_s + 1000 },
    { .key = *lanyard_key_get_public (fixture->desk_key),
      .scopes = LANYARD_SCOPE_BADGE,
      .device = 471,
      .not_before_s = now_s - 1000,
      .not_after_s = now_s + 1000 },
  };

  list = lanyard_trust_list_new (counter, now_s, keys, with_desk ? 2 : 1);
  message = lanyard_trust_list_sign (list, fixture->root);
  lanyard_directory_put_document (fixture->directory, "trust", message, &error);
  g_assert_no_error (error);
  lanyard_session_take_lists (fixture->session);
}

/* The hub has struck this desk off, and takes it up again. */
static void
test_key_not_trusted (FlowFixture *fixture, gconstpointer data)
{
  flow_open (fixture);
  flow_assert_page (fixture, "welcome");
  put_trust (fixture, 2, FALSE);
  flow_assert_page (fixture, "out-of-order");
  g_assert_cmpstr (fixture->view->code, ==, "K20");
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "out-of-order");
  /* An older list does not bring it back. */
  put_trust (fixture, 1, TRUE);
  flow_assert_page (fixture, "out-of-order");
  put_trust (fixture, 3, TRUE);
  flow_assert_page (fixture, "welcome");
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "confirm");
}

/* A desk that hears of nobody prints nothing with a key that has run out: no gate would take it. */
static void
test_key_runs_out (FlowFixture *fixture, gconstpointer data)
{
  flow_open (fixture);
  put_trust (fixture, 2, TRUE);
  flow_wait (fixture, 990);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "confirm");
  fixture->wall_us += 20 * G_USEC_PER_SEC;
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "out-of-order");
  g_assert_cmpuint (fixture->printer->submitted->len, ==, 0);
  put_trust (fixture, 3, TRUE);
  flow_wait (fixture, 100);
  flow_assert_page (fixture, "welcome");
  flow_wait (fixture, 1000);
  flow_assert_page (fixture, "out-of-order");
  g_assert_cmpstr (fixture->view->code, ==, "K20");
}

/* Everybody would be called unknown, and sent to a queue with a ticket. */
static void
test_knows_nobody (FlowFixture *fixture, gconstpointer data)
{
  guint64 head;

  flow_open (fixture);
  head = lanyard_journal_get_head_seq (fixture->journal);
  flow_empty_directory (fixture);
  flow_assert_page (fixture, "out-of-order");
  g_assert_cmpstr (fixture->view->code, ==, "K30");
  flow_scan_invitation (fixture, PERSON_READY);
  lanyard_session_type_number (fixture->session, flow_number (PERSON_READY));
  flow_press (fixture, LANYARD_INPUT_CALL_STAFF);
  flow_assert_page (fixture, "out-of-order");
  g_assert_null (fixture->view->ticket);
  g_assert_cmpuint (lanyard_journal_get_head_seq (fixture->journal), ==, head);

  /* Staff are told, and may do what needs no list. */
  flow_sign_in (fixture);
  flow_assert_page (fixture, "staff");
  g_assert_cmpstr (fixture->view->code, ==, "K30");
  flow_fill_directory (fixture);
  g_assert_null (fixture->view->code);
  lanyard_session_input (fixture->session, LANYARD_INPUT_SIGN_OUT, 0, NULL);
  flow_assert_page (fixture, "welcome");
  flow_scan_invitation (fixture, PERSON_READY);
  flow_assert_page (fixture, "confirm");
}

/* The first list is on its way: nobody has to do anything. */
static void
test_list_comes (FlowFixture *fixture, gconstpointer data)
{
  LanyardHash snapshot = { .bytes = { 7 } };
  g_autoptr (GError) error = NULL;

  flow_open (fixture);
  flow_empty_directory (fixture);
  lanyard_directory_load_begin (fixture->directory, &snapshot, 1000, 1, &error);
  g_assert_no_error (error);
  lanyard_session_check_health (fixture->session);
  flow_assert_page (fixture, "out-of-order");
  g_assert_cmpstr (fixture->view->code, ==, "K32");
}

static void
void_everything (LanyardEntry *entry)
{
  entry->lowest_valid_sequence = G_MAXUINT32;
}

/* A person who can have no badge any more is that person's trouble, not the desk's. */
static void
test_no_sequence_left (FlowFixture *fixture, gconstpointer data)
{
  flow_open (fixture);
  flow_change_person (fixture, PERSON_READY, void_everything);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "refused");
  flow_press (fixture, LANYARD_INPUT_DONE);
  flow_sign_in (fixture);
  lanyard_session_open_person (fixture->session, flow_number (PERSON_READY));
  g_assert_false (fixture->view->can_issue);
  lanyard_session_input (fixture->session, LANYARD_INPUT_SIGN_OUT, 0, NULL);
  g_free (flow_walk_to_issued (fixture, PERSON_OTHER));
  flow_check_journal (fixture);
}

/* No badge is begun that could not be finished; when there is room again, the desk goes on by
 * itself. */
static void
test_disk_full (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *kinds = NULL;

  flow_open (fixture);
  lanyard_journal_set_reserve_bytes (fixture->journal, G_MAXUINT64);
  flow_scan_invitation (fixture, PERSON_READY);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "out-of-order");
  g_assert_cmpstr (fixture->view->code, ==, "J130");
  g_assert_nonnull (fixture->view->problem);
  g_assert_null (fixture->view->entry);
  g_assert_cmpuint (fixture->printer->submitted->len, ==, 0);
  flow_scan_invitation (fixture, PERSON_OTHER);
  flow_press (fixture, LANYARD_INPUT_CONFIRM);
  flow_assert_page (fixture, "out-of-order");

  /* Trying again while it is full changes nothing, and writes nothing. */
  flow_wait (fixture, 20);
  flow_assert_page (fixture, "out-of-order");
  g_assert_cmpuint (lanyard_journal_get_head_seq (fixture->journal), ==, 1);
  lanyard_journal_set_reserve_bytes (fixture->journal, 1);
  flow_wait (fixture, 20);
  flow_assert_page (fixture, "welcome");
  g_free (flow_walk_to_issued (fixture, PERSON_READY));
  kinds = flow_kinds_of (fixture, flow_number (PERSON_READY));
  g_assert_cmpstr (kinds, ==, "reserved printing reported issued");
  flow_check_journal (fixture);
}

/* The device fails in the middle of a print: nothing is lost, and nothing is believed. */
static void
test_disk_breaks (FlowFixture *fixture, gconstpointer data)
{
  g_autofree char *serial = NULL;
  g_autofree char *kinds = NULL;

  flow_open (fixture);
  serial = flow_walk_to_printing (fixture, PERSON_READY);
  lanyard_database_fail (fixture->journal->database, SQLITE_IOERR_FSYNC, NULL);
  fake_printer_say (fixture->printer, LANYARD_PRINT_COMPLETED);
  flow_assert_page (fixture, "out-of-order");
  g_assert_cmpstr (fixture->view->code, ==, "J150");
  flow_wait (fixture, 3600);
  flow_assert_page (fixture, "out-of-order");
  flow_reopen (fixture);
  flow_assert_page (fixture, "attention");
  g_assert_cmpstr (fixture->view->serial, ==, serial);
  kinds = flow_kinds_of (fixture, flow_number (PERSON_READY));
  g_assert_cmpstr (kinds, ==, "reserved printing unknown");
  flow_check_journal (fixture);
}

static void
test_error_pages (void)
{
  g_autoptr (GError) error = g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_NEWER,
                                                  "The journal is of a later version.");
  g_autoptr (LanyardView) view = lanyard_view_new_out_of_order (error);

  g_assert_cmpint (view->page, ==, LANYARD_PAGE_OUT_OF_ORDER);
  g_assert_cmpstr (view->code, ==, "E120");
  g_assert_cmpstr (view->problem, ==, error->message);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/flow/session-trouble/" path, FlowFixture, NULL, set_up_closed, func, flow_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("not-enrolled", test_not_enrolled);
  ADD ("key-not-trusted", test_key_not_trusted);
  ADD ("knows-nobody", test_knows_nobody);
  ADD ("list-comes", test_list_comes);
  ADD ("key-runs-out", test_key_runs_out);
  ADD ("no-sequence-left", test_no_sequence_left);
  ADD ("disk-full", test_disk_full);
  ADD ("disk-breaks", test_disk_breaks);
  g_test_add_func ("/flow/session-trouble/error-pages", test_error_pages);
  return g_test_run ();
}
