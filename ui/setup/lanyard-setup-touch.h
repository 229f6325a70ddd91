/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where a screen is touched to be tried: the corners, and the middle. */
#define LANYARD_SETUP_TOUCHES 5

typedef enum
{
  LANYARD_SETUP_TOUCH_FINE,
  LANYARD_SETUP_TOUCH_TURNED,  /* mirrored, or turned by a quarter or a half */
  LANYARD_SETUP_TOUCH_SHIFTED, /* beside: scaled or moved, as by another screen or no calibration */
  LANYARD_SETUP_TOUCH_ASTRAY,  /* without any order: not touched where it was asked, or broken */
} LanyardSetupTouchVerdict;

/* A place on the screen: 0 to 1 from the left and from the top. */
typedef struct
{
  double x;
  double y;
} LanyardSetupPlace;

/* What was found out of a touch screen. A value. */
typedef struct
{
  LanyardSetupTouchVerdict verdict;
  /* With TURNED and SHIFTED: x' = m[0] x + m[1] y + m[2], y' = m[3] x + m[4] y + m[5] puts it
   * right, in the order and the unit that libinput's LIBINPUT_CALIBRATION_MATRIX has. */
  double matrix[6];
} LanyardSetupTouch;

/* Where to touch the nth time: LANYARD_SETUP_TOUCHES of them. */
LanyardSetupPlace lanyard_setup_touch_get_target (guint nth);

/**
 * lanyard_setup_touch_judge:
 * @places: (array fixed-size=5): where it was touched, in the order of the targets
 * @slack: how far beside a target a finger may land, as a share of the shorter side of the screen
 * @aspect: width by height of the screen
 */
void lanyard_setup_touch_judge (LanyardSetupTouch *touch,
                                const LanyardSetupPlace *places,
                                double slack,
                                double aspect);

/* Returns: (transfer full): the matrix as udev takes it: "1 0 0 0 1 0", to three places */
char *lanyard_setup_touch_dup_matrix (const LanyardSetupTouch *touch);

G_END_DECLS
