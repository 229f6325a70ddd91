/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-fold-private.h"

#include <string.h>

#include "lanyard-error.h"

/*
 * Each accreditation's holding is locked before it is read, in ascending order of numbers, and its
 * count of open badges moves by what each badge moved. It is never counted: two writers that count
 * cannot see each other's badge, and both would find one.
 */

/* One batch. */
typedef struct
{
  LanyardHubFold fold;
  const LanyardBatch *batch;
  guint64 from;       /* seq of the first new record */
  GPtrArray *facts;   /* borrowed (element-type LanyardHubFact): one a record of the batch */
  GPtrArray *numbers; /* owned (element-type utf8): keys of touched, ascending */
} Run;

static void
run_clear (Run *run)
{
  g_clear_pointer (&run->numbers, g_ptr_array_unref);
  g_clear_pointer (&run->fold.touched, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

gboolean
_lanyard_hub_set_aside (LanyardHubFold *fold, guint64 seq, const char *why, GError **error)
{
  LanyardHubStore *store = fold->hub->store;

  return store->ops->quarantine (store, fold->device, fold->epoch, seq, why, error);
}

/* What the new record @seq says. */
static const LanyardHubFact *
get_fact (const Run *run, guint64 seq)
{
  return g_ptr_array_index (run->facts, (guint)(seq - run->batch->first));
}

static gboolean
set_aside_all (Run *run, GError **error)
{
  for (guint64 seq = run->from; seq <= lanyard_batch_get_last (run->batch); seq++)
    {
      const LanyardHubFact *fact = get_fact (run, seq);

      if (fact->why != NULL && !_lanyard_hub_set_aside (&run->fold, seq, fact->why, error))
        return FALSE;
    }
  return TRUE;
}

void
_lanyard_hub_touched_free (LanyardHubTouched *touched)
{
  if (touched == NULL)
    return;
  lanyard_hub_holding_free (touched->holding);
  lanyard_entry_free (touched->entry);
  g_ptr_array_unref (touched->revoked);
  g_free (touched->last_before);
  g_free (touched);
}

LanyardHubTouched *
_lanyard_hub_touch (LanyardHub *hub, const char *number, GError **error)
{
  LanyardHubStore *store = hub->store;
  g_autoptr (GBytes) encoded = NULL;
  g_autoptr (GError) local_error = NULL;
  LanyardHubHolding *holding = store->ops->lock_holding (store, number, error);
  g_autoptr (LanyardHubTouched) touched = NULL;

  if (holding == NULL)
    return NULL;
  touched = g_new0 (LanyardHubTouched, 1);
  touched->holding = holding;
  touched->revoked = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_badge_free);
  touched->open_before = holding->open_badges;
  touched->disputed_before = holding->disputed;
  touched->last_before = g_strdup (holding->last_serial);
  touched->lowest_before = lanyard_hub_holding_get_lowest_valid (holding);
  encoded = store->ops->find_entry (store, number, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  /* One that cannot be read is as one that is missing: it must not keep the desk's records out. */
  if (encoded != NULL)
    touched->entry
        = lanyard_entry_decode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded), NULL);
  return g_steal_pointer (&touched);
}

static gint
compare_numbers (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static gboolean
lock_all (Run *run, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint64 seq = run->from; seq <= lanyard_batch_get_last (run->batch); seq++)
    {
      const LanyardHubFact *fact = get_fact (run, seq);

      if (fact->number != NULL && g_hash_table_add (seen, fact->number))
        g_ptr_array_add (run->numbers, fact->number);
    }
  g_ptr_array_sort (run->numbers, compare_numbers);
  for (guint i = 0; i < run->numbers->len; i++)
    {
      char *number = g_ptr_array_index (run->numbers, i);
      LanyardHubTouched *touched = _lanyard_hub_touch (run->fold.hub, number, error);

      if (touched == NULL)
        return FALSE;
      g_hash_table_insert (run->fold.touched, number, touched);
    }
  return TRUE;
}

static gboolean
keep_stocks (Run *run, GPtrArray *stocks, GError **error)
{
  LanyardHubStore *store = run->fold.hub->store;

  for (guint i = 0; stocks != NULL && i < stocks->len; i++)
    if (!store->ops->put_stock (store, g_ptr_array_index (stocks, i), error))
      return FALSE;
  return TRUE;
}

/* What a person has to know of, and what a later version of this program will read. */
static gboolean
note (Run *run, guint64 seq, const LanyardHubFact *fact, GError **error)
{
  LanyardHubStore *store = run->fold.hub->store;
  LanyardHubOpaque opaque = { .device = run->batch->device,
                              .epoch = run->batch->epoch,
                              .seq = seq,
                              .kind = fact->kind,
                              .version = fact->version };

  if (fact->opaque && !store->ops->put_opaque (store, &opaque, error))
    return FALSE;
  return fact->bad_gseq == 0
         || store->ops->add_alarm (store, "bad-row", run->batch->device, run->batch->epoch,
                                   fact->bad_gseq, run->fold.now_us, error);
}

static gboolean
apply (Run *run, guint64 seq, const LanyardHubFact *fact, GError **error)
{
  LanyardHubFold *fold = &run->fold;

  if (!note (run, seq, fact, error))
    return FALSE;
  if (fact->badge != NULL && !_lanyard_hub_apply_badge (fold, seq, fact, error))
    return FALSE;
  if (fact->resolution != NULL
      && !_lanyard_hub_apply_resolution (fold, g_hash_table_lookup (fold->touched, fact->number),
                                         fact->resolution, error))
    return FALSE;
  return keep_stocks (run, fact->stocks, error);
}

static gboolean
leave_late (Run *run, GError **error)
{
  LanyardHubStore *store = run->fold.hub->store;
  g_autoptr (GPtrArray) fresh = g_ptr_array_new ();
  gboolean ended;

  for (guint64 seq = run->from; seq <= lanyard_batch_get_last (run->batch); seq++)
    {
      const LanyardHubFact *fact = get_fact (run, seq);

      if (fact->badge != NULL && fact->makes)
        g_ptr_array_add (fresh, (gpointer)fact);
    }
  if (fresh->len == 0)
    return TRUE;
  if (!store->ops->is_ended (store, run->fold.device, run->fold.epoch, &ended, error))
    return FALSE;
  return !ended || _lanyard_hub_leave_late (&run->fold, fresh, error);
}

static gboolean
do_run (Run *run, GError **error)
{
  if (!set_aside_all (run, error) || !lock_all (run, error))
    return FALSE;
  for (guint64 seq = run->from; seq <= lanyard_batch_get_last (run->batch); seq++)
    if (!apply (run, seq, get_fact (run, seq), error))
      return FALSE;
  if (!leave_late (run, error))
    return FALSE;
  for (guint i = 0; i < run->numbers->len; i++)
    {
      const char *number = g_ptr_array_index (run->numbers, i);

      if (!_lanyard_hub_settle (&run->fold, g_hash_table_lookup (run->fold.touched, number), error))
        return FALSE;
    }
  return TRUE;
}

gboolean
_lanyard_hub_fold (LanyardHub *hub,
                   const LanyardBatch *batch,
                   GPtrArray *facts,
                   guint64 from,
                   gint64 now_us,
                   GPtrArray *conflicts,
                   GError **error)
{
  g_auto (Run) run = {
    .fold = {
      .hub = hub,
      .device = batch->device,
      .epoch = batch->epoch,
      .now_us = now_us,
      .conflicts = conflicts,
    },
    .batch = batch,
    .from = from,
    .facts = facts,
  };

  run.numbers = g_ptr_array_new ();
  run.fold.touched = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                            (GDestroyNotify)_lanyard_hub_touched_free);
  return do_run (&run, error);
}
