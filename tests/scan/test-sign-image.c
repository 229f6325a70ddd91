/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-sign-image.h"

typedef struct
{
  const char *label;
  guint width, height, stride, radius;
} SignCase;

static const SignCase cases[] = {
  { "usual", 97, 61, 97, 12 },
  { "stride", 50, 40, 64, 5 },
  { "one px", 1, 1, 1, 40 },
  { "one row", 33, 1, 33, 40 },
  { "one column", 1, 33, 5, 3 },
  { "box larger than it", 20, 31, 20, 127 },
  { "largest box", 300, 270, 300, 200 },
};

/* The mean by its definition: of the nearest whole box. */
static guint
slow_mean (const LanyardPlane *plane, int x, int y, int radius)
{
  guint64 sum = 0, area = (guint64)(2 * radius + 1) * (guint64)(2 * radius + 1);

  x = CLAMP (x, radius, (int)plane->width - 1 - radius);
  y = CLAMP (y, radius, (int)plane->height - 1 - radius);
  for (int v = y - radius; v <= y + radius; v++)
    for (int u = x - radius; u <= x + radius; u++)
      sum += plane->data[v * (int)plane->stride + u];
  return (guint)(sum / area);
}

static void
check_plane (const LanyardPlane *plane, guint radius, LanyardSignImage *image)
{
  int fit = (int)MIN (radius, MIN ((MIN (plane->width, plane->height) - 1) / 2, 127));

  lanyard_sign_image_make (image, plane, radius);
  g_assert_cmpuint (image->width, ==, plane->width);
  g_assert_cmpuint (image->height, ==, plane->height);
  for (guint y = 0; y < plane->height; y++)
    for (guint x = 0; x < plane->width; x++)
      {
        int middle = (int)(y / LANYARD_SIGN_ROWS * LANYARD_SIGN_ROWS + LANYARD_SIGN_ROWS / 2);
        guint mean = slow_mean (plane, (int)x, middle, fit);

        g_assert_cmpuint (lanyard_sign_image_mean (image, x, y), ==, mean);
        g_assert_cmpuint (image->dark[y * plane->width + x], ==,
                          plane->data[y * plane->stride + x] < mean);
      }
}

/* The fast way agrees with the definition, whatever the plane was before. */
static void
test_agrees (void)
{
  g_auto (LanyardSignImage) image = { 0 };
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const SignCase *c = &cases[i];
      g_autofree guint8 *data = g_malloc ((gsize)c->stride * c->height);
      LanyardPlane plane = { data, c->width, c->height, c->stride };

      for (guint k = 0; k < c->stride * c->height; k++)
        data[k] = (guint8)g_rand_int_range (rand, 0, 256);
      g_test_message ("%s", c->label);
      check_plane (&plane, MIN (c->radius, 20), &image);
    }
}

/* The brightest plane there is, in the largest box: no sum may overflow. */
static void
test_bright (void)
{
  g_auto (LanyardSignImage) image = { 0 };
  const SignCase *c = &cases[G_N_ELEMENTS (cases) - 1];
  g_autofree guint8 *data = g_malloc ((gsize)c->stride * c->height);
  LanyardPlane plane = { data, c->width, c->height, c->stride };

  memset (data, 255, (gsize)c->stride * c->height);
  lanyard_sign_image_make (&image, &plane, c->radius);
  for (guint y = 0; y < c->height; y++)
    for (guint x = 0; x < c->width; x++)
      {
        g_assert_cmpuint (lanyard_sign_image_mean (&image, x, y), ==, 255);
        g_assert_cmpuint (image.dark[y * c->width + x], ==, 0);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sign-image/agrees", test_agrees);
  g_test_add_func ("/sign-image/bright", test_bright);
  return g_test_run ();
}
