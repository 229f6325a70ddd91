/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is heard of a scan: the real pipeline, into a file. */

#define G_LOG_DOMAIN "test-speech"

#include <glib/gstdio.h>
#include <string.h>

#include "lanyard-chime.h"

#define HEAD_BYTES 44
#define RATE_HZ 44100
/* Two notes and what stands around them. */
#define LENGTH_MS 240

static char *folder;

/* Returns: (transfer full): where the sound goes, as words of GStreamer */
static char *
dup_sink (const char *file)
{
  return g_strdup_printf (
      "audio/x-raw,format=S16LE,rate=44100,channels=1 ! wavenc ! filesink location=%s", file);
}

/* Waits until @file is whole: its head says how long it is once the sound has ended. */
static gint16 *
wait_for_sound (const char *file, gsize *n_samples)
{
  gsize wanted = RATE_HZ * LENGTH_MS / 1000 * sizeof (gint16);
  g_autofree char *data = NULL;
  gsize n_bytes = 0;

  while (n_bytes < HEAD_BYTES + wanted || memcmp (data + 4, "\0\0\0\0", 4) == 0)
    {
      g_clear_pointer (&data, g_free);
      if (!g_file_get_contents (file, &data, &n_bytes, NULL))
        n_bytes = 0;
      g_thread_yield ();
    }
  *n_samples = (n_bytes - HEAD_BYTES) / sizeof (gint16);
  return g_memdup2 (data + HEAD_BYTES, n_bytes - HEAD_BYTES);
}

/* How high it is: times that it goes through zero, in the first half and in the second. */
static void
count_crossings (const gint16 *samples, gsize n_samples, guint *first, guint *second)
{
  *first = *second = 0;
  for (gsize i = 1; i < n_samples; i++)
    if ((samples[i - 1] < 0) != (samples[i] < 0))
      *(i < n_samples / 2 ? first : second) += 1;
}

static int
get_peak (const gint16 *samples, gsize n_samples)
{
  int peak = 0;

  for (gsize i = 0; i < n_samples; i++)
    peak = MAX (peak, ABS (samples[i]));
  return peak;
}

/* @first, @second: (out): how high both notes are. Returns: how loud */
static int
play (LanyardChimeSound sound, guint volume, guint *first, guint *second)
{
  g_autofree char *file = g_strdup_printf ("%s/%d-%u.wav", folder, (int)sound, volume);
  g_autofree char *sink = dup_sink (file);
  g_autoptr (LanyardChime) chime = lanyard_chime_new (sink, volume);
  g_autofree gint16 *samples = NULL;
  gsize n_samples;

  lanyard_chime_play (chime, sound);
  samples = wait_for_sound (file, &n_samples);
  g_assert_cmpint (g_unlink (file), ==, 0);
  count_crossings (samples, n_samples, first, second);
  return get_peak (samples, n_samples);
}

/* Both are heard, and nobody takes one for the other: one goes up, one stays and is far lower. */
static void
test_heard (void)
{
  guint read[2], away[2];
  int loud = play (LANYARD_CHIME_READ, 100, &read[0], &read[1]);
  int usual = play (LANYARD_CHIME_READ, 40, &read[0], &read[1]);

  g_assert_cmpint (usual, >, 2000);
  g_assert_cmpint (loud, >, 2 * usual);
  g_assert_cmpint (loud, <, G_MAXINT16);
  g_assert_cmpint (play (LANYARD_CHIME_TURNED_AWAY, 40, &away[0], &away[1]), >, 2000);
  g_assert_cmpuint (read[1], >, read[0] * 5 / 4);
  g_assert_cmpuint (ABS ((int)away[0] - (int)away[1]), <=, 2);
  g_assert_cmpuint (read[0], >, 2 * away[0]);
}

static void
on_message (const char *domain, GLogLevelFlags level, const char *message, gpointer n_told)
{
  g_assert_nonnull (strstr (message, "No sound is heard of a scan"));
  g_atomic_int_inc ((int *)n_told);
}

/* A loudspeaker that is not there is told of once, and nobody waits for it. */
static void
test_missing (void)
{
  int n_told = 0;
  GLogFunc usual = g_log_set_default_handler (on_message, &n_told);
  LanyardChime *chime = lanyard_chime_new ("filesink location=/nowhere/at/all", 40);

  for (guint i = 0; i < 100; i++)
    lanyard_chime_play (chime, LANYARD_CHIME_READ);
  while (g_atomic_int_get (&n_told) == 0)
    g_thread_yield ();
  lanyard_chime_free (chime);
  g_log_set_default_handler (usual, NULL);
  g_assert_cmpint (n_told, ==, 1);
}

static void
test_none (void)
{
  g_autofree char *file = g_build_filename (folder, "silent.wav", NULL);
  g_autofree char *sink = dup_sink (file);
  LanyardChime *silent = lanyard_chime_new (sink, 0);

  lanyard_chime_play (NULL, LANYARD_CHIME_READ);
  lanyard_chime_free (NULL);
  lanyard_chime_play (silent, LANYARD_CHIME_READ);
  lanyard_chime_free (silent);
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
}

int
main (int argc, char **argv)
{
  int status;

  g_test_init (&argc, &argv, NULL);
  folder = g_dir_make_tmp ("lanyard-chime-XXXXXX", NULL);
  g_assert_nonnull (folder);
  g_test_add_func ("/speech/chime/heard", test_heard);
  g_test_add_func ("/speech/chime/missing", test_missing);
  g_test_add_func ("/speech/chime/none", test_none);
  status = g_test_run ();
  g_rmdir (folder);
  g_free (folder);
  return status;
}
