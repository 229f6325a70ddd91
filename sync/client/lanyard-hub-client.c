/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include "lanyard-hub-client.h"

#include <libsoup/soup.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hub-tls.h"
#include "lanyard-token.h"

#define CHUNK_BYTES (64 * 1024)
#define SILENCE_S 60
/* A relay has as many long polls out as its venue has desks. */
#define MAX_CONNECTIONS 1024

struct _LanyardHubClient
{
  SoupSession *session; /* owned */
  char *url;            /* owned */
  LanyardHubTls *tls;   /* owned */
  LanyardKey *key;      /* owned (nullable) */
  guint32 device;
  guint32 epoch;
};

/* One request under way; data of its GTask. */
typedef struct
{
  LanyardHubTls *tls;         /* owned */
  GTlsCertificateFlags flags; /* what is wrong with the hub's certificate */
  SoupMessage *message;       /* owned */
  GInputStream *stream;       /* owned (nullable) */
  GByteArray *body;           /* owned */
  gsize max_bytes;
  gint64 now_s;              /* when it was sent, wall */
  GCancellable *cancellable; /* owned: of this request, chained to the caller's */
  GCancellable *outer;       /* owned (nullable): the caller's */
  gulong outer_id;
  GSource *deadline; /* owned (nullable) */
  gboolean too_late; /* the deadline passed */
} Sending;

LanyardHubClient *
lanyard_hub_client_new (const char *url)
{
  LanyardHubClient *client = g_new0 (LanyardHubClient, 1);

  g_return_val_if_fail (url != NULL, NULL);

  client->url = g_strdup (url);
  while (g_str_has_suffix (client->url, "/"))
    client->url[strlen (client->url) - 1] = '\0';
  client->tls = lanyard_hub_tls_new (client->url, NULL);
  client->session = soup_session_new_with_options ("timeout", SILENCE_S, "user-agent",
                                                   "lanyard/" LANYARD_VERSION, "max-conns",
                                                   MAX_CONNECTIONS, "max-conns-per-host",
                                                   MAX_CONNECTIONS, "proxy-resolver", NULL, NULL);
  /* A small answer that unpacks into a large one would pass below the limit. */
  soup_session_remove_feature_by_type (client->session, SOUP_TYPE_CONTENT_DECODER);
  return client;
}

void
lanyard_hub_client_free (LanyardHubClient *client)
{
  if (client == NULL)
    return;
  soup_session_abort (client->session);
  g_object_unref (client->session);
  g_clear_pointer (&client->key, lanyard_key_unref);
  lanyard_hub_tls_unref (client->tls);
  g_free (client->url);
  g_free (client);
}

void
lanyard_hub_client_set_tls (LanyardHubClient *client, LanyardLineTls *files)
{
  lanyard_hub_tls_unref (client->tls);
  client->tls = lanyard_hub_tls_new (client->url, files);
}

void
lanyard_hub_client_set_tls_files (LanyardHubClient *client,
                                  const char *ca,
                                  const char *certificate,
                                  const char *key)
{
  g_autoptr (LanyardLineTls) files = lanyard_line_tls_new (ca, certificate, key);

  lanyard_hub_client_set_tls (client, files);
}

const char *
lanyard_hub_client_get_url (LanyardHubClient *client)
{
  return client->url;
}

void
lanyard_hub_client_set_desk (LanyardHubClient *client,
                             LanyardKey *key,
                             guint32 device,
                             guint32 epoch)
{
  g_clear_pointer (&client->key, lanyard_key_unref);
  client->key = key == NULL ? NULL : lanyard_key_ref (key);
  client->device = device;
  client->epoch = epoch;
}

void
lanyard_hub_reply_free (LanyardHubReply *reply)
{
  if (reply == NULL)
    return;
  g_free (reply->etag);
  g_clear_pointer (&reply->body, g_bytes_unref);
  g_free (reply);
}

static void
sending_free (Sending *sending)
{
  if (sending->outer != NULL && sending->outer_id != 0)
    g_cancellable_disconnect (sending->outer, sending->outer_id);
  if (sending->deadline != NULL)
    g_source_destroy (sending->deadline);
  g_clear_pointer (&sending->deadline, g_source_unref);
  g_clear_object (&sending->outer);
  g_clear_object (&sending->cancellable);
  g_clear_object (&sending->stream);
  g_signal_handlers_disconnect_by_data (sending->message, sending);
  g_clear_object (&sending->message);
  lanyard_hub_tls_unref (sending->tls);
  g_byte_array_unref (sending->body);
  g_free (sending);
}

/* Whatever went wrong below becomes one of few things. */
static void
give_up (GTask *task, GError *error)
{
  Sending *sending = g_task_get_task_data (task);
  GError *of_tls = lanyard_hub_tls_explain (sending->tls, sending->flags, error);

  if (sending->too_late)
    g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_NETWORK,
                             "The hub did not answer in time.");
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
           || g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (of_tls != NULL)
    g_task_return_error (task, g_steal_pointer (&of_tls));
  else
    g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_NETWORK,
                             "The hub cannot be reached: %s.", error->message);
  g_clear_error (&of_tls);
  g_clear_error (&error);
  g_object_unref (task);
}

/* libsoup takes the end of the line for the end of the body. */
static gboolean
is_whole (const Sending *sending)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (sending->message);

  return soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH
         || soup_message_get_status (sending->message) == SOUP_STATUS_NOT_MODIFIED
         || soup_message_headers_get_content_length (headers) == sending->body->len;
}

guint
lanyard_hub_client_parse_retry_after (const char *value, const char *date, gint64 now_s)
{
  g_autoptr (GDateTime) until = NULL;
  g_autoptr (GDateTime) hub_now = NULL;
  guint64 seconds = 0;

  if (value == NULL || g_ascii_string_to_unsigned (value, 10, 0, G_MAXUINT32, &seconds, NULL))
    return (guint)seconds;
  until = soup_date_time_new_from_http_string (value);
  hub_now = date == NULL ? NULL : soup_date_time_new_from_http_string (date);
  if (until == NULL)
    return 0;
  if (hub_now != NULL)
    now_s = g_date_time_to_unix (hub_now);
  return (guint)CLAMP (g_date_time_to_unix (until) - now_s, 0, (gint64)G_MAXINT);
}

static void
finish (GTask *task)
{
  Sending *sending = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (sending->message);
  guint status = soup_message_get_status (sending->message);
  gboolean from_hub = soup_message_headers_get_one (headers, LANYARD_HUB_HEADER) != NULL;
  GError *of_tls
      = from_hub ? NULL : lanyard_hub_tls_explain_answer (sending->tls, status, sending->body);
  LanyardHubReply *reply;

  if (of_tls != NULL)
    {
      g_task_return_error (task, of_tls);
      g_object_unref (task);
      return;
    }
  reply = g_new0 (LanyardHubReply, 1);
  reply->status = status;
  reply->from_hub = from_hub;
  reply->retry_after_s
      = lanyard_hub_client_parse_retry_after (soup_message_headers_get_one (headers, "Retry-After"),
                                              soup_message_headers_get_one (headers, "Date"),
                                              sending->now_s);
  reply->etag = g_strdup (soup_message_headers_get_one (headers, "ETag"));
  reply->body = g_byte_array_free_to_bytes (g_steal_pointer (&sending->body));
  sending->body = g_byte_array_new ();
  g_task_return_pointer (task, reply, (GDestroyNotify)lanyard_hub_reply_free);
  g_object_unref (task);
}

static void
on_chunk_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Sending *sending = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) chunk
      = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);
  gsize n_bytes;
  gconstpointer data;

  if (chunk == NULL)
    {
      give_up (task, error);
      return;
    }
  data = g_bytes_get_data (chunk, &n_bytes);
  if (n_bytes == 0 && !is_whole (sending))
    {
      give_up (task, g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_NETWORK,
                                          "the line broke in the middle of its answer"));
      return;
    }
  if (n_bytes == 0)
    {
      finish (task);
      return;
    }
  if (sending->body->len + n_bytes > sending->max_bytes)
    {
      g_cancellable_cancel (sending->cancellable);
      give_up (task, g_error_new_literal (LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                                          "The hub's answer is longer than its limit."));
      return;
    }
  g_byte_array_append (sending->body, data, (guint)n_bytes);
  g_input_stream_read_bytes_async (sending->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT,
                                   sending->cancellable, on_chunk_ready, task);
}

static void
on_sent (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Sending *sending = g_task_get_task_data (task);
  GError *error = NULL;

  sending->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (sending->stream == NULL)
    {
      give_up (task, error);
      return;
    }
  g_input_stream_read_bytes_async (sending->stream, CHUNK_BYTES, G_PRIORITY_DEFAULT,
                                   sending->cancellable, on_chunk_ready, task);
}

/* Only to know it for the sentence: what is wrong stays wrong. */
static gboolean
on_certificate (SoupMessage *message,
                GTlsCertificate *certificate,
                GTlsCertificateFlags flags,
                gpointer user_data)
{
  Sending *sending = user_data;

  sending->flags = flags;
  return FALSE;
}

static gboolean
on_deadline (gpointer user_data)
{
  Sending *sending = user_data;

  sending->too_late = TRUE;
  g_cancellable_cancel (sending->cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_outer_cancelled (GCancellable *outer, gpointer user_data)
{
  g_cancellable_cancel (user_data);
}

static void
set_headers (LanyardHubClient *client, SoupMessage *message, const LanyardHubRequest *request)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  if (request->body != NULL)
    soup_message_set_request_body_from_bytes (message, "application/cose", request->body);
  else if (request->authorization != NULL)
    soup_message_headers_replace (headers, "Authorization", request->authorization);
  else if (client->key != NULL)
    {
      LanyardToken token = {
        .device = client->device,
        .epoch = client->epoch,
        .method = (char *)request->method,
        .path = (char *)request->path,
        .time_s = request->now_s,
      };
      g_autofree char *value = lanyard_token_sign (&token, client->key);

      soup_message_headers_replace (headers, "Authorization", value);
    }
  if (request->etag != NULL)
    soup_message_headers_replace (headers, "If-None-Match", request->etag);
}

static Sending *
sending_new (LanyardHubClient *client,
             SoupMessage *message,
             const LanyardHubRequest *request,
             GCancellable *cancellable)
{
  Sending *sending = g_new0 (Sending, 1);

  sending->tls = lanyard_hub_tls_ref (client->tls);
  sending->message = g_object_ref (message);
  g_signal_connect (message, "accept-certificate", G_CALLBACK (on_certificate), sending);
  sending->body = g_byte_array_new ();
  sending->max_bytes = request->max_bytes;
  sending->now_s = request->now_s;
  sending->cancellable = g_cancellable_new ();
  if (cancellable != NULL)
    {
      sending->outer = g_object_ref (cancellable);
      sending->outer_id
          = g_cancellable_connect (cancellable, G_CALLBACK (on_outer_cancelled),
                                   g_object_ref (sending->cancellable), g_object_unref);
    }
  sending->deadline = g_timeout_source_new_seconds (request->timeout_s);
  g_source_set_callback (sending->deadline, on_deadline, sending, NULL);
  g_source_attach (sending->deadline, g_main_context_get_thread_default ());
  return sending;
}

void
lanyard_hub_client_send_async (LanyardHubClient *client,
                               const LanyardHubRequest *request,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  g_autofree char *uri = g_strconcat (client->url, request->path, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (request->method, uri);
  GError *error = NULL;
  Sending *sending;

  if (message == NULL)
    {
      g_task_return_new_error (task, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                               "%s is no address of a hub; write it like http://hub:8470.",
                               client->url);
      g_object_unref (task);
      return;
    }
  if (!lanyard_hub_tls_prepare (client->tls, client->session, message, &error))
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT);
  set_headers (client, message, request);
  sending = sending_new (client, message, request, cancellable);
  g_task_set_task_data (task, sending, (GDestroyNotify)sending_free);
  soup_session_send_async (client->session, message, G_PRIORITY_DEFAULT, sending->cancellable,
                           on_sent, task);
}

LanyardHubReply *
lanyard_hub_client_send_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
