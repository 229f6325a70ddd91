/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What somebody hears who does not see the screen: a listener stands in for speech-dispatcher. */

#define G_LOG_DOMAIN "test-ui"

#include <string.h>

#include "lanyard-aids.h"
#include "screen-typist.h"
#include "ssip-listener.h"

typedef struct
{
  TestTypist typist;
  SsipListener *daemon;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer program)
{
  fixture->daemon = ssip_listener_new ();
  ssip_listener_start (fixture->daemon);
  test_typist_set_up (&fixture->typist, program);
}

static void
tear_down (Fixture *fixture, gconstpointer program)
{
  test_typist_tear_down (&fixture->typist, program);
  ssip_listener_free (fixture->daemon);
}

/* Each text, in this order, and then nothing of it any more. */
static void
assert_said (Fixture *fixture, const char *first, ...)
{
  va_list more;

  va_start (more, first);
  for (const char *text = first; text != NULL; text = va_arg (more, const char *))
    ssip_listener_wait (fixture->daemon, text);
  va_end (more);
  g_test_message ("%s", ssip_listener_get (fixture->daemon));
  ssip_listener_forget (fixture->daemon);
}

static void
assert_never (Fixture *fixture, const char *text)
{
  if (strstr (ssip_listener_get (fixture->daemon), text) != NULL)
    g_error ("“%s” was said:\n%s", text, ssip_listener_get (fixture->daemon));
}

static void
press (Fixture *fixture, const char *key)
{
  test_typist_press (&fixture->typist, key);
}

static void
choose (Fixture *fixture, const char *step, const char *name)
{
  test_typist_choose (&fixture->typist, step, name);
}

static void
show (Fixture *fixture, const char *name, const char *language)
{
  test_typist_show (&fixture->typist, name, language);
}

/* From the key that can be felt to the badge. */
static void
test_pickup (Fixture *fixture, gconstpointer program)
{
  show (fixture, "welcome", "en");
  press (fixture, "Down");
  g_assert_cmpstr (ssip_listener_get (fixture->daemon), ==, "");
  press (fixture, "F1");
  assert_said (fixture, "language en\nvolume 50\nrate 0\nsay Sound is on. The arrow keys move",
               "Welcome", "Hold the code of your invitation in front of the camera.",
               "Type my number, button", "Keep it about a hand’s length away.\n", NULL);
  lanyard_window_show_hint (fixture->typist.window, LANYARD_HINT_CLOSER);
  assert_said (fixture, "say A little closer, please.\n", NULL);
  press (fixture, "Return");
  assert_said (fixture, "cancel\n", "say Type your number. It is on your invitation. 1\n", NULL);
  press (fixture, "Right");
  assert_said (fixture, "say 2\n", NULL);
  press (fixture, "Return");
  assert_said (fixture, "say 2\n", NULL);
  press (fixture, "B");
  assert_said (fixture, "say B\n", NULL);
  press (fixture, "BackSpace");
  assert_said (fixture, "say B deleted\n", NULL);
  choose (fixture, "Tab", "Continue");
  assert_said (fixture, "say Back, button\n", "say Continue, button\n", NULL);
  test_typist_assert_asked (&fixture->typist, "number 2\n");
  show (fixture, "confirm", "en");
  assert_said (fixture, "say Is this you? " CANARY ". ", "Swimming coach",
               "No, start again, button\n", NULL);
  choose (fixture, "Right", "Yes, print my badge");
  assert_said (fixture, "say Yes, print my badge, button\n", NULL);
  test_typist_assert_asked (&fixture->typist, "input confirm\n");
  show (fixture, "printing-reserved", "en");
  assert_said (fixture, "say Your badge is on its way. This takes less than a minute.", NULL);
  show (fixture, "printing", "en");
  assert_said (fixture, "say Your badge is printing.", NULL);
  show (fixture, "printing-jam", "en");
  assert_said (fixture, "Ask our staff for help, button\n", NULL);
  show (fixture, "scan-back", "en");
  assert_said (fixture, "say Take your badge and show it to the camera. Hold its front",
               "My badge cannot be read, button", NULL);
  show (fixture, "done", "en");
  assert_said (fixture, "say Your badge is ready. 1. ", "Finish, button\n", NULL);
  show (fixture, "welcome", "en");
  assert_said (fixture, "say Sound is off.\nclose\n", NULL);
  show (fixture, "confirm", "en");
  g_assert_cmpstr (ssip_listener_get (fixture->daemon), ==, "");
}

/* The seconds are counted aloud, and what came of it is said with what to do next. */
static void
test_portrait (Fixture *fixture, gconstpointer program)
{
  g_autoptr (GdkTexture) face = test_face_new ();

  show (fixture, "welcome", "en");
  press (fixture, "Down");
  press (fixture, "F1");
  assert_said (fixture, "say Sound is on.", NULL);
  lanyard_window_show_picture (fixture->typist.window, face);
  show (fixture, "portrait", "en");
  assert_said (fixture, "say Your photo. It goes onto your badge", "this desk.",
               "Take the picture, button", "Look into the camera, with the face in the oval.",
               NULL);
  press (fixture, "Return");
  assert_said (fixture, "say 3", "say 2", "say 1", NULL);
  /* the count has ended when nothing can be taken twice, and the next picture is the photo */
  test_finish_photo (fixture->typist.window, face);
  ssip_listener_wait (fixture->daemon, "It is sharp and well lit.");
  assert_never (fixture, "Your photo");
  assert_said (fixture, "Use this picture, button", "It is sharp and well lit.", NULL);
  press (fixture, "Return");
  test_typist_assert_asked (&fixture->typist, "photo given\n");
}

static void
test_french (Fixture *fixture, gconstpointer program)
{
  show (fixture, "welcome", "fr");
  press (fixture, "F1");
  assert_said (fixture, "language fr\n", "say Le son est activé.",
               "Présentez le code de votre invitation", NULL);
  choose (fixture, "Down", "Saisir mon numéro");
  assert_said (fixture, "Saisir mon numéro, bouton\n", "say Saisissez votre numéro", NULL);
  show (fixture, "confirm", "fr");
  assert_said (fixture, "language fr\n", "say Est-ce bien vous ? " CANARY, NULL);
  choose (fixture, "Right", "Oui, imprimer mon badge");
  show (fixture, "printing", "fr");
  assert_said (fixture, "say Oui, imprimer mon badge, bouton\n", "cancel\n", NULL);
  show (fixture, "done", "fr");
  assert_said (fixture, "Terminer, bouton\n", NULL);
  /* the person chose another language: the same page in it */
  show (fixture, "done", "en");
  assert_said (fixture, "language en\n", "say Your badge is ready.", NULL);
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Returns: whether the desk was told within @limit_ms that somebody is there */
static gboolean
wait_for_activity (Fixture *fixture, guint limit_ms)
{
  gint64 until_us = g_get_monotonic_time () + limit_ms * G_TIME_SPAN_MILLISECOND;
  guint ticks = g_timeout_add (50, on_tick, NULL);
  gboolean told = FALSE;

  while (!told && g_get_monotonic_time () < until_us)
    {
      g_autofree char *asked = NULL;

      g_main_context_iteration (NULL, TRUE);
      asked = test_recorder_take (fixture->typist.recorder);
      told = strstr (asked, "input activity\n") != NULL;
    }
  g_source_remove (ticks);
  return told;
}

/* The last page does not go before what stands on it was said to the end. */
static void
test_to_the_end (Fixture *fixture, gconstpointer program)
{
  show (fixture, "scan-back", "en");
  press (fixture, "F1");
  assert_said (fixture, "say Sound is on.", NULL);
  show (fixture, "done", "en");
  assert_said (fixture, "say Your badge is ready. 1. ", NULL);
  g_free (test_recorder_take (fixture->typist.recorder));
  for (guint i = 0; i < 2; i++)
    g_assert_true (wait_for_activity (fixture, 10 * 1000));
  ssip_listener_end_text (fixture->daemon);
  /* one may be on its way */
  wait_for_activity (fixture, 2500);
  g_assert_false (wait_for_activity (fixture, 5000));
}

/* What somebody hears of other people and of staff: nothing. */
static void
test_private (Fixture *fixture, gconstpointer program)
{
  show (fixture, "welcome", "en");
  press (fixture, "F1");
  assert_said (fixture, "say Sound is on.", NULL);
  show (fixture, "referred", "en");
  assert_said (fixture, "say Please see our staff.", "Your number at the help desk. ", NULL);
  show (fixture, "printing-jam-staff", "en");
  show (fixture, "staff-person", "en");
  show (fixture, "attention-staff", "en");
  press (fixture, "Tab");
  press (fixture, "F4");
  /* the next that is said is of the next page for everybody */
  show (fixture, "scan-back", "en");
  ssip_listener_wait (fixture->daemon, "say Take your badge");
  assert_never (fixture, CANARY);
  assert_never (fixture, "K0471");
  assert_never (fixture, "staff");
}

/* The aids, the voice's own keys, and what comes by itself. */
static void
test_around (Fixture *fixture, gconstpointer program)
{
  show (fixture, "confirm", "en");
  press (fixture, "F1");
  assert_said (fixture, "say Sound is on.", NULL);
  press (fixture, "F3");
  assert_said (fixture, "say Large letters, switch, on\n", NULL);
  press (fixture, "F3");
  assert_said (fixture, "say Large letters, switch, off\n", NULL);
  press (fixture, "F6");
  assert_said (fixture, "volume 75\n", "say Louder\n", NULL);
  press (fixture, "F7");
  assert_said (fixture, "rate -25\n", "say Slower\n", NULL);
  press (fixture, "F4");
  assert_said (fixture, "say Is this you?", NULL);
  show (fixture, "confirm-more-time", "en");
  assert_said (fixture, "say Do you need more time? Yes, please, button\n", NULL);
  press (fixture, "Return");
  test_typist_assert_asked (&fixture->typist, "input extend\n");
  show (fixture, "welcome", "en");
  assert_said (fixture, "say Sound is off.", NULL);
  press (fixture, "F1");
  assert_said (fixture, "say Sound is on.", NULL);
  show (fixture, "welcome-notice", "en");
  assert_said (fixture, "This code is not", NULL);
}

/* The corner that can be found without seeing. */
static void
test_corner (Fixture *fixture, gconstpointer program)
{
  show (fixture, "confirm", "en");
  test_typist_run (&fixture->typist, "mousemove", "--sync", "20", "780", "mousedown", "1", NULL);
  assert_said (fixture, "say Sound is on.", "Is this you?", NULL);
  test_typist_run (&fixture->typist, "mouseup", "1", NULL);
  test_settle (GTK_WIDGET (fixture->typist.window));
  /* and nothing below it was pressed */
  {
    g_autofree char *asked = test_recorder_take (fixture->typist.recorder);

    g_assert_null (strstr (asked, "cancel"));
  }
}

/* The screens go on whatever the daemon does: this would not end. */
static void
test_hangs (Fixture *fixture, gconstpointer program)
{
  show (fixture, "welcome", "en");
  press (fixture, "F1");
  assert_said (fixture, "say Sound is on.", NULL);
  ssip_listener_set_mute (fixture->daemon, TRUE);
  press (fixture, "Down");
  press (fixture, "Return");
  g_assert_cmpstr (lanyard_window_get_page_name (fixture->typist.window), ==, "number");
  show (fixture, "confirm", "en");
  choose (fixture, "Right", "Yes, print my badge");
  test_typist_assert_asked (&fixture->typist, "input confirm\n");
  show (fixture, "done", "en");
  assert_never (fixture, "say Your badge");
  ssip_listener_stop (fixture->daemon);
  ssip_listener_set_mute (fixture->daemon, FALSE);
  ssip_listener_start (fixture->daemon);
  assert_said (fixture, "say Your badge is ready.", NULL);
}

/* Nobody asked for sound: no connection is opened for anybody. */
static void
test_off (Fixture *fixture, gconstpointer program)
{
  show (fixture, "confirm", "en");
  press (fixture, "Right");
  press (fixture, "F6");
  press (fixture, "F4");
  show (fixture, "done", "en");
  g_assert_cmpuint (ssip_listener_get_n_opened (fixture->daemon), ==, 0);
}

int
main (int argc, char **argv)
{
  const char *program = test_typist_begin (argc, argv);

  g_test_add ("/ui/spoken/pickup", Fixture, program, set_up, test_pickup, tear_down);
  g_test_add ("/ui/spoken/to-the-end", Fixture, program, set_up, test_to_the_end, tear_down);
  g_test_add ("/ui/spoken/portrait", Fixture, program, set_up, test_portrait, tear_down);
  g_test_add ("/ui/spoken/french", Fixture, program, set_up, test_french, tear_down);
  g_test_add ("/ui/spoken/private", Fixture, program, set_up, test_private, tear_down);
  g_test_add ("/ui/spoken/around", Fixture, program, set_up, test_around, tear_down);
  g_test_add ("/ui/spoken/corner", Fixture, program, set_up, test_corner, tear_down);
  g_test_add ("/ui/spoken/hangs", Fixture, program, set_up, test_hangs, tear_down);
  g_test_add ("/ui/spoken/off", Fixture, program, set_up, test_off, tear_down);
  return g_test_run ();
}
