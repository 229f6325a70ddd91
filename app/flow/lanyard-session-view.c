/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the screen sees of the session, and for how long. */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

#include "lanyard-directory-load.h"
#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-trouble.h"
#include "lanyard-wait-estimate.h"

/* Time limits that are no setting. */
#define SUBMIT_LIMIT_US (60 * G_USEC_PER_SEC)   /* the printer says nothing at all */
#define PRINT_LIMIT_US (180 * G_USEC_PER_SEC)   /* the job does not move */
#define STOPPED_LIMIT_US (600 * G_USEC_PER_SEC) /* somebody looks for paper */
#define DONE_LIMIT_US (15 * G_USEC_PER_SEC)
#define REFUSED_LIMIT_US (30 * G_USEC_PER_SEC)
#define STAFF_LIMIT_US (120 * G_USEC_PER_SEC)

/* A desk that knows nobody yet would call everybody unknown. Returns: (transfer none) (nullable) */
static const LanyardTrouble *
find_empty (LanyardSession *session)
{
  LanyardLoad load;

  if (lanyard_directory_get_size (session->parts.directory) > 0 || lanyard_fault ("empty-serves"))
    return NULL;
  lanyard_directory_get_load (session->parts.directory, &load);
  return lanyard_trouble_find (load.stage == LANYARD_LOAD_NONE ? "K30" : "K32");
}

/* Whoever collected for others and wants no more: what a printer lacks does not concern them. */
static gboolean
is_reading_result (LanyardSession *session)
{
  return lanyard_session_is_delegation (session) && session->team->begun
         && lanyard_team_count (session->team, LANYARD_TEAM_TICKED) == 0;
}

/* Whether there can be no pickup at all, and why. @view: (nullable): gets code, problem and fault
 */
static gboolean
find_trouble (LanyardSession *session, LanyardView *view)
{
  LanyardPrintFault fault = lanyard_printer_get_fault (session->parts.printer);
  gboolean idle
      = session->state == LANYARD_PICKUP_IDLE && !session->staff && !is_reading_result (session);
  const char *problem = NULL;
  const LanyardTrouble *trouble;

  if (session->broken != NULL)
    {
      trouble = lanyard_trouble_for_error ('J', session->broken->domain == LANYARD_ERROR
                                                    ? session->broken->code
                                                    : 0);
      problem = session->broken->message;
    }
  else if (!session->enrolled)
    trouble = lanyard_trouble_find ("K10");
  else if (!session->trusted)
    trouble = lanyard_trouble_find ("K20");
  else if (idle && lanyard_stock_keeps_from_printing (fault))
    trouble = lanyard_trouble_for_fault (fault);
  else if (!idle || (trouble = find_empty (session)) == NULL)
    return FALSE;

  if (view != NULL)
    {
      view->code = g_strdup (trouble->code);
      view->problem = g_strdup (problem);
      view->fault = trouble->fault;
    }
  return TRUE;
}

static LanyardPage
page_for (LanyardSession *session)
{
  switch (session->state)
    {
    case LANYARD_PICKUP_DOCUMENT:
      return LANYARD_PAGE_DOCUMENT;
    case LANYARD_PICKUP_CONFIRM:
      if (session->staff && session->served.card != NULL)
        return LANYARD_PAGE_VALIDATE;
      return session->staff ? LANYARD_PAGE_STAFF : LANYARD_PAGE_CONFIRM;
    case LANYARD_PICKUP_CONSENT:
      return LANYARD_PAGE_CONSENT;
    case LANYARD_PICKUP_PORTRAIT:
      return LANYARD_PAGE_PORTRAIT;
    case LANYARD_PICKUP_RESERVED:
    case LANYARD_PICKUP_PRINTING:
      return LANYARD_PAGE_PRINTING;
    case LANYARD_PICKUP_REPORTED:
      return LANYARD_PAGE_SCAN_BACK;
    case LANYARD_PICKUP_ISSUED:
    case LANYARD_PICKUP_VALIDATED:
    case LANYARD_PICKUP_HANDED:
      return LANYARD_PAGE_DONE;
    case LANYARD_PICKUP_REFUSED:
    case LANYARD_PICKUP_REFERRED:
    case LANYARD_PICKUP_VOID:
      return LANYARD_PAGE_REFUSED;
    case LANYARD_PICKUP_ATTENTION:
      return LANYARD_PAGE_ATTENTION;
    case LANYARD_PICKUP_IDLE:
    default:
      if (lanyard_session_is_delegation (session))
        return LANYARD_PAGE_DELEGATION;
      if (session->staff && session->side != LANYARD_PAGE_WELCOME)
        return session->side;
      return session->staff ? LANYARD_PAGE_STAFF : LANYARD_PAGE_WELCOME;
    }
}

static GPtrArray *
copy_questions (LanyardSession *session)
{
  GPtrArray *copy
      = g_ptr_array_new_with_free_func ((GDestroyNotify)(void (*) (void))lanyard_pickup_free);

  for (guint i = 0; i < session->questions->len; i++)
    g_ptr_array_add (copy, lanyard_pickup_copy (g_ptr_array_index (session->questions, i)));
  return copy;
}

/* What the printer says of each question: to tell, not to decide. */
static GHashTable *
copy_words (LanyardSession *session)
{
  GHashTable *copy
      = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                               (GDestroyNotify)(void (*) (void))lanyard_print_report_free);

  for (guint i = 0; i < session->questions->len; i++)
    {
      const LanyardPickup *question = g_ptr_array_index (session->questions, i);
      const LanyardPrintReport *word = question->serial != NULL
                                           ? g_hash_table_lookup (session->words, question->serial)
                                           : NULL;

      if (word != NULL)
        g_hash_table_insert (copy, g_strdup (question->serial), lanyard_print_report_copy (word));
    }
  return copy;
}

/* After a "no" the screen may say where and when to come instead, and nothing else of the person.
 */
LanyardEntry *
lanyard_session_redact (const LanyardEntry *entry)
{
  LanyardEntry *rest;

  if (entry == NULL)
    return NULL;
  rest = lanyard_entry_new ();
  rest->print_name = g_strdup ("");
  rest->number = g_strdup ("");
  rest->category = g_strdup ("");
  g_strfreev (rest->pickup_venues);
  rest->pickup_venues = g_strdupv (entry->pickup_venues);
  rest->valid_from_s = entry->valid_from_s;
  rest->valid_until_s = entry->valid_until_s;
  return rest;
}

/* Returns: minutes until it is the turn of who got a ticket; 0: at once, or nothing can be said */
static guint
estimate_wait (LanyardSession *session)
{
  LanyardJournal *journal = session->parts.journal;
  LanyardDay *day = lanyard_journal_get_day (journal);
  LanyardWaiting *waiting = lanyard_journal_get_waiting (journal);

  if (day == NULL || waiting == NULL)
    return 0;
  return lanyard_wait_estimate_make (
             /* those of other desks have staff there */
             lanyard_waiting_count_own (waiting,
                                        (guint)g_ascii_strtoull (session->served.ticket, NULL, 10)),
             lanyard_day_count_under_way (day, lanyard_clock_wall_us (session->parts.clock)),
             lanyard_day_count_taken (day), lanyard_day_get_median_s (day))
      .minutes;
}

static void
fill_consents (LanyardSession *session, LanyardView *view)
{
  const LanyardConsentAnswer *asked = NULL;

  if (session->served.consents == NULL
      || (view->page != LANYARD_PAGE_CONSENT && view->page != LANYARD_PAGE_STAFF))
    return;
  view->consents = g_ptr_array_ref (session->served.consents);
  lanyard_consent_find_next (view->consents, &asked);
  if (asked != NULL)
    view->consent = g_strdup (asked->id);
}

static void
fill_person (LanyardSession *session, LanyardView *view)
{
  const LanyardServed *served = &session->served;

  if (view->page == LANYARD_PAGE_REFUSED && !session->staff)
    view->entry = lanyard_session_redact (served->entry);
  else if (lanyard_session_is_delegation (session)
           && g_strcmp0 (served->number, session->team->number) != 0)
    {
      view->entry = lanyard_session_dup_delegated (session);
      return;
    }
  else
    view->entry = lanyard_entry_copy (served->entry);
  view->photo = served->photo != NULL ? g_bytes_ref (served->photo) : NULL;
  view->collects = view->page == LANYARD_PAGE_CONFIRM && lanyard_session_may_collect (session);
}

static void
fill_served (LanyardSession *session, LanyardView *view)
{
  const LanyardServed *served = &session->served;

  /* Until a document has said that it is them, nothing of the person is shown. */
  if (view->page == LANYARD_PAGE_DOCUMENT)
    {
      view->deadline_us = session->deadline_us;
      return;
    }
  fill_person (session, view);
  view->verdict = session->staff ? served->verdict : lanyard_verdict_for_public (&served->verdict);
  view->serial = g_strdup (served->serial);
  view->ticket = g_strdup (served->ticket);
  view->wait_minutes = served->ticket != NULL ? estimate_wait (session) : 0;
  view->print = served->print;
  view->fault = served->fault;
  view->can_issue = session->staff && session->state == LANYARD_PICKUP_CONFIRM;
  fill_consents (session, view);
  lanyard_session_fill_card (session, view);
  lanyard_session_fill_document (session, view);
  lanyard_session_fill_passes (session, view);
  if (view->page == LANYARD_PAGE_VERIFY && session->checked != NULL)
    view->checked = lanyard_checked_copy (session->checked);
  if (view->page == LANYARD_PAGE_ATTENTION || view->page == LANYARD_PAGE_STAFF)
    {
      view->questions = copy_questions (session);
      view->words = copy_words (session);
    }
  /* While a printer works there is nothing that a person could hurry. */
  if (session->state != LANYARD_PICKUP_RESERVED && session->state != LANYARD_PICKUP_PRINTING)
    view->deadline_us = session->deadline_us;
}

/* Another question is another page, another pickup, or another one who answers. */
static guint64
number_question (LanyardSession *session, LanyardPage page)
{
  if (session->question != 0 && session->asked == page && session->asked_staff == session->staff
      && session->asked_said == session->served.n_said
      && lanyard_id_equal (&session->asked_about, &session->served.pickup))
    return session->question;
  session->asked = page;
  session->asked_about = session->served.pickup;
  session->asked_said = session->served.n_said;
  session->asked_staff = session->staff;
  return ++session->question;
}

static void
fill_staff (LanyardSession *session, LanyardView *view)
{
  view->asks_staff_number = session->many_staff;
  view->takes_staff_badge = session->staff_badges;
  view->badge_staff = g_strdup (session->badge_staff);
  if (!session->staff)
    return;
  view->staff_number = g_strdup (session->member->number);
  view->staff_supervisor = session->member->role == LANYARD_STAFF_ROLE_SUPERVISOR;
  if (view->page != LANYARD_PAGE_STAFF)
    return;
  view->badge_serial = g_strdup (session->served.old.serial);
  view->can_void = lanyard_session_may_void (session);
  view->can_reissue = lanyard_session_may_reissue (session);
  view->can_resolve = lanyard_session_may_resolve (session);
  view->can_take_photo = lanyard_session_may_take_photo (session);
  view->decided = g_strdup (session->served.decided);
}

/* On the staff page what is wrong with the printer stands beside the people; with a fault, which
 * printer it is and where else badges could go. */
static void
name_printers (LanyardSession *session, LanyardView *view)
{
  const char *name;

  if (view->page == LANYARD_PAGE_STAFF && view->fault == LANYARD_PRINT_FAULT_NONE)
    view->fault = lanyard_printer_get_fault (session->parts.printer);
  if (view->fault == LANYARD_PRINT_FAULT_NONE)
    return;
  name = lanyard_session_find_printer (session, view->serial);
  if (lanyard_printer_switch_get_n (session->printers) > 1)
    view->printer = g_strdup (name);
  view->other_printer = g_strdup (lanyard_session_find_other_printer (session, name));
}

/* Staff who are signed in may give day passes and check badges: they are told, and not kept out. */
static void
tell_empty (LanyardSession *session, LanyardView *view)
{
  const LanyardTrouble *empty = view->page == LANYARD_PAGE_STAFF ? find_empty (session) : NULL;

  if (empty != NULL)
    view->code = g_strdup (empty->code);
}

/* Makes a view of the present state and hands it out. The old one goes, and the person in it. */
void
lanyard_session_publish (LanyardSession *session)
{
  LanyardView *view;

  lanyard_session_run_team (session);
  view = lanyard_view_new (page_for (session));

  view->generation = ++session->generation;
  view->mode = session->parts.config->mode;
  view->staff_signed_in = session->staff;
  view->language
      = g_strdup (session->language != NULL ? session->language : session->parts.config->language);
  view->notice = session->notice;
  view->notice_generation = session->notice_generation;
  view->tone = session->tone;
  view->tone_generation = session->tone_generation;
  view->state = session->state;
  fill_staff (session, view);
  if (session->team != NULL)
    view->team = lanyard_team_copy (session->team);
  if (find_trouble (session, view))
    view->page = LANYARD_PAGE_OUT_OF_ORDER;
  else
    {
      fill_served (session, view);
      tell_empty (session, view);
    }
  name_printers (session, view);
  view->question = number_question (session, view->page);

  lanyard_view_unref (session->view);
  session->view = view;
  session->view_func (view, session->user_data);
}

void
lanyard_session_notify (LanyardSession *session, LanyardNotice notice)
{
  session->notice = notice;
  session->notice_generation++;
}

static gint64
limit_for (LanyardSession *session)
{
  gint64 idle_us = (gint64)session->parts.config->idle_s * G_USEC_PER_SEC;

  switch (session->state)
    {
    case LANYARD_PICKUP_DOCUMENT:
    case LANYARD_PICKUP_CONFIRM:
    case LANYARD_PICKUP_CONSENT:
    case LANYARD_PICKUP_PORTRAIT:
    case LANYARD_PICKUP_REPORTED:
    case LANYARD_PICKUP_ATTENTION:
      return idle_us;
    case LANYARD_PICKUP_RESERVED:
      return SUBMIT_LIMIT_US;
    case LANYARD_PICKUP_PRINTING:
      return session->served.print == LANYARD_PRINT_STOPPED ? STOPPED_LIMIT_US : PRINT_LIMIT_US;
    case LANYARD_PICKUP_ISSUED:
    case LANYARD_PICKUP_VALIDATED:
    case LANYARD_PICKUP_HANDED:
      return MIN (idle_us, DONE_LIMIT_US);
    case LANYARD_PICKUP_REFUSED:
    case LANYARD_PICKUP_REFERRED:
    case LANYARD_PICKUP_VOID:
      return MIN (idle_us, REFUSED_LIMIT_US);
    case LANYARD_PICKUP_IDLE:
    default:
      /* Only a chosen language, and a team, are there to forget. */
      return session->language != NULL || lanyard_session_is_delegation (session) ? idle_us : 0;
    }
}

/* The clock of the state that was just entered. */
void
lanyard_session_restart_clock (LanyardSession *session,
                               LanyardPickupState from,
                               LanyardPickupInput cause)
{
  gint64 limit_us = limit_for (session);
  gboolean walked_off = from == LANYARD_PICKUP_REPORTED && cause == LANYARD_PICKUP_INPUT_TIMEOUT;

  /* A question stays on the screen until somebody deals with it: something may lie in the printer.
   * Only when a person walked off with a printed badge may the next one be served. */
  if (session->state == LANYARD_PICKUP_ATTENTION && !walked_off)
    limit_us = from == LANYARD_PICKUP_ATTENTION && session->deadline_us != 0 ? limit_us : 0;
  session->deadline_us
      = limit_us == 0 ? 0 : lanyard_clock_monotonic_us (session->parts.clock) + limit_us;
}

/* Somebody is there. */
void
lanyard_session_touch (LanyardSession *session)
{
  gint64 now_us = lanyard_clock_monotonic_us (session->parts.clock);
  gint64 idle_us = (gint64)session->parts.config->idle_s * G_USEC_PER_SEC;

  session->staff_deadline_us = now_us + MAX (idle_us, STAFF_LIMIT_US);
  /* The welcome page has a clock only while somebody is at it: what they chose and began to type
   * goes when they do. */
  if (session->state == LANYARD_PICKUP_IDLE && !session->staff)
    {
      session->deadline_us
          = MAX (now_us + idle_us, session->team != NULL ? session->deadline_us : 0);
      return;
    }
  /* A touch does not make a silent printer speak; and of a page that goes soon it takes nothing
   * that somebody asked for. */
  if (session->deadline_us != 0 && session->state != LANYARD_PICKUP_RESERVED
      && session->state != LANYARD_PICKUP_PRINTING)
    session->deadline_us = MAX (limit_for (session) < idle_us ? session->deadline_us : 0,
                                now_us + limit_for (session));
}

/* Somebody who asks for time gets what everybody has who is asked something, also on a page that
 * would go sooner by itself. */
void
lanyard_session_extend (LanyardSession *session)
{
  gint64 idle_us = (gint64)session->parts.config->idle_s * G_USEC_PER_SEC;

  if (session->deadline_us != 0 && session->state != LANYARD_PICKUP_RESERVED
      && session->state != LANYARD_PICKUP_PRINTING)
    session->deadline_us = lanyard_clock_monotonic_us (session->parts.clock) + idle_us;
}

void
lanyard_session_wait_for_printer (LanyardSession *session)
{
  session->deadline_us = lanyard_clock_monotonic_us (session->parts.clock) + STOPPED_LIMIT_US;
}

gboolean
lanyard_session_is_out_of_order (LanyardSession *session)
{
  return find_trouble (session, NULL);
}

/* Whether what the view says of printers, or of an empty list, is not so any more. */
static gboolean
is_fault_stale (LanyardSession *session)
{
  const LanyardView *view = session->view;
  const char *printer = lanyard_session_find_printer (session, view->serial);
  const LanyardTrouble *empty = view->page == LANYARD_PAGE_STAFF ? find_empty (session) : NULL;

  if (view->page == LANYARD_PAGE_STAFF
      && g_strcmp0 (view->code, empty != NULL ? empty->code : NULL) != 0)
    return TRUE;
  if (view->page == LANYARD_PAGE_STAFF && session->served.fault == LANYARD_PRINT_FAULT_NONE
      && view->fault != lanyard_printer_get_fault (session->parts.printer))
    return TRUE;
  return view->fault != LANYARD_PRINT_FAULT_NONE
         && g_strcmp0 (view->other_printer, lanyard_session_find_other_printer (session, printer))
                != 0;
}

void
lanyard_session_check_health (LanyardSession *session)
{
  LanyardPage page = page_for (session);

  g_return_if_fail (session != NULL);

  if (find_trouble (session, NULL))
    page = LANYARD_PAGE_OUT_OF_ORDER;
  if (page == LANYARD_PAGE_OUT_OF_ORDER || page != session->view->page || is_fault_stale (session))
    lanyard_session_publish (session);
}

LanyardView *
lanyard_session_get_view (LanyardSession *session)
{
  g_return_val_if_fail (session != NULL, NULL);

  return session->view;
}
