/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-mono-dither.h"
#include "lanyard-mono-filter.h"
#include "lanyard-page-marks.h"

#define MM 25.4

static cairo_surface_t *
new_page (double width_mm, double height_mm, cairo_t **cr)
{
  cairo_rectangle_t extents = { 0, 0, width_mm, height_mm };
  cairo_surface_t *page = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);

  *cr = cairo_create (page);
  return page;
}

static void
fill (cairo_t *cr, double grey, double x, double y, double width, double height)
{
  cairo_set_source_rgb (cr, grey, grey, grey);
  cairo_rectangle (cr, x, y, width, height);
  cairo_fill (cr);
}

/* Finishes the page. Returns: (transfer full) (nullable) */
static LanyardMonoRaster *
print (cairo_surface_t *page, cairo_t *cr, const LanyardMonoSheet *sheet, GError **error)
{
  double width_mm = sheet->turned ? sheet->height_mm : sheet->width_mm;
  double height_mm = sheet->turned ? sheet->width_mm : sheet->height_mm;
  LanyardMonoRaster *raster;

  cairo_destroy (cr);
  raster = lanyard_mono_raster_new (page, width_mm, height_mm, sheet, error);
  cairo_surface_destroy (page);
  return raster;
}

/* On millimetres that are whole dots every dot is known. */
static void
test_threshold (void)
{
  const LanyardMonoSheet sheet = { 203.2, 30, 20, FALSE };
  g_autoptr (LanyardMonoRaster) raster = NULL;
  cairo_t *cr;
  cairo_surface_t *page = new_page (30, 20, &cr);

  fill (cr, 0.0, 0, 0, 5, 5);
  fill (cr, 0.4, 10, 5, 5, 5);
  fill (cr, 0.6, 20, 5, 5, 5);
  raster = print (page, cr, &sheet, NULL);
  g_assert_cmpuint (raster->width, ==, 240);
  g_assert_cmpuint (raster->height, ==, 160);
  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < raster->width; x++)
      g_assert_cmpint (lanyard_mono_raster_get (raster, x, y), ==,
                       (x < 40 && y < 40) || (x >= 80 && x < 120 && y >= 40 && y < 80));
}

/* Top left goes to top right. */
static void
test_turned (void)
{
  const LanyardMonoSheet sheet = { 203.2, 20, 30, TRUE };
  g_autoptr (LanyardMonoRaster) raster = NULL;
  cairo_t *cr;
  cairo_surface_t *page = new_page (30, 20, &cr);

  fill (cr, 0.0, 0, 0, 10, 5);
  raster = print (page, cr, &sheet, NULL);
  g_assert_cmpuint (raster->width, ==, 160);
  g_assert_cmpuint (raster->height, ==, 240);
  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < raster->width; x++)
      g_assert_cmpint (lanyard_mono_raster_get (raster, x, y), ==, x >= 120 && y < 80);
}

/* Less than half a dot of ink, and grey: it is there all the same. And what is wide and light is
 * not, nor a tint that nobody should see; white on black likewise. */
static void
test_strokes (void)
{
  const LanyardMonoSheet sheet = { 203.2, 60, 20, FALSE };
  g_autoptr (LanyardMonoRaster) raster = NULL;
  cairo_t *cr;
  cairo_surface_t *page = new_page (60, 20, &cr);

  fill (cr, 0.3, 2, 2, 0.05, 16);  /* 0.4 dots */
  fill (cr, 0.6, 5, 2, 0.25, 16);  /* 2 dots */
  fill (cr, 0.9, 8, 2, 0.25, 16);  /* a tint */
  fill (cr, 0.6, 12, 2, 5, 16);    /* an area */
  fill (cr, 0.2, 30, 0, 20, 20);   /* another one */
  fill (cr, 0.5, 35, 2, 0.25, 16); /* on it */
  raster = print (page, cr, &sheet, NULL);
  for (guint y = 20; y < 140; y++)
    for (guint x = 0; x < raster->width; x++)
      g_assert_cmpint (lanyard_mono_raster_get (raster, x, y), ==,
                       x == 16 || x == 40 || x == 41
                           || (x >= 240 && x < 400 && x != 280 && x != 281));
}

/* White on what turns out white, and black on what turns out black: the dot around it shows where
 * it is, and nothing else on that ground changes. */
static void
test_outlined (void)
{
  const LanyardMonoSheet sheet = { 203.2, 60, 20, FALSE };
  g_autoptr (LanyardMonoRaster) raster = NULL;
  cairo_t *cr;
  cairo_surface_t *page = new_page (60, 20, &cr);

  fill (cr, 0.7, 0, 0, 30, 20); /* turns out white */
  fill (cr, 1.0, 5, 0, 0.25, 20);
  fill (cr, 0.0, 10, 0, 0.25, 20);
  fill (cr, 0.3, 30, 0, 30, 20); /* turns out black */
  fill (cr, 0.0, 35, 0, 0.25, 20);
  fill (cr, 1.0, 40, 0, 0.25, 20);
  raster = print (page, cr, &sheet, NULL);
  for (guint y = 20; y < 140; y++)
    for (guint x = 0; x < raster->width; x++)
      g_assert_cmpint (lanyard_mono_raster_get (raster, x, y), ==,
                       x == 39 || x == 42 || x == 80 || x == 81
                           || (x >= 240 && x != 279 && x != 282 && x != 320 && x != 321));
}

static void
test_filter (void)
{
  enum
  {
    W = 37,
    H = 23
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  guint8 shades[W * H], lightest[W * H], darkest[W * H];

  for (guint i = 0; i < W * H; i++)
    shades[i] = lightest[i] = darkest[i] = (guint8)g_rand_int (random);
  for (guint radius = 0; radius < 30; radius += 3)
    {
      memcpy (lightest, shades, sizeof shades);
      memcpy (darkest, shades, sizeof shades);
      lanyard_mono_filter (lightest, W, H, radius, TRUE);
      lanyard_mono_filter (darkest, W, H, radius, FALSE);
      for (int y = 0; y < H; y++)
        for (int x = 0; x < W; x++)
          {
            guint8 most = 0, least = 255;

            for (int v = MAX (0, y - (int)radius); v <= MIN (H - 1, y + (int)radius); v++)
              for (int u = MAX (0, x - (int)radius); u <= MIN (W - 1, x + (int)radius); u++)
                {
                  most = MAX (most, shades[v * W + u]);
                  least = MIN (least, shades[v * W + u]);
                }
            g_assert_cmpuint (lightest[y * W + x], ==, most);
            g_assert_cmpuint (darkest[y * W + x], ==, least);
          }
    }
}

/* A code like no other, so that no turn or mirror goes unnoticed. */
static void
fill_modules (guint8 *modules, guint columns, guint rows, guint quiet)
{
  GRand *random = g_rand_new_with_seed (columns * 1000 + rows);

  for (guint y = quiet; y + quiet < rows || (rows == 1 && y == quiet); y++)
    for (guint x = quiet; x + quiet < columns; x++)
      modules[(rows == 1 ? 0 : y) * columns + x] = x == quiet || g_rand_boolean (random);
  g_rand_free (random);
}

typedef struct
{
  double dpi, x_mm, y_mm, side_mm;
  gboolean turned;
  guint module; /* dots that are expected */
} CodeCase;

static void
check_code (const CodeCase *c)
{
  enum
  {
    N = 61
  };
  guint8 modules[N * N] = { 0 };
  const LanyardMonoSheet sheet
      = { c->dpi, c->turned ? 50.0 : 80.0, c->turned ? 80.0 : 50.0, c->turned };
  LanyardPageCode code = { c->x_mm, c->y_mm, c->side_mm, c->side_mm, N, N, modules };
  g_autoptr (LanyardMonoRaster) raster = NULL;
  g_autoptr (GError) error = NULL;
  guint left = G_MAXUINT, top = G_MAXUINT;
  cairo_t *cr;
  cairo_surface_t *page = new_page (80, 50, &cr);

  fill_modules (modules, N, N, 4);
  /* What the vectors are does not matter: the code is drawn anew over them. */
  fill (cr, 0.0, c->x_mm + 1, c->y_mm + 1, c->side_mm - 2, c->side_mm - 2);
  lanyard_page_mark_code (cr, &code);
  raster = print (page, cr, &sheet, &error);
  g_assert_no_error (error);
  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < raster->width; x++)
      if (lanyard_mono_raster_get (raster, x, y))
        {
          left = MIN (left, x);
          top = MIN (top, y);
        }
  for (guint y = 0; y < (N - 8) * c->module; y++)
    for (guint x = 0; x < (N - 8) * c->module; x++)
      {
        guint column = 4 + x / c->module, row = 4 + y / c->module;
        guint8 dark = c->turned ? modules[(N - 1 - column) * N + row] : modules[row * N + column];

        g_assert_cmpuint (lanyard_mono_raster_get (raster, left + x, top + y), ==, dark);
      }
}

static void
test_codes (void)
{
  static const CodeCase cases[] = {
    { 203.2, 10.3, 7.7, 26, FALSE, 3 }, { 203.2, 10.3, 7.7, 22.6, FALSE, 3 },
    { 300, 10.3, 7.7, 26, FALSE, 5 },   { 600, 10.31, 7.77, 26.1, FALSE, 10 },
    { 203.2, 10.3, 7.7, 26, TRUE, 3 },  { 300, 11.1, 9.9, 21.3, TRUE, 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    check_code (&cases[i]);
}

static void
test_bars (void)
{
  enum
  {
    N = 100
  };
  guint8 modules[N] = { 0 };
  const LanyardMonoSheet sheet = { 203.2, 60, 20, FALSE };
  /* 3 dots a module and a little more; bars from dot 16 to dot 96. */
  LanyardPageCode code = { 5, 2, 38.5, 10, N, 1, modules };
  g_autoptr (LanyardMonoRaster) raster = NULL;
  guint left = G_MAXUINT;
  cairo_t *cr;
  cairo_surface_t *page = new_page (60, 20, &cr);

  fill_modules (modules, N, 1, 10);
  lanyard_page_mark_code (cr, &code);
  raster = print (page, cr, &sheet, NULL);
  for (guint x = 0; x < raster->width && left == G_MAXUINT; x++)
    if (lanyard_mono_raster_get (raster, x, 50))
      left = x;
  for (guint y = 0; y < raster->height; y++)
    for (guint x = 0; x < (N - 20) * 3; x++)
      g_assert_cmpint (lanyard_mono_raster_get (raster, left + x, y), ==,
                       y >= 16 && y < 96 && modules[10 + x / 3]);
}

static void
test_code_too_small (void)
{
  guint8 modules[61 * 61] = { 0 };
  const LanyardMonoSheet sheet = { 203.2, 30, 30, FALSE };
  LanyardPageCode code = { 1, 1, 10, 10, 61, 61, modules };
  g_autoptr (GError) error = NULL;
  cairo_t *cr;
  cairo_surface_t *page = new_page (30, 30, &cr);

  lanyard_page_mark_code (cr, &code);
  g_assert_null (print (page, cr, &sheet, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED);
}

static void
test_too_large (void)
{
  const LanyardMonoSheet sheet = { 600, 1000, 1000, FALSE };
  g_autoptr (GError) error = NULL;
  cairo_t *cr;
  cairo_surface_t *page = new_page (1000, 1000, &cr);

  g_assert_null (print (page, cr, &sheet, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT);
}

/* Share of black dots. */
static double
get_black (const LanyardMonoRaster *raster, guint x0, guint y0, guint width, guint height)
{
  guint n = 0;

  for (guint y = y0; y < y0 + height; y++)
    for (guint x = x0; x < x0 + width; x++)
      n += lanyard_mono_raster_get (raster, x, y);
  return (double)n / (width * height);
}

/* From black on the left to white on the right: as many dots as there is shade, and nowhere a step.
 */
static void
test_photo (void)
{
  const LanyardMonoSheet sheet = { 203.2, 40, 20, FALSE };
  LanyardPagePhoto photo = { 4, 2, 32, 16 };
  g_autoptr (LanyardMonoRaster) raster = NULL;
  cairo_pattern_t *pattern = cairo_pattern_create_linear (4, 0, 36, 0);
  cairo_t *cr;
  cairo_surface_t *page = new_page (40, 20, &cr);

  cairo_pattern_add_color_stop_rgb (pattern, 0, 0, 0, 0);
  cairo_pattern_add_color_stop_rgb (pattern, 1, 1, 1, 1);
  cairo_set_source (cr, pattern);
  cairo_rectangle (cr, 4, 2, 32, 16);
  cairo_fill (cr);
  cairo_pattern_destroy (pattern);
  lanyard_page_mark_photo (cr, &photo);
  raster = print (page, cr, &sheet, NULL);
  for (guint i = 0; i < 16; i++)
    g_assert_cmpfloat (fabs (get_black (raster, 32 + i * 16, 16, 16, 128) - (15.5 - i) / 16), <,
                       0.03);
  g_assert_cmpfloat (get_black (raster, 0, 0, 32, 160), ==, 0);
  g_assert_cmpfloat (get_black (raster, 288, 0, 32, 160), ==, 0);
}

/* A photo of one shade stays one: it is not stretched to noise. */
static void
test_flat_photo (void)
{
  g_autoptr (LanyardMonoRaster) raster = lanyard_mono_raster_alloc (100, 100);
  g_autofree guint8 *shades = g_malloc (100 * 100);
  LanyardMonoPatch patch = { 0, 0, 100, 100, shades };

  memset (shades, 191, 100 * 100);
  lanyard_mono_dither (raster, &patch);
  g_assert_cmpfloat (fabs (get_black (raster, 0, 0, 100, 100) - 0.25), <, 0.02);
}

/* Only a page that is recorded can be marked, and marks of a page that nobody drew are none. */
static void
test_marks (void)
{
  cairo_surface_t *image = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 8, 8);
  cairo_t *cr = cairo_create (image);
  LanyardPagePhoto photo = { 1, 1, 2, 2 };

  lanyard_page_mark_photo (cr, &photo);
  g_assert_null (lanyard_page_get_photos (image));
  g_assert_null (lanyard_page_get_codes (image));
  cairo_destroy (cr);
  cairo_surface_destroy (image);
}

static void
test_module_dots (void)
{
  g_assert_cmpuint (lanyard_mono_module_dots (183, 61), ==, 3);
  g_assert_cmpuint (lanyard_mono_module_dots (180, 61), ==, 3);
  g_assert_cmpuint (lanyard_mono_module_dots (179, 61), ==, 2);
  g_assert_cmpuint (lanyard_mono_module_dots (243, 61), ==, 4);
  g_assert_cmpuint (lanyard_mono_module_dots (20, 61), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/mono-raster/threshold", test_threshold);
  g_test_add_func ("/mono-raster/strokes", test_strokes);
  g_test_add_func ("/mono-raster/outlined", test_outlined);
  g_test_add_func ("/mono-raster/filter", test_filter);
  g_test_add_func ("/mono-raster/turned", test_turned);
  g_test_add_func ("/mono-raster/codes", test_codes);
  g_test_add_func ("/mono-raster/bars", test_bars);
  g_test_add_func ("/mono-raster/code-too-small", test_code_too_small);
  g_test_add_func ("/mono-raster/too-large", test_too_large);
  g_test_add_func ("/mono-raster/photo", test_photo);
  g_test_add_func ("/mono-raster/flat-photo", test_flat_photo);
  g_test_add_func ("/mono-raster/marks", test_marks);
  g_test_add_func ("/mono-raster/module-dots", test_module_dots);
  return g_test_run ();
}
