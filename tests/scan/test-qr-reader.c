/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-qr-reader.h"

#include <math.h>
#include <string.h>

#include "qr-pictures.h"

#define TEXT "LY1:Lanyard-0042"

typedef struct
{
  const char *label;
  QrScene scene;
  guint radius; /* 0: 40 */
} SceneCase;

static const SceneCase cases[] = {
  { "plain", { .version = 2, .level = 1, .module_px = 4 } },
  { "small", { .version = 2, .level = 1, .module_px = 1.7 }, 12 },
  { "large", { .version = 2, .level = 1, .module_px = 11 } },
  { "turned", { .version = 2, .level = 1, .module_px = 3, .turn = 33 } },
  { "tilted", { .version = 3, .level = 1, .module_px = 6, .tilt = 45 } },
  { "tilted on a corner", { .version = 3, .level = 1, .module_px = 6, .turn = 45, .tilt = 50 } },
  { "tilted far", { .version = 3, .level = 1, .module_px = 7, .tilt = 62 } },
  { "mirrored", { .version = 2, .level = 1, .module_px = 4, .mirrored = TRUE } },
  { "inverted", { .version = 2, .level = 1, .module_px = 4, .inverted = TRUE } },
  { "both", { .version = 2, .level = 1, .module_px = 4, .mirrored = TRUE, .inverted = TRUE } },
  /* What the standard wants are four modules of paper. */
  { "on black", { .version = 2, .level = 1, .module_px = 4, .no_quiet_zone = TRUE, .quiet = 1 } },
  { "on black, turned",
    { .version = 2, .level = 1, .module_px = 4, .turn = 25, .no_quiet_zone = TRUE, .quiet = 1 } },
  { "inverted, on white",
    { .version = 2,
      .level = 1,
      .module_px = 4,
      .inverted = TRUE,
      .no_quiet_zone = TRUE,
      .quiet = 1 } },
  { "noisy", { .version = 2, .level = 1, .module_px = 4, .noise = 70 } },
  { "around a bottle", { .version = 1, .module_px = 6, .sag = 1.6 } },
  { "around a bottle, with a pattern", { .version = 4, .level = 1, .module_px = 6, .sag = 2 } },
};

typedef struct
{
  guint n_found;
  guint n_right;
  LanyardPoint corners[4];
} Heard;

static void
on_found (const LanyardFound *found, gpointer user_data)
{
  Heard *heard = user_data;

  heard->n_found++;
  heard->n_right
      += found->n_bytes == strlen (TEXT) && memcmp (found->data, TEXT, strlen (TEXT)) == 0;
  memcpy (heard->corners, found->corners, sizeof heard->corners);
}

static LanyardPlane
plane_of (const Picture *picture)
{
  return (LanyardPlane){ picture->pixels, picture->width, picture->height, picture->width };
}

static void
read_plane (const LanyardPlane *plane, guint radius, LanyardQrEffort effort, Heard *heard)
{
  g_autoptr (LanyardZbar) zbar = lanyard_zbar_new (LANYARD_SYMBOLOGIES_ALL);
  g_autoptr (LanyardQrReader) reader = lanyard_qr_reader_new (zbar);
  LanyardWork work = { 0, LANYARD_WORK_UNLIMITED };

  *heard = (Heard){ 0 };
  lanyard_qr_reader_begin (reader, plane, radius, effort);
  g_assert_true (lanyard_qr_reader_step (reader, &work, on_found, heard));
  g_test_message ("%u finders, %u triples, %u grids, %u formats, %u drawings",
                  lanyard_qr_reader_get_stats (reader)->n_finders,
                  lanyard_qr_reader_get_stats (reader)->n_triples,
                  lanyard_qr_reader_get_stats (reader)->n_grids,
                  lanyard_qr_reader_get_stats (reader)->n_formats,
                  lanyard_qr_reader_get_stats (reader)->n_drawings);
}

static void
test_scene (gconstpointer data)
{
  const SceneCase *expected = data;
  double corners[4][2];
  g_autoptr (Picture) picture = qr_scene_draw (&expected->scene, TEXT, NULL, NULL, corners);
  LanyardPlane plane = plane_of (picture);
  Heard heard;

  read_plane (&plane, expected->radius == 0 ? 40 : expected->radius, LANYARD_QR_QUICK, &heard);
  g_assert_cmpuint (heard.n_found, ==, 1);
  g_assert_cmpuint (heard.n_right, ==, 1);
  /* Clockwise from the symbol's own top left; a px of the plane spans from 0 to 1. */
  for (guint i = 0; i < 4 && expected->scene.sag == 0; i++)
    g_assert_cmpfloat (hypot (heard.corners[i].x - corners[i][0] - 0.5,
                              heard.corners[i].y - corners[i][1] - 0.5),
                       <, expected->scene.module_px);
}

/* Nothing of paper around the symbol: where the frames of its finder patterns end cannot be seen.
 */
static void
test_open (void)
{
  for (guint i = 0; i < 2 * 3 * 12; i++)
    {
      QrScene scene = { .version = 2 + i % 3 * 3,
                        .level = 1,
                        .module_px = 3.3,
                        .turn = 30.0 * (i / 6),
                        .inverted = i / 3 % 2,
                        .no_quiet_zone = TRUE };
      g_autoptr (Picture) picture = qr_scene_draw (&scene, TEXT, NULL, NULL, NULL);
      LanyardPlane plane = plane_of (picture);
      Heard heard;

      read_plane (&plane, 40, LANYARD_QR_OPEN, &heard);
      g_test_message ("version %u, turned by %g degrees%s", scene.version, scene.turn,
                      scene.inverted ? ", light on dark" : "");
      g_assert_cmpuint (heard.n_right, ==, 1);
      g_assert_cmpuint (heard.n_found, ==, 1);
    }
}

/* From 21 to 177 modules a side. */
static void
test_versions (void)
{
  for (guint version = 1; version <= 40; version++)
    {
      QrScene scene
          = { .version = version, .level = version == 1 ? 0 : 1, .module_px = 3, .turn = 7 };
      g_autoptr (Picture) picture = qr_scene_draw (&scene, TEXT, NULL, NULL, NULL);
      LanyardPlane plane = plane_of (picture);
      Heard heard;

      read_plane (&plane, 40, LANYARD_QR_QUICK, &heard);
      g_test_message ("version %u", version);
      g_assert_cmpuint (heard.n_right, ==, 1);
      g_assert_cmpuint (heard.n_found, ==, 1);
    }
}

static void
on_neighbour (const LanyardFound *found, gpointer user_data)
{
  guint *seen = user_data;

  g_assert_cmpuint (found->n_bytes, ==, strlen (TEXT));
  g_assert_cmpmem (found->data, found->n_bytes - 1, TEXT, strlen (TEXT) - 1);
  g_assert_cmpuint (found->data[found->n_bytes - 1], >=, '0');
  g_assert_cmpuint (found->data[found->n_bytes - 1], <, '2');
  *seen |= 1u << (found->data[found->n_bytes - 1] - '0');
}

/* Two symbols that touch, beside or above each other: on one side the quiet zone is the neighbour.
 */
static void
read_neighbours (guint right, guint down)
{
  g_autoptr (LanyardZbar) zbar = lanyard_zbar_new (LANYARD_SYMBOLOGIES_ALL);
  g_autoptr (LanyardQrReader) reader = lanyard_qr_reader_new (zbar);
  LanyardWork work = { 0, LANYARD_WORK_UNLIMITED };
  const guint side = 25 * 4;
  g_autoptr (Picture) picture = picture_new (2 * side + 80, 2 * side + 80);
  LanyardPlane plane = plane_of (picture);
  guint seen = 0;

  for (guint i = 0; i < 2; i++)
    {
      char text[] = TEXT;

      text[strlen (text) - 1] = (char)('0' + i);
      g_assert_cmpuint (picture_draw_qr (picture, 40 + i * right * side, 40 + i * down * side, 4,
                                         text, strlen (text)),
                        ==, side);
    }
  lanyard_qr_reader_begin (reader, &plane, 40, LANYARD_QR_QUICK);
  g_assert_true (lanyard_qr_reader_step (reader, &work, on_neighbour, &seen));
  g_assert_cmphex (seen, ==, 0x3);
}

static void
test_neighbours (void)
{
  read_neighbours (1, 0);
  read_neighbours (0, 1);
}

/* One step at a time finds what is found at one go, and stops. */
static void
test_slices (void)
{
  QrScene scene = { .version = 4, .level = 1, .module_px = 4, .turn = 20 };
  g_autoptr (Picture) picture = qr_scene_draw (&scene, TEXT, NULL, NULL, NULL);
  LanyardPlane plane = plane_of (picture);
  g_autoptr (LanyardZbar) zbar = lanyard_zbar_new (LANYARD_SYMBOLOGIES_ALL);
  g_autoptr (LanyardQrReader) reader = lanyard_qr_reader_new (zbar);
  LanyardWork work = { 0, 0 };
  Heard heard = { 0 };
  guint n_slices = 0;

  lanyard_qr_reader_begin (reader, &plane, 40, LANYARD_QR_QUICK);
  do
    {
      work.limit = work.spent + 1;
      n_slices++;
    }
  while (!lanyard_qr_reader_step (reader, &work, on_found, &heard) && n_slices < 10000);
  g_assert_cmpuint (n_slices, >, 20);
  g_assert_cmpuint (n_slices, <, 10000);
  g_assert_cmpuint (heard.n_right, ==, 1);
  g_assert_cmpuint (heard.n_found, ==, 1);
}

/* Nothing, noise, and planes too small for anything. */
static void
test_nothing (void)
{
  static const guint sizes[][2]
      = { { 1, 1 }, { 1, 300 }, { 300, 1 }, { 2, 2 }, { 21, 21 }, { 320, 240 } };
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint noise = 0; noise < 3; noise++)
      {
        gsize n = (gsize)sizes[i][0] * sizes[i][1];
        g_autofree guint8 *data = g_malloc (n);
        LanyardPlane plane = { data, sizes[i][0], sizes[i][1], sizes[i][0] };
        Heard heard;

        for (gsize k = 0; k < n; k++)
          data[k] = noise == 0   ? 90
                    : noise == 1 ? (guint8)g_rand_int_range (rand, 0, 256)
                                 : (guint8)(255 * (k / 3 % 2));
        read_plane (&plane, 40, LANYARD_QR_DEEP, &heard);
        g_assert_cmpuint (heard.n_found, ==, 0);
      }
}

/* A symbol of which only the finders are whole is given up without a drawing. */
static void
test_destroyed (void)
{
  QrScene scene = { .version = 3, .level = 0, .module_px = 4 };
  g_autoptr (Picture) picture = qr_scene_draw (&scene, TEXT, NULL, NULL, NULL);
  g_autoptr (LanyardZbar) zbar = lanyard_zbar_new (LANYARD_SYMBOLOGIES_ALL);
  g_autoptr (LanyardQrReader) reader = lanyard_qr_reader_new (zbar);
  LanyardWork work = { 0, LANYARD_WORK_UNLIMITED };
  LanyardPlane plane = plane_of (picture);
  Heard heard = { 0 };

  picture_fill (picture, (9 + 9) * 4, (9 + 9) * 4, 20 * 4, 20 * 4, 20);
  lanyard_qr_reader_begin (reader, &plane, 40, LANYARD_QR_QUICK);
  g_assert_true (lanyard_qr_reader_step (reader, &work, on_found, &heard));
  g_assert_cmpuint (heard.n_found, ==, 0);
  g_assert_cmpuint (lanyard_qr_reader_get_stats (reader)->n_finders, ==, 3);
  g_assert_cmpuint (lanyard_qr_reader_get_stats (reader)->n_triples, ==, 1);
  g_assert_cmpuint (lanyard_qr_reader_get_stats (reader)->n_drawings, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/qr-reader/%s", cases[i].label);

      g_test_add_data_func (path, &cases[i], test_scene);
    }
  g_test_add_func ("/qr-reader/open", test_open);
  g_test_add_func ("/qr-reader/versions", test_versions);
  g_test_add_func ("/qr-reader/neighbours", test_neighbours);
  g_test_add_func ("/qr-reader/slices", test_slices);
  g_test_add_func ("/qr-reader/nothing", test_nothing);
  g_test_add_func ("/qr-reader/destroyed", test_destroyed);
  return g_test_run ();
}
