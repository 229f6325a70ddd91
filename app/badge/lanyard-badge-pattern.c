/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What is hard to copy: curves and small words that follow from the serial. */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-private.h"

#include <math.h>

#include "lanyard-error.h"
#include "lanyard-guilloche.h"

/* Cubic pieces a wave: what an eye cannot tell from the curve. */
#define PIECES 4
#define TURN (2.0 * G_PI)
#define PATTERN_COLOUR "#8a97a6"
/* Share of the font size from line to line, and the least width of words that are repeated. */
#define MICRO_PITCH 1.25
#define MIN_WORDS_MM 0.5
#define MAX_WORDS 6000

static void
trace_wave (cairo_t *cr, const LanyardSlot *slot, const LanyardGuilloche *curves, guint k)
{
  guint n_pieces = PIECES * MAX (curves->f1, curves->f2);
  double half = (slot->height_mm - slot->line_mm) / 2.0;
  double step = slot->width_mm / n_pieces;
  double last_y = 0.0;
  double last_slope = 0.0;

  for (guint i = 0; i <= n_pieces; i++)
    {
      double slope;
      double v = lanyard_guilloche_wave (curves, k, slot->count, (double)i / n_pieces, &slope);
      double x = slot->x_mm + i * step;
      double y = slot->y_mm + slot->height_mm / 2.0 + half * v;

      /* Rise over one piece, a third of which leads to each control point. */
      slope *= half / n_pieces;
      if (i == 0)
        cairo_move_to (cr, x, y);
      else
        cairo_curve_to (cr, x - step * 2.0 / 3.0, last_y + last_slope / 3.0, x - step / 3.0,
                        y - slope / 3.0, x, y);
      last_y = y;
      last_slope = slope;
    }
}

/* A point of a rosette and where the curve leads from there, over one piece. */
static void
get_rosette_point (const LanyardSlot *slot,
                   const LanyardGuilloche *curves,
                   guint k,
                   double t,
                   double step,
                   double point[4])
{
  double radius = (MIN (slot->width_mm, slot->height_mm) - slot->line_mm) / 2.0;
  double slope;
  double r = radius * lanyard_guilloche_rosette (curves, k, slot->count, t, &slope);
  double angle = TURN * t;

  slope *= radius;
  point[0] = slot->x_mm + slot->width_mm / 2.0 + r * cos (angle);
  point[1] = slot->y_mm + slot->height_mm / 2.0 + r * sin (angle);
  point[2] = (slope * cos (angle) - TURN * r * sin (angle)) * step;
  point[3] = (slope * sin (angle) + TURN * r * cos (angle)) * step;
}

static void
trace_rosette (cairo_t *cr, const LanyardSlot *slot, const LanyardGuilloche *curves, guint k)
{
  guint n_pieces = PIECES * (MAX (curves->f1, curves->f2) + 6);
  double last[4];

  for (guint i = 0; i <= n_pieces; i++)
    {
      double point[4];

      get_rosette_point (slot, curves, k, (double)i / n_pieces, 1.0 / n_pieces, point);
      if (i == 0)
        cairo_move_to (cr, point[0], point[1]);
      else
        cairo_curve_to (cr, last[0] + last[2] / 3.0, last[1] + last[3] / 3.0,
                        point[0] - point[2] / 3.0, point[1] - point[3] / 3.0, point[0], point[1]);
      for (guint j = 0; j < G_N_ELEMENTS (last); j++)
        last[j] = point[j];
    }
  cairo_close_path (cr);
}

static void
clip_to_slot (cairo_t *cr, const LanyardSlot *slot)
{
  cairo_rectangle (cr, slot->x_mm, slot->y_mm, slot->width_mm, slot->height_mm);
  cairo_clip (cr);
}

gboolean
lanyard_draw_guilloche (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error)
{
  cairo_t *cr = drawing->cr;
  LanyardGuilloche curves;

  lanyard_guilloche_init (&curves, drawing->content->serial);
  cairo_save (cr);
  clip_to_slot (cr, slot);
  cairo_new_path (cr);
  for (guint k = 0; k < slot->count; k++)
    {
      if (slot->pattern == LANYARD_PATTERN_ROSETTE)
        trace_rosette (cr, slot, &curves, k);
      else
        trace_wave (cr, slot, &curves, k);
    }
  lanyard_shape_set_colour (cr,
                            lanyard_badge_colour_resolve (drawing->badge->pack, drawing->content,
                                                          slot->fill, PATTERN_COLOUR));
  cairo_set_line_width (cr, slot->line_mm);
  cairo_stroke (cr);
  cairo_restore (cr);

  return TRUE;
}

static LanyardText *
fit_micro_text (LanyardDrawing *drawing, const LanyardSlot *slot, const char *words, GError **error)
{
  LanyardTextStyle style;

  lanyard_text_style_init (&style, drawing, slot);
  style.lines = 1;
  style.min_size_mm = style.size_mm;
  style.align = LANYARD_ALIGN_LEFT;
  style.valign = LANYARD_VALIGN_MIDDLE;

  return lanyard_text_fit (drawing->context, &style, words, 10000.0, slot->size_mm * MICRO_PITCH,
                           error);
}

gboolean
lanyard_draw_micro_text (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error)
{
  cairo_t *cr = drawing->cr;
  LanyardPack *pack = drawing->badge->pack;
  g_autofree char *words
      = g_strstrip (lanyard_badge_field_dup_text (pack, drawing->content, slot->field));
  g_autofree char *unit = g_strconcat (words, "\xc2\xa0\xc2\xb7\xc2\xa0", NULL);
  g_autoptr (LanyardText) text = NULL;
  double pitch = slot->size_mm * MICRO_PITCH;
  guint n_lines = MAX (1, (guint)(slot->height_mm / pitch + 0.001));
  LanyardGuilloche curves;
  double width;

  if (*words == '\0')
    return TRUE;
  text = fit_micro_text (drawing, slot, unit, error);
  if (text == NULL)
    return FALSE;
  width = MAX (MIN_WORDS_MM, lanyard_text_get_width_mm (text));
  if (n_lines * (slot->width_mm / width + 2.0) > MAX_WORDS)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "would repeat its words more than %d times; make the slot smaller or its letters"
                   " larger",
                   MAX_WORDS);
      return FALSE;
    }

  lanyard_guilloche_init (&curves, drawing->content->serial);
  lanyard_shape_set_colour (cr, lanyard_badge_colour_resolve (pack, drawing->content, slot->fill,
                                                              PATTERN_COLOUR));
  cairo_save (cr);
  clip_to_slot (cr, slot);
  for (guint i = 0; i < n_lines; i++)
    {
      double shift = curves.shifts[i == 0 ? 0 : 1 + (i - 1) % 24] * width;

      for (double x = -shift; x < slot->width_mm; x += width)
        lanyard_text_draw (text, cr, slot->x_mm + x, slot->y_mm + i * pitch);
    }
  cairo_restore (cr);

  return TRUE;
}
