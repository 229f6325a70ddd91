/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "lanyard-key.h"

G_BEGIN_DECLS

/*
 * What a relay tells the network of itself (RFC 6763): where it listens, and in its TXT record the
 * protocol, the event and the venue. Nothing of it is secret, nothing is of a person, and nothing
 * of it is believed: it only keeps a desk from asking the relays of others.
 */
#define LANYARD_ANNOUNCEMENT_TYPE "_lanyard._tcp"
#define LANYARD_ANNOUNCEMENT_PROTOCOL "1"    /* LANYARD_WIRE_VERSION */
#define LANYARD_ANNOUNCEMENT_MAX_STRINGS 32  /* of a TXT record that is looked at */
#define LANYARD_ANNOUNCEMENT_VENUE_BYTES 128 /* of a venue's code */
#define LANYARD_ANNOUNCEMENT_EVENT_CHARS 32

/* Returns: (transfer full): hexadecimal; the same for everybody with the same event root key */
char *lanyard_announcement_name_event (const LanyardPublicKey *root);

/* @event: as lanyard_announcement_name_event()
 * Returns: (transfer full): a floating "aay", as Avahi takes it */
GVariant *lanyard_announcement_write (const char *event, const char *venue);

/* @txt: "aay", of anybody. Returns: whether it is of this event, this venue and this protocol */
gboolean lanyard_announcement_is_of (GVariant *txt, const char *event, const char *venue);

/**
 * lanyard_announcement_make_url:
 * @address: IPv4 or IPv6, of anybody
 * @port: 0 is none
 * @network: index of the interface at which it was found; link-local addresses hold there alone
 *
 * Refused are addresses of many, of nobody, and of this machine itself unless the relay was found
 * in this machine: nobody points a desk at its own services.
 *
 * Returns: (transfer full) (nullable): "http://10.1.2.3:8470", "http://[fe80::1%25eth0]:8470"
 */
char *lanyard_announcement_make_url (const char *address, guint16 port, guint network);

G_END_DECLS
