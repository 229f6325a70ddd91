/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "test-ui"

#include "screen-fixtures.h"

/* Pictures are drawn when they are needed: there are none in the tree, and nobody's face. */

static cairo_status_t
on_png_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
draw_portrait (cairo_t *cr, double width, double height)
{
  cairo_pattern_t *light
      = cairo_pattern_create_radial (width * 0.35, height * 0.3, 10, width / 2, height / 2, height);

  cairo_pattern_add_color_stop_rgb (light, 0, 0.87, 0.91, 0.93);
  cairo_pattern_add_color_stop_rgb (light, 1, 0.62, 0.7, 0.76);
  cairo_set_source (cr, light);
  cairo_paint (cr);
  cairo_pattern_destroy (light);
  cairo_set_source_rgb (cr, 0.13, 0.25, 0.35);
  cairo_move_to (cr, width * 0.08, height);
  cairo_curve_to (cr, width * 0.1, height * 0.72, width * 0.9, height * 0.72, width * 0.92, height);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.2, 0.13, 0.1);
  cairo_save (cr);
  cairo_translate (cr, width / 2, height * 0.42);
  cairo_scale (cr, width * 0.25, height * 0.25);
  cairo_arc (cr, 0, -0.1, 1.08, 0, 2 * G_PI);
  cairo_restore (cr);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.72, 0.52, 0.4);
  cairo_rectangle (cr, width * 0.42, height * 0.58, width * 0.16, height * 0.2);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.8, 0.6, 0.47);
  cairo_save (cr);
  cairo_translate (cr, width / 2, height * 0.46);
  cairo_scale (cr, width * 0.2, height * 0.21);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_restore (cr);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.2, 0.13, 0.1);
  cairo_arc (cr, width * 0.42, height * 0.44, width * 0.016, 0, 2 * G_PI);
  cairo_arc (cr, width * 0.58, height * 0.44, width * 0.016, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_set_line_width (cr, width * 0.012);
  cairo_arc (cr, width / 2, height * 0.52, width * 0.06, 0.15 * G_PI, 0.85 * G_PI);
  cairo_stroke (cr);
}

GBytes *
test_photo_new (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, 360, 480);
  cairo_t *cr = cairo_create (surface);
  GByteArray *png = g_byte_array_new ();

  draw_portrait (cr, 360, 480);
  cairo_destroy (cr);
  cairo_surface_write_to_png_stream (surface, on_png_bytes, png);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (png);
}

static void
draw_code (cairo_t *cr, double x, double y, double size)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (21);
  double module = size / 29;

  cairo_set_source_rgb (cr, 0.97, 0.97, 0.95);
  cairo_rectangle (cr, x - module * 3, y - module * 3, size + module * 6, size + module * 6);
  cairo_fill (cr);
  cairo_set_source_rgb (cr, 0.08, 0.08, 0.1);
  for (guint i = 0; i < 29 * 29; i++)
    {
      guint column = i % 29, row = i / 29;
      gboolean corner
          = (column < 8 && row < 8) || (column > 20 && row < 8) || (column < 8 && row > 20);

      if (!corner && g_rand_boolean (rand))
        cairo_rectangle (cr, x + column * module, y + row * module, module, module);
    }
  cairo_fill (cr);
  for (guint i = 0; i < 3; i++)
    {
      double fx = x + (i == 1 ? 22 : 0) * module, fy = y + (i == 2 ? 22 : 0) * module;

      cairo_rectangle (cr, fx, fy, 7 * module, 7 * module);
      cairo_rectangle (cr, fx + module, fy + 6 * module, 5 * module, -5 * module);
      cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
      cairo_fill (cr);
      cairo_rectangle (cr, fx + 2 * module, fy + 2 * module, 3 * module, 3 * module);
      cairo_fill (cr);
    }
}

/* @surface: (transfer full): of 640 by 480 px */
static GdkTexture *
make_texture (cairo_surface_t *surface)
{
  int stride = cairo_image_surface_get_stride (surface);
  g_autoptr (GBytes) pixels = NULL;
  GdkTexture *picture;

  cairo_surface_flush (surface);
  pixels = g_bytes_new (cairo_image_surface_get_data (surface), (gsize)stride * 480);
  picture
      = gdk_memory_texture_new (640, 480, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, pixels, (gsize)stride);
  cairo_surface_destroy (surface);
  return picture;
}

/* The head fills the oval. */
GdkTexture *
test_face_new (void)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 640, 480);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 0.68, 0.75, 0.8);
  cairo_paint (cr);
  cairo_translate (cr, 320 - 210, -20);
  draw_portrait (cr, 420, 560);
  cairo_destroy (cr);
  return make_texture (surface);
}

GdkTexture *
test_picture_new (gboolean badge)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, 640, 480);
  cairo_t *cr = cairo_create (surface);

  cairo_set_source_rgb (cr, 0.3, 0.33, 0.38);
  cairo_paint (cr);
  cairo_set_source_rgb (cr, 0.42, 0.45, 0.5);
  cairo_rectangle (cr, 0, 0, 640, 170);
  cairo_fill (cr);
  cairo_translate (cr, 320, 240);
  cairo_rotate (cr, 0.05);
  if (badge)
    {
      cairo_set_source_rgb (cr, 0.95, 0.95, 0.93);
      cairo_rectangle (cr, -110, -160, 220, 320);
      cairo_fill (cr);
      draw_code (cr, -60, 10, 120);
    }
  else
    draw_code (cr, -100, -100, 200);
  cairo_destroy (cr);
  return make_texture (surface);
}
