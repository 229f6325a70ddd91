/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Whether a portrait is good enough for a badge: exposure and sharpness, within the oval alone, for
 * what is behind a person must not decide about them. Faces of every colour are good: only what is
 * next to black or white counts against a picture.
 *
 * The limits stand between what tests/scan/test-picture-check.c measures of drawn people, with grey
 * noise of up to 3 (a camera in a room):
 *
 *   mean       65 and more for the darkest skin in good light; 38 and less where there is none
 *   bright     nothing in good light; 0.65 of the oval and more where it is washed out
 *   sharpness  0.072 and more when it is sharp or blurred by 1 px of 480; 0.025 and less from 5 px
 * on
 *
 * How far away somebody is, is told by how far apart the outermost edges at eye level are, and only
 * before something plain. Where skin and hair are as grey as what is behind them the outermost
 * edges are those of the eyes: at the right distance 0.33 of the width, which is no reason to come
 * closer.
 *
 *   head       0.51 and more at the right distance; 0.23 and less where the head is 0.4 as large
 *
 * Noise of 6 looks like sharpness: of a picture that is as noisy as that, blur is not told.
 *
 * Assumes that the face is where the oval is and fills it, with edges of its own such as eyes and
 * brows, and that the picture is about 480 px high, as those people are: it is halved until it has
 * MAX_HEIGHT_PX, so one of 250 px comes out at 125 and looks sharper than it is.
 *
 * Measured on the 160 portraits of that test, judged rightly (of 120 good, 5 dark, 5 bright, 30
 * blurred):
 *   120, 5, 5, 30   as it is
 *    99, 3, 5, 30   the whole picture instead of the oval
 *    96, 5, 5, 18   MAX_HEIGHT_PX 480: not halved
 *   120, 5, 5, 20   MAX_HEIGHT_PX 120: halved twice
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-picture-check.h"

#define MAX_HEIGHT_PX 240
#define DARK_GREY 16
#define BRIGHT_GREY 247
#define LEAST_MEAN 48.0
#define MOST_MEAN 225.0
#define MOST_BRIGHT_SHARE 0.25
#define LEAST_SHARPNESS 0.035
#define LEAST_HEAD_SHARE 0.30
/* Parts of the height and the width: eye level, and the corners above the shoulders. */
#define EYES_TOP 0.32
#define EYES_BOTTOM 0.56
#define CORNER_HEIGHT 0.25
#define CORNER_WIDTH 0.15
/* What is an edge, in grey over two pixels, and before how much of it nothing is plain. */
#define LEAST_EDGE 10.0
#define EDGE_BY_NOISE 4.0
#define MOST_NOISE 6.0

/* Sums over the oval. */
typedef struct
{
  double n;
  double grey;
  double grey_squared;
  double laplacian;
  double laplacian_squared;
  guint dark;
  guint bright;
} Sums;

static gboolean
is_in_oval (const LanyardPlane *plane, guint x, guint y)
{
  double dx
      = ((double)x + 0.5 - plane->width / 2.0) / (plane->width * LANYARD_OVAL_WIDTH_SHARE / 2);
  double dy
      = ((double)y + 0.5 - plane->height / 2.0) / (plane->height * LANYARD_OVAL_HEIGHT_SHARE / 2);

  return dx * dx + dy * dy <= 1;
}

static void
add_pixel (Sums *sums, const LanyardPlane *plane, guint x, guint y)
{
  const guint8 *at = plane->data + (gsize)y * plane->stride + x;
  double laplacian = 4.0 * at[0] - at[-1] - at[1] - at[-(gssize)plane->stride] - at[plane->stride];

  sums->n++;
  sums->grey += at[0];
  sums->grey_squared += (double)at[0] * at[0];
  sums->laplacian += laplacian;
  sums->laplacian_squared += laplacian * laplacian;
  sums->dark += at[0] < DARK_GREY;
  sums->bright += at[0] > BRIGHT_GREY;
}

static double
get_variance (double sum, double sum_squared, double n)
{
  return MAX (sum_squared / n - (sum / n) * (sum / n), 0);
}

static double
get_edge (const LanyardPlane *plane, guint x, guint y)
{
  const guint8 *at = plane->data + (gsize)y * plane->stride + x;

  return ABS ((int)at[1] - (int)at[-1]);
}

/* Mean difference of neighbours in the two corners above. */
static double
measure_corners (const LanyardPlane *plane)
{
  guint width = (guint)(plane->width * CORNER_WIDTH);
  guint height = (guint)(plane->height * CORNER_HEIGHT);
  double sum = 0, n = 0;

  for (guint y = 0; y < height; y++)
    for (guint x = 1; x < width; x++, n += 2)
      sum += get_edge (plane, x, y) + get_edge (plane, plane->width - 1 - x, y);
  return n > 0 ? sum / n : G_MAXDOUBLE;
}

/* The least distance that half of the rows have at least, so that a single line does not count. */
static double
measure_head (const LanyardPlane *plane)
{
  double noise = measure_corners (plane);
  double least = MAX (LEAST_EDGE, noise * EDGE_BY_NOISE);
  guint top = (guint)(plane->height * EYES_TOP), bottom = (guint)(plane->height * EYES_BOTTOM);
  g_autofree guint *n_rows = g_new0 (guint, plane->width + 1);
  guint n = 0, wide;

  if (noise > MOST_NOISE || plane->width < 3)
    return 1;
  for (guint y = top; y < bottom; y++)
    {
      guint left = 1, right = plane->width - 2;

      while (left < right && get_edge (plane, left, y) < least)
        left++;
      while (right > left && get_edge (plane, right, y) < least)
        right--;
      n_rows[right - left]++;
    }
  for (wide = plane->width; wide > 0 && n + n_rows[wide] < (bottom - top) / 2; wide--)
    n += n_rows[wide];
  return (double)wide / plane->width;
}

static LanyardPictureCheck
measure (const LanyardPlane *plane)
{
  LanyardPictureCheck check = { 0 };
  Sums sums = { 0 };
  double variance;

  for (guint y = 1; y + 1 < plane->height; y++)
    for (guint x = 1; x + 1 < plane->width; x++)
      if (is_in_oval (plane, x, y))
        add_pixel (&sums, plane, x, y);
  if (sums.n == 0)
    return check;
  variance = get_variance (sums.grey, sums.grey_squared, sums.n);
  check.head_share = measure_head (plane);
  check.mean = sums.grey / sums.n;
  check.dark_share = sums.dark / sums.n;
  check.bright_share = sums.bright / sums.n;
  if (variance > 1)
    check.sharpness = get_variance (sums.laplacian, sums.laplacian_squared, sums.n) / variance;
  return check;
}

LanyardPictureCheck
lanyard_picture_check (const LanyardPlane *plane)
{
  g_auto (LanyardPlaneBuffer) even = { 0 };
  g_auto (LanyardPlaneBuffer) odd = { 0 };
  LanyardPlane at;

  g_return_val_if_fail (plane != NULL, (LanyardPictureCheck){ 0 });

  at = *plane;
  for (guint i = 0; at.height > MAX_HEIGHT_PX && at.width > 1; i++)
    {
      LanyardPlaneBuffer *half = i % 2 == 0 ? &even : &odd;

      lanyard_plane_halve (&at, half);
      at = half->at;
    }
  return measure (&at);
}

LanyardPictureFlaw
lanyard_picture_check_judge (const LanyardPictureCheck *check)
{
  g_return_val_if_fail (check != NULL, LANYARD_PICTURE_DARK);

  if (check->mean < LEAST_MEAN)
    return LANYARD_PICTURE_DARK;
  if (check->mean > MOST_MEAN || check->bright_share > MOST_BRIGHT_SHARE)
    return LANYARD_PICTURE_BRIGHT;
  if (check->head_share < LEAST_HEAD_SHARE)
    return LANYARD_PICTURE_FAR;
  if (check->sharpness < LEAST_SHARPNESS)
    return LANYARD_PICTURE_BLURRED;
  return LANYARD_PICTURE_GOOD;
}
