/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "mrz-pictures.h"

G_BEGIN_DECLS

/* How a document is held before the camera. */
typedef struct
{
  const char *name;
  double pitch_px;
  double blur_px;
  double noise;
  double tilt; /* degrees, at most, each way */
  double smear_px;
  double ink;
  double bend_mm; /* at most */
} MrzCondition;

/* What every benchmark and test of this reader goes by: the first conditions, up to
 * MRZ_N_READABLE, are what Lanyard calls readable; those behind show where it ends. */
#define MRZ_N_CONDITIONS 24
#define MRZ_N_READABLE 14
extern const MrzCondition mrz_conditions[MRZ_N_CONDITIONS];

/**
 * mrz_scene_draw:
 * @number: which of many: document, format, print, direction, light
 * @text: (out): what a reader must say; free with g_free()
 *
 * Returns: (transfer full): a frame of 1280 × 720 px with the whole zone in it
 */
Picture *mrz_scene_draw (const MrzCondition *condition, guint32 number, char **text);

/**
 * mrz_scene_draw_bad:
 * @text: (out) (nullable): the only text that may be read, if any; free with g_free()
 *
 * A picture of 640 × 360 px that tempts: wrong check digits, lines of any characters, other print
 * and fonts, characters under glare, zones too blurred and noisy to be read, zones cut off.
 *
 * Returns: (transfer full)
 */
Picture *mrz_scene_draw_bad (guint32 number, char **text);

G_END_DECLS
