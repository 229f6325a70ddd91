/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANYARD_BACKOFF_BASE_MS 1000
#define LANYARD_BACKOFF_CAP_MS 60000
/* Even the luckiest jitter leaves the hub so long. */
#define LANYARD_BACKOFF_FLOOR_MS 50
/* A hub that asks for more than this is not obeyed. */
#define LANYARD_BACKOFF_RETRY_AFTER_MAX_S 3600

/* How long to wait after failures. A value; all zero is the beginning. */
typedef struct
{
  guint failures;  /* in a row */
  guint spread_ms; /* as the hub asked: after an outage, desks come back within so long */
} LanyardBackoff;

/**
 * lanyard_backoff_next_ms:
 * @backoff: counts this failure
 * @retry_after_s: what the hub asked for, s; 0: nothing
 * @random: any 32 random bits
 *
 * Full jitter: anything from nothing to the window, which doubles from 1 s to 60 s. So a thousand
 * desks that lost the hub together do not come back together. Retry-After wins, with up to a second
 * of jitter on top. Neither window is shorter than the spread that the hub asked for.
 *
 * Returns: ms
 */
guint lanyard_backoff_next_ms (LanyardBackoff *backoff, guint retry_after_s, guint32 random);

/* Only after a success. */
void lanyard_backoff_reset (LanyardBackoff *backoff);

G_END_DECLS
