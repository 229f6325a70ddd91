/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-plane.h"

G_BEGIN_DECLS

/* Where a face belongs in a portrait: an oval in its middle, in shares of its width and height. */
#define LANYARD_OVAL_WIDTH_SHARE 0.62
#define LANYARD_OVAL_HEIGHT_SHARE 0.66

/* What is wrong with a portrait, gravest first. Not persisted. */
typedef enum
{
  LANYARD_PICTURE_GOOD = 0,
  LANYARD_PICTURE_DARK,    /* the face is too dark to be known */
  LANYARD_PICTURE_BRIGHT,  /* too much of the face is white */
  LANYARD_PICTURE_FAR,     /* the head is less than half as wide as it should be */
  LANYARD_PICTURE_BLURRED, /* it moved, or the camera is not in focus */
} LanyardPictureFlaw;

/* What was measured, within the oval but for the last. A value. */
typedef struct
{
  double mean;         /* grey, 0 to 255 */
  double dark_share;   /* of the pixels: below 16 */
  double bright_share; /* of the pixels: above 247 */
  double sharpness;    /* variance of the Laplacian by that of the grey; 0: nothing is in it */
  double head_share;   /* of the width: how far apart the outermost edges at eye level are; 1 where
                          what is behind the person has edges of its own, and nothing can be told */
} LanyardPictureCheck;

/* Pure. @plane: a portrait; measured at no more than 240 px of height, which takes noise away and
 * does not call a camera with more pixels sharper. */
LanyardPictureCheck lanyard_picture_check (const LanyardPlane *plane);
LanyardPictureFlaw lanyard_picture_check_judge (const LanyardPictureCheck *check);

G_END_DECLS
