/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lying-hub.h"

#include <string.h>

#define MAX_HEAD_BYTES 65536
#define CHUNK_BYTES 65536

struct _LyingHub
{
  GSocketListener *listener; /* owned */
  GCancellable *cancellable; /* owned */
  GThread *thread;           /* owned: accepts */
  GThreadPool *pool;         /* owned: answers */
  guint16 real_port;
  char *url;    /* owned */
  GMutex mutex; /* over what follows */
  char *prefix; /* owned (nullable) */
  LyingHubFunc lie;
  gpointer user_data;
  guint n_lies;
};

static gsize
get_length (const GByteArray *request, gsize n_head)
{
  g_autofree char *head = g_ascii_strdown ((const char *)request->data, (gssize)n_head);
  const char *length = strstr (head, "\r\ncontent-length:");

  return length == NULL ? 0 : (gsize)g_ascii_strtoull (length + 17, NULL, 10);
}

/* Reads one request, header and body; FALSE when the line ended before. */
static gboolean
read_request (GInputStream *input, GByteArray *request)
{
  gsize wanted = 0;

  g_byte_array_set_size (request, 0);
  while (wanted == 0 || request->len < wanted)
    {
      guint8 chunk[CHUNK_BYTES];
      gssize n = g_input_stream_read (input, chunk, sizeof chunk, NULL, NULL);
      const char *end;

      if (n <= 0)
        return FALSE;
      g_byte_array_append (request, chunk, (guint)n);
      end = g_strstr_len ((const char *)request->data, request->len, "\r\n\r\n");
      if (wanted == 0 && end != NULL)
        {
          gsize n_head = (gsize)(end + 4 - (const char *)request->data);

          wanted = n_head + get_length (request, n_head);
        }
      g_assert_true (wanted > 0 || request->len < MAX_HEAD_BYTES);
    }
  return TRUE;
}

/* The real hub's whole answer; empty when it is not there. */
static GBytes *
ask_real_hub (LyingHub *self, const GByteArray *request)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = NULL;
  GByteArray *answer = g_byte_array_new ();
  const char *line_end = memchr (request->data, '\n', request->len);
  static const char close_it[] = "Connection: close\r\n";
  GOutputStream *output;
  GInputStream *input;
  gssize n;
  guint8 chunk[CHUNK_BYTES];

  connection = g_socket_client_connect_to_host (client, "127.0.0.1", self->real_port, NULL, NULL);
  if (connection == NULL)
    return g_byte_array_free_to_bytes (answer);
  output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  n = line_end + 1 - (const char *)request->data;
  g_output_stream_write_all (output, request->data, (gsize)n, NULL, NULL, NULL);
  g_output_stream_write_all (output, close_it, strlen (close_it), NULL, NULL, NULL);
  g_output_stream_write_all (output, request->data + n, request->len - (gsize)n, NULL, NULL, NULL);
  while ((n = g_input_stream_read (input, chunk, sizeof chunk, NULL, NULL)) > 0)
    g_byte_array_append (answer, chunk, (guint)n);
  return g_byte_array_free_to_bytes (answer);
}

static void
serve (gpointer data, gpointer user_data)
{
  g_autoptr (GSocketConnection) connection = data;
  LyingHub *self = user_data;
  GInputStream *input = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *output = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autoptr (GByteArray) request = g_byte_array_new ();
  g_autoptr (GBytes) answer = NULL;
  g_autofree char *line = NULL;

  if (!read_request (input, request))
    return;
  line = g_strndup ((const char *)request->data,
                    (gsize)((guint8 *)memchr (request->data, '\r', request->len) - request->data));
  answer = ask_real_hub (self, request);
  g_mutex_lock (&self->mutex);
  if (self->prefix != NULL && g_str_has_prefix (line, self->prefix))
    {
      GBytes *lie = self->lie (line, answer, self->user_data);

      g_bytes_unref (answer);
      answer = lie;
      self->n_lies++;
    }
  g_mutex_unlock (&self->mutex);
  if (answer != NULL)
    g_output_stream_write_all (output, g_bytes_get_data (answer, NULL), g_bytes_get_size (answer),
                               NULL, NULL, NULL);
} /* one request a connection */

static gpointer
accept_all (gpointer user_data)
{
  LyingHub *self = user_data;
  GSocketConnection *connection;

  while ((connection = g_socket_listener_accept (self->listener, NULL, self->cancellable, NULL))
         != NULL)
    g_thread_pool_push (self->pool, connection, NULL);
  return NULL;
}

LyingHub *
lying_hub_new (guint16 real_port)
{
  LyingHub *self = g_new0 (LyingHub, 1);
  GError *error = NULL;
  guint16 port;

  g_mutex_init (&self->mutex);
  self->real_port = real_port;
  self->cancellable = g_cancellable_new ();
  self->listener = g_socket_listener_new ();
  port = g_socket_listener_add_any_inet_port (self->listener, NULL, &error);
  g_assert_no_error (error);
  self->pool = g_thread_pool_new (serve, self, 8, FALSE, NULL);
  self->thread = g_thread_new ("lying-hub", accept_all, self);
  self->url = g_strdup_printf ("http://127.0.0.1:%u", port);
  return self;
}

void
lying_hub_free (LyingHub *self)
{
  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->thread);
  g_thread_pool_free (self->pool, FALSE, TRUE);
  g_socket_listener_close (self->listener);
  g_object_unref (self->listener);
  g_object_unref (self->cancellable);
  g_mutex_clear (&self->mutex);
  g_free (self->prefix);
  g_free (self->url);
  g_free (self);
}

const char *
lying_hub_get_url (LyingHub *self)
{
  return self->url;
}

void
lying_hub_set_lie (LyingHub *self, const char *prefix, LyingHubFunc lie, gpointer user_data)
{
  g_mutex_lock (&self->mutex);
  g_free (self->prefix);
  self->prefix = lie == NULL ? NULL : g_strdup (prefix);
  self->lie = lie;
  self->user_data = user_data;
  g_mutex_unlock (&self->mutex);
}

guint
lying_hub_get_n_lies (LyingHub *self)
{
  guint n_lies;

  g_mutex_lock (&self->mutex);
  n_lies = self->n_lies;
  g_mutex_unlock (&self->mutex);
  return n_lies;
}

GBytes *
lying_hub_answer (guint status, gboolean from_hub, GBytes *body)
{
  g_autofree char *head
      = g_strdup_printf ("HTTP/1.1 %u Made up\r\n%sContent-Length: %" G_GSIZE_FORMAT
                         "\r\nConnection: close\r\n\r\n",
                         status, from_hub ? "Lanyard-Hub: 1\r\n" : "", g_bytes_get_size (body));
  GByteArray *answer = g_byte_array_new ();

  g_byte_array_append (answer, (const guint8 *)head, (guint)strlen (head));
  g_byte_array_append (answer, g_bytes_get_data (body, NULL), (guint)g_bytes_get_size (body));
  return g_byte_array_free_to_bytes (answer);
}
