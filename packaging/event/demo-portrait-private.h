/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "demo-portrait.h"

G_BEGIN_DECLS

typedef struct
{
  double r, g, b; /* 0 … 1 */
} DemoColour;

typedef enum
{
  DEMO_HAIR_SHORT,
  DEMO_HAIR_SIDE_PART,
  DEMO_HAIR_BUZZ,
  DEMO_HAIR_CURLY,
  DEMO_HAIR_AFRO,
  DEMO_HAIR_LONG,
  DEMO_HAIR_BOB,
  DEMO_HAIR_BUN,
  DEMO_HAIR_BALD,
  DEMO_HAIR_SCARF,
  DEMO_N_HAIRS,
} DemoHair;

typedef enum
{
  DEMO_CLOTHES_CREW,
  DEMO_CLOTHES_V_NECK,
  DEMO_CLOTHES_SHIRT,
  DEMO_CLOTHES_BLAZER,
  DEMO_CLOTHES_TRACK,
  DEMO_N_CLOTHES,
} DemoClothes;

/* Everything that one face is made of; lengths in px of the portrait. */
typedef struct
{
  DemoHair hair;
  DemoClothes clothes;
  DemoColour skin, hair_colour, cloth, cloth_2, iris, background;
  double cx;  /* middle of the face */
  double top; /* of the skull */
  double chin;
  double half;                   /* half width at the temples */
  double jaw;                    /* how broad the jaw is, share of half */
  double smile;                  /* how far the corners of the mouth are up */
  gboolean beard, glasses, soft; /* soft: fuller lips, longer lashes */
  guint32 curls;                 /* seed of what is scattered in the hair */
} DemoFace;

DemoColour demo_colour_mix (DemoColour a, DemoColour b, double share);
DemoColour demo_colour_darker (DemoColour colour, double share);
DemoColour demo_colour_lighter (DemoColour colour, double share);
void demo_colour_set (cairo_t *cr, DemoColour colour, double alpha);

/* The outline of the head, as a path. */
void demo_face_outline (cairo_t *cr, const DemoFace *face);
void demo_face_draw_hair_behind (cairo_t *cr, const DemoFace *face);
void demo_face_draw_hair_before (cairo_t *cr, const DemoFace *face);
void demo_face_draw_features (cairo_t *cr, const DemoFace *face);
void demo_face_draw_clothes (cairo_t *cr, const DemoFace *face);

G_END_DECLS
