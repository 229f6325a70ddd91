/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-fold-private.h"

#include "lanyard-fault.h"

/*
 * Badges and decisions are only ever added; what they come to is computed from all of them. So the
 * order in which they arrive does not matter.
 */

guint32
_lanyard_hub_compute_void_below (GPtrArray *badges)
{
  guint32 highest_void = 0;
  guint32 lowest_open = G_MAXUINT32;

  for (guint i = 0; i < badges->len; i++)
    {
      const LanyardHubBadge *badge = g_ptr_array_index (badges, i);

      if ((badge->flags & LANYARD_HUB_BADGE_CLOSED) != 0)
        highest_void = MAX (highest_void, badge->sequence);
      else if (lanyard_hub_badge_is_open (badge))
        lowest_open = MIN (lowest_open, badge->sequence);
    }
  return highest_void == 0 ? 0 : MIN (highest_void + 1, lowest_open);
}

/* Whether @badge is rather the last one than @best. Never by which was heard of first. */
static gboolean
is_later (const LanyardHubBadge *badge, const LanyardHubBadge *best)
{
  gboolean open = lanyard_hub_badge_is_open (badge);

  if (best == NULL || open != lanyard_hub_badge_is_open (best))
    return best == NULL || open;
  return badge->sequence > best->sequence;
}

/* Staff at other desks void and reissue the badge that they are told of: it must be one that is
 * out, also where a later one was voided or is only reserved. */
static void
choose_last (LanyardHubHolding *holding, GPtrArray *badges)
{
  const LanyardHubBadge *best = NULL;

  for (guint i = 0; i < badges->len; i++)
    if (is_later (g_ptr_array_index (badges, i), best))
      best = g_ptr_array_index (badges, i);
  if (best == NULL)
    return;
  g_free (holding->last_serial);
  holding->last_serial = g_strdup (best->serial);
}

/* When the last badge that is void ends by itself; 0 where one does not say. A badge that is in a
 * hand does not count: its own end is in it. */
static gint64
compute_end (GPtrArray *badges)
{
  gint64 ends_s = 0;

  for (guint i = 0; i < badges->len; i++)
    {
      const LanyardHubBadge *badge = g_ptr_array_index (badges, i);

      if ((badge->flags & LANYARD_HUB_BADGE_CLOSED) == 0)
        continue;
      if (badge->ends_s == 0)
        return 0;
      ends_s = MAX (ends_s, badge->ends_s);
    }
  return ends_s;
}

/* Whether a decision in force answers the question about @badge: it is in a hand. */
static gboolean
is_kept (const LanyardHubBadge *badge, GPtrArray *resolutions)
{
  for (guint i = 0; (badge->flags & LANYARD_HUB_BADGE_LEFT) != 0 && i < resolutions->len; i++)
    {
      const LanyardResolution *resolution = g_ptr_array_index (resolutions, i);

      if (g_str_equal (resolution->keep, badge->serial)
          && lanyard_resolution_is_in_force (resolution, resolutions))
        return TRUE;
    }
  return FALSE;
}

/* Gives @badge what the decisions say of it. */
static gboolean
settle_badge (LanyardHubFold *fold,
              LanyardHubTouched *touched,
              LanyardHubBadge *badge,
              GPtrArray *resolutions,
              GError **error)
{
  LanyardHubStore *store = fold->hub->store;
  gboolean was_open = lanyard_hub_badge_is_open (badge);
  gboolean was_settled = (badge->flags & LANYARD_HUB_BADGE_SETTLED) != 0;
  gboolean is_settled = lanyard_resolutions_void (resolutions, badge->serial);

  gboolean was_kept = (badge->flags & LANYARD_HUB_BADGE_KEPT) != 0;

  if (was_kept != is_kept (badge, resolutions))
    badge->flags ^= LANYARD_HUB_BADGE_KEPT;
  else if (is_settled == was_settled)
    return TRUE;
  if (is_settled == was_settled)
    return store->ops->save_badge (store, badge, error);
  badge->flags ^= LANYARD_HUB_BADGE_SETTLED;
  _lanyard_hub_fold_into_holding (touched->holding, was_open, badge);
  touched->voided = TRUE;
  if (is_settled && was_open && badge->device != 0 && badge->device != fold->device)
    g_ptr_array_add (touched->revoked, lanyard_hub_badge_copy (badge));
  return store->ops->save_badge (store, badge, error);
}

static gboolean
settle_badges (LanyardHubFold *fold, LanyardHubTouched *touched, GPtrArray *badges, GError **error)
{
  LanyardHubStore *store = fold->hub->store;
  g_autoptr (GPtrArray) resolutions = NULL;

  if (touched->holding->decisions == 0)
    return TRUE;
  resolutions = store->ops->list_resolutions (store, touched->holding->number, error);
  if (resolutions == NULL)
    return FALSE;
  for (guint i = 0; i < badges->len; i++)
    if (!settle_badge (fold, touched, g_ptr_array_index (badges, i), resolutions, error))
      return FALSE;
  return TRUE;
}

gboolean
_lanyard_hub_apply_resolution (LanyardHubFold *fold,
                               LanyardHubTouched *touched,
                               const LanyardResolution *resolution,
                               GError **error)
{
  LanyardHubStore *store = fold->hub->store;
  gboolean added;

  if (!store->ops->add_resolution (store, touched->holding->number, resolution, &added, error))
    return FALSE;
  touched->holding->decisions += added;
  touched->told |= added;
  return TRUE;
}

gboolean
_lanyard_hub_settle (LanyardHubFold *fold, LanyardHubTouched *touched, GError **error)
{
  LanyardHubStore *store = fold->hub->store;
  LanyardHubHolding *holding = touched->holding;
  g_autoptr (GPtrArray) badges = store->ops->list_badges (store, holding->number, error);

  if (badges == NULL || !settle_badges (fold, touched, badges, error))
    return FALSE;
  holding->disputed = holding->open_badges > 1 && !lanyard_fault ("hub-no-conflict-check");
  if (lanyard_fault ("hub-conflict-by-count")) /* whatever became of them */
    holding->disputed = badges->len > 1;
  holding->void_below = _lanyard_hub_compute_void_below (badges);
  holding->ends_s = compute_end (badges);
  choose_last (holding, badges);
  /* The desk had not heard yet that there should be no badge. */
  if (touched->entry != NULL && touched->entry->status == LANYARD_STATUS_CANCELLED
      && holding->last_sequence > 0)
    holding->floor = MAX (holding->floor, holding->last_sequence + 1);
  if (touched->voided || lanyard_hub_holding_get_lowest_valid (holding) != touched->lowest_before)
    fold->hub->negative_dirty = TRUE;
  return store->ops->save_holding (store, holding, error)
         && _lanyard_hub_tell (fold, touched, badges, error);
}
