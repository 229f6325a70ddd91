/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <sodium.h>
#include <string.h>

#include "lanyard-enrolment-message.h"
#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-hub-pack.h"
#include "lanyard-hub-private.h"

#define CODE_DOMAIN "lanyard/enrolment-code/1"
/* K and four digits of base 36: one prefix for each enrolment, so that no two journals, not even
 * two of the same desk, ever make the same serial. They are drawn by lot: a hub that was put back
 * from a backup does not know which it gave since, and would give those next that it gave then. */
#define PREFIX_DIGITS 4
#define PREFIX_MAX (36 * 36 * 36 * 36)
#define PREFIX_TRIES 1000

static void
hash_code (const char *normal, LanyardHash *hash)
{
  lanyard_hash_compute (hash, CODE_DOMAIN, normal, strlen (normal), NULL, 0);
}

static gboolean
is_venue (LanyardHub *hub, const char *venue, GError **error)
{
  g_autoptr (LanyardPack) pack = lanyard_hub_load_pack (hub, error);

  if (pack == NULL)
    return FALSE;
  if (lanyard_pack_find_code (pack, LANYARD_CODES_VENUE, venue) != NULL)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
               "The event has no venue with the code %s; see its pack.json.", venue);
  return FALSE;
}

static gboolean
is_desk (LanyardHub *hub, guint32 device, GError **error)
{
  g_autoptr (LanyardHubEnrolment) enrolment = NULL;
  g_autoptr (GError) local_error = NULL;

  if (device == 0)
    return TRUE;
  enrolment = hub->store->ops->find_enrolment (hub->store, device, 0, &local_error);
  if (enrolment != NULL)
    return TRUE;
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                 "There is no desk %u; leave the number away to enrol a new desk.", device);
  return FALSE;
}

static gboolean
run_put_code (LanyardHub *hub, const LanyardHubCode *code, GError **error)
{
  if (!hub->store->ops->begin (hub->store, error))
    return FALSE;
  if (!hub->store->ops->put_code (hub->store, code, error))
    {
      hub->store->ops->rollback (hub->store);
      return FALSE;
    }
  return _lanyard_hub_commit (hub, error);
}

char *
lanyard_hub_create_code (LanyardHub *hub,
                         const char *venue,
                         const char *name,
                         guint32 device,
                         gint64 valid_s,
                         GError **error)
{
  g_autofree char *text = lanyard_enrolment_code_new ();
  g_autofree char *normal = lanyard_enrolment_code_normalise (text);
  LanyardHubCode code = {
    .venue = (char *)venue,
    .name = (char *)name,
    .device = device,
    .expires_us = lanyard_hub_get_now_us (hub) + valid_s * G_USEC_PER_SEC,
  };

  if (!is_venue (hub, venue, error) || !is_desk (hub, device, error))
    return NULL;
  hash_code (normal, &code.hash);
  if (!run_put_code (hub, &code, error))
    return NULL;
  return g_steal_pointer (&text);
}

/* One sentence for every reason: who guesses learns nothing. */
static gboolean
refuse (GError **error)
{
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                       "The code is unknown, used, too old or for another venue; "
                       "ask the hub for a new one.");
  return FALSE;
}

static char *
make_prefix (guint32 number)
{
  static const char digits[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  char prefix[PREFIX_DIGITS + 1] = { 0 };

  for (int i = PREFIX_DIGITS - 1; i >= 0; i--)
    {
      prefix[i] = digits[number % 36];
      number /= 36;
    }
  return g_strconcat ("K", prefix, NULL);
}

/* One that no enrolment has. Returns: (transfer full) (nullable) */
static char *
draw_prefix (LanyardHub *hub, GError **error)
{
  g_autoptr (GPtrArray) enrolments = hub->store->ops->list_enrolments (hub->store, error);
  g_autoptr (GHashTable) taken = g_hash_table_new (g_str_hash, g_str_equal);

  if (enrolments == NULL)
    return NULL;
  for (guint i = 0; i < enrolments->len; i++)
    g_hash_table_add (taken,
                      ((const LanyardHubEnrolment *)g_ptr_array_index (enrolments, i))->prefix);
  for (guint i = 0; i < PREFIX_TRIES; i++)
    {
      g_autofree char *prefix = make_prefix (randombytes_uniform (PREFIX_MAX));

      if (!g_hash_table_contains (taken, prefix))
        return g_steal_pointer (&prefix);
    }
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                       "No serial prefixes are left in this event.");
  return NULL;
}

/* The trust list with the new key, one counter up. Badges that an earlier key of the same desk
 * signed stay good; records under it are no longer taken. */
static LanyardTrustList *
extend_trust (LanyardHub *hub, const LanyardHubEnrolment *enrolment)
{
  g_autoptr (GArray) keys = g_array_new (FALSE, TRUE, sizeof (LanyardTrustedKey));
  gint64 now_s = _lanyard_hub_now_s (hub);
  LanyardTrustedKey added = {
    .key = enrolment->key,
    .scopes = LANYARD_SCOPE_BADGE | LANYARD_SCOPE_RECORDS,
    .device = enrolment->device,
    .not_before_s = now_s - LANYARD_HUB_KEY_EARLY_S,
    .not_after_s = now_s + LANYARD_HUB_KEY_VALID_S,
  };

  for (guint i = 0; i < lanyard_trust_list_get_n_keys (hub->trust); i++)
    {
      LanyardTrustedKey key = *lanyard_trust_list_get_key (hub->trust, i);

      if (key.device == enrolment->device)
        key.scopes &= ~(guint32)LANYARD_SCOPE_RECORDS;
      g_array_append_val (keys, key);
    }
  g_array_append_val (keys, added);
  return lanyard_trust_list_new (lanyard_trust_list_get_counter (hub->trust) + 1, now_s,
                                 (const LanyardTrustedKey *)keys->data, keys->len);
}

/* The desk says it, and operators' terminals and pages show it. (transfer full) */
static char *
clean_name (const char *name)
{
  GString *clean = g_string_new (NULL);

  for (const char *c = name; *c != '\0'; c = g_utf8_next_char (c))
    {
      gunichar letter = g_utf8_get_char (c);

      g_string_append_unichar (clean, g_unichar_isprint (letter) ? letter : ' ');
    }
  return g_string_free (clean, FALSE);
}

static LanyardHubEnrolment *
plan_enrolment (LanyardHub *hub,
                const LanyardHubCode *code,
                const LanyardEnrolmentRequest *request,
                GError **error)
{
  g_autoptr (LanyardHubEnrolment) enrolment = g_new0 (LanyardHubEnrolment, 1);
  g_autoptr (LanyardHubEnrolment) previous = NULL;
  g_autoptr (GError) local_error = NULL;
  guint32 last_device;

  if (!hub->store->ops->get_last_enrolment (hub->store, &last_device, &enrolment->id, error))
    return NULL;
  previous = hub->store->ops->find_enrolment (hub->store, code->device, 0, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  enrolment->prefix = draw_prefix (hub, error);
  if (enrolment->prefix == NULL)
    return NULL;
  enrolment->id++;
  enrolment->device = code->device != 0 ? code->device : last_device + 1;
  enrolment->epoch = previous != NULL ? previous->epoch + 1 : 1;
  if (previous != NULL && lanyard_fault ("hub-epoch-reused"))
    enrolment->epoch = previous->epoch;
  enrolment->venue = g_strdup (code->venue);
  enrolment->name = clean_name (*request->name != '\0' ? request->name : code->name);
  enrolment->key = request->key;
  enrolment->enrolled_us = lanyard_hub_get_now_us (hub);
  return g_steal_pointer (&enrolment);
}

static gboolean
keep_enrolment (LanyardHub *hub,
                LanyardHubCode *code,
                const LanyardHubEnrolment *enrolment,
                GBytes *trust,
                GError **error)
{
  LanyardHubStore *store = hub->store;

  code->enrolment = enrolment->id;
  return _lanyard_hub_leave_desk (hub, enrolment->device, error)
         && store->ops->add_enrolment (store, enrolment, error)
         && store->ops->put_code (store, code, error)
         && store->ops->put_document (store, LANYARD_HUB_DOCUMENT_TRUST, trust, error);
}

/* Uses @code up. @trust: (out): in force after the commit. Returns: (transfer full) (nullable): who
 * the desk is */
static LanyardHubEnrolment *
use_code (LanyardHub *hub,
          LanyardHubCode *code,
          const LanyardEnrolmentRequest *request,
          LanyardTrustList **trust,
          GError **error)
{
  g_autoptr (LanyardHubEnrolment) enrolment = NULL;
  g_autoptr (GBytes) message = NULL;

  /* Another hub over the same store may have enrolled desks. */
  if (!_lanyard_hub_refresh_trust (hub, error))
    return NULL;
  enrolment = plan_enrolment (hub, code, request, error);
  if (enrolment == NULL)
    return NULL;
  *trust = extend_trust (hub, enrolment);
  message = lanyard_trust_list_sign (*trust, hub->key);
  if (!keep_enrolment (hub, code, enrolment, message, error))
    return NULL;
  return g_steal_pointer (&enrolment);
}

/* A desk that did not hear the answer asks again with the same key and gets it again. */
static LanyardHubEnrolment *
answer_again (LanyardHub *hub,
              const LanyardHubCode *code,
              const LanyardEnrolmentRequest *request,
              GError **error)
{
  g_autoptr (LanyardHubEnrolment) enrolment = NULL;
  g_autoptr (GError) local_error = NULL;

  enrolment = hub->store->ops->find_enrolment_by_id (hub->store, code->enrolment, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (enrolment == NULL
      || memcmp (enrolment->key.bytes, request->key.bytes, LANYARD_PUBLIC_KEY_BYTES) != 0)
    {
      refuse (error);
      return NULL;
    }
  return g_steal_pointer (&enrolment);
}

/* A desk that did not hear the answer in the time of its code comes with the key of that answer and
 * a new code. A key is enrolled once: it gets that answer, if the code would have made it. */
static LanyardHubEnrolment *
answer_late (LanyardHub *hub, LanyardHubCode *code, LanyardHubEnrolment *known, GError **error)
{
  g_autoptr (LanyardHubEnrolment) enrolment = known;
  g_autoptr (LanyardHubEnrolment) newest = NULL;
  g_autoptr (GError) local_error = NULL;

  newest = hub->store->ops->find_enrolment (hub->store, known->device, 0, &local_error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (newest == NULL || newest->epoch != known->epoch || !g_str_equal (known->venue, code->venue)
      || (code->device != 0 && code->device != known->device))
    {
      refuse (error);
      return NULL;
    }
  code->enrolment = known->id;
  if (!hub->store->ops->put_code (hub->store, code, error))
    return NULL;
  return g_steal_pointer (&enrolment);
}

/* The code that @request names, if it is good: now, and for that venue. */
static LanyardHubCode *
find_good_code (LanyardHub *hub, const LanyardEnrolmentRequest *request, GError **error)
{
  g_autofree char *normal = lanyard_enrolment_code_normalise (request->code);
  g_autoptr (LanyardHubCode) code = NULL;
  g_autoptr (GError) local_error = NULL;
  LanyardHash hash;

  if (normal != NULL)
    {
      hash_code (normal, &hash);
      code = hub->store->ops->find_code (hub->store, &hash, &local_error);
    }
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  if (code == NULL || lanyard_hub_get_now_us (hub) >= code->expires_us
      || !g_str_equal (code->venue, request->venue))
    {
      refuse (error);
      return NULL;
    }
  return g_steal_pointer (&code);
}

static LanyardHubEnrolment *
enrol (LanyardHub *hub,
       const LanyardEnrolmentRequest *request,
       LanyardTrustList **trust,
       GError **error)
{
  g_autoptr (LanyardHubCode) code = find_good_code (hub, request, error);
  g_autoptr (GError) local_error = NULL;
  LanyardHubEnrolment *known;

  if (code == NULL)
    return NULL;
  if (code->enrolment != 0)
    return answer_again (hub, code, request, error);
  known = hub->store->ops->find_enrolment_by_key (hub->store, &request->key, &local_error);
  if (known != NULL)
    return answer_late (hub, code, known, error);
  if (local_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local_error));
      return NULL;
    }
  return use_code (hub, code, request, trust, error);
}

/* One transaction, so that no two hubs use one code or give one number twice. It keeps all other
 * writers out, so nobody gets it by guessing: the code is looked up before, and again inside. */
static LanyardHubEnrolment *
run_enrol (LanyardHub *hub, const LanyardEnrolmentRequest *request, GError **error)
{
  g_autoptr (LanyardHubCode) code = find_good_code (hub, request, error);
  g_autoptr (LanyardHubEnrolment) enrolment = NULL;
  g_autoptr (LanyardTrustList) trust = NULL;

  if (code == NULL)
    return NULL;
  if (!hub->store->ops->begin (hub->store, error))
    return NULL;
  enrolment = enrol (hub, request, &trust, error);
  if (enrolment == NULL)
    {
      hub->store->ops->rollback (hub->store);
      return NULL;
    }
  if (!_lanyard_hub_commit (hub, error))
    return NULL;
  if (trust != NULL)
    {
      lanyard_trust_list_unref (hub->trust);
      hub->trust = g_steal_pointer (&trust);
      hub->generation++;
    }
  return g_steal_pointer (&enrolment);
}

GBytes *
lanyard_hub_enrol (LanyardHub *hub, const void *data, gsize n_bytes, GError **error)
{
  g_autoptr (LanyardEnrolmentRequest) request = NULL;
  g_autoptr (LanyardHubEnrolment) enrolment = NULL;
  LanyardEnrolmentAnswer answer;

  request = lanyard_enrolment_request_open (data, n_bytes, error);
  if (request == NULL)
    return NULL;
  enrolment = run_enrol (hub, request, error);
  if (enrolment == NULL)
    return NULL;
  answer = (LanyardEnrolmentAnswer){
    .device = enrolment->device,
    .epoch = enrolment->epoch,
    .event = hub->event,
    .serial_prefix = enrolment->prefix,
    .venue = enrolment->venue,
    .key = enrolment->key,
  };
  return lanyard_enrolment_answer_sign (&answer, hub->key);
}
