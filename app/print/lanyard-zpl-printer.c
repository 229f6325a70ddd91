/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How a label printer is spoken to in ZPL II. */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-zpl-printer.h"

#include "lanyard-clock.h"
#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-worker-printer.h"
#include "lanyard-zpl-client.h"
#include "lanyard-zpl-condition.h"
#include "lanyard-zpl-follow.h"
#include "lanyard-zpl-spool.h"

/* Drops all labels in the printer's memory: there is no way to name one. */
#define DROP_ALL "~JA"

typedef struct
{
  LanyardZplClient *client; /* owned */
  LanyardZplLimits limits;  /* all of them set */
  gint64 counter;           /* last heard; -1: never */
} Zpl;

/* One look at the printer. */
typedef struct
{
  const LanyardZplLimits *limits;
  const LanyardZplStatus *status; /* (nullable): what it says; NULL: it does not answer */
  guint line;                     /* that it said it over */
} Look;

static gint64
now_us (void)
{
  return lanyard_clock_monotonic_us (lanyard_clock_system ());
}

static void
follow_free (gpointer data)
{
  lanyard_zpl_follow_free (data);
}

static LanyardPrintReport *
look_at (gpointer follow, gboolean *ended, gpointer user_data)
{
  const Look *now = user_data;

  return lanyard_zpl_follow_look (follow, now->status, now->line, now->limits, now_us (), ended);
}

static void
submit (gpointer data, LanyardPrintWorker *worker, const LanyardPrintJob *job)
{
  Zpl *self = data;
  g_auto (LanyardZplSpoolResult) result = { 0 };
  LanyardZplFollow *follow;
  gboolean ended;

  lanyard_zpl_spool (self->client, job, &result);
  if (result.outcome == LANYARD_ZPL_SPOOL_REFUSED || result.outcome == LANYARD_ZPL_SPOOL_CUT)
    {
      lanyard_print_worker_say (worker, job->serial,
                                result.outcome == LANYARD_ZPL_SPOOL_CUT
                                        && !lanyard_fault ("label-cut-is-failed")
                                    ? LANYARD_PRINT_LOST
                                    : LANYARD_PRINT_FAILED,
                                result.fault, result.detail);
      return;
    }
  follow = lanyard_zpl_follow_new (job->serial, result.line,
                                   result.outcome == LANYARD_ZPL_SPOOL_TAKEN, now_us ());
  lanyard_print_worker_follow (worker, job->serial, follow);
  if (result.outcome == LANYARD_ZPL_SPOOL_TAKEN)
    lanyard_print_worker_report (
        worker, look_at (follow, &ended, &(Look){ &self->limits, &result.status, result.line }));
  lanyard_print_worker_look_in (worker, self->limits.poll_ms);
}

static void
ask (gpointer data, LanyardPrintWorker *worker, const char *serial, const char *job)
{
  if (!lanyard_print_worker_unfollow (worker, serial))
    lanyard_print_worker_say (worker, serial, LANYARD_PRINT_LOST, LANYARD_PRINT_FAULT_NONE,
                              "A label printer knows no badge by its name: look into the tray.");
}

/* Only while it is followed may it be in the printer, and dropping it drops all that is there. */
static void
cancel (gpointer data,
        LanyardPrintWorker *worker,
        const char *serial,
        const char *job,
        gboolean followed)
{
  Zpl *self = data;

  if (!followed)
    return;
  if (lanyard_print_worker_count (worker) > 0
      || !lanyard_zpl_client_command (self->client, DROP_ALL, NULL))
    g_message ("The label printer does not drop badge %s, which is void: it may still come out.",
               serial);
}

/* The counter is asked for between badges: it takes the printer's time. */
static void
tell_condition (Zpl *self,
                LanyardPrintWorker *worker,
                const LanyardZplStatus *status,
                const GError *error)
{
  const LanyardZplIdentity *identity;
  LanyardPrinterCondition *condition;
  guint64 counter;

  if (status != NULL && lanyard_print_worker_count (worker) == 0
      && lanyard_zpl_client_ask_counter (self->client, &counter))
    self->counter = (gint64)counter;
  identity = status != NULL ? lanyard_zpl_client_get_identity (self->client)
                            : lanyard_zpl_client_peek_identity (self->client);
  condition
      = lanyard_zpl_condition_new (status, identity, self->counter,
                                   g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK)
                                       ? LANYARD_PRINT_FAULT_OFFLINE
                                       : LANYARD_PRINT_FAULT_OTHER);
  condition->dpi = lanyard_zpl_client_get_target (self->client)->dpi;
  lanyard_print_worker_tell (worker, condition);
}

static void
look (gpointer data, LanyardPrintWorker *worker)
{
  Zpl *self = data;
  g_autoptr (GError) error = NULL;
  LanyardZplStatus status;
  Look now = { .limits = &self->limits };

  now.status = lanyard_zpl_client_ask_status (self->client, &status, &error) ? &status : NULL;
  now.line = lanyard_zpl_client_get_line (self->client);
  lanyard_print_worker_look_at_each (worker, look_at, &now);
  tell_condition (self, worker, now.status, error);
}

static void
abort_all (gpointer data)
{
  lanyard_zpl_client_abort (((Zpl *)data)->client);
}

static void
zpl_free (gpointer data)
{
  Zpl *self = data;

  lanyard_zpl_client_free (self->client);
  g_free (self);
}

static guint
or_default (guint wanted, guint usual)
{
  return wanted > 0 ? wanted : usual;
}

static void
set_limits (LanyardZplLimits *limits, const LanyardZplLimits *wanted)
{
  static const LanyardZplLimits none;

  if (wanted == NULL)
    wanted = &none;
  limits->connect_ms = or_default (wanted->connect_ms, 5000);
  limits->request_ms = or_default (wanted->request_ms, 3000);
  limits->document_ms = or_default (wanted->document_ms, 60 * 1000);
  limits->poll_ms = or_default (wanted->poll_ms, 500);
  limits->watch_ms = or_default (wanted->watch_ms, 5000);
  limits->settle_ms = or_default (wanted->settle_ms, 3000);
  limits->lost_ms = or_default (wanted->lost_ms, 30 * 1000);
}

LanyardPrinter *
lanyard_zpl_printer_new (const char *uri, const LanyardZplLimits *limits, GError **error)
{
  static const LanyardPrintLanguage language = { .thread = "lanyard-zpl",
                                                 .submit = submit,
                                                 .ask = ask,
                                                 .cancel = cancel,
                                                 .look = look,
                                                 .free_follow = follow_free,
                                                 .abort = abort_all,
                                                 .free = zpl_free };
  g_autoptr (LanyardZplTarget) target = NULL;
  Zpl *self;

  g_return_val_if_fail (uri != NULL, NULL);

  target = lanyard_zpl_target_parse (uri, error);
  if (target == NULL)
    return NULL;
  self = g_new0 (Zpl, 1);
  set_limits (&self->limits, limits);
  self->client = lanyard_zpl_client_new (target, &self->limits);
  self->counter = -1;
  return lanyard_worker_printer_new (uri, &language, self, self->limits.poll_ms,
                                     self->limits.watch_ms);
}
