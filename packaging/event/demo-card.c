/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-demo"

#include "demo-card.h"

#include <errno.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>
#include <qrencode.h>

#include "lanyard-error.h"
#include "lanyard-reader.h"

#define MODULE_PX 8
#define QUIET_MODULES 4 /* ISO/IEC 18004 §6.3.8 */
/* A symbol of which nothing but its size is known is taken for one of 53 modules. */
#define LIKELY_MODULES 53

static void
rounded (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI_2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI_2);
  cairo_close_path (cr);
}

static void
draw_code (cairo_t *cr, const QRcode *code, double x, double y)
{
  double quiet = QUIET_MODULES * MODULE_PX;

  cairo_rectangle (cr, x - quiet, y - quiet, code->width * MODULE_PX + 2 * quiet,
                   code->width * MODULE_PX + 2 * quiet);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_fill (cr);
  for (int row = 0; row < code->width; row++)
    {
      for (int column = 0; column < code->width; column++)
        {
          if (code->data[row * code->width + column] & 1)
            cairo_rectangle (cr, x + column * MODULE_PX, y + row * MODULE_PX, MODULE_PX, MODULE_PX);
        }
    }
  cairo_set_source_rgb (cr, 0.04, 0.04, 0.05);
  cairo_fill (cr);
}

/* Bars that stand for lines of print: whatever else is on such a sheet. */
static void
draw_print (cairo_t *cr, GRand *random, double x, double y, double width, guint n_lines)
{
  cairo_set_source_rgb (cr, 0.42, 0.45, 0.50);
  for (guint i = 0; i < n_lines; i++)
    {
      rounded (cr, x, y + i * 26, width * g_rand_double_range (random, 0.45, 1), 10, 4);
      cairo_fill (cr);
    }
}

static void
draw_sheet (cairo_t *cr, DemoCard *card, double width, double height, GRand *random)
{
  double hue = g_rand_double (random);

  rounded (cr, 0, 0, width, height, 14);
  cairo_set_source_rgb (cr, 0.98, 0.975, 0.96);
  cairo_fill_preserve (cr);
  cairo_clip (cr);
  cairo_rectangle (cr, 0, 0, width, 92);
  cairo_set_source_rgb (cr, 0.10 + 0.5 * hue, 0.20 + 0.2 * hue, 0.48 - 0.3 * hue);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_arc (cr, 60, 46, 22, 0, 2 * G_PI);
  rounded (cr, 104, 36, width * 0.4, 20, 8);
  cairo_fill (cr);
  draw_print (cr, random, 40, card->code_y + card->code_size / 2 + 70, width - 80, 4);
}

static void
draw_phone (cairo_t *cr, DemoCard *card, double width, double height, GRand *random)
{
  rounded (cr, 0, 0, width, height, 62);
  cairo_set_source_rgb (cr, 0.07, 0.07, 0.08);
  cairo_fill (cr);
  rounded (cr, 18, 18, width - 36, height - 36, 48);
  cairo_set_source_rgb (cr, 0.97, 0.98, 1);
  cairo_fill (cr);
  rounded (cr, width / 2 - 60, 32, 120, 26, 13);
  cairo_set_source_rgb (cr, 0.07, 0.07, 0.08);
  cairo_fill (cr);
  draw_print (cr, random, 70, 110, width - 140, 2);
  draw_print (cr, random, 70, card->code_y + card->code_size / 2 + 80, width - 140, 3);
  card->bright = TRUE;
}

/* The corners of the code on a picture, as the reader sees them. */
static void
find_code (DemoCard *card, const char *path)
{
  g_autoptr (LanyardFrame) frame = lanyard_frame_load (path, NULL);
  g_autoptr (LanyardReader) reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  g_autoptr (GPtrArray) scans
      = frame ? lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE) : NULL;

  for (guint i = 0; scans && i < scans->len; i++)
    {
      const LanyardScan *scan = scans->pdata[i];
      const LanyardPoint *at = scan->corners;

      if (scan->symbology != LANYARD_SYMBOLOGY_QR)
        continue;
      card->code_x = (at[0].x + at[1].x + at[2].x + at[3].x) / 4;
      card->code_y = (at[0].y + at[1].y + at[2].y + at[3].y) / 4;
      card->code_size = (hypot (at[1].x - at[0].x, at[1].y - at[0].y)
                         + hypot (at[2].x - at[1].x, at[2].y - at[1].y))
                        / 2;
      card->module = MAX (card->code_size / LIKELY_MODULES, 0.5);
    }
}

DemoCard *
demo_card_new_for_text (const char *text, GRand *random, GError **error)
{
  QRcode *code = QRcode_encodeString (text, 0, QR_ECLEVEL_M, QR_MODE_8, 1);
  DemoCard *card;
  double width, height;
  cairo_t *cr;

  if (code == NULL)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT, "The text does not fit a QR code: %s",
                   g_strerror (errno));
      return NULL;
    }
  card = g_new0 (DemoCard, 1);
  card->module = MODULE_PX;
  card->code_size = code->width * MODULE_PX;
  card->has_room = TRUE;
  width = card->code_size + 150;
  height = card->code_size + 420;
  card->code_x = width / 2;
  card->code_y = card->code_size / 2 + 170;
  card->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  cr = cairo_create (card->surface);
  if (g_rand_boolean (random))
    draw_phone (cr, card, width, height, random);
  else
    draw_sheet (cr, card, width, height, random);
  draw_code (cr, code, card->code_x - card->code_size / 2, card->code_y - card->code_size / 2);
  cairo_destroy (cr);
  QRcode_free (code);
  return card;
}

DemoCard *
demo_card_new_for_image (const char *path, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new_from_file (path, error);
  DemoCard *card;
  guint width, height, n_channels;

  if (pixbuf == NULL)
    return NULL;
  width = gdk_pixbuf_get_width (pixbuf);
  height = gdk_pixbuf_get_height (pixbuf);
  n_channels = gdk_pixbuf_get_n_channels (pixbuf);
  card = g_new0 (DemoCard, 1);
  card->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  for (guint y = 0; y < height; y++)
    {
      const guint8 *from
          = gdk_pixbuf_read_pixels (pixbuf) + (gsize)y * gdk_pixbuf_get_rowstride (pixbuf);
      guint32 *to = (guint32 *)(cairo_image_surface_get_data (card->surface)
                                + (gsize)y * cairo_image_surface_get_stride (card->surface));

      for (guint x = 0; x < width; x++, from += n_channels)
        to[x] = 0xff000000u | (guint32)from[0] << 16 | (guint32)from[1] << 8 | from[2];
    }
  cairo_surface_mark_dirty (card->surface);
  card->code_x = width / 2.0;
  card->code_y = height / 2.0;
  card->code_size = MIN (width, height) * 0.8;
  card->module = card->code_size / LIKELY_MODULES;
  find_code (card, path);
  return card;
}

void
demo_card_free (DemoCard *card)
{
  if (card == NULL)
    return;
  cairo_surface_destroy (card->surface);
  g_free (card);
}
