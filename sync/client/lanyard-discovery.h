/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Relays of this event and this venue, found by DNS-SD (RFC 6763) through the Avahi daemon of this
 * machine. What is found is an address and nothing more: trust comes from signatures. Where there
 * is no Avahi nothing is found, and nothing else changes.
 */
#define LANYARD_DISCOVERY_MAX_KNOWN 64    /* announcements that are remembered at one time */
#define LANYARD_DISCOVERY_MAX_RESOLVING 8 /* questions to Avahi at one time */
#define LANYARD_DISCOVERY_AGAIN_S 30      /* who gave no usable answer is asked again */

typedef struct _LanyardDiscovery LanyardDiscovery;

/* @url: "http://10.1.2.3:8470"
 * @here: whether it came; FALSE: it went, or nobody announces it any more */
typedef void (*LanyardDiscoveryFunc) (const char *url, gboolean here, gpointer user_data);

/**
 * lanyard_discovery_new:
 * @event: as lanyard_announcement_name_event()
 * @venue: code of this desk's venue
 * @func: once for each URL that comes, and once when it goes
 *
 * Looks from now on, in the thread-default GMainContext.
 */
LanyardDiscovery *lanyard_discovery_new (const char *event,
                                         const char *venue,
                                         LanyardDiscoveryFunc func,
                                         gpointer user_data);

/* @discovery: (nullable): stops looking; tells nothing */
void lanyard_discovery_free (LanyardDiscovery *discovery);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardDiscovery, lanyard_discovery_free)

G_END_DECLS
