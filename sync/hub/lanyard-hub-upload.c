/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-upload.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-hub-private.h"

/*
 * What is checked of an upload without the store: signature, chain, what its records say. That
 * needs nothing but the bytes and the trust list of the moment, so another thread does it while the
 * hub's waits for the database; where none has come to it, the hub's thread does it itself.
 */

#define MAX_THREADS 4
/* So many at most are checked before their turn: what is read of one takes up to 1.5 MB, however
 * small its body is. The others wait as bodies, which have their own limit. */
#define MAX_AHEAD 64

typedef enum
{
  STAGE_NEW,
  STAGE_RUNNING, /* in some thread */
  STAGE_CHECKED,
} Stage;

static gboolean
is_of_place (const LanyardBatch *batch, const LanyardHubPlace *place, GError **error)
{
  if (batch->device == place->device && batch->epoch == place->epoch && batch->first == place->first
      && lanyard_batch_get_last (batch) == place->last)
    return TRUE;
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       "The batch is not the one that the request names.");
  return FALSE;
}

/* Enrolments never change, so a key that was right once stays right: what ends it is the trust
 * list.
 */
static const LanyardKid *
find_enrolled (LanyardHub *hub, const LanyardBatch *batch, GError **error)
{
  g_autoptr (LanyardHubEnrolment) enrolment = NULL;
  guint64 place = (guint64)batch->device << 32 | batch->epoch;
  LanyardKid *kid = g_hash_table_lookup (hub->enrolled, &place);

  if (kid != NULL)
    return kid;
  enrolment = hub->store->ops->find_enrolment (hub->store, batch->device, batch->epoch, error);
  if (enrolment == NULL)
    return NULL;
  kid = g_new (LanyardKid, 1);
  lanyard_public_key_get_kid (&enrolment->key, kid);
  g_hash_table_insert (hub->enrolled, g_memdup2 (&place, sizeof place), kid);
  return kid;
}

/* The key must be the one that was enrolled for this very epoch. */
static gboolean
is_enrolled (LanyardHub *hub, const LanyardBatch *batch, const LanyardKid *kid, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  const LanyardKid *enrolled = find_enrolled (hub, batch, &local_error);

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (enrolled == NULL || memcmp (enrolled->bytes, kid->bytes, LANYARD_KID_BYTES) != 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED,
                   "Desk %u is not enrolled with this key in epoch %u.", batch->device,
                   batch->epoch);
      return FALSE;
    }
  return TRUE;
}

/* A desk that another hub over the same store enrolled a moment ago. */
static gboolean
hear_of_desks (LanyardHub *hub, const GError *why)
{
  guint64 through;
  guint32 device;

  if (!g_error_matches (why, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED)
      || !hub->store->ops->is_shared (hub->store)
      || !hub->store->ops->get_last_enrolment (hub->store, &device, &through, NULL)
      || through == hub->trusted_through || !_lanyard_hub_refresh_trust (hub, NULL))
    return FALSE;
  hub->trusted_through = through;
  return TRUE;
}

LanyardTrustList *
_lanyard_hub_trust_enrolment (LanyardHub *hub, guint32 device, guint32 epoch, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LanyardHubEnrolment) enrolment
      = hub->store->ops->find_enrolment (hub->store, device, epoch, &local_error);
  LanyardTrustedKey key = { .scopes = (guint32)LANYARD_SCOPE_RECORDS, .device = device };

  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (enrolment == NULL || epoch == 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED,
                   "Desk %u was never enrolled in epoch %u.", device, epoch);
      return NULL;
    }
  key.key = enrolment->key;
  key.not_after_s = G_MAXINT64;
  return lanyard_trust_list_new (1, _lanyard_hub_now_s (hub), &key, 1);
}

/* The key of an epoch that a later one of the same desk took the place of: what was signed with it
 * and waited at a relay meanwhile is as true as before. Of a key that was revoked nobody knows. */
static LanyardTrustList *
trust_ended (LanyardHub *hub, const LanyardHubPlace *place, const GError *why)
{
  g_autoptr (LanyardHubEnrolment) newest = NULL;
  gboolean revoked;

  if (!g_error_matches (why, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED)
      || lanyard_fault ("hub-late-refused"))
    return NULL;
  newest = hub->store->ops->find_enrolment (hub->store, place->device, 0, NULL);
  if (newest == NULL || newest->epoch <= place->epoch
      || !_lanyard_hub_is_revoked (hub, place->device, place->epoch, &revoked, NULL) || revoked)
    return NULL;
  return _lanyard_hub_trust_enrolment (hub, place->device, place->epoch, NULL);
}

static void
upload_unref (LanyardHubUpload *upload)
{
  if (!g_atomic_ref_count_dec (&upload->references))
    return;
  lanyard_batch_free (upload->batch);
  g_clear_pointer (&upload->facts, g_ptr_array_unref);
  g_clear_pointer (&upload->receipt, lanyard_receipt_free);
  g_clear_pointer (&upload->message, g_bytes_unref);
  g_clear_error (&upload->error);
  lanyard_trust_list_unref (upload->trust);
  g_mutex_clear (&upload->lock);
  g_cond_clear (&upload->changed);
  g_free (upload);
}

/* Returns: whether it was the caller who moved @upload on from @from */
static gboolean
move_on (LanyardHubUpload *upload, Stage from, Stage to)
{
  gboolean moved;

  g_mutex_lock (&upload->lock);
  moved = upload->stage == (int)from;
  if (moved)
    {
      upload->stage = to;
      g_cond_broadcast (&upload->changed);
    }
  g_mutex_unlock (&upload->lock);
  return moved;
}

static void
wait_until_checked (LanyardHubUpload *upload)
{
  g_mutex_lock (&upload->lock);
  while (upload->stage != STAGE_CHECKED)
    g_cond_wait (&upload->changed, &upload->lock);
  g_mutex_unlock (&upload->lock);
}

static void
open_batch (LanyardHubUpload *upload)
{
  g_clear_error (&upload->error);
  upload->batch = lanyard_batch_open (upload->data, upload->n_bytes, upload->trust, upload->now_s,
                                      &upload->kid, &upload->error);
  if (upload->batch != NULL && is_of_place (upload->batch, &upload->place, &upload->error))
    upload->facts = _lanyard_hub_interpret_batch (upload->batch);
}

/* In any thread. */
static void
check (LanyardHubUpload *upload)
{
  if (!move_on (upload, STAGE_NEW, STAGE_RUNNING))
    return;
  open_batch (upload);
  move_on (upload, STAGE_RUNNING, STAGE_CHECKED);
}

static void
on_turn (gpointer data, gpointer user_data)
{
  LanyardHubUpload *upload = data;

  check (upload);
  upload_unref (upload);
}

/* It has its turn now, or never will. */
static void
end_ahead (LanyardHubUpload *upload)
{
  if (upload->n_ahead != NULL)
    (*upload->n_ahead)--;
  upload->n_ahead = NULL;
}

/* Of what is refused or stored nothing is kept but the answer, which may wait long for its reader.
 */
static void
drop_content (LanyardHubUpload *upload)
{
  g_clear_pointer (&upload->batch, lanyard_batch_free);
  g_clear_pointer (&upload->facts, g_ptr_array_unref);
}

static LanyardHubUpload *
make_empty (void)
{
  LanyardHubUpload *upload = g_new0 (LanyardHubUpload, 1);

  g_atomic_ref_count_init (&upload->references);
  g_mutex_init (&upload->lock);
  g_cond_init (&upload->changed);
  return upload;
}

static LanyardHubUpload *
make_upload (LanyardHub *hub, const LanyardHubPlace *place, const void *data, gsize n_bytes)
{
  LanyardHubUpload *upload = make_empty ();

  upload->place = *place;
  upload->data = data;
  upload->n_bytes = n_bytes;
  upload->trust = lanyard_trust_list_ref (hub->trust);
  upload->now_s = _lanyard_hub_now_s (hub);
  return upload;
}

LanyardHubUpload *
_lanyard_hub_upload_new_checked (LanyardBatch *batch)
{
  LanyardHubUpload *upload = make_empty ();

  upload->stage = STAGE_CHECKED;
  upload->settled = TRUE;
  upload->batch = batch;
  upload->facts = _lanyard_hub_interpret_batch (batch);
  return upload;
}

LanyardHubUpload *
lanyard_hub_upload_begin (LanyardHub *hub,
                          const LanyardHubPlace *place,
                          const void *data,
                          gsize n_bytes)
{
  LanyardHubUpload *upload;

  g_return_val_if_fail (hub != NULL && place != NULL, NULL);

  upload = make_upload (hub, place, data, n_bytes);
  lanyard_hub_upload_go_ahead (hub, upload);
  return upload;
}

gboolean
lanyard_hub_upload_go_ahead (LanyardHub *hub, LanyardHubUpload *upload)
{
  guint n_threads = MIN (g_get_num_processors (), MAX_THREADS);

  g_return_val_if_fail (hub != NULL && upload != NULL, FALSE);

  if (upload->n_ahead != NULL || upload->settled)
    return TRUE;
  if (hub->checkers == NULL && n_threads > 1)
    hub->checkers = g_thread_pool_new (on_turn, NULL, (gint)n_threads - 1, FALSE, NULL);
  if (hub->checkers == NULL || hub->n_ahead >= MAX_AHEAD)
    return FALSE;
  hub->n_ahead++;
  upload->n_ahead = &hub->n_ahead;
  g_atomic_ref_count_inc (&upload->references);
  g_thread_pool_push (hub->checkers, upload, NULL);
  return TRUE;
}

gboolean
lanyard_hub_upload_settle (LanyardHub *hub, LanyardHubUpload *upload, GError **error)
{
  LanyardTrustList *ended;

  g_return_val_if_fail (hub != NULL && upload != NULL && !upload->settled, FALSE);

  check (upload);
  wait_until_checked (upload);
  end_ahead (upload);
  upload->settled = TRUE;
  if (upload->batch == NULL && hear_of_desks (hub, upload->error))
    {
      lanyard_trust_list_unref (upload->trust);
      upload->trust = lanyard_trust_list_ref (hub->trust);
      open_batch (upload);
    }
  if (upload->batch == NULL && (ended = trust_ended (hub, &upload->place, upload->error)) != NULL)
    {
      lanyard_trust_list_unref (upload->trust);
      upload->trust = ended;
      open_batch (upload);
    }
  upload->data = NULL;
  if (upload->error == NULL && is_enrolled (hub, upload->batch, &upload->kid, &upload->error))
    return TRUE;
  drop_content (upload);
  if (error != NULL)
    *error = g_error_copy (upload->error);
  return FALSE;
}

LanyardHubUpload *
lanyard_hub_upload_new (LanyardHub *hub,
                        const LanyardHubPlace *place,
                        const void *data,
                        gsize n_bytes,
                        GError **error)
{
  LanyardHubUpload *upload;

  g_return_val_if_fail (hub != NULL && place != NULL, NULL);

  upload = make_upload (hub, place, data, n_bytes);
  if (lanyard_hub_upload_settle (hub, upload, error))
    return upload;
  lanyard_hub_upload_free (upload);
  return NULL;
}

void
lanyard_hub_upload_free (LanyardHubUpload *upload)
{
  if (upload == NULL)
    return;
  /* Its bytes go with whoever frees it. */
  if (!move_on (upload, STAGE_NEW, STAGE_CHECKED))
    wait_until_checked (upload);
  end_ahead (upload);
  upload_unref (upload);
}

void
_lanyard_hub_upload_end (LanyardHubUpload *upload)
{
  drop_content (upload);
}

guint
lanyard_hub_upload_get_n_records (const LanyardHubUpload *upload)
{
  return upload->batch->records->len;
}

GBytes *
lanyard_hub_upload_finish (LanyardHubUpload *upload, LanyardReceiptStatus *status, GError **error)
{
  g_return_val_if_fail (upload->message != NULL || upload->error != NULL, NULL);

  if (upload->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&upload->error));
      return NULL;
    }
  *status = upload->receipt->status;
  return g_steal_pointer (&upload->message);
}
