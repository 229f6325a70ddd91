/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-fold-private.h"

#include "lanyard-fault.h"

static gboolean
tell (LanyardHubFold *fold,
      guint32 device,
      LanyardAlertKind kind,
      const char *number,
      char **serials,
      guint64 gseq,
      GError **error)
{
  LanyardHubStore *store = fold->hub->store;
  LanyardAlert alert = {
    .kind = kind,
    .number = (char *)number,
    .serials = serials,
    .gseq = gseq,
    .at_us = fold->now_us,
  };

  return store->ops->add_alert (store, device, &alert, error);
}

/* Serials of the badges that were handed out, and the desks that did. */
static void
collect_out (GPtrArray *badges, GPtrArray *serials, GHashTable *devices)
{
  for (guint i = 0; i < badges->len; i++)
    {
      const LanyardHubBadge *badge = g_ptr_array_index (badges, i);

      if ((badge->flags & ~(guint)LANYARD_HUB_BADGE_CLOSED) == 0)
        continue;
      if (lanyard_hub_badge_is_open (badge) && serials->len < LANYARD_ALERT_MAX_SERIALS)
        g_ptr_array_add (serials, badge->serial);
      if (badge->device != 0)
        g_hash_table_add (devices, GUINT_TO_POINTER (badge->device));
    }
  g_ptr_array_add (serials, NULL);
}

/* Tells every desk that handed one of the badges out. */
static gboolean
tell_all (LanyardHubFold *fold,
          LanyardAlertKind kind,
          const char *number,
          GPtrArray *badges,
          guint64 gseq,
          GError **error)
{
  g_autoptr (GPtrArray) serials = g_ptr_array_new ();
  g_autoptr (GHashTable) devices = g_hash_table_new (NULL, NULL);
  GHashTableIter iter;
  gpointer device;

  collect_out (badges, serials, devices);
  g_hash_table_iter_init (&iter, devices);
  while (g_hash_table_iter_next (&iter, &device, NULL))
    if (!tell (fold, GPOINTER_TO_UINT (device), kind, number, (char **)serials->pdata, gseq, error))
      return FALSE;
  return TRUE;
}

static gboolean
alert_desks (LanyardHubFold *fold,
             LanyardHubTouched *touched,
             GPtrArray *badges,
             guint64 gseq,
             GError **error)
{
  const LanyardHubHolding *holding = touched->holding;

  for (guint i = 0; i < touched->revoked->len; i++)
    {
      const LanyardHubBadge *badge = g_ptr_array_index (touched->revoked, i);
      char *serials[] = { badge->serial, NULL };

      if (!tell (fold, badge->device, LANYARD_ALERT_REVOKED, holding->number, serials, gseq, error))
        return FALSE;
    }
  if (holding->disputed && (!touched->disputed_before || touched->opened))
    {
      if (fold->conflicts != NULL)
        g_ptr_array_add (fold->conflicts, g_strdup (holding->number));
      return tell_all (fold, LANYARD_ALERT_CONFLICT, holding->number, badges, gseq, error);
    }
  if (!holding->disputed && touched->disputed_before)
    return tell_all (fold, LANYARD_ALERT_RESOLVED, holding->number, badges, gseq, error);
  return TRUE;
}

static gboolean
publish (LanyardHubFold *fold, LanyardHubTouched *touched, guint64 *gseq, GError **error)
{
  LanyardHubStore *store = fold->hub->store;
  const LanyardHubHolding *holding = touched->holding;
  g_autoptr (GBytes) encoded = NULL;
  gboolean changed;

  *gseq = 0;
  changed = holding->open_badges != touched->open_before
            || holding->disputed != touched->disputed_before
            || lanyard_hub_holding_get_lowest_valid (holding) != touched->lowest_before
            || (holding->disputed && touched->told)
            || (holding->open_badges > 0
                && g_strcmp0 (holding->last_serial, touched->last_before) != 0);
  if (touched->entry == NULL || !changed || lanyard_fault ("hub-fold-not-published"))
    return TRUE;
  encoded = _lanyard_hub_encode_with_holding (fold->hub, touched->entry, holding, error);
  return encoded != NULL && store->ops->put_entry (store, holding->number, encoded, gseq, error);
}

gboolean
_lanyard_hub_tell (LanyardHubFold *fold,
                   LanyardHubTouched *touched,
                   GPtrArray *badges,
                   GError **error)
{
  guint64 gseq;

  return publish (fold, touched, &gseq, error) && alert_desks (fold, touched, badges, gseq, error);
}
