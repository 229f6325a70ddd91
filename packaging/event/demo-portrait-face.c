/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-demo"

#include "demo-portrait-private.h"

#include <math.h>

static void
ellipse (cairo_t *cr, double x, double y, double half_width, double half_height)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, half_width, half_height);
  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_restore (cr);
}

static void
draw_eye (cairo_t *cr, const DemoFace *face, double x, double y, int side)
{
  DemoColour lid = demo_colour_darker (face->skin, 0.62);
  double half = 12.5;

  cairo_move_to (cr, x - half, y + 1);
  cairo_curve_to (cr, x - half * 0.5, y - 8.5, x + half * 0.5, y - 8.5, x + half, y + 1);
  cairo_curve_to (cr, x + half * 0.5, y + 6.5, x - half * 0.5, y + 6.5, x - half, y + 1);
  cairo_set_source_rgb (cr, 0.97, 0.96, 0.94);
  cairo_fill_preserve (cr);
  cairo_save (cr);
  cairo_clip (cr);
  ellipse (cr, x, y - 0.5, 6.2, 6.2);
  demo_colour_set (cr, face->iris, 1);
  cairo_fill (cr);
  ellipse (cr, x, y - 0.5, 3, 3);
  cairo_set_source_rgb (cr, 0.05, 0.04, 0.04);
  cairo_fill (cr);
  ellipse (cr, x + 2, y - 2.8, 1.5, 1.5);
  cairo_set_source_rgba (cr, 1, 1, 1, 0.95);
  cairo_fill (cr);
  cairo_restore (cr);

  /* The upper lid, with lashes on the outer side. */
  cairo_new_path (cr);
  cairo_move_to (cr, x - half, y + 1);
  cairo_curve_to (cr, x - half * 0.5, y - 8.5, x + half * 0.5, y - 8.5, x + half, y + 1);
  if (face->soft)
    {
      cairo_move_to (cr, x + side * half, y + 1);
      cairo_line_to (cr, x + side * (half + 4), y - 3);
    }
  demo_colour_set (cr, lid, 1);
  cairo_set_line_width (cr, face->soft ? 2.6 : 2.1);
  cairo_stroke (cr);
}

static void
draw_brow (cairo_t *cr, const DemoFace *face, double x, double y, int side)
{
  DemoColour colour = face->hair == DEMO_HAIR_SCARF || face->hair == DEMO_HAIR_BALD
                          ? demo_colour_darker (face->skin, 0.7)
                          : demo_colour_darker (face->hair_colour, 0.15);

  cairo_move_to (cr, x - side * 13, y + 2);
  cairo_curve_to (cr, x - side * 5, y - 4, x + side * 6, y - 5, x + side * 16, y + 1);
  demo_colour_set (cr, colour, 0.9);
  cairo_set_line_width (cr, face->soft ? 3.4 : 5);
  cairo_stroke (cr);
}

static void
draw_nose (cairo_t *cr, const DemoFace *face, double y)
{
  demo_colour_set (cr, demo_colour_darker (face->skin, 0.26), 0.9);
  cairo_set_line_width (cr, 2.4);
  cairo_move_to (cr, face->cx - 11, y - 2);
  cairo_curve_to (cr, face->cx - 12, y + 6, face->cx - 3, y + 5, face->cx, y + 6);
  cairo_curve_to (cr, face->cx + 3, y + 5, face->cx + 12, y + 6, face->cx + 11, y - 2);
  cairo_stroke (cr);
  ellipse (cr, face->cx - 2, y - 10, 4, 14);
  demo_colour_set (cr, demo_colour_lighter (face->skin, 0.4), 0.22);
  cairo_fill (cr);
}

static void
draw_mouth (cairo_t *cr, const DemoFace *face, double y)
{
  DemoColour lips
      = demo_colour_mix (face->skin, (DemoColour){ 0.70, 0.22, 0.24 }, face->soft ? 0.55 : 0.32);
  double half = face->soft ? 21 : 23;
  double up = face->smile;

  cairo_move_to (cr, face->cx - half, y - up);
  cairo_curve_to (cr, face->cx - half * 0.5, y - (face->soft ? 5 : 2), face->cx - 5, y - 6,
                  face->cx, y - 3);
  cairo_curve_to (cr, face->cx + 5, y - 6, face->cx + half * 0.5, y - (face->soft ? 5 : 2),
                  face->cx + half, y - up);
  cairo_curve_to (cr, face->cx + half * 0.5, y + 10, face->cx - half * 0.5, y + 10, face->cx - half,
                  y - up);
  demo_colour_set (cr, lips, 1);
  cairo_fill (cr);
  cairo_move_to (cr, face->cx - half, y - up);
  cairo_curve_to (cr, face->cx - half * 0.4, y + 3, face->cx + half * 0.4, y + 3, face->cx + half,
                  y - up);
  demo_colour_set (cr, demo_colour_darker (lips, 0.45), 1);
  cairo_set_line_width (cr, 2);
  cairo_stroke (cr);
}

static void
draw_beard (cairo_t *cr, const DemoFace *face, double mouth)
{
  double h = face->chin - face->top;

  cairo_save (cr);
  demo_face_outline (cr, face);
  cairo_clip (cr);
  cairo_move_to (cr, face->cx - face->half - 5, face->top + h * 0.56);
  cairo_curve_to (cr, face->cx - face->half * 0.82, mouth - 4, face->cx - 34, mouth - 20, face->cx,
                  mouth - 16);
  cairo_curve_to (cr, face->cx + 34, mouth - 20, face->cx + face->half * 0.82, mouth - 4,
                  face->cx + face->half + 5, face->top + h * 0.56);
  cairo_line_to (cr, face->cx + face->half + 5, face->chin + 5);
  cairo_line_to (cr, face->cx - face->half - 5, face->chin + 5);
  cairo_close_path (cr);
  demo_colour_set (cr, face->hair_colour, 0.86);
  cairo_fill (cr);
  cairo_restore (cr);
}

static void
draw_glasses (cairo_t *cr, const DemoFace *face, double y, double apart)
{
  for (int side = -1; side <= 1; side += 2)
    {
      double x = face->cx + side * apart;

      ellipse (cr, x, y + 2, 20.5, 17.5);
      cairo_set_source_rgba (cr, 1, 1, 1, 0.14);
      cairo_fill_preserve (cr);
      cairo_set_source_rgb (cr, 0.13, 0.13, 0.15);
      cairo_set_line_width (cr, 2.6);
      cairo_stroke (cr);
      cairo_move_to (cr, x + side * 20, y - 2);
      cairo_line_to (cr, face->cx + side * (face->half + 2), y - 6);
      cairo_stroke (cr);
    }
  cairo_move_to (cr, face->cx - apart + 20, y);
  cairo_curve_to (cr, face->cx - 4, y - 5, face->cx + 4, y - 5, face->cx + apart - 20, y);
  cairo_stroke (cr);
}

void
demo_face_draw_features (cairo_t *cr, const DemoFace *face)
{
  double h = face->chin - face->top;
  double eyes = face->top + h * 0.50;
  double apart = face->half * 0.45;
  double nose = face->top + h * 0.685;
  double mouth = face->top + h * 0.83;
  DemoColour blush = demo_colour_mix (face->skin, (DemoColour){ 0.85, 0.28, 0.25 }, 0.5);

  for (int side = -1; side <= 1; side += 2)
    {
      ellipse (cr, face->cx + side * face->half * 0.58, nose - 2, 15, 10);
      demo_colour_set (cr, blush, 0.20);
      cairo_fill (cr);
    }
  if (face->beard)
    draw_beard (cr, face, mouth);
  for (int side = -1; side <= 1; side += 2)
    {
      draw_eye (cr, face, face->cx + side * apart, eyes, side);
      draw_brow (cr, face, face->cx + side * apart, eyes - 18, side);
    }
  draw_nose (cr, face, nose);
  draw_mouth (cr, face, mouth);
  if (face->glasses)
    draw_glasses (cr, face, eyes, apart);
}
