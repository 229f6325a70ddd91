/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What reaches a speech-dispatcher, and that one which is missing, dead or hangs holds up nobody:
 * each of these tests would not end. */

#define G_LOG_DOMAIN "test-speech"

#include <string.h>

#include "lanyard-voice.h"
#include "ssip-listener.h"

static SsipListener *
start (void)
{
  SsipListener *daemon = ssip_listener_new ();

  ssip_listener_start (daemon);
  return daemon;
}

/* The voice's thread ends after the voice: its last word is that it hangs up. */
static void
end (LanyardVoice *voice, SsipListener *daemon)
{
  lanyard_voice_free (voice);
  ssip_listener_wait (daemon, "close\n");
  ssip_listener_free (daemon);
}

static void
test_said (void)
{
  SsipListener *daemon = start ();
  LanyardVoice *voice = lanyard_voice_new (FALSE, 50, -25);

  lanyard_voice_say (voice, "en", "Not yet");
  lanyard_voice_switch_on (voice);
  lanyard_voice_say (voice, "fr-CA", "Bienvenue.\n.\nQUIT");
  ssip_listener_wait (daemon, "say Bienvenue. . QUIT\n");
  g_assert_cmpstr (ssip_listener_get (daemon), ==,
                   "open\ncancel\nlanguage fr\nvolume 50\nrate -25\nsay Bienvenue. . QUIT\n");
  ssip_listener_forget (daemon);
  lanyard_voice_change_volume (voice, 1);
  lanyard_voice_change_volume (voice, 9);
  lanyard_voice_change_rate (voice, -1);
  lanyard_voice_add (voice, "en", "More");
  ssip_listener_wait (daemon, "say More\n");
  g_assert_cmpstr (ssip_listener_get (daemon), ==, "language en\nvolume 100\nrate -50\nsay More\n");
  ssip_listener_forget (daemon);
  lanyard_voice_stop (voice);
  ssip_listener_wait (daemon, "cancel\n");
  lanyard_voice_switch_off (voice, "en", "Off");
  ssip_listener_wait (daemon, "say Off\nclose\n");
  ssip_listener_forget (daemon);
  /* the next visitor has the usual volume */
  lanyard_voice_switch_on (voice);
  lanyard_voice_say (voice, "en", "Again");
  ssip_listener_wait (daemon, "volume 50\nrate -25\nsay Again\n");
  g_assert_null (strstr (ssip_listener_get (daemon), "Not yet"));
  end (voice, daemon);
}

static gboolean
on_tick (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* Runs until the voice is, or is not, speaking. */
static void
wait_for_speaking (LanyardVoice *voice, gboolean speaking)
{
  guint ticks = g_timeout_add (10, on_tick, NULL);

  while (lanyard_voice_is_speaking (voice) != speaking)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (ticks);
}

/* A page waits for the end of what is said of it: of the last text, and of one that is cut off. */
static void
test_to_the_end (void)
{
  SsipListener *daemon = start ();
  LanyardVoice *voice = lanyard_voice_new (FALSE, 0, 0);

  g_assert_false (lanyard_voice_is_speaking (voice));
  lanyard_voice_switch_on (voice);
  lanyard_voice_say (voice, "en", "One");
  g_assert_true (lanyard_voice_is_speaking (voice));
  ssip_listener_wait (daemon, "say One\n");
  lanyard_voice_add (voice, "en", "Two");
  ssip_listener_wait (daemon, "say Two\n");
  g_assert_true (lanyard_voice_is_speaking (voice));
  ssip_listener_end_text (daemon);
  wait_for_speaking (voice, FALSE);
  lanyard_voice_say (voice, "en", "Three");
  ssip_listener_wait (daemon, "say Three\n");
  g_assert_true (lanyard_voice_is_speaking (voice));
  lanyard_voice_stop (voice);
  wait_for_speaking (voice, FALSE);
  /* one that died says nothing any more */
  lanyard_voice_say (voice, "en", "Four");
  ssip_listener_wait (daemon, "say Four\n");
  ssip_listener_stop (daemon);
  lanyard_voice_say (voice, "en", "Five");
  wait_for_speaking (voice, FALSE);
  lanyard_voice_free (voice);
  ssip_listener_free (daemon);
}

/* A daemon that hangs has one text; of what comes meanwhile only the newest is said. */
static void
test_hangs (void)
{
  SsipListener *daemon = start ();
  LanyardVoice *voice = lanyard_voice_new (FALSE, 0, 0);

  lanyard_voice_switch_on (voice);
  lanyard_voice_say (voice, "en", "First");
  ssip_listener_wait (daemon, "say First\n");
  ssip_listener_set_mute (daemon, TRUE);
  ssip_listener_forget (daemon);
  lanyard_voice_say (voice, "en", "Second");
  ssip_listener_wait (daemon, "cancel\n");
  for (guint i = 0; i < 1000; i++)
    lanyard_voice_say (voice, "en", "Stale");
  lanyard_voice_say (voice, "en", "Newest");
  lanyard_voice_add (voice, "en", "and more");
  g_assert_null (strstr (ssip_listener_get (daemon), "say"));
  /* somebody kills it, and it starts again */
  ssip_listener_stop (daemon);
  ssip_listener_set_mute (daemon, FALSE);
  ssip_listener_start (daemon);
  ssip_listener_wait (daemon, "say Newest. and more\n");
  g_assert_null (strstr (ssip_listener_get (daemon), "Stale"));
  end (voice, daemon);
}

/* One that never answers keeps the voice's thread, and nobody else. */
static void
test_hangs_for_ever (void)
{
  SsipListener *daemon = start ();
  LanyardVoice *voice = lanyard_voice_new (FALSE, 0, 0);

  ssip_listener_set_mute (daemon, TRUE);
  lanyard_voice_switch_on (voice);
  lanyard_voice_say (voice, "en", "Hello");
  ssip_listener_wait (daemon, "open\n");
  lanyard_voice_switch_off (voice, "en", "Off");
  lanyard_voice_switch_on (voice);
  lanyard_voice_say (voice, "en", "Hello");
  lanyard_voice_free (voice);
  g_assert_null (strstr (ssip_listener_get (daemon), "say"));
  ssip_listener_free (daemon);
}

/* The voice's thread says that it found no daemon. */
static void
on_message (const char *domain, GLogLevelFlags level, const char *message, gpointer n_told)
{
  g_assert_nonnull (strstr (message, "does not answer"));
  g_atomic_int_inc ((int *)n_told);
  g_main_context_wakeup (NULL);
}

/* Said when the daemon comes, and then what is to be said by then. */
static void
test_comes_later (void)
{
  SsipListener *daemon = ssip_listener_new ();
  LanyardVoice *voice = lanyard_voice_new (FALSE, 0, 0);
  int n_told = 0;
  GLogFunc usual = g_log_set_default_handler (on_message, &n_told);

  lanyard_voice_switch_on (voice);
  lanyard_voice_say (voice, "en", "Welcome");
  while (g_atomic_int_get (&n_told) == 0)
    g_main_context_iteration (NULL, TRUE);
  lanyard_voice_say (voice, "en", "Type your number");
  ssip_listener_start (daemon);
  ssip_listener_wait (daemon, "say Type your number\n");
  g_assert_null (strstr (ssip_listener_get (daemon), "Welcome"));
  end (voice, daemon);
  g_log_set_default_handler (usual, NULL);
  g_assert_cmpint (n_told, ==, 1);
}

/* It died while nobody spoke: the next text is not lost. */
static void
test_dies (void)
{
  SsipListener *daemon = start ();
  LanyardVoice *voice = lanyard_voice_new (FALSE, 0, 0);

  lanyard_voice_switch_on (voice);
  lanyard_voice_say (voice, "en", "One");
  ssip_listener_wait (daemon, "say One\n");
  ssip_listener_stop (daemon);
  ssip_listener_start (daemon);
  lanyard_voice_say (voice, "en", "Two");
  ssip_listener_wait (daemon, "say Two\n");
  g_assert_cmpuint (ssip_listener_get_n_opened (daemon), ==, 2);
  end (voice, daemon);
}

static void
test_none (void)
{
  lanyard_voice_switch_on (NULL);
  lanyard_voice_say (NULL, "en", "Hello");
  lanyard_voice_stop (NULL);
  lanyard_voice_switch_off (NULL, NULL, NULL);
  g_assert_false (lanyard_voice_is_on (NULL));
  lanyard_voice_free (NULL);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/speech/voice/none", test_none);
  if (lanyard_voice_is_built_in ())
    {
      g_test_add_func ("/speech/voice/said", test_said);
      g_test_add_func ("/speech/voice/to-the-end", test_to_the_end);
      g_test_add_func ("/speech/voice/hangs", test_hangs);
      g_test_add_func ("/speech/voice/comes-later", test_comes_later);
      g_test_add_func ("/speech/voice/dies", test_dies);
      /* last: its thread goes on by itself */
      g_test_add_func ("/speech/voice/hangs-for-ever", test_hangs_for_ever);
    }
  return g_test_run ();
}
