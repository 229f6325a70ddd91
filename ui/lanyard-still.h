/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-picture-check.h"

G_BEGIN_DECLS

/* Width by height of a portrait for a badge. */
#define LANYARD_STILL_ASPECT (3.0 / 4)

/* A portrait. Nothing of it stays in memory when the last references to it go. */
typedef struct
{
  GdkTexture *texture;     /* as it is on the badge, not as in a mirror */
  GBytes *png;             /* the same */
  LanyardPictureFlaw flaw; /* what is wrong with it */
} LanyardStill;

/**
 * lanyard_still_new:
 * @picture: what the camera saw, mirrored as on the screen
 *
 * The middle of it as a portrait, the right way round.
 *
 * Returns: (transfer full) (nullable): NULL when the picture is too small for one
 */
LanyardStill *lanyard_still_new (GdkTexture *picture);
/* @still: (nullable) */
void lanyard_still_free (LanyardStill *still);

/* What is wrong with @picture before it is taken: of a picture in which somebody moves, sharpness
 * is not asked. */
LanyardPictureFlaw lanyard_still_look (GdkTexture *picture);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardStill, lanyard_still_free)

G_END_DECLS
