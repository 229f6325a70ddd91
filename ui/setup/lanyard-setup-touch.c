/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-setup-touch.h"

#include <math.h>
#include <string.h>

#define N LANYARD_SETUP_TOUCHES
#define MATRIX_CHARS 16

static const LanyardSetupPlace TARGETS[N]
    = { { 0.1, 0.12 }, { 0.9, 0.12 }, { 0.9, 0.88 }, { 0.1, 0.88 }, { 0.5, 0.5 } };

/* The eight ways in which a rectangle lies on itself, as libinput has them. */
static const double TURNS[][6] = {
  { 1, 0, 0, 0, 1, 0 }, { -1, 0, 1, 0, 1, 0 }, { 1, 0, 0, 0, -1, 1 }, { -1, 0, 1, 0, -1, 1 },
  { 0, 1, 0, 1, 0, 0 }, { 0, -1, 1, 1, 0, 0 }, { 0, 1, 0, -1, 0, 1 }, { 0, -1, 1, -1, 0, 1 },
};

LanyardSetupPlace
lanyard_setup_touch_get_target (guint nth)
{
  g_return_val_if_fail (nth < N, TARGETS[0]);

  return TARGETS[nth];
}

static LanyardSetupPlace
apply (const double *m, LanyardSetupPlace from)
{
  return (LanyardSetupPlace){ m[0] * from.x + m[1] * from.y + m[2],
                              m[3] * from.x + m[4] * from.y + m[5] };
}

/* How far the worst one lands from its target once @matrix has put it right, in the unit of
 * slack. */
static double
get_error (const double *matrix, const LanyardSetupPlace *places, double aspect)
{
  double worst = 0, wide = MAX (aspect, 1), high = MAX (1 / aspect, 1);

  for (guint i = 0; i < N; i++)
    {
      LanyardSetupPlace at = apply (matrix, places[i]);

      worst = MAX (worst, hypot ((at.x - TARGETS[i].x) * wide, (at.y - TARGETS[i].y) * high));
    }
  return worst;
}

/* The line from @from to @to that fits best. Returns: FALSE: all of @from are at one place */
static gboolean
fit_line (const double *from, const double *to, double *scale, double *shift)
{
  double mean_from = 0, mean_to = 0, both = 0, square = 0;

  for (guint i = 0; i < N; i++)
    {
      mean_from += from[i] / N;
      mean_to += to[i] / N;
    }
  for (guint i = 0; i < N; i++)
    {
      both += (from[i] - mean_from) * (to[i] - mean_to);
      square += (from[i] - mean_from) * (from[i] - mean_from);
    }
  if (square < 1e-4)
    return FALSE;
  *scale = both / square;
  *shift = mean_to - *scale * mean_from;
  return TRUE;
}

/* @turn with each axis scaled and moved so that it fits best. */
static gboolean
fit (const double *turn, const LanyardSetupPlace *places, double *matrix)
{
  double from_x[N], from_y[N], to_x[N], to_y[N];
  double scale_x, shift_x, scale_y, shift_y;

  for (guint i = 0; i < N; i++)
    {
      LanyardSetupPlace at = apply (turn, places[i]);

      from_x[i] = at.x;
      from_y[i] = at.y;
      to_x[i] = TARGETS[i].x;
      to_y[i] = TARGETS[i].y;
    }
  if (!fit_line (from_x, to_x, &scale_x, &shift_x) || !fit_line (from_y, to_y, &scale_y, &shift_y)
      || scale_x <= 0 || scale_y <= 0)
    return FALSE;
  for (guint i = 0; i < 3; i++)
    {
      matrix[i] = scale_x * turn[i] + (i == 2 ? shift_x : 0);
      matrix[3 + i] = scale_y * turn[3 + i] + (i == 2 ? shift_y : 0);
    }
  return TRUE;
}

/* The turn after which least is left to be put right. Returns: its number; -1: nothing fits */
static int
find_turn (const LanyardSetupPlace *places, double aspect, double *matrix)
{
  double best = G_MAXDOUBLE;
  int found = -1;

  for (guint i = 0; i < G_N_ELEMENTS (TURNS); i++)
    {
      double fitted[6], error;

      if (!fit (TURNS[i], places, fitted))
        continue;
      error = get_error (fitted, places, aspect);
      if (error >= best)
        continue;
      best = error;
      found = (int)i;
      memcpy (matrix, fitted, sizeof fitted);
    }
  return found;
}

void
lanyard_setup_touch_judge (LanyardSetupTouch *touch,
                           const LanyardSetupPlace *places,
                           double slack,
                           double aspect)
{
  int turn;

  g_return_if_fail (touch != NULL && places != NULL && aspect > 0);

  memset (touch, 0, sizeof *touch);
  if (get_error (TURNS[0], places, aspect) <= slack)
    {
      touch->verdict = LANYARD_SETUP_TOUCH_FINE;
      return;
    }
  turn = find_turn (places, aspect, touch->matrix);
  if (turn < 0 || get_error (touch->matrix, places, aspect) > slack)
    {
      touch->verdict = LANYARD_SETUP_TOUCH_ASTRAY;
      return;
    }
  touch->verdict = turn == 0 ? LANYARD_SETUP_TOUCH_SHIFTED : LANYARD_SETUP_TOUCH_TURNED;
  /* a turn alone is told as one, without what a finger adds */
  if (turn > 0 && get_error (TURNS[turn], places, aspect) <= slack)
    memcpy (touch->matrix, TURNS[turn], sizeof touch->matrix);
}

char *
lanyard_setup_touch_dup_matrix (const LanyardSetupTouch *touch)
{
  GString *text = g_string_new (NULL);
  char number[MATRIX_CHARS];

  for (guint i = 0; i < G_N_ELEMENTS (touch->matrix); i++)
    {
      double value = round (touch->matrix[i] * 1000) / 1000;

      /* no "-0" */
      g_ascii_formatd (number, sizeof number, "%.4g", value == 0 ? 0 : value);
      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", number);
    }
  return g_string_free (text, FALSE);
}
