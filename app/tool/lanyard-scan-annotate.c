/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-scan-output.h"

#include <cairo.h>
#include <string.h>

#include "lanyard-charset.h"
#include "lanyard-error.h"
#include "lanyard-frame.h"

/* Characters of the content that are written beside a code. */
#define MAX_CHARACTERS 24

/* The picture in grey: that is what was searched. */
static cairo_surface_t *
draw_frame (const LanyardFrame *frame)
{
  cairo_surface_t *surface
      = cairo_image_surface_create (CAIRO_FORMAT_RGB24, (int)frame->width, (int)frame->height);
  guint8 *pixels = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  const guint8 *grey = lanyard_frame_get_data (frame);

  if (pixels == NULL)
    return surface;
  cairo_surface_flush (surface);
  for (guint y = 0; y < frame->height; y++)
    {
      guint32 *row = (guint32 *)(gpointer)(pixels + (gsize)y * stride);

      for (guint x = 0; x < frame->width; x++)
        row[x] = grey[(gsize)y * frame->stride + x] * 0x010101U;
    }
  cairo_surface_mark_dirty (surface);
  return surface;
}

/* Symbology and the first characters, on one line and without what would not be seen. */
static char *
dup_label (const LanyardScan *scan)
{
  gsize n_bytes;
  const guint8 *data = g_bytes_get_data (scan->data, &n_bytes);
  g_autofree char *text = lanyard_charset_dup_text (data, n_bytes, NULL);
  g_autoptr (GString) label = g_string_new (lanyard_symbology_to_string (scan->symbology));
  guint n = 0;

  if (text != NULL)
    g_string_append (label, ": ");
  for (const char *c = text; c != NULL && *c != '\0' && n < MAX_CHARACTERS;
       c = g_utf8_next_char (c))
    {
      gunichar character = g_utf8_get_char (c);

      g_string_append_unichar (label, g_unichar_isprint (character) ? character : 0x00B7);
      n++;
    }
  return g_strdup (label->str);
}

static void
draw_scan (cairo_t *cr, const LanyardScan *scan, double size)
{
  g_autofree char *label = dup_label (scan);
  const LanyardPoint *corners = scan->corners;
  double left = corners[0].x, top = corners[0].y;
  cairo_text_extents_t extents;

  for (guint i = 0; i < G_N_ELEMENTS (scan->corners); i++)
    {
      cairo_line_to (cr, corners[i].x + 0.5, corners[i].y + 0.5);
      left = MIN (left, corners[i].x);
      top = MIN (top, corners[i].y);
    }
  cairo_close_path (cr);
  cairo_set_line_width (cr, size / 6);
  cairo_set_source_rgb (cr, 0.9, 0.1, 0.3);
  cairo_stroke (cr);
  /* The symbol's own top left. */
  cairo_arc (cr, corners[0].x + 0.5, corners[0].y + 0.5, size / 3, 0, 2 * G_PI);
  cairo_fill (cr);

  cairo_set_font_size (cr, size);
  cairo_text_extents (cr, label, &extents);
  top = MAX (top - size / 2, size * 1.4);
  cairo_rectangle (cr, left, top - size * 1.2, extents.x_advance + size, size * 1.5);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_move_to (cr, left + size / 2, top - size * 0.15);
  cairo_show_text (cr, label);
}

static cairo_status_t
on_png_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static gboolean
write_png (cairo_surface_t *surface, const char *path, GError **error)
{
  g_autoptr (GByteArray) png = g_byte_array_new ();
  cairo_status_t status = cairo_surface_write_to_png_stream (surface, on_png_bytes, png);
  g_autoptr (GError) local_error = NULL;

  if (status == CAIRO_STATUS_SUCCESS
      && g_file_set_contents (path, (const char *)png->data, png->len, &local_error))
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "The drawing '%s' could not be written: %s",
               path, local_error != NULL ? local_error->message : cairo_status_to_string (status));
  return FALSE;
}

gboolean
lanyard_scan_output_annotate (const char *picture,
                              const GPtrArray *scans,
                              const char *path,
                              GError **error)
{
  g_autoptr (LanyardFrame) frame = lanyard_frame_load (picture, error);
  cairo_surface_t *surface;
  cairo_t *cr;
  gboolean written;

  if (frame == NULL)
    return FALSE;
  surface = draw_frame (frame);
  cr = cairo_create (surface);
  cairo_select_font_face (cr, "sans-serif", CAIRO_FONT_SLANT_NORMAL, CAIRO_FONT_WEIGHT_BOLD);
  for (guint i = 0; i < scans->len; i++)
    draw_scan (cr, g_ptr_array_index (scans, i),
               CLAMP (MIN (frame->width, frame->height) / 40.0, 9, 40));
  cairo_destroy (cr);
  written = write_png (surface, path, error);
  cairo_surface_destroy (surface);
  return written;
}
