/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-rebuild.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hub-private.h"
#include "lanyard-hub-store-open.h"
#include "lanyard-hub-upload.h"
#include "lanyard-pack.h"

/* A new store in place of one that was lost: from the keys and the pack, which were kept apart,
 * the list of desks, and the records of their journals. */

#define RECORD_DOMAIN "lanyard/record/1"

LanyardBatch *
lanyard_hub_batch_begin (guint32 device, guint32 epoch, guint64 first, const LanyardHash *previous)
{
  return _lanyard_hub_batch_new (device, epoch, first, previous);
}

void
lanyard_hub_batch_add (LanyardBatch *batch, GBytes *encoded)
{
  LanyardHash hash;

  lanyard_hash_compute (&hash, RECORD_DOMAIN, batch->head.bytes, LANYARD_HASH_BYTES,
                        g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded));
  _lanyard_hub_batch_add (batch, encoded, &hash);
}

gboolean
lanyard_hub_ingest_batch (LanyardHub *hub,
                          LanyardBatch *batch,
                          LanyardReceiptStatus *status,
                          GError **error)
{
  LanyardHubUpload *upload = _lanyard_hub_upload_new_checked (batch);
  g_autoptr (GPtrArray) one = g_ptr_array_new ();
  g_autoptr (LanyardHubEnrolment) enrolment = NULL;
  g_autoptr (GBytes) receipt = NULL;

  g_ptr_array_add (one, upload);
  enrolment = hub->store->ops->find_enrolment (hub->store, batch->device, batch->epoch, NULL);
  if (enrolment == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED,
                   "Desk %u was never enrolled in epoch %u; its records are not taken.",
                   batch->device, batch->epoch);
      lanyard_hub_upload_free (upload);
      return FALSE;
    }
  lanyard_hub_ingest_uploads (hub, one);
  receipt = lanyard_hub_upload_finish (upload, status, error);
  lanyard_hub_upload_free (upload);
  return receipt != NULL;
}

LanyardBatch *
lanyard_hub_batch_open (LanyardHub *hub,
                        guint32 device,
                        guint32 epoch,
                        const void *data,
                        gsize n_bytes,
                        GError **error)
{
  g_autoptr (LanyardTrustList) trust = _lanyard_hub_trust_enrolment (hub, device, epoch, error);
  g_autoptr (LanyardBatch) batch = NULL;

  if (trust == NULL)
    return NULL;
  batch = lanyard_batch_open (data, n_bytes, trust, _lanyard_hub_now_s (hub), NULL, error);
  if (batch == NULL || batch->epoch == epoch)
    return g_steal_pointer (&batch);
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID, "It is a batch of epoch %u, not %u.",
               batch->epoch, epoch);
  return NULL;
}

static GBytes *
read_first_trust (const char *directory, GError **error)
{
  g_autofree char *path
      = g_build_filename (directory, LANYARD_HUB_PACK_DIRECTORY, "trust.cbor", NULL);
  char *content;
  gsize n_content;

  if (!g_file_get_contents (path, &content, &n_content, error))
    return NULL;
  return g_bytes_new_take (content, n_content);
}

/* Every key as it would be had the desks been enrolled one after the other. */
static LanyardTrustList *
make_trust (LanyardHub *hub, const LanyardTrustList *first, GPtrArray *enrolments)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, TRUE, sizeof (LanyardTrustedKey));
  gint64 now_s = _lanyard_hub_now_s (hub);

  for (guint i = 0; i < lanyard_trust_list_get_n_keys (first); i++)
    g_array_append_val (keys, *lanyard_trust_list_get_key (first, i));
  for (guint i = 0; i < enrolments->len; i++)
    {
      const LanyardHubEnrolment *enrolment = g_ptr_array_index (enrolments, i);
      LanyardTrustedKey key = {
        .key = enrolment->key,
        .scopes = LANYARD_SCOPE_BADGE | LANYARD_SCOPE_RECORDS,
        .device = enrolment->device,
        .not_before_s = enrolment->enrolled_us / G_USEC_PER_SEC - LANYARD_HUB_KEY_EARLY_S,
        .not_after_s = now_s + LANYARD_HUB_KEY_VALID_S,
      };

      for (guint k = 0; k < keys->len; k++)
        if (g_array_index (keys, LanyardTrustedKey, k).device == enrolment->device)
          g_array_index (keys, LanyardTrustedKey, k).scopes &= ~(guint32)LANYARD_SCOPE_RECORDS;
      g_array_append_val (keys, key);
    }
  /* Desks refuse a lower counter than they have: the clock is above any count of enrolments. */
  return lanyard_trust_list_new ((guint64)MAX (now_s, 2), now_s,
                                 (const LanyardTrustedKey *)keys->data, keys->len);
}

static gboolean
put_all (LanyardHub *hub, GBytes *first, GBytes *trust, GPtrArray *enrolments, GError **error)
{
  LanyardHubStore *store = hub->store;
  g_autoptr (GBytes) event = g_bytes_new (hub->event, strlen (hub->event));
  g_autoptr (GBytes) root = g_bytes_new (hub->root.bytes, LANYARD_PUBLIC_KEY_BYTES);

  if (!store->ops->put_document (store, LANYARD_HUB_DOCUMENT_EVENT, event, error)
      || !store->ops->put_document (store, LANYARD_HUB_DOCUMENT_ROOT, root, error)
      || !store->ops->put_document (store, LANYARD_HUB_DOCUMENT_TRUST_ROOT, first, error)
      || !store->ops->put_document (store, LANYARD_HUB_DOCUMENT_TRUST, trust, error))
    return FALSE;
  for (guint i = 0; i < enrolments->len; i++)
    if (!store->ops->add_enrolment (store, g_ptr_array_index (enrolments, i), error))
      return FALSE;
  return TRUE;
}

static gboolean
fill_store (LanyardHub *hub, GBytes *first, GPtrArray *enrolments, GError **error)
{
  g_autoptr (LanyardTrustList) base
      = lanyard_trust_list_load (g_bytes_get_data (first, NULL), g_bytes_get_size (first),
                                 &hub->root, NULL, _lanyard_hub_now_s (hub), error);
  g_autoptr (GBytes) trust = NULL;

  if (base == NULL)
    return FALSE;
  hub->trust = make_trust (hub, base, enrolments);
  trust = lanyard_trust_list_sign (hub->trust, hub->key);
  if (!hub->store->ops->begin (hub->store, error))
    return FALSE;
  if (_lanyard_hub_is_unused (hub->store, error) && put_all (hub, first, trust, enrolments, error))
    return hub->store->ops->commit (hub->store, error);
  hub->store->ops->rollback (hub->store);
  return FALSE;
}

/* A file that is there is not even opened: what was lost may still be read out of it. */
static gboolean
has_no_file (const char *place, GError **error)
{
  const char *path = lanyard_hub_store_get_path (place);

  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE,
               "%s is there; move it away, it is never written over.", path);
  return FALSE;
}

gboolean
lanyard_hub_restore (const char *directory,
                     const LanyardPublicKey *root,
                     GPtrArray *enrolments,
                     GError **error)
{
  g_autoptr (LanyardHub) hub = g_new0 (LanyardHub, 1);
  g_autofree char *place = lanyard_hub_store_locate (directory, NULL, error);
  g_autofree char *key = g_build_filename (directory, LANYARD_HUB_KEY_FILE, NULL);
  g_autofree char *pack_path = g_build_filename (directory, LANYARD_HUB_PACK_DIRECTORY, NULL);
  g_autoptr (GBytes) first = NULL;
  g_autoptr (LanyardPack) pack = NULL;

  if (place == NULL || !has_no_file (place, error))
    return FALSE;
  hub->directory = g_strdup (directory);
  hub->clock = lanyard_clock_system ();
  hub->root = *root;
  hub->enrolled = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  hub->key = lanyard_key_load (key, error);
  first = hub->key == NULL ? NULL : read_first_trust (directory, error);
  pack
      = first == NULL ? NULL : lanyard_pack_load (pack_path, root, _lanyard_hub_now_s (hub), error);
  if (pack == NULL)
    return FALSE;
  hub->event = g_strdup (lanyard_pack_get_event (pack));
  hub->store = lanyard_hub_store_open (place, TRUE, error);
  return hub->store != NULL && fill_store (hub, first, enrolments, error);
}
