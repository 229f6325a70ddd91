/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "mrz-pictures.h"
#include "mrz-page.h"

#include <math.h>
#include <string.h>

/* Where the rays through pixels meet the page. */
typedef struct
{
  double right[3]; /* of the page's plane, in mm */
  double down[3];
  double away;     /* mm from the lens to the middle of the page */
  double focal_px; /* pixels a unit at distance 1 */
  double aim;      /* mm below the middle of the page that the camera points at */
} View;

static void
view_init (View *view, const MrzShot *shot)
{
  double turn = shot->turn * G_PI / 180;
  double across = shot->tilt_across * G_PI / 180, along = shot->tilt_along * G_PI / 180;
  double x[3] = { cos (across), 0, sin (across) };
  double y[3] = { sin (across) * sin (along), cos (along), -cos (across) * sin (along) };

  view->focal_px = shot->width;
  view->aim = shot->aim;
  view->away = view->focal_px * MRZ_PITCH_MM / shot->pitch_px;
  for (guint i = 0; i < 2; i++)
    {
      const double *from = i == 0 ? x : y;
      double *to = i == 0 ? view->right : view->down;

      to[0] = from[0] * cos (turn) - from[1] * sin (turn);
      to[1] = from[0] * sin (turn) + from[1] * cos (turn);
      to[2] = from[2];
    }
}

/* The point of the page, mm from its middle, that is seen at a pixel: u right + v down + away =
 * ray · t, solved for u and v. */
static void
view_to_page (const View *view, double px, double py, double *u, double *v)
{
  double rx = px / view->focal_px, ry = py / view->focal_px;
  double a = view->right[0] - rx * view->right[2], b = view->down[0] - rx * view->down[2];
  double c = view->right[1] - ry * view->right[2], d = view->down[1] - ry * view->down[2];
  double e = rx * view->away, f = ry * view->away;
  double determinant = a * d - b * c;

  *u = (e * d - b * f) / determinant;
  *v = (a * f - e * c) / determinant + view->aim;
}

/* Where a point of the page is seen, px from the middle of the picture. */
static void
view_of_page (const View *view, double u, double v, double *px, double *py)
{
  double z = u * view->right[2] + (v - view->aim) * view->down[2] + view->away;

  *px = (u * view->right[0] + (v - view->aim) * view->down[0]) / z * view->focal_px;
  *py = (u * view->right[1] + (v - view->aim) * view->down[1]) / z * view->focal_px;
}

/* Broad and narrow waves in random directions: wood, cloth, a keyboard's shadow. */
#define N_WAVES 6
#define N_SINES 4096

typedef struct
{
  float base;
  float heights[N_WAVES];
  guint32 phases[N_WAVES]; /* turns, as parts of 2³² */
  gint32 across[N_WAVES];  /* the same a pixel */
  gint32 down[N_WAVES];
  float sines[N_SINES];
} Table;

static void
table_init (Table *table, GRand *random)
{
  table->base = (float)g_rand_double_range (random, 30, 220);
  for (guint i = 0; i < N_SINES; i++)
    table->sines[i] = (float)sin (2 * G_PI * i / N_SINES);
  for (guint i = 0; i < N_WAVES; i++)
    {
      double angle = g_rand_double_range (random, 0, 2 * G_PI);
      double turns = exp (g_rand_double_range (random, -5.5, -1.5)) / (2 * G_PI) * 4294967296.0;

      table->across[i] = (gint32)(turns * cos (angle));
      table->down[i] = (gint32)(turns * sin (angle));
      table->phases[i] = g_rand_int (random);
      table->heights[i] = (float)g_rand_double_range (random, 1, 9);
    }
}

static float
table_at (const Table *table, guint x, guint y)
{
  float value = table->base;

  for (guint i = 0; i < N_WAVES; i++)
    {
      guint32 phase
          = table->phases[i] + x * (guint32)table->across[i] + y * (guint32)table->down[i];

      value += table->heights[i] * table->sines[phase >> 20];
    }
  return value;
}

static void
see (const MrzShot *shot, const MrzPage *page, const Table *table, float *out)
{
  View view;

  view_init (&view, shot);
  for (guint y = 0; y < shot->height; y++)
    for (guint x = 0; x < shot->width; x++)
      {
        double px = x + 0.5 - shot->width / 2.0, py = y + 0.5 - shot->height / 2.0;
        double u, v, from_middle;

        view_to_page (&view, px, py, &u, &v);
        from_middle = 2 * u / page->width_mm;
        /* What is nearer is seen larger, and its lines bow outwards. */
        if (shot->bend != 0 && fabs (from_middle) < 1.2)
          {
            double nearer = 1 - shot->bend / view.away * (1 - from_middle * from_middle);

            u *= nearer;
            v = v * nearer - shot->bend * 0.3 * (1 - from_middle * from_middle);
          }
        if (!mrz_page_sample (page, u, v, out))
          *out = table_at (table, x, y);
        *out *= (float)(1 - shot->shade * (0.5 + px / shot->width * 0.8 + py / shot->width * 0.5));
        out++;
      }
}

/* One way along rows or columns: @step to the next sample, @skip to the next line. */
static void
blur_lines (float *plane, guint n, guint n_lines, gsize step, gsize skip, double sigma)
{
  int radius = (int)ceil (3 * sigma);
  g_autofree float *kernel = g_new (float, 2 * radius + 1);
  g_autofree float *line = g_new (float, n + 2 * (gsize)radius);
  float sum = 0;

  for (int i = -radius; i <= radius; i++)
    sum += kernel[i + radius] = (float)exp (-0.5 * i * i / (sigma * sigma));
  for (guint row = 0; row < n_lines; row++)
    {
      float *at = plane + row * skip;

      for (int i = 0; i < (int)n + 2 * radius; i++)
        line[i] = at[(gsize)CLAMP (i - radius, 0, (int)n - 1) * step];
      for (guint i = 0; i < n; i++)
        {
          float value = 0;

          for (int k = 0; k <= 2 * radius; k++)
            value += kernel[k] * line[i + k];
          at[i * step] = value / sum;
        }
    }
}

static void
smear (const MrzShot *shot, float *plane)
{
  gsize n = (gsize)shot->width * shot->height;
  g_autofree float *from = g_memdup2 (plane, n * sizeof (float));
  double dx = cos (shot->turn * G_PI / 180), dy = sin (shot->turn * G_PI / 180);
  int n_samples = 2 * (int)ceil (shot->smear_px) + 1;

  memset (plane, 0, n * sizeof (float));
  for (int i = 0; i < n_samples; i++)
    {
      double along = ((double)i / (n_samples - 1) - 0.5) * shot->smear_px;
      int ox = (int)lround (dx * along), oy = (int)lround (dy * along);

      for (int y = 0; y < (int)shot->height; y++)
        for (int x = 0; x < (int)shot->width; x++)
          plane[y * (int)shot->width + x]
              += from[CLAMP (y + oy, 0, (int)shot->height - 1) * (int)shot->width
                      + CLAMP (x + ox, 0, (int)shot->width - 1)]
                 / (float)n_samples;
    }
}

/* A lamp in the foil: it fades over the width of a character, and is more than the sensor takes. */
static void
dazzle (const MrzShot *shot, float *plane)
{
  for (guint x = 0; x < shot->width; x++)
    {
      double far = fabs (x - shot->width / 2.0 - shot->glare_at) - shot->glare_px / 2;
      float light = (float)CLAMP (1 - far / shot->pitch_px, 0, 1);

      for (guint y = 0; y < shot->height; y++)
        plane[(gsize)y * shot->width + x] += light * (270 - plane[(gsize)y * shot->width + x]);
    }
}

/* Nearly Gaussian: four uniform numbers from a generator that is cheap. */
static double
noise_next (guint32 *state)
{
  guint sum = 0;

  for (guint i = 0; i < 4; i++)
    {
      *state = *state * 1664525u + 1013904223u;
      sum += *state >> 8;
    }
  return (sum / 16777216.0 - 2) * 1.7320508;
}

void
mrz_shot_init (MrzShot *shot, LanyardMrzFormat format, const char *text)
{
  *shot = (MrzShot){ .format = format,
                     .text = text,
                     .look = { OCRB_ROUND, 0, 1 },
                     .seed = 1,
                     .width = 1280,
                     .height = 720,
                     .pitch_px = 20,
                     .blur_px = 0.7,
                     .noise = 2,
                     .ink = 0.9 };
}

gboolean
mrz_shot_sees_zone (const MrzShot *shot)
{
  double left, top, right, bottom, margin = 2 * shot->pitch_px;
  View view;

  view_init (&view, shot);
  mrz_page_get_zone (shot->format, &left, &top, &right, &bottom);
  for (guint i = 0; i < 4; i++)
    {
      double px, py;

      view_of_page (&view, i % 2 == 0 ? left : right, i < 2 ? top : bottom, &px, &py);
      if (fabs (px) > shot->width / 2.0 - margin || fabs (py) > shot->height / 2.0 - margin)
        return FALSE;
    }
  return TRUE;
}

Picture *
mrz_shot_take (const MrzShot *shot)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (shot->seed);
  Picture *picture = picture_new (shot->width, shot->height);
  gsize n = (gsize)shot->width * shot->height;
  g_autofree float *plane = g_new (float, n);
  guint32 state = shot->seed * 2654435761u + 1;
  MrzPage page;
  Table table;

  mrz_page_draw (&page, shot->format, shot->text, &shot->look, shot->ink, shot->pitch_px, random);
  table_init (&table, random);
  see (shot, &page, &table, plane);
  mrz_page_clear (&page);
  if (shot->smear_px > 1)
    smear (shot, plane);
  if (shot->blur_px > 0.2)
    {
      blur_lines (plane, shot->width, shot->height, 1, shot->width, shot->blur_px);
      blur_lines (plane, shot->height, shot->width, shot->width, 1, shot->blur_px);
    }
  if (shot->glare_px > 0)
    dazzle (shot, plane);
  for (gsize i = 0; i < n; i++)
    {
      int value = (int)(plane[i] + shot->noise * noise_next (&state) + 0.5);

      picture->pixels[i] = (guint8)CLAMP (value, 0, 255);
    }
  return picture;
}
