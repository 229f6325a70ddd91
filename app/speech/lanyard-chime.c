/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-speech"

#include "lanyard-chime.h"

#include <gst/app/gstappsrc.h>
#include <gst/gst.h>
#include <math.h>

#define RATE_HZ 44100
#define NOTE_MS 90
#define GAP_MS 30
/* Rises and falls this long, or it would click. */
#define EDGE_MS 12
/* As loud as a note is at full volume: below what distorts in small loudspeakers. */
#define PEAK 0.6
/* A loudspeaker that takes longer than this has gone. */
#define LIMIT_NS (2 * GST_SECOND)

#define WORDS                                                                                      \
  "appsrc name=notes format=time caps=audio/x-raw,format=S16LE,rate=%d,channels=1,"                \
  "layout=interleaved ! audioconvert ! audioresample ! %s"

/* Hz; both notes of the second are below 500, where hearing is last to go. */
static const double NOTES[][2] = {
  [LANYARD_CHIME_READ] = { 784.0, 1046.5 },
  [LANYARD_CHIME_TURNED_AWAY] = { 311.1, 311.1 },
};

struct _LanyardChime
{
  gatomicrefcount refs; /* the screen's and the thread's */
  char *sink;
  guint volume;

  /* under lock */
  GMutex lock;
  GCond changed;
  int wanted; /* a LanyardChimeSound; -1: none */
  gboolean quit;

  /* of the thread */
  gboolean told; /* that it does not work */
};

static void
unref (LanyardChime *chime)
{
  if (!g_atomic_ref_count_dec (&chime->refs))
    return;
  g_mutex_clear (&chime->lock);
  g_cond_clear (&chime->changed);
  g_free (chime->sink);
  g_free (chime);
}

static void
tell (LanyardChime *chime, const char *why)
{
  if (!chime->told)
    g_message ("No sound is heard of a scan: %s", why);
  chime->told = TRUE;
}

/* @i: sample of a note of @n_samples. Returns: -1 to 1 */
static double
get_sample (double frequency_hz, guint i, guint n_samples)
{
  double edge = RATE_HZ * EDGE_MS / 1000.0;
  double rise = MIN (1.0, MIN (i, n_samples - i) / edge);
  double phase = 2 * G_PI * frequency_hz * i / RATE_HZ;

  /* a little of the octave carries further through a hall than a pure note */
  return rise * (0.8 * sin (phase) + 0.2 * sin (2 * phase));
}

static GstBuffer *
make_notes (LanyardChime *chime, LanyardChimeSound sound)
{
  guint n_note = RATE_HZ * NOTE_MS / 1000;
  guint n_gap = RATE_HZ * GAP_MS / 1000;
  guint n_samples = 2 * (n_note + n_gap);
  gint16 *samples = g_new0 (gint16, n_samples);
  double peak = G_MAXINT16 * PEAK * chime->volume / LANYARD_CHIME_LIMIT;
  GstBuffer *buffer;

  for (guint note = 0; note < 2; note++)
    for (guint i = 0; i < n_note; i++)
      samples[note * (n_note + n_gap) + i]
          = GINT16_TO_LE ((gint16)(peak * get_sample (NOTES[sound][note], i, n_note)));
  buffer = gst_buffer_new_wrapped (samples, n_samples * sizeof *samples);
  GST_BUFFER_PTS (buffer) = 0;
  GST_BUFFER_DURATION (buffer) = gst_util_uint64_scale (n_samples, GST_SECOND, RATE_HZ);
  return buffer;
}

static void
wait_for_end (LanyardChime *chime, GstElement *pipeline)
{
  GstBus *bus = gst_element_get_bus (pipeline);
  GstMessage *message
      = gst_bus_timed_pop_filtered (bus, LIMIT_NS, GST_MESSAGE_EOS | GST_MESSAGE_ERROR);

  if (message == NULL)
    tell (chime, "the loudspeaker takes nothing; see whether another program holds it.");
  else if (GST_MESSAGE_TYPE (message) == GST_MESSAGE_ERROR)
    {
      g_autoptr (GError) error = NULL;

      gst_message_parse_error (message, &error, NULL);
      tell (chime, error->message);
    }
  else
    chime->told = FALSE;
  g_clear_pointer (&message, gst_message_unref);
  gst_object_unref (bus);
}

static void
play (LanyardChime *chime, LanyardChimeSound sound)
{
  g_autofree char *words = g_strdup_printf (WORDS, RATE_HZ, chime->sink);
  g_autoptr (GError) error = NULL;
  GstElement *pipeline = NULL, *source;

  if (gst_init_check (NULL, NULL, &error))
    pipeline = gst_parse_launch_full (words, NULL, GST_PARSE_FLAG_FATAL_ERRORS, &error);
  if (pipeline == NULL)
    {
      tell (chime, error->message);
      return;
    }
  source = gst_bin_get_by_name (GST_BIN (pipeline), "notes");
  gst_element_set_state (pipeline, GST_STATE_PLAYING);
  gst_app_src_push_buffer (GST_APP_SRC (source), make_notes (chime, sound));
  gst_app_src_end_of_stream (GST_APP_SRC (source));
  wait_for_end (chime, pipeline);
  gst_element_set_state (pipeline, GST_STATE_NULL);
  gst_object_unref (source);
  gst_object_unref (pipeline);
}

static gpointer
run (gpointer data)
{
  LanyardChime *chime = data;
  int wanted;

  do
    {
      g_mutex_lock (&chime->lock);
      while (chime->wanted < 0 && !chime->quit)
        g_cond_wait (&chime->changed, &chime->lock);
      wanted = chime->quit ? -1 : chime->wanted;
      chime->wanted = -1;
      g_mutex_unlock (&chime->lock);
      if (wanted >= 0)
        play (chime, (LanyardChimeSound)wanted);
    }
  while (wanted >= 0);
  unref (chime);
  return NULL;
}

LanyardChime *
lanyard_chime_new (const char *sink, guint volume)
{
  LanyardChime *chime;

  g_return_val_if_fail (sink != NULL, NULL);

  chime = g_new0 (LanyardChime, 1);
  g_atomic_ref_count_init (&chime->refs);
  g_atomic_ref_count_inc (&chime->refs);
  g_mutex_init (&chime->lock);
  g_cond_init (&chime->changed);
  chime->sink = g_strdup (sink);
  chime->volume = MIN (volume, LANYARD_CHIME_LIMIT);
  chime->wanted = -1;
  g_thread_unref (g_thread_new ("lanyard-chime", run, chime));
  return chime;
}

void
lanyard_chime_free (LanyardChime *chime)
{
  if (chime == NULL)
    return;
  g_mutex_lock (&chime->lock);
  chime->quit = TRUE;
  g_cond_signal (&chime->changed);
  g_mutex_unlock (&chime->lock);
  unref (chime);
}

void
lanyard_chime_play (LanyardChime *chime, LanyardChimeSound sound)
{
  if (chime == NULL || chime->volume == 0)
    return;
  g_mutex_lock (&chime->lock);
  chime->wanted = (int)sound;
  g_cond_signal (&chime->changed);
  g_mutex_unlock (&chime->lock);
}
