/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-fold-private.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-journal.h"

static gboolean
is_of_another_person (const LanyardHubBadge *known, const LanyardHubBadge *badge)
{
  return known != NULL && !g_str_equal (known->number, badge->number);
}

/* A desk that was enrolled under another number in the middle of a badge does this, and a copied
 * disk. */
static gboolean
is_of_another_desk (const LanyardHubBadge *known, const LanyardHubBadge *badge)
{
  return known != NULL && known->device != 0 && badge->device != 0
         && known->device != badge->device;
}

/* The earlier of the two that are known. */
static gint64
get_earlier (gint64 a_us, gint64 b_us)
{
  if (a_us == 0 || b_us == 0)
    return MAX (a_us, b_us);
  return MIN (a_us, b_us);
}

/* Adds what @badge says to what is known of the card. Sequence and flags of records only ever go
 * up. */
static LanyardHubBadge *
merge_badge (LanyardHubBadge *known, const LanyardHubBadge *badge)
{
  LanyardHubBadge *merged = g_new0 (LanyardHubBadge, 1);

  merged->serial = g_strdup (badge->serial);
  merged->number = g_strdup (badge->number);
  merged->device = badge->device;
  merged->sequence = badge->sequence;
  merged->flags = badge->flags;
  merged->out_us = badge->out_us;
  merged->ends_s = badge->ends_s;
  if (known != NULL)
    {
      merged->device = known->device != 0 ? known->device : badge->device;
      merged->sequence = MAX (known->sequence, badge->sequence);
      merged->flags |= known->flags;
      merged->arrival = known->arrival;
      merged->ends_s = MAX (known->ends_s, badge->ends_s);
      merged->out_us = get_earlier (known->out_us, badge->out_us);
    }
  /* What it was waits for nobody's answer any more. */
  if ((merged->flags & LANYARD_HUB_BADGE_ANSWERED) != 0)
    merged->flags &= ~(guint)(LANYARD_HUB_BADGE_LEFT | LANYARD_HUB_BADGE_KEPT);
  return merged;
}

void
_lanyard_hub_fold_into_holding (LanyardHubHolding *holding,
                                gboolean was_open,
                                const LanyardHubBadge *badge)
{
  gboolean is_open = lanyard_hub_badge_is_open (badge);

  lanyard_assert_invariant (holding->open_badges > 0 || !was_open || is_open);
  holding->open_badges += (guint32)is_open - (guint32)was_open;
  if (badge->sequence >= holding->last_sequence)
    {
      holding->last_sequence = badge->sequence;
      g_free (holding->last_serial);
      holding->last_serial = g_strdup (badge->serial);
    }
}

/* Whether this record is the one through which a desk's own badge turned out to be void elsewhere.
 */
static gboolean
is_revocation (LanyardHubFold *fold, const LanyardHubBadge *known, const LanyardHubBadge *merged)
{
  if (merged->device == 0 || (merged->flags & LANYARD_HUB_BADGE_VOIDED) == 0 || known == NULL)
    return FALSE;
  if ((known->flags & LANYARD_HUB_BADGE_VOIDED) != 0)
    return known->device == 0;
  return merged->device != fold->device;
}

/* Day passes are in no roster. Number and serial are made of each other: the one of a pass that was
 * printed beforehand is the other, from the second hand-out on with a count behind. */
static gboolean
is_pass (const LanyardHubBadge *badge)
{
  gsize length = strlen (badge->number);

  return lanyard_journal_is_pass_number (badge->number, badge->serial)
         || (strncmp (badge->serial, badge->number, length) == 0
             && (badge->serial[length] == '\0' || badge->serial[length] == '.'));
}

/* One seal on two cards: both may be in hands; a person has to look at them. */
static gboolean
use_seal (LanyardHubFold *fold, guint64 seq, const LanyardHubFact *fact, GError **error)
{
  LanyardHubStore *store = fold->hub->store;
  g_autofree char *other = NULL;

  if (!store->ops->use_seal (store, fact->seal, fact->badge->serial, &other, error))
    return FALSE;
  return other == NULL || lanyard_fault ("hub-seal-unchecked")
         || _lanyard_hub_set_aside (fold, seq, "its seal is on another card", error);
}

/* What @merged, which was @known, does to its accreditation. */
static void
note (LanyardHubFold *fold,
      LanyardHubTouched *touched,
      const LanyardHubBadge *known,
      LanyardHubBadge *merged)
{
  const guint out = LANYARD_HUB_BADGE_ISSUED | LANYARD_HUB_BADGE_UNKNOWN;
  guint before = known != NULL ? known->flags : 0;
  gboolean was_open = known != NULL && lanyard_hub_badge_is_open (known)
                      && !lanyard_fault ("hub-open-counted-twice");

  if ((merged->flags & out) != 0 && merged->arrival == 0)
    merged->arrival = ++touched->holding->arrivals;
  _lanyard_hub_fold_into_holding (touched->holding, was_open, merged);
  touched->opened |= !was_open && lanyard_hub_badge_is_open (merged);
  touched->voided |= (merged->flags & ~before & LANYARD_HUB_BADGE_VOIDED) != 0;
  touched->told |= (merged->flags & ~before) != 0;
  if (is_revocation (fold, known, merged))
    g_ptr_array_add (touched->revoked, lanyard_hub_badge_copy (merged));
}

/* Whether there is nothing against taking @fact for what it says, or it was put before a person. */
static gboolean
look_for_doubts (LanyardHubFold *fold,
                 guint64 seq,
                 const LanyardHubFact *fact,
                 const LanyardHubBadge *known,
                 GError **error)
{
  /* A person should look; the card may be in somebody's hand all the same. */
  if (is_of_another_desk (known, fact->badge)
      && !_lanyard_hub_set_aside (fold, seq, "its serial was made by another desk", error))
    return FALSE;
  return fact->seal == NULL || use_seal (fold, seq, fact, error);
}

gboolean
_lanyard_hub_apply_badge (LanyardHubFold *fold,
                          guint64 seq,
                          const LanyardHubFact *fact,
                          GError **error)
{
  const LanyardHubBadge *badge = fact->badge;
  LanyardHubStore *store = fold->hub->store;
  LanyardHubTouched *touched = g_hash_table_lookup (fold->touched, badge->number);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LanyardHubBadge) known = store->ops->find_badge (store, badge->serial, &local_error);
  g_autoptr (LanyardHubBadge) merged = NULL;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (is_of_another_person (known, badge))
    return _lanyard_hub_set_aside (fold, seq, "its serial belongs to another accreditation", error);
  if (!look_for_doubts (fold, seq, fact, known, error))
    return FALSE;
  merged = merge_badge (known, badge);
  note (fold, touched, known, merged);
  if (!store->ops->save_badge (store, merged, error))
    return FALSE;
  if (touched->entry == NULL && !is_pass (merged) && badge->flags != 0)
    return _lanyard_hub_set_aside (fold, seq, "its accreditation is not in the roster", error);
  return TRUE;
}
