/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-ipp-follow.h"

#include "lanyard-error.h"
#include "lanyard-fault.h"

struct _LanyardIppFollow
{
  char *serial;            /* owned */
  int job_id;              /* 0: not known */
  gint64 patience_us;      /* monotonic: not knowing the job counts from then on */
  gint64 heard_us;         /* monotonic: when the printer last said anything about it; 0: never */
  int begun;               /* time-at-processing when it began; 0: it has not, or was not said */
  gboolean was_begun;      /* it has been seen in the middle */
  LanyardPrintState state; /* last reported; 0: none */
  LanyardPrintFault fault; /* last reported */
};

/* What the printer says of a job. */
typedef enum
{
  FOUND,
  NOT_KNOWN,
  NO_ANSWER,
} Finding;

static LanyardPrintReport *
report (LanyardIppFollow *self,
        LanyardPrintState state,
        LanyardPrintFault fault,
        const char *job_reasons,
        const char *printer_reasons)
{
  LanyardPrintReport *news;

  if (self->state == state && self->fault == fault)
    return NULL;
  self->state = state;
  self->fault = fault;
  news = g_new0 (LanyardPrintReport, 1);
  news->serial = g_strdup (self->serial);
  news->state = state;
  news->fault = fault;
  news->job = self->job_id > 0 ? g_strdup_printf ("%d", self->job_id) : NULL;
  if (job_reasons != NULL && printer_reasons != NULL)
    news->detail = g_strdup_printf ("job: %s; printer: %s", job_reasons, printer_reasons);
  else if (job_reasons != NULL)
    news->detail = g_strdup (job_reasons);
  return news;
}

/* Sent, and nothing has been said of it yet: whether the printer took it is what is being found
 * out. */
static gboolean
is_unsettled (const LanyardIppFollow *self)
{
  return self->patience_us > 0 && self->state == 0;
}

/* A queue that begins a badge from its start again, after a fault or because somebody has resumed
 * it: what was printed before, nobody knows. */
static gboolean
is_restarted (LanyardIppFollow *self, const LanyardIppJob *job)
{
  gboolean restarted = (job->pending && (self->was_begun || job->begun > 0))
                       || (self->begun > 0 && job->begun > 0 && job->begun != self->begun);

  self->was_begun = self->was_begun || job->state == LANYARD_PRINT_PROCESSING || job->begun > 0;
  if (job->begun > 0)
    self->begun = job->begun;
  return restarted && !lanyard_fault ("second-beginning-ignored");
}

/* Returns: (transfer full) (nullable): an answer that says yes */
static ipp_t *
ask (LanyardIppClient *client, ipp_t *request, guint limit_ms, Finding *finding)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ipp_t) answer = lanyard_ipp_client_do (client, request, NULL, limit_ms, NULL, &error);

  *finding = answer != NULL ? NOT_KNOWN : NO_ANSWER;
  if (answer == NULL || !lanyard_ipp_check_status (answer, NULL))
    return NULL;
  return g_steal_pointer (&answer);
}

static Finding
find_by_name (LanyardIppFollow *self, LanyardIppClient *client, guint limit_ms, LanyardIppJob *job)
{
  /* Not every printer knows "all" (PWG 5100.11 which-jobs-supported). */
  static const char *const which[] = { "all", "not-completed", "completed" };
  const char *uri = lanyard_ipp_client_get_uri (client);
  Finding finding = NOT_KNOWN;

  for (guint i = 0; i < G_N_ELEMENTS (which); i++)
    {
      g_autoptr (ipp_t) answer
          = ask (client, lanyard_ipp_ask_jobs (uri, which[i]), limit_ms, &finding);

      if (finding == NO_ANSWER)
        return NO_ANSWER;
      if (answer != NULL && lanyard_ipp_job_find (answer, self->serial, job))
        return FOUND;
      if (answer != NULL && i == 0)
        return NOT_KNOWN;
    }
  return NOT_KNOWN;
}

static Finding
find (LanyardIppFollow *self, LanyardIppClient *client, guint limit_ms, LanyardIppJob *job)
{
  const char *uri = lanyard_ipp_client_get_uri (client);
  Finding finding;

  if (self->job_id > 0)
    {
      g_autoptr (ipp_t) answer
          = ask (client, lanyard_ipp_ask_job (uri, self->job_id), limit_ms, &finding);

      if (finding == NO_ANSWER)
        return NO_ANSWER;
      /* Printers begin to count again after a reset: the number may be another badge's now. */
      if (answer != NULL && lanyard_ipp_job_read (answer, job)
          && (job->name == NULL || g_str_equal (job->name, self->serial)))
        return FOUND;
      lanyard_ipp_job_clear (job);
    }
  return find_by_name (self, client, limit_ms, job);
}

static LanyardPrintReport *
report_found (LanyardIppFollow *self,
              const LanyardIppJob *job,
              const LanyardPrinterCondition *condition,
              gboolean *ended)
{
  LanyardPrintState state = job->state;
  LanyardPrintFault fault = job->fault;

  self->job_id = job->id;
  /* It had been taken after all: that comes first, and how far it is with the next look. */
  if (is_unsettled (self))
    return report (self, LANYARD_PRINT_SPOOLED, LANYARD_PRINT_FAULT_NONE, job->reasons, NULL);
  *ended = state >= LANYARD_PRINT_COMPLETED;
  if (!*ended && condition->fault != LANYARD_PRINT_FAULT_NONE)
    {
      state = LANYARD_PRINT_STOPPED;
      fault = condition->fault;
    }
  else if (state == LANYARD_PRINT_STOPPED && fault == LANYARD_PRINT_FAULT_NONE)
    fault = LANYARD_PRINT_FAULT_OTHER;
  return report (self, state, fault, job->reasons, condition->reasons);
}

/* Has the queue drop a badge that it would print once more; a person looks what came out. */
static LanyardPrintReport *
report_restarted (LanyardIppFollow *self,
                  LanyardIppClient *client,
                  const LanyardIppJob *job,
                  const LanyardIppLimits *limits,
                  gboolean *ended)
{
  Finding finding;
  g_autoptr (ipp_t) answer = NULL;

  if (job->state < LANYARD_PRINT_COMPLETED)
    answer = ask (client, lanyard_ipp_cancel_job (lanyard_ipp_client_get_uri (client), job->id),
                  limits->request_ms, &finding);
  g_message ("The printer began badge %s a second time%s.", self->serial,
             answer != NULL ? ", and was made to drop it" : "");
  *ended = TRUE;
  return report (self, LANYARD_PRINT_ENDED, LANYARD_PRINT_FAULT_OTHER,
                 "the printer began it a second time", job->reasons);
}

static LanyardPrintReport *
report_silence (LanyardIppFollow *self,
                const LanyardIppLimits *limits,
                gint64 now_us,
                gboolean *ended)
{
  if (self->heard_us == 0)
    self->heard_us = now_us;
  *ended = now_us - self->heard_us >= (gint64)limits->lost_ms * 1000;
  if (*ended)
    return report (self, LANYARD_PRINT_LOST, LANYARD_PRINT_FAULT_OFFLINE, NULL, NULL);
  if (is_unsettled (self))
    return NULL;
  return report (self, LANYARD_PRINT_STOPPED, LANYARD_PRINT_FAULT_OFFLINE, NULL, NULL);
}

LanyardIppFollow *
lanyard_ipp_follow_new (const char *serial, int job_id, gint64 patience_us)
{
  LanyardIppFollow *self = g_new0 (LanyardIppFollow, 1);

  self->serial = g_strdup (serial);
  self->job_id = MAX (job_id, 0);
  self->patience_us = patience_us;
  return self;
}

void
lanyard_ipp_follow_free (LanyardIppFollow *self)
{
  if (self == NULL)
    return;
  g_free (self->serial);
  g_free (self);
}

LanyardPrintReport *
lanyard_ipp_follow_take (LanyardIppFollow *self, gint64 now_us)
{
  g_return_val_if_fail (self != NULL, NULL);

  self->heard_us = now_us;
  return report (self, LANYARD_PRINT_SPOOLED, LANYARD_PRINT_FAULT_NONE, NULL, NULL);
}

LanyardPrintReport *
lanyard_ipp_follow_look (LanyardIppFollow *self,
                         LanyardIppClient *client,
                         const LanyardPrinterCondition *condition,
                         const LanyardIppLimits *limits,
                         gint64 now_us,
                         gboolean *ended)
{
  g_auto (LanyardIppJob) job = { 0 };
  Finding finding = client != NULL ? find (self, client, limits->request_ms, &job) : NO_ANSWER;

  *ended = FALSE;
  if (finding == NO_ANSWER)
    return report_silence (self, limits, now_us, ended);
  self->heard_us = now_us;
  /* A job that still waits for its badge when patience is over will print nothing whole. */
  if (finding == FOUND && is_restarted (self, &job))
    return report_restarted (self, client, &job, limits, ended);
  if (finding == FOUND && !(is_unsettled (self) && job.incoming))
    return report_found (self, &job, condition, ended);
  if (now_us < self->patience_us)
    return NULL;
  *ended = TRUE;
  return report (self, LANYARD_PRINT_LOST, LANYARD_PRINT_FAULT_NONE, NULL, NULL);
}

gboolean
lanyard_ipp_follow_cancel (LanyardIppFollow *self,
                           LanyardIppClient *client,
                           const LanyardIppLimits *limits)
{
  g_auto (LanyardIppJob) job = { 0 };
  g_autoptr (ipp_t) answer = NULL;
  Finding finding = find (self, client, limits->request_ms, &job);

  if (finding == NO_ANSWER)
    return FALSE;
  /* Without its name a job may be another badge's, which nobody wants to lose. */
  if (finding != FOUND || job.state >= LANYARD_PRINT_COMPLETED
      || g_strcmp0 (job.name, self->serial) != 0)
    return TRUE;
  answer = ask (client, lanyard_ipp_cancel_job (lanyard_ipp_client_get_uri (client), job.id),
                limits->request_ms, &finding);
  if (answer == NULL && finding != NO_ANSWER)
    g_message ("The printer does not drop badge %s, which is void: it may still come out.",
               self->serial);
  return finding != NO_ANSWER;
}
