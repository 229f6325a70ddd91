/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "lanyard-qr-locate.h"
#include "lanyard-qr-mesh.h"
#include "lanyard-qr-refine.h"
#include "lanyard-qr-render.h"
#include "lanyard-qr-sample.h"
#include "lanyard-qr-version.h"
#include "qr-pictures.h"

/* Each stage of finding a QR symbol by itself, on symbols whose place and modules are known. */

#define TEXT "LY1:Lanyard-0042"

static LanyardQrLocator locator;
static LanyardQrTriple triples[LANYARD_QR_MAX_TRIPLES];
static LanyardQrLayout layout;
static LanyardQrSamples samples;
static guint8 modules[LANYARD_QR_MAX_MODULES];
static guint8 dark[LANYARD_QR_MAX_MODULES];

typedef struct
{
  const char *label;
  QrScene scene;
} SceneCase;

static const SceneCase cases[] = {
  { "plain", { .version = 2, .level = 1, .module_px = 4 } },
  { "turned", { .version = 3, .level = 1, .module_px = 4, .turn = 27 } },
  { "upside down", { .version = 3, .level = 1, .module_px = 4, .turn = 190 } },
  { "tilted", { .version = 4, .level = 1, .module_px = 6, .turn = 10, .tilt = 50 } },
  { "inverted", { .version = 2, .level = 1, .module_px = 4, .inverted = TRUE } },
  { "version 9", { .version = 9, .level = 1, .module_px = 3, .turn = 5, .tilt = 20 } },
  { "version 30", { .version = 30, .level = 1, .module_px = 3, .turn = 3 } },
};

/* A picture, and all that is kept of it. */
typedef struct
{
  Picture *picture; /* owned */
  LanyardPlane plane;
  LanyardSignImage sign; /* owned */
  guint side;
  double sag;
  double corners[4][2];
  LanyardQrHomography map; /* from modules to px, as it was drawn */
} Scene;

static void
scene_clear (Scene *scene)
{
  g_clear_pointer (&scene->picture, picture_free);
  lanyard_sign_image_clear (&scene->sign);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Scene, scene_clear)

static void
scene_init (Scene *scene, const QrScene *qr)
{
  LanyardQrTie ties[4];

  scene->sag = qr->sag;
  scene->picture = qr_scene_draw (qr, TEXT, &scene->side, modules, scene->corners);
  scene->plane = (LanyardPlane){ scene->picture->pixels, scene->picture->width,
                                 scene->picture->height, scene->picture->width };
  lanyard_sign_image_make (&scene->sign, &scene->plane, 40);
  for (guint i = 0; i < 4; i++)
    ties[i] = (LanyardQrTie){ (i == 1 || i == 2) * scene->side, (i >= 2) * scene->side,
                              scene->corners[i][0], scene->corners[i][1], 1 };
  g_assert_true (lanyard_qr_homography_fit (&scene->map, ties, 4));
}

/* A first pass over few rows, which may miss any of them, and then all rows between. */
static guint
locate (const Scene *scene)
{
  LanyardWork first = { 0, LANYARD_WORK_UNLIMITED }, between = { 0, LANYARD_WORK_UNLIMITED };

  lanyard_qr_locator_begin (&locator, scene->plane.width, 60, FALSE);
  g_assert_true (lanyard_qr_locator_step (&locator, &scene->sign, &scene->plane, &first));
  lanyard_qr_locator_go_between (&locator);
  g_assert_true (lanyard_qr_locator_step (&locator, &scene->sign, &scene->plane, &between));
  g_assert_cmpuint (first.spent, <, between.spent);
  return locator.n_finders;
}

/* Where module @column, @row was drawn. */
static void
drawn_at (const Scene *scene, double column, double row, double *x, double *y)
{
  double t = column / scene->side;

  lanyard_qr_homography_map (&scene->map, column, row + scene->sag * 4 * t * (1 - t), x, y);
}

static double
distance_to (const Scene *scene, double x, double y, double column, double row)
{
  double drawn_x, drawn_y;

  drawn_at (scene, column, row, &drawn_x, &drawn_y);
  return hypot (x - drawn_x, y - drawn_y);
}

/* All three are found, in the middle of where they are to a third of a px, and their axes point
 * where modules are. */
static void
test_locate (gconstpointer data)
{
  const SceneCase *c = data;
  g_auto (Scene) scene = { 0 };
  const double places[3][2] = { { 3.5, 3.5 }, { 0, 3.5 }, { 3.5, 0 } };

  scene_init (&scene, &c->scene);
  g_assert_cmpuint (locate (&scene), >=, 3);
  for (guint i = 0; i < 3; i++)
    {
      double column = i == 1 ? scene.side - 3.5 : places[i][0];
      double row = i == 2 ? scene.side - 3.5 : places[i][1];
      gboolean found = FALSE;

      for (guint k = 0; k < locator.n_finders; k++)
        {
          const LanyardQrFinder *finder = &locator.finders[k];
          double u, v, x, y;

          if (distance_to (&scene, finder->x, finder->y, column, row) > 0.34)
            continue;
          found = TRUE;
          g_assert_cmpint (finder->inverted, ==, c->scene.inverted);
          /* Three modules along an axis of the symbol is three along one of the pattern's. */
          drawn_at (&scene, column + 3, row, &x, &y);
          lanyard_qr_finder_locate (finder, x, y, &u, &v);
          g_assert_cmpfloat (fabs (MAX (fabs (u), fabs (v)) - 3), <, 0.3);
          g_assert_cmpfloat (MIN (fabs (u), fabs (v)), <, 0.3);
        }
      g_assert_true (found);
    }
}

/* The likeliest triple is the symbol, corner first, and says how many modules it has. */
static void
find_triple (const Scene *scene, LanyardQrPicture *picture)
{
  guint versions[LANYARD_QR_MAX_VERSIONS];

  g_assert_cmpuint (locate (scene), >=, 3);
  g_assert_cmpuint (lanyard_qr_triples_find (locator.finders, locator.n_finders, triples), >, 0);
  g_assert_cmpfloat (distance_to (scene, triples[0].corner.x, triples[0].corner.y, 3.5, 3.5), <, 1);
  g_assert_cmpfloat (
      distance_to (scene, triples[0].right.x, triples[0].right.y, scene->side - 3.5, 3.5), <, 1);
  g_assert_cmpfloat (
      distance_to (scene, triples[0].below.x, triples[0].below.y, 3.5, scene->side - 3.5), <, 1);
  g_assert_cmpfloat (fabs (triples[0].n_right / (scene->side - 7) - 1), <, 0.08);
  g_assert_cmpfloat (fabs (triples[0].n_below / (scene->side - 7) - 1), <, 0.08);
  *picture
      = (LanyardQrPicture){ &scene->plane, &scene->sign, triples[0].corner.inverted ? -1 : 1, 1 };
  picture->contrast = lanyard_qr_grid_contrast (picture, &triples[0]);
  g_assert_cmpuint (lanyard_qr_versions_find (picture, &triples[0], versions), >, 0);
  g_assert_cmpuint (lanyard_qr_side (versions[0]), ==, scene->side);
  lanyard_qr_layout_make (&layout, versions[0]);
}

static guint
count_wrong (guint side)
{
  guint n = 0;

  for (guint i = 0; i < side * side; i++)
    n += dark[i] != modules[i];
  return n;
}

/* Known homography in, module bits out: all of them, in each way of judging but the one that takes
 * the extremes near by, which may be all light. */
static void
test_grid (gconstpointer data)
{
  const SceneCase *c = data;
  g_auto (Scene) scene = { 0 };
  LanyardQrPicture picture;
  LanyardQrGrid grid;

  scene_init (&scene, &c->scene);
  find_triple (&scene, &picture);
  g_assert_true (lanyard_qr_grid_place (&picture, &triples[0], &layout, &grid));
  lanyard_qr_mesh_bend (&picture, &triples[0], &layout, &grid);
  g_assert_cmpfloat (grid.fit, >, 0.7);
  for (guint row = 0; row <= scene.side; row += scene.side / 4)
    for (guint column = 0; column <= scene.side; column += scene.side / 4)
      {
        double x, y;

        lanyard_qr_grid_map (&grid, column, row, &x, &y);
        g_assert_cmpfloat (distance_to (&scene, x, y, column, row), <, 0.4 * c->scene.module_px);
      }
  lanyard_qr_samples_take (&samples, &picture, &grid);
  lanyard_qr_samples_judge (&samples, LANYARD_QR_BY_FAR, dark);
  g_assert_cmpuint (count_wrong (scene.side), ==, 0);
  lanyard_qr_samples_judge (&samples, LANYARD_QR_BY_ALL, dark);
  g_assert_cmpuint (count_wrong (scene.side), ==, 0);
}

/* Paper around a bottle: before, many modules are wrong; after, next to none. */
static void
test_refine (void)
{
  const QrScene qr = { .version = 4, .level = 1, .module_px = 6, .sag = 2 };
  g_auto (Scene) scene = { 0 };
  LanyardWork work = { 0, LANYARD_WORK_UNLIMITED };
  LanyardQrPicture picture;
  LanyardQrGrid grid;
  double fit;

  scene_init (&scene, &qr);
  find_triple (&scene, &picture);
  g_assert_true (lanyard_qr_grid_place (&picture, &triples[0], &layout, &grid));
  lanyard_qr_samples_take (&samples, &picture, &grid);
  lanyard_qr_samples_judge (&samples, LANYARD_QR_BY_FAR, dark);
  g_assert_cmpuint (count_wrong (scene.side), >, 100);
  fit = grid.fit;
  lanyard_qr_refine (&picture, &triples[0], &layout, TRUE, &grid, &work);
  g_assert_cmpfloat (grid.fit, >, fit);
  g_assert_cmpuint (work.spent, >, 0);
  lanyard_qr_samples_take (&samples, &picture, &grid);
  lanyard_qr_samples_judge (&samples, LANYARD_QR_BY_FAR, dark);
  g_assert_cmpuint (count_wrong (scene.side), <, 20);
}

/* A symbol of which one pattern is hidden: the guess is a module away at most. */
static void
test_guess (gconstpointer data)
{
  const SceneCase *c = data;
  g_auto (Scene) scene = { 0 };

  scene_init (&scene, &c->scene);
  g_assert_cmpuint (locate (&scene), ==, 3);
  for (guint hidden = 0; hidden < 3; hidden++)
    {
      LanyardQrFinder two[2];
      gboolean found = FALSE;
      guint n = 0;

      for (guint i = 0; i < 3; i++)
        if (i != hidden)
          two[n++] = locator.finders[i];
      n = lanyard_qr_triples_guess (two, 2, triples);
      for (guint i = 0; i < n; i++)
        found |= distance_to (&scene, triples[i].corner.x, triples[i].corner.y, 3.5, 3.5) < 4
                 && distance_to (&scene, triples[i].right.x, triples[i].right.y, scene.side - 3.5,
                                 3.5)
                        < 4
                 && distance_to (&scene, triples[i].below.x, triples[i].below.y, 3.5,
                                 scene.side - 3.5)
                        < 4;
      g_assert_true (found);
    }
}

/* Whether the middle of a finder pattern has its grey ring there, px of the symbol. */
static gboolean
is_ring (guint side, guint x, guint y)
{
  guint column = x >= 2 * side - 14 ? x - (2 * side - 14) : x;
  guint row = y >= 2 * side - 14 ? y - (2 * side - 14) : y;

  if (column != x && row != y)
    return FALSE;
  return MIN (column, row) >= 3 && MAX (column, row) <= 10
         && (column == 3 || column == 10 || row == 3 || row == 10);
}

/* What is drawn has all modules at their places and a quiet zone. */
static void
test_render (void)
{
  const QrScene qr = { .version = 7, .level = 1, .module_px = 3 };
  g_auto (Scene) scene = { 0 };
  g_auto (LanyardPlaneBuffer) drawing = { 0 };
  LanyardQrFormat format;

  scene_init (&scene, &qr);
  lanyard_qr_layout_make (&layout, 7);
  g_assert_true (lanyard_qr_format_read (modules, scene.side, &format));
  memcpy (dark, modules, sizeof dark);
  /* Whatever was seen there: what is known is drawn right. */
  for (guint i = 0; i < scene.side * scene.side; i++)
    if (layout.kind[i] != LANYARD_QR_DATA)
      dark[i] ^= 1;
  lanyard_qr_render (&layout, dark, format.bits, &drawing);
  g_assert_cmpuint (drawing.at.width, ==, 2 * (scene.side + 4));
  g_assert_cmpuint (drawing.at.height, ==, drawing.at.width);
  for (guint y = 0; y < drawing.at.height; y++)
    for (guint x = 0; x < drawing.at.width; x++)
      {
        guint column = x / 2 - 2, row = y / 2 - 2;
        gboolean is_dark
            = column < scene.side && row < scene.side && modules[row * scene.side + column];
        guint grey = is_dark ? 0 : 255;

        if (column < scene.side && row < scene.side && is_ring (scene.side, x - 4, y - 4))
          grey = 128;
        g_assert_cmpuint (drawing.data[y * drawing.at.stride + x], ==, grey);
      }
}

/* A map through known places and back, with perspective; and places that make none. */
static void
test_homography (void)
{
  const LanyardQrTie ties[] = { { 0, 0, 10, 20, 1 },
                                { 177, 0, 3000, 45, 1 },
                                { 177, 177, 2500, 1700, 1 },
                                { 0, 177, 40, 1900, 1 } };
  const LanyardQrTie line[]
      = { { 0, 0, 1, 1, 1 }, { 10, 0, 2, 2, 1 }, { 10, 10, 3, 3, 1 }, { 0, 10, 4, 4, 1 } };
  LanyardQrHomography map;
  double right[2], down[2], x, y, next_x, next_y;

  g_assert_true (lanyard_qr_homography_fit (&map, ties, 4));
  for (guint i = 0; i < 4; i++)
    {
      lanyard_qr_homography_map (&map, ties[i].column, ties[i].row, &x, &y);
      g_assert_cmpfloat (hypot (x - ties[i].x, y - ties[i].y), <, 1e-6);
    }
  lanyard_qr_homography_map (&map, 60, 90, &x, &y);
  lanyard_qr_homography_axes (&map, 60, 90, right, down);
  lanyard_qr_homography_map (&map, 60.01, 90, &next_x, &next_y);
  g_assert_cmpfloat (hypot (next_x - x - right[0] / 100, next_y - y - right[1] / 100), <, 1e-3);
  lanyard_qr_homography_map (&map, 60, 90.01, &next_x, &next_y);
  g_assert_cmpfloat (hypot (next_x - x - down[0] / 100, next_y - y - down[1] / 100), <, 1e-3);
  g_assert_false (lanyard_qr_homography_fit (&map, ties, 1));
  if (lanyard_qr_homography_fit (&map, line, 4))
    {
      lanyard_qr_homography_map (&map, 5, 5, &x, &y);
      g_assert_true (isfinite (x) && isfinite (y));
    }
}

int
main (int argc, char **argv)
{
  int result;

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *locating = g_strdup_printf ("/qr-stages/locate/%s", cases[i].label);
      g_autofree char *grid = g_strdup_printf ("/qr-stages/grid/%s", cases[i].label);

      g_test_add_data_func (locating, &cases[i], test_locate);
      g_test_add_data_func (grid, &cases[i], test_grid);
    }
  g_test_add_data_func ("/qr-stages/guess/plain", &cases[0], test_guess);
  g_test_add_data_func ("/qr-stages/guess/turned", &cases[1], test_guess);
  g_test_add_func ("/qr-stages/refine", test_refine);
  g_test_add_func ("/qr-stages/render", test_render);
  g_test_add_func ("/qr-stages/homography", test_homography);
  result = g_test_run ();
  lanyard_qr_locator_clear (&locator);
  return result;
}
