/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Relays of the venue, found by DNS-SD (RFC 6763) as _lanyard._tcp, through the Avahi daemon of
 * this machine. What is found is an address and nothing more: trust comes from signatures. Where
 * there is no Avahi nothing is found, and nothing else changes.
 */
#define LANYARD_DISCOVERY_TYPE "_lanyard._tcp"

typedef struct _LanyardDiscovery LanyardDiscovery;

/* @url: "http://10.1.2.3:8470" */
typedef void (*LanyardDiscoveryFunc) (const char *url, gpointer user_data);

/* Looks from now on, in the thread-default GMainContext. @func: called for each relay that is
 * found, maybe more than once Returns: (transfer full) (nullable): NULL: there is no system bus */
LanyardDiscovery *lanyard_discovery_new (LanyardDiscoveryFunc func, gpointer user_data);

/* Tells others of a service on @port. Returns: as lanyard_discovery_new() */
LanyardDiscovery *lanyard_discovery_publish (guint16 port);

/* @discovery: (nullable): stops looking, or telling */
void lanyard_discovery_free (LanyardDiscovery *discovery);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardDiscovery, lanyard_discovery_free)

G_END_DECLS
