/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-plane.h"

G_BEGIN_DECLS

/*
 * Part of the search for regions of print, not for others: print that a lamp's reflection has cut
 * in two is one region again.
 */

/* What a mark says of a block. */
typedef enum
{
  LANYARD_MRZ_MARK_NONE,
  LANYARD_MRZ_MARK_PRINT,
  LANYARD_MRZ_MARK_BRIDGE, /* blown out, between print and print */
} LanyardMrzMark;

/**
 * lanyard_mrz_find_white:
 * @plane: as much of it as the blocks cover
 * @block_px: px of @plane to a block
 * @white: (out) (array length=width × height): whether a block is blown out
 *
 * Returns: how many are
 */
guint lanyard_mrz_find_white (const LanyardPlane *plane,
                              guint block_px,
                              guint width,
                              guint height,
                              guint8 *white);

/**
 * lanyard_mrz_bridge:
 * @marks: (inout) (array length=width × height): LanyardMrzMark, no bridges yet
 * @white: (array length=width × height): from lanyard_mrz_find_white()
 *
 * Returns: how many blocks have become bridges
 */
guint lanyard_mrz_bridge (guint8 *marks, const guint8 *white, guint width, guint height);

G_END_DECLS
