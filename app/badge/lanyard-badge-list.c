/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A line of text for each code of a list, all of one size, in columns. */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-private.h"

#include "lanyard-error.h"

#define UNIT_MM 10.0
/* Share of the font size from line to line, at least. */
#define LINE_PITCH 1.3
#define COLUMN_GAP_MM 1.5

typedef struct
{
  LanyardDrawing *drawing; /* borrowed */
  const LanyardSlot *slot; /* borrowed */
  GPtrArray *lines;        /* borrowed (element-type utf8) */
  double unit_width;       /* of the widest line at a font size of 1 mm */
  double unit_pitch;       /* from line to line at that size */
  gboolean is_rtl;
} List;

static char *
make_line (const LanyardSlot *slot, const LanyardBadgeCode *code)
{
  switch (slot->show)
    {
    case LANYARD_SHOW_SYMBOL:
      return g_strdup (code->symbol);
    case LANYARD_SHOW_BOTH:
      return g_strdup_printf ("%s  %s", code->symbol, code->label);
    case LANYARD_SHOW_LABEL:
    default:
      return g_strdup (code->label);
    }
}

static void
init_style (const List *list, LanyardTextStyle *style, double size_mm)
{
  lanyard_text_style_init (style, list->drawing, list->slot);
  style->size_mm = size_mm;
  /* What was measured at one size has room at another but for rounding. */
  style->min_size_mm = size_mm * 0.97;
  style->lines = 1;
  style->valign = LANYARD_VALIGN_MIDDLE;
}

static gboolean
measure (List *list, GError **error)
{
  LanyardTextStyle style;

  init_style (list, &style, UNIT_MM);
  list->unit_pitch = LINE_PITCH;
  for (guint i = 0; i < list->lines->len; i++)
    {
      LanyardBox ink;
      g_autoptr (LanyardText) text
          = lanyard_text_fit (list->drawing->context, &style, g_ptr_array_index (list->lines, i),
                              10000.0, 1000.0, error);

      if (text == NULL)
        return FALSE;
      lanyard_text_get_ink (text, &ink);
      list->unit_width = MAX (list->unit_width, lanyard_text_get_width_mm (text) / UNIT_MM);
      list->unit_pitch = MAX (list->unit_pitch, ink.height_mm / UNIT_MM);
      list->is_rtl = i == 0 ? lanyard_text_is_rtl (text) : list->is_rtl;
    }

  return TRUE;
}

static double
get_column_mm (const LanyardSlot *slot)
{
  return (slot->width_mm + COLUMN_GAP_MM) / slot->columns - COLUMN_GAP_MM;
}

/* Returns: the largest font size at which @n_lines have room; less than data-min-size: none */
static double
find_size (const List *list, guint n_lines)
{
  const LanyardSlot *slot = list->slot;
  guint n_rows = (n_lines + slot->columns - 1) / slot->columns;
  double high = (slot->height_mm - (n_rows - 1) * slot->gap_mm) / (n_rows * list->unit_pitch);
  double wide = get_column_mm (slot) / MAX (list->unit_width, 0.01);

  return MIN (slot->size_mm, MIN (high, wide));
}

/* Leaves as many lines as there is room for, the last of them the number of the others. */
static void
count_rest (List *list)
{
  guint n_all = list->lines->len;
  guint n = n_all;

  while (n > 1 && find_size (list, n) < list->slot->min_size_mm)
    n--;
  g_ptr_array_set_size (list->lines, n - 1);
  g_ptr_array_add (list->lines, g_strdup_printf ("+%u", n_all - n + 1));
}

static gboolean
draw_lines (const List *list, double size_mm, GError **error)
{
  const LanyardSlot *slot = list->slot;
  guint n_rows = (list->lines->len + slot->columns - 1) / slot->columns;
  double pitch = list->unit_pitch * size_mm;
  LanyardTextStyle style;

  init_style (list, &style, size_mm);
  for (guint i = 0; i < list->lines->len; i++)
    {
      guint column = list->is_rtl ? slot->columns - 1 - i / n_rows : i / n_rows;
      double x = slot->x_mm + column * (get_column_mm (slot) + COLUMN_GAP_MM);
      double y = slot->y_mm + (i % n_rows) * (pitch + slot->gap_mm);
      g_autoptr (LanyardText) text
          = lanyard_text_fit (list->drawing->context, &style, g_ptr_array_index (list->lines, i),
                              get_column_mm (slot), pitch, error);

      if (text == NULL)
        return FALSE;
      lanyard_text_draw (text, list->drawing->cr, x, y);
    }

  return TRUE;
}

gboolean
lanyard_draw_list (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error)
{
  LanyardPack *pack = drawing->badge->pack;
  g_autoptr (GArray) codes = lanyard_badge_field_list_lines (pack, drawing->content, slot->field);
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  List list = { .drawing = drawing, .slot = slot, .lines = lines };

  for (guint i = 0; i < codes->len; i++)
    g_ptr_array_add (lines, make_line (slot, &g_array_index (codes, LanyardBadgeCode, i)));
  if (lines->len == 0)
    return TRUE;
  if (!measure (&list, error))
    return FALSE;

  if (slot->more && find_size (&list, lines->len) < slot->min_size_mm)
    count_rest (&list);
  if (find_size (&list, lines->len) < slot->min_size_mm)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "does not have room for %u lines even at %.2f mm; make the slot larger or give"
                   " it data-more=\"yes\"",
                   codes->len, slot->min_size_mm);
      return FALSE;
    }

  lanyard_shape_set_colour (drawing->cr, lanyard_badge_colour_resolve (pack, drawing->content,
                                                                       slot->fill, "#000000"));
  return draw_lines (&list, find_size (&list, lines->len), error);
}
