/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#include "demo-photograph.h"
#include "demo-view.h"
#include "lanyard-error.h"
#include "lanyard-reader.h"

/* As long as an invitation: 198 characters, 49 modules. */
static char *
make_text (void)
{
  static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  GString *text = g_string_new ("LY1:");

  while (text->len < 198)
    g_string_append_c (text, alphabet[g_rand_int_range (random, 0, 45)]);
  return g_string_free (text, FALSE);
}

/* A frame as high as the demo's camera gives, and only as wide as need be. */
static DemoPicture *
take (const char *text, DemoHardness hardness, guint32 seed)
{
  DemoPhotograph photograph
      = { .text = text, .width = 600, .height = 720, .hardness = hardness, .seed = seed };
  g_autoptr (GError) error = NULL;
  DemoPicture *picture = demo_photograph_take (&photograph, &error);

  g_assert_no_error (error);
  return picture;
}

static gboolean
is_read (LanyardReader *reader, const DemoPicture *picture, const char *text)
{
  gsize n_pixels = (gsize)picture->width * picture->height;
  guint8 *grey = g_malloc (n_pixels);
  g_autoptr (GBytes) bytes = g_bytes_new_take (grey, n_pixels);
  g_autoptr (LanyardFrame) frame = NULL;
  g_autoptr (GPtrArray) scans = NULL;

  for (gsize i = 0; i < n_pixels; i++)
    {
      const float *rgb = picture->rgb + 3 * i;

      grey[i] = CLAMP (rgb[0] * 0.299 + rgb[1] * 0.587 + rgb[2] * 0.114, 0, 1) * 255;
    }
  frame = lanyard_frame_new (bytes, picture->width, picture->height, picture->width, 0, NULL);
  scans = lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE);
  for (guint i = 0; i < scans->len; i++)
    {
      g_autofree char *read = lanyard_scan_dup_text (scans->pdata[i]);

      if (g_strcmp0 (read, text) == 0)
        return TRUE;
    }
  return FALSE;
}

/* The demo and the end-to-end tests show such photographs to the kiosk: if they stopped being
 * readable, those would fail for a reason that is not the kiosk's. */
static void
test_normal_is_read (void)
{
  g_autofree char *text = make_text ();
  g_autoptr (LanyardReader) reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  guint n_read = 0;

  for (guint32 seed = 1; seed <= 20; seed++)
    {
      g_autoptr (DemoPicture) picture = take (text, DEMO_HARDNESS_NORMAL, seed);

      if (is_read (reader, picture, text))
        n_read++;
      else
        g_test_message ("seed %u is not read", seed);
    }
  g_test_message ("%u of 20 are read", n_read);
  g_assert_cmpuint (n_read, >=, 19);
}

static double
distance (const DemoPicture *a, const DemoPicture *b)
{
  gsize n = (gsize)3 * a->width * a->height;
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    sum += fabs (a->rgb[i] - b->rgb[i]);
  return sum / n;
}

/* A photograph, not a drawing: the same seed gives the same, another one another scene, and even
 * the evenest part of it has the grain of a sensor. */
static void
test_is_a_photograph (void)
{
  g_autofree char *text = make_text ();
  g_autoptr (DemoPicture) one = take (text, DEMO_HARDNESS_NORMAL, 1);
  g_autoptr (DemoPicture) again = take (text, DEMO_HARDNESS_NORMAL, 1);
  g_autoptr (DemoPicture) other = take (text, DEMO_HARDNESS_NORMAL, 2);
  gsize n_pixels = (gsize)one->width * one->height;
  guint n_levels = 0;
  guint n_equal = 0;
  gboolean levels[256] = { FALSE };

  g_assert_cmpfloat (distance (one, again), ==, 0);
  g_assert_cmpfloat (distance (one, other), >, 0.03);
  for (gsize i = 1; i < n_pixels; i++)
    {
      guint8 grey = CLAMP (one->rgb[3 * i + 1], 0, 1) * 255;
      guint8 last = CLAMP (one->rgb[3 * i - 2], 0, 1) * 255;

      levels[grey] = TRUE;
      n_equal += grey == last;
    }
  for (guint i = 0; i < 256; i++)
    n_levels += levels[i];
  g_test_message ("%u grey levels, %.0f %% of neighbours equal", n_levels,
                  100.0 * n_equal / n_pixels);
  g_assert_cmpuint (n_levels, >, 128);                    /* a clean symbol has two */
  g_assert_cmpfloat ((double)n_equal / n_pixels, <, 0.4); /* a clean symbol: nearly all */
}

/* A picture with a code on it, such as a printed badge, is held with the code towards the camera.
 */
static void
test_of_an_image (void)
{
  g_autofree char *text = make_text ();
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "lanyard-photograph-XXXXXX", NULL);
  DemoPhotograph photograph
      = { .image = path, .width = 600, .height = 720, .hardness = DEMO_HARDNESS_NORMAL, .seed = 6 };
  g_autoptr (LanyardReader) reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  g_autoptr (DemoPicture) first = take (text, DEMO_HARDNESS_EASY, 5);
  g_autoptr (DemoPicture) second = NULL;
  g_autoptr (GError) error = NULL;

  int fd = g_mkstemp (path);

  g_assert_cmpint (fd, >=, 0);
  close (fd);
  g_assert_true (demo_picture_write (first, 95, path, &error));
  g_assert_no_error (error);
  second = demo_photograph_take (&photograph, &error);
  g_assert_no_error (error);
  g_assert_true (is_read (reader, second, text));
  g_unlink (path);
}

/* Straight on, a square stays a square; turned, its far side is shorter. */
static void
test_view (void)
{
  DemoView straight, turned;
  double x, y, near_x, near_y, far_x, far_y;

  demo_view_init (&straight, 1000, 0.5, 0, 0, 0);
  straight.frame_x = straight.frame_y = 100;
  straight.card_x = straight.card_y = 40;
  demo_view_to_card (&straight, 150, 100, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 140, 1e-9);
  g_assert_cmpfloat_with_epsilon (y, 40, 1e-9);

  demo_view_init (&turned, 1000, 1, 0.5, 0, 0);
  demo_view_to_card (&turned, 100, 100, &near_x, &near_y);
  demo_view_to_card (&turned, -100, 100, &far_x, &far_y);
  g_assert_cmpfloat (fabs (near_x), >, 100); /* foreshortened */
  g_assert_cmpfloat (fabs (fabs (near_y) - fabs (far_y)), >, 5);
}

static void
test_refused (void)
{
  g_autofree char *long_text = g_strnfill (4000, 'x');
  DemoPhotograph photograph = { .text = long_text, .width = 320, .height = 240 };
  DemoHardness hardness = DEMO_HARDNESS_EASY;
  g_autoptr (GError) error = NULL;

  g_assert_null (demo_photograph_take (&photograph, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT);
  g_assert_false (demo_hardness_parse ("impossible", &hardness));
  g_assert_true (demo_hardness_parse ("hard", &hardness));
  g_assert_cmpint (hardness, ==, DEMO_HARDNESS_HARD);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/event/photograph/normal-is-read", test_normal_is_read);
  g_test_add_func ("/event/photograph/is-a-photograph", test_is_a_photograph);
  g_test_add_func ("/event/photograph/of-an-image", test_of_an_image);
  g_test_add_func ("/event/photograph/view", test_view);
  g_test_add_func ("/event/photograph/refused", test_refused);
  return g_test_run ();
}
