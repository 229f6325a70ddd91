/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub.h"

#include <sodium.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hub-fleet.h"
#include "lanyard-hub-private.h"
#include "lanyard-hub-snapshot.h"
#include "lanyard-hub-store-open.h"

LanyardTrustList *
_lanyard_hub_load_trust (LanyardHub *hub, GError **error)
{
  g_autoptr (GBytes) first = NULL;
  g_autoptr (GBytes) present = NULL;
  g_autoptr (LanyardTrustList) base = NULL;
  gint64 now_s = _lanyard_hub_now_s (hub);

  first = hub->store->ops->find_document (hub->store, LANYARD_HUB_DOCUMENT_TRUST_ROOT, error);
  if (first == NULL)
    return NULL;
  base = lanyard_trust_list_load (g_bytes_get_data (first, NULL), g_bytes_get_size (first),
                                  &hub->root, NULL, now_s, error);
  if (base == NULL)
    return NULL;
  present = hub->store->ops->find_document (hub->store, LANYARD_HUB_DOCUMENT_TRUST, error);
  if (present == NULL)
    return NULL;
  return lanyard_trust_list_load (g_bytes_get_data (present, NULL), g_bytes_get_size (present),
                                  &hub->root, base, now_s, error);
}

static gboolean
load_event (LanyardHub *hub, GError **error)
{
  g_autoptr (GBytes) event = NULL;
  g_autoptr (GBytes) root = NULL;

  event = hub->store->ops->find_document (hub->store, LANYARD_HUB_DOCUMENT_EVENT, error);
  if (event == NULL)
    return FALSE;
  root = hub->store->ops->find_document (hub->store, LANYARD_HUB_DOCUMENT_ROOT, error);
  if (root == NULL)
    return FALSE;
  if (g_bytes_get_size (root) != LANYARD_PUBLIC_KEY_BYTES)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_CORRUPT,
                   "The root key in the hub's database at %s is damaged.", hub->directory);
      return FALSE;
    }
  hub->event = g_strndup (g_bytes_get_data (event, NULL), g_bytes_get_size (event));
  memcpy (hub->root.bytes, g_bytes_get_data (root, NULL), LANYARD_PUBLIC_KEY_BYTES);
  return TRUE;
}

gboolean
_lanyard_hub_refresh_trust (LanyardHub *hub, GError **error)
{
  LanyardTrustList *trust = _lanyard_hub_load_trust (hub, error);

  if (trust == NULL)
    return FALSE;
  if (lanyard_trust_list_get_counter (trust) < lanyard_trust_list_get_counter (hub->trust))
    {
      lanyard_trust_list_unref (trust);
      return TRUE;
    }
  lanyard_trust_list_unref (hub->trust);
  hub->trust = trust;
  return TRUE;
}

gboolean
_lanyard_hub_commit (LanyardHub *hub, GError **error)
{
  LanyardHubStore *store = hub->store;

  if (hub->negative_dirty && !store->ops->tell (store, LANYARD_HUB_NEWS_VOID, error))
    {
      store->ops->rollback (store);
      return FALSE;
    }
  return store->ops->commit (store, error);
}

void
lanyard_hub_hear (LanyardHub *hub)
{
  LanyardHubNews news = hub->store->ops->read_news (hub->store);
  g_autoptr (GError) error = NULL;

  if (news == 0)
    return;
  hub->generation++;
  hub->outdated |= (news & LANYARD_HUB_NEWS_SCHEMA) != 0;
  if ((news & LANYARD_HUB_NEWS_VOID) != 0)
    hub->negative_dirty = TRUE;
  if ((news & LANYARD_HUB_NEWS_DOCUMENT) != 0 && !_lanyard_hub_refresh_trust (hub, &error))
    g_debug ("the trust list in force stays: %s", error->message);
}

gboolean
lanyard_hub_is_outdated (LanyardHub *hub)
{
  return hub->outdated;
}

gint64
_lanyard_hub_now_s (LanyardHub *hub)
{
  return lanyard_clock_wall_us (hub->clock) / G_USEC_PER_SEC;
}

/* Whatever was put back from a backup was put back before now. */
static gboolean
begin_era (LanyardHub *hub, GError **error)
{
  LanyardHubStore *store = hub->store;
  guint64 era = 0;

  while (era == 0)
    {
      randombytes_buf (&era, sizeof era);
      era &= G_MAXINT64;
    }
  if (!store->ops->begin (store, error))
    return FALSE;
  if (!store->ops->begin_era (store, era, error))
    {
      store->ops->rollback (store);
      return FALSE;
    }
  return store->ops->commit (store, error);
}

LanyardHub *
lanyard_hub_open (const char *directory, const LanyardClock *clock, GError **error)
{
  return lanyard_hub_open_store (directory, NULL, clock, error);
}

LanyardHub *
lanyard_hub_open_store (const char *directory,
                        const char *where,
                        const LanyardClock *clock,
                        GError **error)
{
  g_autoptr (LanyardHub) hub = g_new0 (LanyardHub, 1);
  g_autofree char *key_path = g_build_filename (directory, LANYARD_HUB_KEY_FILE, NULL);
  g_autofree char *place = NULL;

  g_return_val_if_fail (directory != NULL, NULL);

  hub->directory = g_strdup (directory);
  hub->clock = clock != NULL ? clock : lanyard_clock_system ();
  hub->negative_dirty = TRUE;
  hub->enrolled = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  place = lanyard_hub_store_locate (directory, where, error);
  hub->store = place == NULL ? NULL : lanyard_hub_store_open (place, FALSE, error);
  if (hub->store == NULL)
    return NULL;
  hub->key = lanyard_key_load (key_path, error);
  if (hub->key == NULL || !load_event (hub, error))
    return NULL;
  hub->trust = _lanyard_hub_load_trust (hub, error);
  if (hub->trust == NULL || !begin_era (hub, error) || !_lanyard_hub_reread (hub, error)
      || !_lanyard_hub_leave_forgotten (hub, error))
    return NULL;
  return g_steal_pointer (&hub);
}

void
lanyard_hub_close (LanyardHub *hub)
{
  if (hub == NULL)
    return;
  if (hub->checkers != NULL)
    g_thread_pool_free (hub->checkers, FALSE, TRUE);
  /* Who was heard is no reason not to close. */
  if (hub->store != NULL)
    lanyard_hub_flush_states (hub, NULL);
  g_clear_pointer (&hub->states, g_hash_table_unref);
  g_clear_pointer (&hub->build, lanyard_hub_snapshot_build_free);
  lanyard_hub_store_close (hub->store);
  g_clear_pointer (&hub->key, lanyard_key_unref);
  g_clear_pointer (&hub->trust, lanyard_trust_list_unref);
  g_clear_pointer (&hub->enrolled, g_hash_table_unref);
  g_free (hub->event);
  g_free (hub->directory);
  g_free (hub);
}

const char *
lanyard_hub_get_event (LanyardHub *hub)
{
  return hub->event;
}

const LanyardTrustList *
lanyard_hub_get_trust (LanyardHub *hub)
{
  return hub->trust;
}

LanyardHubStore *
lanyard_hub_get_store (LanyardHub *hub)
{
  return hub->store;
}

const LanyardPublicKey *
lanyard_hub_get_root (LanyardHub *hub)
{
  return &hub->root;
}

gint64
lanyard_hub_get_now_us (LanyardHub *hub)
{
  return lanyard_clock_wall_us (hub->clock);
}

guint64
lanyard_hub_get_generation (LanyardHub *hub)
{
  return hub->generation;
}

LanyardToken *
lanyard_hub_authenticate (LanyardHub *hub,
                          const char *header,
                          const char *method,
                          const char *path,
                          GError **error)
{
  g_autoptr (LanyardToken) token = NULL;
  g_autoptr (LanyardHubEnrolment) enrolment = NULL;
  g_autoptr (GError) local_error = NULL;

  token = lanyard_token_open (header, hub->trust, method, path, _lanyard_hub_now_s (hub), error);
  if (token == NULL)
    return NULL;
  enrolment = hub->store->ops->find_enrolment (hub->store, token->device, 0, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (enrolment == NULL || enrolment->epoch != token->epoch)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED,
                   "Epoch %u is not the present one of desk %u; enrol the desk again.",
                   token->epoch, token->device);
      return NULL;
    }
  return g_steal_pointer (&token);
}
