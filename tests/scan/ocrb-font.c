/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "ocrb-font.h"

#include <math.h>
#include <pango/pangocairo.h>

#define ADVANCE_EM 0.723
#define CAPITALS_MIDDLE_EM 0.3515
#define GLYPH_WIDTH 24
#define GLYPH_HEIGHT 32

static const char *
family_of (OcrbCut cut)
{
  return cut == OCRB_SHARP ? "OCR B S" : "OCR B";
}

gboolean
ocrb_font_is_there (void)
{
  PangoFontMap *map = pango_cairo_font_map_get_default ();
  PangoFontFamily **families = NULL;
  int n_families = 0;
  gboolean found = FALSE;

  pango_font_map_list_families (map, &families, &n_families);
  for (int i = 0; i < n_families; i++)
    found = found || g_str_equal (pango_font_family_get_name (families[i]), "OCR B");
  g_free (families);
  return found;
}

/* Moves the edges of what was painted by stroking the outline in ink, or in nothing. */
static void
paint_outline (cairo_t *cairo, double weight)
{
  if (weight > 0)
    {
      cairo_fill_preserve (cairo);
      cairo_set_line_width (cairo, 2 * weight);
      cairo_set_line_join (cairo, CAIRO_LINE_JOIN_ROUND);
      cairo_stroke (cairo);
      return;
    }
  cairo_push_group (cairo);
  cairo_set_source_rgb (cairo, 0, 0, 0);
  cairo_fill_preserve (cairo);
  cairo_set_operator (cairo, CAIRO_OPERATOR_DEST_OUT);
  cairo_set_line_width (cairo, -2 * weight);
  cairo_stroke (cairo);
  {
    cairo_pattern_t *mask = cairo_pop_group (cairo);

    cairo_mask (cairo, mask);
    cairo_pattern_destroy (mask);
  }
}

void
ocrb_font_draw (cairo_t *cairo,
                const OcrbLook *look,
                char character,
                double x,
                double y,
                double pitch)
{
  const char text[2] = { character, '\0' };
  double size = pitch / ADVANCE_EM;

  cairo_save (cairo);
  cairo_select_font_face (cairo, family_of (look->cut), CAIRO_FONT_SLANT_NORMAL,
                          CAIRO_FONT_WEIGHT_NORMAL);
  cairo_translate (cairo, x, y);
  cairo_scale (cairo, look->stretch, 1);
  cairo_set_font_size (cairo, size);
  cairo_move_to (cairo, -pitch / 2, CAPITALS_MIDDLE_EM * size);
  cairo_text_path (cairo, text);
  if (look->weight != 0)
    paint_outline (cairo, look->weight * pitch);
  else
    cairo_fill (cairo);
  cairo_restore (cairo);
}

void
ocrb_font_glyph (char character, char *hex)
{
  static const OcrbLook look = { OCRB_ROUND, 0, 1 };
  enum
  {
    fine = 16
  };
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_A8, GLYPH_WIDTH * fine, GLYPH_HEIGHT * fine);
  cairo_t *cairo = cairo_create (surface);
  const guint8 *data;
  int stride;

  ocrb_font_draw (cairo, &look, character, GLYPH_WIDTH * fine / 2, GLYPH_HEIGHT * fine / 2,
                  GLYPH_WIDTH * fine);
  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  for (int y = 0; y < GLYPH_HEIGHT; y++)
    for (int x = 0; x < GLYPH_WIDTH; x++)
      {
        guint sum = 0;

        for (int i = 0; i < fine * fine; i++)
          sum += data[(y * fine + i / fine) * stride + x * fine + i % fine];
        *hex++ = "0123456789abcdef"[(sum * 15 + 255 * fine * fine / 2) / (255 * fine * fine)];
      }
  *hex = '\0';
  cairo_destroy (cairo);
  cairo_surface_destroy (surface);
}
