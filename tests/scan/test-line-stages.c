/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "lanyard-line-decoder.h"
#include "lanyard-line-fit.h"
#include "line-pictures.h"

/* What each part between a plane and a vote does by itself. */

static LanyardPlane
plane_of (const Picture *picture)
{
  return (LanyardPlane){ picture->pixels, picture->width, picture->height, picture->width };
}

/* ---- samples ---- */

static void
test_sample (void)
{
  g_autoptr (Picture) picture = picture_new (40, 30);
  LanyardPlane plane = plane_of (picture);
  LanyardSegment segment = { { 3.5, 4.25 }, { 23.5, 14.25 } };
  guint8 samples[21];

  for (guint y = 0; y < 30; y++)
    for (guint x = 0; x < 40; x++)
      picture->pixels[y * 40 + x] = 4 * x + 2 * y;
  lanyard_line_sample (&plane, &segment, samples, G_N_ELEMENTS (samples));
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    g_assert_cmpfloat (fabs (samples[i] - (4 * (3.5 + i) + 2 * (4.25 + i / 2.0))), <=, 0.51);
}

/* Beyond the border stands what is at the border, and nothing else is read. */
static void
test_sample_outside (void)
{
  g_autoptr (Picture) picture = picture_new (10, 10);
  LanyardPlane plane = plane_of (picture);
  LanyardSegment segment = { { -5, 4 }, { 14, 4 } }, away = { { -5, -9 }, { 14, -9 } };
  guint8 samples[20];
  guint first, end;

  picture->pixels[40] = 10;
  picture->pixels[49] = 20;
  lanyard_line_sample (&plane, &segment, samples, 20);
  g_assert_cmpuint (samples[0], ==, 10);
  g_assert_cmpuint (samples[5], ==, 10);
  g_assert_cmpuint (samples[6], ==, 255);
  g_assert_cmpuint (samples[19], ==, 20);
  lanyard_line_inside (&plane, &segment, 20, &first, &end);
  g_assert_cmpuint (first, ==, 5);
  g_assert_cmpuint (end, ==, 15);
  lanyard_line_inside (&plane, &away, 20, &first, &end);
  g_assert_cmpuint (first, ==, end);
}

/* The mean of 40 rows has a sixth of the noise, and the bars are where they were. */
static void
test_project (void)
{
  g_autoptr (Picture) picture = picture_new (120, 60);
  LanyardPlane plane = plane_of (picture);
  LanyardSegment segment = { { 0, 30 }, { 120, 30 } };
  float profile[120], weights[120];
  double error = 0;

  for (guint y = 0; y < 60; y++)
    for (guint x = 0; x < 120; x++)
      picture->pixels[y * 120 + x] = x / 20 % 2 == 0 ? 180 : 80;
  line_add_noise (picture, 20, 1);
  g_assert_cmpuint (lanyard_line_project (&plane, &segment, 20, profile, weights, 120), ==,
                    120 * 41);
  for (guint x = 5; x < 115; x++)
    if (x % 20 > 3 && x % 20 < 16)
      error += pow (profile[x] - (x / 20 % 2 == 0 ? 180 : 80), 2);
  g_assert_cmpfloat (sqrt (error / 66), <, 4);
}

/* ---- edges ---- */

static void
assert_widths (LanyardEdgeRule rule, double blur_px, double tolerance_px)
{
  g_autofree char *widths = line_code128 ("Kiosk 7");
  LineLook look = { 3, 60, 0, blur_px, 0, 0, 40 };
  g_autoptr (Picture) picture = line_picture (widths, &look, 500, 100);
  g_auto (LanyardEdges) edges = { 0 };
  const guint8 *row = picture->pixels + 50 * 500;
  guint first = 0;

  lanyard_edges_find (&edges, row, 500, 20);
  lanyard_edges_place (&edges, row, 500, rule);
  /* From the table to the paper is no edge to dark, so that the code's own come first. */
  g_assert_cmpuint (edges.n_edges, >=, strlen (widths) + 1);
  while (edges.edges[first + 1] - edges.edges[first] > 10 * 3 * LANYARD_EDGE_UNITS)
    first++;
  for (guint i = 0; widths[i] != '\0'; i++)
    {
      double px
          = (double)(edges.edges[first + i + 1] - edges.edges[first + i]) / LANYARD_EDGE_UNITS;

      g_assert_cmpfloat (fabs (px - 3 * (widths[i] - '0')), <, tolerance_px);
    }
}

static void
test_edges (void)
{
  for (guint rule = 0; rule <= LANYARD_EDGE_LEVEL; rule++)
    assert_widths (rule, 0.5, 0.75);
  assert_widths (LANYARD_EDGE_HALFWAY, 1, 1);
}

static void
test_edges_of_nothing (void)
{
  g_auto (LanyardEdges) edges = { 0 };
  guint8 samples[1000] = { 0 };

  lanyard_edges_find (&edges, samples, 0, 20);
  lanyard_edges_place (&edges, samples, 0, LANYARD_EDGE_HALFWAY);
  g_assert_cmpuint (edges.n_edges, ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    samples[i] = 100 + i % 5;
  lanyard_edges_find (&edges, samples, G_N_ELEMENTS (samples), 20);
  lanyard_edges_place (&edges, samples, G_N_ELEMENTS (samples), LANYARD_EDGE_HALFWAY);
  g_assert_cmpuint (edges.n_edges, ==, 0);
}

/* ---- regions ---- */

static guint
locate (const Picture *picture, LanyardLineRegion regions[LANYARD_LINE_MAX_REGIONS])
{
  g_auto (LanyardLineLocator) locator = { 0 };
  LanyardPlane plane = plane_of (picture);
  guint row = 0;

  /* Three rows at a time: the same as at one go. */
  while (!lanyard_line_locator_measure (&locator, &plane, row, 3))
    row += 3;
  return lanyard_line_locator_find (&locator, regions);
}

static void
test_locate (void)
{
  g_autofree char *widths = line_code128 ("LANYARD-1");

  for (int degrees = -90; degrees <= 180; degrees += 15)
    {
      LineLook look = { 2, 70, degrees, 0.6, 5, 0, 40 };
      g_autoptr (Picture) picture = line_picture (widths, &look, 420, 420);
      LanyardLineRegion regions[LANYARD_LINE_MAX_REGIONS];
      LanyardPoint middle;
      double angle;

      g_assert_cmpuint (locate (picture, regions), >=, 1);
      middle = lanyard_segment_point (&regions[0].axis, 0.5, 0);
      angle = atan2 (regions[0].axis.to.y - regions[0].axis.from.y,
                     regions[0].axis.to.x - regions[0].axis.from.x)
              - degrees * G_PI / 180;
      g_assert_cmpfloat (fabs (sin (angle)), <, sin (3 * G_PI / 180));
      g_assert_cmpfloat (hypot (middle.x - 209.5, middle.y - 209.5), <, 16);
      g_assert_cmpfloat (lanyard_segment_length (&regions[0].axis), >, 250);
      g_assert_cmpfloat (fabs (regions[0].half_px - 35), <, 16);
    }
}

static void
test_locate_nothing (void)
{
  LanyardLineRegion regions[LANYARD_LINE_MAX_REGIONS];
  g_autoptr (Picture) noise = picture_new (300, 200);
  g_autoptr (Picture) small = picture_new (5, 3);

  memset (noise->pixels, 128, 300 * 200);
  g_assert_cmpuint (locate (noise, regions), ==, 0);
  line_add_noise (noise, 30, 3);
  g_assert_cmpuint (locate (noise, regions), ==, 0);
  g_assert_cmpuint (locate (small, regions), ==, 0);
}

/* ---- alphabet ---- */

static gboolean
has_pattern (const LanyardLineSet *set, const char *widths)
{
  for (guint i = 0; i < set->n_patterns; i++)
    {
      guint k = 0;

      while (k < set->n_elements && set->widths[i][k] == 2 * (widths[k] - '0'))
        k++;
      if (k == set->n_elements)
        return TRUE;
    }
  return FALSE;
}

/* The rules by which patterns are made give those of the table in ISO/IEC 15417, and no others. */
static void
test_alphabet (void)
{
  g_autoptr (LanyardLineAlphabet) alphabet = lanyard_line_alphabet_new ();
  guint n_layouts;
  const LanyardLineLayout *layouts = lanyard_line_alphabet_get (alphabet, &n_layouts);

  g_assert_cmpint (layouts[0].symbology, ==, LANYARD_SYMBOLOGY_CODE128);
  g_assert_cmpuint (layouts[0].left->n_patterns, ==, 103);
  for (guint i = 0; i < 103; i++)
    g_assert_true (has_pattern (layouts[0].left, picture_code128_widths (i)));
  for (guint i = 103; i < 106; i++)
    g_assert_true (has_pattern (layouts[0].start, picture_code128_widths (i)));
  g_assert_true (has_pattern (layouts[0].stop, picture_code128_widths (106)));
  for (guint i = 1; i < n_layouts; i++)
    switch (layouts[i].symbology)
      {
      case LANYARD_SYMBOLOGY_CODE39:
        g_assert_cmpuint (layouts[i].left->n_patterns, ==, 43);
        break;
      case LANYARD_SYMBOLOGY_ITF:
        g_assert_cmpuint (layouts[i].left->n_patterns, ==, 100);
        break;
      case LANYARD_SYMBOLOGY_EAN13:
        g_assert_cmpuint (lanyard_line_layout_total (&layouts[i], 12), ==, 2 * 95);
        break;
      case LANYARD_SYMBOLOGY_EAN8:
        g_assert_cmpuint (lanyard_line_layout_total (&layouts[i], 8), ==, 2 * 67);
        break;
      default:
        g_assert_cmpint (layouts[i].symbology, ==, LANYARD_SYMBOLOGY_UPCE);
        g_assert_cmpuint (lanyard_line_layout_total (&layouts[i], 6), ==, 2 * 51);
      }
}

/* ---- fit ---- */

static gboolean
on_fitted (const LanyardLineFitted *fitted, gpointer user_data)
{
  GString *widths = user_data;

  gboolean two_widths
      = fitted->symbology == LANYARD_SYMBOLOGY_CODE39 || fitted->symbology == LANYARD_SYMBOLOGY_ITF;

  /* From behind, something fits as well, but hardly better than something else. */
  if (fitted->margin < (two_widths ? 0.01 : 0.0015))
    return FALSE;
  /* Without the quiet zones; wide is wide, whether 2 modules or 3. */
  for (guint i = 1; i + 1 < fitted->n_widths; i++)
    {
      guint width = fitted->widths[i] / 2;

      g_string_append_c (widths, '0' + (two_widths && width > 1 ? 3 : width));
    }
  g_assert_cmpfloat (fitted->correlation, >, 0.9);
  return TRUE;
}

/* Bars whose edges are gone: a blur of a whole module. */
static void
assert_fit (LanyardSymbology symbology, const char *widths, gboolean mirrored)
{
  LineLook look = { 2, 60, mirrored ? 180 : 0, 2, 0, 0, 40 };
  g_autoptr (Picture) picture = line_picture (widths, &look, 600, 80);
  g_autoptr (LanyardLineFit) fit = lanyard_line_fit_new (LANYARD_SYMBOLOGY_BIT (symbology));
  g_autoptr (GString) fitted = g_string_new (NULL);
  LanyardWork work = { 0, LANYARD_WORK_UNLIMITED };
  LanyardLineProfile profile = { NULL, 600 };
  guint total = 0;
  float grey[600];

  for (guint i = 0; widths[i] != '\0'; i++)
    total += widths[i] - '0';
  for (guint i = 0; i < 600; i++)
    grey[i] = picture->pixels[40 * 600 + i];
  profile.grey = grey;
  profile.extent = (LanyardLineExtent){ 300 - total, 300 + total, strlen (widths) / 2, 1.2, 10 };
  lanyard_line_fit_read (fit, &work, &profile, on_fitted, fitted);
  g_assert_cmpstr (fitted->str, ==, widths);
  g_assert_cmpuint (work.spent, >, 1);
}

static void
test_fit (void)
{
  g_autofree char *code128 = line_code128 ("ACR-26004711");
  g_autofree char *code39 = line_code39 ("BADGE 7");
  g_autofree char *itf = line_itf ("0123456789");
  g_autofree char *ean = line_ean13 ("4006381333931");

  for (guint mirrored = 0; mirrored < 2; mirrored++)
    {
      assert_fit (LANYARD_SYMBOLOGY_CODE128, code128, mirrored != 0);
      assert_fit (LANYARD_SYMBOLOGY_CODE39, code39, mirrored != 0);
      assert_fit (LANYARD_SYMBOLOGY_ITF, itf, mirrored != 0);
      assert_fit (LANYARD_SYMBOLOGY_EAN13, ean, mirrored != 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/line/sample", test_sample);
  g_test_add_func ("/line/sample-outside", test_sample_outside);
  g_test_add_func ("/line/project", test_project);
  g_test_add_func ("/line/edges", test_edges);
  g_test_add_func ("/line/edges-of-nothing", test_edges_of_nothing);
  g_test_add_func ("/line/locate", test_locate);
  g_test_add_func ("/line/locate-nothing", test_locate_nothing);
  g_test_add_func ("/line/alphabet", test_alphabet);
  g_test_add_func ("/line/fit", test_fit);
  return g_test_run ();
}
