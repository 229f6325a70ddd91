/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-zpl-follow.h"

#include "lanyard-fault.h"

struct _LanyardZplFollow
{
  char *serial;            /* owned */
  guint line;              /* over which it went, or over which it was seen to be there */
  gboolean taken;          /* the printer has all of it */
  gboolean seen_at_work;   /* something was left to print */
  gint64 idle_us;          /* monotonic: since when nothing is left to print; 0: something is */
  gint64 heard_us;         /* monotonic: when the printer last said anything */
  LanyardPrintState state; /* last reported; 0: none */
  LanyardPrintFault fault; /* last reported */
};

static LanyardPrintReport *
report (LanyardZplFollow *self,
        LanyardPrintState state,
        LanyardPrintFault fault,
        const LanyardZplStatus *status)
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
  if (status != NULL)
    news->detail = lanyard_zpl_status_to_string (status);
  return news;
}

static LanyardPrintReport *
lose (LanyardZplFollow *self, LanyardPrintFault fault, gboolean *ended)
{
  *ended = TRUE;
  return report (self, LANYARD_PRINT_LOST, fault, NULL);
}

static LanyardPrintReport *
look_at_silence (LanyardZplFollow *self,
                 const LanyardZplLimits *limits,
                 gint64 now_us,
                 gboolean *ended)
{
  self->idle_us = 0;
  if (now_us - self->heard_us >= (gint64)limits->lost_ms * 1000)
    return lose (self, LANYARD_PRINT_FAULT_OFFLINE, ended);
  return self->taken ? report (self, LANYARD_PRINT_STOPPED, LANYARD_PRINT_FAULT_OFFLINE, NULL)
                     : NULL;
}

/* Nothing keeps it from printing and nothing is left to print. */
static LanyardPrintReport *
look_at_idleness (LanyardZplFollow *self,
                  const LanyardZplStatus *status,
                  const LanyardZplLimits *limits,
                  gint64 now_us,
                  gboolean *ended)
{
  if (self->idle_us == 0)
    self->idle_us = now_us;
  *ended = self->seen_at_work || now_us - self->idle_us >= (gint64)limits->settle_ms * 1000;
  if (*ended)
    return report (self, LANYARD_PRINT_COMPLETED, LANYARD_PRINT_FAULT_NONE, status);
  /* It may not have begun. */
  return self->state == LANYARD_PRINT_STOPPED
             ? report (self, LANYARD_PRINT_PROCESSING, LANYARD_PRINT_FAULT_NONE, status)
             : NULL;
}

static LanyardPrintReport *
look_at_progress (LanyardZplFollow *self,
                  const LanyardZplStatus *status,
                  const LanyardZplLimits *limits,
                  gint64 now_us,
                  gboolean *ended)
{
  LanyardPrintFault fault = lanyard_zpl_status_get_fault (status);
  gboolean idle = lanyard_zpl_status_is_idle (status);

  if (!idle || fault != LANYARD_PRINT_FAULT_NONE)
    self->idle_us = 0;
  if (fault != LANYARD_PRINT_FAULT_NONE)
    return report (self, LANYARD_PRINT_STOPPED, fault, status);
  if (idle)
    return look_at_idleness (self, status, limits, now_us, ended);
  return report (self, LANYARD_PRINT_PROCESSING, LANYARD_PRINT_FAULT_NONE, status);
}

LanyardZplFollow *
lanyard_zpl_follow_new (const char *serial, guint line, gboolean taken, gint64 now_us)
{
  LanyardZplFollow *self;

  g_return_val_if_fail (serial != NULL, NULL);

  self = g_new0 (LanyardZplFollow, 1);
  self->serial = g_strdup (serial);
  self->line = line;
  self->taken = taken;
  self->heard_us = now_us;
  return self;
}

void
lanyard_zpl_follow_free (LanyardZplFollow *self)
{
  if (self == NULL)
    return;
  g_free (self->serial);
  g_free (self);
}

LanyardPrintReport *
lanyard_zpl_follow_look (LanyardZplFollow *self,
                         const LanyardZplStatus *status,
                         guint line,
                         const LanyardZplLimits *limits,
                         gint64 now_us,
                         gboolean *ended)
{
  g_return_val_if_fail (self != NULL && limits != NULL && ended != NULL, NULL);

  *ended = FALSE;
  if (status == NULL)
    return look_at_silence (self, limits, now_us, ended);
  self->heard_us = now_us;
  /* Over another line: it has kept its memory when it prints, because nobody else prints there. */
  if (line != self->line && !status->errors_only && !lanyard_zpl_status_is_at_work (status)
      && !lanyard_fault ("label-completed-after-break"))
    return lose (self, LANYARD_PRINT_FAULT_NONE, ended);
  if (!status->errors_only)
    self->line = line;
  self->seen_at_work = self->seen_at_work || lanyard_zpl_status_is_at_work (status);
  if (line == self->line && (!self->taken || self->state == 0))
    {
      self->taken = TRUE;
      return report (self, LANYARD_PRINT_SPOOLED, LANYARD_PRINT_FAULT_NONE, status);
    }
  return self->taken ? look_at_progress (self, status, limits, now_us, ended) : NULL;
}
