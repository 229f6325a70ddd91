/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hub-private.h"
#include "lanyard-negative-list.h"

/* What desks pull. */

/* Desks warn when the list is hours old: it is signed again long before, changed or not. */
#define NEGATIVE_REFRESH_S 600

/* Fills the rows with after < gseq ≤ next. */
static gboolean
fill (LanyardHub *hub, LanyardChanges *changes, GError **error)
{
  GPtrArray *rows = hub->store->ops->read_changes (hub->store, changes->after, changes->next,
                                                   LANYARD_CHANGES_MAX_ROWS, error);

  if (rows == NULL)
    return FALSE;
  g_ptr_array_unref (changes->rows);
  changes->rows = rows;
  return TRUE;
}

GBytes *
lanyard_hub_get_segment (LanyardHub *hub, guint64 index, GError **error)
{
  g_autoptr (LanyardChanges) changes = lanyard_changes_new (hub->event);
  guint64 head;

  if (!hub->store->ops->get_gseq (hub->store, &head, error))
    return NULL;
  if (index >= head / LANYARD_SEGMENT_GSEQ)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                   "Segment %" G_GUINT64_FORMAT " is not full yet; ask for the tail.", index);
      return NULL;
    }
  changes->after = index * LANYARD_SEGMENT_GSEQ;
  changes->next = changes->after + LANYARD_SEGMENT_GSEQ;
  changes->head = changes->next;
  if (!fill (hub, changes, error))
    return NULL;
  return lanyard_changes_sign (changes, hub->key);
}

GBytes *
lanyard_hub_get_tail (LanyardHub *hub, guint32 device, guint64 after, GError **error)
{
  g_autoptr (LanyardChanges) changes = lanyard_changes_new (hub->event);

  if (!hub->store->ops->get_gseq (hub->store, &changes->head, error)
      || !hub->store->ops->get_last_alert (hub->store, device, &changes->alert, error))
    return NULL;
  changes->after = after;
  changes->next = after;
  if (changes->head > after)
    {
      changes->next = MIN (changes->head, after + LANYARD_CHANGES_MAX_ROWS);
      if (!fill (hub, changes, error))
        return NULL;
    }
  return lanyard_changes_sign (changes, hub->key);
}

GBytes *
lanyard_hub_get_alerts (LanyardHub *hub, guint32 device, guint64 after, GError **error)
{
  g_autoptr (LanyardAlerts) alerts = lanyard_alerts_new ();
  GPtrArray *rows;

  rows = hub->store->ops->read_alerts (hub->store, device, after, LANYARD_ALERTS_MAX_ROWS, error);
  if (rows == NULL)
    return NULL;
  g_ptr_array_unref (alerts->rows);
  alerts->rows = rows;
  alerts->device = device;
  alerts->after = after;
  alerts->next = after;
  if (rows->len > 0)
    alerts->next = ((const LanyardAlert *)g_ptr_array_index (rows, rows->len - 1))->id;
  return lanyard_alerts_sign (alerts, hub->key);
}

gboolean
lanyard_hub_has_news (LanyardHub *hub, guint32 device, guint64 after_gseq, guint64 after_alert)
{
  guint64 gseq, alert;

  /* What cannot be read now is asked again in the answer, which then tells the error. */
  if (!hub->store->ops->get_gseq (hub->store, &gseq, NULL)
      || !hub->store->ops->get_last_alert (hub->store, device, &alert, NULL))
    return TRUE;
  return gseq != after_gseq || alert > after_alert;
}

static guint64
get_last_counter (LanyardHub *hub)
{
  g_autoptr (GBytes) text
      = hub->store->ops->find_document (hub->store, LANYARD_HUB_DOCUMENT_COUNTER, NULL);
  g_autofree char *counter = NULL;

  if (text == NULL)
    return 0;
  counter = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
  return g_ascii_strtoull (counter, NULL, 10);
}

/* The list and its counter are kept together: a counter is never given twice. */
static gboolean
keep_negative (LanyardHub *hub, guint64 counter, GBytes *list, GError **error)
{
  LanyardHubStore *store = hub->store;
  char *text = g_strdup_printf ("%" G_GUINT64_FORMAT, counter);
  g_autoptr (GBytes) number = g_bytes_new_take (text, strlen (text));

  return store->ops->put_document (store, LANYARD_HUB_DOCUMENT_COUNTER, number, error)
         && store->ops->put_document (store, LANYARD_HUB_DOCUMENT_NEGATIVE, list, error);
}

static gboolean
make_negative (LanyardHub *hub, GError **error)
{
  LanyardHubStore *store = hub->store;
  g_autoptr (GPtrArray) holdings = store->ops->list_void (store, error);
  g_autoptr (GPtrArray) serials = NULL;
  g_autoptr (LanyardNegativeList) list = NULL;
  g_autoptr (GBytes) message = NULL;
  gint64 now_s = _lanyard_hub_now_s (hub);
  guint64 counter;

  if (holdings != NULL)
    serials = store->ops->list_void_serials (store, LANYARD_NEGATIVE_LIST_MAX_SERIALS, error);
  if (serials == NULL)
    return FALSE;
  /* Not below the clock: desks must take the lists of a hub that was restored from an older copy.
   */
  counter = MAX (get_last_counter (hub) + 1, (guint64)MAX (now_s, 0));
  list = lanyard_negative_list_new (counter, now_s);
  for (guint i = 0; i < holdings->len; i++)
    {
      const LanyardHubHolding *holding = g_ptr_array_index (holdings, i);

      lanyard_negative_list_add (list, holding->number,
                                 lanyard_hub_holding_get_lowest_valid (holding));
    }
  for (guint i = 0; i < serials->len; i++)
    lanyard_negative_list_add_serial (list, g_ptr_array_index (serials, i));
  message = lanyard_negative_list_sign (list, hub->key);
  if (!keep_negative (hub, counter, message, error))
    return FALSE;
  hub->negative_issued_s = now_s;
  return TRUE;
}

/* What is void, the counter and the list are read and put in one transaction: of several hubs none
 * signs an older list under a higher counter. */
static gboolean
renew_negative (LanyardHub *hub, GError **error)
{
  LanyardHubStore *store = hub->store;
  gint64 issued_s = hub->negative_issued_s;

  if (!store->ops->begin (store, error))
    return FALSE;
  if (make_negative (hub, error))
    {
      if (!store->ops->commit (store, error))
        {
          hub->negative_issued_s = issued_s;
          return FALSE;
        }
      hub->negative_dirty = FALSE;
      return TRUE;
    }
  store->ops->rollback (store);
  hub->negative_issued_s = issued_s;
  return FALSE;
}

GBytes *
lanyard_hub_get_list (LanyardHub *hub, const char *name, GError **error)
{
  gint64 age_s = _lanyard_hub_now_s (hub) - hub->negative_issued_s;

  if (g_str_equal (name, LANYARD_HUB_DOCUMENT_NEGATIVE)
      && (hub->negative_dirty || age_s >= NEGATIVE_REFRESH_S || age_s < 0)
      && !renew_negative (hub, error))
    return NULL;
  return hub->store->ops->find_document (hub->store, name, error);
}

GBytes *
lanyard_hub_get_photo (LanyardHub *hub, GBytes *hash, GError **error)
{
  return hub->store->ops->find_photo (hub->store, hash, error);
}
