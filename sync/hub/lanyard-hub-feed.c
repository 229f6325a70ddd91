/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-hub-private.h"
#include "lanyard-negative-list.h"

/* What desks pull. */

/* Desks warn when the list is hours old: it is signed again long before, changed or not. */
#define NEGATIVE_REFRESH_S 600
/* How many desks come back in a second after an outage, and how long that may take in all. */
#define DESKS_A_SECOND 50
#define SPREAD_MAX_S 120

/* Fills the rows with after < gseq ≤ next. */
static gboolean
fill (LanyardHub *hub, LanyardChanges *changes, GError **error)
{
  GPtrArray *rows = hub->store->ops->read_changes (hub->store, changes->after, changes->next,
                                                   LANYARD_CHANGES_MAX_ROWS, error);

  if (rows == NULL)
    return FALSE;
  /* The number was taken early and its row commits late. */
  if (rows->len > 1 && lanyard_fault ("hub-sequence-as-cursor"))
    g_ptr_array_remove_index (rows, rows->len - 2);
  g_ptr_array_unref (changes->rows);
  changes->rows = rows;
  return TRUE;
}

/* How far the feed goes that @era knew; 0 is the present one. Nothing for one of another feed. */
static gboolean
get_end (LanyardHub *hub, guint64 era, guint64 *end, GError **error)
{
  gboolean known;

  if (era == 0)
    return hub->store->ops->get_gseq (hub->store, end, error);
  return hub->store->ops->get_era_end (hub->store, era, &known, end, error);
}

guint64
_lanyard_hub_get_floor (LanyardHub *hub)
{
  g_autoptr (GBytes) text
      = hub->store->ops->find_document (hub->store, LANYARD_HUB_DOCUMENT_FLOOR, NULL);
  g_autofree char *digits = NULL;

  if (text == NULL)
    return 0;
  digits = g_strndup (g_bytes_get_data (text, NULL), g_bytes_get_size (text));
  return g_ascii_strtoull (digits, NULL, 10);
}

/* Whoever asks for what was forgotten has to begin with the snapshot. */
static gboolean
is_kept (LanyardHub *hub, guint64 after, GError **error)
{
  guint64 floor = _lanyard_hub_get_floor (hub);

  if (after >= floor)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_GAP,
               "The feed begins after change %" G_GUINT64_FORMAT "; take the snapshot.", floor);
  return FALSE;
}

GBytes *
lanyard_hub_get_segment (LanyardHub *hub, guint64 index, guint64 era, GError **error)
{
  g_autoptr (LanyardChanges) changes = lanyard_changes_new (hub->event);
  guint64 end;

  if (!get_end (hub, era, &end, error))
    return NULL;
  if (index >= end / LANYARD_SEGMENT_GSEQ)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                   "Segment %" G_GUINT64_FORMAT " is not full yet; ask for the tail.", index);
      return NULL;
    }
  changes->after = index * LANYARD_SEGMENT_GSEQ;
  if (!is_kept (hub, changes->after, error))
    return NULL;
  changes->next = changes->after + LANYARD_SEGMENT_GSEQ;
  changes->head = changes->next;
  changes->era = era;
  changes->asked_era = era;
  changes->asked_after = changes->after;
  if (!fill (hub, changes, error))
    return NULL;
  return lanyard_changes_sign (changes, hub->key);
}

/* The desk has what this hub does not: the database was put back from a backup since. One alarm an
 * era, however many desks find it. */
static gboolean
note_restored (LanyardHub *hub, guint64 era, GError **error)
{
  LanyardHubStore *store = hub->store;

  if (hub->restored_era == era)
    return TRUE;
  if (!store->ops->begin (store, error))
    return FALSE;
  if (!store->ops->add_alarm (store, "restored", 0, 0, era, lanyard_hub_get_now_us (hub), error))
    {
      store->ops->rollback (store);
      return FALSE;
    }
  if (!store->ops->commit (store, error))
    return FALSE;
  hub->restored_era = era;
  return TRUE;
}

/* Desks that lost the hub together come back over a while. */
static guint
get_spread_s (LanyardHub *hub)
{
  guint32 n_desks;
  guint64 id;

  if (!hub->store->ops->get_last_enrolment (hub->store, &n_desks, &id, NULL))
    return 0;
  return MIN (n_desks / DESKS_A_SECOND, (guint)SPREAD_MAX_S);
}

/* From where on the page is. The era is read after the head: one that began later would tell the
 * desk that it has less than it has. */
static gboolean
place (LanyardHub *hub, const LanyardHubPoint *point, LanyardChanges *changes, GError **error)
{
  guint64 end;

  changes->after = point->after;
  if (point->version < 2)
    return TRUE;
  if (!get_end (hub, point->era, &end, error)
      || !hub->store->ops->get_era (hub->store, &changes->era, error))
    return FALSE;
  changes->asked_era = point->era;
  changes->asked_after = point->after;
  changes->spread_s = get_spread_s (hub);
  if (point->after <= end || lanyard_fault ("hub-era-unchecked"))
    return TRUE;
  changes->after = 0;
  return note_restored (hub, changes->era, error);
}

GBytes *
lanyard_hub_get_tail (LanyardHub *hub, guint32 device, const LanyardHubPoint *point, GError **error)
{
  g_autoptr (LanyardChanges) changes = lanyard_changes_new (hub->event);

  if (!hub->store->ops->get_gseq (hub->store, &changes->head, error)
      || !hub->store->ops->get_last_alert (hub->store, device, &changes->alert, error)
      || !place (hub, point, changes, error) || !is_kept (hub, changes->after, error))
    return NULL;
  changes->next = changes->after;
  if (changes->head > changes->after)
    {
      changes->next = MIN (changes->head, changes->after + LANYARD_CHANGES_MAX_ROWS);
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
lanyard_hub_has_news (LanyardHub *hub,
                      guint32 device,
                      const LanyardHubPoint *point,
                      guint64 after_alert)
{
  guint64 gseq, alert, era;

  /* What cannot be read now is asked again in the answer, which then tells the error. */
  if (!hub->store->ops->get_gseq (hub->store, &gseq, NULL)
      || !hub->store->ops->get_last_alert (hub->store, device, &alert, NULL)
      || !hub->store->ops->get_era (hub->store, &era, NULL))
    return TRUE;
  return gseq != point->after || alert > after_alert || (point->version >= 2 && era != point->era);
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

/* What ended longer ago than this is left out. Long enough for a desk whose clock is slow, and for
 * the slack that a pack gives codes. */
#define NEGATIVE_KEEP_S (7 * 86400)

static gboolean
is_over (gint64 ends_s, gint64 now_s)
{
  return ends_s != 0 && ends_s < now_s - NEGATIVE_KEEP_S;
}

/* A roster's own lowest valid sequence stays: it says nothing of when what it voids ends. */
static void
add_holdings (LanyardNegativeList *list, GPtrArray *holdings, gint64 now_s)
{
  for (guint i = 0; i < holdings->len; i++)
    {
      const LanyardHubHolding *holding = g_ptr_array_index (holdings, i);

      if (holding->floor > 0 || !is_over (holding->ends_s, now_s))
        lanyard_negative_list_add (list, holding->number,
                                   lanyard_hub_holding_get_lowest_valid (holding));
    }
}

static gboolean
add_serials (LanyardHub *hub,
             LanyardNegativeList *list,
             GPtrArray *serials,
             gint64 now_s,
             GError **error)
{
  for (guint i = 0; i < serials->len; i++)
    {
      const char *serial = g_ptr_array_index (serials, i);
      g_autoptr (GError) local = NULL;
      g_autoptr (LanyardHubBadge) badge = hub->store->ops->find_badge (hub->store, serial, &local);

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      if (badge == NULL || !is_over (badge->ends_s, now_s))
        lanyard_negative_list_add_serial (list, serial);
    }
  return TRUE;
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
  add_holdings (list, holdings, now_s);
  if (!add_serials (hub, list, serials, now_s, error))
    return FALSE;
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
