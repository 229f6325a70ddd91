/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-key.h"
#include "lanyard-line-tls.h"

G_BEGIN_DECLS

/* Who asks for its first pack. A value; all borrowed. */
typedef struct
{
  const char *hub_url;
  LanyardLineTls *tls; /* (nullable) */
  LanyardKey *key;     /* the desk's, enrolled */
  guint32 device;
  guint32 epoch;
  const char *event; /* event code of the desk's identity */
  const char *venue; /* code that the pack must know */
  const LanyardPublicKey *root;
} LanyardFirstPack;

/**
 * lanyard_first_pack_fetch:
 * @ask: who asks
 * @folder: where the pack is put; one that is there and good is left, another is replaced
 * @error: LANYARD_ERROR_NETWORK, _UNTRUSTED, _SIGNATURE, _EXPIRED (the clock, perhaps), _PROTOCOL
 *   (of another event), _USAGE (without this venue), _IO, _FULL
 *
 * The event's pack in force, file by file and each checked against the signed manifest, put into
 * its place by one rename when all of it is verified from the root key. What came before a cut is
 * kept beside it and not fetched again. Blocks (two minutes limit).
 */
gboolean lanyard_first_pack_fetch (const LanyardFirstPack *ask, const char *folder, GError **error);

G_END_DECLS
