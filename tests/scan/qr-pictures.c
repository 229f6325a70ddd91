/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "qr-pictures.h"

#include <math.h>
#include <string.h>

#include <qrencode.h>

#include "lanyard-qr-homography.h"

#define MARGIN_MODULES 9
#define SUBPIXELS 4 /* a side of a px */

typedef struct
{
  const QrScene *scene;
  const guint8 *modules;
  guint side;
  LanyardQrHomography to_modules; /* from px */
} Drawing;

/* Whether that is no farther than @margin modules beside the symbol. */
static gboolean
is_within (const Drawing *drawing, double column, double row, double margin)
{
  return column >= -margin && row >= -margin && column < drawing->side + margin
         && row < drawing->side + margin;
}

static guint8
grey_at (const Drawing *drawing, double x, double y)
{
  double column, row, t;
  gboolean dark;

  lanyard_qr_homography_map (&drawing->to_modules, x, y, &column, &row);
  t = column / drawing->side;
  if (t > 0 && t < 1)
    row -= drawing->scene->sag * 4 * t * (1 - t);
  if (!is_within (drawing, column, row, drawing->scene->quiet))
    return drawing->scene->no_quiet_zone != drawing->scene->inverted ? 20 : 230;
  if (!is_within (drawing, column, row, 0))
    return drawing->scene->inverted ? 20 : 230;
  dark = drawing->modules[(guint)row * drawing->side + (guint)column];
  return dark != drawing->scene->inverted ? 20 : 230;
}

static guint8
pixel (const Drawing *drawing, guint x, guint y, GRand *rand)
{
  int sum = 0, noise = (int)drawing->scene->noise;

  for (guint i = 0; i < SUBPIXELS * SUBPIXELS; i++)
    sum += grey_at (drawing, x + (i % SUBPIXELS + 0.5) / SUBPIXELS - 0.5,
                    y + (i / SUBPIXELS + 0.5) / SUBPIXELS - 0.5);
  sum = sum / (SUBPIXELS * SUBPIXELS) + (noise > 0 ? g_rand_int_range (rand, -noise, noise) : 0);
  return (guint8)CLAMP (sum, 0, 255);
}

/* Where a corner of a tilted sheet is seen from three times its size away. */
static void
see_corner (const QrScene *scene, guint side, double size, const double corner[2], double seen[2])
{
  double angle = scene->turn * G_PI / 180, tilt = scene->tilt * G_PI / 180;
  double span = side * scene->module_px;
  double x = (corner[0] - 0.5) * span, y = (corner[1] - 0.5) * span;
  double turned_x = x * cos (angle) - y * sin (angle);
  double turned_y = x * sin (angle) + y * cos (angle);
  double nearer = 3 * span / (3 * span - turned_y * sin (tilt));

  seen[0] = size / 2 + turned_x * nearer;
  seen[1] = size / 2 + turned_y * cos (tilt) * nearer;
}

Picture *
qr_scene_draw (const QrScene *scene,
               const char *text,
               guint *side,
               guint8 *modules,
               double corners[4][2])
{
  static const double square[4][2] = { { 0, 0 }, { 1, 0 }, { 1, 1 }, { 0, 1 } };
  QRcode *code = QRcode_encodeData ((int)strlen (text), (const guint8 *)text, (int)scene->version,
                                    (QRecLevel)scene->level);
  g_autofree guint8 *seen = NULL;
  g_autoptr (GRand) rand = g_rand_new_with_seed (20261122);
  LanyardQrTie ties[4];
  Drawing drawing = { scene };
  guint size;
  Picture *picture;

  g_assert_nonnull (code);
  drawing.side = (guint)code->width;
  seen = g_malloc ((gsize)drawing.side * drawing.side);
  for (guint row = 0; row < drawing.side; row++)
    for (guint column = 0; column < drawing.side; column++)
      seen[row * drawing.side + column]
          = code->data[scene->mirrored ? column * drawing.side + row : row * drawing.side + column]
            & 1;
  QRcode_free (code);
  drawing.modules = seen;
  size = (guint)ceil ((drawing.side + 2 * MARGIN_MODULES) * scene->module_px
                      * (scene->tilt > 0 || scene->turn > 0 ? 1.5 : 1));
  for (guint i = 0; i < 4; i++)
    {
      double at[2];

      see_corner (scene, drawing.side, size, square[i], at);
      ties[i] = (LanyardQrTie){ at[0], at[1], square[i][0] * drawing.side,
                                square[i][1] * drawing.side, 1 };
      if (corners != NULL)
        corners[i][0] = at[0], corners[i][1] = at[1];
    }
  g_assert_true (lanyard_qr_homography_fit (&drawing.to_modules, ties, 4));
  picture = picture_new (size, size);
  for (guint y = 0; y < size; y++)
    for (guint x = 0; x < size; x++)
      picture->pixels[(gsize)y * size + x] = pixel (&drawing, x, y, rand);
  if (side != NULL)
    *side = drawing.side;
  if (modules != NULL)
    memcpy (modules, seen, (gsize)drawing.side * drawing.side);
  return picture;
}
