/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim.h"

#include "lanyard-error.h"
#include "lanyard-sync-machine.h"

/* The line between a desk and its hub: the bytes of the engine's requests go to the hub's functions
 * and the bytes of its answers back, or not, or twice, or much later. */

/* One request on its way. Lives until every event that knows it is over. */
typedef struct
{
  guint n_refs;
  SimDesk *desk;
  guint boot;
  LanyardHubRequest request;   /* everything in it owned */
  LanyardSyncOutcomeFunc func; /* (nullable): NULL: nobody wants it any more */
  gpointer user_data;
  LanyardHubReply *reply; /* (nullable) on its way back */
  guint32 device;         /* of a poll that waits */
  LanyardHubPoint point;
  guint64 after_alert;
} Flight;

/* One copy of a request that waits at the hub for news. */
typedef struct
{
  Flight *flight;
  guint32 device;
  LanyardHubPoint point;
  guint64 after_alert;
  SimEvent *deadline;
} Waiting;

static Flight *
hold (Flight *flight)
{
  flight->n_refs++;
  return flight;
}

static void
drop (Flight *flight)
{
  if (--flight->n_refs > 0)
    return;
  g_free ((char *)flight->request.method);
  g_free ((char *)flight->request.path);
  g_free ((char *)flight->request.authorization);
  g_free ((char *)flight->request.etag);
  g_clear_pointer (&flight->request.body, g_bytes_unref);
  g_clear_pointer (&flight->reply, lanyard_hub_reply_free);
  g_free (flight);
}

typedef struct
{
  Flight *flight;
  LanyardHubReply *reply; /* (nullable) */
} Landing;

static void
land (Sim *sim, gpointer data)
{
  Landing *landing = data;
  Flight *flight = landing->flight;
  LanyardSyncOutcomeFunc func = flight->func;

  flight->func = NULL;
  if (landing->reply != NULL)
    func (g_steal_pointer (&landing->reply), NULL, flight->user_data);
  else
    func (NULL,
          g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_NETWORK,
                               "The hub did not answer in time."),
          flight->user_data);
}

/* The first outcome counts; later ones come to a closed door. */
static void
on_landing (Sim *sim, gpointer data)
{
  Landing *landing = data;
  Flight *flight = landing->flight;

  if (flight->func != NULL && flight->boot == flight->desk->boot && flight->desk->engine != NULL)
    {
      sim_trace (sim, "desk %u: %s %s → %u", flight->desk->index, flight->request.method,
                 flight->request.path, landing->reply == NULL ? 0 : landing->reply->status);
      sim_desk_as (flight->desk, land, landing);
    }
  g_clear_pointer (&landing->reply, lanyard_hub_reply_free);
  drop (flight);
  g_free (landing);
}

static void
send_back (Sim *sim, Flight *flight, LanyardHubReply *reply, gint64 delay_us)
{
  Landing *landing = g_new0 (Landing, 1);

  landing->flight = hold (flight);
  landing->reply = reply;
  sim_at (sim, delay_us, on_landing, landing);
}

static gboolean
is_cut_off (Sim *sim, const SimDesk *desk)
{
  return sim->now_us < desk->cut_off_until_us;
}

static gint64
draw_delay (Sim *sim)
{
  if (!sim->quiet_phase && sim_chance (sim, sim->plan.slow))
    {
      sim->n_of[SIM_SLOW_ANSWER]++;
      return sim_range (sim, SIM_SECOND, SIM_MINUTE);
    }
  return sim_range (sim, 5000, 80000);
}

/* What stands between: a portal that says yes to everything, a proxy that refuses, half a body. */
static void
distort (Sim *sim, LanyardHubReply *reply)
{
  static const guint statuses[] = { 200, 302, 400, 401, 403, 404, 409, 413, 429, 500, 502, 503 };
  gsize n_bytes;
  const guint8 *data = g_bytes_get_data (reply->body, &n_bytes);
  GBytes *half;

  if (sim_chance (sim, 300))
    {
      half = g_bytes_new (data, n_bytes / 2);
      g_bytes_unref (reply->body);
      reply->body = half;
      return;
    }
  reply->from_hub = sim_chance (sim, 300);
  reply->status = statuses[sim_range (sim, 0, G_N_ELEMENTS (statuses) - 1)];
  reply->retry_after_s = sim_chance (sim, 300) ? 20 : 0;
  g_bytes_unref (reply->body);
  reply->body = g_bytes_new_static ("<html>", 6);
}

static void
answer (Sim *sim, Flight *flight, LanyardHubReply *reply)
{
  gboolean fair = sim->quiet_phase;

  if (!fair && (is_cut_off (sim, flight->desk) || sim_chance (sim, sim->plan.lost_answers)))
    {
      sim->n_of[SIM_LOST_ANSWER]++;
      lanyard_hub_reply_free (reply);
      return;
    }
  if (!fair && sim_chance (sim, sim->plan.strange))
    {
      sim->n_of[SIM_STRANGE_ANSWER]++;
      distort (sim, reply);
    }
  send_back (sim, flight, reply, draw_delay (sim));
}

static void
end_waiting (Sim *sim, Waiting *waiting, gboolean lost)
{
  LanyardHubReply *reply = NULL;

  sim->waiting = g_list_remove (sim->waiting, waiting);
  sim_cancel (waiting->deadline);
  if (!lost && sim->hub != NULL)
    reply = sim_hub_answer_tail (sim, waiting->device, &waiting->point);
  if (reply != NULL)
    answer (sim, waiting->flight, reply);
  drop (waiting->flight);
  g_free (waiting);
}

static void
on_deadline (Sim *sim, gpointer data)
{
  end_waiting (sim, data, FALSE);
}

/* Something may be new. */
static void
wake (Sim *sim)
{
  GList *next;

  for (GList *link = sim->waiting; link != NULL; link = next)
    {
      Waiting *waiting = link->data;

      next = link->next;
      if (sim->hub == NULL
          || lanyard_hub_has_news (sim->hub, waiting->device, &waiting->point,
                                   waiting->after_alert))
        end_waiting (sim, waiting, sim->hub == NULL);
    }
}

static void
keep_waiting (Sim *sim, Flight *flight, gint64 wait_s)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->flight = hold (flight);
  waiting->device = flight->device;
  waiting->point = flight->point;
  waiting->after_alert = flight->after_alert;
  waiting->deadline = sim_at (sim, wait_s * SIM_SECOND, on_deadline, waiting);
  sim->waiting = g_list_append (sim->waiting, waiting);
}

static void
on_arrival (Sim *sim, gpointer data)
{
  Flight *flight = data;
  gboolean uploads = flight->request.body != NULL;
  LanyardHubReply *reply = NULL;
  gint64 wait_s = 0;

  sim->n_timeouts += flight->func == NULL;
  if (sim->hub != NULL)
    {
      sim_power_begin (sim);
      reply = sim_hub_answer (sim, &flight->request, &wait_s, &flight->device, &flight->point,
                              &flight->after_alert);
      if (sim_power_end (sim))
        {
          g_clear_pointer (&reply, lanyard_hub_reply_free);
          wait_s = 0;
          sim_hub_die (sim);
        }
    }
  if (reply != NULL)
    answer (sim, flight, reply);
  else if (wait_s > 0)
    keep_waiting (sim, flight, wait_s);
  /* A herd uploads nothing that a poll waits for; asking for each of them would take hours. */
  if ((uploads && sim->plan.upload_us == 0) || sim->hub == NULL)
    wake (sim);
  drop (flight);
}

/* It has to wait its turn. */
static void
on_queue (Sim *sim, gpointer data)
{
  const Flight *flight = data;
  guint cost_us = flight->request.body != NULL ? sim->plan.upload_us : sim->plan.download_us;

  sim->hub_free_us = MAX (sim->hub_free_us, sim->now_us) + cost_us;
  sim->hub_busy_us += cost_us;
  sim_at (sim, sim->hub_free_us - sim->now_us, on_arrival, data);
}

static gpointer
line_send (LanyardSyncWorld *world,
           const char *url,
           const LanyardHubRequest *request,
           LanyardSyncOutcomeFunc func,
           gpointer user_data)
{
  SimDesk *desk = ((SimWorld *)world)->desk;
  Sim *sim = desk->sim;
  Flight *flight = g_new0 (Flight, 1);
  gboolean fair = sim->quiet_phase;

  flight->n_refs = 1;
  flight->desk = desk;
  flight->boot = desk->boot;
  flight->func = func;
  flight->user_data = user_data;
  flight->request = *request;
  flight->request.method = g_strdup (request->method);
  flight->request.path = g_strdup (request->path);
  flight->request.authorization = g_strdup (request->authorization);
  flight->request.etag = g_strdup (request->etag);
  flight->request.body = request->body == NULL ? NULL : g_bytes_ref (request->body);
  if (fair || (!is_cut_off (sim, desk) && !sim_chance (sim, sim->plan.lost_requests)))
    sim_at (sim, draw_delay (sim), sim->plan.download_us > 0 ? on_queue : on_arrival,
            hold (flight));
  else
    sim->n_of[SIM_LOST_REQUEST]++;
  if (!fair && sim_chance (sim, sim->plan.duplicates))
    {
      sim->n_of[SIM_DUPLICATE]++;
      sim_at (sim, sim_range (sim, 0, 90 * SIM_SECOND), on_arrival, hold (flight));
    }
  send_back (sim, flight, NULL,
             is_cut_off (sim, desk) ? 3 * SIM_SECOND : (gint64)request->timeout_s * SIM_SECOND + 1);
  drop (flight); /* the landing holds it at least as long as the engine may cancel it */
  return flight;
}

static void
line_cancel (LanyardSyncWorld *world, gpointer sending)
{
  ((Flight *)sending)->func = NULL;
}

typedef struct
{
  SimDesk *desk;
  guint boot;
  LanyardSyncTimerFunc func;
  gpointer user_data;
  SimEvent *event;
} Timer;

static void
fire (Sim *sim, gpointer data)
{
  Timer *timer = data;

  timer->func (timer->user_data);
}

static void
on_timer (Sim *sim, gpointer data)
{
  Timer *timer = data;

  if (timer->func != NULL && timer->boot == timer->desk->boot && timer->desk->engine != NULL)
    sim_desk_as (timer->desk, fire, timer);
  g_free (timer);
}

/* Desks that lost the hub together must not come back together. */
static void
watch_delay (Sim *sim, guint delay_ms)
{
  if (delay_ms < 4000 || delay_ms == LANYARD_SYNC_PAUSE_MS)
    return;
  sim->n_same_delays = delay_ms == sim->last_delay_ms ? sim->n_same_delays + 1 : 0;
  sim->last_delay_ms = delay_ms;
  if (sim->n_same_delays >= 4)
    sim_fail (sim, "desks come back to the hub in step, after %u ms", delay_ms);
}

static gpointer
line_arm (LanyardSyncWorld *world, guint delay_ms, LanyardSyncTimerFunc func, gpointer user_data)
{
  SimDesk *desk = ((SimWorld *)world)->desk;
  Timer *timer = g_new0 (Timer, 1);

  watch_delay (desk->sim, delay_ms);
  timer->desk = desk;
  timer->boot = desk->boot;
  timer->func = func;
  timer->user_data = user_data;
  timer->event = sim_at (desk->sim, (gint64)delay_ms * 1000, on_timer, timer);
  return timer;
}

static void
line_disarm (LanyardSyncWorld *world, gpointer timer)
{
  ((Timer *)timer)->func = NULL;
}

static guint32
line_random (LanyardSyncWorld *world)
{
  return (guint32)sim_random (((SimWorld *)world)->desk->sim);
}

static const LanyardSyncWorldOps line_ops = {
  .send = line_send,
  .cancel = line_cancel,
  .arm = line_arm,
  .disarm = line_disarm,
  .random = line_random,
};

void
sim_line_init (SimDesk *desk)
{
  desk->world.parent.ops = &line_ops;
  desk->world.parent.clock = &desk->clock;
  desk->world.parent.poll_s = desk->sim->plan.poll_s;
  desk->world.desk = desk;
}
