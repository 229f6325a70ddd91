/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-store.h"

void
lanyard_hub_store_close (LanyardHubStore *store)
{
  if (store != NULL)
    store->ops->close (store);
}

LanyardHubBadge *
lanyard_hub_badge_copy (const LanyardHubBadge *badge)
{
  LanyardHubBadge *copy = g_memdup2 (badge, sizeof *badge);

  copy->serial = g_strdup (badge->serial);
  copy->number = g_strdup (badge->number);
  return copy;
}

void
lanyard_hub_badge_free (LanyardHubBadge *badge)
{
  if (badge == NULL)
    return;
  g_free (badge->serial);
  g_free (badge->number);
  g_free (badge);
}

void
lanyard_hub_holding_free (LanyardHubHolding *holding)
{
  if (holding == NULL)
    return;
  g_free (holding->number);
  g_free (holding->last_serial);
  g_free (holding);
}

void
lanyard_hub_enrolment_free (LanyardHubEnrolment *enrolment)
{
  if (enrolment == NULL)
    return;
  g_free (enrolment->venue);
  g_free (enrolment->name);
  g_free (enrolment->prefix);
  g_free (enrolment);
}

void
lanyard_hub_code_free (LanyardHubCode *code)
{
  if (code == NULL)
    return;
  g_free (code->venue);
  g_free (code->name);
  g_free (code);
}

void
lanyard_hub_opaque_free (LanyardHubOpaque *opaque)
{
  if (opaque == NULL)
    return;
  g_clear_pointer (&opaque->encoded, g_bytes_unref);
  g_free (opaque);
}

void
lanyard_hub_record_free (LanyardHubRecord *record)
{
  if (record == NULL)
    return;
  g_clear_pointer (&record->encoded, g_bytes_unref);
  g_free (record);
}

void
lanyard_hub_aside_free (LanyardHubAside *aside)
{
  if (aside == NULL)
    return;
  g_free (aside->why);
  g_free (aside->decision);
  g_free (aside->decided_by);
  g_free (aside->reason);
  g_free (aside);
}

void
lanyard_hub_deed_free (LanyardHubDeed *deed)
{
  if (deed == NULL)
    return;
  g_free (deed->person);
  g_free (deed->what);
  g_free (deed->subject);
  g_free (deed->reason);
  g_free (deed);
}

void
lanyard_hub_revocation_free (LanyardHubRevocation *revocation)
{
  if (revocation == NULL)
    return;
  g_free (revocation->person);
  g_free (revocation->reason);
  g_free (revocation);
}

void
lanyard_hub_desk_state_free (LanyardHubDeskState *state)
{
  if (state == NULL)
    return;
  g_free (state->software);
  g_free (state->pack);
  g_free (state);
}

guint32
lanyard_hub_holding_get_lowest_valid (const LanyardHubHolding *holding)
{
  return MAX (holding->void_below, holding->floor);
}

gboolean
lanyard_hub_badge_is_open (const LanyardHubBadge *badge)
{
  return (badge->flags
          & (LANYARD_HUB_BADGE_ISSUED | LANYARD_HUB_BADGE_UNKNOWN | LANYARD_HUB_BADGE_LEFT))
             != 0
         && (badge->flags & LANYARD_HUB_BADGE_CLOSED) == 0;
}
