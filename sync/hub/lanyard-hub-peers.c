/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-peers.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <string.h>
#include <sys/socket.h>

/*
 * MHD closes lines on which nothing comes. Somebody who sends a byte now and then keeps a line for
 * ever: such lines are cut here, by a time that runs from the beginning of what they are at.
 */

#define SWEEP_MS 1000
#define WINDOW_US (60 * G_USEC_PER_SEC)

/* One address. */
typedef struct
{
  guint n_connections;
  guint n_failed; /* tries to enrol since the window began */
  gint64 window_us;
} Address;

typedef enum
{
  AT_HEADER,
  AT_EXCHANGE,
  AT_WAIT,
} Stage;

/* One line. */
typedef struct
{
  struct MHD_Connection *connection; /* borrowed */
  char *address;                     /* owned; key of addresses */
  int fd;
  Stage stage;
  gint64 since_us;
} Peer;

struct _LanyardHubPeers
{
  LanyardHubPeerLimits limits;
  gsize n_bodies_bytes;  /* of bodies that are kept now */
  GHashTable *addresses; /* owned (element-type utf8 Address) */
  GHashTable *peers;     /* owned (element-type MHD_Connection Peer) */
  GSource *sweep;        /* owned */
};

static void
peer_free (Peer *peer)
{
  g_free (peer->address);
  g_free (peer);
}

/* Returns: (transfer full) (nullable): NULL: it has no limits */
static char *
describe (const LanyardHubPeers *peers, const struct sockaddr *address)
{
  char text[INET6_ADDRSTRLEN] = "";
  gboolean local = TRUE;

  if (address != NULL && address->sa_family == AF_INET)
    {
      const struct sockaddr_in *v4 = (const struct sockaddr_in *)address;

      inet_ntop (AF_INET, &v4->sin_addr, text, sizeof text);
      local = ntohl (v4->sin_addr.s_addr) >> 24 == IN_LOOPBACKNET;
    }
  else if (address != NULL && address->sa_family == AF_INET6)
    {
      const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)address;

      inet_ntop (AF_INET6, &v6->sin6_addr, text, sizeof text);
      local = IN6_IS_ADDR_LOOPBACK (&v6->sin6_addr);
    }
  return local && !peers->limits.also_loopback ? NULL : g_strdup (text);
}

static Address *
get_address (LanyardHubPeers *peers, const char *text)
{
  Address *address = g_hash_table_lookup (peers->addresses, text);

  if (address == NULL)
    {
      address = g_new0 (Address, 1);
      g_hash_table_insert (peers->addresses, g_strdup (text), address);
    }
  return address;
}

static Address *
find_address (LanyardHubPeers *peers, struct MHD_Connection *connection)
{
  const Peer *peer = g_hash_table_lookup (peers->peers, connection);

  return peer == NULL || peer->address == NULL ? NULL : get_address (peers, peer->address);
}

static gboolean
is_over (const LanyardHubPeers *peers, const Peer *peer, gint64 now_us)
{
  gint64 age_us = now_us - peer->since_us;

  switch (peer->stage)
    {
    case AT_HEADER:
      return age_us > peers->limits.header_s * G_USEC_PER_SEC;
    case AT_EXCHANGE:
      return age_us > peers->limits.exchange_s * G_USEC_PER_SEC;
    default:
      return FALSE;
    }
}

static gboolean
is_forgotten (gpointer key, gpointer value, gpointer user_data)
{
  const Address *address = value;
  const gint64 *now_us = user_data;

  return address->n_connections == 0 && *now_us - address->window_us > WINDOW_US;
}

static gboolean
on_sweep (gpointer user_data)
{
  LanyardHubPeers *peers = user_data;
  gint64 now_us = g_get_monotonic_time ();
  GHashTableIter iter;
  gpointer value;

  g_hash_table_iter_init (&iter, peers->peers);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      const Peer *peer = value;

      /* The daemon hears the end of the line and closes it itself. */
      if (is_over (peers, peer, now_us))
        shutdown (peer->fd, SHUT_RDWR);
    }
  g_hash_table_foreach_remove (peers->addresses, is_forgotten, &now_us);
  return G_SOURCE_CONTINUE;
}

static void
begin_connection (LanyardHubPeers *peers, struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *address
      = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
  const union MHD_ConnectionInfo *fd
      = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  Peer *peer = g_new0 (Peer, 1);

  peer->connection = connection;
  peer->address = describe (peers, address == NULL ? NULL : address->client_addr);
  peer->fd = fd == NULL ? -1 : fd->connect_fd;
  peer->since_us = g_get_monotonic_time ();
  if (peer->address != NULL)
    get_address (peers, peer->address)->n_connections++;
  g_hash_table_insert (peers->peers, connection, peer);
}

static void
end_connection (LanyardHubPeers *peers, struct MHD_Connection *connection)
{
  Address *address = find_address (peers, connection);

  if (address != NULL)
    address->n_connections--;
  g_hash_table_remove (peers->peers, connection);
}

static void
move (LanyardHubPeers *peers, struct MHD_Connection *connection, Stage stage)
{
  Peer *peer = g_hash_table_lookup (peers->peers, connection);

  if (peer == NULL)
    return;
  peer->stage = stage;
  peer->since_us = g_get_monotonic_time ();
}

LanyardHubPeers *
lanyard_hub_peers_new (void)
{
  LanyardHubPeers *peers = g_new0 (LanyardHubPeers, 1);

  peers->limits = LANYARD_HUB_PEER_LIMITS_DEFAULT;
  peers->addresses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  peers->peers = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify)peer_free);
  peers->sweep = g_timeout_source_new (SWEEP_MS);
  g_source_set_callback (peers->sweep, on_sweep, peers, NULL);
  g_source_attach (peers->sweep, g_main_context_get_thread_default ());
  return peers;
}

void
lanyard_hub_peers_free (LanyardHubPeers *peers)
{
  if (peers == NULL)
    return;
  g_source_destroy (peers->sweep);
  g_source_unref (peers->sweep);
  g_hash_table_unref (peers->addresses);
  g_hash_table_unref (peers->peers);
  g_free (peers);
}

void
lanyard_hub_peers_set_limits (LanyardHubPeers *peers, const LanyardHubPeerLimits *limits)
{
  peers->limits = *limits;
}

enum MHD_Result
lanyard_hub_peers_on_accept (void *cls, const struct sockaddr *address, socklen_t n_address)
{
  LanyardHubPeers *peers = cls;
  g_autofree char *text = describe (peers, address);
  const Address *known = text == NULL ? NULL : g_hash_table_lookup (peers->addresses, text);

  return known == NULL || known->n_connections < peers->limits.max_connections ? MHD_YES : MHD_NO;
}

void
lanyard_hub_peers_on_connection (void *cls,
                                 struct MHD_Connection *connection,
                                 void **socket_context,
                                 enum MHD_ConnectionNotificationCode code)
{
  if (code == MHD_CONNECTION_NOTIFY_STARTED)
    begin_connection (cls, connection);
  else
    end_connection (cls, connection);
}

gboolean
lanyard_hub_peers_take_bytes (LanyardHubPeers *peers, gsize n_bytes)
{
  if (n_bytes > peers->limits.max_bodies_bytes
      || peers->n_bodies_bytes > peers->limits.max_bodies_bytes - n_bytes)
    return FALSE;
  peers->n_bodies_bytes += n_bytes;
  return TRUE;
}

void
lanyard_hub_peers_let_go (LanyardHubPeers *peers, gsize n_bytes)
{
  g_assert (peers->n_bodies_bytes >= n_bytes);
  peers->n_bodies_bytes -= n_bytes;
}

void
lanyard_hub_peers_begin (LanyardHubPeers *peers, struct MHD_Connection *connection)
{
  move (peers, connection, AT_EXCHANGE);
}

void
lanyard_hub_peers_wait (LanyardHubPeers *peers, struct MHD_Connection *connection, gboolean on)
{
  move (peers, connection, on ? AT_WAIT : AT_EXCHANGE);
}

void
lanyard_hub_peers_end (LanyardHubPeers *peers, struct MHD_Connection *connection)
{
  move (peers, connection, AT_HEADER);
}

gboolean
lanyard_hub_peers_may_enrol (LanyardHubPeers *peers,
                             struct MHD_Connection *connection,
                             guint *wait_s)
{
  const Address *address = find_address (peers, connection);
  gint64 left_us;

  if (address == NULL || address->n_failed < peers->limits.max_enrolments)
    return TRUE;
  left_us = address->window_us + WINDOW_US - g_get_monotonic_time ();
  *wait_s = (guint)(left_us / G_USEC_PER_SEC) + 1;
  return left_us <= 0;
}

void
lanyard_hub_peers_note_failed (LanyardHubPeers *peers, struct MHD_Connection *connection)
{
  Address *address = find_address (peers, connection);
  gint64 now_us = g_get_monotonic_time ();

  if (address == NULL)
    return;
  if (address->n_failed == 0 || now_us - address->window_us > WINDOW_US)
    {
      address->window_us = now_us;
      address->n_failed = 0;
    }
  address->n_failed++;
}
