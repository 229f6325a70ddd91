/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-private.h"

#include "lanyard-error.h"

/* Shares of the cell's side. */
#define LABEL_SIZE 0.58
#define LABEL_GAP 0.4
#define N_BISECTIONS 8
#define INK_COLOUR "#10243e"

/* One cell as it would be drawn at some size. */
typedef struct
{
  const LanyardBadgeCode *code; /* borrowed */
  LanyardBox box;               /* in the slot */
} Cell;

/* Cells of a slot. */
typedef struct
{
  LanyardDrawing *drawing; /* borrowed */
  const LanyardSlot *slot; /* borrowed */
  GArray *codes;           /* borrowed (element-type LanyardBadgeCode) */
  GArray *cells;           /* owned (element-type Cell) */
  double *unit_widths;     /* owned: width of each symbol at a font size of 1 mm */
  double side_mm;          /* of the cells as laid out */
  gboolean is_rtl;         /* of a legend: labels run to the left */
  double label_x_mm;       /* of a legend: from the left of a cell to its label */
} Grid;

static void
init_style (const Grid *grid, LanyardTextStyle *style, double size_mm)
{
  lanyard_text_style_init (style, grid->drawing, grid->slot);
  style->size_mm = size_mm;
  style->min_size_mm = MIN (size_mm, 1.4);
  style->lines = 2;
  style->valign = LANYARD_VALIGN_MIDDLE;
}

/* A legend runs as its labels do. */
static gboolean
measure_direction (Grid *grid, GError **error)
{
  const LanyardBadgeCode *first = &g_array_index (grid->codes, LanyardBadgeCode, 0);
  LanyardTextStyle style;
  g_autoptr (LanyardText) text = NULL;

  init_style (grid, &style, 10.0);
  text = lanyard_text_fit (grid->drawing->context, &style, first->label, 10000.0, 1000.0, error);

  grid->is_rtl = text != NULL && lanyard_text_is_rtl (text);

  return text != NULL;
}

static gboolean
measure (Grid *grid, GError **error)
{
  grid->unit_widths = g_new0 (double, grid->codes->len);
  for (guint i = 0; i < grid->codes->len; i++)
    {
      grid->unit_widths[i]
          = lanyard_cell_measure (grid->drawing, grid->slot,
                                  &g_array_index (grid->codes, LanyardBadgeCode, i), error);
      if (grid->unit_widths[i] <= 0.0)
        return FALSE;
    }

  return grid->codes->len == 0 || grid->slot->style != LANYARD_CODES_STYLE_LEGEND
         || measure_direction (grid, error);
}

static double
get_cell_width (const Grid *grid, guint index, double side_mm)
{
  return lanyard_cell_get_width (grid->slot, &g_array_index (grid->codes, LanyardBadgeCode, index),
                                 grid->unit_widths[index], side_mm);
}

/* Cells flow from left to right, then down. Returns: whether they are all in the slot */
static gboolean
lay_out_flow (Grid *grid, double side_mm)
{
  const LanyardSlot *slot = grid->slot;
  double gap_mm = slot->gap_mm * side_mm / slot->size_mm;
  double x = 0.0;
  double y = 0.0;

  g_array_set_size (grid->cells, 0);
  grid->side_mm = side_mm;
  for (guint i = 0; i < grid->codes->len; i++)
    {
      Cell cell = { .code = &g_array_index (grid->codes, LanyardBadgeCode, i) };
      double width = get_cell_width (grid, i, side_mm);

      if (x > 0.0 && x + width > slot->width_mm + 0.001)
        {
          x = 0.0;
          y += side_mm + gap_mm;
        }
      cell.box = (LanyardBox){ slot->x_mm + x, slot->y_mm + y, width, side_mm };
      if (x + width > slot->width_mm + 0.001 || y + side_mm > slot->height_mm + 0.001)
        return FALSE;
      g_array_append_val (grid->cells, cell);
      x += width + gap_mm;
    }

  return TRUE;
}

/* Columns of a square and its label; read down, then to the next column, which stands to the left
 * where the labels run to the left. */
static gboolean
lay_out_legend (Grid *grid, double side_mm)
{
  const LanyardSlot *slot = grid->slot;
  guint n_rows = (grid->codes->len + slot->columns - 1) / slot->columns;
  double gap_mm = slot->gap_mm * side_mm / slot->size_mm;
  double column_mm = slot->width_mm / slot->columns;

  g_array_set_size (grid->cells, 0);
  grid->side_mm = side_mm;
  grid->label_x_mm = 0.0;
  for (guint i = 0; i < grid->codes->len; i++)
    {
      Cell cell = { .code = &g_array_index (grid->codes, LanyardBadgeCode, i) };
      double width = get_cell_width (grid, i, side_mm);

      double x = column_mm * (i / n_rows);

      if (grid->is_rtl)
        x = slot->width_mm - x - width;
      cell.box = (LanyardBox){ slot->x_mm + x, slot->y_mm + (side_mm + gap_mm) * (i % n_rows),
                               width, side_mm };
      if (width > column_mm / 2.0)
        return FALSE;
      grid->label_x_mm = MAX (grid->label_x_mm, width + LABEL_GAP * side_mm);
      g_array_append_val (grid->cells, cell);
    }

  return n_rows * (side_mm + gap_mm) - gap_mm <= slot->height_mm + 0.001;
}

static gboolean
lay_out (Grid *grid, double side_mm)
{
  return grid->slot->style == LANYARD_CODES_STYLE_LEGEND ? lay_out_legend (grid, side_mm)
                                                         : lay_out_flow (grid, side_mm);
}

/* The largest cells that fit. */
static gboolean
find_side (Grid *grid)
{
  double low = grid->slot->min_size_mm;
  double high = grid->slot->size_mm;

  if (lay_out (grid, high))
    return TRUE;
  if (!lay_out (grid, low))
    return FALSE;

  for (guint i = 0; i < N_BISECTIONS; i++)
    {
      double middle = (low + high) / 2.0;

      if (lay_out (grid, middle))
        low = middle;
      else
        high = middle;
    }

  return lay_out (grid, low);
}

static gboolean
draw_label (Grid *grid, const Cell *cell, GError **error)
{
  const LanyardSlot *slot = grid->slot;
  cairo_t *cr = grid->drawing->cr;
  double width_mm = slot->width_mm / slot->columns - grid->label_x_mm - LABEL_GAP * grid->side_mm;
  double x_mm = cell->box.x_mm + grid->label_x_mm;
  LanyardTextStyle style;
  g_autoptr (LanyardText) text = NULL;

  init_style (grid, &style, grid->side_mm * LABEL_SIZE);
  style.align = grid->is_rtl ? LANYARD_ALIGN_RIGHT : LANYARD_ALIGN_LEFT;
  if (grid->is_rtl)
    x_mm = cell->box.x_mm + cell->box.width_mm - grid->label_x_mm - width_mm;
  text = lanyard_text_fit (grid->drawing->context, &style, cell->code->label, width_mm,
                           grid->side_mm, error);
  if (text == NULL)
    return FALSE;

  lanyard_shape_set_colour (cr, lanyard_badge_colour_resolve (grid->drawing->badge->pack,
                                                              grid->drawing->content, slot->fill,
                                                              INK_COLOUR));
  lanyard_text_draw (text, cr, x_mm, cell->box.y_mm);
  return TRUE;
}

static gboolean
draw_grid (Grid *grid, GError **error)
{
  if (!measure (grid, error))
    return FALSE;
  if (!find_side (grid))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "does not have room for %u codes even at %.2f mm; make the slot larger",
                   grid->codes->len, grid->slot->min_size_mm);
      return FALSE;
    }

  for (guint i = 0; i < grid->cells->len; i++)
    {
      const Cell *cell = &g_array_index (grid->cells, Cell, i);

      if (!lanyard_draw_cell (grid->drawing, grid->slot, cell->code, &cell->box, grid->side_mm,
                              error))
        return FALSE;
      if (grid->slot->style == LANYARD_CODES_STYLE_LEGEND && !draw_label (grid, cell, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
lanyard_draw_codes (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error)
{
  g_autoptr (GArray) codes
      = lanyard_badge_field_list_codes (drawing->badge->pack, drawing->content, slot->field);
  g_autoptr (GArray) cells = g_array_new (FALSE, FALSE, sizeof (Cell));
  Grid grid = { .drawing = drawing, .slot = slot, .codes = codes, .cells = cells };
  gboolean good = FALSE;

  if (slot->style == LANYARD_CODES_STYLE_GRID)
    return lanyard_draw_grid (drawing, slot, error);

  good = draw_grid (&grid, error);

  g_free (grid.unit_widths);

  return good;
}
