/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-print-worker.h"

#include "lanyard-clock.h"

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
  LanyardPrintJob *badge; /* (nullable): owned: SUBMIT */
  char *serial;           /* (nullable): owned: ASK, FORGET, CANCEL */
  char *job;              /* (nullable): owned: ASK, CANCEL: the printer's number */
} Order;

/* A badge that is somewhere in the printer. */
typedef struct
{
  char *serial;    /* owned */
  gpointer follow; /* owned: the language's */
  GDestroyNotify free_follow;
} Place;

struct _LanyardPrintWorker
{
  /* fixed */
  const LanyardPrintLanguage *language;
  gpointer self; /* owned: the language's */
  guint poll_ms;
  guint watch_ms;
  LanyardPrintWorkerFuncs funcs;
  gpointer user_data;  /* borrowed */
  GAsyncQueue *orders; /* (element-type Order): owned */
  GThread *thread;

  /* the thread's own */
  GPtrArray *places;   /* (element-type Place): owned */
  gboolean watching;   /* the printer is looked at without a job too */
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

  g_clear_pointer (&order->badge, lanyard_print_job_free);
  g_free (order->serial);
  g_free (order->job);
  g_free (order);
}

static void
place_free (gpointer data)
{
  Place *place = data;

  place->free_follow (place->follow);
  g_free (place->serial);
  g_free (place);
}

static Order *
order_new (OrderKind kind, LanyardPrintJob *badge, const char *serial, const char *job)
{
  Order *order = g_new0 (Order, 1);

  order->kind = kind;
  order->badge = badge;
  order->serial = g_strdup (serial);
  order->job = g_strdup (job);
  return order;
}

static void
push (LanyardPrintWorker *worker,
      OrderKind kind,
      LanyardPrintJob *badge,
      const char *serial,
      const char *job)
{
  g_async_queue_push (worker->orders, order_new (kind, badge, serial, job));
}

/* A badge whose turn has not come yet, because the printer was slow with another one: its pickup
 * has ended, so it is void and must not be printed any more. On any thread. */
static void
withdraw (LanyardPrintWorker *worker, const char *serial)
{
  g_autoptr (GPtrArray) rest = g_ptr_array_new ();
  Order *order;

  g_async_queue_lock (worker->orders);
  while ((order = g_async_queue_try_pop_unlocked (worker->orders)) != NULL)
    if (order->kind == ORDER_SUBMIT && g_str_equal (order->badge->serial, serial))
      order_free (order);
    else
      g_ptr_array_add (rest, order);
  for (guint i = 0; i < rest->len; i++)
    g_async_queue_push_unlocked (worker->orders, g_ptr_array_index (rest, i));
  g_async_queue_unlock (worker->orders);
}

/* Returns: whether to go on */
static gboolean
obey (LanyardPrintWorker *worker, const Order *order)
{
  const LanyardPrintLanguage *language = worker->language;

  switch (order->kind)
    {
    case ORDER_SUBMIT:
      language->submit (worker->self, worker, order->badge);
      return TRUE;
    case ORDER_ASK:
      language->ask (worker->self, worker, order->serial, order->job);
      return TRUE;
    case ORDER_FORGET:
      lanyard_print_worker_unfollow (worker, order->serial);
      return TRUE;
    case ORDER_CANCEL:
      language->cancel (worker->self, worker, order->serial, order->job,
                        lanyard_print_worker_unfollow (worker, order->serial));
      return TRUE;
    case ORDER_WATCH:
      worker->watching = TRUE;
      worker->next_look_us = now_us ();
      return TRUE;
    case ORDER_QUIT:
    default:
      return FALSE;
    }
}

static void
look (LanyardPrintWorker *worker)
{
  worker->language->look (worker->self, worker);
  lanyard_print_worker_look_in (worker,
                                worker->places->len > 0 ? worker->poll_ms : worker->watch_ms);
}

/* Returns: (transfer full) (nullable): NULL when it is time for a look */
static Order *
next_order (LanyardPrintWorker *worker)
{
  const LanyardPrintLanguage *language = worker->language;
  gint64 rest_us = worker->next_look_us - now_us ();

  if (!worker->watching && worker->places->len == 0
      && (language->is_owing == NULL || !language->is_owing (worker->self)))
    return g_async_queue_pop (worker->orders);
  if (rest_us <= 0)
    return g_async_queue_try_pop (worker->orders);
  return g_async_queue_timeout_pop (worker->orders, rest_us);
}

static gpointer
worker_main (gpointer data)
{
  LanyardPrintWorker *worker = data;
  gboolean going = TRUE;

  while (going)
    {
      Order *order = next_order (worker);

      if (order == NULL)
        look (worker);
      else
        {
          going = obey (worker, order);
          order_free (order);
        }
    }
  return NULL;
}

LanyardPrintWorker *
lanyard_print_worker_new (const LanyardPrintLanguage *language,
                          gpointer self,
                          guint poll_ms,
                          guint watch_ms,
                          const LanyardPrintWorkerFuncs *funcs,
                          gpointer user_data)
{
  LanyardPrintWorker *worker;

  g_return_val_if_fail (language != NULL && funcs != NULL, NULL);

  worker = g_new0 (LanyardPrintWorker, 1);
  worker->language = language;
  worker->self = self;
  worker->poll_ms = poll_ms;
  worker->watch_ms = watch_ms;
  worker->funcs = *funcs;
  worker->user_data = user_data;
  worker->orders = g_async_queue_new_full (order_free);
  worker->places = g_ptr_array_new_with_free_func (place_free);
  worker->thread = g_thread_new (language->thread, worker_main, worker);
  return worker;
}

void
lanyard_print_worker_free (LanyardPrintWorker *worker)
{
  if (worker == NULL)
    return;
  /* Before orders that have not been begun. */
  g_async_queue_push_front (worker->orders, order_new (ORDER_QUIT, NULL, NULL, NULL));
  worker->language->abort (worker->self);
  g_thread_join (worker->thread);
  g_async_queue_unref (worker->orders);
  g_ptr_array_unref (worker->places);
  worker->language->free (worker->self);
  g_free (worker);
}

void
lanyard_print_worker_submit (LanyardPrintWorker *worker, LanyardPrintJob *job)
{
  g_return_if_fail (worker != NULL);
  g_return_if_fail (job != NULL);

  push (worker, ORDER_SUBMIT, job, NULL, NULL);
}

void
lanyard_print_worker_ask (LanyardPrintWorker *worker, const char *serial, const char *job)
{
  g_return_if_fail (worker != NULL);
  g_return_if_fail (serial != NULL);

  push (worker, ORDER_ASK, NULL, serial, job);
}

void
lanyard_print_worker_forget (LanyardPrintWorker *worker, const char *serial)
{
  g_return_if_fail (worker != NULL);
  g_return_if_fail (serial != NULL);

  withdraw (worker, serial);
  push (worker, ORDER_FORGET, NULL, serial, NULL);
}

void
lanyard_print_worker_cancel (LanyardPrintWorker *worker, const char *serial, const char *job)
{
  g_return_if_fail (worker != NULL);
  g_return_if_fail (serial != NULL);

  withdraw (worker, serial);
  push (worker, ORDER_CANCEL, NULL, serial, job);
}

void
lanyard_print_worker_watch (LanyardPrintWorker *worker)
{
  g_return_if_fail (worker != NULL);

  push (worker, ORDER_WATCH, NULL, NULL, NULL);
}

void
lanyard_print_worker_report (LanyardPrintWorker *worker, LanyardPrintReport *report)
{
  if (report != NULL)
    worker->funcs.report (report, worker->user_data);
}

void
lanyard_print_worker_say (LanyardPrintWorker *worker,
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
  lanyard_print_worker_report (worker, news);
}

void
lanyard_print_worker_tell (LanyardPrintWorker *worker, LanyardPrinterCondition *condition)
{
  worker->funcs.condition (condition, worker->user_data);
}

void
lanyard_print_worker_follow (LanyardPrintWorker *worker, const char *serial, gpointer follow)
{
  Place *place = g_new0 (Place, 1);

  place->serial = g_strdup (serial);
  place->follow = follow;
  place->free_follow = worker->language->free_follow;
  g_ptr_array_add (worker->places, place);
}

gboolean
lanyard_print_worker_unfollow (LanyardPrintWorker *worker, const char *serial)
{
  gboolean followed = FALSE;

  for (guint i = worker->places->len; i > 0; i--)
    if (g_str_equal (((Place *)g_ptr_array_index (worker->places, i - 1))->serial, serial))
      {
        g_ptr_array_remove_index (worker->places, i - 1);
        followed = TRUE;
      }
  return followed;
}

guint
lanyard_print_worker_count (LanyardPrintWorker *worker)
{
  return worker->places->len;
}

void
lanyard_print_worker_look_in (LanyardPrintWorker *worker, guint ms)
{
  worker->next_look_us = now_us () + (gint64)ms * 1000;
}

void
lanyard_print_worker_look_at_each (LanyardPrintWorker *worker,
                                   LanyardPrintLookFunc look_at,
                                   gpointer user_data)
{
  for (guint i = 0; i < worker->places->len;)
    {
      Place *place = g_ptr_array_index (worker->places, i);
      gboolean ended = FALSE;

      lanyard_print_worker_report (worker, look_at (place->follow, &ended, user_data));
      if (ended)
        g_ptr_array_remove_index (worker->places, i);
      else
        i++;
    }
}
