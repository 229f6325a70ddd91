/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lanyard-ocrb-glyphs.h"
#include "lanyard-ocrb.h"
#include "ocrb-font.h"

#define N_HEX (LANYARD_OCRB_GLYPH_WIDTH * LANYARD_OCRB_GLYPH_HEIGHT)

static gboolean
skip_without_font (void)
{
  if (!ocrb_font_is_there ())
    g_test_skip ("fonts-ocr-b is not installed");
  return !ocrb_font_is_there ();
}

/* If the table were not what the font says, nobody could tell where it came from. */
static void
test_table (void)
{
  if (skip_without_font ())
    return;
  g_assert_cmpstr (LANYARD_OCRB_CHARACTERS, ==, OCRB_CHARACTERS);
  for (guint class = 0; class < LANYARD_OCRB_N_CLASSES; class ++)
    {
      char hex[N_HEX + 1];

      ocrb_font_glyph (OCRB_CHARACTERS[class], hex);
      g_assert_cmpuint (strlen (lanyard_ocrb_glyphs[class]), ==, N_HEX);
      for (guint i = 0; i < N_HEX; i++)
        g_assert_cmpint (ABS (g_ascii_xdigit_value (hex[i])
                              - g_ascii_xdigit_value (lanyard_ocrb_glyphs[class][i])),
                         <=, 1);
    }
}

/* @dx, @dy: samples that the character is moved. */
static void
draw_patch (char character, const OcrbLook *look, double dx, double dy, LanyardOcrbPatch patch)
{
  enum
  {
    fine = 4
  };
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_A8, LANYARD_OCRB_PATCH_WIDTH * fine,
                                    LANYARD_OCRB_PATCH_HEIGHT * fine);
  cairo_t *cairo = cairo_create (surface);
  const guint8 *data;
  int stride;

  ocrb_font_draw (cairo, look, character, (LANYARD_OCRB_PATCH_WIDTH / 2.0 + dx) * fine,
                  (LANYARD_OCRB_PATCH_HEIGHT / 2.0 + dy) * fine, LANYARD_OCRB_SCALE * fine);
  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  for (int y = 0; y < LANYARD_OCRB_PATCH_HEIGHT; y++)
    for (int x = 0; x < LANYARD_OCRB_PATCH_WIDTH; x++)
      {
        guint sum = 0;

        for (int i = 0; i < fine * fine; i++)
          sum += data[(y * fine + i / fine) * stride + x * fine + i % fine];
        *patch++ = (guint8)(220 - sum * 150 / (255 * fine * fine));
      }
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
}

/* Other weights, widths and ends of strokes stand for other foundries; 0 and O are the reader's. */
static void
test_other_prints (void)
{
  static const OcrbLook looks[] = {
    { OCRB_ROUND, 0, 1 },      { OCRB_SHARP, 0, 1 },     { OCRB_ROUND, 0.03, 1 },
    { OCRB_ROUND, -0.025, 1 }, { OCRB_ROUND, 0, 0.88 },  { OCRB_SHARP, 0.02, 1.1 },
    { OCRB_ROUND, 0.03, 0.9 }, { OCRB_SHARP, -0.02, 1 },
  };

  if (skip_without_font ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    for (guint class = 0; class < LANYARD_OCRB_N_CLASSES; class ++)
      {
        char character = LANYARD_OCRB_CHARACTERS[class];
        LanyardOcrbMatch match;
        LanyardOcrbPatch patch;

        draw_patch (character, &looks[i], 0, 0, patch);
        lanyard_ocrb_match (LANYARD_OCRB_USUAL_LOOK, patch, 1, &match);
        if (strchr ("0O", character) == NULL)
          g_assert_cmpint (LANYARD_OCRB_CHARACTERS[match.best], ==, character);
        else
          g_assert_nonnull (strchr ("0OD", LANYARD_OCRB_CHARACTERS[match.best]));
      }
}

/* Cells are moved by what is found here: a wrong sign would move them away. */
static void
test_moved (void)
{
  static const OcrbLook look = { OCRB_ROUND, 0, 1 };

  if (skip_without_font ())
    return;
  for (double dx = -1; dx <= 1; dx += 0.5)
    for (double dy = -1; dy <= 1; dy += 0.5)
      {
        LanyardOcrbMatch match;
        LanyardOcrbPatch patch;

        draw_patch ('R', &look, dx, dy, patch);
        lanyard_ocrb_match (LANYARD_OCRB_USUAL_LOOK, patch, LANYARD_OCRB_REACH, &match);
        g_assert_cmpint (LANYARD_OCRB_CHARACTERS[match.best], ==, 'R');
        g_assert_cmpfloat_with_epsilon (match.dx, dx, 0.25);
        g_assert_cmpfloat_with_epsilon (match.dy, dy, 0.25);
      }
}

/* A plain patch has no shape: no division by nothing, no character. */
static void
test_plain (void)
{
  LanyardOcrbMatch match;
  LanyardOcrbPatch patch;

  memset (patch, 77, sizeof patch);
  lanyard_ocrb_match (LANYARD_OCRB_USUAL_LOOK, patch, LANYARD_OCRB_REACH, &match);
  for (guint class = 0; class < LANYARD_OCRB_N_CLASSES; class ++)
    g_assert_cmpfloat (match.scores[class], ==, 0);
}

static void
test_classes (void)
{
  g_assert_cmpuint (lanyard_ocrb_class_of ('0'), ==, 0);
  g_assert_cmpuint (lanyard_ocrb_class_of ('<'), ==, 36);
  g_assert_cmpuint (lanyard_ocrb_class_of ('a'), ==, LANYARD_OCRB_N_CLASSES);
  g_assert_cmpuint (lanyard_ocrb_class_of ('\0'), ==, LANYARD_OCRB_N_CLASSES);
  for (guint look = 0; look < LANYARD_OCRB_N_LOOKS; look++)
    {
      g_assert_cmpfloat_with_epsilon (lanyard_ocrb_likeness (look, 5, 5), 1, 0.001);
      g_assert_cmpfloat (lanyard_ocrb_likeness (look, 5, 28), >,
                         lanyard_ocrb_likeness (look, 5, 20));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/ocrb/table", test_table);
  g_test_add_func ("/scan/ocrb/other-prints", test_other_prints);
  g_test_add_func ("/scan/ocrb/moved", test_moved);
  g_test_add_func ("/scan/ocrb/plain", test_plain);
  g_test_add_func ("/scan/ocrb/classes", test_classes);
  return g_test_run ();
}
