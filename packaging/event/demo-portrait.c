/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-demo"

#include "demo-portrait-private.h"

#include <gdk-pixbuf/gdk-pixbuf.h>
#include <math.h>

#define WIDTH DEMO_PORTRAIT_WIDTH_PX
#define HEIGHT DEMO_PORTRAIT_HEIGHT_PX

#define RGB(hex)                                                                                   \
  {                                                                                                \
    ((hex) >> 16 & 255) / 255.0, ((hex) >> 8 & 255) / 255.0, ((hex)&255) / 255.0                   \
  }

static const DemoColour SKINS[]
    = { RGB (0xf6d7c3), RGB (0xeec1a2), RGB (0xe0ac86), RGB (0xc98f66),
        RGB (0xb0764e), RGB (0x8d5a3a), RGB (0x6f452c), RGB (0x533221) };
static const DemoColour HAIRS[]
    = { RGB (0x1c1613), RGB (0x2c1f18), RGB (0x44301f), RGB (0x6b4526), RGB (0x8f5a2c),
        RGB (0xb98a4a), RGB (0xd8b878), RGB (0x9c3f1e), RGB (0x8e8c8a), RGB (0xd9d7d3) };
static const DemoColour CLOTHS[]
    = { RGB (0x1f3b5b), RGB (0x7a1f2b), RGB (0x2f5d50), RGB (0x3a3a44), RGB (0xd9792b),
        RGB (0x5b3a78), RGB (0xf1ede4), RGB (0x1c7a8c), RGB (0xb8336a), RGB (0x556b2f) };
static const DemoColour BACKGROUNDS[] = { RGB (0xdfe6ec), RGB (0xece6dc), RGB (0xd6e2de),
                                          RGB (0xe6dfe8), RGB (0xcfdbe8), RGB (0xf0ece4) };
static const DemoColour IRISES[]
    = { RGB (0x3a2415), RGB (0x4b2f18), RGB (0x6a4a22), RGB (0x5a7345), RGB (0x4c7aa3) };

#define PICK(random, colours) colours[g_rand_int_range (random, 0, G_N_ELEMENTS (colours))]

DemoColour
demo_colour_mix (DemoColour a, DemoColour b, double share)
{
  return (DemoColour){ a.r + (b.r - a.r) * share, a.g + (b.g - a.g) * share,
                       a.b + (b.b - a.b) * share };
}

DemoColour
demo_colour_darker (DemoColour colour, double share)
{
  /* Shade is warm: blue goes first. */
  return (DemoColour){ colour.r * (1 - share * 0.85), colour.g * (1 - share),
                       colour.b * (1 - share * 1.05) };
}

DemoColour
demo_colour_lighter (DemoColour colour, double share)
{
  return demo_colour_mix (colour, (DemoColour)RGB (0xffffff), share);
}

void
demo_colour_set (cairo_t *cr, DemoColour colour, double alpha)
{
  cairo_set_source_rgba (cr, CLAMP (colour.r, 0, 1), CLAMP (colour.g, 0, 1), CLAMP (colour.b, 0, 1),
                         alpha);
}

static void
choose_face (DemoFace *face, GRand *random)
{
  guint skin = g_rand_int_range (random, 0, G_N_ELEMENTS (SKINS));

  face->skin = SKINS[skin];
  /* Fair hair and light eyes go with the lighter half of the skins; grey hair with all. */
  face->hair_colour
      = HAIRS[skin < 3 ? g_rand_int_range (random, 0, 8) : g_rand_int_range (random, 0, 3)];
  if (g_rand_int_range (random, 0, 7) == 0)
    face->hair_colour = HAIRS[g_rand_int_range (random, 8, 10)];
  face->iris = IRISES[g_rand_int_range (random, 0, skin < 3 ? 5 : 2)];
  face->soft = g_rand_boolean (random);
  do
    face->hair = g_rand_int_range (random, 0, DEMO_N_HAIRS);
  while (face->soft ? face->hair == DEMO_HAIR_BALD || face->hair == DEMO_HAIR_BUZZ
                    : face->hair == DEMO_HAIR_SCARF || face->hair == DEMO_HAIR_BUN
                          || face->hair == DEMO_HAIR_BOB);
  if (face->hair == DEMO_HAIR_LONG && !face->soft && g_rand_boolean (random))
    face->hair = DEMO_HAIR_SHORT;
  face->clothes = g_rand_int_range (random, 0, DEMO_N_CLOTHES);
  if (face->hair == DEMO_HAIR_SCARF)
    face->clothes = DEMO_CLOTHES_CREW; /* a collar does not show */
  face->cloth = PICK (random, CLOTHS);
  face->cloth_2 = demo_colour_lighter (PICK (random, CLOTHS), 0.25);
  face->background = PICK (random, BACKGROUNDS);
  face->cx = WIDTH / 2.0 + g_rand_double_range (random, -4, 4);
  face->top = g_rand_double_range (random, 78, 90);
  face->chin = g_rand_double_range (random, 244, 258);
  face->half = g_rand_double_range (random, 60, 69) - (face->soft ? 3 : 0);
  face->jaw = g_rand_double_range (random, 0.56, 0.70) - (face->soft ? 0.06 : 0);
  face->smile = g_rand_double_range (random, 2, 7);
  face->beard = !face->soft && g_rand_int_range (random, 0, 3) == 0;
  face->glasses = g_rand_int_range (random, 0, 4) == 0;
  face->curls = g_rand_int (random);
}

static void
draw_background (cairo_t *cr, const DemoFace *face)
{
  cairo_pattern_t *light
      = cairo_pattern_create_radial (WIDTH * 0.4, HEIGHT * 0.3, 20, WIDTH / 2.0, HEIGHT / 2.0, 300);
  DemoColour edge = demo_colour_darker (face->background, 0.16);
  DemoColour centre = demo_colour_lighter (face->background, 0.45);

  cairo_pattern_add_color_stop_rgb (light, 0, centre.r, centre.g, centre.b);
  cairo_pattern_add_color_stop_rgb (light, 1, edge.r, edge.g, edge.b);
  cairo_set_source (cr, light);
  cairo_paint (cr);
  cairo_pattern_destroy (light);
}

static void
draw_ears (cairo_t *cr, const DemoFace *face)
{
  double y = face->top + (face->chin - face->top) * 0.55;

  for (int side = -1; side <= 1; side += 2)
    {
      cairo_save (cr);
      cairo_translate (cr, face->cx + side * (face->half + 2), y);
      cairo_scale (cr, 10, 19);
      cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
      cairo_restore (cr);
      demo_colour_set (cr, demo_colour_darker (face->skin, 0.08), 1);
      cairo_fill (cr);
    }
}

static void
draw_neck (cairo_t *cr, const DemoFace *face)
{
  double half = face->half * (face->soft ? 0.46 : 0.56);
  double chin = face->chin;

  cairo_move_to (cr, face->cx - half, chin - 50);
  cairo_curve_to (cr, face->cx - half, chin + 20, face->cx - half - 2, chin + 38,
                  face->cx - half - 30, chin + 56);
  cairo_line_to (cr, face->cx + half + 30, chin + 56);
  cairo_curve_to (cr, face->cx + half + 2, chin + 38, face->cx + half, chin + 20, face->cx + half,
                  chin - 50);
  cairo_close_path (cr);
  demo_colour_set (cr, demo_colour_darker (face->skin, 0.07), 1);
  cairo_fill_preserve (cr);
  /* The shadow of the chin. */
  cairo_save (cr);
  cairo_clip (cr);
  cairo_translate (cr, 0, 15);
  demo_face_outline (cr, face);
  demo_colour_set (cr, demo_colour_darker (face->skin, 0.30), 0.75);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_head (cairo_t *cr, const DemoFace *face)
{
  cairo_pattern_t *shade
      = cairo_pattern_create_radial (face->cx - 20, face->top + 60, 10, face->cx,
                                     (face->top + face->chin) / 2, face->half * 1.55);
  DemoColour light = demo_colour_lighter (face->skin, 0.10);
  DemoColour dark = demo_colour_darker (face->skin, 0.16);

  cairo_pattern_add_color_stop_rgb (shade, 0, light.r, light.g, light.b);
  cairo_pattern_add_color_stop_rgb (shade, 0.55, face->skin.r, face->skin.g, face->skin.b);
  cairo_pattern_add_color_stop_rgb (shade, 1, dark.r, dark.g, dark.b);
  demo_face_outline (cr, face);
  cairo_set_source (cr, shade);
  cairo_fill (cr);
  cairo_pattern_destroy (shade);
}

void
demo_face_outline (cairo_t *cr, const DemoFace *face)
{
  double h = face->chin - face->top;
  double w = face->half;

  cairo_new_path (cr);
  cairo_move_to (cr, face->cx, face->top);
  cairo_curve_to (cr, face->cx + w * 0.72, face->top, face->cx + w, face->top + h * 0.22,
                  face->cx + w, face->top + h * 0.48);
  cairo_curve_to (cr, face->cx + w, face->top + h * 0.74, face->cx + w * face->jaw, face->chin,
                  face->cx, face->chin);
  cairo_curve_to (cr, face->cx - w * face->jaw, face->chin, face->cx - w, face->top + h * 0.74,
                  face->cx - w, face->top + h * 0.48);
  cairo_curve_to (cr, face->cx - w, face->top + h * 0.22, face->cx - w * 0.72, face->top, face->cx,
                  face->top);
  cairo_close_path (cr);
}

void
demo_portrait_draw (cairo_t *cr, GRand *random)
{
  DemoFace face = { 0 };

  choose_face (&face, random);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  draw_background (cr, &face);
  demo_face_draw_hair_behind (cr, &face);
  draw_neck (cr, &face);
  demo_face_draw_clothes (cr, &face);
  if (face.hair != DEMO_HAIR_SCARF && face.hair != DEMO_HAIR_LONG && face.hair != DEMO_HAIR_BOB)
    draw_ears (cr, &face);
  draw_head (cr, &face);
  demo_face_draw_features (cr, &face);
  demo_face_draw_hair_before (cr, &face);
}

GBytes *
demo_portrait_to_jpeg (guint32 seed, guint32 which, GError **error)
{
  const guint32 seeds[] = { seed, which, 0x706f7274 };
  GRand *random = g_rand_new_with_seed_array (seeds, G_N_ELEMENTS (seeds));
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, WIDTH, HEIGHT);
  cairo_t *cr = cairo_create (surface);
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  gboolean done;
  char *data = NULL;
  gsize n_bytes = 0;

  demo_portrait_draw (cr, random);
  cairo_destroy (cr);
  g_rand_free (random);

  pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, WIDTH, HEIGHT);
  for (guint y = 0; y < HEIGHT; y++)
    {
      const guint32 *from = (const guint32 *)(cairo_image_surface_get_data (surface)
                                              + y * cairo_image_surface_get_stride (surface));
      guint8 *to = gdk_pixbuf_get_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf);

      for (guint x = 0; x < WIDTH; x++)
        {
          to[3 * x] = from[x] >> 16;
          to[3 * x + 1] = from[x] >> 8;
          to[3 * x + 2] = from[x];
        }
    }
  cairo_surface_destroy (surface);
  done = gdk_pixbuf_save_to_buffer (pixbuf, &data, &n_bytes, "jpeg", error, "quality", "88", NULL);
  return done ? g_bytes_new_take (data, n_bytes) : NULL;
}
