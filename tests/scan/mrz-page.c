/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mrz-page.h"

#include <math.h>

/* 9303-4 to -7: sizes of pages, where the zone's first character begins, how far lines are apart
 * and the last one from the lower edge (middle of its capitals). */
typedef struct
{
  LanyardMrzFormat format;
  double width_mm, height_mm;
  double left_mm, line_mm, bottom_mm;
} PageSize;

static const PageSize sizes[] = {
  { LANYARD_MRZ_TD1, 85.6, 54, 4.5, 5.6, 5 },     { LANYARD_MRZ_TD2, 105, 74, 5.5, 6.35, 8 },
  { LANYARD_MRZ_TD3, 125, 88, 6, 6.35, 8.5 },     { LANYARD_MRZ_MRV_A, 120, 80, 5, 6.35, 8.5 },
  { LANYARD_MRZ_MRV_B, 105, 74, 5.5, 6.35, 8.5 },
};

static const PageSize *
find_size (LanyardMrzFormat format)
{
  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    if (sizes[i].format == format)
      return &sizes[i];
  g_assert_not_reached ();
}

static void
set_grey (cairo_t *cairo, double grey)
{
  cairo_set_source_rgb (cairo, grey, grey, grey);
}

/* Fine waves all over the page, also below the zone. */
static void
draw_guilloche (cairo_t *cairo, const MrzPage *page, GRand *random)
{
  double grey = g_rand_double_range (random, 0.72, 0.85);
  double wave = g_rand_double_range (random, 0.15, 0.6);
  double swing = g_rand_double_range (random, 0.8, 2.5);
  double apart = g_rand_double_range (random, 1.1, 2.2);

  set_grey (cairo, grey);
  cairo_set_line_width (cairo, 0.15);
  for (double y = -3; y < page->height_mm + 3; y += apart)
    {
      for (double x = 0; x <= page->width_mm; x += 1.2)
        cairo_line_to (cairo, x, y + swing * sin (wave * x + 0.3 * y));
      cairo_stroke (cairo);
    }
}

static void
draw_portrait (cairo_t *cairo, const MrzPage *page, GRand *random)
{
  double width = page->width_mm * 0.27,
         height = page->height_mm * (page->height_mm < 60 ? 0.38 : 0.5);
  double left = page->width_mm * 0.05, top = page->height_mm * 0.1;

  set_grey (cairo, g_rand_double_range (random, 0.55, 0.8));
  cairo_rectangle (cairo, left, top, width, height);
  cairo_fill (cairo);
  set_grey (cairo, 0.25);
  cairo_arc (cairo, left + width / 2, top + height, width * 0.42, G_PI, 2 * G_PI);
  cairo_fill (cairo);
  set_grey (cairo, g_rand_double_range (random, 0.4, 0.85));
  cairo_arc (cairo, left + width / 2, top + height * 0.42, width * 0.24, 0, 2 * G_PI);
  cairo_fill (cairo);
}

static void
draw_print (cairo_t *cairo, const MrzPage *page, gboolean below, GRand *random)
{
  double left = page->width_mm * 0.36;

  cairo_select_font_face (cairo, "DejaVu Sans", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  set_grey (cairo, 0.3);
  /* A card has room for fewer lines. */
  for (guint row = 0; 6.9 * row < page->height_mm * (below ? 0.95 : 0.66) - 16; row++)
    {
      double y = 8 + 6.9 * row;
      gboolean above = y < page->height_mm * 0.66;

      cairo_set_font_size (cairo, 1.8);
      cairo_move_to (cairo, above ? left : page->width_mm * 0.05, y);
      cairo_show_text (cairo, row % 2 == 0 ? "Surname / Nom (1)" : "Date of issue / Date (7)");
      cairo_set_font_size (cairo, above ? 2.9 : 3.4);
      cairo_move_to (cairo, above ? left : page->width_mm * 0.05, y + 3.2);
      for (guint i = 0; i < (above ? 2 : 6); i++)
        {
          char word[] = "ABERGAST ";

          for (guint k = 0; k + 1 < sizeof word - 1; k++)
            word[k] = (char)('A' + g_rand_int_range (random, 0, 26));
          cairo_show_text (cairo, word);
        }
    }
}

static void
draw_zone (cairo_t *cairo,
           const MrzPage *page,
           const PageSize *size,
           const char *text,
           const OcrbLook *look,
           double ink)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  guint n_lines = g_strv_length (lines);

  cairo_set_source_rgba (cairo, 0, 0, 0, ink);
  for (guint line = 0; line < n_lines; line++)
    {
      double y = page->height_mm - size->bottom_mm - (n_lines - 1 - line) * size->line_mm;

      for (guint i = 0; lines[line][i] != '\0'; i++)
        ocrb_font_draw (cairo, look, lines[line][i], size->left_mm + (i + 0.5) * MRZ_PITCH_MM, y,
                        MRZ_PITCH_MM);
    }
}

void
mrz_page_draw (MrzPage *page,
               LanyardMrzFormat format,
               const char *text,
               const OcrbLook *look,
               double ink,
               double pitch_px,
               GRand *random)
{
  const PageSize *size = find_size (format);
  cairo_t *cairo;

  page->width_mm = size->width_mm;
  page->height_mm = size->height_mm;
  page->px_per_mm = 1.5 * pitch_px / MRZ_PITCH_MM;
  page->surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)(page->width_mm * page->px_per_mm) + 1,
                                    (int)(page->height_mm * page->px_per_mm) + 1);
  cairo = cairo_create (page->surface);
  cairo_scale (cairo, page->px_per_mm, page->px_per_mm);
  set_grey (cairo, g_rand_double_range (random, 0.82, 0.97));
  cairo_paint (cairo);
  draw_guilloche (cairo, page, random);
  draw_portrait (cairo, page, random);
  draw_print (cairo, page, text == NULL, random);
  if (text != NULL)
    draw_zone (cairo, page, size, text, look, ink);
  cairo_destroy (cairo);
  cairo_surface_flush (page->surface);
  page->pixels = cairo_image_surface_get_data (page->surface);
  page->stride = (gsize)cairo_image_surface_get_stride (page->surface);
  page->width_px = cairo_image_surface_get_width (page->surface);
  page->height_px = cairo_image_surface_get_height (page->surface);
}

void
mrz_page_get_zone (LanyardMrzFormat format,
                   double *left,
                   double *top,
                   double *right,
                   double *bottom)
{
  const PageSize *size = find_size (format);
  double lines_mm = (lanyard_mrz_n_lines (format) - 1) * size->line_mm;

  *left = size->left_mm - size->width_mm / 2;
  *right = *left + lanyard_mrz_line_length (format) * MRZ_PITCH_MM;
  *bottom = size->height_mm / 2 - size->bottom_mm + MRZ_PITCH_MM / 2;
  *top = *bottom - lines_mm - MRZ_PITCH_MM;
}

void
mrz_page_clear (MrzPage *page)
{
  g_clear_pointer (&page->surface, cairo_surface_destroy);
}

gboolean
mrz_page_sample (const MrzPage *page, double u, double v, float *value)
{
  double x = (u + page->width_mm / 2) * page->px_per_mm - 0.5;
  double y = (v + page->height_mm / 2) * page->px_per_mm - 0.5;
  gsize stride = page->stride;
  int left = (int)floor (x), top = (int)floor (y);
  double right_part = x - left, lower_part = y - top;
  const guint8 *at;

  if (left < 0 || top < 0 || left + 1 >= page->width_px || top + 1 >= page->height_px)
    return FALSE;
  at = page->pixels + (gsize)top * stride + (gsize)left * 4;
  *value = (float)((at[0] * (1 - right_part) + at[4] * right_part) * (1 - lower_part)
                   + (at[stride] * (1 - right_part) + at[stride + 4] * right_part) * lower_part);
  return TRUE;
}
