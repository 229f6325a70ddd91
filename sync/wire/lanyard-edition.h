/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-trust-list.h"
#include "lanyard-wire.h"

G_BEGIN_DECLS

/* Tells which edition of the event's pack the hub has, and carries its manifest. */
typedef struct
{
  char *event;      /* event code */
  guint32 version;  /* of the pack, from 1 */
  gint64 made_s;    /* when it was published, s since 1970-01-01 UTC */
  GBytes *manifest; /* content of manifest.cbor, which is signed itself */
} LanyardEdition;

LanyardEdition *lanyard_edition_new (const char *event, guint32 version, GBytes *manifest);
void lanyard_edition_free (LanyardEdition *edition);
/* Returns: (transfer full): the signed message */
GBytes *lanyard_edition_sign (const LanyardEdition *edition, const LanyardKey *key);

/**
 * lanyard_edition_open:
 * @message: a signed message
 * @trust: the key needs LANYARD_SCOPE_PACK
 * @event: (nullable): event code that must stand in it: another is LANYARD_ERROR_PROTOCOL
 * @at_s: now, s since 1970-01-01 UTC
 * @error: LANYARD_ERROR_LIMIT, _INVALID, _NEWER, _SIGNATURE, _UNTRUSTED, _EXPIRED, _PROTOCOL
 *
 * The manifest is not looked at: see lanyard_pack_manifest_read().
 *
 * Returns: (transfer full) (nullable): the edition
 */
LanyardEdition *lanyard_edition_open (GBytes *message,
                                      const LanyardTrustList *trust,
                                      const char *event,
                                      gint64 at_s,
                                      GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardEdition, lanyard_edition_free)

G_END_DECLS
