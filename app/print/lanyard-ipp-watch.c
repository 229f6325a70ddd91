/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-ipp-watch.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-ipp-condition.h"
#include "lanyard-ipp-messages.h"

/* For the printer behind a queue, so that its silence does not hold up what the queue says. */
#define DEVICE_LIMIT_MS 3000

struct _LanyardIppWatch
{
  LanyardIppClient *client; /* borrowed */
  LanyardIppLimits limits;
  LanyardPrinterCondition *condition; /* owned: of the last look */
  char *device_uri;                   /* (nullable): owned */
  gint64 connecting_us;               /* monotonic: since when it only connects; 0: it does not */

  GMutex lock;
  LanyardIppClient *device; /* (nullable): owned: the printer behind a queue */
  gboolean aborted;
};

static LanyardPrintFault
fault_of_silence (const GError *error)
{
  if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK))
    return LANYARD_PRINT_FAULT_OFFLINE;
  if (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED)
      || g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND))
    return LANYARD_PRINT_FAULT_REJECTED;
  return LANYARD_PRINT_FAULT_OTHER;
}

/* What it was the last time that it answered, and that it does not now.
 * Returns: (transfer full) */
static LanyardPrinterCondition *
silent_condition (const LanyardPrinterCondition *last, const GError *error)
{
  LanyardPrinterCondition *condition = lanyard_printer_condition_copy (last);

  condition->answers = FALSE;
  condition->stopped = FALSE;
  condition->paused = FALSE;
  condition->accepting = TRUE;
  condition->n_faults = 0;
  condition->n_warnings = 0;
  g_clear_pointer (&condition->reasons, g_free);
  lanyard_printer_condition_add_fault (condition, fault_of_silence (error));
  return condition;
}

/* Returns: (transfer full) (nullable): an answer that says yes */
static ipp_t *
ask (LanyardIppClient *client, guint limit_ms, GError **error)
{
  g_autoptr (ipp_t) answer
      = lanyard_ipp_client_do (client,
                               lanyard_ipp_ask_condition (lanyard_ipp_client_get_uri (client)),
                               NULL, limit_ms, NULL, error);

  if (answer == NULL || !lanyard_ipp_check_status (answer, error))
    return NULL;
  return g_steal_pointer (&answer);
}

/* The printer behind the queue, when it is one that can be asked. */
static void
find_device (LanyardIppWatch *self, ipp_t *answer)
{
  g_autofree char *uri = lanyard_ipp_read_device (answer);
  LanyardIppClient *client = NULL, *old;

  if (g_strcmp0 (uri, self->device_uri) == 0)
    return;
  if (uri != NULL)
    client = lanyard_ipp_client_new (uri, NULL);
  g_mutex_lock (&self->lock);
  old = self->device;
  self->device = client;
  if (client != NULL && self->aborted)
    lanyard_ipp_client_abort (client);
  g_mutex_unlock (&self->lock);
  g_clear_pointer (&old, lanyard_ipp_client_free);
  g_free (self->device_uri);
  self->device_uri = g_steal_pointer (&uri);
}

/* @condition gets what @device says: its faults come first, they are what can be touched. */
static void
merge (LanyardPrinterCondition *condition, LanyardPrinterCondition *device)
{
  for (guint i = 0; i < condition->n_faults; i++)
    lanyard_printer_condition_add_fault (device, condition->faults[i]);
  for (guint i = 0; i < condition->n_warnings; i++)
    lanyard_printer_condition_add_warning (device, condition->warnings[i]);
  memcpy (condition->faults, device->faults, sizeof condition->faults);
  condition->n_faults = device->n_faults;
  condition->fault = device->fault;
  memcpy (condition->warnings, device->warnings, sizeof condition->warnings);
  condition->n_warnings = device->n_warnings;
  condition->stopped = condition->stopped || device->stopped;
  condition->paused = condition->paused || device->paused;
  condition->accepting = condition->accepting && device->accepting;
  condition->sheets_completed = device->sheets_completed;
  condition->impressions_completed = device->impressions_completed;
  condition->pages_completed = device->pages_completed;
  condition->dpi = device->dpi;
  if (device->supplies->len > 0)
    {
      g_ptr_array_unref (condition->supplies);
      condition->supplies = g_ptr_array_ref (device->supplies);
    }
  if (device->reasons != NULL && g_strcmp0 (device->reasons, "none") != 0)
    {
      g_free (condition->reasons);
      condition->reasons = g_strdup (device->reasons);
    }
  if (device->make_and_model != NULL)
    {
      g_free (condition->make_and_model);
      condition->make_and_model = g_strdup (device->make_and_model);
    }
}

static void
look_at_device (LanyardIppWatch *self, LanyardPrinterCondition *condition)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ipp_t) answer = NULL;
  g_autoptr (LanyardPrinterCondition) device = NULL;

  if (self->device == NULL)
    return;
  answer = ask (self->device, MIN (self->limits.request_ms, DEVICE_LIMIT_MS), &error);
  if (answer != NULL)
    device = lanyard_ipp_condition_read (answer);
  else
    device = silent_condition (self->condition, error);
  merge (condition, device);
}

/* A queue that connects and connects has nothing to connect to. */
static void
judge_connecting (LanyardIppWatch *self, LanyardPrinterCondition *condition, gint64 now_us)
{
  if (!lanyard_printer_condition_has_warning (condition, LANYARD_PRINT_FAULT_CONNECTING))
    self->connecting_us = 0;
  else if (self->connecting_us == 0)
    self->connecting_us = now_us;
  else if (now_us - self->connecting_us >= (gint64)self->limits.lost_ms * 1000)
    lanyard_printer_condition_add_fault (condition, LANYARD_PRINT_FAULT_OFFLINE);
}

LanyardIppWatch *
lanyard_ipp_watch_new (LanyardIppClient *client, const LanyardIppLimits *limits)
{
  LanyardIppWatch *self = g_new0 (LanyardIppWatch, 1);

  self->client = client;
  self->limits = *limits;
  self->condition = lanyard_printer_condition_new ();
  g_mutex_init (&self->lock);
  return self;
}

void
lanyard_ipp_watch_free (LanyardIppWatch *self)
{
  if (self == NULL)
    return;
  lanyard_printer_condition_free (self->condition);
  g_clear_pointer (&self->device, lanyard_ipp_client_free);
  g_free (self->device_uri);
  g_mutex_clear (&self->lock);
  g_free (self);
}

void
lanyard_ipp_watch_abort (LanyardIppWatch *self)
{
  g_return_if_fail (self != NULL);

  g_mutex_lock (&self->lock);
  self->aborted = TRUE;
  if (self->device != NULL)
    lanyard_ipp_client_abort (self->device);
  g_mutex_unlock (&self->lock);
}

const LanyardPrinterCondition *
lanyard_ipp_watch_look (LanyardIppWatch *self, gint64 now_us)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ipp_t) answer = NULL;
  LanyardPrinterCondition *condition;

  g_return_val_if_fail (self != NULL, NULL);

  answer = ask (self->client, self->limits.request_ms, &error);
  if (answer == NULL)
    condition = silent_condition (self->condition, error);
  else
    {
      condition = lanyard_ipp_condition_read (answer);
      /* Only a print server is believed when it names somebody else to ask. */
      if (lanyard_ipp_client_get_address (self->client)->is_queue)
        find_device (self, answer);
      look_at_device (self, condition);
      judge_connecting (self, condition, now_us);
    }
  lanyard_printer_condition_free (self->condition);
  self->condition = condition;
  return condition;
}
