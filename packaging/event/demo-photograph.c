/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-demo"

#include "demo-photograph.h"

#include <math.h>
#include <string.h>

#include "demo-card.h"
#include "demo-portrait.h"
#include "demo-view.h"

/* The room behind is out of focus: it is drawn small. */
#define ROOM_SHRINK 4

/* Limits between which chance chooses; lengths for a frame of 720 lines. */
typedef struct
{
  const char *name;
  double module_min, module_max; /* px of one module */
  double tilt;                   /* radians to either side, about both axes */
  double roll;                   /* radians to either side */
  double blur_min, blur_max;     /* sigma in px */
  double smear;                  /* px of motion */
  double noise;                  /* share of white */
  double unevenness;             /* of the light, share across the frame */
  double glare;                  /* brightest spot on the card */
  double exposure_min, exposure_max;
  int quality; /* JPEG percent */
} Conditions;

static const Conditions CONDITIONS[] = {
  [DEMO_HARDNESS_EASY]
  = { "easy", 6.2, 7.0, 0.16, 0.07, 0.5, 0.8, 0, 0.010, 0.25, 0.05, 0.85, 1.0, 90 },
  [DEMO_HARDNESS_NORMAL]
  = { "normal", 4.6, 6.2, 0.36, 0.20, 0.7, 1.2, 1.0, 0.020, 0.55, 0.14, 0.65, 1.05, 80 },
  [DEMO_HARDNESS_HARD]
  = { "hard", 3.4, 4.4, 0.55, 0.45, 1.0, 1.7, 3.5, 0.040, 0.85, 0.30, 0.45, 1.2, 60 },
};

/* Light in the scene: a slope, a dark rim, and a spot on the card. */
typedef struct
{
  double exposure, slope_x, slope_y, vignette;
  double spot_x, spot_y, spot_size, spot; /* in px of the card; share of white */
  double warmth;                          /* red over blue */
} Light;

static double
either_side (GRand *random, double most)
{
  return g_rand_double_range (random, -1, 1) * most;
}

/* The person who holds the card, and the room: only shapes and light are left of them. */
static DemoPicture *
draw_room (const DemoPhotograph *photograph, GRand *random)
{
  guint width = photograph->width / ROOM_SHRINK;
  guint height = photograph->height / ROOM_SHRINK;
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);
  double scale = height * g_rand_double_range (random, 1.25, 1.6) / DEMO_PORTRAIT_HEIGHT_PX;
  double tone = g_rand_double_range (random, 0.45, 0.75);
  DemoPicture *room;

  cairo_set_source_rgb (cr, tone, tone * 0.97, tone * 0.92);
  cairo_paint (cr);
  cairo_save (cr);
  cairo_translate (cr, width * g_rand_double_range (random, 0.40, 0.60) - scale * 150,
                   height * g_rand_double_range (random, -0.25, 0.0));
  cairo_scale (cr, scale, scale);
  demo_portrait_draw (cr, random);
  cairo_restore (cr);
  /* Beyond the portrait's own background: a window, a door, a shelf. */
  for (guint i = 0; i < 7; i++)
    {
      double shade = g_rand_double_range (random, 0.15, 0.95);
      double side
          = i % 2 ? g_rand_double_range (random, 0.74, 1) : g_rand_double_range (random, -0.1, 0.1);

      cairo_rectangle (cr, width * side, height * g_rand_double_range (random, -0.1, 0.8),
                       width * g_rand_double_range (random, 0.05, 0.2),
                       height * g_rand_double_range (random, 0.1, 0.6));
      cairo_set_source_rgba (cr, shade, shade * 0.98, shade * 0.94, 0.8);
      cairo_fill (cr);
    }
  cairo_destroy (cr);
  room = demo_picture_new_from_surface (surface);
  cairo_surface_destroy (surface);
  demo_picture_blur (room, height / 60.0);
  return room;
}

static void
choose_light (Light *light, const Conditions *conditions, const DemoCard *card, GRand *random)
{
  light->exposure
      = g_rand_double_range (random, conditions->exposure_min, conditions->exposure_max);
  light->slope_x = either_side (random, conditions->unevenness);
  light->slope_y = either_side (random, conditions->unevenness * 0.6);
  light->vignette = 0.25 * conditions->unevenness;
  light->spot_x = card->code_x + either_side (random, card->code_size * 0.7);
  light->spot_y = card->code_y + either_side (random, card->code_size * 0.7);
  light->spot_size = card->code_size * g_rand_double_range (random, 0.15, 0.4);
  light->spot = conditions->glare * g_rand_double (random);
  light->warmth = either_side (random, 0.06);
}

static void
choose_view (DemoView *view,
             const DemoPhotograph *photograph,
             const Conditions *conditions,
             const DemoCard *card,
             GRand *random)
{
  double lines = photograph->height / 720.0;
  double module = g_rand_double_range (random, conditions->module_min, conditions->module_max);
  /* A large symbol must still fit into the frame: people step back. */
  double scale = MIN (module * lines / card->module, photograph->height * 0.62 / card->code_size);
  double free_x = MAX (photograph->width / 2.0 - card->code_size * scale * 0.72, 0);
  double free_y = MAX (photograph->height / 2.0 - card->code_size * scale * 0.72, 0);

  demo_view_init (view, photograph->width * 1.1, scale, either_side (random, conditions->tilt),
                  either_side (random, conditions->tilt), either_side (random, conditions->roll));
  view->card_x = card->code_x;
  view->card_y = card->code_y;
  view->frame_x = photograph->width / 2.0 + either_side (random, free_x * 0.6);
  view->frame_y = photograph->height / 2.0 + either_side (random, free_y * 0.6);
  view->distortion = g_rand_double_range (random, 0, 0.05);
}

/* Colour and cover of the card at pixel (@x, @y) of the frame: the mean of @n × @n points. Within
 * one pixel the view is as good as linear. */
static double
sample_card (cairo_surface_t *surface,
             const DemoView *view,
             double x,
             double y,
             guint n,
             float *rgb)
{
  const guint8 *data = cairo_image_surface_get_data (surface);
  int stride = cairo_image_surface_get_stride (surface);
  int width = cairo_image_surface_get_width (surface);
  int height = cairo_image_surface_get_height (surface);
  double near = 4 / view->scale;
  double at_x, at_y, right_x, right_y, below_x, below_y;
  guint sum[4] = { 0 };

  rgb[0] = rgb[1] = rgb[2] = 0;
  demo_view_to_card (view, x, y, &at_x, &at_y);
  if (at_x < -near || at_y < -near || at_x > width + near || at_y > height + near)
    return 0;
  demo_view_to_card (view, x + 1, y, &right_x, &right_y);
  demo_view_to_card (view, x, y + 1, &below_x, &below_y);
  for (guint i = 0; i < n * n; i++)
    {
      double across = (i % n + 0.5) / n;
      double down = (i / n + 0.5) / n;
      double card_x = at_x + (right_x - at_x) * across + (below_x - at_x) * down;
      double card_y = at_y + (right_y - at_y) * across + (below_y - at_y) * down;
      guint32 pixel;

      if (card_x < 0 || card_y < 0 || card_x >= width || card_y >= height)
        continue;
      pixel = *(const guint32 *)(data + (gsize)stride * (int)card_y + 4 * (int)card_x);
      sum[0] += pixel >> 16 & 255;
      sum[1] += pixel >> 8 & 255;
      sum[2] += pixel & 255;
      sum[3] += pixel >> 24;
    }
  for (guint c = 0; c < 3; c++)
    rgb[c] = sum[c] / (255.0f * n * n);
  return sum[3] / (255.0 * n * n);
}

/* exp (-d²) of a distance whose square is @square; nothing beyond three. */
static double
bell (double square)
{
  return square < 9 ? exp (-square) : 0;
}

/* How much of the light behind the card is left in its shadow. */
static double
shadow_at (const DemoCard *card, double card_x, double card_y)
{
  double width = cairo_image_surface_get_width (card->surface);
  double height = cairo_image_surface_get_height (card->surface);
  double reach = card->code_size * 0.12;
  double x = card_x - reach * 0.6;
  double y = card_y - reach * 0.9;
  double away_x = MAX (MAX (-x, x - width), 0) / reach;
  double away_y = MAX (MAX (-y, y - height), 0) / reach;

  return 1 - 0.45 * bell (away_x * away_x + away_y * away_y);
}

static void
expose_pixel (float *rgb, const Light *light, double across, double down, double own_light)
{
  double gain = 1 + light->slope_x * (across - 0.5) + light->slope_y * (down - 0.5);
  double rim = (across - 0.5) * (across - 0.5) + (down - 0.5) * (down - 0.5);

  gain = light->exposure * (gain * (1 - own_light) + own_light);
  gain *= 1 - light->vignette * rim * 2;
  for (guint c = 0; c < 3; c++)
    {
      double warm = 1 + light->warmth * (1.0 - c);
      double value = 0.045 + rgb[c] * gain * warm * 0.86;

      /* The sensor rolls off before it clips. */
      rgb[c] = value < 0.8 ? value : 0.8 + 0.2 * tanh ((value - 0.8) / 0.2);
    }
}

static void
compose (DemoPicture *picture,
         const DemoPicture *room,
         const DemoCard *card,
         const DemoView *view,
         const Light *light)
{
  guint n = CLAMP ((guint)ceil (2 / view->scale), 2, 6);

  cairo_surface_flush (card->surface);
  for (guint y = 0; y < picture->height; y++)
    {
      for (guint x = 0; x < picture->width; x++)
        {
          float *rgb = picture->rgb + (gsize)3 * (picture->width * y + x);
          float front[3];
          double card_x, card_y, cover, spot_x, spot_y, spot;

          demo_view_to_card (view, x + 0.5, y + 0.5, &card_x, &card_y);
          demo_picture_sample (room, (double)x / ROOM_SHRINK, (double)y / ROOM_SHRINK, rgb);
          cover = sample_card (card->surface, view, x, y, n, front);
          spot_x = (card_x - light->spot_x) / light->spot_size;
          spot_y = (card_y - light->spot_y) / light->spot_size;
          spot = cover > 0 ? light->spot * bell (spot_x * spot_x + spot_y * spot_y) : 0;
          for (guint c = 0; c < 3; c++)
            {
              rgb[c] = rgb[c] * shadow_at (card, card_x, card_y) * (1 - cover) + front[c];
              rgb[c] += cover * spot;
            }
          expose_pixel (rgb, light, (double)x / picture->width, (double)y / picture->height,
                        card->bright ? 0.7 * cover : 0);
        }
    }
}

/* A thumb on the lower rim of the card, where people hold it. */
static void
draw_thumb (DemoCard *card, GRand *random)
{
  cairo_t *cr = cairo_create (card->surface);
  double width = cairo_image_surface_get_width (card->surface);
  double height = cairo_image_surface_get_height (card->surface);
  double tone = g_rand_double_range (random, 0.35, 0.95);
  double size = card->code_size * 0.11;

  cairo_translate (cr, width * g_rand_double_range (random, 0.3, 0.7), height);
  cairo_rotate (cr, either_side (random, 0.3));
  cairo_set_operator (cr, CAIRO_OPERATOR_ATOP);
  cairo_arc (cr, 0, -size * 1.1, size, G_PI, 2 * G_PI);
  cairo_line_to (cr, size * 1.15, size * 2);
  cairo_line_to (cr, -size * 1.15, size * 2);
  cairo_close_path (cr);
  cairo_set_source_rgb (cr, 0.93 * tone, 0.73 * tone, 0.60 * tone);
  cairo_fill (cr);
  cairo_arc (cr, 0, -size * 1.25, size * 0.55, 0, 2 * G_PI);
  cairo_set_source_rgba (cr, 0.98 * tone, 0.80 * tone, 0.72 * tone, 0.8);
  cairo_fill (cr);
  cairo_destroy (cr);
}

gboolean
demo_hardness_parse (const char *text, DemoHardness *hardness)
{
  g_return_val_if_fail (text != NULL && hardness != NULL, FALSE);

  for (gsize i = 0; i < G_N_ELEMENTS (CONDITIONS); i++)
    {
      if (strcmp (text, CONDITIONS[i].name) == 0)
        {
          *hardness = i;
          return TRUE;
        }
    }
  return FALSE;
}

DemoPicture *
demo_photograph_take (const DemoPhotograph *photograph, GError **error)
{
  const guint32 seeds[] = { photograph->seed, photograph->hardness, 0x70686f74 };
  g_autoptr (GRand) random = g_rand_new_with_seed_array (seeds, G_N_ELEMENTS (seeds));
  const Conditions *conditions = &CONDITIONS[photograph->hardness];
  double lines = photograph->height / 720.0;
  g_autoptr (DemoCard) card = NULL;
  g_autoptr (DemoPicture) room = NULL;
  g_autoptr (DemoPicture) picture = NULL;
  DemoView view;
  Light light;

  g_return_val_if_fail ((photograph->text == NULL) != (photograph->image == NULL), NULL);

  card = photograph->text ? demo_card_new_for_text (photograph->text, random, error)
                          : demo_card_new_for_image (photograph->image, error);
  if (card == NULL)
    return NULL;
  if (card->has_room)
    draw_thumb (card, random);
  room = draw_room (photograph, random);
  choose_view (&view, photograph, conditions, card, random);
  choose_light (&light, conditions, card, random);
  picture = demo_picture_new (photograph->width, photograph->height);
  compose (picture, room, card, &view, &light);
  demo_picture_blur (
      picture, lines * g_rand_double_range (random, conditions->blur_min, conditions->blur_max));
  if (conditions->smear > 0)
    demo_picture_smear (picture, 0.5 + lines * conditions->smear * g_rand_double (random),
                        g_rand_double_range (random, 0, G_PI));
  demo_picture_add_noise (picture, conditions->noise,
                          (guint64)g_rand_int (random) << 32 | g_rand_int (random));
  return g_steal_pointer (&picture);
}

gboolean
demo_photograph_write (const DemoPhotograph *photograph, const char *path, GError **error)
{
  g_autoptr (DemoPicture) picture = demo_photograph_take (photograph, error);

  return picture
         && demo_picture_write (picture, CONDITIONS[photograph->hardness].quality, path, error);
}
