/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * Tells the network of a relay (lanyard-announcement.h) through the Avahi daemon of this machine,
 * for as long as it lives: also when the daemon starts later or anew, and under another name when
 * the name is taken.
 */
typedef struct _LanyardBeacon LanyardBeacon;

/**
 * lanyard_beacon_new:
 * @url: where it listens: "http://10.1.2.3:8470". Told at the interface that has this address
 * alone; 0.0.0.0 and [::] are told at all of them
 * @event: as lanyard_announcement_name_event()
 * @venue: code of the venue
 * @error: LANYARD_ERROR_USAGE: a URL without address and port, or an address of no interface
 */
LanyardBeacon *
lanyard_beacon_new (const char *url, const char *event, const char *venue, GError **error);

/* @beacon: (nullable): the network hears that it goes */
void lanyard_beacon_free (LanyardBeacon *beacon);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardBeacon, lanyard_beacon_free)

G_END_DECLS
