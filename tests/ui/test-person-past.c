/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, staff read what happened with somebody else, wait for it before they may go on, or
 * what they write and whom they hand over is not what the desk is asked. */

#define G_LOG_DOMAIN "test-ui"

#include <string.h>

#include "lanyard-keypad.h"
#include "lanyard-past-list.h"
#include "lanyard-staff-action.h"
#include "lanyard-style.h"
#include "lanyard-wait-list.h"
#include "screen-fixtures.h"

typedef struct
{
  TestRecorder *recorder;
  LanyardPack *pack;
  LanyardWindow *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->recorder = test_recorder_new ();
  fixture->pack = test_pack_load ("summer-games");
  fixture->window = test_window_new (fixture->recorder, fixture->pack, 1080, 1920);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_window_close (fixture->window);
  g_object_unref (fixture->recorder);
  lanyard_pack_unref (fixture->pack);
}

static void
show_person (Fixture *fixture, const char *number)
{
  g_autoptr (LanyardView) view = test_make_view (LANYARD_PAGE_STAFF, "en");

  view->staff_signed_in = TRUE;
  view->entry = test_entry_new ();
  view->generation = g_str_hash (number);
  g_free (view->entry->number);
  view->entry->number = g_strdup (number);
  lanyard_window_show_view (fixture->window, view);
  test_settle (GTK_WIDGET (fixture->window));
}

static void
show_nobody (Fixture *fixture)
{
  g_autoptr (LanyardView) view = test_make_view (LANYARD_PAGE_STAFF, "en");

  view->staff_signed_in = TRUE;
  lanyard_window_show_view (fixture->window, view);
  test_settle (GTK_WIDGET (fixture->window));
}

static gboolean
shows (Fixture *fixture, const char *text)
{
  return test_shows_text (GTK_WIDGET (fixture->window), text);
}

static void
press (Fixture *fixture, const char *name)
{
  GtkWidget *button = test_find_button (GTK_WIDGET (fixture->window), name);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_sensitive (button));
  if (GTK_IS_TOGGLE_BUTTON (button))
    gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), TRUE);
  else
    g_signal_emit_by_name (button, "clicked");
  test_settle (GTK_WIDGET (fixture->window));
}

static void
assert_asked (Fixture *fixture, const char *expected)
{
  g_autofree char *lines = test_recorder_take (fixture->recorder);

  g_assert_cmpstr (lines, ==, expected);
}

/* The person is there before the answer is, and what is asked of them is not kept waiting. */
static void
test_later (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root = GTK_WIDGET (fixture->window);

  test_recorder_hold_past (fixture->recorder, TRUE);
  show_person (fixture, "33000001A");
  g_assert_true (shows (fixture, CANARY));
  g_assert_nonnull (test_find_button (root, "Note or hand over"));
  g_assert_null (test_find_type (root, LANYARD_TYPE_PAST_LIST));
  test_recorder_hold_past (fixture->recorder, FALSE);
  test_settle (root);
  g_assert_nonnull (test_find_type (root, LANYARD_TYPE_PAST_LIST));
  g_assert_nonnull (test_find_label (root, "The photo is ten years old."));
  g_assert_true (shows (fixture, "Handed over to a supervisor"));
  g_assert_nonnull (test_find_label (root, "What happened so far"));
}

/* An answer about whoever stood there before says nothing of who stands there now. */
static void
test_stale (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root = GTK_WIDGET (fixture->window);

  test_recorder_hold_past (fixture->recorder, TRUE);
  show_person (fixture, "33000001A");
  test_recorder_set_n_past (fixture->recorder, 0);
  show_person (fixture, "33000002B");
  test_recorder_set_n_past (fixture->recorder, TEST_PAST_LINES);
  show_nobody (fixture);
  test_recorder_hold_past (fixture->recorder, FALSE);
  test_settle (root);
  g_assert_false (test_holds_text (root, "The photo is ten"));
  show_person (fixture, "33000002B");
  g_assert_true (shows (fixture, "The photo is ten"));
  test_recorder_hold_past (fixture->recorder, TRUE);
  show_person (fixture, "33000003C");
  g_assert_false (test_holds_text (root, "The photo is ten"));
  test_recorder_hold_past (fixture->recorder, FALSE);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  test_recorder_set_n_past (fixture->recorder, 0);
  show_person (fixture, "33000001A");
  g_assert_true (shows (fixture, "This person has not been at this desk yet."));
  g_assert_null (test_find_button (GTK_WIDGET (fixture->window), "Show all of it"));
}

/* A long past is some lines until somebody wants all of it. */
static void
test_all (Fixture *fixture, gconstpointer data)
{
  show_person (fixture, "33000001A");
  g_assert_false (shows (fixture, "Badge of another desk"));
  press (fixture, "Show all of it");
  g_assert_true (shows (fixture, "Badge of another desk"));
  g_assert_true (shows (fixture, "000123M"));
  g_assert_null (test_find_button (GTK_WIDGET (fixture->window), "Show all of it"));
}

/* Who waits stands there until somebody is searched, and is opened and ended by a touch. */
static void
test_waits (Fixture *fixture, gconstpointer data)
{
  GtkWidget *root = GTK_WIDGET (fixture->window);
  GtkWidget *entry;

  show_nobody (fixture);
  g_assert_true (shows (fixture, "4 people wait for staff"));
  g_free (test_recorder_take (fixture->recorder));
  g_assert_false (gtk_widget_get_sensitive (test_find_button (root, "Somebody without a code")));
  press (fixture, "0413");
  assert_asked (fixture, "open 330000001\n");
  press (fixture, "Done");
  assert_asked (fixture, "act 320 text 7-1-412\n");

  entry = test_find_type (root, GTK_TYPE_ENTRY);
  gtk_editable_set_text (GTK_EDITABLE (entry), "q");
  test_settle (root);
  g_assert_null (test_find_type (root, LANYARD_TYPE_WAIT_LIST));
  gtk_editable_set_text (GTK_EDITABLE (entry), "");
  test_settle (root);
  g_assert_nonnull (test_find_type (root, LANYARD_TYPE_WAIT_LIST));
}

/* A list changes when the desk says that somebody else waits. */
static void
test_waits_change (Fixture *fixture, gconstpointer data)
{
  g_auto (LanyardDeskStatus) status = { .waiting_version = 7, .index_ready = TRUE };

  test_recorder_set_n_waits (fixture->recorder, 0);
  show_nobody (fixture);
  g_assert_null (test_find_type (GTK_WIDGET (fixture->window), LANYARD_TYPE_WAIT_LIST));
  test_recorder_set_n_waits (fixture->recorder, 1);
  lanyard_window_show_status (fixture->window, &status);
  test_settle (GTK_WIDGET (fixture->window));
  test_settle (GTK_WIDGET (fixture->window));
  g_assert_true (shows (fixture, "1 person waits for staff"));
}

static guint
count_children (GtkWidget *widget)
{
  guint n = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n++;
  return n;
}

/* A policy that sends everybody to staff: those who came first are shown, and how many there are.
 */
static void
test_waits_many (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list;

  test_recorder_set_n_waits (fixture->recorder, 3000);
  show_nobody (fixture);
  list = test_find_type (GTK_WIDGET (fixture->window), LANYARD_TYPE_WAIT_LIST);
  g_assert_nonnull (list);
  g_assert_true (shows (fixture, "3,000 people wait for staff"));
  g_assert_true (shows (fixture, "and 2,950 more people"));
  g_assert_cmpuint (
      count_children (gtk_widget_get_next_sibling (gtk_widget_get_first_child (list))), ==, 50);
}

static GtkTextBuffer *
open_note (Fixture *fixture)
{
  GtkWidget *text;

  show_person (fixture, "33000001A");
  press (fixture, "Note or hand over");
  g_free (test_recorder_take (fixture->recorder));
  text = test_find_type (GTK_WIDGET (fixture->window), GTK_TYPE_TEXT_VIEW);
  g_assert_nonnull (text);
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (text));
}

/* What is typed on the screen begins with a capital letter, and is sent as it stands. */
static void
test_note (Fixture *fixture, gconstpointer data)
{
  static const char KEYS[] = "ok. q\bno";
  GtkWidget *keep, *keypad;

  open_note (fixture);
  keep = test_find_button (GTK_WIDGET (fixture->window), "Keep the note");
  g_assert_false (gtk_widget_get_sensitive (keep));
  keypad = test_find_type (GTK_WIDGET (fixture->window), LANYARD_TYPE_KEYPAD);
  for (const char *key = KEYS; *key != '\0'; key++)
    g_signal_emit_by_name (keypad, "key", (guint)*key);
  g_assert_false (gtk_widget_get_sensitive (
      test_find_button (GTK_WIDGET (fixture->window), "Hand over to a supervisor")));
  press (fixture, "Keep the note");
  assert_asked (fixture, "act 300 number 33000001A note Ok. No\n");
  g_assert_nonnull (test_find_button (GTK_WIDGET (fixture->window), "Note or hand over"));
  g_assert_false (test_holds_text (GTK_WIDGET (fixture->window), "Ok. No"));
}

static void
test_hand_over (Fixture *fixture, gconstpointer data)
{
  open_note (fixture);
  press (fixture, "Wrong data");
  press (fixture, "Hand over to a supervisor");
  assert_asked (fixture, "act 310 number 33000001A reason 20\n");

  gtk_text_buffer_set_text (open_note (fixture), "  Birth date.\n", -1);
  press (fixture, "Is this the person?");
  press (fixture, "Hand over to a supervisor");
  assert_asked (fixture, "act 310 number 33000001A reason 10 note Birth date.\n");
}

/* Nobody writes more than a record takes, and the page says how much is left. */
static void
test_limit (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (LANYARD_NOTE_MAX_CHARS + 20, 'x');
  GtkTextBuffer *buffer = open_note (fixture);

  gtk_text_buffer_set_text (buffer, long_text, -1);
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, LANYARD_NOTE_MAX_CHARS);
  g_assert_true (shows (fixture, "0 letters left"));
  gtk_text_buffer_set_text (buffer, "seventeen letters", -1);
  g_assert_true (shows (fixture, "263 letters left"));
}

/* Something put into the middle of a full note costs nothing that stands there. */
static void
test_limit_inside (Fixture *fixture, gconstpointer data)
{
  g_autofree char *long_text = g_strnfill (LANYARD_NOTE_MAX_CHARS - 6, 'x');
  g_autofree char *text = NULL, *whole = g_strdup_printf ("%s END", long_text);
  GtkTextBuffer *buffer = open_note (fixture);
  GtkTextIter start;

  gtk_text_buffer_set_text (buffer, whole, -1);
  gtk_text_buffer_get_start_iter (buffer, &start);
  gtk_text_buffer_insert (buffer, &start, "abcdefgh", -1);
  g_object_get (buffer, "text", &text, NULL);
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, LANYARD_NOTE_MAX_CHARS);
  g_assert_true (g_str_has_suffix (text, "x END"));
  g_assert_true (g_str_has_prefix (text, "abx"));
}

/* A scanner that types into it, text pasted from elsewhere. */
static void
test_odd_text (Fixture *fixture, gconstpointer data)
{
  GtkTextBuffer *buffer = open_note (fixture);
  g_autofree char *text = NULL;

  gtk_text_buffer_set_text (buffer, "one\ntwo\u202e\tthree\033", -1);
  g_object_get (buffer, "text", &text, NULL);
  g_assert_cmpstr (text, ==, "one two three ");
  gtk_text_buffer_set_text (buffer, "\u202d", -1);
  g_assert_cmpint (gtk_text_buffer_get_char_count (buffer), ==, 0);
  gtk_text_buffer_set_text (buffer, "\u00a0 \n", -1);
  g_assert_false (
      gtk_widget_is_sensitive (test_find_button (GTK_WIDGET (fixture->window), "Keep the note")));
}

static void
add (const char *path, void (*test) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_autoptr (LanyardPack) pack = NULL;

  gtk_test_init (&argc, &argv, NULL);
  pack = test_pack_load ("summer-games");
  lanyard_style_install (gdk_display_get_default (), "light", pack);
  add ("/ui/past/later", test_later);
  add ("/ui/past/stale", test_stale);
  add ("/ui/past/empty", test_empty);
  add ("/ui/past/all", test_all);
  add ("/ui/past/waits", test_waits);
  add ("/ui/past/waits-change", test_waits_change);
  add ("/ui/past/waits-many", test_waits_many);
  add ("/ui/past/note", test_note);
  add ("/ui/past/hand-over", test_hand_over);
  add ("/ui/past/limit", test_limit);
  add ("/ui/past/limit-inside", test_limit_inside);
  add ("/ui/past/odd-text", test_odd_text);
  return g_test_run ();
}
