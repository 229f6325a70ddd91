/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-picture-check.h"

G_BEGIN_DECLS

/* Width by height of a portrait for a badge. */
#define LANYARD_STILL_ASPECT (3.0 / 4)

/**
 * lanyard_still_new:
 * @picture: what the camera saw, mirrored as on the screen
 * @flaw: (out): what is wrong with it
 *
 * The middle of it as a portrait, the right way round. Nothing of it stays in memory when the last
 * reference to the result goes.
 *
 * Returns: (transfer full) (nullable): a PNG; NULL when the picture is too small for one
 */
GBytes *lanyard_still_new (GdkTexture *picture, LanyardPictureFlaw *flaw);

G_END_DECLS
