/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* One cell of a codes slot: a coloured square with a symbol or an icon. */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-private.h"

/* Shares of the cell's side. */
#define SYMBOL_SIZE 0.62
#define MIN_SYMBOL_SIZE 0.34
#define PADDING 0.22
#define BORDER 0.045
#define ICON_SIZE 0.72
#define PILL_WIDTH 1.3
#define UNIT_MM 10.0
#define INK_COLOUR "#10243e"
#define PAPER_COLOUR "#ffffff"

static void
init_style (LanyardDrawing *drawing,
            const LanyardSlot *slot,
            const LanyardBadgeCode *code,
            LanyardTextStyle *style,
            double size_mm)
{
  lanyard_text_style_init (style, drawing, slot);
  style->weight = MAX (style->weight, 700);
  style->size_mm = size_mm;
  style->min_size_mm = size_mm * MIN_SYMBOL_SIZE / SYMBOL_SIZE;
  style->lines = 1;
  style->align = LANYARD_ALIGN_CENTER;
  /* Letters share a baseline; a sign of another kind stands in the middle by what is black. */
  style->valign = g_unichar_isalnum (g_utf8_get_char (code->symbol)) ? LANYARD_VALIGN_MIDDLE
                                                                     : LANYARD_VALIGN_INK;
}

double
lanyard_cell_measure (LanyardDrawing *drawing,
                      const LanyardSlot *slot,
                      const LanyardBadgeCode *code,
                      GError **error)
{
  LanyardTextStyle style;
  g_autoptr (LanyardText) text = NULL;

  if (code->icon != NULL)
    return 1.0;

  init_style (drawing, slot, code, &style, UNIT_MM);
  text = lanyard_text_fit (drawing->context, &style, code->symbol, 1000.0, 1000.0, error);

  return text != NULL ? lanyard_text_get_width_mm (text) / UNIT_MM : 0.0;
}

double
lanyard_cell_get_width (const LanyardSlot *slot,
                        const LanyardBadgeCode *code,
                        double unit_width,
                        double side_mm)
{
  double least = slot->style == LANYARD_CODES_STYLE_PILLS ? PILL_WIDTH : 1.0;

  /* One letter stands in a square; more of them make it wider. */
  if (code->icon != NULL || g_utf8_strlen (code->symbol, -1) == 1)
    return side_mm * least;

  return side_mm * MAX (least, unit_width * SYMBOL_SIZE + 2.0 * PADDING);
}

static gboolean
draw_icon (LanyardDrawing *drawing,
           const LanyardBadgeCode *code,
           const LanyardBox *box,
           const char *colour,
           GError **error)
{
  double side = MIN (box->width_mm, box->height_mm) * ICON_SIZE;
  LanyardBox inner = { box->x_mm + (box->width_mm - side) / 2.0,
                       box->y_mm + (box->height_mm - side) / 2.0, side, side };

  return lanyard_draw_file (drawing, code->icon, colour, &inner, error);
}

static gboolean
draw_symbol (LanyardDrawing *drawing,
             const LanyardSlot *slot,
             const LanyardBadgeCode *code,
             const LanyardBox *box,
             const char *colour,
             double side_mm,
             GError **error)
{
  LanyardTextStyle style;
  g_autoptr (LanyardText) text = NULL;

  if (code->icon != NULL)
    return draw_icon (drawing, code, box, colour, error);

  init_style (drawing, slot, code, &style, side_mm * SYMBOL_SIZE);
  text = lanyard_text_fit (drawing->context, &style, code->symbol, box->width_mm, box->height_mm,
                           error);
  if (text == NULL)
    return FALSE;

  lanyard_shape_set_colour (drawing->cr, colour);
  lanyard_text_draw (text, drawing->cr, box->x_mm, box->y_mm);
  return TRUE;
}

gboolean
lanyard_draw_cell (LanyardDrawing *drawing,
                   const LanyardSlot *slot,
                   const LanyardBadgeCode *code,
                   const LanyardBox *box,
                   double side_mm,
                   GError **error)
{
  cairo_t *cr = drawing->cr;
  const char *own = lanyard_badge_colour_resolve (drawing->badge->pack, drawing->content,
                                                  slot->fill, INK_COLOUR);
  gboolean is_pill = slot->style == LANYARD_CODES_STYLE_PILLS;
  const char *back = code->colour != NULL ? code->colour : is_pill ? PAPER_COLOUR : own;
  const char *front = code->text_colour != NULL ? code->text_colour : is_pill ? own : PAPER_COLOUR;
  double border = side_mm * BORDER;
  LanyardBox inner = { box->x_mm + border / 2.0, box->y_mm + border / 2.0, box->width_mm - border,
                       box->height_mm - border };

  lanyard_shape_rounded (cr, &inner, slot->radius_mm * side_mm / slot->size_mm);
  lanyard_shape_set_colour (cr, back);
  cairo_fill_preserve (cr);
  /* A light cell on a light badge needs an edge. */
  lanyard_shape_set_colour (cr, lanyard_badge_colour_is_light (back) ? front : back);
  cairo_set_line_width (cr, border);
  cairo_stroke (cr);

  return draw_symbol (drawing, slot, code, box, front, side_mm, error);
}
