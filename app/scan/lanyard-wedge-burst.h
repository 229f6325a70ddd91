/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-wedge-decoder.h"

G_BEGIN_DECLS

/*
 * Keys that come faster than a person types. Part of lanyard-wedge-decoder.h.
 *
 * Assumes that no scan has more than max_keys keys, so that one array, made at the start, holds
 * each of them and is wiped in place; what is longer is swallowed to its end. Assumes that one key
 * over and over is a key that is held down. Nothing here is measured: the limit is that of a scan,
 * and when keys are a burst is said in lanyard-wedge-decoder.h.
 */
typedef struct
{
  GArray *keys;   /* (element-type LanyardWedgeKey) owned: with prefix and suffix; empty: none */
  guint max_keys; /* of the longest burst */
  guint n_characters; /* of keys: those that write something */
  guint n_passed;     /* of keys, let through: always the first ones */
  gboolean uniform;   /* all of them are the same one */
  gboolean joined;    /* its first line has ended and others follow until silence */
  gboolean overflown; /* longer than any scan: swallowed without being kept */
  gint64 first_us;    /* monotonic: its first key */
  gint64 last_us;     /* monotonic: its last key */
} LanyardWedgeBurst;

/* Makes room for the longest burst: no copy of its keys is left behind by growing. */
void lanyard_wedge_burst_init (LanyardWedgeBurst *burst, guint max_keys);
void lanyard_wedge_burst_clear (LanyardWedgeBurst *burst);

/* Returns: (transfer none): keys->len of them */
const LanyardWedgeKey *lanyard_wedge_burst_get_keys (const LanyardWedgeBurst *burst);
/* Whether a burst is under way. */
gboolean lanyard_wedge_burst_is_there (const LanyardWedgeBurst *burst);
/* Wipes it. */
void lanyard_wedge_burst_forget (LanyardWedgeBurst *burst);
void
lanyard_wedge_burst_append (LanyardWedgeBurst *burst, const LanyardWedgeKey *key, gint64 at_us);
/* Takes the last key back, which writes something: it does not go on where the prefix does. */
void lanyard_wedge_burst_chop (LanyardWedgeBurst *burst);

G_END_DECLS
