/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Pickups below which a median says nothing about the next one. */
#define LANYARD_WAIT_MIN_PICKUPS 5

/* How long a queue is. A value. */
typedef struct
{
  guint people;  /* who are before whoever comes now */
  guint minutes; /* until it is their turn, rounded up; 0: nobody waits, or nothing can be said */
} LanyardWaitEstimate;

/**
 * lanyard_wait_estimate_make:
 * @waiting: people who wait for somebody
 * @under_way: pickups that have begun and have not ended
 * @n_taken: pickups of today of which it is known how long they took
 * @median_s: s, of them
 *
 * Each of them takes the median of today, one after the other. Pure.
 *
 * Returns: the estimate; without minutes where fewer than LANYARD_WAIT_MIN_PICKUPS were seen
 */
LanyardWaitEstimate
lanyard_wait_estimate_make (guint waiting, guint under_way, guint n_taken, guint median_s);

G_END_DECLS
