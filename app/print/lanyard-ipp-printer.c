/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How a printer, or a queue, is spoken to over IPP. */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-ipp-printer.h"

#include "lanyard-clock.h"
#include "lanyard-fault.h"
#include "lanyard-ipp-client.h"
#include "lanyard-ipp-follow.h"
#include "lanyard-ipp-spool.h"
#include "lanyard-ipp-watch.h"
#include "lanyard-worker-printer.h"

#define MAX_DEBTS 256

typedef struct
{
  LanyardIppClient *client; /* owned */
  LanyardIppWatch *watch;   /* owned */
  LanyardIppLimits limits;  /* all of them set */
  GPtrArray *debts; /* (element-type LanyardIppFollow): owned: to be dropped by the printer */
} Ipp;

static gint64
now_us (void)
{
  return lanyard_clock_monotonic_us (lanyard_clock_system ());
}

static void
follow_free (gpointer data)
{
  lanyard_ipp_follow_free (data);
}

/* Returns: 0 for what is no job number */
static int
parse_job (const char *job)
{
  guint64 number = 0;

  if (job == NULL || !g_ascii_string_to_unsigned (job, 10, 1, G_MAXINT32, &number, NULL))
    return 0;
  return (int)number;
}

/* A deliberate fault: what a client does that tries again by itself, until the printer, which is
 * busy with the first, takes it. */
static void
send_again (Ipp *self, const LanyardPrintJob *job)
{
  gboolean taken = !lanyard_fault ("job-sent-twice");

  for (guint i = 0; i < 20 && !taken; i++)
    {
      g_auto (LanyardIppSpoolResult) again = { 0 };

      g_usleep (100 * 1000);
      lanyard_ipp_spool (self->client, job, &self->limits, &again);
      taken = again.outcome == LANYARD_IPP_SPOOL_TAKEN;
    }
}

static void
submit (gpointer data, LanyardPrintWorker *worker, const LanyardPrintJob *job)
{
  Ipp *self = data;
  g_auto (LanyardIppSpoolResult) result = { 0 };
  LanyardIppFollow *follow;
  gint64 patience_us;

  lanyard_ipp_spool (self->client, job, &self->limits, &result);
  send_again (self, job);
  if (result.outcome == LANYARD_IPP_SPOOL_REFUSED)
    {
      lanyard_print_worker_say (worker, job->serial, LANYARD_PRINT_FAILED, result.fault,
                                result.detail);
      return;
    }
  patience_us = result.outcome == LANYARD_IPP_SPOOL_TAKEN
                    ? 0
                    : now_us () + (gint64)self->limits.lost_ms * 1000;
  follow = lanyard_ipp_follow_new (job->serial, result.job_id, patience_us);
  lanyard_print_worker_follow (worker, job->serial, follow);
  if (result.outcome == LANYARD_IPP_SPOOL_TAKEN)
    lanyard_print_worker_report (worker, lanyard_ipp_follow_take (follow, now_us ()));
  lanyard_print_worker_look_in (worker, 0);
}

static void
ask (gpointer data, LanyardPrintWorker *worker, const char *serial, const char *job)
{
  lanyard_print_worker_unfollow (worker, serial);
  lanyard_print_worker_follow (worker, serial, lanyard_ipp_follow_new (serial, parse_job (job), 0));
  lanyard_print_worker_look_in (worker, 0);
}

static void
cancel (gpointer data,
        LanyardPrintWorker *worker,
        const char *serial,
        const char *job,
        gboolean followed)
{
  Ipp *self = data;
  g_autoptr (LanyardIppFollow) follow = lanyard_ipp_follow_new (serial, parse_job (job), 0);

  if (!lanyard_ipp_follow_cancel (follow, self->client, &self->limits)
      && self->debts->len < MAX_DEBTS)
    g_ptr_array_add (self->debts, g_steal_pointer (&follow));
}

/* Badges that are void and may still wait in a printer that did not answer at the time. */
static void
pay_debts (Ipp *self)
{
  while (self->debts->len > 0
         && lanyard_ipp_follow_cancel (g_ptr_array_index (self->debts, 0), self->client,
                                       &self->limits))
    g_ptr_array_remove_index (self->debts, 0);
}

typedef struct
{
  const Ipp *self;
  const LanyardPrinterCondition *condition;
} Look;

static LanyardPrintReport *
look_at (gpointer follow, gboolean *ended, gpointer user_data)
{
  const Look *now = user_data;

  return lanyard_ipp_follow_look (follow, now->condition->answers ? now->self->client : NULL,
                                  now->condition, &now->self->limits, now_us (), ended);
}

static void
look (gpointer data, LanyardPrintWorker *worker)
{
  Ipp *self = data;
  Look now = { self, lanyard_ipp_watch_look (self->watch, now_us ()) };

  lanyard_print_worker_tell (worker, lanyard_printer_condition_copy (now.condition));
  if (now.condition->answers)
    pay_debts (self);
  lanyard_print_worker_look_at_each (worker, look_at, &now);
}

static gboolean
is_owing (gpointer data)
{
  return ((Ipp *)data)->debts->len > 0;
}

static void
abort_all (gpointer data)
{
  Ipp *self = data;

  lanyard_ipp_client_abort (self->client);
  lanyard_ipp_watch_abort (self->watch);
}

static void
ipp_free (gpointer data)
{
  Ipp *self = data;

  g_ptr_array_unref (self->debts);
  lanyard_ipp_watch_free (self->watch);
  lanyard_ipp_client_free (self->client);
  g_free (self);
}

static void
set_limits (LanyardIppLimits *limits, const LanyardIppLimits *wanted)
{
  static const LanyardIppLimits defaults = { 10 * 1000, 60 * 1000, 1000, 5000, 30 * 1000 };

  *limits = defaults;
  if (wanted == NULL)
    return;
  if (wanted->request_ms > 0)
    limits->request_ms = wanted->request_ms;
  if (wanted->document_ms > 0)
    limits->document_ms = wanted->document_ms;
  if (wanted->poll_ms > 0)
    limits->poll_ms = wanted->poll_ms;
  if (wanted->watch_ms > 0)
    limits->watch_ms = wanted->watch_ms;
  if (wanted->lost_ms > 0)
    limits->lost_ms = wanted->lost_ms;
}

LanyardPrinter *
lanyard_ipp_printer_new (const char *uri, const LanyardIppLimits *limits, GError **error)
{
  static const LanyardPrintLanguage language = { .thread = "lanyard-ipp",
                                                 .submit = submit,
                                                 .ask = ask,
                                                 .cancel = cancel,
                                                 .look = look,
                                                 .is_owing = is_owing,
                                                 .free_follow = follow_free,
                                                 .abort = abort_all,
                                                 .free = ipp_free };
  LanyardIppClient *client;
  Ipp *self;

  g_return_val_if_fail (uri != NULL, NULL);

  client = lanyard_ipp_client_new (uri, error);
  if (client == NULL)
    return NULL;
  self = g_new0 (Ipp, 1);
  self->client = client;
  set_limits (&self->limits, limits);
  self->watch = lanyard_ipp_watch_new (client, &self->limits);
  self->debts = g_ptr_array_new_with_free_func (follow_free);
  return lanyard_worker_printer_new (uri, &language, self, self->limits.poll_ms,
                                     self->limits.watch_ms);
}
