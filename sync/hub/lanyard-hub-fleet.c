/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-fleet.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hub-interpret.h"
#include "lanyard-hub-private.h"
#include "lanyard-hub-upload.h"

#define HOUR_US (G_GINT64_CONSTANT (3600) * G_USEC_PER_SEC)

static LanyardHubDeskState *
get_state (LanyardHub *hub, guint32 device)
{
  LanyardHubDeskState *state;

  if (hub->states == NULL)
    hub->states
        = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)lanyard_hub_desk_state_free);
  state = g_hash_table_lookup (hub->states, GUINT_TO_POINTER (device));
  if (state == NULL)
    {
      state = g_new0 (LanyardHubDeskState, 1);
      state->device = device;
      g_hash_table_insert (hub->states, GUINT_TO_POINTER (device), state);
    }
  return state;
}

void
lanyard_hub_note_seen (LanyardHub *hub, guint32 device, guint32 epoch)
{
  LanyardHubDeskState *state = get_state (hub, device);

  state->epoch = epoch;
  state->seen_us = lanyard_hub_get_now_us (hub);
}

void
lanyard_hub_note_told (LanyardHub *hub, guint32 device, guint32 epoch, const LanyardHubTold *told)
{
  LanyardHubDeskState *state = get_state (hub, device);

  lanyard_hub_note_seen (hub, device, epoch);
  state->told_us = state->seen_us;
  state->backlog = told->backlog;
  state->oldest_us = told->oldest_s * G_USEC_PER_SEC;
  state->negative_us = told->negative_s * G_USEC_PER_SEC;
  state->gseq = told->gseq;
  if (told->whole)
    state->fresh_us = state->seen_us;
  g_free (state->software);
  state->software = g_strdup (told->software);
  g_free (state->pack);
  state->pack = g_strdup (told->pack);
}

/* A desk that was only heard keeps what it told before. */
static void
fill_in (LanyardHubDeskState *state, GPtrArray *known)
{
  for (guint i = 0; i < known->len; i++)
    {
      const LanyardHubDeskState *before = g_ptr_array_index (known, i);

      if (before->device != state->device)
        continue;
      state->fresh_us = MAX (state->fresh_us, before->fresh_us);
      if (state->told_us != 0 || before->epoch != state->epoch)
        return;
      state->told_us = before->told_us;
      state->backlog = before->backlog;
      state->oldest_us = before->oldest_us;
      state->gseq = before->gseq;
      state->negative_us = before->negative_us;
      state->software = g_strdup (before->software);
      state->pack = g_strdup (before->pack);
      return;
    }
}

gboolean
lanyard_hub_flush_states (LanyardHub *hub, GError **error)
{
  LanyardHubStore *store = hub->store;
  g_autoptr (GPtrArray) known = NULL;
  GHashTableIter iter;
  gpointer state;

  if (hub->states == NULL || g_hash_table_size (hub->states) == 0)
    return TRUE;
  known = store->ops->list_desk_states (store, error);
  if (known == NULL || !store->ops->begin (store, error))
    return FALSE;
  g_hash_table_iter_init (&iter, hub->states);
  while (g_hash_table_iter_next (&iter, NULL, &state))
    {
      fill_in (state, known);
      if (!store->ops->put_desk_state (store, state, error))
        {
          store->ops->rollback (store);
          return FALSE;
        }
    }
  if (!store->ops->commit (store, error))
    return FALSE;
  g_hash_table_remove_all (hub->states);
  return TRUE;
}

static gboolean
add_deed (LanyardHub *hub,
          const char *person,
          const char *what,
          const char *subject,
          const char *reason,
          GError **error)
{
  const LanyardHubDeed deed = {
    .at_us = lanyard_hub_get_now_us (hub),
    .person = (char *)person,
    .what = (char *)what,
    .subject = (char *)subject,
    .reason = (char *)reason,
  };

  return hub->store->ops->add_deed (hub->store, &deed, error);
}

static gboolean
end (LanyardHub *hub, gboolean done, GError **error)
{
  if (done)
    return _lanyard_hub_commit (hub, error);
  hub->store->ops->rollback (hub->store);
  return FALSE;
}

gboolean
lanyard_hub_note_deed (LanyardHub *hub,
                       const char *person,
                       const char *what,
                       const char *subject,
                       const char *reason,
                       GError **error)
{
  return hub->store->ops->begin (hub->store, error)
         && end (hub, add_deed (hub, person, what, subject, reason, error), error);
}

static gboolean
has_reason (const char *reason, GError **error)
{
  if (reason != NULL && *reason != '\0')
    return TRUE;
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                       "Say why with --reason; it is kept.");
  return FALSE;
}

gboolean
_lanyard_hub_is_revoked (LanyardHub *hub,
                         guint32 device,
                         guint32 epoch,
                         gboolean *revoked,
                         GError **error)
{
  g_autoptr (GPtrArray) revocations = hub->store->ops->list_revocations (hub->store, error);

  *revoked = FALSE;
  for (guint i = 0; revocations != NULL && i < revocations->len; i++)
    {
      const LanyardHubRevocation *revocation = g_ptr_array_index (revocations, i);

      *revoked |= revocation->device == device && revocation->epoch == epoch;
    }
  return revocations != NULL;
}

/* The trust list without @key, or with what is left of it. */
static LanyardTrustList *
reduce_trust (LanyardHub *hub, const LanyardPublicKey *key, gboolean keep_badges)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, TRUE, sizeof (LanyardTrustedKey));

  for (guint i = 0; i < lanyard_trust_list_get_n_keys (hub->trust); i++)
    {
      LanyardTrustedKey trusted = *lanyard_trust_list_get_key (hub->trust, i);

      if (memcmp (trusted.key.bytes, key->bytes, LANYARD_PUBLIC_KEY_BYTES) == 0)
        {
          trusted.scopes &= (guint32)LANYARD_SCOPE_BADGE;
          if (!keep_badges || trusted.scopes == 0)
            continue;
        }
      g_array_append_val (keys, trusted);
    }
  return lanyard_trust_list_new (lanyard_trust_list_get_counter (hub->trust) + 1,
                                 _lanyard_hub_now_s (hub), (const LanyardTrustedKey *)keys->data,
                                 keys->len);
}

/* Tells every desk but the one that it is about. */
static gboolean
tell_desks (LanyardHub *hub, const LanyardHubEnrolment *revoked, GError **error)
{
  LanyardHubStore *store = hub->store;
  g_autoptr (GPtrArray) enrolments = store->ops->list_enrolments (store, error);
  g_autofree char *name = g_strdup_printf ("desk-%u", revoked->device);
  char *serials[] = { revoked->prefix, NULL };
  LanyardAlert alert = {
    .kind = LANYARD_ALERT_DESK_REVOKED,
    .number = name,
    .serials = serials,
    .at_us = lanyard_hub_get_now_us (hub),
  };
  guint32 last = 0;

  if (enrolments == NULL)
    return FALSE;
  for (guint i = 0; i < enrolments->len; i++)
    {
      const LanyardHubEnrolment *enrolment = g_ptr_array_index (enrolments, i);

      if (enrolment->device == revoked->device || enrolment->device == last)
        continue;
      last = enrolment->device;
      if (!store->ops->add_alert (store, enrolment->device, &alert, error))
        return FALSE;
    }
  return TRUE;
}

static gboolean
put_revocation (LanyardHub *hub,
                const LanyardHubEnrolment *enrolment,
                const LanyardTrustList *trust,
                const LanyardHubRevocation *revocation,
                GError **error)
{
  LanyardHubStore *store = hub->store;
  g_autoptr (GBytes) message = lanyard_trust_list_sign (trust, hub->key);

  return store->ops->put_document (store, LANYARD_HUB_DOCUMENT_TRUST, message, error)
         && store->ops->put_revocation (store, revocation, error)
         && tell_desks (hub, enrolment, error);
}

static gboolean
keep_revocation (LanyardHub *hub,
                 const LanyardHubEnrolment *enrolment,
                 const LanyardTrustList *trust,
                 const char *person,
                 const char *reason,
                 GError **error)
{
  g_autofree char *subject = g_strdup_printf ("desk %u/%u", enrolment->device, enrolment->epoch);
  const LanyardHubRevocation revocation = {
    .device = enrolment->device,
    .epoch = enrolment->epoch,
    .at_us = lanyard_hub_get_now_us (hub),
    .person = (char *)person,
    .reason = (char *)reason,
  };

  return put_revocation (hub, enrolment, trust, &revocation, error)
         && _lanyard_hub_leave_desk (hub, enrolment->device, error)
         && add_deed (hub, person, "revoke", subject, reason, error);
}

/* The list with what is left of a key is the one in force. @trust: (transfer full) */
static void
use_trust (LanyardHub *hub, LanyardTrustList *trust)
{
  lanyard_trust_list_unref (hub->trust);
  hub->trust = trust;
  hub->generation++;
}

gboolean
_lanyard_hub_revoke_again (LanyardHub *hub,
                           const LanyardHubRevocation *revocation,
                           gboolean keep_badges,
                           GError **error)
{
  LanyardHubStore *store = hub->store;
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LanyardHubEnrolment) enrolment
      = store->ops->find_enrolment (store, revocation->device, revocation->epoch, &local_error);
  g_autoptr (LanyardTrustList) trust = NULL;
  gboolean revoked = FALSE;

  if (enrolment == NULL && local_error == NULL)
    g_set_error (&local_error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                 "Desk %u was never enrolled in epoch %u.", revocation->device, revocation->epoch);
  else if (enrolment != NULL
           && _lanyard_hub_is_revoked (hub, enrolment->device, enrolment->epoch, &revoked,
                                       &local_error)
           && revoked)
    g_set_error (&local_error, LANYARD_ERROR, LANYARD_ERROR_STATE, "Desk %u is revoked already.",
                 revocation->device);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  trust = reduce_trust (hub, &enrolment->key, keep_badges);
  if (!store->ops->begin (store, error)
      || !end (hub, put_revocation (hub, enrolment, trust, revocation, error), error))
    return FALSE;
  use_trust (hub, g_steal_pointer (&trust));
  /* Its desk may have another epoch by now, whose badges nobody has to ask about. */
  return _lanyard_hub_leave_forgotten (hub, error);
}

gboolean
lanyard_hub_revoke (LanyardHub *hub,
                    guint32 device,
                    gboolean keep_badges,
                    const char *person,
                    const char *reason,
                    GError **error)
{
  LanyardHubStore *store = hub->store;
  g_autoptr (LanyardHubEnrolment) enrolment = NULL;
  g_autoptr (LanyardTrustList) trust = NULL;
  g_autoptr (GError) local_error = NULL;
  gboolean revoked;

  enrolment = store->ops->find_enrolment (store, device, 0, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (enrolment == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND, "There is no desk %u.", device);
      return FALSE;
    }
  if (!has_reason (reason, error)
      || !_lanyard_hub_is_revoked (hub, enrolment->device, enrolment->epoch, &revoked, error))
    return FALSE;
  if (revoked)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE,
                   "Desk %u is revoked already; a new code brings it back.", device);
      return FALSE;
    }
  trust = reduce_trust (hub, &enrolment->key, keep_badges);
  if (!store->ops->begin (store, error)
      || !end (hub, keep_revocation (hub, enrolment, trust, person, reason, error), error))
    return FALSE;
  use_trust (hub, g_steal_pointer (&trust));
  return TRUE;
}

static LanyardHubAside *
find_aside (LanyardHub *hub, guint32 device, guint32 epoch, guint64 seq, GError **error)
{
  g_autoptr (GPtrArray) rows = NULL;
  LanyardHubAside *aside = NULL;

  rows = seq == 0 ? NULL
                  : hub->store->ops->list_quarantine (hub->store, TRUE, device, epoch, seq - 1, 1,
                                                      error);
  if (rows != NULL && rows->len == 1)
    {
      aside = g_ptr_array_index (rows, 0);
      if (aside->device == device && aside->epoch == epoch && aside->seq == seq)
        return g_ptr_array_steal_index (rows, 0);
    }
  if (rows != NULL || seq == 0)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND,
                 "Record %u/%u/%" G_GUINT64_FORMAT " was not set aside.", device, epoch, seq);
  return NULL;
}

static gboolean
keep_decision (LanyardHub *hub,
               const LanyardHubAside *aside,
               const LanyardHubAside *decided,
               GError **error)
{
  if (*aside->decision == '\0')
    return hub->store->ops->decide_quarantine (hub->store, decided, error);
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE,
               "Record %u/%u/%" G_GUINT64_FORMAT " is %s already.", aside->device, aside->epoch,
               aside->seq, aside->decision);
  return FALSE;
}

static gboolean
decide (LanyardHub *hub,
        LanyardHubAside *aside,
        const char *decision,
        const char *person,
        const char *reason,
        GError **error)
{
  g_autofree char *subject = g_strdup_printf ("record %u/%u/%" G_GUINT64_FORMAT, aside->device,
                                              aside->epoch, aside->seq);
  const LanyardHubAside decided = {
    .device = aside->device,
    .epoch = aside->epoch,
    .seq = aside->seq,
    .decision = (char *)decision,
    .decided_us = lanyard_hub_get_now_us (hub),
    .decided_by = (char *)person,
    .reason = (char *)reason,
  };

  return keep_decision (hub, aside, &decided, error)
         && add_deed (hub, person, decision, subject, reason, error);
}

gboolean
lanyard_hub_dismiss_aside (LanyardHub *hub,
                           guint32 device,
                           guint32 epoch,
                           guint64 seq,
                           const char *person,
                           const char *reason,
                           GError **error)
{
  g_autoptr (LanyardHubAside) aside = NULL;

  if (!has_reason (reason, error))
    return FALSE;
  aside = find_aside (hub, device, epoch, seq, error);
  return aside != NULL && hub->store->ops->begin (hub->store, error)
         && end (hub, decide (hub, aside, "dismissed", person, reason, error), error);
}

/* The record as a batch of one, as the fold wants it. */
static LanyardBatch *
make_batch (LanyardHub *hub, guint32 device, guint32 epoch, guint64 seq, GError **error)
{
  LanyardHubStore *store = hub->store;
  g_autoptr (LanyardHubRecord) record = store->ops->find_record (store, device, epoch, seq, error);
  g_autoptr (GArray) hashes = NULL;
  LanyardHash previous = { 0 };
  LanyardBatch *batch;

  if (record == NULL)
    return NULL;
  if (seq > 1)
    {
      hashes = store->ops->get_hashes (store, device, epoch, seq - 1, seq - 1, error);
      if (hashes == NULL)
        return NULL;
      previous = g_array_index (hashes, LanyardHash, 0);
    }
  batch = _lanyard_hub_batch_new (device, epoch, seq, &previous);
  _lanyard_hub_batch_add (batch, record->encoded, &record->hash);
  return batch;
}

/* Reads what @aside is about once more. It is decided already: the fold opens it again when it
 * still makes no sense. */
static gboolean
read_again (LanyardHub *hub, const LanyardHubAside *aside, char **why, GError **error)
{
  g_autoptr (LanyardBatch) batch = make_batch (hub, aside->device, aside->epoch, aside->seq, error);
  g_autoptr (GPtrArray) conflicts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GPtrArray) facts = NULL;
  g_autoptr (LanyardHubAside) after = NULL;

  if (batch == NULL)
    return FALSE;
  facts = _lanyard_hub_interpret_batch (batch);
  /* What it says of blank cards was true then, and is not news now. */
  g_clear_pointer (&((LanyardHubFact *)g_ptr_array_index (facts, 0))->stocks, g_ptr_array_unref);
  if (!_lanyard_hub_fold (hub, batch, facts, aside->seq, lanyard_hub_get_now_us (hub), conflicts,
                          error))
    return FALSE;
  after = find_aside (hub, aside->device, aside->epoch, aside->seq, error);
  if (after == NULL)
    return FALSE;
  if (*after->decision == '\0')
    *why = g_strdup (after->why);
  return TRUE;
}

static gboolean
retry (LanyardHub *hub, LanyardHubAside *aside, const char *person, char **why, GError **error)
{
  return decide (hub, aside, "retried", person, "", error) && read_again (hub, aside, why, error);
}

gboolean
_lanyard_hub_decide_again (LanyardHub *hub,
                           const LanyardHubAside *decided,
                           LanyardHubDecisionResult *result,
                           GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (LanyardHubAside) aside
      = find_aside (hub, decided->device, decided->epoch, decided->seq, &local_error);
  g_autofree char *why = NULL;
  gboolean done;

  *result = LANYARD_HUB_DECISION_KNOWN;
  if (g_error_matches (local_error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND)
      || (aside != NULL && *aside->decision != '\0'))
    return TRUE;
  if (aside == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (!hub->store->ops->begin (hub->store, error))
    return FALSE;
  done = keep_decision (hub, aside, decided, error)
         && (g_str_equal (decided->decision, "dismissed") || read_again (hub, aside, &why, error));
  *result = why == NULL ? LANYARD_HUB_DECISION_TAKEN : LANYARD_HUB_DECISION_WAITS;
  return end (hub, done, error);
}

gboolean
lanyard_hub_retry_aside (LanyardHub *hub,
                         guint32 device,
                         guint32 epoch,
                         guint64 seq,
                         const char *person,
                         char **why,
                         GError **error)
{
  g_autoptr (LanyardHubAside) aside = find_aside (hub, device, epoch, seq, error);

  *why = NULL;
  if (aside == NULL || !hub->store->ops->begin (hub->store, error)
      || !end (hub, retry (hub, aside, person, why, error), error))
    return FALSE;
  hub->generation++;
  return TRUE;
}

gboolean
_lanyard_hub_count_pickups (LanyardHub *hub,
                            const LanyardBatch *batch,
                            GPtrArray *facts,
                            guint64 from,
                            GError **error)
{
  LanyardHubPickups pickups = { .device = batch->device, .epoch = batch->epoch };

  for (guint i = (guint)(from - batch->first); i < facts->len; i++)
    {
      const LanyardHubFact *fact = g_ptr_array_index (facts, i);
      gint64 hour = fact->wall_us / HOUR_US;

      if (fact->kind != LANYARD_RECORD_ISSUED && fact->kind != LANYARD_RECORD_VALIDATED
          && fact->kind != LANYARD_RECORD_PASS_HANDED)
        continue;
      if (pickups.n > 0 && pickups.hour != hour)
        {
          if (!hub->store->ops->add_pickups (hub->store, &pickups, error))
            return FALSE;
          pickups.n = 0;
        }
      pickups.hour = hour;
      pickups.n++;
    }
  return pickups.n == 0 || hub->store->ops->add_pickups (hub->store, &pickups, error);
}
