/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, what happened with people, or who waits, is told to somebody who is no staff, or
 * staff are told something else. */

#include "desk-fixture.h"

#include "lanyard-error.h"

#define WRITTEN "The date is wrong."
/* A row of the feed behind all others, and why it was not understood. */
#define FAR 1000000
#define NOT_UNDERSTOOD "version 4 is not known"

/* What a desk answered. */
typedef struct
{
  LanyardPersonPast *past;
  GPtrArray *waits, *asides;
  GError *error;
  gboolean done;
} Answer;

/* A desk and whoever asks it are on one thread. */
static void
set_up (Desk *desk, gconstpointer data)
{
  FlowFixture *base = &desk->base;
  g_autoptr (GBytes) raw = g_bytes_new_static ("nonsense", 8);
  g_autoptr (GError) error = NULL;

  flow_make (base, NULL);
  flow_open (base);
  g_free (flow_walk_to_issued (base, PERSON_READY));
  flow_press (base, LANYARD_INPUT_DONE);
  flow_scan_invitation (base, PERSON_PENDING);
  g_assert_true (lanyard_directory_set_aside (base->directory, FAR, flow_number (PERSON_OTHER), raw,
                                              NOT_UNDERSTOOD, &error));
  flow_close (base);
  desk_write_files (base);
  desk->desk = lanyard_desk_open (g_steal_pointer (&base->config), &base->clock, &error);
  g_assert_no_error (error);
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  lanyard_desk_close (desk->desk);
  flow_free (&desk->base);
}

static void
on_past_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  answer->past = lanyard_desk_list_past_finish (result, &answer->error);
  answer->done = TRUE;
}

static void
on_waits_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  answer->waits = lanyard_desk_list_waiting_finish (result, &answer->error);
  answer->done = TRUE;
}

static void
on_asides_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Answer *answer = user_data;

  answer->asides = lanyard_desk_list_asides_finish (result, &answer->error);
  answer->done = TRUE;
}

static void
ask_asides (Desk *desk, Answer *answer)
{
  *answer = (Answer){ 0 };
  lanyard_desk_list_asides_async (desk->desk, NULL, on_asides_ready, answer);
  while (!answer->done)
    g_main_context_iteration (NULL, TRUE);
}

/* What is asked after what was asked before is answered after it.
 * @person: PERSON_NOBODY: who waits */
static void
ask (Desk *desk, Person person, Answer *answer)
{
  *answer = (Answer){ 0 };
  if (person != PERSON_NOBODY)
    lanyard_desk_list_past_async (desk->desk, flow_number (person), NULL, on_past_ready, answer);
  else
    lanyard_desk_list_waiting_async (desk->desk, NULL, on_waits_ready, answer);
  while (!answer->done)
    g_main_context_iteration (NULL, TRUE);
}

/* Until the journal has been read. */
static void
ask_all (Desk *desk, Person person, Answer *answer)
{
  ask (desk, person, answer);
  while (answer->error == NULL && !answer->past->complete)
    {
      lanyard_person_past_free (answer->past);
      /* it is read behind everything else */
      while (g_main_context_iteration (NULL, FALSE))
        ;
      ask (desk, person, answer);
    }
  g_assert_no_error (answer->error);
}

static const LanyardPastLine *
get_line (const Answer *answer, guint n, guint i)
{
  g_assert_cmpuint (answer->past->lines->len, ==, n);
  return g_ptr_array_index (answer->past->lines, i);
}

static const LanyardWaitLine *
get_wait (const Answer *answer, guint n, guint i)
{
  g_assert_no_error (answer->error);
  g_assert_cmpuint (answer->waits->len, ==, n);
  return g_ptr_array_index (answer->waits, i);
}

static void
hand_over (Desk *desk, Person person)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_HAND_OVER);

  action->number = g_strdup (flow_number (person));
  action->reason = LANYARD_HAND_OVER_DATA;
  action->note = g_strdup (WRITTEN);
  lanyard_desk_act (desk->desk, action);
}

static void
test_nobody (Desk *desk, gconstpointer data)
{
  Answer answer;

  ask (desk, PERSON_READY, &answer);
  g_assert_error (answer.error, LANYARD_ERROR, LANYARD_ERROR_REFUSED);
  g_clear_error (&answer.error);
  ask (desk, PERSON_NOBODY, &answer);
  g_assert_error (answer.error, LANYARD_ERROR, LANYARD_ERROR_REFUSED);
  g_clear_error (&answer.error);
  ask_asides (desk, &answer);
  g_assert_error (answer.error, LANYARD_ERROR, LANYARD_ERROR_REFUSED);
  g_clear_error (&answer.error);
}

/* What came from the hub and was not understood. */
static void
test_asides (Desk *desk, gconstpointer data)
{
  const LanyardAside *aside;
  Answer answer;

  lanyard_desk_sign_in (desk->desk, FLOW_PIN);
  ask_asides (desk, &answer);
  g_assert_no_error (answer.error);
  g_assert_cmpuint (answer.asides->len, ==, 1);
  aside = g_ptr_array_index (answer.asides, 0);
  g_assert_cmpuint (aside->gseq, ==, FAR);
  g_assert_cmpstr (aside->number, ==, flow_number (PERSON_OTHER));
  g_assert_nonnull (strstr (aside->name, FLOW_NAME_MARK));
  g_assert_cmpstr (aside->why, ==, NOT_UNDERSTOOD);
  g_ptr_array_unref (answer.asides);
}

static void
test_past (Desk *desk, gconstpointer data)
{
  Answer answer;

  lanyard_desk_sign_in (desk->desk, FLOW_PIN);
  ask_all (desk, PERSON_READY, &answer);
  g_assert_cmpint (get_line (&answer, 1, 0)->kind, ==, LANYARD_PAST_ISSUED);
  g_assert_true (get_line (&answer, 1, 0)->waits);
  g_assert_cmpint (answer.past->now_us, ==, desk->base.wall_us);
  lanyard_person_past_free (answer.past);

  /* a badge of another desk, and a person of whom there is nothing */
  ask_all (desk, PERSON_ISSUED, &answer);
  g_assert_cmpint (get_line (&answer, 1, 0)->kind, ==, LANYARD_PAST_ELSEWHERE);
  lanyard_person_past_free (answer.past);
  ask_all (desk, PERSON_OTHER, &answer);
  g_assert_cmpuint (answer.past->lines->len, ==, 0);
  lanyard_person_past_free (answer.past);
}

/* Whom a supervisor is to see comes first for supervisors, and with what was written. */
static void
test_hand_over (Desk *desk, gconstpointer data)
{
  Answer answer;

  lanyard_desk_sign_in (desk->desk, FLOW_PIN);
  ask_all (desk, PERSON_READY, &answer);
  lanyard_person_past_free (answer.past);
  ask (desk, PERSON_NOBODY, &answer);
  g_assert_false (get_wait (&answer, 1, 0)->wait->supervisor);
  g_assert_nonnull (strstr (get_wait (&answer, 1, 0)->name, FLOW_NAME_MARK));
  g_ptr_array_unref (answer.waits);

  hand_over (desk, PERSON_READY);
  ask (desk, PERSON_NOBODY, &answer);
  /* one PIN for everybody is a supervisor's too */
  g_assert_true (get_wait (&answer, 2, 0)->wait->supervisor);
  g_assert_cmpstr (get_wait (&answer, 2, 0)->wait->number, ==, flow_number (PERSON_READY));
  g_ptr_array_unref (answer.waits);
  ask (desk, PERSON_READY, &answer);
  g_assert_cmpint (get_line (&answer, 3, 0)->kind, ==, LANYARD_PAST_HANDED_ON);
  g_assert_cmpint (get_line (&answer, 3, 0)->hand_over, ==, LANYARD_HAND_OVER_DATA);
  g_assert_cmpstr (get_line (&answer, 3, 1)->text, ==, WRITTEN);
  lanyard_person_past_free (answer.past);
}

#define ADD(name, func) g_test_add ("/flow/desk-past/" name, Desk, NULL, set_up, func, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("nobody", test_nobody);
  ADD ("asides", test_asides);
  ADD ("past", test_past);
  ADD ("hand-over", test_hand_over);
  return g_test_run ();
}
