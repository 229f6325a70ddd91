/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A codes slot in which every code of the pack has a place of its own: whoever stands at a door
 * looks at a place, not for a code. */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-private.h"

#include "lanyard-error.h"

#define EMPTY_COLOUR "#c9d1da"
#define EMPTY_LINE_MM 0.15

/* Where the code of @index stands. */
static LanyardBox
get_box (const LanyardSlot *slot, guint n_codes, guint index)
{
  guint n_rows = (n_codes + slot->columns - 1) / slot->columns;
  double width = (slot->width_mm + slot->gap_mm) / slot->columns - slot->gap_mm;
  double height = (slot->height_mm + slot->gap_mm) / n_rows - slot->gap_mm;

  return (LanyardBox){ slot->x_mm + (width + slot->gap_mm) * (index % slot->columns),
                       slot->y_mm + (height + slot->gap_mm) * (index / slot->columns), width,
                       height };
}

static void
draw_empty (LanyardDrawing *drawing, const LanyardSlot *slot, const LanyardBox *box)
{
  LanyardBox inner = { box->x_mm + EMPTY_LINE_MM / 2.0, box->y_mm + EMPTY_LINE_MM / 2.0,
                       box->width_mm - EMPTY_LINE_MM, box->height_mm - EMPTY_LINE_MM };

  lanyard_shape_rounded (drawing->cr, &inner, slot->radius_mm);
  lanyard_shape_set_colour (drawing->cr, EMPTY_COLOUR);
  cairo_set_line_width (drawing->cr, EMPTY_LINE_MM);
  cairo_stroke (drawing->cr);
}

gboolean
lanyard_draw_grid (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error)
{
  g_autoptr (GArray) codes
      = lanyard_badge_field_list_all (drawing->badge->pack, drawing->content, slot->field);

  for (guint i = 0; i < codes->len; i++)
    {
      const LanyardBadgeCode *code = &g_array_index (codes, LanyardBadgeCode, i);
      LanyardBox box = get_box (slot, codes->len, i);

      if (MIN (box.width_mm, box.height_mm) < slot->min_size_mm)
        {
          g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                       "does not have room for %u cells of %.2f mm; make the slot larger or change"
                       " its data-columns",
                       codes->len, slot->min_size_mm);
          return FALSE;
        }
      if (!code->is_held)
        draw_empty (drawing, slot, &box);
      else if (!lanyard_draw_cell (drawing, slot, code, &box,
                                   MIN (slot->size_mm, MIN (box.width_mm, box.height_mm)), error))
        return FALSE;
    }

  return TRUE;
}
