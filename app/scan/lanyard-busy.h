/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-plane.h"
#include "lanyard-work.h"

G_BEGIN_DECLS

#define LANYARD_BUSY_MAX 8

/* px of the plane */
typedef struct
{
  guint x, y, width, height;
} LanyardBusyBox;

/**
 * lanyard_busy_find:
 * @boxes: (out caller-allocates): the busiest first
 * @work: (inout): by px
 *
 * Looks for small patches that are full of edges in both directions, as a symbol is whose modules
 * are too small to be searched for at this size. What is wider or higher than a quarter of the
 * plane is left out: such a symbol has modules that are large enough.
 *
 * Returns: how many there are
 */
guint lanyard_busy_find (const LanyardPlane *plane,
                         LanyardBusyBox boxes[LANYARD_BUSY_MAX],
                         LanyardWork *work);

G_END_DECLS
