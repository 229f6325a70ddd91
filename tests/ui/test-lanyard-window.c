/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The window from the outside: what is touched, what the desk is asked for, what comes on. */

#define G_LOG_DOMAIN "test-ui"

#include <string.h>

#include "lanyard-aids.h"
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
  fixture->window = test_window_new (fixture->recorder, fixture->pack, 1280, 800);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  test_window_close (fixture->window);
  lanyard_pack_unref (fixture->pack);
  g_assert_finalize_object (fixture->recorder);
}

static const TestScreen *
find_screen (const char *name)
{
  for (guint i = 0; i < N_TEST_SCREENS; i++)
    {
      if (strcmp (TEST_SCREENS[i].name, name) == 0)
        return &TEST_SCREENS[i];
    }
  g_assert_not_reached ();
}

static void
press (Fixture *fixture, const char *name)
{
  GtkWidget *button = test_find_button (GTK_WIDGET (fixture->window), name);

  if (button == NULL)
    g_error ("there is no button “%s”", name);
  g_assert_true (gtk_widget_is_sensitive (button));
  g_signal_emit_by_name (button, "clicked");
  test_settle (GTK_WIDGET (fixture->window));
}

static void
assert_asked (Fixture *fixture, const char *expected)
{
  g_autofree char *lines = test_recorder_take (fixture->recorder);

  g_assert_cmpstr (lines, ==, expected);
}

typedef struct
{
  const char *screen;
  const char *button;
  const char *asked;
} Touch;

static const Touch TOUCHES[] = {
  { "welcome", "Français", "language fr\n" },
  { "document", "I have no document with me", "input call-staff\n" },
  { "document", "No, start again", "input cancel\n" },
  { "confirm", "Yes, print my badge", "input confirm\n" },
  { "confirm", "No, start again", "input cancel\n" },
  { "confirm-more-time", "Yes, please", "input extend\n" },
  { "printing-jam", "Ask our staff for help", "input call-staff\n" },
  { "scan-back", "My badge cannot be read", "input unreadable\n" },
  { "done", "More time", "input extend\n" },
  { "referred", "Finish", "input done\n" },
  { "attention-staff", "Yes, it is here", "input came-out K0471-000123M\n" },
  { "attention-staff", "No, nothing came out", "input not-out K0471-000123M\n" },
  { "staff-question", "No, nothing came out", "input not-out K0471-000123M\n" },
  { "number", "Continue", "input activity\nnumber 33000417B\n" },
  { "sign-in", "Sign in", "input activity\npin 2468\n" },
  { "staff-person", "Issue badge", "search qu\ninput confirm\n" },
  { "reissue-second", "Back", "input activity\n" },
  { "staff-person", "Close", "search qu\ninput cancel\n" },
  { "staff-search", CANARY " 2", "search qu\nopen 330000001\n" },
};

static void
test_touches (Fixture *fixture, gconstpointer data)
{
  test_recorder_set_n_hits (fixture->recorder, 3);
  for (gsize i = 0; i < G_N_ELEMENTS (TOUCHES); i++)
    {
      g_test_message ("%s: %s", TOUCHES[i].screen, TOUCHES[i].button);
      test_screen_show (fixture->window, find_screen (TOUCHES[i].screen), "en");
      press (fixture, TOUCHES[i].button);
      assert_asked (fixture, TOUCHES[i].asked);
    }
}

/* An answer says what it answers: the view that was on the screen. */
static void
test_answers (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *screen;
    const char *button;
    guint64 question;
  } answers[] = {
    { "confirm", "Yes, print my badge", 71 },
    { "confirm", "No, start again", 72 },
    { "printing-jam", "Ask our staff for help", 73 },
    { "scan-back", "My badge cannot be read", 74 },
    { "done", "Finish", 75 },
    { "referred", "Finish", 76 },
    { "attention-staff", "Yes, it is here", 77 },
    { "staff-person", "Issue badge", 78 },
    { "staff-person", "Close", 79 },
    { "confirm-more-time", "Yes, please", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    {
      g_autoptr (LanyardView) view = find_screen (answers[i].screen)->make ("en");

      test_screen_show (fixture->window, find_screen (answers[i].screen), "en");
      view->question = answers[i].question;
      lanyard_window_show_view (fixture->window, view);
      test_settle (GTK_WIDGET (fixture->window));
      press (fixture, answers[i].button);
      g_assert_cmpuint (test_recorder_get_question (fixture->recorder), ==, answers[i].question);
    }
}

/* A pack that leaves typing to staff offers no keypad to anybody else. */
static void
test_typing_off (Fixture *fixture, gconstpointer data)
{
  LanyardRules *rules = (LanyardRules *)lanyard_pack_get_rules (fixture->pack);

  test_screen_show (fixture->window, find_screen ("welcome"), "en");
  g_assert_nonnull (test_find_button (GTK_WIDGET (fixture->window), "Type my number"));
  rules->typed_number = LANYARD_TYPED_NUMBER_STAFF_ONLY;
  test_screen_show (fixture->window, find_screen ("welcome"), "en");
  g_assert_null (test_find_button (GTK_WIDGET (fixture->window), "Type my number"));
}

/* Two touches are one badge. */
static void
test_confirm_once (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button;

  test_screen_show (fixture->window, find_screen ("confirm"), "en");
  button = test_find_button (GTK_WIDGET (fixture->window), "Yes, print my badge");
  g_signal_emit_by_name (button, "clicked");
  g_assert_false (gtk_widget_is_sensitive (button));
}

typedef struct
{
  const char *screen;
  const char *text;
} Shown;

static const Shown SHOWN[] = {
  { "welcome", "Welcome to Velmar" },
  { "welcome", "Velmar 2033 Summer Games" },
  { "welcome", "3 to send" },
  { "welcome-notice", "This code is not for collecting a badge." },
  { "number-typo", "This number does not look right." },
  { "confirm", CANARY },
  { "confirm", "Team official" },
  { "confirm", "Albora" },
  { "printing-reserved", "Your badge is on its way" },
  { "printing", "Your badge is printing" },
  { "printing-empty", "The printer needs new cards" },
  { "printing-jam", "Please do not pull at it." },
  { "printing-cover", "The cover of the printer is open" },
  { "printing-offline", "The printer does not answer" },
  { "done", "Uniform collection" },
  { "referred", "A47" },
  { "refused", "Harbour Stadium" },
  { "attention", "One moment, please" },
  { "attention-staff", "K0471-000123M" },
  { "staff-person", "Ready to issue" },
  { "staff-search", CANARY " 8" },
  { "staff-look", "A badge is already out" },
  { "staff-look", "Background check" },
  { "out-of-order", "P20" },
  { "preparing", "The list of people is being prepared" },
  { "out-of-order-key", "[printer] uri is missing" },
};

static void
test_shown (Fixture *fixture, gconstpointer data)
{
  test_recorder_set_n_hits (fixture->recorder, 8);
  for (gsize i = 0; i < G_N_ELEMENTS (SHOWN); i++)
    {
      g_test_message ("%s: %s", SHOWN[i].screen, SHOWN[i].text);
      test_screen_show (fixture->window, find_screen (SHOWN[i].screen), "en");
      g_assert_true (test_shows_text (GTK_WIDGET (fixture->window), SHOWN[i].text));
    }
}

static void
test_not_shown (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  /* which clearance, and whose serial, are not for everybody's eyes */
  test_screen_show (fixture->window, find_screen ("referred"), "en");
  g_assert_false (test_shows_text (window, "clearance"));
  g_assert_false (test_shows_text (window, "Background"));
  test_screen_show (fixture->window, find_screen ("attention"), "en");
  g_assert_false (test_shows_text (window, "K0471-000123M"));
}

static void
show_page (Fixture *fixture, LanyardPage page, gboolean signed_in)
{
  g_autoptr (LanyardView) view = lanyard_view_new (page);

  view->staff_signed_in = signed_in;
  lanyard_window_show_view (fixture->window, view);
  test_settle (GTK_WIDGET (fixture->window));
}

/* What would help stands below the picture, on each page that has one and in each language. */
/* A camera that went away leaves no picture behind, and says so; one that comes back takes it back.
 */
static void
test_no_camera (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  g_autoptr (GdkTexture) picture = test_picture_new (FALSE);
  LanyardDeskStatus status = { .link = { .enrolled = TRUE, .online = TRUE } };

  /* staff see that there is something to look at, and the health of the desk says what to do */
  test_screen_show (fixture->window, find_screen ("health"), "de");
  status.scanner_fault = (char *)"The camera gives no picture: it is out.";
  lanyard_window_show_status (fixture->window, &status);
  g_assert_true (test_shows_text (window, "Scanner prüfen"));
  g_assert_true (test_shows_text (window, "Kamera oder Scanner"));
  status.scanner_fault = NULL;
  lanyard_window_show_status (fixture->window, &status);
  g_assert_false (test_shows_text (window, "Scanner prüfen"));
  test_screen_show (fixture->window, find_screen ("photo"), "en");
  lanyard_window_show_picture (fixture->window, picture);
  g_assert_true (test_shows_text (window, "Look into the camera, with the face in the oval."));
  lanyard_window_show_hint (fixture->window, LANYARD_HINT_NO_PICTURE);
  g_assert_false (test_shows_text (window, "Look into the camera, with the face in the oval."));
  test_screen_show (fixture->window, find_screen ("welcome"), "en");
  g_assert_true (test_shows_text (window, "The camera is not ready. Please use another way."));
  lanyard_window_show_hint (fixture->window, LANYARD_HINT_NONE);
  g_assert_true (test_shows_text (window, "Keep it about a hand’s length away."));
}

static void
test_hint (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  test_screen_show (fixture->window, find_screen ("welcome"), "en");
  g_assert_true (test_shows_text (window, "Keep it about a hand’s length away."));
  lanyard_window_show_hint (fixture->window, LANYARD_HINT_CLOSER);
  g_assert_true (test_shows_text (window, "A little closer, please."));
  g_assert_false (test_shows_text (window, "Keep it about a hand’s length away."));
  test_screen_show (fixture->window, find_screen ("welcome"), "fr");
  g_assert_true (test_shows_text (window, "Un peu plus près, s’il vous plaît."));
  test_screen_show (fixture->window, find_screen ("scan-back"), "en");
  lanyard_window_show_hint (fixture->window, LANYARD_HINT_LESS_GLARE);
  g_assert_true (test_shows_text (window, "Light is reflected in it: tilt it a little."));
  /* a page without a camera has no place for it */
  test_screen_show (fixture->window, find_screen ("confirm"), "en");
  lanyard_window_show_hint (fixture->window, LANYARD_HINT_NONE);
  test_screen_show (fixture->window, find_screen ("welcome"), "en");
  g_assert_true (test_shows_text (window, "Keep it about a hand’s length away."));
}

static void
test_local_pages (Fixture *fixture, gconstpointer data)
{
  show_page (fixture, LANYARD_PAGE_WELCOME, FALSE);
  g_assert_cmpstr (lanyard_window_get_page_name (fixture->window), ==, "welcome");
  press (fixture, "Type my number");
  g_assert_cmpstr (lanyard_window_get_page_name (fixture->window), ==, "number");
  /* the same page of the desk again: what was typed stays */
  press (fixture, "7");
  show_page (fixture, LANYARD_PAGE_WELCOME, FALSE);
  g_assert_cmpstr (lanyard_window_get_page_name (fixture->window), ==, "number");
  g_assert_true (test_shows_text (GTK_WIDGET (fixture->window), "7"));
  press (fixture, "Back");
  g_assert_cmpstr (lanyard_window_get_page_name (fixture->window), ==, "welcome");
  /* another page of the desk wins over a local one */
  press (fixture, "Type my number");
  show_page (fixture, LANYARD_PAGE_PRINTING, FALSE);
  g_assert_cmpstr (lanyard_window_get_page_name (fixture->window), ==, "printing");
  /* nobody sees the staff page without a PIN */
  show_page (fixture, LANYARD_PAGE_STAFF, FALSE);
  g_assert_cmpstr (lanyard_window_get_page_name (fixture->window), ==, "sign-in");
  show_page (fixture, LANYARD_PAGE_STAFF, TRUE);
  g_assert_cmpstr (lanyard_window_get_page_name (fixture->window), ==, "staff");
}

/* What was chosen or written of one person is not on the screen with the name of the next: a touch
 * that was meant for the first is lost, and never falls on the second. */
static void
test_local_another (Fixture *fixture, gconstpointer data)
{
  static const char *const SCREENS[] = { "note", "reissue", "reissue-second", "resolve", "zone" };

  for (gsize i = 0; i < G_N_ELEMENTS (SCREENS); i++)
    {
      const TestScreen *screen = find_screen (SCREENS[i]);
      g_autoptr (LanyardView) another = NULL;

      g_test_message ("%s", SCREENS[i]);
      /* shows its view twice: over the same person a page stays */
      test_screen_show (fixture->window, screen, "en");
      g_assert_cmpstr (lanyard_window_get_page_name (fixture->window), !=, "staff");
      another = screen->make ("en");
      lanyard_window_show_view (fixture->window, another);
      test_settle (GTK_WIDGET (fixture->window));
      g_assert_cmpstr (lanyard_window_get_page_name (fixture->window), ==, "staff");
    }
}

/* Staff sign in over whoever is served: at a jam, beside somebody who got a number for the help
 * desk. The PIN is not lost when the page comes once more, and does not keep the next one waiting.
 */
static void
test_take_over (Fixture *fixture, gconstpointer data)
{
  static const char *const SCREENS[]
      = { "confirm", "consent", "printing", "printing-jam", "referred", "done" };

  for (gsize i = 0; i < G_N_ELEMENTS (SCREENS); i++)
    {
      const TestScreen *screen = find_screen (SCREENS[i]);
      g_autoptr (LanyardView) view = screen->make ("en");
      g_autoptr (LanyardView) another = screen->make ("en");

      g_test_message ("%s", SCREENS[i]);
      lanyard_window_show_view (fixture->window, view);
      test_settle (GTK_WIDGET (fixture->window));
      g_signal_emit_by_name (test_find_id (GTK_WIDGET (fixture->window), "staff_button"),
                             "clicked");
      test_settle (GTK_WIDGET (fixture->window));
      g_assert_cmpstr (lanyard_window_get_page_name (fixture->window), ==, "sign-in");
      press (fixture, "2");
      lanyard_window_show_view (fixture->window, view);
      test_settle (GTK_WIDGET (fixture->window));
      g_assert_cmpstr (lanyard_window_get_page_name (fixture->window), ==, "sign-in");
      lanyard_window_show_view (fixture->window, another);
      test_settle (GTK_WIDGET (fixture->window));
      g_assert_cmpstr (lanyard_window_get_page_name (fixture->window), ==,
                       lanyard_page_to_string (screen->page));
    }
}

/* Somebody types half a number and walks away: the desk's clock runs out. */
static void
test_local_idle (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  g_autoptr (LanyardView) counting = lanyard_view_new (LANYARD_PAGE_WELCOME);

  show_page (fixture, LANYARD_PAGE_WELCOME, FALSE);
  press (fixture, "Type my number");
  assert_asked (fixture, "input activity\n");
  press (fixture, "7");
  counting->deadline_us = g_get_monotonic_time () + 15 * G_USEC_PER_SEC;
  lanyard_window_show_view (fixture->window, counting);
  test_settle (window);
  press (fixture, "Yes, please");
  assert_asked (fixture, "input extend\n");
  show_page (fixture, LANYARD_PAGE_WELCOME, FALSE);
  g_assert_cmpstr (lanyard_window_get_page_name (fixture->window), ==, "welcome");
  press (fixture, "Type my number");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (test_find_type (window, GTK_TYPE_ENTRY))),
                   ==, "");
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  test_screen_show (fixture->window, find_screen ("number"), "en");
  press (fixture, "Z");
  press (fixture, "0");
  press (fixture, "Continue");
  assert_asked (fixture, "input activity\nnumber 33000417BZ0\n");
}

/* Low controls stay for the visit, from before the first scan to its end, and no longer. */
static void
test_low (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  LanyardAids *aids;

  show_page (fixture, LANYARD_PAGE_WELCOME, FALSE);
  aids = LANYARD_AIDS (test_find_type (window, LANYARD_TYPE_AIDS));
  lanyard_aids_set_low (aids, TRUE);
  g_assert_true (gtk_widget_has_css_class (window, "low"));
  show_page (fixture, LANYARD_PAGE_WELCOME, FALSE);
  press (fixture, "Type my number");
  press (fixture, "4");
  press (fixture, "ABC");
  press (fixture, "Z");
  press (fixture, "123");
  press (fixture, "0");
  press (fixture, "Continue");
  assert_asked (fixture, "input activity\nnumber 4Z0\n");
  test_screen_show (fixture->window, find_screen ("confirm"), "en");
  g_assert_true (lanyard_aids_is_low (aids));
  show_page (fixture, LANYARD_PAGE_WELCOME, FALSE);
  g_assert_false (lanyard_aids_is_low (aids));
  g_assert_false (gtk_widget_has_css_class (window, "low"));
  press (fixture, "Type my number");
  g_assert_nonnull (test_find_button (window, "Z"));
}

static void
test_language (Fixture *fixture, gconstpointer data)
{
  test_screen_show (fixture->window, find_screen ("confirm"), "fr");
  g_assert_true (test_shows_text (GTK_WIDGET (fixture->window), "Est-ce bien vous ?"));
  g_assert_true (test_shows_text (GTK_WIDGET (fixture->window), "Officiel d’équipe"));
  test_screen_show (fixture->window, find_screen ("confirm"), "ar");
  g_assert_true (test_shows_text (GTK_WIDGET (fixture->window), "هل هذا أنت؟"));
  g_assert_cmpint (gtk_widget_get_default_direction (), ==, GTK_TEXT_DIR_RTL);
  test_screen_show (fixture->window, find_screen ("confirm"), "en");
  g_assert_true (test_shows_text (GTK_WIDGET (fixture->window), "Is this you?"));
  g_assert_cmpint (gtk_widget_get_default_direction (), ==, GTK_TEXT_DIR_LTR);
}

static void
test_roles (Fixture *fixture, gconstpointer data)
{
  GtkWidget *notice;

  test_screen_show (fixture->window, find_screen ("welcome-notice"), "en");
  notice = test_find_label (GTK_WIDGET (fixture->window), "This code is not for");
  gtk_test_accessible_assert_role (notice, GTK_ACCESSIBLE_ROLE_ALERT);
  test_screen_show (fixture->window, find_screen ("printing-jam"), "en");
  notice = test_find_label (GTK_WIDGET (fixture->window), "Please do not pull");
  gtk_test_accessible_assert_role (notice, GTK_ACCESSIBLE_ROLE_ALERT);
  notice = test_find_label (GTK_WIDGET (fixture->window), "A card is stuck");
  gtk_test_accessible_assert_role (notice, GTK_ACCESSIBLE_ROLE_HEADING);
}

/* Tab reaches something on every page: the screen can be used without touching it. */
static void
test_focus (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < N_TEST_SCREENS; i++)
    {
      test_screen_show (fixture->window, &TEST_SCREENS[i], "en");
      g_test_message ("%s", TEST_SCREENS[i].name);
      gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
      g_assert_true (gtk_widget_child_focus (GTK_WIDGET (fixture->window), GTK_DIR_TAB_FORWARD));
      g_assert_nonnull (gtk_window_get_focus (GTK_WINDOW (fixture->window)));
    }
}

static void
test_warm_up (Fixture *fixture, gconstpointer data)
{
  guint n_made = 0;

  show_page (fixture, LANYARD_PAGE_WELCOME, FALSE);
  while (lanyard_window_warm_up (fixture->window))
    n_made++;
  g_assert_cmpuint (n_made, ==, 32);
  g_assert_cmpstr (lanyard_window_get_page_name (fixture->window), ==, "welcome");
}

/* Staff type a zone: wrong digits are said at once, nothing goes out before all agree, and nothing
 * of it stays behind. */
static void
test_zone (Fixture *fixture, gconstpointer data)
{
  static const char upper[] = "p<utoeriksson<<anna maria";
  static const char wrong[] = "L898902C36UTO7408122F12O4159ZE184226B<<<<<10";
  static const char right[] = "L898902C36UTO7408122F1204159ZE184226B<<<<<10";
  GtkWidget *root = GTK_WIDGET (fixture->window);
  GtkEditable *first, *second;

  test_screen_show (fixture->window, find_screen ("zone"), "en");
  assert_asked (fixture, "input activity\n");
  first = GTK_EDITABLE (test_find_id (root, "line_0"));
  second = GTK_EDITABLE (test_find_id (root, "line_1"));
  gtk_editable_set_text (first, upper);
  gtk_editable_set_text (second, wrong);
  test_settle (root);
  g_assert_cmpstr (gtk_editable_get_text (first), ==, "P<UTOERIKSSON<<ANNA<MARIA");
  g_assert_null (test_find_id (root, "line_2"));
  g_assert_nonnull (test_find_label (root, "Look again at the underlined characters: O/0"));
  g_assert_false (gtk_widget_is_sensitive (test_find_id (root, "use_button")));
  gtk_editable_set_text (second, right);
  test_settle (root);
  g_assert_nonnull (test_find_label (root, "All check digits agree."));
  press (fixture, "Check this document");
  assert_asked (fixture, "number P<UTOERIKSSON<<ANNA<MARIA\n"
                         "L898902C36UTO7408122F1204159ZE184226B<<<<<10\n");
  g_assert_cmpstr (lanyard_window_get_page_name (fixture->window), ==, "staff");
  g_assert_false (test_holds_text (root, "L898902C3"));
  g_assert_false (test_holds_text (root, "ERIKSSON"));
}

/* Whoever signs out, or scans another person, does not leave a half-typed document behind. */
static void
test_zone_left (Fixture *fixture, gconstpointer data)
{
  const char *const next[] = { "welcome", "staff-person" };

  for (guint i = 0; i < G_N_ELEMENTS (next); i++)
    {
      test_screen_show (fixture->window, find_screen ("zone"), "en");
      g_assert_cmpstr (lanyard_window_get_page_name (fixture->window), ==, "zone");
      test_screen_show (fixture->window, find_screen (next[i]), "en");
      g_assert_cmpstr (lanyard_window_get_page_name (fixture->window), !=, "zone");
      g_assert_false (test_holds_text (GTK_WIDGET (fixture->window), "I<UTOD2314589"));
    }
}

static void
count (guint *n)
{
  (*n)++;
}

/* A supervisor who is signed in may change the set-up; whoever else finds the action may not. */
static void
test_set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  guint n = 0;

  g_signal_connect_swapped (window, "set-up", G_CALLBACK (count), &n);
  test_screen_show (fixture->window, find_screen ("welcome"), "en");
  gtk_widget_activate_action (window, "desk.set-up", NULL);
  test_screen_show (fixture->window, find_screen ("staff"), "en");
  gtk_widget_activate_action (window, "desk.set-up", NULL);
  g_assert_cmpuint (n, ==, 0);
  test_screen_show (fixture->window, find_screen ("health"), "en");
  press (fixture, "Change the set-up");
  g_assert_cmpuint (n, ==, 1);
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
  add ("/ui/window/touches", test_touches);
  add ("/ui/window/answers", test_answers);
  add ("/ui/window/typing-off", test_typing_off);
  add ("/ui/window/confirm-once", test_confirm_once);
  add ("/ui/window/shown", test_shown);
  add ("/ui/window/not-shown", test_not_shown);
  add ("/ui/window/hint", test_hint);
  add ("/ui/window/no-camera", test_no_camera);
  add ("/ui/window/local-pages", test_local_pages);
  add ("/ui/window/local-another", test_local_another);
  add ("/ui/window/take-over", test_take_over);
  add ("/ui/window/local-idle", test_local_idle);
  add ("/ui/window/keys", test_keys);
  add ("/ui/window/low", test_low);
  add ("/ui/window/language", test_language);
  add ("/ui/window/roles", test_roles);
  add ("/ui/window/focus", test_focus);
  add ("/ui/window/zone", test_zone);
  add ("/ui/window/zone-left", test_zone_left);
  add ("/ui/window/warm-up", test_warm_up);
  add ("/ui/window/set-up", test_set_up);
  return g_test_run ();
}
