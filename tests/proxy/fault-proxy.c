/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fault-proxy.h"

#define PIECE_BYTES 4096
#define TRICKLE_BYTES 7
#define DELAY_MS 15
#define HOLE_MS 150

struct _FaultProxy
{
  GSocketListener *listener; /* owned */
  GCancellable *end;         /* owned */
  GThread *thread;           /* accepts */
  GPtrArray *connections;    /* (element-type GThread): of that thread */
  char *url;
  guint16 port;
  gint fault;          /* atomic: FaultProxyFault */
  guint n_connections; /* atomic */
  guint n_faults;      /* atomic */
};

/* One direction of one connection. */
typedef struct
{
  GInputStream *from;
  GOutputStream *to;
  GOutputStream *copy; /* (nullable): gets the same */
  FaultProxyFault fault;
  gboolean is_answer;
  gssize left;                /* bytes until the cut; -1: there is none */
  GSocketConnection *ends[2]; /* borrowed: both are shut when this direction ends */
} Pump;

static void
wait_ms (gint ms)
{
  g_poll (NULL, 0, ms);
}

static gboolean
pass_on (Pump *pump, const guint8 *piece, gsize n_bytes)
{
  if (pump->fault == FAULT_PROXY_BLACK_HOLE
      || (pump->fault == FAULT_PROXY_DROP_ANSWER && pump->is_answer))
    {
      wait_ms (pump->fault == FAULT_PROXY_BLACK_HOLE ? HOLE_MS : 0);
      return FALSE;
    }
  if (pump->fault == FAULT_PROXY_DELAY)
    wait_ms (DELAY_MS);
  if (pump->left >= 0)
    {
      n_bytes = MIN (n_bytes, (gsize)pump->left);
      pump->left -= (gssize)n_bytes;
    }
  if (pump->copy != NULL)
    g_output_stream_write_all (pump->copy, piece, n_bytes, NULL, NULL, NULL);
  return g_output_stream_write_all (pump->to, piece, n_bytes, NULL, NULL, NULL) && pump->left != 0;
}

static void
shut (GSocketConnection *connection)
{
  if (connection != NULL)
    g_socket_shutdown (g_socket_connection_get_socket (connection), TRUE, TRUE, NULL);
}

static gpointer
run_pump (gpointer data)
{
  Pump *pump = data;
  guint8 piece[PIECE_BYTES];
  gsize n_piece = pump->fault == FAULT_PROXY_TRICKLE ? TRICKLE_BYTES : PIECE_BYTES;
  gssize n_bytes;

  while ((n_bytes = g_input_stream_read (pump->from, piece, n_piece, NULL, NULL)) > 0)
    if (!pass_on (pump, piece, (gsize)n_bytes))
      break;
  for (guint i = 0; i < G_N_ELEMENTS (pump->ends); i++)
    shut (pump->ends[i]);
  return NULL;
}

/* Reads and forgets, so that the hub can say all that it has to say. */
static gpointer
run_drain (gpointer data)
{
  guint8 piece[PIECE_BYTES];

  while (g_input_stream_read (data, piece, sizeof piece, NULL, NULL) > 0)
    continue;
  return NULL;
}

static GSocketConnection *
connect_to_hub (FaultProxy *proxy)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  g_socket_client_set_enable_proxy (client, FALSE);
  return g_socket_client_connect_to_host (client, "127.0.0.1", proxy->port, NULL, NULL);
}

static void
run_connection (GSocketConnection *desk,
                GSocketConnection *hub,
                GSocketConnection *second,
                FaultProxyFault fault,
                guint number)
{
  Pump up = { g_io_stream_get_input_stream (G_IO_STREAM (desk)),
              g_io_stream_get_output_stream (G_IO_STREAM (hub)),
              NULL,
              fault,
              FALSE,
              -1,
              { desk, hub } };
  Pump down = { g_io_stream_get_input_stream (G_IO_STREAM (hub)),
                g_io_stream_get_output_stream (G_IO_STREAM (desk)),
                NULL,
                fault,
                TRUE,
                -1,
                { desk, hub } };
  GThread *answers, *drain = NULL;

  if (fault == FAULT_PROXY_CUT_REQUEST)
    up.left = 40 + (gssize)(number * 97 % 900);
  if (fault == FAULT_PROXY_CUT_ANSWER)
    down.left = 10 + (gssize)(number * 61 % 300);
  if (second != NULL)
    {
      up.copy = g_io_stream_get_output_stream (G_IO_STREAM (second));
      drain
          = g_thread_new ("drain", run_drain, g_io_stream_get_input_stream (G_IO_STREAM (second)));
    }
  answers = g_thread_new ("answers", run_pump, &down);
  run_pump (&up);
  g_thread_join (answers);
  shut (second);
  if (drain != NULL)
    g_thread_join (drain);
}

/* One desk's connection that was just accepted. */
typedef struct
{
  FaultProxy *proxy;
  GSocketConnection *desk; /* owned */
} Visit;

static gpointer
run_visit (gpointer data)
{
  g_autofree Visit *visit = data;
  FaultProxy *proxy = visit->proxy;
  g_autoptr (GSocketConnection) desk = visit->desk;
  guint number = (guint)g_atomic_int_add (&proxy->n_connections, 1);
  FaultProxyFault fault = (FaultProxyFault)g_atomic_int_get (&proxy->fault);
  g_autoptr (GSocketConnection) hub = connect_to_hub (proxy);
  g_autoptr (GSocketConnection) second = NULL;

  if (number % 3 == 2)
    fault = FAULT_PROXY_NONE;
  if (fault != FAULT_PROXY_NONE)
    g_atomic_int_inc (&proxy->n_faults);
  if (fault == FAULT_PROXY_DUPLICATE)
    second = connect_to_hub (proxy);
  if (hub != NULL)
    run_connection (desk, hub, second, fault, number);
  return NULL;
}

static gpointer
run_accept (gpointer data)
{
  FaultProxy *proxy = data;
  GSocketConnection *desk;

  while ((desk = g_socket_listener_accept (proxy->listener, NULL, proxy->end, NULL)) != NULL)
    {
      Visit *visit = g_new0 (Visit, 1);

      visit->proxy = proxy;
      visit->desk = desk;
      g_ptr_array_add (proxy->connections, g_thread_new ("connection", run_visit, visit));
    }
  return NULL;
}

FaultProxy *
fault_proxy_new (guint16 port)
{
  FaultProxy *proxy = g_new0 (FaultProxy, 1);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;
  GError *error = NULL;

  proxy->port = port;
  proxy->end = g_cancellable_new ();
  proxy->connections = g_ptr_array_new ();
  proxy->listener = g_socket_listener_new ();
  g_socket_listener_add_address (proxy->listener, address, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &bound, &error);
  g_assert_no_error (error);
  proxy->url = g_strdup_printf ("http://127.0.0.1:%u",
                                g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  proxy->thread = g_thread_new ("proxy", run_accept, proxy);
  return proxy;
}

void
fault_proxy_free (FaultProxy *proxy)
{
  g_cancellable_cancel (proxy->end);
  g_thread_join (proxy->thread);
  g_socket_listener_close (proxy->listener);
  for (guint i = 0; i < proxy->connections->len; i++)
    g_thread_join (proxy->connections->pdata[i]);
  g_ptr_array_unref (proxy->connections);
  g_object_unref (proxy->listener);
  g_object_unref (proxy->end);
  g_free (proxy->url);
  g_free (proxy);
}

const char *
fault_proxy_get_url (FaultProxy *proxy)
{
  return proxy->url;
}

void
fault_proxy_set (FaultProxy *proxy, FaultProxyFault fault)
{
  g_atomic_int_set (&proxy->n_faults, 0);
  g_atomic_int_set (&proxy->n_connections, 0); /* the first one has the fault */
  g_atomic_int_set (&proxy->fault, (gint)fault);
}

guint
fault_proxy_get_faults (FaultProxy *proxy)
{
  return (guint)g_atomic_int_get (&proxy->n_faults);
}

const char *
fault_proxy_name (FaultProxyFault fault)
{
  static const char *const names[FAULT_PROXY_N]
      = { "none",        "delay",     "cut-request", "cut-answer",
          "drop-answer", "duplicate", "trickle",     "black-hole" };

  return names[fault];
}
