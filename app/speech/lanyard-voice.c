/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-speech"

#include "lanyard-voice.h"

#include <libspeechd.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

/* After a daemon that was not there. */
#define RETRY_US (3 * G_USEC_PER_SEC)

/* What the thread is to do next; only the newest counts. */
typedef struct
{
  gboolean wanted;
  gboolean on;
  gboolean after; /* what is being said is said to its end */
  char *language; /* (nullable) */
  char *text;     /* (nullable): silence */
  int volume;
  int rate;
} Order;

struct _LanyardVoice
{
  gatomicrefcount refs; /* the screen's and the thread's */
  gboolean spawn;
  int usual_volume;
  int usual_rate;

  /* of the screen's thread */
  gboolean on;
  int volume;
  int rate;

  /* under lock */
  GMutex lock;
  GCond changed;
  Order order;
  gboolean quit;
  gboolean giving;  /* an order is on its way to the daemon */
  guint64 given_id; /* the daemon's number of what was given last; 0: nothing */
  guint64 ended_id; /* and of what it said last, or dropped; numbers go up */

  /* of the thread */
  SPDConnection *connection; /* (nullable) */
  gint64 failed_us;          /* 0: not */
};

/* libspeechd tells of the end of a text on a thread of its own, without saying to whom. */
static GMutex voices_lock;
static GPtrArray *voices; /* (element-type LanyardVoice) (nullable): with a connection */

static void
clear_order (Order *order)
{
  g_clear_pointer (&order->language, g_free);
  g_clear_pointer (&order->text, g_free);
  order->wanted = FALSE;
}

static gboolean
ends (const char *text)
{
  return *text != '\0'
         && g_unichar_ispunct (g_utf8_get_char (g_utf8_prev_char (text + strlen (text))));
}

/* Takes @newer: what is to be said after @order, which nobody has heard yet, comes with it. */
static void
merge (Order *order, Order *newer)
{
  if (newer->after && order->wanted && order->on)
    {
      char *text = newer->text;

      newer->after = order->after;
      if (order->text != NULL)
        {
          newer->text = g_strconcat (order->text, ends (order->text) ? " " : ". ", text, NULL);
          g_free (text);
        }
    }
  clear_order (order);
  *order = *newer;
  *newer = (Order){ 0 };
}

static void
unref (LanyardVoice *voice)
{
  if (!g_atomic_ref_count_dec (&voice->refs))
    return;
  clear_order (&voice->order);
  g_mutex_clear (&voice->lock);
  g_cond_clear (&voice->changed);
  g_free (voice);
}

/* @client is of the daemon, as @message is: numbers are of one connection as long as it is open. */
static void
on_ended (size_t message, size_t client, SPDNotificationType type)
{
  g_mutex_lock (&voices_lock);
  for (guint i = 0; voices != NULL && i < voices->len; i++)
    {
      LanyardVoice *voice = g_ptr_array_index (voices, i);

      g_mutex_lock (&voice->lock);
      voice->ended_id = MAX (voice->ended_id, message);
      g_mutex_unlock (&voice->lock);
    }
  g_mutex_unlock (&voices_lock);
}

static void
set_given (LanyardVoice *voice, guint64 given_id)
{
  g_mutex_lock (&voice->lock);
  voice->given_id = given_id;
  if (given_id == 0)
    voice->ended_id = 0;
  g_mutex_unlock (&voice->lock);
}

static void
hang_up (LanyardVoice *voice)
{
  if (voice->connection == NULL)
    return;
  g_mutex_lock (&voices_lock);
  g_ptr_array_remove_fast (voices, voice);
  if (voices->len == 0)
    g_clear_pointer (&voices, g_ptr_array_unref);
  g_mutex_unlock (&voices_lock);
  g_clear_pointer (&voice->connection, spd_close);
  set_given (voice, 0);
}

static void
listen_to_ends (LanyardVoice *voice)
{
  g_mutex_lock (&voices_lock);
  if (voices == NULL)
    voices = g_ptr_array_new ();
  g_ptr_array_add (voices, voice);
  g_mutex_unlock (&voices_lock);
  voice->connection->callback_end = voice->connection->callback_cancel = on_ended;
  spd_set_notification_on (voice->connection, SPD_END);
  spd_set_notification_on (voice->connection, SPD_CANCEL);
}

static gboolean
connect_to_daemon (LanyardVoice *voice)
{
  char *problem = NULL;

  if (voice->connection != NULL)
    return TRUE;
  if (voice->failed_us != 0 && g_get_monotonic_time () - voice->failed_us < RETRY_US)
    return FALSE;
  voice->connection
      = spd_open2 ("lanyard", "kiosk", NULL, SPD_MODE_THREADED, NULL, voice->spawn, &problem);
  if (voice->connection == NULL && voice->failed_us == 0)
    g_message ("speech-dispatcher does not answer, so nothing is said until it does: %s",
               problem != NULL ? g_strstrip (problem) : "start it");
  voice->failed_us = voice->connection == NULL ? g_get_monotonic_time () : 0;
  if (voice->connection != NULL)
    listen_to_ends (voice);
  free (problem);
  return voice->connection != NULL;
}

/* Returns: FALSE: the daemon is gone */
static gboolean
speak (LanyardVoice *voice, const Order *order)
{
  g_autofree char *tag
      = g_ascii_strdown (order->language, (gssize)strcspn (order->language, "-_."));
  int id;

  if (!order->after && spd_cancel (voice->connection) < 0)
    return FALSE;
  /* where there is no voice for this language the daemon takes another */
  spd_set_language (voice->connection, tag);
  spd_set_volume (voice->connection, order->volume);
  spd_set_voice_rate (voice->connection, order->rate);
  id = spd_say (voice->connection, SPD_MESSAGE, order->text);
  if (id > 0)
    set_given (voice, (guint64)id);
  return id >= 0;
}

static void
fall_silent (LanyardVoice *voice, const Order *order)
{
  if (voice->connection != NULL && order->text != NULL)
    speak (voice, order);
  else if (voice->connection != NULL)
    spd_cancel (voice->connection);
  hang_up (voice);
  voice->failed_us = 0;
}

/* Returns: FALSE: it is still to be done */
static gboolean
carry_out (LanyardVoice *voice, const Order *order)
{
  if (!order->on)
    {
      fall_silent (voice, order);
      return TRUE;
    }
  if (order->text == NULL)
    {
      if (voice->connection != NULL && spd_cancel (voice->connection) < 0)
        hang_up (voice);
      else if (voice->connection != NULL)
        set_given (voice, 0);
      return TRUE;
    }
  if (!connect_to_daemon (voice))
    return FALSE;
  if (speak (voice, order))
    return TRUE;
  /* it was started anew in between: once more */
  hang_up (voice);
  if (connect_to_daemon (voice) && speak (voice, order))
    return TRUE;
  hang_up (voice);
  voice->failed_us = g_get_monotonic_time ();
  return FALSE;
}

/* Waits for something to do: what is new, or @order once more when it was not to be done.
 * Returns: FALSE: the voice has gone */
static gboolean
wait_for_order (LanyardVoice *voice, Order *order)
{
  gint64 retry_us = voice->failed_us + RETRY_US;
  gboolean goes_on;

  g_mutex_lock (&voice->lock);
  while (!voice->order.wanted && !voice->quit)
    {
      if (!order->wanted)
        g_cond_wait (&voice->changed, &voice->lock);
      else if (!g_cond_wait_until (&voice->changed, &voice->lock, retry_us))
        break;
    }
  goes_on = voice->order.wanted || !voice->quit;
  if (voice->order.wanted)
    merge (order, &voice->order);
  voice->giving = order->wanted && order->text != NULL;
  g_mutex_unlock (&voice->lock);
  return goes_on;
}

static gpointer
run (gpointer data)
{
  LanyardVoice *voice = data;
  Order order = { 0 };
  sigset_t broken_pipe;

  /* a daemon that died would take the kiosk with it */
  sigemptyset (&broken_pipe);
  sigaddset (&broken_pipe, SIGPIPE);
  pthread_sigmask (SIG_BLOCK, &broken_pipe, NULL);
  while (wait_for_order (voice, &order))
    {
      if (carry_out (voice, &order))
        clear_order (&order);
      g_mutex_lock (&voice->lock);
      voice->giving = FALSE;
      g_mutex_unlock (&voice->lock);
    }
  clear_order (&order);
  hang_up (voice);
  unref (voice);
  return NULL;
}

/* @text: (nullable) */
static void
send_order (LanyardVoice *voice, const char *language, const char *text, gboolean after)
{
  Order order = { .wanted = TRUE,
                  .on = voice->on,
                  .after = after,
                  .language = g_strdup (language != NULL ? language : "en"),
                  .text = g_strdup (text),
                  .volume = voice->volume,
                  .rate = voice->rate };

  /* a line of its own could be taken for the end of the text */
  if (order.text != NULL)
    g_strdelimit (order.text, "\r\n", ' ');
  g_mutex_lock (&voice->lock);
  merge (&voice->order, &order);
  g_cond_signal (&voice->changed);
  g_mutex_unlock (&voice->lock);
}

gboolean
lanyard_voice_is_built_in (void)
{
  return TRUE;
}

gboolean
lanyard_voice_is_there (void)
{
  g_autofree char *program = g_find_program_in_path ("speech-dispatcher");

  return program != NULL || g_getenv ("SPEECHD_ADDRESS") != NULL;
}

LanyardVoice *
lanyard_voice_new (gboolean spawn, int volume, int rate)
{
  LanyardVoice *voice = g_new0 (LanyardVoice, 1);

  g_atomic_ref_count_init (&voice->refs);
  g_atomic_ref_count_inc (&voice->refs);
  g_mutex_init (&voice->lock);
  g_cond_init (&voice->changed);
  voice->spawn = spawn;
  voice->usual_volume = CLAMP (volume, -LANYARD_VOICE_LIMIT, LANYARD_VOICE_LIMIT);
  voice->usual_rate = CLAMP (rate, -LANYARD_VOICE_LIMIT, LANYARD_VOICE_LIMIT);
  g_thread_unref (g_thread_new ("lanyard-voice", run, voice));
  return voice;
}

void
lanyard_voice_free (LanyardVoice *voice)
{
  if (voice == NULL)
    return;
  lanyard_voice_switch_off (voice, NULL, NULL);
  g_mutex_lock (&voice->lock);
  voice->quit = TRUE;
  g_cond_signal (&voice->changed);
  g_mutex_unlock (&voice->lock);
  unref (voice);
}

void
lanyard_voice_switch_on (LanyardVoice *voice)
{
  if (voice == NULL || voice->on)
    return;
  voice->on = TRUE;
  voice->volume = voice->usual_volume;
  voice->rate = voice->usual_rate;
}

void
lanyard_voice_switch_off (LanyardVoice *voice, const char *language, const char *farewell)
{
  if (voice == NULL || !voice->on)
    return;
  voice->on = FALSE;
  send_order (voice, language, farewell, FALSE);
}

gboolean
lanyard_voice_is_on (LanyardVoice *voice)
{
  return voice != NULL && voice->on;
}

void
lanyard_voice_say (LanyardVoice *voice, const char *language, const char *text)
{
  g_return_if_fail (language != NULL && text != NULL);

  if (lanyard_voice_is_on (voice) && *text != '\0')
    send_order (voice, language, text, FALSE);
}

void
lanyard_voice_add (LanyardVoice *voice, const char *language, const char *text)
{
  g_return_if_fail (language != NULL && text != NULL);

  if (lanyard_voice_is_on (voice) && *text != '\0')
    send_order (voice, language, text, TRUE);
}

gboolean
lanyard_voice_is_speaking (LanyardVoice *voice)
{
  gboolean speaking;

  if (!lanyard_voice_is_on (voice))
    return FALSE;
  g_mutex_lock (&voice->lock);
  speaking = (voice->order.wanted && voice->order.text != NULL) || voice->giving
             || voice->given_id > voice->ended_id;
  g_mutex_unlock (&voice->lock);
  return speaking;
}

void
lanyard_voice_stop (LanyardVoice *voice)
{
  if (lanyard_voice_is_on (voice))
    send_order (voice, NULL, NULL, FALSE);
}

void
lanyard_voice_change_volume (LanyardVoice *voice, int steps)
{
  if (voice != NULL)
    voice->volume = CLAMP (voice->volume + steps * LANYARD_VOICE_STEP, -LANYARD_VOICE_LIMIT,
                           LANYARD_VOICE_LIMIT);
}

void
lanyard_voice_change_rate (LanyardVoice *voice, int steps)
{
  if (voice != NULL)
    voice->rate = CLAMP (voice->rate + steps * LANYARD_VOICE_STEP, -LANYARD_VOICE_LIMIT,
                         LANYARD_VOICE_LIMIT);
}
