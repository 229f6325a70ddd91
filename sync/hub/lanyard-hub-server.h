/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hub-peers.h"
#include "lanyard-hub.h"

G_BEGIN_DECLS

/*
 * HTTP/1.1 in front of a hub, on libmicrohttpd, in the GMainContext that is thread-default when it
 * is made: one thread reads requests, asks the hub and answers, so the store has one writer by
 * construction. Long polls are suspended connections and cost no thread.
 */
typedef struct _LanyardHubServer LanyardHubServer;

/**
 * lanyard_hub_server_new:
 * @hub: borrowed; must outlive the server; belongs to this thread
 * @listen: "127.0.0.1:8470" or "[::1]:8470"; port 0 takes a free one
 * @error: LANYARD_ERROR_USAGE for an address that is none, _IO when it cannot be had
 *
 * Returns: (transfer full) (nullable): a server that answers as soon as the context runs
 */
LanyardHubServer *lanyard_hub_server_new (LanyardHub *hub, const char *listen, GError **error);

/* Answers what is under way, long polls at once, takes nothing new, and closes. */
void lanyard_hub_server_free (LanyardHubServer *server);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubServer, lanyard_hub_server_free)

/* Returns: (transfer none): "http://127.0.0.1:8470" */
const char *lanyard_hub_server_get_url (LanyardHubServer *server);
/* Looks whether long polls have something to tell: after a change that came from elsewhere. */
void lanyard_hub_server_wake (LanyardHubServer *server);
/* @func: called, maybe more than once, when the hub should end: lanyard_hub_is_outdated() */
void
lanyard_hub_server_set_on_outdated (LanyardHubServer *server, GSourceFunc func, gpointer user_data);
/* How requests are told on standard error: one line each, without personal data. */
typedef enum
{
  LANYARD_HUB_LOG_NONE,
  LANYARD_HUB_LOG_TEXT, /* key=value */
  LANYARD_HUB_LOG_JSON, /* one object */
} LanyardHubLog;

void lanyard_hub_server_set_log (LanyardHubServer *server, LanyardHubLog log);
/* @password: (nullable): asked for by the fleet page and the metrics; without one they are for this
 * machine, and for those whom a server in front has named (docs/fleet.md) */
void lanyard_hub_server_set_page_password (LanyardHubServer *server, const char *password);

/* What one address may ask; LANYARD_HUB_PEER_LIMITS_DEFAULT until then. */
void lanyard_hub_server_set_peer_limits (LanyardHubServer *server,
                                         const LanyardHubPeerLimits *limits);

G_END_DECLS
