/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-test-badge.h"

#include <cairo-pdf.h>
#include <math.h>

#include "lanyard-error.h"
#include "lanyard-qr.h"

#define PT_PER_MM (72 / 25.4)
#define EDGE_MM 5.0
#define QUIET 4
/* What most badges have. */
#define MODULE_MM 0.38

typedef struct
{
  const char *serial;
  const LanyardQr *qr;
  double width_mm, height_mm;
  guint page;
} Sheet;

static void
draw_frame (cairo_t *cr, const Sheet *sheet)
{
  static const double insets_mm[] = { 0.0, 1.0, 2.0, 3.0 };

  cairo_set_line_width (cr, 0.2);
  for (guint i = 0; i < G_N_ELEMENTS (insets_mm); i++)
    {
      double inset = insets_mm[i] + 0.1;

      cairo_rectangle (cr, inset, inset, sheet->width_mm - 2 * inset, sheet->height_mm - 2 * inset);
      cairo_stroke (cr);
    }
}

static double
draw_ruler (cairo_t *cr, const Sheet *sheet, double y_mm)
{
  double length_mm = lanyard_test_badge_get_ruler_mm (sheet->width_mm);

  cairo_set_line_width (cr, 0.1);
  for (int mm = 0; mm <= (int)length_mm; mm++)
    {
      cairo_move_to (cr, EDGE_MM + mm, y_mm);
      cairo_rel_line_to (cr, 0, mm % 10 == 0 ? 4 : mm % 5 == 0 ? 3 : 2);
    }
  cairo_move_to (cr, EDGE_MM, y_mm);
  cairo_rel_line_to (cr, length_mm, 0);
  cairo_stroke (cr);
  return y_mm + 6;
}

static double
draw_lines (cairo_t *cr, double y_mm)
{
  for (guint tenths = 1; tenths <= 4; tenths++)
    {
      cairo_set_line_width (cr, tenths / 10.0);
      cairo_move_to (cr, EDGE_MM, y_mm);
      cairo_rel_line_to (cr, 10, 0);
      cairo_stroke (cr);
      y_mm += 1;
    }
  return y_mm + 1;
}

static double
draw_colours (cairo_t *cr, double y_mm)
{
  static const double colours[][3] = { { 0, 1, 1 }, { 1, 0, 1 }, { 1, 1, 0 }, { 1, 0, 0 },
                                       { 0, 1, 0 }, { 0, 0, 1 }, { 0, 0, 0 }, { 0.5, 0.5, 0.5 } };

  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    {
      cairo_set_source_rgb (cr, colours[i][0], colours[i][1], colours[i][2]);
      cairo_rectangle (cr, EDGE_MM + i * 4, y_mm, 4, 4);
      cairo_fill (cr);
    }
  cairo_set_source_rgb (cr, 0, 0, 0);
  return y_mm + 6;
}

/* In the corner at the lower right, as large as it may be there. */
static void
draw_qr (cairo_t *cr, const Sheet *sheet)
{
  double room_mm = MIN (sheet->width_mm, sheet->height_mm) / 2;
  double module_mm = MIN (MODULE_MM * 2, room_mm / (sheet->qr->size + 2 * QUIET));
  double side_mm = module_mm * sheet->qr->size;
  double x_mm = sheet->width_mm - EDGE_MM - side_mm, y_mm = sheet->height_mm - EDGE_MM - side_mm;

  for (guint y = 0; y < sheet->qr->size; y++)
    for (guint x = 0; x < sheet->qr->size; x++)
      if (lanyard_qr_get (sheet->qr, x, y))
        cairo_rectangle (cr, x_mm + x * module_mm, y_mm + y * module_mm, module_mm, module_mm);
  cairo_fill (cr);
}

static void
draw_text (cairo_t *cr, const Sheet *sheet, double y_mm)
{
  g_autofree char *size = g_strdup_printf ("%.2f x %.2f mm, page %u", sheet->width_mm,
                                           sheet->height_mm, sheet->page + 1);

  cairo_select_font_face (cr, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_NORMAL);
  cairo_set_font_size (cr, 3);
  cairo_move_to (cr, EDGE_MM, y_mm + 3);
  cairo_show_text (cr, sheet->serial);
  cairo_move_to (cr, EDGE_MM, y_mm + 7);
  cairo_show_text (cr, size);
}

static void
draw (cairo_t *cr, const Sheet *sheet)
{
  double y_mm;

  cairo_set_source_rgb (cr, 0, 0, 0);
  draw_frame (cr, sheet);
  y_mm = draw_ruler (cr, sheet, EDGE_MM);
  y_mm = draw_colours (cr, y_mm);
  y_mm = draw_lines (cr, y_mm);
  draw_qr (cr, sheet);
  draw_text (cr, sheet, y_mm);
}

static cairo_status_t
on_write (void *closure, const unsigned char *bytes, unsigned int n_bytes)
{
  g_byte_array_append (closure, bytes, n_bytes);
  return CAIRO_STATUS_SUCCESS;
}

static GBytes *
draw_pdf (Sheet *sheet, guint n_pages)
{
  GByteArray *bytes = g_byte_array_new ();
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (on_write, bytes, sheet->width_mm * PT_PER_MM,
                                             sheet->height_mm * PT_PER_MM);
  cairo_t *cr = cairo_create (surface);

  cairo_scale (cr, PT_PER_MM, PT_PER_MM);
  for (sheet->page = 0; sheet->page < n_pages; sheet->page++)
    {
      draw (cr, sheet);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (bytes);
}

static cairo_surface_t *
record (Sheet *sheet, guint page)
{
  cairo_rectangle_t extents = { 0, 0, sheet->width_mm, sheet->height_mm };
  cairo_surface_t *surface = cairo_recording_surface_create (CAIRO_CONTENT_COLOR_ALPHA, &extents);
  cairo_t *cr = cairo_create (surface);

  sheet->page = page;
  draw (cr, sheet);
  cairo_destroy (cr);
  return surface;
}

LanyardPrintJob *
lanyard_test_badge_new (const char *serial,
                        double width_mm,
                        double height_mm,
                        guint n_pages,
                        GError **error)
{
  g_autoptr (LanyardQr) qr = NULL;
  Sheet sheet = { serial, NULL, width_mm, height_mm, 0 };
  LanyardPrintJob *job;

  g_return_val_if_fail (serial != NULL, NULL);
  g_return_val_if_fail (n_pages == 1 || n_pages == 2, NULL);

  qr = lanyard_qr_new (serial, LANYARD_QR_LEVEL_M, error);
  if (qr == NULL)
    return NULL;
  sheet.qr = qr;
  job = g_new0 (LanyardPrintJob, 1);
  job->serial = g_strdup (serial);
  job->pdf = draw_pdf (&sheet, n_pages);
  job->width_mm = width_mm;
  job->height_mm = height_mm;
  job->n_pages = n_pages;
  job->pages = g_ptr_array_new_with_free_func ((GDestroyNotify)cairo_surface_destroy);
  for (guint page = 0; page < n_pages; page++)
    g_ptr_array_add (job->pages, record (&sheet, page));
  return job;
}

double
lanyard_test_badge_get_ruler_mm (double width_mm)
{
  return MAX (10.0, floor ((width_mm - 2 * EDGE_MM) / 10) * 10);
}
