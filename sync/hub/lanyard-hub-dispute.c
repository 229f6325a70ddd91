/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the hub tells of the badges of one accreditation: in its entry, which goes to every desk. */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-private.h"

static gint
compare_arrivals (gconstpointer a, gconstpointer b)
{
  const LanyardHubBadge *left = *(LanyardHubBadge *const *)a;
  const LanyardHubBadge *right = *(LanyardHubBadge *const *)b;

  return (left->arrival > right->arrival) - (left->arrival < right->arrival);
}

static LanyardSideState
get_state (const LanyardHubBadge *badge)
{
  if (!lanyard_hub_badge_is_open (badge))
    return LANYARD_SIDE_VOID;
  return (badge->flags & LANYARD_HUB_BADGE_ISSUED) != 0 ? LANYARD_SIDE_ISSUED
                                                        : LANYARD_SIDE_UNKNOWN;
}

static void
tell_desk (const LanyardHubEnrolment *enrolment, char **venue, char **name)
{
  *venue = g_strdup (enrolment->venue);
  *name = *enrolment->name != '\0' ? g_strdup (enrolment->name) : NULL;
}

/* Where the desk is, and what it is called: to call there. @venue, @name: (out) (nullable) */
static gboolean
find_desk (LanyardHub *hub, guint32 device, char **venue, char **name, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (LanyardHubEnrolment) enrolment = NULL;

  if (device == 0)
    return TRUE;
  enrolment = hub->store->ops->find_enrolment (hub->store, device, 0, &local);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (enrolment != NULL)
    tell_desk (enrolment, venue, name);
  return TRUE;
}

static gboolean
add_side (LanyardHub *hub, LanyardDispute *dispute, const LanyardHubBadge *badge, GError **error)
{
  LanyardSide *side = lanyard_side_new ();

  g_ptr_array_add (dispute->sides, side);
  side->serial = g_strdup (badge->serial);
  side->state = get_state (badge);
  side->device = badge->device;
  side->sequence = badge->sequence;
  side->out_us = badge->out_us;
  return find_desk (hub, badge->device, &side->venue, &side->name, error);
}

static gboolean
add_resolution (LanyardHub *hub,
                LanyardDispute *dispute,
                const LanyardResolution *resolution,
                GError **error)
{
  LanyardResolution *copy = lanyard_resolution_copy (resolution);
  guint64 device = g_ascii_strtoull (resolution->id, NULL, 10);

  g_ptr_array_add (dispute->resolutions, copy);
  return find_desk (hub, (guint32)device, &copy->venue, &copy->name, error);
}

/* A badge that was voided by a record of its own is nobody's question any more. */
static gboolean
is_side (const LanyardHubBadge *badge)
{
  return badge->arrival > 0
         && (badge->flags & (LANYARD_HUB_BADGE_VOIDED | LANYARD_HUB_BADGE_RETURNED)) == 0;
}

static LanyardDispute *
make_dispute (LanyardHub *hub, GPtrArray *badges, GPtrArray *resolutions, GError **error)
{
  g_autoptr (LanyardDispute) dispute = lanyard_dispute_new ();
  g_autoptr (GPtrArray) sorted = g_ptr_array_copy (badges, NULL, NULL);

  g_ptr_array_set_free_func (sorted, NULL);
  g_ptr_array_sort (sorted, compare_arrivals);
  for (guint i = 0; i < sorted->len && dispute->sides->len < LANYARD_DISPUTE_MAX_SIDES; i++)
    if (is_side (g_ptr_array_index (sorted, i))
        && !add_side (hub, dispute, g_ptr_array_index (sorted, i), error))
      return NULL;
  for (guint i = 0; i < resolutions->len; i++)
    {
      const LanyardResolution *resolution = g_ptr_array_index (resolutions, i);

      /* One that keeps none answers the question about a badge that is gone, and is no side here.
       */
      if (*resolution->keep != '\0' && dispute->resolutions->len < LANYARD_DISPUTE_MAX_RESOLUTIONS
          && lanyard_resolution_is_in_force (resolution, resolutions)
          && !add_resolution (hub, dispute, resolution, error))
        return NULL;
    }
  return g_steal_pointer (&dispute);
}

void
_lanyard_hub_apply_holding (LanyardEntry *entry, const LanyardHubHolding *holding)
{
  lanyard_issued_clear (&entry->issued);
  g_clear_pointer (&entry->dispute, lanyard_dispute_free);
  entry->issued = (LanyardIssued){
    .open_badges = holding->open_badges,
    .last_sequence = holding->last_sequence,
    .last_serial = g_strdup (holding->last_serial),
    .disputed = holding->disputed,
  };
  entry->lowest_valid_sequence = lanyard_hub_holding_get_lowest_valid (holding);
}

/* Unless it would be too much for an entry: that somebody is disputed must be told in any case. */
GBytes *
_lanyard_hub_encode_with_holding (LanyardHub *hub,
                                  LanyardEntry *entry,
                                  const LanyardHubHolding *holding,
                                  GError **error)
{
  g_autoptr (GBytes) encoded = NULL;

  _lanyard_hub_apply_holding (entry, holding);
  if (holding->disputed)
    {
      entry->dispute = lanyard_hub_get_dispute (hub, holding->number, error);
      if (entry->dispute == NULL)
        return NULL;
    }
  encoded = lanyard_entry_encode (entry);
  if (g_bytes_get_size (encoded) <= LANYARD_ENTRY_MAX_BYTES)
    return g_steal_pointer (&encoded);
  g_clear_pointer (&entry->dispute, lanyard_dispute_free);
  return lanyard_entry_encode (entry);
}

LanyardDispute *
lanyard_hub_get_dispute (LanyardHub *hub, const char *number, GError **error)
{
  LanyardHubStore *store;
  g_autoptr (LanyardHubHolding) holding = NULL;
  g_autoptr (GPtrArray) badges = NULL;
  g_autoptr (GPtrArray) resolutions = NULL;

  g_return_val_if_fail (hub != NULL && number != NULL, NULL);

  store = hub->store;
  holding = store->ops->find_holding (store, number, error);
  if (holding == NULL || !holding->disputed)
    return NULL;
  badges = store->ops->list_badges (store, number, error);
  if (badges == NULL)
    return NULL;
  /* Most are decided by nobody yet, and asking is a way to the database and back. */
  resolutions = holding->decisions == 0 ? g_ptr_array_new ()
                                        : store->ops->list_resolutions (store, number, error);
  if (resolutions == NULL)
    return NULL;
  return make_dispute (hub, badges, resolutions, error);
}
