/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-ipp-worker.h"

#include "lanyard-clock.h"
#include "lanyard-error.h"
#include "lanyard-ipp-client.h"
#include "lanyard-ipp-follow.h"
#include "lanyard-ipp-messages.h"
#include "lanyard-ipp-spool.h"
#include "lanyard-ipp-watch.h"

#define MAX_DEBTS 256

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
  int job_id;           /* ASK, CANCEL: 0: not known */
} Order;

struct _LanyardIppWorker
{
  /* fixed */
  LanyardIppClient *client; /* owned */
  LanyardIppWatch *watch;   /* owned */
  LanyardIppLimits limits;  /* all of them set */
  LanyardIppWorkerFuncs funcs;
  gpointer user_data;  /* borrowed */
  GAsyncQueue *orders; /* (element-type Order): owned */
  GThread *thread;

  /* the thread's own */
  GPtrArray *follows;  /* (element-type LanyardIppFollow): owned */
  gboolean watching;   /* the printer is looked at without a job too */
  GPtrArray *debts;    /* (element-type LanyardIppFollow): owned: to be dropped by the printer */
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
  lanyard_ipp_follow_free (data);
}

static void
push (LanyardIppWorker *self, OrderKind kind, LanyardPrintJob *job, const char *serial, int job_id)
{
  Order *order = g_new0 (Order, 1);

  order->kind = kind;
  order->job = job;
  order->serial = g_strdup (serial);
  order->job_id = job_id;
  g_async_queue_push (self->orders, order);
}

/* A badge whose turn has not come yet, because the printer was slow with another one: its pickup
 * has ended, so it is void and must not be printed any more. On any thread. */
static void
withdraw (LanyardIppWorker *self, const char *serial)
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

/* @news: (transfer full) (nullable) */
static void
say (LanyardIppWorker *self, LanyardPrintReport *news)
{
  if (news != NULL)
    self->funcs.report (news, self->user_data);
}

static void
say_failed (LanyardIppWorker *self, const char *serial, LanyardIppSpoolResult *result)
{
  LanyardPrintReport *news = g_new0 (LanyardPrintReport, 1);

  news->serial = g_strdup (serial);
  news->state = LANYARD_PRINT_FAILED;
  news->fault = result->fault;
  news->detail = g_steal_pointer (&result->detail);
  say (self, news);
}

static void
submit (LanyardIppWorker *self, const LanyardPrintJob *job)
{
  g_auto (LanyardIppSpoolResult) result = { 0 };
  LanyardIppFollow *follow;
  gint64 patience_us;

  lanyard_ipp_spool (self->client, job, &self->limits, &result);
  if (result.outcome == LANYARD_IPP_SPOOL_REFUSED)
    {
      say_failed (self, job->serial, &result);
      return;
    }
  patience_us = result.outcome == LANYARD_IPP_SPOOL_TAKEN
                    ? 0
                    : now_us () + (gint64)self->limits.lost_ms * 1000;
  follow = lanyard_ipp_follow_new (job->serial, result.job_id, patience_us);
  g_ptr_array_add (self->follows, follow);
  if (result.outcome == LANYARD_IPP_SPOOL_TAKEN)
    say (self, lanyard_ipp_follow_take (follow, now_us ()));
  self->next_look_us = now_us ();
}

static void
forget (LanyardIppWorker *self, const char *serial)
{
  for (guint i = self->follows->len; i > 0; i--)
    if (g_str_equal (lanyard_ipp_follow_get_serial (g_ptr_array_index (self->follows, i - 1)),
                     serial))
      g_ptr_array_remove_index (self->follows, i - 1);
}

static void
cancel (LanyardIppWorker *self, const char *serial, int job_id)
{
  g_autoptr (LanyardIppFollow) follow = lanyard_ipp_follow_new (serial, job_id, 0);

  forget (self, serial);
  if (!lanyard_ipp_follow_cancel (follow, self->client, &self->limits)
      && self->debts->len < MAX_DEBTS)
    g_ptr_array_add (self->debts, g_steal_pointer (&follow));
}

/* Returns: whether to go on */
static gboolean
obey (LanyardIppWorker *self, const Order *order)
{
  switch (order->kind)
    {
    case ORDER_SUBMIT:
      submit (self, order->job);
      return TRUE;
    case ORDER_ASK:
      forget (self, order->serial);
      g_ptr_array_add (self->follows, lanyard_ipp_follow_new (order->serial, order->job_id, 0));
      self->next_look_us = now_us ();
      return TRUE;
    case ORDER_FORGET:
      forget (self, order->serial);
      return TRUE;
    case ORDER_CANCEL:
      cancel (self, order->serial, order->job_id);
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

/* Badges that are void and may still wait in a printer that did not answer at the time. */
static void
pay_debts (LanyardIppWorker *self)
{
  while (self->debts->len > 0
         && lanyard_ipp_follow_cancel (g_ptr_array_index (self->debts, 0), self->client,
                                       &self->limits))
    g_ptr_array_remove_index (self->debts, 0);
}

static void
look (LanyardIppWorker *self)
{
  const LanyardPrinterCondition *condition = lanyard_ipp_watch_look (self->watch, now_us ());

  self->funcs.condition (lanyard_printer_condition_copy (condition), self->user_data);
  if (condition->answers)
    pay_debts (self);
  for (guint i = 0; i < self->follows->len;)
    {
      LanyardIppFollow *follow = g_ptr_array_index (self->follows, i);
      gboolean ended;

      say (self, lanyard_ipp_follow_look (follow, condition->answers ? self->client : NULL,
                                          condition, &self->limits, now_us (), &ended));
      if (ended)
        g_ptr_array_remove_index (self->follows, i);
      else
        i++;
    }
  self->next_look_us
      = now_us ()
        + (gint64)(self->follows->len > 0 ? self->limits.poll_ms : self->limits.watch_ms) * 1000;
}

/* Returns: (transfer full) (nullable): NULL when it is time for a look */
static Order *
next_order (LanyardIppWorker *self)
{
  gint64 rest_us = self->next_look_us - now_us ();

  if (!self->watching && self->follows->len == 0 && self->debts->len == 0)
    return g_async_queue_pop (self->orders);
  if (rest_us <= 0)
    return g_async_queue_try_pop (self->orders);
  return g_async_queue_timeout_pop (self->orders, rest_us);
}

static gpointer
worker_main (gpointer data)
{
  LanyardIppWorker *self = data;
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

LanyardIppWorker *
lanyard_ipp_worker_new (const char *uri,
                        const LanyardIppLimits *limits,
                        const LanyardIppWorkerFuncs *funcs,
                        gpointer user_data,
                        GError **error)
{
  LanyardIppClient *client = lanyard_ipp_client_new (uri, error);
  LanyardIppWorker *self;

  if (client == NULL)
    return NULL;
  self = g_new0 (LanyardIppWorker, 1);
  self->client = client;
  self->funcs = *funcs;
  self->user_data = user_data;
  set_limits (&self->limits, limits);
  self->orders = g_async_queue_new_full (order_free);
  self->follows = g_ptr_array_new_with_free_func (follow_free);
  self->debts = g_ptr_array_new_with_free_func (follow_free);
  self->watch = lanyard_ipp_watch_new (client, &self->limits);
  self->thread = g_thread_new ("lanyard-ipp", worker_main, self);
  return self;
}

void
lanyard_ipp_worker_free (LanyardIppWorker *self)
{
  Order *quit;

  if (self == NULL)
    return;
  quit = g_new0 (Order, 1);
  quit->kind = ORDER_QUIT;
  /* Before orders that have not been begun: those stay undone, and nobody is told that they were.
   */
  g_async_queue_push_front (self->orders, quit);
  lanyard_ipp_client_abort (self->client);
  lanyard_ipp_watch_abort (self->watch);
  g_thread_join (self->thread);
  g_async_queue_unref (self->orders);
  g_ptr_array_unref (self->follows);
  g_ptr_array_unref (self->debts);
  lanyard_ipp_watch_free (self->watch);
  lanyard_ipp_client_free (self->client);
  g_free (self);
}

void
lanyard_ipp_worker_submit (LanyardIppWorker *self, LanyardPrintJob *job)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (job != NULL);

  push (self, ORDER_SUBMIT, job, NULL, 0);
}

void
lanyard_ipp_worker_ask (LanyardIppWorker *self, const char *serial, int job_id)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (serial != NULL);

  push (self, ORDER_ASK, NULL, serial, job_id);
}

void
lanyard_ipp_worker_forget (LanyardIppWorker *self, const char *serial)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (serial != NULL);

  withdraw (self, serial);
  push (self, ORDER_FORGET, NULL, serial, 0);
}

void
lanyard_ipp_worker_cancel (LanyardIppWorker *self, const char *serial, int job_id)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (serial != NULL);

  withdraw (self, serial);
  push (self, ORDER_CANCEL, NULL, serial, job_id);
}

void
lanyard_ipp_worker_watch (LanyardIppWorker *self)
{
  g_return_if_fail (self != NULL);

  push (self, ORDER_WATCH, NULL, NULL, 0);
}
