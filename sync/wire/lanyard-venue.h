/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-wire.h"

G_BEGIN_DECLS

/*
 * What a relay tells the desks of its venue of each other. It is signed by nobody, since a relay
 * has no key: each batch in it is signed by the desk that made it, and the desk that reads it
 * checks that. So a relay may keep something back, and can make nothing up.
 */
typedef struct
{
  gboolean line;      /* whether the relay has a line to the hub, as it believes */
  guint64 next;       /* the lane's cursor after these */
  GPtrArray *batches; /* owned (element-type GBytes): signed batches as they were uploaded */
} LanyardVenue;

LanyardVenue *lanyard_venue_new (void);
void lanyard_venue_free (LanyardVenue *venue);
/* Returns: (transfer full): the message */
GBytes *lanyard_venue_encode (const LanyardVenue *venue);
/* @error: LANYARD_ERROR_LIMIT, _INVALID, _NEWER. Returns: (transfer full) (nullable) */
LanyardVenue *lanyard_venue_decode (const void *data, gsize n_bytes, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardVenue, lanyard_venue_free)

G_END_DECLS
