/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-interpret.h"
#include "lanyard-hub-private.h"

/*
 * Records that an earlier version of this program stored without knowing what they say. They say it
 * now, as if they had only just come: in whatever order records arrive, the fold is the same.
 */

#define ROWS 500

/* The record as an upload of its own. Returns: (transfer full) */
static LanyardBatch *
make_batch (const LanyardHubOpaque *opaque)
{
  LanyardBatch *batch = g_new0 (LanyardBatch, 1);
  const LanyardHash hash = { 0 };

  batch->device = opaque->device;
  batch->epoch = opaque->epoch;
  batch->first = opaque->seq;
  batch->records = g_ptr_array_new_with_free_func ((GDestroyNotify)g_bytes_unref);
  batch->hashes = g_array_new (FALSE, FALSE, sizeof (LanyardHash));
  g_ptr_array_add (batch->records, g_bytes_ref (opaque->encoded));
  g_array_append_val (batch->hashes, hash);
  return batch;
}

static gboolean
fold (LanyardHub *hub, const LanyardHubOpaque *opaque, GPtrArray *facts, GError **error)
{
  LanyardHubStore *store = hub->store;
  g_autoptr (LanyardBatch) batch = make_batch (opaque);
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func (g_free);

  if (!store->ops->begin (store, error))
    return FALSE;
  if (!store->ops->drop_opaque (store, opaque->device, opaque->epoch, opaque->seq, error)
      || !_lanyard_hub_fold (hub, batch, facts, opaque->seq, lanyard_hub_get_now_us (hub),
                             conflicts, error))
    {
      store->ops->rollback (store);
      return FALSE;
    }
  return store->ops->commit (store, error);
}

static gboolean
reread (LanyardHub *hub, const LanyardHubOpaque *opaque, GError **error)
{
  const LanyardHash none = { 0 };
  g_autoptr (GPtrArray) facts
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_fact_free);
  LanyardHubFact *fact
      = lanyard_hub_interpret (opaque->encoded, opaque->device, opaque->epoch, opaque->seq, &none);

  g_ptr_array_add (facts, fact);
  return fact->opaque || fold (hub, opaque, facts, error);
}

gboolean
_lanyard_hub_reread (LanyardHub *hub, GError **error)
{
  LanyardHubOpaque at = { 0 };
  guint n;

  do
    {
      g_autoptr (GPtrArray) rows
          = hub->store->ops->list_opaque (hub->store, at.device, at.epoch, at.seq, ROWS, error);

      if (rows == NULL)
        return FALSE;
      n = rows->len;
      for (guint i = 0; i < n; i++)
        {
          const LanyardHubOpaque *opaque = g_ptr_array_index (rows, i);

          at = *opaque;
          if (!reread (hub, opaque, error))
            return FALSE;
        }
    }
  while (n == ROWS);
  return TRUE;
}
