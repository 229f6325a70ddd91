/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-fleet.h"
#include "lanyard-hub-private.h"

/* All desks at a glance, in a handful of questions to the store, however many desks there are. */

#define ONLINE_US (G_GINT64_CONSTANT (90) * G_USEC_PER_SEC)
#define LATE_US (G_GINT64_CONSTANT (15) * 60 * G_USEC_PER_SEC)
#define HOUR_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

const char *
lanyard_hub_desk_state_to_string (LanyardHubDeskCondition state)
{
  static const char *const words[] = { "online", "late", "offline", "silent", "revoked" };

  return words[MIN ((guint)state, G_N_ELEMENTS (words) - 1)];
}

static void
desk_free (LanyardHubFleetDesk *desk)
{
  g_free (desk->enrolment.venue);
  g_free (desk->enrolment.name);
  g_free (desk->enrolment.prefix);
  g_free (desk->told.software);
  g_free (desk->told.pack);
  g_free (desk->reason);
  g_free (desk);
}

void
lanyard_hub_fleet_free (LanyardHubFleet *fleet)
{
  if (fleet == NULL)
    return;
  g_ptr_array_unref (fleet->desks);
  g_free (fleet);
}

static LanyardHubFleetDesk *
desk_new (const LanyardHubEnrolment *enrolment)
{
  LanyardHubFleetDesk *desk = g_new0 (LanyardHubFleetDesk, 1);

  desk->enrolment = *enrolment;
  desk->enrolment.venue = g_strdup (enrolment->venue);
  desk->enrolment.name = g_strdup (enrolment->name);
  desk->enrolment.prefix = g_strdup (enrolment->prefix);
  desk->state = LANYARD_HUB_DESK_SILENT;
  return desk;
}

/* (element-type guint32 LanyardHubFleetDesk) */
static GHashTable *
add_desks (LanyardHubFleet *fleet, GPtrArray *enrolments)
{
  GHashTable *by_device = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < enrolments->len; i++)
    {
      const LanyardHubEnrolment *enrolment = g_ptr_array_index (enrolments, i);
      const LanyardHubEnrolment *next
          = i + 1 < enrolments->len ? g_ptr_array_index (enrolments, i + 1) : NULL;
      LanyardHubFleetDesk *desk;

      if (next != NULL && next->device == enrolment->device)
        continue;
      desk = desk_new (enrolment);
      g_ptr_array_add (fleet->desks, desk);
      g_hash_table_insert (by_device, GUINT_TO_POINTER (enrolment->device), desk);
    }
  return by_device;
}

static LanyardHubFleetDesk *
find (GHashTable *by_device, guint32 device)
{
  return g_hash_table_lookup (by_device, GUINT_TO_POINTER (device));
}

static void
add_state (LanyardHubFleet *fleet, GHashTable *by_device, const LanyardHubDeskState *state)
{
  LanyardHubFleetDesk *desk = find (by_device, state->device);
  gint64 age_us = fleet->now_us - state->seen_us;

  if (desk == NULL || desk->enrolment.epoch != state->epoch)
    return;
  desk->told = *state;
  desk->told.software = g_strdup (state->software);
  desk->told.pack = g_strdup (state->pack);
  desk->state = age_us <= ONLINE_US ? LANYARD_HUB_DESK_ONLINE
                : age_us <= LATE_US ? LANYARD_HUB_DESK_LATE
                                    : LANYARD_HUB_DESK_OFFLINE;
}

static void
add_revocation (GHashTable *by_device, const LanyardHubRevocation *revocation)
{
  LanyardHubFleetDesk *desk = find (by_device, revocation->device);

  if (desk == NULL || desk->enrolment.epoch != revocation->epoch)
    return;
  desk->state = LANYARD_HUB_DESK_REVOKED;
  desk->reason = g_strdup (revocation->reason);
}

static void
add_pickups (LanyardHubFleet *fleet,
             GHashTable *by_device,
             const LanyardHubPickups *pickups,
             gint64 midnight_us)
{
  LanyardHubFleetDesk *desk = find (by_device, pickups->device);
  gint64 ago = fleet->hour - pickups->hour;

  if (desk == NULL)
    return;
  if (ago >= 0 && ago < LANYARD_HUB_FLEET_HOURS)
    desk->pickups[LANYARD_HUB_FLEET_HOURS - 1 - ago] += pickups->n;
  if (pickups->hour * HOUR_US >= midnight_us)
    desk->today += pickups->n;
}

static gboolean
fill (LanyardHubFleet *fleet, LanyardHub *hub, gint64 midnight_us, GError **error)
{
  LanyardHubStore *store = hub->store;
  g_autoptr (GPtrArray) enrolments = store->ops->list_enrolments (store, error);
  g_autoptr (GPtrArray) states = NULL;
  g_autoptr (GPtrArray) revocations = NULL;
  g_autoptr (GArray) pickups = NULL;
  g_autoptr (GHashTable) by_device = NULL;
  gint64 from = MIN (fleet->hour - LANYARD_HUB_FLEET_HOURS + 1, midnight_us / HOUR_US);

  if (enrolments == NULL || (states = store->ops->list_desk_states (store, error)) == NULL
      || (revocations = store->ops->list_revocations (store, error)) == NULL
      || (pickups = store->ops->list_pickups (store, midnight_us == 0 ? G_MAXINT32 : from, error))
             == NULL)
    return FALSE;
  by_device = add_desks (fleet, enrolments);
  for (guint i = 0; i < states->len; i++)
    add_state (fleet, by_device, g_ptr_array_index (states, i));
  for (guint i = 0; i < revocations->len; i++)
    add_revocation (by_device, g_ptr_array_index (revocations, i));
  for (guint i = 0; i < pickups->len; i++)
    add_pickups (fleet, by_device, &g_array_index (pickups, LanyardHubPickups, i), midnight_us);
  return TRUE;
}

LanyardHubFleet *
lanyard_hub_fleet_read (LanyardHub *hub, gint64 midnight_us, GError **error)
{
  g_autoptr (LanyardHubFleet) fleet = g_new0 (LanyardHubFleet, 1);

  fleet->now_us = lanyard_hub_get_now_us (hub);
  fleet->hour = fleet->now_us / HOUR_US;
  fleet->desks = g_ptr_array_new_with_free_func ((GDestroyNotify)desk_free);
  if (!lanyard_hub_flush_states (hub, error)
      || !hub->store->ops->get_gseq (hub->store, &fleet->head, error)
      || !fill (fleet, hub, midnight_us, error))
    return NULL;
  return g_steal_pointer (&fleet);
}
