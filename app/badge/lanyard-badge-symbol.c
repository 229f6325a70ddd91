/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Codes that machines read: QR and Code 128. */

#define G_LOG_DOMAIN "lanyard-badge"

#include "lanyard-badge-private.h"

#include <string.h>

#include "lanyard-code128.h"
#include "lanyard-error.h"
#include "lanyard-page-marks.h"

#define DARK_COLOUR "#000000"
#define LIGHT_COLOUR "#ffffff"
#define MM_PER_INCH 25.4
/* What a module needs of a printer whose dots are the largest there are. */
#define QR_DOTS 3.0
#define CODE128_DOTS 2.0
/* Dots of a module in a PDF. One would do, but some programs smooth what they enlarge: by half a
 * dot on either side. */
#define STENCIL_DOTS 8

/* Every run of dark modules is one rectangle and all of them one path: vectors without seams. */
static void
trace_modules (cairo_t *cr, const LanyardQr *qr, double x_mm, double y_mm, double module_mm)
{
  for (guint y = 0; y < qr->size; y++)
    {
      for (guint x = 0; x < qr->size; x++)
        {
          guint start = x;

          while (x < qr->size && lanyard_qr_get (qr, x, y))
            x++;
          if (x > start)
            cairo_rectangle (cr, x_mm + start * module_mm, y_mm + y * module_mm,
                             (x - start) * module_mm, module_mm);
        }
    }
}

/* Returns: (transfer full): @qr with a bit for each dot of it */
static cairo_surface_t *
new_stencil (const LanyardQr *qr)
{
  int side = (int)(qr->size * STENCIL_DOTS);
  cairo_surface_t *stencil = cairo_image_surface_create (CAIRO_FORMAT_A1, side, side);
  cairo_t *cr = cairo_create (stencil);

  cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
  trace_modules (cr, qr, 0.0, 0.0, STENCIL_DOTS);
  cairo_fill (cr);
  cairo_destroy (cr);

  return stencil;
}

/* A PDF gets the modules as a stencil of exact dots: as a path they are some thousand decimals,
 * which cairo took longer to write than all the rest of a badge. */
static void
fill_modules (cairo_t *cr, const LanyardQr *qr, double x_mm, double y_mm, double module_mm)
{
  cairo_surface_t *stencil;
  cairo_pattern_t *mask;

  if (cairo_surface_get_type (cairo_get_target (cr)) != CAIRO_SURFACE_TYPE_PDF)
    {
      trace_modules (cr, qr, x_mm, y_mm, module_mm);
      cairo_fill (cr);
      return;
    }

  stencil = new_stencil (qr);
  cairo_save (cr);
  cairo_translate (cr, x_mm, y_mm);
  cairo_scale (cr, module_mm / STENCIL_DOTS, module_mm / STENCIL_DOTS);
  /* The pattern's filter is what the PDF says of smoothing: none. */
  mask = cairo_pattern_create_for_surface (stencil);
  cairo_pattern_set_filter (mask, CAIRO_FILTER_NEAREST);
  cairo_mask (cr, mask);
  cairo_pattern_destroy (mask);
  cairo_restore (cr);
  cairo_surface_destroy (stencil);
}

static gboolean
check_module (const LanyardDrawing *drawing,
              const LanyardSlot *slot,
              double module_mm,
              double n_dots,
              GError **error)
{
  double dpi = drawing->content->printer_dpi;
  double least_mm = dpi > 0.0 ? n_dots * MM_PER_INCH / dpi : 0.0;

  if (module_mm < slot->min_module_mm)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "would have modules of %.2f mm, less than %.2f mm; make the slot larger or its"
                   " content shorter",
                   module_mm, slot->min_module_mm);
      return FALSE;
    }
  if (module_mm < least_mm)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "would have modules of %.2f mm, but a printer of %.0f dpi needs %.2f mm; make"
                   " the slot larger or use a finer printer",
                   module_mm, dpi, least_mm);
      return FALSE;
    }

  return TRUE;
}

static void
draw_back (cairo_t *cr, const LanyardSlot *slot)
{
  lanyard_shape_set_colour (cr, LIGHT_COLOUR);
  cairo_rectangle (cr, slot->x_mm, slot->y_mm, slot->width_mm, slot->height_mm);
  cairo_fill (cr);
  lanyard_shape_set_colour (cr, slot->fill != NULL ? slot->fill : DARK_COLOUR);
}

/* For printers that draw codes anew with whole dots. @modules: size across, rows down, without the
 * quiet zone, which bars only have at either end */
static void
mark_code (cairo_t *cr, const LanyardSlot *slot, const guint8 *modules, guint size, guint rows)
{
  guint columns = size + 2 * slot->quiet;
  guint above = rows > 1 ? slot->quiet : 0;
  g_autofree guint8 *whole = g_malloc0 ((gsize)columns * (rows + 2 * above));
  LanyardPageCode code = { .x_mm = slot->x_mm,
                           .y_mm = slot->y_mm,
                           .width_mm = slot->width_mm,
                           .height_mm = slot->height_mm,
                           .columns = columns,
                           .rows = rows + 2 * above,
                           .modules = whole };

  for (guint y = 0; y < rows; y++)
    memcpy (whole + (gsize)(y + above) * columns + slot->quiet, modules + (gsize)y * size, size);
  lanyard_page_mark_code (cr, &code);
}

gboolean
lanyard_draw_qr (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error)
{
  g_autoptr (LanyardQr) qr = lanyard_qr_new (drawing->content->credential, slot->level, error);
  double module_mm;

  if (qr == NULL)
    return FALSE;

  module_mm = slot->width_mm / (qr->size + 2 * slot->quiet);
  if (!check_module (drawing, slot, module_mm, QR_DOTS, error))
    return FALSE;

  draw_back (drawing->cr, slot);
  fill_modules (drawing->cr, qr, slot->x_mm + slot->quiet * module_mm,
                slot->y_mm + slot->quiet * module_mm, module_mm);
  mark_code (drawing->cr, slot, qr->modules, qr->size, qr->size);

  return TRUE;
}

gboolean
lanyard_draw_code128 (LanyardDrawing *drawing, const LanyardSlot *slot, GError **error)
{
  g_autofree char *text = g_strstrip (
      lanyard_badge_field_dup_text (drawing->badge->pack, drawing->content, slot->field));
  g_autoptr (LanyardCode128) code = NULL;
  double module_mm;

  if (*text == '\0')
    return TRUE;
  code = lanyard_code128_new (text, error);
  if (code == NULL)
    return FALSE;

  module_mm = slot->width_mm / (code->size + 2 * slot->quiet);
  if (!check_module (drawing, slot, module_mm, CODE128_DOTS, error))
    return FALSE;

  draw_back (drawing->cr, slot);
  for (guint i = 0; i < code->size; i++)
    {
      guint start = i;

      while (i < code->size && code->modules[i])
        i++;
      if (i > start)
        cairo_rectangle (drawing->cr, slot->x_mm + (slot->quiet + start) * module_mm, slot->y_mm,
                         (i - start) * module_mm, slot->height_mm);
    }
  cairo_fill (drawing->cr);
  mark_code (drawing->cr, slot, code->modules, code->size, 1);

  return TRUE;
}
