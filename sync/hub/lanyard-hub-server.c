/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-server.h"

#include <gio/gio.h>
#include <string.h>
#include <unistd.h>

#include "lanyard-error.h"
#include "lanyard-hub-fleet.h"
#include "lanyard-hub-server-private.h"

#define BACKLOG 128
#define CONNECTION_LIMIT 8192
#define CONNECTION_MEMORY_BYTES (32 * 1024)
#define SILENCE_LIMIT_S 30
/* Changes that come close together wake everybody once. */
#define WAKE_DELAY_MS 20
#define WAKE_PERIOD_MS 1000
#define FLUSH_PERIOD_S 5
#define CLOSE_LIMIT_US (2 * G_USEC_PER_SEC)
/* Of a body that is too large, so much is thrown away to be able to say so; then the line is cut.
 */
#define MAX_OVERFLOW_BYTES (4 * 1024 * 1024)

/* The daemon's file descriptor and time-outs in a GMainContext. */
typedef struct
{
  GSource source;
  struct MHD_Daemon *daemon; /* borrowed */
  gpointer tag;              /* borrowed */
} DaemonSource;

static gboolean
is_due (DaemonSource *source, int *timeout_ms)
{
  MHD_UNSIGNED_LONG_LONG left_ms;

  *timeout_ms = -1;
  if (MHD_get_timeout (source->daemon, &left_ms) != MHD_YES)
    return FALSE;
  *timeout_ms = (int)MIN (left_ms, (MHD_UNSIGNED_LONG_LONG)G_MAXINT);
  return left_ms == 0;
}

static gboolean
source_prepare (GSource *source, int *timeout_ms)
{
  return is_due ((DaemonSource *)source, timeout_ms);
}

static gboolean
source_check (GSource *source)
{
  DaemonSource *self = (DaemonSource *)source;
  int timeout_ms;

  return g_source_query_unix_fd (source, self->tag) != 0 || is_due (self, &timeout_ms);
}

static gboolean
source_dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  MHD_run (((DaemonSource *)source)->daemon);
  return G_SOURCE_CONTINUE;
}

static GSourceFuncs source_funcs = { source_prepare, source_check, source_dispatch, NULL };

static gboolean
attach_daemon (LanyardHubServer *server)
{
  const union MHD_DaemonInfo *info = MHD_get_daemon_info (server->daemon, MHD_DAEMON_INFO_EPOLL_FD);
  DaemonSource *source;

  if (info == NULL || info->epoll_fd < 0)
    return FALSE;
  server->source = g_source_new (&source_funcs, sizeof (DaemonSource));
  source = (DaemonSource *)server->source;
  source->daemon = server->daemon;
  source->tag = g_source_add_unix_fd (server->source, info->epoll_fd, G_IO_IN);
  g_source_attach (server->source, g_main_context_get_thread_default ());
  return TRUE;
}

static gboolean
on_resumed (gpointer user_data)
{
  LanyardHubServer *server = user_data;

  g_clear_pointer (&server->run_source, g_source_unref);
  MHD_run (server->daemon);
  return G_SOURCE_REMOVE;
}

/* MHD looks at what was resumed when it runs the next time, and says to nobody that it would like
 * to. Not at once: this may be called from within. */
static void
resume (LanyardHubExchange *exchange)
{
  LanyardHubServer *server = exchange->server;

  exchange->suspended = FALSE;
  lanyard_hub_peers_wait (exchange->server->peers, exchange->connection, FALSE);
  MHD_resume_connection (exchange->connection);
  if (server->run_source != NULL)
    return;
  server->run_source = g_idle_source_new ();
  g_source_set_priority (server->run_source, G_PRIORITY_DEFAULT);
  g_source_set_callback (server->run_source, on_resumed, server, NULL);
  g_source_attach (server->run_source, g_main_context_get_thread_default ());
}

/* Wakes the long polls that have something to hear or whose time is over. */
static void
look_at_waiting (LanyardHubServer *server, gboolean all)
{
  guint64 generation = server->hub == NULL ? 0 : lanyard_hub_get_generation (server->hub);
  gboolean changed = server->seen_generation != generation;
  gint64 now_us = g_get_monotonic_time ();
  GHashTableIter iter;
  gpointer key;

  server->seen_generation = generation;
  g_hash_table_iter_init (&iter, server->waiting);
  while (g_hash_table_iter_next (&iter, &key, NULL))
    {
      LanyardHubExchange *exchange = key;

      if (all || now_us >= exchange->deadline_us
          || (changed
              && lanyard_hub_has_news (server->hub, exchange->device, &exchange->point,
                                       exchange->after_alert)))
        {
          g_hash_table_iter_remove (&iter);
          resume (exchange);
        }
    }
}

void
_lanyard_hub_resume (LanyardHubExchange *exchange)
{
  if (g_hash_table_remove (exchange->server->waiting, exchange))
    resume (exchange);
}

static void schedule_wake (LanyardHubServer *server, guint delay_ms);

static gboolean
on_wake (gpointer user_data)
{
  LanyardHubServer *server = user_data;

  g_clear_pointer (&server->wake_source, g_source_unref);
  look_at_waiting (server, FALSE);
  if (g_hash_table_size (server->waiting) > 0)
    schedule_wake (server, WAKE_PERIOD_MS);
  return G_SOURCE_REMOVE;
}

static void
schedule_wake (LanyardHubServer *server, guint delay_ms)
{
  if (server->wake_source != NULL)
    {
      g_source_destroy (server->wake_source);
      g_clear_pointer (&server->wake_source, g_source_unref);
    }
  server->wake_source = g_timeout_source_new (delay_ms);
  g_source_set_callback (server->wake_source, on_wake, server, NULL);
  g_source_attach (server->wake_source, g_main_context_get_thread_default ());
}

void
lanyard_hub_server_wake (LanyardHubServer *server)
{
  if (g_hash_table_size (server->waiting) > 0)
    schedule_wake (server, WAKE_DELAY_MS);
}

enum MHD_Result
_lanyard_hub_wait (LanyardHubExchange *exchange)
{
  LanyardHubServer *server = exchange->server;

  exchange->suspended = TRUE;
  g_hash_table_add (server->waiting, exchange);
  lanyard_hub_peers_wait (server->peers, exchange->connection, TRUE);
  MHD_suspend_connection (exchange->connection);
  if (server->wake_source == NULL)
    schedule_wake (server, WAKE_PERIOD_MS);
  return MHD_YES;
}

static void *
on_uri (void *cls, const char *uri, struct MHD_Connection *connection)
{
  LanyardHubExchange *exchange = g_new0 (LanyardHubExchange, 1);

  exchange->server = cls;
  exchange->connection = connection;
  exchange->uri = g_strdup (uri);
  exchange->body = g_byte_array_new ();
  exchange->started_us = g_get_monotonic_time ();
  exchange->server->n_open++;
  return exchange;
}

static void
on_completed (void *cls,
              struct MHD_Connection *connection,
              void **con_cls,
              enum MHD_RequestTerminationCode code)
{
  LanyardHubExchange *exchange = *con_cls;

  if (exchange == NULL)
    return;
  _lanyard_hub_metrics_count (&exchange->server->metrics,
                              exchange->route == NULL ? "none" : exchange->route->name,
                              exchange->status, g_get_monotonic_time () - exchange->started_us);
  _lanyard_hub_log_exchange (exchange);
  lanyard_hub_peers_end (exchange->server->peers, connection);
  g_hash_table_remove (exchange->server->waiting, exchange);
  if (exchange->forget != NULL)
    exchange->forget (exchange);
  exchange->server->n_open--;
  lanyard_hub_upload_free (exchange->upload); /* borrows the body */
  lanyard_hub_peers_let_go (exchange->server->peers, exchange->n_kept);
  g_byte_array_unref (exchange->body);
  g_free (exchange->uri);
  g_free (exchange);
  *con_cls = NULL;
}

/* Looks at the header before any of the body is taken. */
static enum MHD_Result
begin (LanyardHubExchange *exchange, const char *path, const char *method)
{
  const char *length = MHD_lookup_connection_value (exchange->connection, MHD_HEADER_KIND,
                                                    MHD_HTTP_HEADER_CONTENT_LENGTH);
  gboolean known_path;

  exchange->started = TRUE;
  exchange->method = method;
  lanyard_hub_peers_begin (exchange->server->peers, exchange->connection);
  exchange->route
      = _lanyard_hub_route_find (exchange->server, method, path, &exchange->rest, &known_path);
  if (exchange->route == NULL)
    return _lanyard_hub_answer_text (exchange,
                                     known_path ? MHD_HTTP_METHOD_NOT_ALLOWED : MHD_HTTP_NOT_FOUND,
                                     known_path ? "This cannot be done here."
                                                : "There is nothing here.");
  /* A little too much is read and thrown away: whoever still writes does not hear an answer. */
  if (length != NULL
      && g_ascii_strtoull (length, NULL, 10) > exchange->route->max_body_bytes + MAX_OVERFLOW_BYTES)
    return _lanyard_hub_answer_text (exchange, MHD_HTTP_CONTENT_TOO_LARGE,
                                     "The request's body is larger than its limit.");
  return MHD_YES;
}

/* Others need the room; what still comes is thrown away. */
static void
let_go (LanyardHubExchange *exchange)
{
  exchange->too_many = TRUE;
  lanyard_hub_peers_let_go (exchange->server->peers, exchange->n_kept);
  exchange->n_kept = 0;
  g_byte_array_unref (exchange->body);
  exchange->body = g_byte_array_new ();
}

static enum MHD_Result
take_body (LanyardHubExchange *exchange, const char *data, size_t *n_data)
{
  gsize limit = exchange->route->max_body_bytes;
  gint64 age_us = g_get_monotonic_time () - exchange->started_us;

  if (age_us > LANYARD_HUB_BODY_DEADLINE_S * G_USEC_PER_SEC)
    return MHD_NO;
  exchange->n_received += *n_data;
  if (exchange->n_received > limit + MAX_OVERFLOW_BYTES)
    return MHD_NO;
  if (exchange->body->len + *n_data > limit)
    exchange->too_large = TRUE;
  else if (exchange->too_many || !lanyard_hub_peers_take_bytes (exchange->server->peers, *n_data))
    let_go (exchange);
  else
    {
      exchange->n_kept += *n_data;
      g_byte_array_append (exchange->body, (const guint8 *)data, (guint)*n_data);
    }
  *n_data = 0;
  return MHD_YES;
}

static enum MHD_Result
on_request (void *cls,
            struct MHD_Connection *connection,
            const char *path,
            const char *method,
            const char *version,
            const char *data,
            size_t *n_data,
            void **con_cls)
{
  LanyardHubExchange *exchange = *con_cls;

  if (!exchange->started)
    return begin (exchange, path, method);
  if (*n_data > 0)
    return take_body (exchange, data, n_data);
  if (exchange->too_large)
    return _lanyard_hub_answer_text (exchange, MHD_HTTP_CONTENT_TOO_LARGE,
                                     "The request's body is larger than its limit.");
  if (exchange->too_many)
    return _lanyard_hub_answer_text (exchange, MHD_HTTP_SERVICE_UNAVAILABLE,
                                     "The hub has more to do than room for it; try again later.");
  return exchange->route->handler (exchange);
}

/* Returns: the listening socket's descriptor, owned by the caller; -1 with @error set */
static int
listen_on (const char *listen, char **url, GError **error)
{
  const char *colon = strrchr (listen, ':');
  g_autofree char *host = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GSocket) socket = NULL;
  gboolean v6;
  guint64 port;

  v6 = *listen == '[' && colon != NULL && colon > listen && colon[-1] == ']';
  if (colon != NULL)
    host = v6 ? g_strndup (listen + 1, (gsize)(colon - listen - 2))
              : g_strndup (listen, (gsize)(colon - listen));
  if (colon == NULL || !g_ascii_string_to_unsigned (colon + 1, 10, 0, 65535, &port, NULL)
      || (address = g_inet_socket_address_new_from_string (host, (guint)port)) == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "%s is no address to listen on; write it like 127.0.0.1:8470.", listen);
      return -1;
    }
  socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM,
                         G_SOCKET_PROTOCOL_TCP, error);
  if (socket == NULL)
    return -1;
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error))
    return -1;
  bound = g_socket_get_local_address (socket, error);
  if (bound == NULL)
    return -1;
  *url = g_strdup_printf (v6 ? "http://[%s]:%u" : "http://%s:%u", host,
                          g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)));
  return dup (g_socket_get_fd (socket));
}

static gboolean
start_daemon (LanyardHubServer *server, int fd, GError **error)
{
  server->daemon = MHD_start_daemon (
      MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME, 0, lanyard_hub_peers_on_accept, server->peers,
      on_request, server, MHD_OPTION_NOTIFY_CONNECTION, lanyard_hub_peers_on_connection,
      server->peers, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_URI_LOG_CALLBACK, on_uri, server,
      MHD_OPTION_NOTIFY_COMPLETED, on_completed, server, MHD_OPTION_CONNECTION_LIMIT,
      (unsigned)CONNECTION_LIMIT, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SILENCE_LIMIT_S,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY_BYTES, MHD_OPTION_END);
  if (server->daemon != NULL && attach_daemon (server))
    return TRUE;
  g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_UNAVAILABLE,
                       "The HTTP server cannot start on this machine.");
  return FALSE;
}

static gboolean
on_flush (gpointer user_data)
{
  LanyardHubServer *server = user_data;

  /* What cannot be written now is written with the next. */
  if (server->hub != NULL)
    lanyard_hub_flush_states (server->hub, NULL);
  return G_SOURCE_CONTINUE;
}

LanyardHubServer *
_lanyard_hub_server_new_for (LanyardHub *hub,
                             const LanyardHubRoute *routes,
                             guint n_routes,
                             gpointer owner,
                             const char *listen,
                             GError **error)
{
  g_autoptr (LanyardHubServer) server = g_new0 (LanyardHubServer, 1);
  int fd;

  server->hub = hub;
  server->peers = lanyard_hub_peers_new ();
  server->owner = owner;
  server->routes = routes;
  server->n_routes = n_routes;
  server->waiting = g_hash_table_new (NULL, NULL);
  server->uploads = g_ptr_array_new ();
  server->seen_generation = hub == NULL ? 0 : lanyard_hub_get_generation (hub);
  fd = listen_on (listen, &server->url, error);
  if (fd < 0 || !start_daemon (server, fd, error))
    return NULL;
  server->flush_source = g_timeout_source_new_seconds (FLUSH_PERIOD_S);
  g_source_set_callback (server->flush_source, on_flush, server, NULL);
  g_source_attach (server->flush_source, g_main_context_get_thread_default ());
  if (hub != NULL)
    server->news_source = _lanyard_hub_news_source_new (server);
  return g_steal_pointer (&server);
}

LanyardHubServer *
lanyard_hub_server_new (LanyardHub *hub, const char *listen, GError **error)
{
  const LanyardHubRoute *routes;
  guint n_routes;

  g_return_val_if_fail (hub != NULL && listen != NULL, NULL);

  routes = _lanyard_hub_get_routes (&n_routes);
  return _lanyard_hub_server_new_for (hub, routes, n_routes, NULL, listen, error);
}

const char *
lanyard_hub_server_get_url (LanyardHubServer *server)
{
  return server->url;
}

void
lanyard_hub_server_set_peer_limits (LanyardHubServer *server, const LanyardHubPeerLimits *limits)
{
  lanyard_hub_peers_set_limits (server->peers, limits);
}

void
lanyard_hub_server_set_on_outdated (LanyardHubServer *server, GSourceFunc func, gpointer user_data)
{
  server->on_outdated = func;
  server->on_outdated_data = user_data;
}

void
lanyard_hub_server_set_log (LanyardHubServer *server, LanyardHubLog log)
{
  server->log = log;
}

void
lanyard_hub_server_set_page_password (LanyardHubServer *server, const char *password)
{
  g_free (server->page_password);
  server->page_password = g_strdup (password);
}

/* Lets what is under way finish, for a bounded time. */
static void
drain (LanyardHubServer *server)
{
  gint64 deadline_us = g_get_monotonic_time () + CLOSE_LIMIT_US;
  int fd = MHD_quiesce_daemon (server->daemon);

  server->closing = TRUE;
  do
    {
      look_at_waiting (server, TRUE);
      _lanyard_hub_run_uploads (server);
      MHD_run (server->daemon);
      if (server->n_open > 0)
        MHD_run_wait (server->daemon, 10);
    }
  while (server->n_open > 0 && g_get_monotonic_time () < deadline_us);
  if (fd >= 0)
    close (fd);
}

void
lanyard_hub_server_free (LanyardHubServer *server)
{
  if (server == NULL)
    return;
  if (server->wake_source != NULL)
    g_source_destroy (server->wake_source);
  g_clear_pointer (&server->wake_source, g_source_unref);
  if (server->flush_source != NULL)
    g_source_destroy (server->flush_source);
  g_clear_pointer (&server->flush_source, g_source_unref);
  if (server->daemon != NULL)
    {
      drain (server);
      look_at_waiting (server, TRUE);
      _lanyard_hub_run_uploads (server);
      MHD_stop_daemon (server->daemon);
    }
  if (server->news_source != NULL)
    g_source_destroy (server->news_source);
  g_clear_pointer (&server->news_source, g_source_unref);
  if (server->uploads_source != NULL)
    g_source_destroy (server->uploads_source);
  g_clear_pointer (&server->uploads_source, g_source_unref);
  if (server->run_source != NULL)
    g_source_destroy (server->run_source);
  g_clear_pointer (&server->run_source, g_source_unref);
  if (server->source != NULL)
    g_source_destroy (server->source);
  g_clear_pointer (&server->source, g_source_unref);
  g_hash_table_unref (server->waiting);
  g_ptr_array_unref (server->uploads);
  lanyard_hub_peers_free (server->peers);
  _lanyard_hub_metrics_clear (&server->metrics);
  g_free (server->page_password);
  g_free (server->url);
  g_free (server);
}
