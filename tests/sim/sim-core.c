/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim.h"

/* Time, chance and the trace of one run. */

#define MOST_EVENTS 200000
#define MOST_EVENTS_AN_HOUR 6000 /* of one desk */

struct _SimEvent
{
  gint64 at_us;
  guint64 order;
  SimFunc func; /* (nullable): NULL: cancelled */
  gpointer data;
};

static guint64
rotate (guint64 x, guint n)
{
  return (x << n) | (x >> (64 - n));
}

/* xoshiro256** of Blackman and Vigna. */
guint64
sim_random (Sim *sim)
{
  guint64 *s = sim->random;
  guint64 result = rotate (s[1] * 5, 7) * 9;
  guint64 t = s[1] << 17;

  s[2] ^= s[0];
  s[3] ^= s[1];
  s[1] ^= s[2];
  s[0] ^= s[3];
  s[2] ^= t;
  s[3] = rotate (s[3], 45);
  return result;
}

gint64
sim_range (Sim *sim, gint64 low, gint64 high)
{
  return low + (gint64)(sim_random (sim) % (guint64)(high - low + 1));
}

gboolean
sim_chance (Sim *sim, guint thousandths)
{
  return thousandths > 0 && sim_random (sim) % 1000 < thousandths;
}

static gboolean
is_before (const SimEvent *a, const SimEvent *b)
{
  return a->at_us != b->at_us ? a->at_us < b->at_us : a->order < b->order;
}

static void
swap (GPtrArray *heap, guint a, guint b)
{
  gpointer event = heap->pdata[a];

  heap->pdata[a] = heap->pdata[b];
  heap->pdata[b] = event;
}

SimEvent *
sim_at (Sim *sim, gint64 delay_us, SimFunc func, gpointer data)
{
  SimEvent *event = g_new0 (SimEvent, 1);
  guint i = sim->heap->len;

  event->at_us = sim->now_us + delay_us;
  event->order = sim->n_events++;
  event->func = func;
  event->data = data;
  g_ptr_array_add (sim->heap, event);
  for (; i > 0 && is_before (sim->heap->pdata[i], sim->heap->pdata[(i - 1) / 2]); i = (i - 1) / 2)
    swap (sim->heap, i, (i - 1) / 2);
  return event;
}

void
sim_cancel (SimEvent *event)
{
  event->func = NULL;
}

static SimEvent *
pop (GPtrArray *heap)
{
  SimEvent *first = heap->pdata[0];
  guint i = 0;

  heap->pdata[0] = heap->pdata[heap->len - 1];
  g_ptr_array_set_size (heap, (gint)heap->len - 1);
  while (2 * i + 1 < heap->len)
    {
      guint child = 2 * i + 1;

      if (child + 1 < heap->len && is_before (heap->pdata[child + 1], heap->pdata[child]))
        child++;
      if (!is_before (heap->pdata[child], heap->pdata[i]))
        break;
      swap (heap, i, child);
      i = child;
    }
  return first;
}

/* Desks that ask the hub without a pause for hours would run it down. */
static void
watch_haste (Sim *sim)
{
  guint64 most = MOST_EVENTS + MOST_EVENTS_AN_HOUR * (guint64)sim->plan.n_desks * sim->plan.hours;

  if (sim->n_events > most && !sim->over)
    sim_fail (sim, "%" G_GUINT64_FORMAT " events in %u hours: somebody asks without end",
              sim->n_events, sim->plan.hours);
}

gboolean
sim_run_until (Sim *sim, gint64 until_us)
{
  while (sim->heap->len > 0 && sim->violation == NULL)
    {
      SimEvent *event = sim->heap->pdata[0];

      if (event->at_us > until_us)
        break;
      event = pop (sim->heap);
      sim->now_us = event->at_us;
      if (event->func != NULL)
        event->func (sim, event->data);
      g_free (event);
      watch_haste (sim);
    }
  sim->now_us = MAX (sim->now_us, until_us);
  return sim->violation == NULL;
}

const char *
sim_kind_to_string (SimKind kind)
{
  static const char *const words[SIM_N_KINDS] = {
    [SIM_POWER_CUT_OF_DESK] = "power cuts of desks",
    [SIM_POWER_CUT_OF_HUB] = "power cuts of the hub",
    [SIM_CRASH] = "crashes",
    [SIM_LOST_REQUEST] = "lost requests",
    [SIM_LOST_ANSWER] = "lost answers",
    [SIM_DUPLICATE] = "requests that came twice",
    [SIM_SLOW_ANSWER] = "slow answers",
    [SIM_STRANGE_ANSWER] = "answers of somebody else",
    [SIM_OLDER_ANSWER] = "answers of the version before",
    [SIM_PARTITION] = "desks cut off",
    [SIM_FULL_DISK] = "full disks",
    [SIM_CLOCK_JUMP] = "clock jumps",
    [SIM_NEW_DISK] = "new disks",
    [SIM_CLONE] = "cloned desks",
    [SIM_REVOKED] = "revoked keys",
    [SIM_RESTORE] = "restores of the hub",
    [SIM_QUESTION] = "questions about badges of lost desks",
    [SIM_DECISION] = "decisions of operators",
    [SIM_REBUILD] = "rebuilds of the hub",
    [SIM_POISONED_ROW] = "poisoned rows",
    [SIM_POISONED_RECORD] = "poisoned records",
    [SIM_SAME_PERSON] = "people at two desks",
    [SIM_CONFLICT] = "conflicts",
  };

  return words[kind];
}

void
sim_trace (Sim *sim, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  /* FNV-1a */
  for (const char *c = text; *c != '\0'; c++)
    sim->trace = (sim->trace ^ (guint8)*c) * G_GUINT64_CONSTANT (0x100000001b3);
  sim->trace = (sim->trace ^ (guint64)sim->now_us) * G_GUINT64_CONSTANT (0x100000001b3);
  if (sim->loud)
    g_print ("# %8.3f h  %s\n", (double)sim->now_us / SIM_HOUR, text);
}

void
sim_fail (Sim *sim, const char *format, ...)
{
  va_list arguments;
  char *text;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  sim_trace (sim, "VIOLATION: %s", text);
  if (sim->violation == NULL)
    sim->violation = text;
  else
    g_free (text);
}
