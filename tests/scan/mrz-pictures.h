/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "code-pictures.h"
#include "lanyard-mrz.h"
#include "ocrb-font.h"

G_BEGIN_DECLS

/*
 * A camera takes a picture of a document: a page of the format's size with a frame, a guilloche
 * below everything, a portrait, labels and the machine readable zone at its place, on a table that
 * is not plain. What is in the picture depends on these members alone.
 */
typedef struct
{
  LanyardMrzFormat format; /* size of the page, place of the lines */
  const char *text;        /* (nullable): lines of the zone; NULL: other print in its place */
  OcrbLook look;
  guint32 seed;       /* table, portrait, noise */
  guint width;        /* px of the picture */
  guint height;       /* px */
  double pitch_px;    /* from character to character in the middle of the page */
  double turn;        /* degrees, clockwise */
  double aim;         /* mm below the middle of the page that the camera points at */
  double tilt_across; /* degrees: the right side goes away from the camera */
  double tilt_along;  /* degrees: the upper side goes away */
  double bend;        /* mm that the middle of the page stands above its sides */
  double blur_px;     /* standard deviation of the lens */
  double smear_px;    /* length of the movement, along the text */
  double noise;       /* standard deviation, levels */
  double shade;       /* how much darker one side is than the other: 0 to 1 */
  double ink;         /* 1: black; 0.3: faint */
  double glare_px;    /* width of a strip, from top to bottom, that a lamp blows out; 0: none */
  double glare_at;    /* px of its middle to the right of the picture's */
} MrzShot;

/* What most tests start from: 1280 × 720, 20 px, hardly any blur or noise. */
void mrz_shot_init (MrzShot *shot, LanyardMrzFormat format, const char *text);
/* Whether the whole zone is in the picture, with two characters of paper on all sides. */
gboolean mrz_shot_sees_zone (const MrzShot *shot);
Picture *mrz_shot_take (const MrzShot *shot);

G_END_DECLS
