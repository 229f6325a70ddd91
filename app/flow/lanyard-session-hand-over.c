/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Staff write something for the next desk, hand a person over to a supervisor, and say that
 * somebody waits no more. What is written is sealed before it goes into a record (invariant 9). */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

/* Whether @action is about somebody whom this desk knows. */
static gboolean
is_known (LanyardSession *session, const LanyardStaffAction *action)
{
  g_autoptr (LanyardEntry) entry = NULL;

  if (action->number == NULL)
    return FALSE;
  entry = lanyard_directory_lookup (session->parts.directory, LANYARD_LOOKUP_NUMBER, action->number,
                                    NULL);
  return entry != NULL;
}

static GBytes *
make_note_body (LanyardSession *session, const LanyardStaffAction *action)
{
  g_autoptr (GBytes) sealed
      = lanyard_directory_seal_note (session->parts.directory, action->number, action->note);
  LanyardWaitFacts facts = { .note = sealed };

  return lanyard_session_make_wait_body (session, &facts);
}

/* All steps or none: who is handed over with a note does not arrive without it. */
static gboolean
commit (LanyardSession *session, const LanyardStep *steps, guint n_steps)
{
  g_autoptr (GError) error = NULL;

  if (!lanyard_journal_commit_all (session->parts.journal, steps, n_steps, NULL, &error))
    {
      lanyard_session_break_down (session, error);
      return FALSE;
    }
  if (session->link != NULL)
    lanyard_link_nudge (session->link);
  return TRUE;
}

void
lanyard_session_act_note (LanyardSession *session, const LanyardStaffAction *action)
{
  g_autoptr (GBytes) body = NULL;
  LanyardStep step = { .kind = LANYARD_RECORD_NOTE, .accreditation = action->number };

  if (!is_known (session, action) || !lanyard_note_is_sound (action->note))
    {
      lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
      return;
    }
  step.body = body = make_note_body (session, action);
  if (commit (session, &step, 1))
    lanyard_session_notify (session, LANYARD_NOTICE_NOTE_KEPT);
}

void
lanyard_session_act_hand_over (LanyardSession *session, const LanyardStaffAction *action)
{
  LanyardWaitFacts facts = { .hand_over = (LanyardHandOver)action->reason };
  g_autoptr (GBytes) note_body = NULL, body = NULL;
  LanyardStep steps[2];
  guint n = 0;

  if (!is_known (session, action)
      || lanyard_hand_over_to_string ((LanyardHandOver)action->reason) == NULL
      || (action->note != NULL && !lanyard_note_is_sound (action->note)))
    {
      lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
      return;
    }
  if (action->note != NULL)
    {
      note_body = make_note_body (session, action);
      steps[n++] = (LanyardStep){ .kind = LANYARD_RECORD_NOTE,
                                  .accreditation = action->number,
                                  .body = note_body };
    }
  body = lanyard_session_make_wait_body (session, &facts);
  steps[n++] = (LanyardStep){ .kind = LANYARD_RECORD_HANDED_OVER,
                              .accreditation = action->number,
                              .body = body };
  if (commit (session, steps, n))
    lanyard_session_notify (session, LANYARD_NOTICE_HANDED_ON);
}

/* Twice is once: another record would say nothing more. */
void
lanyard_session_act_wait_over (LanyardSession *session, const LanyardStaffAction *action)
{
  LanyardWaiting *waiting = lanyard_journal_get_waiting (session->parts.journal);
  const LanyardWait *wait = waiting != NULL && action->text != NULL
                                ? lanyard_waiting_find (waiting, action->text)
                                : NULL;
  LanyardWaitFacts facts = { .wait = action->text };
  g_autoptr (GBytes) body = NULL;
  g_autofree char *number = NULL;
  LanyardStep step = { .kind = LANYARD_RECORD_WAIT_ENDED };

  if (wait == NULL)
    return;
  number = g_strdup (wait->number);
  step.accreditation = number;
  step.body = body = lanyard_session_make_wait_body (session, &facts);
  commit (session, &step, 1);
}
