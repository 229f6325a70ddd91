/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "code-pictures.h"

G_BEGIN_DECLS

/* What stands before a camera when there is no code, and what light and sensor do to it. All of it
 * is made from seeds: the same on every machine. */

typedef enum
{
  SCENE_NOISE,     /* of any strength, fine and coarse */
  SCENE_GRADIENTS, /* walls and light */
  SCENE_TEXT,      /* lines of print, turned a little */
  SCENE_STRIPES,   /* blinds, clothes, fences: equal and unequal, any angle */
  SCENE_SHELVES,   /* boxes, folders and books side by side */
  SCENE_FACES,     /* ovals with darker ovals in them */
  N_SCENES,
} Scene;

/* Static: "shelves". */
const char *scene_name (Scene scene);
/* Returns: (transfer full): one of very many pictures of @scene */
Picture *scene_new (Scene scene, guint32 seed, guint width, guint height);

/* Noise of a sensor: @sigma grey levels, differently for each @seed. */
void scene_add_noise (Picture *picture, double sigma, guint32 seed);
/* Lamps at mains frequency under a rolling shutter: bands @depth (0…1) brighter and darker. */
void scene_add_flicker (Picture *picture, double depth, double phase);
/* Another exposure. */
void scene_add_gain (Picture *picture, double gain);

G_END_DECLS
