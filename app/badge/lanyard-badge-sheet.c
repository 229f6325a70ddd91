/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-sheet.h"

#include <cairo-pdf.h>
#include <math.h>

#include "lanyard-badge-private.h"
#include "lanyard-error.h"

#define SCALE 0.5
#define MARGIN_MM 8.0
#define GAP_MM 6.0
#define SIDE_GAP_MM 2.0
#define LABEL_MM 6.0
#define LABEL_SIZE_MM 3.2
#define LABEL_MIN_MM 1.2
/* Wanted: the sheet as wide as paper that lies. */
#define ASPECT 1.45
#define BACK_COLOUR "#eef1f4"
#define LABEL_COLOUR "#22303f"
#define EDGE_COLOUR "#b9c2cc"
#define MM_PER_INCH 25.4
#define POINTS_PER_INCH 72.0
#define MAX_PIXELS 64.0e6

typedef struct
{
  char *label;
  GPtrArray *pages; /* owned (element-type cairo_surface_t) */
  double width_mm;  /* of one side, true size */
  double height_mm;
} Item;

struct _LanyardBadgeSheet
{
  GPtrArray *items; /* owned (element-type Item) */
};

/* Where things stand, mm on the sheet. */
typedef struct
{
  guint n_columns;
  double tile_width_mm;
  double tile_height_mm;
  double width_mm;
  double height_mm;
} Layout;

static void
item_free (gpointer data)
{
  Item *item = data;

  g_free (item->label);
  g_ptr_array_unref (item->pages);
  g_free (item);
}

static void
set_columns (Layout *layout, guint n_columns, guint n_items)
{
  guint n_rows = (n_items + n_columns - 1) / n_columns;

  layout->n_columns = n_columns;
  layout->width_mm = 2.0 * MARGIN_MM + n_columns * (layout->tile_width_mm + GAP_MM) - GAP_MM;
  layout->height_mm = 2.0 * MARGIN_MM + n_rows * (layout->tile_height_mm + GAP_MM) - GAP_MM;
}

static void
lay_out (const LanyardBadgeSheet *sheet, Layout *layout)
{
  *layout = (Layout){ 0 };
  for (guint i = 0; i < sheet->items->len; i++)
    {
      const Item *item = g_ptr_array_index (sheet->items, i);
      double width = item->pages->len * (item->width_mm * SCALE + SIDE_GAP_MM) - SIDE_GAP_MM;

      layout->tile_width_mm = MAX (layout->tile_width_mm, width);
      layout->tile_height_mm = MAX (layout->tile_height_mm, item->height_mm * SCALE + LABEL_MM);
    }
  set_columns (layout, 1, sheet->items->len);
  while (layout->n_columns < sheet->items->len && layout->width_mm < ASPECT * layout->height_mm)
    set_columns (layout, layout->n_columns + 1, sheet->items->len);
}

static void
draw_pages (const Item *item, cairo_t *cr)
{
  for (guint page = 0; page < item->pages->len; page++)
    {
      cairo_save (cr);
      cairo_translate (cr, page * (item->width_mm * SCALE + SIDE_GAP_MM), 0.0);
      cairo_scale (cr, SCALE, SCALE);
      cairo_rectangle (cr, 0.0, 0.0, item->width_mm, item->height_mm);
      lanyard_shape_set_colour (cr, "#ffffff");
      cairo_fill_preserve (cr);
      cairo_save (cr);
      cairo_clip (cr);
      cairo_set_source_surface (cr, g_ptr_array_index (item->pages, page), 0.0, 0.0);
      cairo_paint (cr);
      cairo_restore (cr);
      cairo_rectangle (cr, 0.0, 0.0, item->width_mm, item->height_mm);
      lanyard_shape_set_colour (cr, EDGE_COLOUR);
      cairo_set_line_width (cr, 0.3);
      cairo_stroke (cr);
      cairo_restore (cr);
    }
}

static gboolean
draw_label (const Item *item, const Layout *layout, cairo_t *cr, GError **error)
{
  LanyardTextStyle style = { .weight = 600,
                             .size_mm = LABEL_SIZE_MM,
                             .min_size_mm = LABEL_MIN_MM,
                             .lines = 1,
                             .align = LANYARD_ALIGN_LEFT,
                             .valign = LANYARD_VALIGN_MIDDLE };
  PangoContext *context = lanyard_text_context_new (cr);
  g_autoptr (LanyardText) text
      = lanyard_text_fit (context, &style, item->label, layout->tile_width_mm, LABEL_MM, error);

  g_object_unref (context);
  if (text == NULL)
    {
      g_prefix_error (error, "On the sheet, a label ");
      return FALSE;
    }
  lanyard_shape_set_colour (cr, LABEL_COLOUR);
  lanyard_text_draw (text, cr, 0.0, item->height_mm * SCALE);

  return TRUE;
}

static gboolean
draw (const LanyardBadgeSheet *sheet, const Layout *layout, cairo_t *cr, GError **error)
{
  gboolean good = TRUE;

  lanyard_shape_set_colour (cr, BACK_COLOUR);
  cairo_paint (cr);
  for (guint i = 0; good && i < sheet->items->len; i++)
    {
      const Item *item = g_ptr_array_index (sheet->items, i);

      cairo_save (cr);
      cairo_translate (cr, MARGIN_MM + (i % layout->n_columns) * (layout->tile_width_mm + GAP_MM),
                       MARGIN_MM + (i / layout->n_columns) * (layout->tile_height_mm + GAP_MM));
      draw_pages (item, cr);
      good = draw_label (item, layout, cr, error);
      cairo_restore (cr);
    }
  if (!good || cairo_status (cr) == CAIRO_STATUS_SUCCESS)
    return good;

  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "The sheet could not be drawn: %s",
               cairo_status_to_string (cairo_status (cr)));
  return FALSE;
}

static cairo_status_t
on_write (void *closure, const unsigned char *data, unsigned int n_bytes)
{
  g_byte_array_append (closure, data, n_bytes);

  return CAIRO_STATUS_SUCCESS;
}

LanyardBadgeSheet *
lanyard_badge_sheet_new (void)
{
  LanyardBadgeSheet *sheet = g_new0 (LanyardBadgeSheet, 1);

  sheet->items = g_ptr_array_new_with_free_func (item_free);

  return sheet;
}

void
lanyard_badge_sheet_free (LanyardBadgeSheet *sheet)
{
  if (sheet == NULL)
    return;

  g_ptr_array_unref (sheet->items);
  g_free (sheet);
}

gboolean
lanyard_badge_sheet_add (LanyardBadgeSheet *sheet,
                         LanyardBadge *badge,
                         const LanyardBadgeContent *content,
                         const char *label,
                         GError **error)
{
  GPtrArray *pages;
  Item *item;

  g_return_val_if_fail (sheet != NULL && badge != NULL && content != NULL && label != NULL, FALSE);

  pages = lanyard_badge_record (badge, content, error);
  if (pages == NULL)
    return FALSE;
  item = g_new0 (Item, 1);
  item->label = g_strdup (label);
  item->pages = pages;
  item->width_mm = lanyard_badge_get_width_mm (badge);
  item->height_mm = lanyard_badge_get_height_mm (badge);
  g_ptr_array_add (sheet->items, item);

  return TRUE;
}

GBytes *
lanyard_badge_sheet_to_pdf (LanyardBadgeSheet *sheet, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  Layout layout;
  cairo_surface_t *surface;
  cairo_t *cr;
  gboolean good;

  g_return_val_if_fail (sheet != NULL && sheet->items->len > 0, NULL);

  lay_out (sheet, &layout);
  surface = cairo_pdf_surface_create_for_stream (on_write, bytes,
                                                 layout.width_mm * POINTS_PER_INCH / MM_PER_INCH,
                                                 layout.height_mm * POINTS_PER_INCH / MM_PER_INCH);
  cairo_pdf_surface_set_metadata (surface, CAIRO_PDF_METADATA_CREATE_DATE, "");
  cr = cairo_create (surface);
  cairo_scale (cr, POINTS_PER_INCH / MM_PER_INCH, POINTS_PER_INCH / MM_PER_INCH);
  good = draw (sheet, &layout, cr, error);
  cairo_destroy (cr);
  cairo_surface_finish (surface);
  cairo_surface_destroy (surface);

  return good ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}

GBytes *
lanyard_badge_sheet_to_png (LanyardBadgeSheet *sheet, double dpi, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  double scale = dpi / MM_PER_INCH;
  Layout layout;
  cairo_surface_t *surface;
  cairo_t *cr;
  gboolean good;

  g_return_val_if_fail (sheet != NULL && sheet->items->len > 0 && dpi > 0.0, NULL);

  lay_out (sheet, &layout);
  if (layout.width_mm * layout.height_mm * scale * scale > MAX_PIXELS)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                   "A sheet of %.0f × %.0f mm at %.0f dpi has too many pixels; choose fewer dpi or"
                   " a PDF",
                   layout.width_mm, layout.height_mm, dpi);
      return NULL;
    }
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)lround (layout.width_mm * scale),
                                        (int)lround (layout.height_mm * scale));
  cr = cairo_create (surface);
  cairo_scale (cr, scale, scale);
  good = draw (sheet, &layout, cr, error);
  cairo_destroy (cr);
  if (good && cairo_surface_write_to_png_stream (surface, on_write, bytes) != CAIRO_STATUS_SUCCESS)
    {
      good = FALSE;
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "The sheet could not be drawn");
    }
  cairo_surface_destroy (surface);

  return good ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}
