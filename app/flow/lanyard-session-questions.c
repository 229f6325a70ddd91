/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Pickups of which nobody knows whether their badge came out: found at the start, answered by
 * people. */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

static void
free_pickup (gpointer data)
{
  lanyard_pickup_free (data);
}

static void
fill_subject (LanyardSubject *subject, const LanyardPickup *pickup)
{
  *subject = (LanyardSubject){
    .pickup = pickup->id,
    .accreditation = pickup->accreditation,
    .serial = pickup->serial,
    .job = pickup->printer_job,
    .sequence = pickup->sequence,
  };
}

static void
fill_context (LanyardSession *session, LanyardPickupContext *context)
{
  *context = (LanyardPickupContext){
    .staff = session->staff,
    .scan_back = session->parts.config->scan_back,
    .void_reason = session->void_reason,
  };
}

/* Reads the questions from the disk anew. */
void
lanyard_session_load_questions (LanyardSession *session)
{
  g_autoptr (GPtrArray) open = lanyard_journal_list_open_pickups (session->parts.journal);

  g_ptr_array_unref (session->questions);
  session->questions = g_ptr_array_new_with_free_func (free_pickup);
  for (guint i = 0; i < open->len; i++)
    {
      const LanyardPickup *pickup = g_ptr_array_index (open, i);

      if (pickup->state == LANYARD_PICKUP_ATTENTION)
        g_ptr_array_add (session->questions, lanyard_pickup_copy (pickup));
    }
}

/* Invariant 6: whatever was under way is a question now. The printer is asked, to tell people only.
 */
gboolean
lanyard_session_recover (LanyardSession *session, GError **error)
{
  g_autoptr (GPtrArray) open = lanyard_journal_list_open_pickups (session->parts.journal);
  LanyardPickupContext context;

  fill_context (session, &context);
  for (guint i = 0; i < open->len; i++)
    {
      const LanyardPickup *pickup = g_ptr_array_index (open, i);
      LanyardPickupStep step
          = lanyard_pickup_machine_step (pickup->state, LANYARD_PICKUP_INPUT_RESTART, &context);
      LanyardSubject subject;

      fill_subject (&subject, pickup);
      session->running = TRUE;
      if (!lanyard_session_run_effects (session, &subject, &step, error))
        {
          session->running = FALSE;
          return FALSE;
        }
      session->running = FALSE;
    }
  lanyard_session_load_questions (session);
  lanyard_session_drain_reports (session);
  return TRUE;
}

/* Returns: (transfer none) (nullable) */
LanyardPickup *
lanyard_session_find_question (LanyardSession *session, const char *serial)
{
  for (guint i = 0; serial != NULL && i < session->questions->len; i++)
    {
      LanyardPickup *question = g_ptr_array_index (session->questions, i);

      if (g_strcmp0 (question->serial, serial) == 0)
        return question;
    }
  return NULL;
}

/* Puts a question where the person served stands, so that the screen shows it. */
void
lanyard_session_adopt (LanyardSession *session, const LanyardPickup *question)
{
  LanyardServed *served = &session->served;
  const LanyardPrintReport *word;
  g_autofree char *pool = NULL;

  lanyard_session_wipe_served (session);
  served->pickup = question->id;
  served->number = g_strdup (question->accreditation);
  served->serial = g_strdup (question->serial);
  served->sequence = question->sequence;
  served->job = g_strdup (question->printer_job);
  pool = question->accreditation != NULL
             ? lanyard_journal_dup_pool_of (session->parts.journal, question->accreditation)
             : NULL;
  if (pool != NULL)
    served->pass = lanyard_pass_given_new (session, pool, NULL);
  word = question->serial != NULL ? g_hash_table_lookup (session->words, question->serial) : NULL;
  if (word != NULL)
    {
      served->print = word->state;
      served->fault = word->fault;
    }
  session->state = LANYARD_PICKUP_ATTENTION;
  session->deadline_us = 0;
}

gboolean
lanyard_session_adopt_oldest (LanyardSession *session)
{
  if (session->questions->len == 0)
    return FALSE;
  lanyard_session_adopt (session, g_ptr_array_index (session->questions, 0));
  return TRUE;
}

gboolean
lanyard_session_feed_other (LanyardSession *session,
                            LanyardPickupInput input,
                            const LanyardPickup *pickup)
{
  g_autoptr (GError) error = NULL;
  LanyardPickupContext context;
  LanyardPickupStep step;
  LanyardSubject subject;
  gboolean done;

  g_assert (!session->running);

  fill_context (session, &context);
  fill_subject (&subject, pickup);
  step = lanyard_pickup_machine_step (pickup->state, input, &context);
  if (step.result != LANYARD_PICKUP_TAKEN)
    return FALSE;
  session->running = TRUE;
  done = lanyard_session_run_effects (session, &subject, &step, &error);
  session->running = FALSE;
  if (!done)
    lanyard_session_break_down (session, error);
  lanyard_session_load_questions (session);
  return done;
}

void
lanyard_session_answer (LanyardSession *session, LanyardPickupInput input, const char *serial)
{
  const LanyardPickup *question;
  gboolean was_question = session->state == LANYARD_PICKUP_ATTENTION;
  gboolean again = input != LANYARD_PICKUP_INPUT_CAME_OUT && session->again != NULL
                   && g_strcmp0 (session->served.number, session->again) == 0;

  if (serial == NULL || g_strcmp0 (serial, session->served.serial) == 0)
    {
      /* With the answer given, staff go on with what they were doing. */
      if (lanyard_session_feed (session, input) && was_question && session->staff)
        {
          lanyard_session_feed (session, LANYARD_PICKUP_INPUT_NEXT);
          if (again)
            lanyard_session_serve_again (session);
        }
      return;
    }
  question = lanyard_session_find_question (session, serial);
  if (question != NULL)
    lanyard_session_feed_other (session, input, question);
}

guint
lanyard_session_count_questions (LanyardSession *session)
{
  g_return_val_if_fail (session != NULL, 0);

  return session->questions->len;
}
