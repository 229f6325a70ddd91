/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include "lanyard-hub-asker.h"

#include "lanyard-clock.h"
#include "lanyard-error.h"

struct _LanyardHubAsker
{
  LanyardHubClient *client; /* owned */
  GMainContext *context;    /* owned */
  guint limit_s;
  gint64 deadline_us;     /* monotonic */
  LanyardHubReply *reply; /* owned (nullable) */
  GError *error;          /* owned (nullable) */
  guint status;           /* of the last answer that a hub gave; 0: none */
  gboolean answered;
};

gint64
lanyard_hub_asker_now_s (void)
{
  return lanyard_clock_wall_us (lanyard_clock_system ()) / G_USEC_PER_SEC;
}

static void
on_answered (GObject *source, GAsyncResult *result, gpointer user_data)
{
  LanyardHubAsker *asker = user_data;

  asker->reply = lanyard_hub_client_send_finish (result, &asker->error);
  asker->answered = TRUE;
}

static void
refuse (LanyardHubAsker *asker, const LanyardHubReply *reply, GError **error)
{
  if (reply->from_hub && (reply->status == 401 || reply->status == 403))
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED,
                 "The hub says no to this desk (%u); ask whoever runs it.", reply->status);
  else if (reply->status >= 500 || reply->status == 429)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_NETWORK,
                 "The hub cannot enrol a desk now (%u); try again later.", reply->status);
  else
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                 "What answers at %s is not a hub of this kind (%u); check the address.",
                 lanyard_hub_client_get_url (asker->client), reply->status);
}

GBytes *
lanyard_hub_asker_ask (LanyardHubAsker *asker,
                       const char *method,
                       const char *path,
                       GBytes *body,
                       gsize max_bytes,
                       GError **error)
{
  gint64 left_us = asker->deadline_us - lanyard_clock_monotonic_us (lanyard_clock_system ());
  LanyardHubRequest request = {
    .method = method,
    .path = path,
    .body = body,
    .max_bytes = max_bytes,
    .timeout_s = (guint)CLAMP (left_us / G_USEC_PER_SEC, 1, asker->limit_s),
    .now_s = lanyard_hub_asker_now_s (),
  };
  g_autoptr (LanyardHubReply) reply = NULL;

  asker->answered = FALSE;
  asker->status = 0;
  lanyard_hub_client_send_async (asker->client, &request, NULL, on_answered, asker);
  while (!asker->answered)
    g_main_context_iteration (asker->context, TRUE);
  reply = g_steal_pointer (&asker->reply);
  if (reply == NULL)
    {
      g_propagate_error (error, g_steal_pointer (&asker->error));
      return NULL;
    }
  asker->status = reply->from_hub ? reply->status : 0;
  if (reply->status == 200)
    return g_bytes_ref (reply->body);
  refuse (asker, reply, error);
  return NULL;
}

/* @previous: (nullable) */
static LanyardTrustList *
get_list (LanyardHubAsker *asker,
          const char *path,
          const LanyardPublicKey *root,
          const LanyardTrustList *previous,
          GError **error)
{
  g_autoptr (GBytes) content
      = lanyard_hub_asker_ask (asker, "GET", path, NULL, LANYARD_LIST_MAX_BYTES, error);
  LanyardTrustList *list;

  if (content == NULL)
    return NULL;
  list = lanyard_trust_list_load (g_bytes_get_data (content, NULL), g_bytes_get_size (content),
                                  root, previous, lanyard_hub_asker_now_s (), error);
  if (list != NULL)
    return list;
  g_prefix_error (error, "The hub at %s does not belong to this desk's event: ",
                  lanyard_hub_client_get_url (asker->client));
  /* UNTRUSTED is what is said of a hub's certificate */
  if (error != NULL && g_error_matches (*error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED))
    (*error)->code = LANYARD_ERROR_SIGNATURE;
  return NULL;
}

LanyardTrustList *
lanyard_hub_asker_get_trust (LanyardHubAsker *asker, const LanyardPublicKey *root, GError **error)
{
  g_autoptr (LanyardTrustList) first = get_list (asker, "/v1/lists/trust-root", root, NULL, error);

  return first != NULL ? get_list (asker, "/v1/lists/trust", root, first, error) : NULL;
}

void
lanyard_hub_asker_set_desk (LanyardHubAsker *asker, LanyardKey *key, guint32 device, guint32 epoch)
{
  lanyard_hub_client_set_desk (asker->client, key, device, epoch);
}

const char *
lanyard_hub_asker_get_url (LanyardHubAsker *asker)
{
  return lanyard_hub_client_get_url (asker->client);
}

guint
lanyard_hub_asker_get_status (LanyardHubAsker *asker)
{
  return asker->status;
}

LanyardHubAsker *
lanyard_hub_asker_new (const char *url, LanyardLineTls *tls, guint limit_s)
{
  LanyardHubAsker *asker = g_new0 (LanyardHubAsker, 1);

  asker->limit_s = limit_s;
  asker->deadline_us
      = lanyard_clock_monotonic_us (lanyard_clock_system ()) + (gint64)limit_s * G_USEC_PER_SEC;
  asker->context = g_main_context_new ();
  g_main_context_push_thread_default (asker->context);
  asker->client = lanyard_hub_client_new (url);
  lanyard_hub_client_set_tls (asker->client, tls);
  return asker;
}

void
lanyard_hub_asker_free (LanyardHubAsker *asker)
{
  if (asker == NULL)
    return;
  lanyard_hub_client_free (asker->client);
  while (g_main_context_iteration (asker->context, FALSE))
    continue;
  g_main_context_pop_thread_default (asker->context);
  g_main_context_unref (asker->context);
  g_free (asker);
}
