/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "hostile-server.h"

#include <string.h>

#define DRIP_US (50 * 1000)

struct _HostileServer
{
  HostileKind kind;
  guint16 port, upstream_port;
  GSocketListener *listener; /* owned */
  GCancellable *cancellable; /* owned: ends every thread */
  GThread *acceptor;         /* owned */
  GPtrArray *threads;        /* (element-type GThread): the acceptor's until it has ended */
};

typedef struct
{
  HostileServer *server;         /* borrowed */
  GSocketConnection *connection; /* owned */
} Visit;

/* One way of a proxied connection. */
typedef struct
{
  GInputStream *from;        /* borrowed */
  GOutputStream *to;         /* borrowed */
  GCancellable *cancellable; /* borrowed */
  GIOStream *client;         /* borrowed */
  gboolean *badge;           /* whether a badge went through this connection */
  gboolean cut_answer, cut_badge;
  gboolean is_answer;
} Way;

static void
say (GIOStream *stream, GCancellable *cancellable, const char *bytes, gsize n_bytes)
{
  g_output_stream_write_all (g_io_stream_get_output_stream (stream), bytes, n_bytes, NULL,
                             cancellable, NULL);
}

static void
say_text (GIOStream *stream, GCancellable *cancellable, const char *text)
{
  say (stream, cancellable, text, strlen (text));
}

/* Until the other side hangs up or the test ends. */
static void
wait_for_end (GIOStream *stream, GCancellable *cancellable)
{
  char bytes[4096];

  while (g_input_stream_read (g_io_stream_get_input_stream (stream), bytes, sizeof bytes,
                              cancellable, NULL)
         > 0)
    ;
}

static const char ipp_head[] = "HTTP/1.1 200 OK\r\nContent-Type: application/ipp\r\n";

static void
drip (GIOStream *stream, GCancellable *cancellable)
{
  say_text (stream, cancellable, ipp_head);
  while (!g_cancellable_is_cancelled (cancellable))
    {
      GPollFD poll;

      say_text (stream, cancellable, "X");
      g_cancellable_make_pollfd (cancellable, &poll);
      g_poll (&poll, 1, DRIP_US / 1000);
      g_cancellable_release_fd (cancellable);
    }
}

static void
endless (GIOStream *stream, GCancellable *cancellable)
{
  /* octetString "abc" of 1,000 bytes */
  static const guint8 attribute[8] = { 0x30, 0, 3, 'a', 'b', 'c', 0x03, 0xe8 };
  static const guint8 value[1000] = { 'x' };
  g_autoptr (GByteArray) many = g_byte_array_new ();

  for (guint i = 0; i < 50; i++)
    {
      g_byte_array_append (many, attribute, sizeof attribute);
      g_byte_array_append (many, value, sizeof value);
    }
  say_text (stream, cancellable, ipp_head);
  say_text (stream, cancellable, "Content-Length: 1000000000\r\n\r\n");
  say (stream, cancellable, "\x02\x00\x00\x00\x00\x00\x00\x01\x01", 9);
  for (guint i = 0; i < 2000 && !g_cancellable_is_cancelled (cancellable); i++)
    say (stream, cancellable, (const char *)many->data, many->len);
}

static gpointer
way_main (gpointer data)
{
  Way *way = data;
  char bytes[8192];
  gssize n;

  while ((n = g_input_stream_read (way->from, bytes, sizeof bytes, way->cancellable, NULL)) > 0)
    {
      if (!way->is_answer && memmem (bytes, n, "%PDF", 4) != NULL)
        {
          g_atomic_int_set (way->badge, TRUE);
          if (way->cut_badge)
            break;
        }
      /* The printer has all of it and says so; nobody shall hear. */
      if (way->is_answer && way->cut_answer && g_atomic_int_get (way->badge))
        break;
      if (!g_output_stream_write_all (way->to, bytes, n, NULL, way->cancellable, NULL))
        break;
    }
  g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (way->client)), TRUE, TRUE,
                     NULL);
  return NULL;
}

static void
proxy (HostileServer *server, GIOStream *client)
{
  g_autoptr (GSocketClient) connector = g_socket_client_new ();
  g_autoptr (GSocketConnection) upstream
      = g_socket_client_connect_to_host (connector, "localhost", server->upstream_port,
                                         server->cancellable, NULL);
  gboolean badge = FALSE;
  Way request
      = { g_io_stream_get_input_stream (client), NULL, server->cancellable, client, &badge };
  Way answer
      = { NULL, g_io_stream_get_output_stream (client), server->cancellable, client, &badge };
  GThread *thread;

  if (upstream == NULL)
    return;
  request.to = g_io_stream_get_output_stream (G_IO_STREAM (upstream));
  request.cut_badge = server->kind == HOSTILE_CUT_BADGE;
  answer.from = g_io_stream_get_input_stream (G_IO_STREAM (upstream));
  answer.cut_answer = server->kind == HOSTILE_CUT_ANSWER;
  answer.is_answer = TRUE;
  thread = g_thread_new ("proxy", way_main, &answer);
  way_main (&request);
  g_socket_shutdown (g_socket_connection_get_socket (upstream), TRUE, TRUE, NULL);
  g_thread_join (thread);
}

static void
answer_badly (HostileServer *server, GIOStream *stream)
{
  GCancellable *cancellable = server->cancellable;

  switch (server->kind)
    {
    case HOSTILE_DRIP:
      drip (stream, cancellable);
      break;
    case HOSTILE_GARBAGE:
      say_text (stream, cancellable, "\x7f\x01I am not what you think\n\n\n\xff\xfe\r\n\r\n");
      break;
    case HOSTILE_HTML:
      say_text (stream, cancellable,
                "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 13\r\n\r\n"
                "<html></html>");
      break;
    case HOSTILE_TRUNCATE:
      say_text (stream, cancellable, ipp_head);
      say_text (stream, cancellable, "Content-Length: 100\r\n\r\n\x02");
      return;
    case HOSTILE_ENDLESS:
      endless (stream, cancellable);
      break;
    case HOSTILE_CONTINUE:
      while (g_output_stream_write_all (g_io_stream_get_output_stream (stream),
                                        "HTTP/1.1 100 Continue\r\n\r\n", 25, NULL, cancellable,
                                        NULL))
        ;
      break;
    case HOSTILE_HANG_UP:
      return;
    case HOSTILE_FORBID:
      say_text (stream, cancellable, "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
      break;
    case HOSTILE_SILENT:
    case HOSTILE_CUT_ANSWER:
    case HOSTILE_CUT_BADGE:
    default:
      break;
    }
  wait_for_end (stream, cancellable);
}

static gpointer
visit_main (gpointer data)
{
  Visit *visit = data;

  if (visit->server->upstream_port != 0)
    proxy (visit->server, G_IO_STREAM (visit->connection));
  else
    answer_badly (visit->server, G_IO_STREAM (visit->connection));
  g_io_stream_close (G_IO_STREAM (visit->connection), NULL, NULL);
  g_object_unref (visit->connection);
  g_free (visit);
  return NULL;
}

static gpointer
accept_main (gpointer data)
{
  HostileServer *server = data;
  GSocketConnection *connection;

  while ((connection = g_socket_listener_accept (server->listener, NULL, server->cancellable, NULL))
         != NULL)
    {
      Visit *visit = g_new0 (Visit, 1);

      visit->server = server;
      visit->connection = connection;
      g_ptr_array_add (server->threads, g_thread_new ("visit", visit_main, visit));
    }
  return NULL;
}

HostileServer *
hostile_server_new (HostileKind kind, guint16 upstream_port)
{
  HostileServer *server = g_new0 (HostileServer, 1);
  g_autoptr (GError) error = NULL;

  server->kind = kind;
  server->upstream_port = upstream_port;
  server->listener = g_socket_listener_new ();
  server->port = g_socket_listener_add_any_inet_port (server->listener, NULL, &error);
  g_assert_no_error (error);
  server->cancellable = g_cancellable_new ();
  server->threads = g_ptr_array_new ();
  server->acceptor = g_thread_new ("acceptor", accept_main, server);
  return server;
}

void
hostile_server_free (HostileServer *server)
{
  g_cancellable_cancel (server->cancellable);
  g_thread_join (server->acceptor);
  for (guint i = 0; i < server->threads->len; i++)
    g_thread_join (g_ptr_array_index (server->threads, i));
  g_ptr_array_unref (server->threads);
  g_object_unref (server->listener);
  g_object_unref (server->cancellable);
  g_free (server);
}

char *
hostile_server_dup_uri (HostileServer *server)
{
  return g_strdup_printf ("ipp://localhost:%u/ipp/print", server->port);
}
