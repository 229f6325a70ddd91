/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The session's core: feeds inputs to the pickup machine and takes the state that follows, when the
 * effects succeeded. What the effects are stands in -effects.c, what scans, reports and people mean
 * in -scan.c, -print.c, -questions.c and -staff.c, and what the screen sees of it in -view.c.
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

#include "lanyard-error.h"

/* How long a full disk is left alone before the journal is tried again. */
#define RETRY_US (15 * G_USEC_PER_SEC)

static void
free_report (gpointer data)
{
  lanyard_print_report_free (data);
}

static void
free_pickup (gpointer data)
{
  lanyard_pickup_free (data);
}

/* Nobody's name stays on a screen that is waiting for staff. */
static void
hide_person (LanyardSession *session)
{
  g_clear_pointer (&session->served.entry, lanyard_entry_free);
  g_clear_pointer (&session->served.photo, g_bytes_unref);
  lanyard_session_drop_badge (session);
}

static void
enter_state (LanyardSession *session, const LanyardPickupStep *step, LanyardPickupInput input)
{
  LanyardServed *served = &session->served;

  if (step->to != step->from)
    session->notice = LANYARD_NOTICE_NONE;
  /* Out of the printer and in somebody's hand: the next one is for staff to give. */
  if (!session->staff && served->number != NULL
      && (step->void_reason == LANYARD_VOID_UNREADABLE
          || step->void_reason == LANYARD_VOID_WRONG_BADGE))
    g_hash_table_add (session->spoiled, g_strdup (served->number));
  if (input == LANYARD_PICKUP_INPUT_BADGE_WRONG)
    served->wrong_badges++;
  if (step->to == LANYARD_PICKUP_RESERVED && served->by_number)
    lanyard_session_forgive_typing (session);
  if (step->from == LANYARD_PICKUP_ATTENTION || step->to == LANYARD_PICKUP_ATTENTION)
    lanyard_session_load_questions (session);
  if (step->to == LANYARD_PICKUP_ATTENTION)
    hide_person (session);
  /* Whoever could not be photographed is told why they wait. */
  if (step->to == LANYARD_PICKUP_VOID
      || (input == LANYARD_PICKUP_INPUT_CALL_STAFF && step->from != LANYARD_PICKUP_PORTRAIT))
    served->verdict = (LanyardVerdict){ .outcome = LANYARD_OUTCOME_STAFF };
  if (lanyard_pickup_state_is_terminal (step->to) && !lanyard_pickup_state_is_out (step->to)
      && !session->staff)
    {
      LanyardEntry *rest = lanyard_session_redact (served->entry);

      hide_person (session);
      served->entry = rest;
    }

  /* Leaving a question for later leaves them all; after an answer the next one follows. */
  if (step->from == LANYARD_PICKUP_ATTENTION && step->to == LANYARD_PICKUP_IDLE)
    session->questions_first = FALSE;
  if (step->to == LANYARD_PICKUP_IDLE && session->questions_first
      && lanyard_session_adopt_oldest (session))
    return;
  lanyard_session_restart_clock (session, step->from, input);
}

static void
finish_submit (LanyardSession *session)
{
  if (!session->submit_failed)
    return;
  session->submit_failed = FALSE;
  session->served.fault = LANYARD_PRINT_FAULT_OTHER;
  lanyard_session_feed (session, LANYARD_PICKUP_INPUT_PRINT_FAILED);
}

/* One input for the pickup being served. Returns: whether it was taken and all its effects done */
gboolean
lanyard_session_feed (LanyardSession *session, LanyardPickupInput input)
{
  g_autoptr (GError) error = NULL;
  LanyardPickupContext context = {
    .staff = session->staff,
    .scan_back = session->parts.config->scan_back,
    .wrong_badges = session->served.wrong_badges,
    .void_reason = session->void_reason,
    .consent = lanyard_session_get_consent_need (session),
    .photo_missing = lanyard_session_lacks_photo (session),
  };
  LanyardPickupStep step = lanyard_pickup_machine_step (session->state, input, &context);
  LanyardSubject subject;
  gboolean done;

  g_assert (!session->running);

  if (step.result != LANYARD_PICKUP_TAKEN)
    return FALSE;
  g_debug ("Pickup: %s, %s, %s", lanyard_pickup_state_to_string (step.from),
           lanyard_pickup_input_to_string (input), lanyard_pickup_state_to_string (step.to));
  lanyard_session_get_subject (session, &subject);
  session->running = TRUE;
  done = lanyard_session_run_effects (session, &subject, &step, &error);
  session->running = FALSE;
  if (!done)
    {
      lanyard_session_break_down (session, error);
      return FALSE;
    }
  session->state = step.to;
  enter_state (session, &step, input);
  finish_submit (session);
  lanyard_session_drain_reports (session);
  return TRUE;
}

/* The journal took no record. What is on disk is the truth: the screen lets go of the person, and
 * what was under way comes back as a question when the disk does. */
void
lanyard_session_break_down (LanyardSession *session, const GError *error)
{
  g_message ("The journal cannot be written: %s", error->message);
  g_clear_error (&session->broken);
  session->broken = g_error_copy (error);
  /* After an input or output error the journal stays closed until the program starts again. */
  session->retry_us = 0;
  if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_FULL)
      || g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_BUSY))
    session->retry_us = lanyard_clock_monotonic_us (session->parts.clock) + RETRY_US;
  lanyard_session_wipe_served (session);
  lanyard_session_close_side (session);
  g_clear_pointer (&session->language, g_free);
  session->state = LANYARD_PICKUP_IDLE;
  session->deadline_us = 0;
}

/* Begins to serve, after the start and after a break-down: the first record proves that there can
 * be records. */
static void
begin (LanyardSession *session)
{
  g_autoptr (GError) error = NULL;

  if (!lanyard_journal_check_room (session->parts.journal, &error)
      || !lanyard_session_commit_plain (session, LANYARD_RECORD_STARTED, NULL, &error)
      || !lanyard_session_open_supplies (session, &error)
      || !lanyard_session_recover (session, &error))
    {
      lanyard_session_break_down (session, error);
      return;
    }
  g_clear_error (&session->broken);
  session->retry_us = 0;
  session->questions_first = session->questions->len > 0;
  lanyard_session_adopt_oldest (session);
}

void
lanyard_session_wipe_served (LanyardSession *session)
{
  LanyardServed *served = &session->served;

  hide_person (session);
  g_free (served->number);
  g_free (served->serial);
  g_free (served->job);
  g_free (served->ticket);
  g_free (served->presented_serial);
  lanyard_old_badge_clear (&served->old);
  g_free (served->card);
  g_free (served->decided);
  g_free (served->seal);
  lanyard_pass_given_free (served->pass);
  g_clear_pointer (&served->consents, g_ptr_array_unref);
  *served = (LanyardServed){ .source = LANYARD_CREDENTIAL_UNKNOWN };
}

/* Whose day pass has ended is nobody's business any more. */
static void
forget_visitors (LanyardSession *session)
{
  gint64 now_s = lanyard_clock_wall_us (session->parts.clock) / G_USEC_PER_SEC;
  g_autoptr (GError) error = NULL;

  if (!lanyard_directory_drop_visitors (session->parts.directory, now_s, &error))
    g_message ("Visitors of days before stay in the directory: %s", error->message);
  g_clear_error (&error);
  if (!lanyard_directory_drop_taken (session->parts.directory, &error))
    g_message ("Photos of people who are gone stay in the directory: %s", error->message);
}

void
lanyard_session_free_text (char *text)
{
  if (text != NULL)
    memset (text, 0, strlen (text));
  g_free (text);
}

/* One printer is a switch that has one place. */
static void
take_printers (LanyardSession *session)
{
  const LanyardPrinterConfig *only = g_ptr_array_index (session->printer_configs, 0);

  if (LANYARD_IS_PRINTER_SWITCH (session->parts.printer))
    session->printers = g_object_ref (LANYARD_PRINTER_SWITCH (session->parts.printer));
  else
    {
      session->printers = lanyard_printer_switch_new ();
      lanyard_printer_switch_add (session->printers, only->name, session->parts.printer);
    }
  session->parts.printer = LANYARD_PRINTER (session->printers);
}

LanyardSession *
lanyard_session_new (const LanyardSessionParts *parts,
                     LanyardViewFunc view_func,
                     gpointer user_data)
{
  LanyardSession *session = g_new0 (LanyardSession, 1);

  session->parts = *parts;
  session->view_func = view_func;
  session->user_data = user_data;
  session->trust = lanyard_trust_list_ref (lanyard_pack_get_trust (parts->pack));
  session->view = lanyard_view_new (LANYARD_PAGE_WELCOME);
  session->questions = g_ptr_array_new_with_free_func (free_pickup);
  session->words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_report);
  session->spoiled = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&session->reports);
  session->counter_notes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  session->printer_configs = lanyard_config_list_printers (parts->config);
  take_printers (session);
  session->report_handler = g_signal_connect (session->printers, "report",
                                              G_CALLBACK (lanyard_session_on_report), session);
  return session;
}

void
lanyard_session_free (LanyardSession *session)
{
  if (session == NULL)
    return;
  g_signal_handler_disconnect (session->printers, session->report_handler);
  g_object_unref (session->printers);
  g_ptr_array_unref (session->printer_configs);
  g_hash_table_unref (session->counter_notes);
  g_free (session->again);
  lanyard_session_wipe_served (session);
  lanyard_session_close_side (session);
  g_queue_clear_full (&session->reports, free_report);
  g_hash_table_unref (session->words);
  g_hash_table_unref (session->spoiled);
  g_ptr_array_unref (session->questions);
  lanyard_view_unref (session->view);
  lanyard_trust_list_unref (session->trust);
  g_clear_pointer (&session->negative, lanyard_negative_list_unref);
  g_clear_pointer (&session->member, lanyard_staff_member_free);
  g_free (session->badge_staff);
  g_free (session->second_staff);
  g_clear_object (&session->link);
  g_clear_error (&session->broken);
  g_free (session->language);
  g_free (session);
}

void
lanyard_session_start (LanyardSession *session)
{
  g_auto (LanyardIdentity) identity = { 0 };

  g_return_if_fail (session != NULL);

  lanyard_journal_get_identity (session->parts.journal, &identity);
  session->enrolled = identity.device != 0 && session->parts.desk_key != NULL;
  lanyard_session_count_staff (session);
  lanyard_session_take_lists (session);
  forget_visitors (session);
  if (session->enrolled)
    begin (session);
  lanyard_session_publish (session);
}

void
lanyard_session_tick (LanyardSession *session)
{
  gint64 now_us = lanyard_clock_monotonic_us (session->parts.clock);
  gboolean changed = FALSE;

  if (session->broken != NULL && session->retry_us != 0 && now_us >= session->retry_us)
    {
      begin (session);
      changed = TRUE;
    }
  if (session->enrolled && lanyard_session_check_trust (session))
    changed = TRUE;
  if (session->staff && now_us >= session->staff_deadline_us)
    {
      lanyard_session_sign_out (session);
      changed = TRUE;
    }
  if (session->deadline_us != 0 && now_us >= session->deadline_us)
    {
      session->deadline_us = 0;
      session->called = FALSE;
      if (session->state == LANYARD_PICKUP_IDLE)
        g_clear_pointer (&session->language, g_free);
      else
        lanyard_session_feed (session, LANYARD_PICKUP_INPUT_TIMEOUT);
      /* A question that has no clock waits for staff, who go on with the team. */
      if (session->state != LANYARD_PICKUP_ATTENTION || session->deadline_us != 0)
        lanyard_session_close_delegation (session);
      changed = TRUE;
    }
  if (changed)
    lanyard_session_publish (session);
  lanyard_session_ready_badge (session);
}

void
lanyard_session_set_link (LanyardSession *session, LanyardLink *link)
{
  g_return_if_fail (session != NULL);

  g_set_object (&session->link, link);
}
