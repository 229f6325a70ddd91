/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, what is pressed on the pages of cards, passes and agreements is not what the desk
 * is asked.
 */

#define G_LOG_DOMAIN "test-ui"

#include <string.h>

#include "lanyard-photo-booth.h"
#include "lanyard-staff-action.h"
#include "lanyard-style.h"
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
show (Fixture *fixture, const char *name)
{
  for (guint i = 0; i < N_TEST_SCREENS; i++)
    if (g_str_equal (TEST_SCREENS[i].name, name))
      {
        g_autoptr (LanyardView) view = TEST_SCREENS[i].make ("en");

        lanyard_window_show_view (fixture->window, view);
        test_settle (GTK_WIDGET (fixture->window));
        g_free (test_recorder_take (fixture->recorder));
        return;
      }
  g_assert_not_reached ();
}

static void
press (Fixture *fixture, const char *name)
{
  GtkWidget *button = test_find_button (GTK_WIDGET (fixture->window), name);

  g_assert_nonnull (button);
  g_assert_true (gtk_widget_get_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
}

/* @kind, @rest: what the desk was asked, after whatever was asked before */
static void
assert_asked (Fixture *fixture, LanyardStaffActionKind kind, const char *rest)
{
  g_autofree char *lines = test_recorder_take (fixture->recorder);
  g_autofree char *expected = g_strdup_printf ("act %d%s\n", kind, rest);

  g_assert_cmpstr (lines, ==, expected);
}

static GtkEditable *
find_entry (GtkWidget *root, const char *name)
{
  GtkEditable *found = NULL;

  if (GTK_IS_ENTRY (root) && gtk_widget_get_mapped (root)
      && g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (root)), name) == 0)
    return GTK_EDITABLE (root);
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_entry (child, name);
  return found;
}

static void
type (Fixture *fixture, const char *name, const char *text)
{
  GtkEditable *entry = find_entry (GTK_WIDGET (fixture->window), name);

  g_assert_nonnull (entry);
  gtk_editable_set_text (entry, text);
}

static void
test_validate (Fixture *fixture, gconstpointer data)
{
  show (fixture, "validate");
  g_assert_false (
      gtk_widget_get_sensitive (test_find_button (GTK_WIDGET (fixture->window), "Validate card")));
  press (fixture, "Passport");
  assert_asked (fixture, LANYARD_ACT_DOCUMENT_SEEN, " text P");
  press (fixture, "Driving licence");
  assert_asked (fixture, LANYARD_ACT_DOCUMENT_SEEN, " text DL");
  show (fixture, "validate-ready"); /* its seal was scanned */
  press (fixture, "Validate card");
  assert_asked (fixture, LANYARD_ACT_VALIDATE, " serial VS-004711");
  type (fixture, "seal_entry", "vs 004712");
  press (fixture, "Validate card");
  assert_asked (fixture, LANYARD_ACT_VALIDATE, " serial vs 004712");
  /* The next card begins without the seal of this one. */
  show (fixture, "staff");
  show (fixture, "validate");
  g_assert_false (test_holds_text (GTK_WIDGET (fixture->window), "004712"));
}

/* Each answer once, whatever is touched meanwhile; what more comes is told. */
static void
test_consent (Fixture *fixture, gconstpointer data)
{
  static const char *const answers[][2]
      = { { "I agree", "input agree\n" }, { "I do not agree", "input decline\n" } };

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autofree char *lines = NULL;

      show (fixture, "consent");
      g_assert_true (
          test_shows_text (GTK_WIDGET (fixture->window), "Code of conduct for volunteers"));
      g_assert_true (test_shows_text (GTK_WIDGET (fixture->window),
                                      "talk it over with you. Another question follows."));
      press (fixture, answers[i][0]);
      for (guint k = 0; k < G_N_ELEMENTS (answers); k++)
        g_assert_false (gtk_widget_get_sensitive (
            test_find_button (GTK_WIDGET (fixture->window), answers[k][0])));
      lines = test_recorder_take (fixture->recorder);
      g_assert_cmpstr (lines, ==, answers[i][1]);
      show (fixture, "consent-optional");
      g_assert_true (test_shows_text (GTK_WIDGET (fixture->window), "Pictures of me"));
      g_assert_false (test_shows_text (GTK_WIDGET (fixture->window), "Another question follows."));
      press (fixture, answers[1 - i][0]);
    }
}

static void
test_agreements (Fixture *fixture, gconstpointer data)
{
  show (fixture, "staff-consent");
  g_assert_null (test_find_button (GTK_WIDGET (fixture->window), "Issue badge"));
  press (fixture, "Ask whether they agree");
  test_settle (GTK_WIDGET (fixture->window));
  g_free (test_recorder_take (fixture->recorder));
  g_assert_true (
      test_shows_text (GTK_WIDGET (fixture->window), "Did not agree · no badge without it"));
  press (fixture, "Agreed");
  assert_asked (fixture, LANYARD_ACT_CONSENT, " number 33000417B reason 10 text conduct count 1");
  /* Whoever signs out takes the page along. */
  show (fixture, "welcome");
  g_assert_false (test_holds_text (GTK_WIDGET (fixture->window), CANARY));
}

static gboolean
can_press (Fixture *fixture, const char *name)
{
  GtkWidget *button = test_find_button (GTK_WIDGET (fixture->window), name);

  return button != NULL && gtk_widget_get_sensitive (button);
}

/* Counts down, shows what was taken, and keeps it when staff say so; a camera that goes away in the
 * middle takes nothing, and says so. */
static void
test_photo (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GdkTexture) picture = test_face_new ();
  LanyardPhotoBooth *booth;

  lanyard_window_show_picture (fixture->window, NULL);
  show (fixture, "staff-no-photo");
  press (fixture, "Take a photo");
  test_settle (GTK_WIDGET (fixture->window));
  g_assert_true (test_shows_text (GTK_WIDGET (fixture->window), "The camera shows nothing now."));
  g_assert_false (can_press (fixture, "Take the picture"));
  lanyard_window_show_picture (fixture->window, picture);
  press (fixture, "Take the picture");
  g_assert_true (test_shows_text (GTK_WIDGET (fixture->window), "3"));
  g_assert_false (can_press (fixture, "Take the picture"));
  lanyard_window_show_picture (fixture->window, NULL);
  g_assert_true (test_shows_text (GTK_WIDGET (fixture->window), "The camera shows nothing now."));
  lanyard_window_show_picture (fixture->window, picture);
  g_free (test_recorder_take (fixture->recorder));
  press (fixture, "Take the picture");
  booth = LANYARD_PHOTO_BOOTH (
      test_find_type (GTK_WIDGET (fixture->window), LANYARD_TYPE_PHOTO_BOOTH));
  /* what the camera showed before the end of the count is no photo */
  while (lanyard_photo_booth_get_left (booth) > 0)
    g_main_context_iteration (NULL, TRUE);
  g_assert_false (can_press (fixture, "Keep this picture"));
  lanyard_window_show_picture (fixture->window, picture);
  g_assert_true (can_press (fixture, "Take another"));
  press (fixture, "Keep this picture");
  assert_asked (fixture, LANYARD_ACT_PHOTO, " number 33000417B photo");
  g_assert_cmpstr (lanyard_window_get_page_name (fixture->window), ==, "staff");
}

/* On their own: what is taken is given once, with the question that was asked; a camera that shows
 * nothing brings staff, and so does the button. */
static void
test_portrait (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GdkTexture) face = test_face_new ();
  GtkWidget *window = GTK_WIDGET (fixture->window);
  g_autofree char *lines = NULL, *more = NULL, *called = NULL;

  lanyard_window_show_picture (fixture->window, face);
  show (fixture, "portrait");
  g_assert_true (test_shows_text (window, "Look into the camera, with the face in the oval."));
  press (fixture, "Take the picture");
  g_assert_true (test_shows_text (window, "3"));
  g_assert_false (can_press (fixture, "Take the picture"));
  test_take_photo (fixture->window, face);
  g_assert_true (can_press (fixture, "Use this picture"));
  press (fixture, "Take another");
  g_assert_false (can_press (fixture, "Use this picture"));
  test_take_photo (fixture->window, face);
  g_free (test_recorder_take (fixture->recorder));
  press (fixture, "Use this picture");
  g_assert_false (can_press (fixture, "Use this picture"));
  g_assert_false (can_press (fixture, "Take another"));
  lines = test_recorder_take (fixture->recorder);
  g_assert_cmpstr (lines, ==, "photo given\n");
  g_assert_cmpuint (test_recorder_get_question (fixture->recorder), >, 1000);

  /* Whoever comes next finds nothing of it. */
  show (fixture, "welcome");
  show (fixture, "portrait");
  g_assert_false (can_press (fixture, "Use this picture"));
  press (fixture, "Ask our staff for help");
  more = test_recorder_take (fixture->recorder);
  g_assert_cmpstr (more, ==, "input call-staff\n");

  show (fixture, "welcome");
  show (fixture, "portrait");
  press (fixture, "Take the picture");
  lanyard_window_show_picture (fixture->window, NULL);
  g_assert_true (test_shows_text (window, "Our staff will take your photo."));
  g_assert_false (can_press (fixture, "Take the picture"));
  g_free (test_recorder_take (fixture->recorder));
  while (called == NULL || *called == '\0')
    {
      g_main_context_iteration (NULL, TRUE);
      g_free (called);
      called = test_recorder_take (fixture->recorder);
    }
  g_assert_cmpstr (called, ==, "input call-staff\n");
}

/* What would help is said before the photo is taken. */
static void
test_portrait_advice (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  g_autoptr (GBytes) black = g_bytes_new_take (g_malloc0 (640 * 480 * 4), 640 * 480 * 4);
  g_autoptr (GdkTexture) dark
      = gdk_memory_texture_new (640, 480, GDK_MEMORY_R8G8B8A8, black, 640 * 4);
  gint64 until_us = g_get_monotonic_time () + 20 * G_USEC_PER_SEC;

  show (fixture, "portrait");
  while (!test_shows_text (window, "It is too dark: turn to the light."))
    {
      lanyard_window_show_picture (fixture->window, dark);
      g_assert_cmpint (g_get_monotonic_time (), <, until_us);
    }
  test_take_photo (fixture->window, dark);
  g_assert_true (test_shows_text (window, "It is too dark: turn to the light, and take another."));
  g_assert_true (can_press (fixture, "Use this picture"));
}

static void
test_passes (Fixture *fixture, gconstpointer data)
{
  show (fixture, "passes");
  type (fixture, "what_entry", CANARY);
  type (fixture, "host_entry", "alb");
  g_assert_true (test_shows_text (GTK_WIDGET (fixture->window), "Albora"));
  press (fixture, "Give pass");
  assert_asked (fixture, LANYARD_ACT_GIVE_PASS, " text ALO pool visit name " CANARY);
  type (fixture, "host_entry", "no such host");
  press (fixture, "Give pass");
  assert_asked (fixture, LANYARD_ACT_GIVE_PASS, " pool visit name " CANARY);
  type (fixture, "count_entry", "25");
  press (fixture, "Load");
  assert_asked (fixture, LANYARD_ACT_LOAD_PASSES, " count 25 pool visit");
  type (fixture, "back_entry", "VD-00017");
  press (fixture, "Take back");
  assert_asked (fixture, LANYARD_ACT_RETURN_PASS, " serial VD-00017");
  show (fixture, "passes-back");
  press (fixture, "Take back");
  assert_asked (fixture, LANYARD_ACT_RETURN_PASS, "");
  /* Not the search page: those who wait stand there with their names. */
  show (fixture, "welcome");
  g_assert_false (test_holds_text (GTK_WIDGET (fixture->window), CANARY));
}

static void
test_doors (Fixture *fixture, gconstpointer data)
{
  g_autofree char *lines = NULL;

  show (fixture, "staff");
  press (fixture, "Check a badge");
  assert_asked (fixture, LANYARD_ACT_OPEN_VERIFY, "");
  press (fixture, "Day passes");
  assert_asked (fixture, LANYARD_ACT_OPEN_PASSES, "");
  show (fixture, "verify-good");
  g_assert_true (test_shows_text (GTK_WIDGET (fixture->window), "Genuine"));
  press (fixture, "Back");
  lines = test_recorder_take (fixture->recorder);
  g_assert_true (g_str_has_prefix (lines, "input cancel"));
  show (fixture, "verify-altered");
  g_assert_true (test_shows_text (GTK_WIDGET (fixture->window), "Altered"));
  g_assert_false (test_holds_text (GTK_WIDGET (fixture->window), CANARY));
}

static void
search (Fixture *fixture, guint n_hits)
{
  test_recorder_set_n_hits (fixture->recorder, n_hits);
  for (guint i = 0; i < N_TEST_SCREENS; i++)
    if (g_str_equal (TEST_SCREENS[i].name, "staff-search"))
      test_screen_show (fixture->window, &TEST_SCREENS[i], "en");
}

/* Of very many who are called the same some are listed, and staff are told how to find the one. */
static void
test_namesakes (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  search (fixture, 30);
  g_assert_true (test_shows_text (window, "30 people"));
  search (fixture, 10000);
  g_assert_false (test_shows_text (window, "30 people"));
  g_assert_true (test_shows_text (
      window, "The first 30. Add the first name, the organisation or the number."));
}

int
main (int argc, char **argv)
{
  g_autoptr (LanyardPack) pack = NULL;

  gtk_test_init (&argc, &argv, NULL);
  pack = test_pack_load ("summer-games");
  lanyard_style_install (gdk_display_get_default (), "light", pack);

#define ADD(path, func) g_test_add ("/ui/cards/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("namesakes", test_namesakes);
  ADD ("validate", test_validate);
  ADD ("consent", test_consent);
  ADD ("agreements", test_agreements);
  ADD ("photo", test_photo);
  ADD ("portrait", test_portrait);
  ADD ("portrait-advice", test_portrait_advice);
  ADD ("passes", test_passes);
  ADD ("doors", test_doors);
  return g_test_run ();
}
