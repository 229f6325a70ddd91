/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-qr-finder.h"
#include "lanyard-qr-tables.h"

G_BEGIN_DECLS

/* Grey and threshold of one plane, as the later stages ask for them. */
typedef struct
{
  const LanyardPlane *plane;
  const LanyardSignImage *sign;
  double light;    /* 1: light is light; -1: the symbol is light on dark */
  double contrast; /* grey values from the mean to light or dark, around the finder patterns */
} LanyardQrPicture;

/* Grey between px, linear; 0 at the right and lower edge counts as outside. Returns: FALSE outside
 */
static inline gboolean
lanyard_qr_picture_grey (const LanyardQrPicture *picture, double x, double y, double *grey)
{
  const LanyardPlane *plane = picture->plane;
  const guint8 *at;
  guint left, top;
  double fx, fy;

  /* Not (x < 0): what is no number must not pass either. */
  if (!(x >= 0 && y >= 0 && x < plane->width - 1.0 && y < plane->height - 1.0))
    return FALSE;
  left = (guint)x, top = (guint)y;
  at = plane->data + (gsize)top * plane->stride + left;
  fx = x - left, fy = y - top;
  *grey = (1 - fy) * ((1 - fx) * at[0] + fx * at[1])
          + fy * ((1 - fx) * at[plane->stride] + fx * at[plane->stride + 1]);
  return TRUE;
}

/* How much lighter than its surroundings, grey values; light on dark turned round. 0 outside. */
static inline double
lanyard_qr_picture_lightness (const LanyardQrPicture *picture, double x, double y)
{
  double grey;

  if (!lanyard_qr_picture_grey (picture, x, y, &grey))
    return 0;
  return picture->light
         * (grey - lanyard_sign_image_mean (picture->sign, (guint)(x + 0.5), (guint)(y + 0.5)));
}

/* Parts of a px and of a grey value: whole numbers are quicker than any others. */
#define LANYARD_QR_PARTS 256

/* The same in parts: of px, and of grey values. */
static inline int
lanyard_qr_picture_lightness_in_parts (const LanyardQrPicture *picture, int x, int y)
{
  const LanyardPlane *plane = picture->plane;
  guint left, top, fx, fy;
  const guint8 *at;
  int grey, mean;

  if (x < 0 || y < 0)
    return 0;
  left = (guint)x / LANYARD_QR_PARTS, top = (guint)y / LANYARD_QR_PARTS;
  fx = (guint)x % LANYARD_QR_PARTS, fy = (guint)y % LANYARD_QR_PARTS;
  if (left + 1 >= plane->width || top + 1 >= plane->height)
    return 0;
  at = plane->data + (gsize)top * plane->stride + left;
  grey = (int)(((LANYARD_QR_PARTS - fy) * ((LANYARD_QR_PARTS - fx) * at[0] + fx * at[1])
                + fy * ((LANYARD_QR_PARTS - fx) * at[plane->stride] + fx * at[plane->stride + 1]))
               / LANYARD_QR_PARTS);
  mean = LANYARD_QR_PARTS
         * lanyard_sign_image_mean (picture->sign, left + (fx >= LANYARD_QR_PARTS / 2),
                                    top + (fy >= LANYARD_QR_PARTS / 2));
  return picture->light < 0 ? mean - grey : grey - mean;
}

/* What counts as all light, in parts of grey values. */
static inline int
lanyard_qr_picture_limit (const LanyardQrPicture *picture)
{
  return (int)(LANYARD_QR_PARTS * picture->contrast);
}

/* -1 to 1: how far px @x, @y are what they should be. */
static inline double
lanyard_qr_picture_agreement (const LanyardQrPicture *picture, double x, double y, gboolean light)
{
  double lightness = lanyard_qr_picture_lightness (picture, x, y) / picture->contrast;

  return CLAMP (light ? lightness : -lightness, -1, 1);
}

/* The same as lightness, at module @u, @v of @finder. */
static inline double
lanyard_qr_finder_lightness (const LanyardQrPicture *picture,
                             const LanyardQrFinder *finder,
                             double u,
                             double v)
{
  return lanyard_qr_picture_lightness (picture, finder->x + u * finder->ux + v * finder->vx,
                                       finder->y + u * finder->uy + v * finder->vy);
}

G_END_DECLS
