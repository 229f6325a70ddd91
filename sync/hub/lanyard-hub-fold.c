/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-hub-interpret.h"
#include "lanyard-hub-private.h"
#include "lanyard-journal.h"

/*
 * What new records change, in the transaction that stores them:
 *
 *   records → facts → badges → holdings → changes of the feed, alerts
 *
 * Each accreditation's holding is locked before it is read, in ascending order of numbers, and its
 * count of open badges moves by what each badge moved. It is never counted: two writers that count
 * cannot see each other's badge, and both would find one.
 */

/* In nobody's hand any more. */
#define CLOSED (LANYARD_HUB_BADGE_VOIDED | LANYARD_HUB_BADGE_RETURNED)

/* One accreditation of this batch. */
typedef struct
{
  LanyardHubHolding *holding; /* owned, locked */
  LanyardEntry *entry;        /* owned (nullable): not in the roster */
  GPtrArray *revoked;         /* owned (element-type LanyardHubBadge): voided by another desk */
  guint32 open_before;
  guint32 lowest_before;
  gboolean disputed_before;
  gboolean opened;   /* a badge came out */
  gboolean voided;   /* a badge is void that was not */
  char *last_before; /* owned (nullable): last_serial of the holding as it was */
} Touched;

typedef struct
{
  LanyardHub *hub;
  const LanyardBatch *batch;
  guint64 from; /* seq of the first new record */
  gint64 now_us;
  GPtrArray *facts;     /* owned (element-type LanyardHubFact): one a new record */
  GHashTable *touched;  /* owned (element-type utf8 Touched) */
  GPtrArray *numbers;   /* owned (element-type utf8): keys of touched, ascending */
  GPtrArray *conflicts; /* borrowed (element-type utf8) */
} Fold;

static void
touched_free (Touched *touched)
{
  lanyard_hub_holding_free (touched->holding);
  lanyard_entry_free (touched->entry);
  g_ptr_array_unref (touched->revoked);
  g_free (touched->last_before);
  g_free (touched);
}

static void
fold_clear (Fold *fold)
{
  g_clear_pointer (&fold->facts, g_ptr_array_unref);
  g_clear_pointer (&fold->numbers, g_ptr_array_unref);
  g_clear_pointer (&fold->touched, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fold, fold_clear)

static gboolean
set_aside (Fold *fold, guint64 seq, const char *why, GError **error)
{
  LanyardHubStore *store = fold->hub->store;

  return store->ops->quarantine (store, fold->batch->device, fold->batch->epoch, seq, why, error);
}

static gboolean
interpret (Fold *fold, GError **error)
{
  const LanyardBatch *batch = fold->batch;

  for (guint64 seq = fold->from; seq <= lanyard_batch_get_last (batch); seq++)
    {
      guint i = (guint)(seq - batch->first);
      const LanyardHash *previous
          = i == 0 ? &batch->previous : &g_array_index (batch->hashes, LanyardHash, i - 1);
      LanyardHubFact *fact = lanyard_hub_interpret (g_ptr_array_index (batch->records, i),
                                                    batch->device, batch->epoch, seq, previous);

      g_ptr_array_add (fold->facts, fact);
      if (fact->why != NULL && !set_aside (fold, seq, fact->why, error))
        return FALSE;
    }
  return TRUE;
}

static Touched *
touch (Fold *fold, const char *number, GError **error)
{
  LanyardHubStore *store = fold->hub->store;
  g_autoptr (GBytes) encoded = NULL;
  g_autoptr (GError) local_error = NULL;
  LanyardHubHolding *holding = store->ops->lock_holding (store, number, error);
  Touched *touched;

  if (holding == NULL)
    return NULL;
  touched = g_new0 (Touched, 1);
  touched->holding = holding;
  touched->revoked = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_badge_free);
  touched->open_before = holding->open_badges;
  touched->disputed_before = holding->disputed;
  touched->last_before = g_strdup (holding->last_serial);
  touched->lowest_before = lanyard_hub_holding_get_lowest_valid (holding);
  encoded = store->ops->find_entry (store, number, &local_error);
  /* One that cannot be read is as one that is missing: it must not keep the desk's records out. */
  if (encoded != NULL)
    touched->entry
        = lanyard_entry_decode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded), NULL);
  if (local_error == NULL)
    return touched;
  touched_free (touched);
  g_propagate_error (error, g_steal_pointer (&local_error));
  return NULL;
}

static gint
compare_numbers (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static gboolean
lock_all (Fold *fold, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < fold->facts->len; i++)
    {
      const LanyardHubFact *fact = g_ptr_array_index (fold->facts, i);

      if (fact->badge != NULL && g_hash_table_add (seen, fact->badge->number))
        g_ptr_array_add (fold->numbers, fact->badge->number);
    }
  g_ptr_array_sort (fold->numbers, compare_numbers);
  for (guint i = 0; i < fold->numbers->len; i++)
    {
      char *number = g_ptr_array_index (fold->numbers, i);
      Touched *touched = touch (fold, number, error);

      if (touched == NULL)
        return FALSE;
      g_hash_table_insert (fold->touched, number, touched);
    }
  return TRUE;
}

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

/* Adds what @badge says to what is known of the card. Flags and sequence only ever go up. */
static LanyardHubBadge *
merge_badge (LanyardHubBadge *known, const LanyardHubBadge *badge)
{
  LanyardHubBadge *merged = g_new0 (LanyardHubBadge, 1);

  merged->serial = g_strdup (badge->serial);
  merged->number = g_strdup (badge->number);
  merged->device = badge->device;
  merged->sequence = badge->sequence;
  merged->flags = badge->flags;
  if (known != NULL)
    {
      merged->device = known->device != 0 ? known->device : badge->device;
      merged->sequence = MAX (known->sequence, badge->sequence);
      merged->flags |= known->flags;
    }
  return merged;
}

static void
fold_into_holding (LanyardHubHolding *holding, gboolean was_open, const LanyardHubBadge *badge)
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
is_revocation (Fold *fold, const LanyardHubBadge *known, const LanyardHubBadge *merged)
{
  if (merged->device == 0 || (merged->flags & LANYARD_HUB_BADGE_VOIDED) == 0 || known == NULL)
    return FALSE;
  if ((known->flags & LANYARD_HUB_BADGE_VOIDED) != 0)
    return known->device == 0;
  return merged->device != fold->batch->device;
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
use_seal (Fold *fold, guint64 seq, const LanyardHubFact *fact, GError **error)
{
  LanyardHubStore *store = fold->hub->store;
  g_autofree char *other = NULL;

  if (!store->ops->use_seal (store, fact->seal, fact->badge->serial, &other, error))
    return FALSE;
  return other == NULL || lanyard_fault ("hub-seal-unchecked")
         || set_aside (fold, seq, "its seal is on another card", error);
}

static gboolean
apply (Fold *fold, guint64 seq, const LanyardHubFact *fact, GError **error)
{
  const LanyardHubBadge *badge = fact->badge;
  LanyardHubStore *store = fold->hub->store;
  Touched *touched = g_hash_table_lookup (fold->touched, badge->number);
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LanyardHubBadge) known = store->ops->find_badge (store, badge->serial, &local_error);
  g_autoptr (LanyardHubBadge) merged = NULL;
  gboolean was_open, in_roster;

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (is_of_another_person (known, badge))
    return set_aside (fold, seq, "its serial belongs to another accreditation", error);
  /* A person should look; the card may be in somebody's hand all the same. */
  if (is_of_another_desk (known, badge)
      && !set_aside (fold, seq, "its serial was made by another desk", error))
    return FALSE;
  if (fact->seal != NULL && !use_seal (fold, seq, fact, error))
    return FALSE;
  merged = merge_badge (known, badge);
  was_open = known != NULL && lanyard_hub_badge_is_open (known);
  fold_into_holding (touched->holding, was_open, merged);
  touched->opened |= !was_open && lanyard_hub_badge_is_open (merged);
  touched->voided |= (merged->flags & LANYARD_HUB_BADGE_VOIDED) != 0
                     && (known == NULL || (known->flags & LANYARD_HUB_BADGE_VOIDED) == 0);
  if (!store->ops->save_badge (store, merged, error))
    return FALSE;
  in_roster = touched->entry != NULL || is_pass (merged);
  if (is_revocation (fold, known, merged))
    g_ptr_array_add (touched->revoked, g_steal_pointer (&merged));
  if (!in_roster && badge->flags != 0)
    return set_aside (fold, seq, "its accreditation is not in the roster", error);
  return TRUE;
}

static gboolean
keep_stocks (Fold *fold, GPtrArray *stocks, GError **error)
{
  LanyardHubStore *store = fold->hub->store;

  for (guint i = 0; stocks != NULL && i < stocks->len; i++)
    if (!store->ops->put_stock (store, g_ptr_array_index (stocks, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
apply_all (Fold *fold, GError **error)
{
  for (guint i = 0; i < fold->facts->len; i++)
    {
      const LanyardHubFact *fact = g_ptr_array_index (fold->facts, i);

      if (fact->badge != NULL && !apply (fold, fold->from + i, fact, error))
        return FALSE;
      if (!keep_stocks (fold, fact->stocks, error))
        return FALSE;
    }
  return TRUE;
}

guint32
_lanyard_hub_compute_void_below (GPtrArray *badges)
{
  guint32 highest_void = 0;
  guint32 lowest_open = G_MAXUINT32;

  for (guint i = 0; i < badges->len; i++)
    {
      const LanyardHubBadge *badge = g_ptr_array_index (badges, i);

      if ((badge->flags & CLOSED) != 0)
        highest_void = MAX (highest_void, badge->sequence);
      else if (lanyard_hub_badge_is_open (badge))
        lowest_open = MIN (lowest_open, badge->sequence);
    }
  return highest_void == 0 ? 0 : MIN (highest_void + 1, lowest_open);
}

/* Staff at other desks void and reissue the badge that they are told of: it must be one that is
 * out, also where a later one was voided or is only reserved. */
static void
choose_last (LanyardHubHolding *holding, GPtrArray *badges)
{
  const LanyardHubBadge *best = NULL;

  for (guint i = 0; i < badges->len; i++)
    {
      const LanyardHubBadge *badge = g_ptr_array_index (badges, i);

      if (lanyard_hub_badge_is_open (badge) && (best == NULL || badge->sequence > best->sequence))
        best = badge;
    }
  if (best == NULL)
    return;
  g_free (holding->last_serial);
  holding->last_serial = g_strdup (best->serial);
}

static gboolean
tell (Fold *fold,
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

      if ((badge->flags & ~(guint)CLOSED) == 0)
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
tell_all (Fold *fold,
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
alert_desks (Fold *fold, Touched *touched, GPtrArray *badges, guint64 gseq, GError **error)
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
      g_ptr_array_add (fold->conflicts, g_strdup (holding->number));
      return tell_all (fold, LANYARD_ALERT_CONFLICT, holding->number, badges, gseq, error);
    }
  if (!holding->disputed && touched->disputed_before)
    return tell_all (fold, LANYARD_ALERT_RESOLVED, holding->number, badges, gseq, error);
  return TRUE;
}

static gboolean
publish (Fold *fold, Touched *touched, guint64 *gseq, GError **error)
{
  LanyardHubStore *store = fold->hub->store;
  const LanyardHubHolding *holding = touched->holding;
  g_autoptr (GBytes) encoded = NULL;
  gboolean changed;

  *gseq = 0;
  changed = holding->open_badges != touched->open_before
            || holding->disputed != touched->disputed_before
            || lanyard_hub_holding_get_lowest_valid (holding) != touched->lowest_before
            || (holding->open_badges > 0
                && g_strcmp0 (holding->last_serial, touched->last_before) != 0);
  if (touched->entry == NULL || !changed)
    return TRUE;
  _lanyard_hub_apply_holding (touched->entry, holding);
  encoded = lanyard_entry_encode (touched->entry);
  return store->ops->put_entry (store, holding->number, encoded, gseq, error);
}

static gboolean
finish (Fold *fold, Touched *touched, GError **error)
{
  LanyardHubStore *store = fold->hub->store;
  LanyardHubHolding *holding = touched->holding;
  g_autoptr (GPtrArray) badges = store->ops->list_badges (store, holding->number, error);
  guint64 gseq;

  if (badges == NULL)
    return FALSE;
  holding->disputed = holding->open_badges > 1 && !lanyard_fault ("hub-no-conflict-check");
  holding->void_below = _lanyard_hub_compute_void_below (badges);
  choose_last (holding, badges);
  /* The desk had not heard yet that there should be no badge. */
  if (touched->entry != NULL && touched->entry->status == LANYARD_STATUS_CANCELLED
      && holding->last_sequence > 0)
    holding->floor = MAX (holding->floor, holding->last_sequence + 1);
  if (touched->voided || lanyard_hub_holding_get_lowest_valid (holding) != touched->lowest_before)
    fold->hub->negative_dirty = TRUE;
  return store->ops->save_holding (store, holding, error) && publish (fold, touched, &gseq, error)
         && alert_desks (fold, touched, badges, gseq, error);
}

void
_lanyard_hub_apply_holding (LanyardEntry *entry, const LanyardHubHolding *holding)
{
  lanyard_issued_clear (&entry->issued);
  entry->issued = (LanyardIssued){
    .open_badges = holding->open_badges,
    .last_sequence = holding->last_sequence,
    .last_serial = g_strdup (holding->last_serial),
    .disputed = holding->disputed,
  };
  entry->lowest_valid_sequence = lanyard_hub_holding_get_lowest_valid (holding);
}

gboolean
_lanyard_hub_fold (LanyardHub *hub,
                   const LanyardBatch *batch,
                   guint64 from,
                   gint64 now_us,
                   GPtrArray *conflicts,
                   GError **error)
{
  g_auto (Fold) fold = {
    .hub = hub,
    .batch = batch,
    .from = from,
    .now_us = now_us,
    .facts = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_fact_free),
    .touched = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify)touched_free),
    .numbers = g_ptr_array_new (),
    .conflicts = conflicts,
  };

  if (!interpret (&fold, error) || !lock_all (&fold, error) || !apply_all (&fold, error))
    return FALSE;
  for (guint i = 0; i < fold.numbers->len; i++)
    {
      const char *number = g_ptr_array_index (fold.numbers, i);

      if (!finish (&fold, g_hash_table_lookup (fold.touched, number), error))
        return FALSE;
    }
  return TRUE;
}
