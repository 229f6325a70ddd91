/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-directory.h"
#include "lanyard-error.h"
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hub-private.h"
#include "lanyard-record.h"

/* The roster's own lowest valid sequence; a cancelled accreditation has no valid badge. */
static guint32
get_floor (const LanyardEntry *entry, const LanyardHubHolding *holding)
{
  if (entry->status == LANYARD_STATUS_CANCELLED && holding->last_sequence > 0)
    return MAX (entry->lowest_valid_sequence, holding->last_sequence + 1);
  return entry->lowest_valid_sequence;
}

static gboolean
update_floor (LanyardHub *hub, LanyardHubHolding *holding, guint32 floor, GError **error)
{
  if (holding->floor == floor)
    return TRUE;
  holding->floor = floor;
  hub->negative_dirty = TRUE;
  return hub->store->ops->save_holding (hub->store, holding, error);
}

gboolean
lanyard_hub_entry_fits (const LanyardEntry *entry)
{
  g_autoptr (LanyardEntry) full = lanyard_entry_copy (entry);
  g_autoptr (GBytes) encoded = NULL;
  char serial[LANYARD_RECORD_MAX_TEXT_BYTES + 1] = { 0 };
  const LanyardHubHolding holding = {
    .open_badges = G_MAXUINT32,
    .last_sequence = G_MAXUINT32,
    .last_serial = memset (serial, 'X', LANYARD_RECORD_MAX_TEXT_BYTES),
    .void_below = G_MAXUINT32,
  };

  _lanyard_hub_apply_holding (full, &holding);
  encoded = lanyard_entry_encode (full);
  return g_bytes_get_size (encoded) <= LANYARD_ENTRY_MAX_BYTES;
}

static gboolean
import_entry (LanyardHub *hub,
              const LanyardEntry *roster,
              LanyardHubImported *imported,
              GError **error)
{
  LanyardHubStore *store = hub->store;
  g_autoptr (LanyardEntry) entry = lanyard_entry_copy (roster);
  g_autoptr (LanyardHubHolding) holding = store->ops->find_holding (store, roster->number, error);
  g_autoptr (GBytes) encoded = NULL;
  g_autoptr (GBytes) present = NULL;
  g_autoptr (GError) local_error = NULL;
  guint64 gseq;

  if (!lanyard_hub_entry_fits (roster))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                   "The entry %s is larger than an accreditation may be.", roster->number);
      return FALSE;
    }
  if (holding == NULL || !update_floor (hub, holding, get_floor (roster, holding), error))
    return FALSE;
  _lanyard_hub_apply_holding (entry, holding);
  encoded = lanyard_entry_encode (entry);
  present = store->ops->find_entry (store, roster->number, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (present != NULL && g_bytes_equal (present, encoded))
    {
      imported->same++;
      return TRUE;
    }
  imported->added += present == NULL;
  imported->changed += present != NULL;
  return store->ops->put_entry (store, roster->number, encoded, &gseq, error);
}

static gboolean
import_all (LanyardHub *hub,
            GPtrArray *entries,
            GPtrArray *photos,
            LanyardHubImported *imported,
            GError **error)
{
  for (guint i = 0; i < photos->len; i++)
    {
      GBytes *photo = g_ptr_array_index (photos, i);
      g_autoptr (GBytes) hash = lanyard_photo_hash (photo);

      if (!hub->store->ops->put_photo (hub->store, hash, photo, error))
        return FALSE;
    }
  for (guint i = 0; i < entries->len; i++)
    if (!import_entry (hub, g_ptr_array_index (entries, i), imported, error))
      return FALSE;
  return TRUE;
}

gboolean
lanyard_hub_import (LanyardHub *hub,
                    GPtrArray *entries,
                    GPtrArray *photos,
                    LanyardHubImported *imported,
                    GError **error)
{
  LanyardHubImported counted = *imported;

  if (!hub->store->ops->begin (hub->store, error))
    return FALSE;
  if (!import_all (hub, entries, photos, &counted, error))
    {
      hub->store->ops->rollback (hub->store);
      return FALSE;
    }
  if (!hub->store->ops->commit (hub->store, error))
    return FALSE;
  *imported = counted;
  hub->generation++;
  return TRUE;
}
