/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include "lanyard-backoff.h"

#include "lanyard-fault.h"

#define MAX_DOUBLINGS 6
#define RETRY_AFTER_JITTER_MS 1000

guint
lanyard_backoff_next_ms (LanyardBackoff *backoff, guint retry_after_s, guint32 random)
{
  guint doublings = MIN (backoff->failures, (guint)MAX_DOUBLINGS);
  guint window_ms
      = MIN ((guint)LANYARD_BACKOFF_BASE_MS << doublings, (guint)LANYARD_BACKOFF_CAP_MS);

  window_ms = MAX (window_ms, backoff->spread_ms);
  if (backoff->failures < G_MAXUINT)
    backoff->failures++;
  if (retry_after_s > 0)
    return MIN (retry_after_s, (guint)LANYARD_BACKOFF_RETRY_AFTER_MAX_S) * 1000
           + random % MAX ((guint)RETRY_AFTER_JITTER_MS, backoff->spread_ms);
  if (lanyard_fault ("sync-retry-without-jitter"))
    return window_ms;
  return MAX ((guint)LANYARD_BACKOFF_FLOOR_MS, random % (window_ms + 1));
}

void
lanyard_backoff_reset (LanyardBackoff *backoff)
{
  backoff->failures = 0;
}
