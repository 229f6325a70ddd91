/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-zpl-worker.h"

#include "lanyard-clock.h"
#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-zpl-client.h"
#include "lanyard-zpl-condition.h"
#include "lanyard-zpl-follow.h"
#include "lanyard-zpl-spool.h"

/* Drops all labels in the printer's memory: there is no way to name one. */
#define DROP_ALL "~JA"

typedef enum
{
  ORDER_SUBMIT,
  ORDER_ASK,
  ORDER_FORGET,
  ORDER_CANCEL,
  ORDER_WATCH,
  ORDER_QUIT,
} OrderKind;

typedef struct
{
  OrderKind kind;
  LanyardPrintJob *job; /* (nullable): owned: SUBMIT */
  char *serial;         /* (nullable): owned: ASK, FORGET, CANCEL */
} Order;

struct _LanyardZplWorker
{
  /* fixed */
  LanyardZplClient *client; /* owned */
  LanyardZplLimits limits;  /* all of them set */
  LanyardZplWorkerFuncs funcs;
  gpointer user_data;  /* borrowed */
  GAsyncQueue *orders; /* (element-type Order): owned */
  GThread *thread;

  /* the thread's own */
  GPtrArray *follows;  /* (element-type LanyardZplFollow): owned */
  gboolean watching;   /* the printer is looked at without a job too */
  gint64 counter;      /* last heard; -1: never */
  gint64 next_look_us; /* monotonic */
};

static gint64
now_us (void)
{
  return lanyard_clock_monotonic_us (lanyard_clock_system ());
}

static void
order_free (gpointer data)
{
  Order *order = data;

  g_clear_pointer (&order->job, lanyard_print_job_free);
  g_free (order->serial);
  g_free (order);
}

static void
follow_free (gpointer data)
{
  lanyard_zpl_follow_free (data);
}

static void
push (LanyardZplWorker *self, OrderKind kind, LanyardPrintJob *job, const char *serial)
{
  Order *order = g_new0 (Order, 1);

  order->kind = kind;
  order->job = job;
  order->serial = g_strdup (serial);
  g_async_queue_push (self->orders, order);
}

/* A badge whose turn has not come yet: its pickup has ended, so it is void and must not be printed
 * any more. On any thread. */
static void
withdraw (LanyardZplWorker *self, const char *serial)
{
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();
  Order *order;

  g_async_queue_lock (self->orders);
  while ((order = g_async_queue_try_pop_unlocked (self->orders)) != NULL)
    if (order->kind == ORDER_SUBMIT && g_str_equal (order->job->serial, serial))
      order_free (order);
    else
      g_ptr_array_add (rest, order);
  for (guint i = 0; i < rest->len; i++)
    g_async_queue_push_unlocked (self->orders, g_ptr_array_index (rest, i));
  g_async_queue_unlock (self->orders);
}

static void
say (LanyardZplWorker *self,
     const char *serial,
     LanyardPrintState state,
     LanyardPrintFault fault,
     const char *detail)
{
  LanyardPrintReport *news = g_new0 (LanyardPrintReport, 1);

  news->serial = g_strdup (serial);
  news->state = state;
  news->fault = fault;
  news->detail = g_strdup (detail);
  self->funcs.report (news, self->user_data);
}

/* Returns: whether there is nothing more to follow */
static gboolean
look_at_badge (LanyardZplWorker *self,
               LanyardZplFollow *follow,
               const LanyardZplStatus *status,
               guint line)
{
  gboolean ended;
  LanyardPrintReport *news
      = lanyard_zpl_follow_look (follow, status, line, &self->limits, now_us (), &ended);

  if (news != NULL)
    self->funcs.report (news, self->user_data);
  return ended;
}

static void
submit (LanyardZplWorker *self, const LanyardPrintJob *job)
{
  g_auto (LanyardZplSpoolResult) result = { 0 };
  LanyardZplFollow *follow;

  lanyard_zpl_spool (self->client, job, &result);
  if (result.outcome == LANYARD_ZPL_SPOOL_REFUSED || result.outcome == LANYARD_ZPL_SPOOL_CUT)
    {
      say (self, job->serial,
           result.outcome == LANYARD_ZPL_SPOOL_CUT && !lanyard_fault ("label-cut-is-failed")
               ? LANYARD_PRINT_LOST
               : LANYARD_PRINT_FAILED,
           result.fault, result.detail);
      return;
    }
  follow = lanyard_zpl_follow_new (job->serial, result.line,
                                   result.outcome == LANYARD_ZPL_SPOOL_TAKEN, now_us ());
  g_ptr_array_add (self->follows, follow);
  if (result.outcome == LANYARD_ZPL_SPOOL_TAKEN)
    look_at_badge (self, follow, &result.status, result.line);
  self->next_look_us = now_us () + (gint64)self->limits.poll_ms * 1000;
}

/* Returns: whether it was followed */
static gboolean
forget (LanyardZplWorker *self, const char *serial)
{
  for (guint i = self->follows->len; i > 0; i--)
    if (g_str_equal (lanyard_zpl_follow_get_serial (g_ptr_array_index (self->follows, i - 1)),
                     serial))
      {
        g_ptr_array_remove_index (self->follows, i - 1);
        return TRUE;
      }
  return FALSE;
}

/* Only while it is followed may it be in the printer, and dropping it drops all that is there. */
static void
cancel (LanyardZplWorker *self, const char *serial)
{
  if (!forget (self, serial))
    return;
  if (self->follows->len > 0 || !lanyard_zpl_client_command (self->client, DROP_ALL, NULL))
    g_message ("The label printer does not drop badge %s, which is void: it may still come out.",
               serial);
}

/* Returns: whether to go on */
static gboolean
obey (LanyardZplWorker *self, const Order *order)
{
  switch (order->kind)
    {
    case ORDER_SUBMIT:
      submit (self, order->job);
      return TRUE;
    case ORDER_ASK:
      if (!forget (self, order->serial))
        say (self, order->serial, LANYARD_PRINT_LOST, LANYARD_PRINT_FAULT_NONE,
             "A label printer knows no badge by its name: look into the tray.");
      return TRUE;
    case ORDER_FORGET:
      forget (self, order->serial);
      return TRUE;
    case ORDER_CANCEL:
      cancel (self, order->serial);
      return TRUE;
    case ORDER_WATCH:
      self->watching = TRUE;
      self->next_look_us = now_us ();
      return TRUE;
    case ORDER_QUIT:
    default:
      return FALSE;
    }
}

/* The counter is asked for between badges: it takes the printer's time. */
static void
tell_condition (LanyardZplWorker *self, const LanyardZplStatus *status, const GError *error)
{
  const LanyardZplIdentity *identity;
  LanyardPrinterCondition *condition;
  guint64 counter;

  if (status != NULL && self->follows->len == 0
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
  self->funcs.condition (condition, self->user_data);
}

static void
look (LanyardZplWorker *self)
{
  g_autoptr (GError) error = NULL;
  LanyardZplStatus status;
  const LanyardZplStatus *said
      = lanyard_zpl_client_ask_status (self->client, &status, &error) ? &status : NULL;
  guint line = lanyard_zpl_client_get_line (self->client);

  for (guint i = 0; i < self->follows->len;)
    if (look_at_badge (self, g_ptr_array_index (self->follows, i), said, line))
      g_ptr_array_remove_index (self->follows, i);
    else
      i++;
  tell_condition (self, said, error);
  self->next_look_us
      = now_us ()
        + (gint64)(self->follows->len > 0 ? self->limits.poll_ms : self->limits.watch_ms) * 1000;
}

/* Returns: (transfer full) (nullable): NULL when it is time for a look */
static Order *
next_order (LanyardZplWorker *self)
{
  gint64 rest_us = self->next_look_us - now_us ();

  if (!self->watching && self->follows->len == 0)
    return g_async_queue_pop (self->orders);
  if (rest_us <= 0)
    return g_async_queue_try_pop (self->orders);
  return g_async_queue_timeout_pop (self->orders, rest_us);
}

static gpointer
worker_main (gpointer data)
{
  LanyardZplWorker *self = data;
  gboolean going = TRUE;

  while (going)
    {
      Order *order = next_order (self);

      if (order == NULL)
        look (self);
      else
        {
          going = obey (self, order);
          order_free (order);
        }
    }
  return NULL;
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

LanyardZplWorker *
lanyard_zpl_worker_new (const char *uri,
                        const LanyardZplLimits *limits,
                        const LanyardZplWorkerFuncs *funcs,
                        gpointer user_data,
                        GError **error)
{
  g_autoptr (LanyardZplTarget) target = lanyard_zpl_target_parse (uri, error);
  LanyardZplWorker *self;

  if (target == NULL)
    return NULL;
  self = g_new0 (LanyardZplWorker, 1);
  set_limits (&self->limits, limits);
  self->client = lanyard_zpl_client_new (target, &self->limits);
  self->funcs = *funcs;
  self->user_data = user_data;
  self->counter = -1;
  self->orders = g_async_queue_new_full (order_free);
  self->follows = g_ptr_array_new_with_free_func (follow_free);
  self->thread = g_thread_new ("lanyard-zpl", worker_main, self);
  return self;
}

void
lanyard_zpl_worker_free (LanyardZplWorker *self)
{
  Order *quit;

  if (self == NULL)
    return;
  quit = g_new0 (Order, 1);
  quit->kind = ORDER_QUIT;
  /* Before orders that have not been begun: those stay undone. */
  g_async_queue_push_front (self->orders, quit);
  lanyard_zpl_client_abort (self->client);
  g_thread_join (self->thread);
  g_async_queue_unref (self->orders);
  g_ptr_array_unref (self->follows);
  lanyard_zpl_client_free (self->client);
  g_free (self);
}

void
lanyard_zpl_worker_submit (LanyardZplWorker *self, LanyardPrintJob *job)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (job != NULL);

  push (self, ORDER_SUBMIT, job, NULL);
}

void
lanyard_zpl_worker_ask (LanyardZplWorker *self, const char *serial)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (serial != NULL);

  push (self, ORDER_ASK, NULL, serial);
}

void
lanyard_zpl_worker_forget (LanyardZplWorker *self, const char *serial)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (serial != NULL);

  withdraw (self, serial);
  push (self, ORDER_FORGET, NULL, serial);
}

void
lanyard_zpl_worker_cancel (LanyardZplWorker *self, const char *serial)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (serial != NULL);

  withdraw (self, serial);
  push (self, ORDER_CANCEL, NULL, serial);
}

void
lanyard_zpl_worker_watch (LanyardZplWorker *self)
{
  g_return_if_fail (self != NULL);

  push (self, ORDER_WATCH, NULL, NULL);
}
