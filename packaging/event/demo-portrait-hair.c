/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-demo"

#include "demo-portrait-private.h"

#include <math.h>

#define WIDTH DEMO_PORTRAIT_WIDTH_PX
#define HEIGHT DEMO_PORTRAIT_HEIGHT_PX

/* Hair from ear to ear over the skull: @rise above it, @line the hairline, both as shares of the
 * head's height; @part moves the highest point of the hairline sideways. */
static void
cap (cairo_t *cr, const DemoFace *face, double rise, double line, double part, double sides)
{
  double h = face->chin - face->top;
  double w = face->half + 3;
  double y = face->top + h * sides;

  cairo_new_path (cr);
  cairo_move_to (cr, face->cx - w, y);
  cairo_curve_to (cr, face->cx - w - 9, face->top - h * rise * 0.2, face->cx - w * 0.55,
                  face->top - h * rise, face->cx, face->top - h * rise);
  cairo_curve_to (cr, face->cx + w * 0.55, face->top - h * rise, face->cx + w + 9,
                  face->top - h * rise * 0.2, face->cx + w, y);
  cairo_curve_to (cr, face->cx + w * 0.93, face->top + h * (line + 0.12), face->cx + w * 0.72,
                  face->top + h * (line + 0.02), face->cx + part * w, face->top + h * line);
  cairo_curve_to (cr, face->cx - w * 0.72, face->top + h * (line + 0.02), face->cx - w * 0.93,
                  face->top + h * (line + 0.12), face->cx - w, y);
  cairo_close_path (cr);
}

static void
fill_with_shine (cairo_t *cr, const DemoFace *face, DemoColour colour)
{
  cairo_pattern_t *shine = cairo_pattern_create_linear (0, face->top - 30, 0, face->top + 90);
  DemoColour light = demo_colour_lighter (colour, 0.16);

  cairo_pattern_add_color_stop_rgb (shine, 0, colour.r, colour.g, colour.b);
  cairo_pattern_add_color_stop_rgb (shine, 0.3, light.r, light.g, light.b);
  cairo_pattern_add_color_stop_rgb (shine, 0.65, colour.r, colour.g, colour.b);
  cairo_set_source (cr, shine);
  cairo_fill (cr);
  cairo_pattern_destroy (shine);
}

/* Curls along an arc around the skull, from @from to @to radians, of @size px. */
static void
draw_curls (cairo_t *cr, const DemoFace *face, double out, double size)
{
  GRand *random = g_rand_new_with_seed (face->curls);
  double h = face->chin - face->top;
  double y = face->top + h * 0.34;

  for (guint i = 0; i < 46; i++)
    {
      double angle = G_PI * (1.02 + 0.96 * i / 45.0);
      double reach = out * g_rand_double_range (random, 0.86, 1.04);
      double x = face->cx + cos (angle) * (face->half + 2) * reach;
      double at = y + sin (angle) * (h * 0.36) * reach;
      DemoColour colour
          = demo_colour_lighter (face->hair_colour, g_rand_double_range (random, 0, 0.13));

      cairo_new_path (cr);
      cairo_arc (cr, x, at, size * g_rand_double_range (random, 0.8, 1.2), 0, 2 * G_PI);
      demo_colour_set (cr, colour, 1);
      cairo_fill (cr);
    }
  g_rand_free (random);
}

/* Hair that falls behind the head to @bottom, @flare px wider than the head. */
static void
draw_fall (cairo_t *cr, const DemoFace *face, double bottom, double flare)
{
  double w = face->half + flare;
  double top = face->top - 16;

  cairo_new_path (cr);
  cairo_move_to (cr, face->cx, top);
  cairo_curve_to (cr, face->cx + w * 0.9, top, face->cx + w, face->top + 70, face->cx + w,
                  bottom - 40);
  cairo_curve_to (cr, face->cx + w, bottom, face->cx + w * 0.7, bottom, face->cx + w * 0.45,
                  bottom);
  cairo_line_to (cr, face->cx - w * 0.45, bottom);
  cairo_curve_to (cr, face->cx - w * 0.7, bottom, face->cx - w, bottom, face->cx - w, bottom - 40);
  cairo_curve_to (cr, face->cx - w, face->top + 70, face->cx - w * 0.9, top, face->cx, top);
  demo_colour_set (cr, demo_colour_darker (face->hair_colour, 0.22), 1);
  cairo_fill (cr);
}

/* A headscarf: the cloth around the face, and its fall over the shoulders. */
static void
draw_scarf (cairo_t *cr, const DemoFace *face)
{
  double h = face->chin - face->top;
  double w = face->half;

  cairo_new_path (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_move_to (cr, face->cx, face->top - 20);
  cairo_curve_to (cr, face->cx + w * 1.25, face->top - 20, face->cx + w * 1.3, face->top + h * 0.6,
                  face->cx + w * 1.15, face->chin + 20);
  cairo_curve_to (cr, face->cx + w * 1.2, face->chin + 60, face->cx + w * 0.4, face->chin + 84,
                  face->cx, face->chin + 84);
  cairo_curve_to (cr, face->cx - w * 0.4, face->chin + 84, face->cx - w * 1.2, face->chin + 60,
                  face->cx - w * 1.15, face->chin + 20);
  cairo_curve_to (cr, face->cx - w * 1.3, face->top + h * 0.6, face->cx - w * 1.25, face->top - 20,
                  face->cx, face->top - 20);
  cairo_close_path (cr);
  /* The opening. */
  cairo_move_to (cr, face->cx, face->top + h * 0.16);
  cairo_curve_to (cr, face->cx + w * 0.80, face->top + h * 0.16, face->cx + w * 0.97,
                  face->top + h * 0.40, face->cx + w * 0.93, face->top + h * 0.60);
  cairo_curve_to (cr, face->cx + w * 0.86, face->top + h * 0.84, face->cx + w * 0.50,
                  face->chin + 1, face->cx, face->chin + 1);
  cairo_curve_to (cr, face->cx - w * 0.50, face->chin + 1, face->cx - w * 0.86,
                  face->top + h * 0.84, face->cx - w * 0.93, face->top + h * 0.60);
  cairo_curve_to (cr, face->cx - w * 0.97, face->top + h * 0.40, face->cx - w * 0.80,
                  face->top + h * 0.16, face->cx, face->top + h * 0.16);
  cairo_close_path (cr);
  fill_with_shine (cr, face, face->cloth_2);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_WINDING);

  demo_colour_set (cr, demo_colour_darker (face->cloth_2, 0.25), 0.8);
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, face->cx - w * 0.95, face->chin - 8);
  cairo_curve_to (cr, face->cx - 20, face->chin + 34, face->cx + 30, face->chin + 30,
                  face->cx + w * 0.9, face->chin + 8);
  cairo_move_to (cr, face->cx - w * 0.7, face->chin + 40);
  cairo_curve_to (cr, face->cx - 10, face->chin + 62, face->cx + 30, face->chin + 50,
                  face->cx + w * 0.8, face->chin + 34);
  cairo_stroke (cr);
}

void
demo_face_draw_hair_behind (cairo_t *cr, const DemoFace *face)
{
  switch (face->hair)
    {
    case DEMO_HAIR_LONG:
      draw_fall (cr, face, face->chin + 92, 20);
      break;
    case DEMO_HAIR_BOB:
      draw_fall (cr, face, face->chin + 8, 16);
      break;
    case DEMO_HAIR_BUN:
      cairo_arc (cr, face->cx, face->top - 26, 27, 0, 2 * G_PI);
      demo_colour_set (cr, demo_colour_darker (face->hair_colour, 0.1), 1);
      cairo_fill (cr);
      break;
    case DEMO_HAIR_AFRO:
      cairo_arc (cr, face->cx, face->top + 52, face->half + 38, 0, 2 * G_PI);
      demo_colour_set (cr, demo_colour_darker (face->hair_colour, 0.1), 1);
      cairo_fill (cr);
      draw_curls (cr, face, 1.42, 17);
      break;
    case DEMO_HAIR_SHORT:
    case DEMO_HAIR_SIDE_PART:
    case DEMO_HAIR_BUZZ:
    case DEMO_HAIR_CURLY:
    case DEMO_HAIR_BALD:
    case DEMO_HAIR_SCARF:
    case DEMO_N_HAIRS:
      break;
    }
}

void
demo_face_draw_hair_before (cairo_t *cr, const DemoFace *face)
{
  switch (face->hair)
    {
    case DEMO_HAIR_SHORT:
      cap (cr, face, 0.13, 0.17, 0, 0.44);
      fill_with_shine (cr, face, face->hair_colour);
      break;
    case DEMO_HAIR_SIDE_PART:
      cap (cr, face, 0.16, 0.13, 0.55, 0.46);
      fill_with_shine (cr, face, face->hair_colour);
      break;
    case DEMO_HAIR_BUZZ:
      cap (cr, face, 0.035, 0.15, 0, 0.40);
      demo_colour_set (cr, demo_colour_mix (face->hair_colour, face->skin, 0.25), 1);
      cairo_fill (cr);
      break;
    case DEMO_HAIR_CURLY:
      cap (cr, face, 0.12, 0.14, 0, 0.42);
      fill_with_shine (cr, face, face->hair_colour);
      draw_curls (cr, face, 1.06, 13);
      break;
    case DEMO_HAIR_AFRO:
      cap (cr, face, 0.14, 0.15, 0, 0.44);
      demo_colour_set (cr, demo_colour_darker (face->hair_colour, 0.05), 1);
      cairo_fill (cr);
      break;
    case DEMO_HAIR_LONG:
    case DEMO_HAIR_BOB:
      cap (cr, face, 0.13, 0.10, face->curls % 2 ? 0.35 : -0.35, 0.62);
      fill_with_shine (cr, face, face->hair_colour);
      break;
    case DEMO_HAIR_BUN:
      cap (cr, face, 0.10, 0.15, 0, 0.44);
      fill_with_shine (cr, face, face->hair_colour);
      break;
    case DEMO_HAIR_SCARF:
      draw_scarf (cr, face);
      break;
    case DEMO_HAIR_BALD:
    case DEMO_N_HAIRS:
      break;
    }
}

static void
body (cairo_t *cr, const DemoFace *face, double neck, double slope)
{
  double y = face->chin + 34;

  cairo_new_path (cr);
  cairo_move_to (cr, face->cx - neck, y);
  cairo_curve_to (cr, face->cx - neck - 26, y + slope, 46, y + slope + 6, 26, y + 54);
  cairo_curve_to (cr, 10, y + 80, 6, HEIGHT, 4, HEIGHT + 10);
  cairo_line_to (cr, WIDTH - 4, HEIGHT + 10);
  cairo_curve_to (cr, WIDTH - 6, HEIGHT, WIDTH - 10, y + 80, WIDTH - 26, y + 54);
  cairo_curve_to (cr, WIDTH - 46, y + slope + 6, face->cx + neck + 26, y + slope, face->cx + neck,
                  y);
}

/* The two halves of a collar. */
static void
draw_collar (cairo_t *cr, const DemoFace *face, DemoColour colour, double depth)
{
  double y = face->chin + 30;

  for (int side = -1; side <= 1; side += 2)
    {
      cairo_new_path (cr);
      cairo_move_to (cr, face->cx + side * 42, y - 2);
      cairo_line_to (cr, face->cx, y + depth);
      cairo_line_to (cr, face->cx + side * 36, y + depth + 20);
      cairo_line_to (cr, face->cx + side * 58, y + 14);
      cairo_close_path (cr);
      demo_colour_set (cr, colour, 1);
      cairo_fill_preserve (cr);
      demo_colour_set (cr, demo_colour_darker (colour, 0.3), 0.8);
      cairo_set_line_width (cr, 1.6);
      cairo_stroke (cr);
    }
}

static void
draw_opening (cairo_t *cr, const DemoFace *face, DemoColour colour, double half, double depth)
{
  double y = face->chin + 30;

  cairo_new_path (cr);
  cairo_move_to (cr, face->cx - half, y);
  cairo_line_to (cr, face->cx, y + depth);
  cairo_line_to (cr, face->cx + half, y);
  cairo_close_path (cr);
  demo_colour_set (cr, colour, 1);
  cairo_fill (cr);
}

void
demo_face_draw_clothes (cairo_t *cr, const DemoFace *face)
{
  DemoColour white = { 0.96, 0.96, 0.95 };
  DemoColour shade = demo_colour_darker (face->cloth, 0.28);

  body (cr, face, 46, 14);
  cairo_curve_to (cr, face->cx + 26, face->chin + 58, face->cx - 26, face->chin + 58, face->cx - 46,
                  face->chin + 34);
  fill_with_shine (cr, face, face->cloth);
  switch (face->clothes)
    {
    case DEMO_CLOTHES_V_NECK:
      draw_opening (cr, face, demo_colour_darker (face->skin, 0.07), 44, 74);
      break;
    case DEMO_CLOTHES_SHIRT:
      draw_opening (cr, face, demo_colour_darker (face->skin, 0.10), 40, 44);
      draw_collar (cr, face, demo_colour_lighter (face->cloth, 0.15), 40);
      break;
    case DEMO_CLOTHES_BLAZER:
      draw_opening (cr, face, white, 52, 110);
      draw_opening (cr, face, demo_colour_darker (face->skin, 0.10), 36, 34);
      draw_collar (cr, face, white, 34);
      break;
    case DEMO_CLOTHES_TRACK:
      draw_collar (cr, face, face->cloth_2, 30);
      cairo_rectangle (cr, face->cx - 2, face->chin + 62, 4, HEIGHT);
      demo_colour_set (cr, face->cloth_2, 1);
      cairo_fill (cr);
      break;
    case DEMO_CLOTHES_CREW:
    case DEMO_N_CLOTHES:
      cairo_new_path (cr);
      cairo_move_to (cr, face->cx - 46, face->chin + 35);
      cairo_curve_to (cr, face->cx - 26, face->chin + 60, face->cx + 26, face->chin + 60,
                      face->cx + 46, face->chin + 35);
      demo_colour_set (cr, shade, 1);
      cairo_set_line_width (cr, 6);
      cairo_stroke (cr);
      break;
    }
}
