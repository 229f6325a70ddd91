/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-pwg-raster.h"

#include <string.h>

#include <cairo.h>
#include <cups/raster.h>

#include "lanyard-error.h"

#define MAX_DOTS (64 * 1024 * 1024)
#define MM_PER_INCH 25.4

static ssize_t
on_write (void *context, unsigned char *bytes, size_t n_bytes)
{
  g_byte_array_append (context, bytes, n_bytes);
  return n_bytes;
}

static gboolean
init_header (cups_page_header2_t *header,
             const LanyardIppPlan *plan,
             guint page,
             guint n_pages,
             GError **error)
{
  pwg_media_t *media = pwgMediaForSize (plan->width_hmm, plan->height_hmm);
  pwg_media_t exact = { NULL, NULL, NULL, plan->width_hmm, plan->height_hmm };

  /* The name when it is a known size, our own numbers in any case: a known size is only near. */
  if (media != NULL)
    exact.pwg = media->pwg;
  if (!cupsRasterInitPWGHeader (header, &exact, plan->raster, plan->dpi, plan->dpi,
                                plan->two_sided ? "two-sided-long-edge" : "one-sided",
                                page > 0 ? plan->sheet_back : NULL)
      || (guint64)header->cupsWidth * header->cupsHeight > MAX_DOTS)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                   "The printer %s has too many dots for a badge of this size; lower its "
                   "resolution.",
                   plan->description);
      return FALSE;
    }
  header->cupsInteger[CUPS_RASTER_PWG_TotalPageCount] = n_pages;
  return TRUE;
}

/* Millimetres of the badge to dots of the sheet. */
static void
set_up_sheet (cairo_t *cr,
              const cups_page_header2_t *header,
              const LanyardPrintJob *job,
              const LanyardIppPlan *plan)
{
  double width = header->cupsWidth, height = header->cupsHeight;
  double sheet_width_mm = plan->width_hmm / 100.0, sheet_height_mm = plan->height_hmm / 100.0;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  /* How the printer wants the backs (PWG 5102.4 §4.3.1: -1 is from the other end). */
  if ((int)header->cupsInteger[CUPS_RASTER_PWG_CrossFeedTransform] == -1)
    cairo_transform (cr, &(cairo_matrix_t){ -1, 0, 0, 1, width, 0 });
  if ((int)header->cupsInteger[CUPS_RASTER_PWG_FeedTransform] == -1)
    cairo_transform (cr, &(cairo_matrix_t){ 1, 0, 0, -1, 0, height });
  cairo_scale (cr, plan->dpi / MM_PER_INCH, plan->dpi / MM_PER_INCH);
  cairo_translate (cr, sheet_width_mm / 2, sheet_height_mm / 2);
  if (plan->turned)
    cairo_rotate (cr, G_PI / 2);
  cairo_translate (cr, -job->width_mm / 2, -job->height_mm / 2);
}

static cairo_surface_t *
draw_sheet (const cups_page_header2_t *header,
            const LanyardPrintJob *job,
            const LanyardIppPlan *plan,
            guint page)
{
  cairo_surface_t *sheet
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, header->cupsWidth, header->cupsHeight);
  cairo_t *cr = cairo_create (sheet);
  cairo_status_t status;

  set_up_sheet (cr, header, job, plan);
  cairo_set_source_surface (cr, g_ptr_array_index (job->pages, page), 0, 0);
  cairo_paint (cr);
  status = cairo_status (cr);
  cairo_destroy (cr);
  cairo_surface_flush (sheet);
  if (status == CAIRO_STATUS_SUCCESS)
    return sheet;
  cairo_surface_destroy (sheet);
  return NULL;
}

static void
convert_row (guint8 *to, const guint8 *from, guint width, gboolean grey)
{
  for (guint x = 0; x < width; x++)
    {
      guint32 pixel;

      memcpy (&pixel, from + (gsize)x * 4, 4);
      guint red = (pixel >> 16) & 0xff, green = (pixel >> 8) & 0xff, blue = pixel & 0xff;

      if (grey)
        *to++ = (77 * red + 150 * green + 29 * blue + 128) >> 8;
      else
        {
          *to++ = red;
          *to++ = green;
          *to++ = blue;
        }
    }
}

static gboolean
write_page (cups_raster_t *raster,
            const LanyardPrintJob *job,
            const LanyardIppPlan *plan,
            guint page,
            GError **error)
{
  cups_page_header2_t header;
  g_autofree guint8 *row = NULL;
  cairo_surface_t *sheet;
  gboolean written;

  if (!init_header (&header, plan, page, job->n_pages, error))
    return FALSE;
  sheet = draw_sheet (&header, job, plan, page);
  written = sheet != NULL && cupsRasterWriteHeader2 (raster, &header) != 0;
  row = g_malloc (header.cupsBytesPerLine);
  for (guint y = 0; written && y < header.cupsHeight; y++)
    {
      convert_row (row,
                   cairo_image_surface_get_data (sheet)
                       + (gsize)y * cairo_image_surface_get_stride (sheet),
                   header.cupsWidth, header.cupsNumColors == 1);
      written
          = cupsRasterWritePixels (raster, row, header.cupsBytesPerLine) == header.cupsBytesPerLine;
    }
  g_clear_pointer (&sheet, cairo_surface_destroy);
  if (!written)
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_FULL,
                 "There is no room to draw the badge for the printer %s.", plan->description);
  return written;
}

GBytes *
lanyard_pwg_raster_new (const LanyardPrintJob *job, const LanyardIppPlan *plan, GError **error)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  cups_raster_t *raster;
  gboolean written = TRUE;

  g_return_val_if_fail (job != NULL && job->pages != NULL, NULL);
  g_return_val_if_fail (job->pages->len == job->n_pages, NULL);
  g_return_val_if_fail (plan != NULL && plan->dpi > 0 && plan->raster != NULL, NULL);

  raster = cupsRasterOpenIO (on_write, bytes, CUPS_RASTER_WRITE_PWG);
  for (guint page = 0; written && page < job->n_pages; page++)
    written = write_page (raster, job, plan, page, error);
  cupsRasterClose (raster);
  return written ? g_byte_array_free_to_bytes (g_steal_pointer (&bytes)) : NULL;
}
