/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * raster-to-png RASTER PNG: the first page of a PWG raster (PWG 5102.4) as a picture, so that a
 * test can look at what a printer would put onto the card. CUPS reads it, not Lanyard's own code.
 */

#include <cairo.h>
#include <cups/raster.h>
#include <fcntl.h>
#include <glib.h>
#include <unistd.h>

static guint32
get_pixel (const cups_page_header2_t *header, const guint8 *line, guint x)
{
  const guint8 *p = line + (gsize)x * header->cupsBitsPerPixel / 8;
  guint8 grey;

  if (header->cupsNumColors == 3)
    return ((guint32)p[0] << 16) | ((guint32)p[1] << 8) | p[2];
  /* Black-only spaces count ink, grey ones light. */
  grey = header->cupsColorSpace == CUPS_CSPACE_K ? 255 - p[0] : p[0];
  return grey * 0x010101u;
}

static int
write_page (cups_raster_t *raster, const char *path)
{
  cups_page_header2_t header;
  cairo_surface_t *surface;
  g_autofree guint8 *line = NULL;
  guint8 *pixels;
  int stride;
  int result;

  if (!cupsRasterReadHeader2 (raster, &header) || header.cupsBitsPerColor != 8)
    return 3;
  surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)header.cupsWidth,
                                        (int)header.cupsHeight);
  pixels = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  line = g_malloc (header.cupsBytesPerLine);
  for (guint y = 0; y < header.cupsHeight; y++)
    {
      if (cupsRasterReadPixels (raster, line, header.cupsBytesPerLine) != header.cupsBytesPerLine)
        break;
      for (guint x = 0; x < header.cupsWidth; x++)
        ((guint32 *)(gpointer)(pixels + (gsize)y * (gsize)stride))[x]
            = get_pixel (&header, line, x);
    }
  cairo_surface_mark_dirty (surface);
  result = cairo_surface_write_to_png (surface, path) == CAIRO_STATUS_SUCCESS ? 0 : 3;
  cairo_surface_destroy (surface);
  return result;
}

int
main (int argc, char **argv)
{
  int fd = argc == 3 ? open (argv[1], O_RDONLY) : -1;
  cups_raster_t *raster = fd >= 0 ? cupsRasterOpen (fd, CUPS_RASTER_READ) : NULL;
  int result = 3;

  if (raster != NULL)
    {
      result = write_page (raster, argv[2]);
      cupsRasterClose (raster);
    }
  if (fd >= 0)
    close (fd);
  return result;
}
