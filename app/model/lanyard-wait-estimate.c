/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-wait-estimate.h"

#define MINUTE_S 60

LanyardWaitEstimate
lanyard_wait_estimate_make (guint waiting, guint under_way, guint n_taken, guint median_s)
{
  LanyardWaitEstimate estimate = { .people = waiting + under_way };

  if (n_taken < LANYARD_WAIT_MIN_PICKUPS)
    return estimate;
  estimate.minutes = (guint)(((guint64)estimate.people * median_s + MINUTE_S - 1) / MINUTE_S);
  return estimate;
}
