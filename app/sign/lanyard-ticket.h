/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-key.h"

G_BEGIN_DECLS

/* What a ticket's text begins with; the number is the version of all that follows. */
#define LANYARD_TICKET_PREFIX "LYE1:"
/* Longest parts, bytes. */
#define LANYARD_TICKET_MAX_HUB_BYTES 256
#define LANYARD_TICKET_MAX_CODE_BYTES 64
#define LANYARD_TICKET_MAX_VENUE_BYTES 64
#define LANYARD_TICKET_MAX_NAME_BYTES 128
/* Longest text. */
#define LANYARD_TICKET_MAX_BYTES 1024

/* All that a desk has to be told to join an event, as the hub's QR holds it. A value. It is as
 * secret as its code, which is good once and not for long. */
typedef struct
{
  char *hub;             /* owned: where the hub is: "https://hub.example.org" */
  char *code;            /* owned: one-time code */
  LanyardPublicKey root; /* event root key: whoever shows the ticket says whom the desk trusts */
  char *venue;           /* owned: code of the venue that the code is for */
  char *name;            /* owned: words for people; may be empty */
} LanyardTicket;

void lanyard_ticket_free (LanyardTicket *ticket);

/* Returns: whether @text, (nullable), says that it is a ticket, of whatever version */
gboolean lanyard_ticket_is (const char *text);

/**
 * lanyard_ticket_encode:
 * @ticket: whole
 *
 * LANYARD_TICKET_PREFIX and, in Base45 (RFC 9285), the deterministic CBOR array
 * [hub, code, root, venue, name]: text of the QR alphanumeric mode (ISO/IEC 18004 §7.4.4).
 *
 * Returns: (transfer full)
 */
char *lanyard_ticket_encode (const LanyardTicket *ticket);

/**
 * lanyard_ticket_decode:
 * @text: what was scanned
 * @error: LANYARD_ERROR_INVALID (no ticket, or a damaged one), _LIMIT, _NEWER (of a later version)
 *
 * The hub is an http or https address, and all parts but the name are there.
 *
 * Returns: (transfer full) (nullable)
 */
LanyardTicket *lanyard_ticket_decode (const char *text, GError **error);

/* Returns: whether @hub is "http://…" or "https://…" with a host */
gboolean lanyard_ticket_is_hub (const char *hub);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardTicket, lanyard_ticket_free)

G_END_DECLS
