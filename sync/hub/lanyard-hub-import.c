/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <json-glib/json-glib.h>
#include <string.h>

#include "lanyard-directory.h"

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

/* An entry of the roster as it goes out, and as it went out last. */
typedef struct
{
  LanyardHubHolding *holding; /* owned */
  GBytes *encoded;            /* owned */
  GBytes *present;            /* owned (nullable): there is none yet */
} Plan;

static void
plan_clear (Plan *plan)
{
  g_clear_pointer (&plan->holding, lanyard_hub_holding_free);
  g_clear_pointer (&plan->encoded, g_bytes_unref);
  g_clear_pointer (&plan->present, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Plan, plan_clear)

/* @save: the roster's lowest valid sequence is kept. */
static gboolean
make_plan (LanyardHub *hub, const LanyardEntry *roster, gboolean save, Plan *plan, GError **error)
{
  LanyardHubStore *store = hub->store;
  g_autoptr (LanyardEntry) entry = lanyard_entry_copy (roster);
  g_autoptr (GError) local_error = NULL;

  if (entry == NULL || !lanyard_hub_entry_fits (roster))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                   "The entry %s is larger than an accreditation may be.", roster->number);
      return FALSE;
    }
  plan->holding = store->ops->find_holding (store, roster->number, error);
  if (plan->holding == NULL)
    return FALSE;
  if (!save)
    plan->holding->floor = get_floor (roster, plan->holding);
  else if (!update_floor (hub, plan->holding, get_floor (roster, plan->holding), error))
    return FALSE;
  plan->encoded = _lanyard_hub_encode_with_holding (hub, entry, plan->holding, error);
  if (plan->encoded == NULL)
    return FALSE;
  plan->present = store->ops->find_entry (store, roster->number, &local_error);
  if (local_error == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&local_error));
  return FALSE;
}

static void
count_plan (const Plan *plan, LanyardHubImported *imported)
{
  imported->added += plan->present == NULL;
  imported->same += plan->present != NULL && g_bytes_equal (plan->present, plan->encoded);
  imported->changed += plan->present != NULL && !g_bytes_equal (plan->present, plan->encoded);
}

static gboolean
import_entry (LanyardHub *hub,
              const LanyardEntry *roster,
              LanyardHubImported *imported,
              GError **error)
{
  g_auto (Plan) plan = { 0 };
  guint64 gseq;

  if (!make_plan (hub, roster, TRUE, &plan, error))
    return FALSE;
  count_plan (&plan, imported);
  if (plan.present != NULL && g_bytes_equal (plan.present, plan.encoded))
    return TRUE;
  return hub->store->ops->put_entry (hub->store, roster->number, plan.encoded, &gseq, error);
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
  if (!_lanyard_hub_commit (hub, error))
    return FALSE;
  *imported = counted;
  hub->generation++;
  return TRUE;
}

static JsonNode *
to_json (GBytes *encoded)
{
  g_autoptr (LanyardEntry) entry
      = lanyard_entry_decode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded), NULL);
  g_autofree char *text = entry == NULL ? NULL : lanyard_entry_to_json (entry);

  return text == NULL ? NULL : json_from_string (text, NULL);
}

/* Counts the members that only @from has, or that say something else in @to. */
static void
count_members (JsonObject *from, JsonObject *to, gboolean both, GHashTable *members)
{
  JsonObjectIter iter;
  const char *name;
  JsonNode *value;

  json_object_iter_init (&iter, from);
  while (json_object_iter_next (&iter, &name, &value))
    {
      JsonNode *other = json_object_get_member (to, name);
      gsize n = GPOINTER_TO_SIZE (g_hash_table_lookup (members, name));

      if (other == NULL || (both && !json_node_equal (value, other)))
        g_hash_table_insert (members, g_strdup (name), GSIZE_TO_POINTER (n + 1));
    }
}

gboolean
lanyard_hub_preview_import (LanyardHub *hub,
                            GPtrArray *entries,
                            GHashTable *members,
                            LanyardHubImported *imported,
                            GError **error)
{
  for (guint i = 0; i < entries->len; i++)
    {
      g_auto (Plan) plan = { 0 };
      g_autoptr (JsonNode) before = NULL;
      g_autoptr (JsonNode) after = NULL;

      if (!make_plan (hub, g_ptr_array_index (entries, i), FALSE, &plan, error))
        return FALSE;
      count_plan (&plan, imported);
      if (plan.present == NULL || g_bytes_equal (plan.present, plan.encoded))
        continue;
      before = to_json (plan.present);
      after = to_json (plan.encoded);
      if (before == NULL || after == NULL)
        continue;
      count_members (json_node_get_object (before), json_node_get_object (after), TRUE, members);
      count_members (json_node_get_object (after), json_node_get_object (before), FALSE, members);
    }
  return TRUE;
}
