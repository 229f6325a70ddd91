/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <microhttpd.h>

G_BEGIN_DECLS

/*
 * Who is connected, and how much one address may ask of a hub that stands alone. A server in front
 * of it has limits of its own; its connections come from the loopback address, which has none here.
 */
typedef struct
{
  guint max_connections; /* of one address at a time */
  guint header_s;        /* from the connection, or the answer before, to the end of the header */
  guint exchange_s;      /* from there to the last byte of the answer, without a long poll's wait */
  guint max_enrolments;  /* tries that fail of one address in a minute */
  gsize max_bodies_bytes; /* of the bodies of all requests under way together, whoever sends them */
  gboolean also_loopback;
} LanyardHubPeerLimits;

/* What holds when nothing else is said. */
#define LANYARD_HUB_PEER_LIMITS_DEFAULT                                                            \
  ((LanyardHubPeerLimits){ .max_connections = 1024,                                                \
                           .header_s = 20,                                                         \
                           .exchange_s = 120,                                                      \
                           .max_enrolments = 20,                                                   \
                           .max_bodies_bytes = 512 * 1024 * 1024 })

typedef struct _LanyardHubPeers LanyardHubPeers;

/* Looks after them in the GMainContext that is thread-default now. */
LanyardHubPeers *lanyard_hub_peers_new (void);
/* After the daemon was stopped. @peers: (nullable) */
void lanyard_hub_peers_free (LanyardHubPeers *peers);
void lanyard_hub_peers_set_limits (LanyardHubPeers *peers, const LanyardHubPeerLimits *limits);

/* For the daemon; @cls is the LanyardHubPeers. */
enum MHD_Result
lanyard_hub_peers_on_accept (void *cls, const struct sockaddr *address, socklen_t n_address);
void lanyard_hub_peers_on_connection (void *cls,
                                      struct MHD_Connection *connection,
                                      void **socket_context,
                                      enum MHD_ConnectionNotificationCode code);

/* Whether @n_bytes more of a body may be kept; they are then, until they are let go. */
gboolean lanyard_hub_peers_take_bytes (LanyardHubPeers *peers, gsize n_bytes);
void lanyard_hub_peers_let_go (LanyardHubPeers *peers, gsize n_bytes);

/* The header of a request is whole. */
void lanyard_hub_peers_begin (LanyardHubPeers *peers, struct MHD_Connection *connection);
/* It waits as a long poll does, or goes on. */
void
lanyard_hub_peers_wait (LanyardHubPeers *peers, struct MHD_Connection *connection, gboolean on);
/* Its answer is out, or will never be. */
void lanyard_hub_peers_end (LanyardHubPeers *peers, struct MHD_Connection *connection);

/* Whether this address may try to enrol. @wait_s: (out): FALSE: when it may again, s */
gboolean lanyard_hub_peers_may_enrol (LanyardHubPeers *peers,
                                      struct MHD_Connection *connection,
                                      guint *wait_s);
/* It tried, and the code was not good. */
void lanyard_hub_peers_note_failed (LanyardHubPeers *peers, struct MHD_Connection *connection);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubPeers, lanyard_hub_peers_free)

G_END_DECLS
