/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include "lanyard-enrolment.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "lanyard-clock.h"
#include "lanyard-enrolment-message.h"
#include "lanyard-error.h"
#include "lanyard-hub-client.h"

/*
 * 1. The new key is on disk as KEY.pending before the hub hears of it, so a desk that crashes or
 * loses the answer asks again with the same key, and the hub answers the same.
 * 2. Identity and key take their places only after everything verified: root → trust lists →
 * answer.
 */

#define LIMIT_S 10

typedef struct
{
  LanyardHubClient *client; /* owned */
  GMainContext *context;    /* owned */
  const LanyardPublicKey *root;
  LanyardTrustList *trust; /* owned */
  gint64 deadline_us;      /* monotonic */
  LanyardHubReply *reply;  /* owned (nullable) */
  GError *error;           /* owned (nullable) */
  gboolean answered;
} Enrolment;

static gint64
now_s (void)
{
  return lanyard_clock_wall_us (lanyard_clock_system ()) / G_USEC_PER_SEC;
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Enrolment *self = user_data;

  self->reply = lanyard_hub_client_send_finish (result, &self->error);
  self->answered = TRUE;
}

/* One request, waited for. Returns: (transfer full) (nullable): the answer of status 200 */
static GBytes *
ask (Enrolment *self,
     const char *method,
     const char *path,
     GBytes *body,
     gsize max_bytes,
     GError **error)
{
  gint64 left_us = self->deadline_us - lanyard_clock_monotonic_us (lanyard_clock_system ());
  LanyardHubRequest request = {
    .method = method,
    .path = path,
    .body = body,
    .max_bytes = max_bytes,
    .timeout_s = (guint)CLAMP (left_us / G_USEC_PER_SEC, 1, LIMIT_S),
    .now_s = now_s (),
  };
  g_autoptr (LanyardHubReply) reply = NULL;

  self->answered = FALSE;
  lanyard_hub_client_send_async (self->client, &request, NULL, on_answered, self);
  while (!self->answered)
    g_main_context_iteration (self->context, TRUE);
  reply = g_steal_pointer (&self->reply);
  if (reply == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&self->error));
      return NULL;
    }
  if (reply->status == 200)
    return g_bytes_ref (reply->body);
  if (reply->from_hub && reply->status == 403)
    g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                         "The hub does not take this code: it is unknown, used, too old or for "
                         "another venue; ask for a new one.");
  else if (reply->status >= 500 || reply->status == 429)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK,
                 "The hub cannot enrol a desk now (%u); try again later.", reply->status);
  else
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                 "What answers at %s is not a hub of this kind (%u); check the address.",
                 lanyard_hub_client_get_url (self->client), reply->status);
  return NULL;
}

static gboolean
get_trust (Enrolment *self, const char *path, GError **error)
{
  g_autoptr (GBytes) content = ask (self, "GET", path, NULL, LANYARD_LIST_MAX_BYTES, error);
  LanyardTrustList *list;

  if (content == NULL)
    return FALSE;
  list = lanyard_trust_list_load (g_bytes_get_data (content, NULL), g_bytes_get_size (content),
                                  self->root, self->trust, now_s (), error);
  if (list == NULL)
    {
      g_prefix_error (error, "The hub at %s does not belong to this desk's event: ",
                      lanyard_hub_client_get_url (self->client));
      return FALSE;
    }
  g_clear_pointer (&self->trust, lanyard_trust_list_unref);
  self->trust = list;
  return TRUE;
}

static LanyardEnrolmentAnswer *
ask_to_enrol (Enrolment *self,
              const LanyardKey *key,
              const char *code,
              const char *venue,
              const char *name,
              GError **error)
{
  const LanyardPublicKey *public_key = lanyard_key_get_public (key);
  LanyardEnrolmentRequest request = {
    .code = (char *)code,
    .key = *public_key,
    .venue = (char *)venue,
    .name = (char *)(name == NULL ? "" : name),
  };
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GBytes) content = NULL;
  g_autoptr (LanyardEnrolmentAnswer) answer = NULL;

  if (!get_trust (self, "/v1/lists/trust-root", error)
      || !get_trust (self, "/v1/lists/trust", error))
    return NULL;
  message = lanyard_enrolment_request_sign (&request, key);
  content = ask (self, "POST", "/v1/enrol", message, LANYARD_ENROLMENT_MAX_BYTES, error);
  if (content == NULL)
    return NULL;
  answer = lanyard_enrolment_answer_open (content, self->trust, public_key, now_s (), error);
  if (answer == NULL)
    return NULL;
  if (!g_str_equal (answer->venue, venue))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                   "The hub enrolled this desk for venue %s instead of %s.", answer->venue, venue);
      return NULL;
    }
  return g_steal_pointer (&answer);
}

static LanyardEnrolmentAnswer *
talk (const LanyardKey *key,
      const char *hub_url,
      LanyardLineTls *tls,
      const char *code,
      const LanyardPublicKey *root,
      const char *venue,
      const char *name,
      GError **error)
{
  Enrolment self = { .root = root, .context = g_main_context_new () };
  LanyardEnrolmentAnswer *answer;

  self.deadline_us
      = lanyard_clock_monotonic_us (lanyard_clock_system ()) + LIMIT_S * G_USEC_PER_SEC;
  g_main_context_push_thread_default (self.context);
  self.client = lanyard_hub_client_new (hub_url);
  lanyard_hub_client_set_tls (self.client, tls);
  answer = ask_to_enrol (&self, key, code, venue, name, error);
  lanyard_hub_client_free (self.client);
  while (g_main_context_iteration (self.context, FALSE))
    continue;
  g_main_context_pop_thread_default (self.context);
  g_main_context_unref (self.context);
  g_clear_pointer (&self.trust, lanyard_trust_list_unref);
  return answer;
}

/* The key to enrol with: one that an attempt cut short left behind, or a new one. */
static LanyardKey *
prepare_key (const char *pending_path, GError **error)
{
  g_autoptr (LanyardKey) key = NULL;

  if (g_file_test (pending_path, G_FILE_TEST_EXISTS))
    return lanyard_key_load (pending_path, error);
  key = lanyard_key_generate ();
  if (!lanyard_key_save (key, pending_path, error))
    return NULL;
  return g_steal_pointer (&key);
}

static gboolean
take_place (LanyardJournal *journal,
            const LanyardEnrolmentAnswer *answer,
            const char *hub_url,
            const char *pending_path,
            const char *key_path,
            GError **error)
{
  g_auto (LanyardIdentity) present = { 0 };
  LanyardIdentity identity = {
    .device = answer->device,
    .epoch = answer->epoch,
    .event = answer->event,
    .hub_url = (char *)hub_url,
    .serial_prefix = answer->serial_prefix,
  };

  lanyard_journal_get_identity (journal, &present);
  /* Beside the journal lie the people of its event, and how far its changes were read. */
  if (present.event != NULL && !g_str_equal (present.event, answer->event))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE,
                   "This desk's folder is of the event %s and the hub's event is %s; "
                   "name an empty state folder and ask for a new code.",
                   present.event, answer->event);
      return FALSE;
    }
  if ((present.device != identity.device || present.epoch != identity.epoch)
      && !lanyard_journal_set_identity (journal, &identity, error))
    return FALSE;
  if (g_rename (pending_path, key_path) == 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
               "The desk's key %s cannot be put in place: %s.", key_path, g_strerror (errno));
  return FALSE;
}

gboolean
lanyard_enrolment_run (LanyardJournal *journal,
                       const char *key_path,
                       const char *hub_url,
                       LanyardLineTls *tls,
                       const char *code,
                       const LanyardPublicKey *root,
                       const char *venue,
                       const char *name,
                       GError **error)
{
  g_autofree char *pending_path = g_strconcat (key_path, ".pending", NULL);
  g_autofree char *normal = lanyard_enrolment_code_normalise (code);
  g_autoptr (LanyardKey) key = NULL;
  g_autoptr (LanyardEnrolmentAnswer) answer = NULL;

  g_return_val_if_fail (journal != NULL && root != NULL && venue != NULL, FALSE);

  if (normal == NULL)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                           "This is no enrolment code; type the twenty characters that "
                           "lanyard-hub enrol printed.");
      return FALSE;
    }
  key = prepare_key (pending_path, error);
  if (key == NULL)
    return FALSE;
  answer = talk (key, hub_url, tls, normal, root, venue, name, error);
  return answer != NULL && take_place (journal, answer, hub_url, pending_path, key_path, error);
}
