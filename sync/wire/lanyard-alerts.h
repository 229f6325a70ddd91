/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-trust-list.h"
#include "lanyard-wire.h"

G_BEGIN_DECLS

/* On the wire for ever. A kind of a later version is passed on as "kind-N". */
typedef enum
{
  LANYARD_ALERT_CONFLICT = 10,     /* more than one open badge of one accreditation */
  LANYARD_ALERT_RESOLVED = 20,     /* the conflict is over: one open badge or none */
  LANYARD_ALERT_REVOKED = 30,      /* a badge that this desk issued is void now, by another desk */
  LANYARD_ALERT_DESK_REVOKED = 60, /* a desk is not trusted any more; number: "desk-N", serial: its
                                      serial prefix */
} LanyardAlertKind;

/* Something that a desk has to know about a badge which it issued. */
typedef struct
{
  guint64 id;     /* the hub's order of alerts */
  guint16 kind;   /* LanyardAlertKind, or one of a later version */
  char *number;   /* accreditation number */
  char **serials; /* badges concerned; never NULL */
  guint64 gseq;   /* change of the feed that goes with it; 0: none */
  gint64 at_us;   /* the hub's wall clock, µs since 1970-01-01 UTC; for people */
} LanyardAlert;

LanyardAlert *lanyard_alert_new (void);
void lanyard_alert_free (LanyardAlert *alert);
/* Returns: (transfer full): "conflict", "resolved", "revoked", "kind-77" */
char *lanyard_alert_kind_to_string (guint16 kind);

/* A page of the alerts of one desk with after < id ≤ next, ascending. */
typedef struct
{
  guint32 device;
  guint64 after;
  guint64 next;    /* goes on from here */
  GPtrArray *rows; /* (element-type LanyardAlert); owned */
} LanyardAlerts;

LanyardAlerts *lanyard_alerts_new (void);
void lanyard_alerts_free (LanyardAlerts *alerts);
/* Returns: (transfer full): the signed message */
GBytes *lanyard_alerts_sign (const LanyardAlerts *alerts, const LanyardKey *key);

/**
 * lanyard_alerts_open:
 * @message: a signed message
 * @trust: the key needs LANYARD_SCOPE_DIRECTORY
 * @device: must stand in it: another desk's alerts are LANYARD_ERROR_PROTOCOL
 * @at_s: now, s since 1970-01-01 UTC
 * @error: LANYARD_ERROR_LIMIT, _INVALID, _NEWER, _SIGNATURE, _UNTRUSTED, _EXPIRED, _PROTOCOL
 *
 * Returns: (transfer full) (nullable): the page
 */
LanyardAlerts *lanyard_alerts_open (GBytes *message,
                                    const LanyardTrustList *trust,
                                    guint32 device,
                                    gint64 at_s,
                                    GError **error);
/* The payload alone. */
LanyardAlerts *lanyard_alerts_decode (const void *data, gsize n_bytes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardAlert, lanyard_alert_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardAlerts, lanyard_alerts_free)

G_END_DECLS
