/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What five touches say of a screen. If this fails, a screen that feels elsewhere is called fine,
 * or the line that is to put it right makes it worse. */

#define G_LOG_DOMAIN "test-ui"

#include <math.h>
#include <string.h>

#include "lanyard-setup-touch.h"

#define SLACK 0.075
#define ASPECT 1.6
#define N LANYARD_SETUP_TOUCHES

/* Where it is felt when @matrix is what puts that right: its inverse. */
static LanyardSetupPlace
turn_back (const double *m, LanyardSetupPlace to)
{
  double determinant = m[0] * m[4] - m[1] * m[3];
  double x = to.x - m[2], y = to.y - m[5];

  return (LanyardSetupPlace){ (m[4] * x - m[1] * y) / determinant,
                              (m[0] * y - m[3] * x) / determinant };
}

/* A finger is never exact: up to 2 % beside. */
static void
touch_all (LanyardSetupPlace *places, const double *matrix)
{
  static const LanyardSetupPlace fingers[N]
      = { { 0.01, -0.015 }, { -0.012, 0.01 }, { 0, 0.018 }, { 0.015, -0.01 }, { -0.01, 0.005 } };

  for (guint i = 0; i < N; i++)
    {
      LanyardSetupPlace target = lanyard_setup_touch_get_target (i);

      target.x += fingers[i].x;
      target.y += fingers[i].y;
      places[i] = turn_back (matrix, target);
    }
}

static const struct
{
  double matrix[6];
  LanyardSetupTouchVerdict verdict;
  const char *line; /* (nullable): exactly */
} SCREENS[] = {
  { { 1, 0, 0, 0, 1, 0 }, LANYARD_SETUP_TOUCH_FINE, NULL },
  { { -1, 0, 1, 0, 1, 0 }, LANYARD_SETUP_TOUCH_TURNED, "-1 0 1 0 1 0" },
  { { 1, 0, 0, 0, -1, 1 }, LANYARD_SETUP_TOUCH_TURNED, "1 0 0 0 -1 1" },
  { { -1, 0, 1, 0, -1, 1 }, LANYARD_SETUP_TOUCH_TURNED, "-1 0 1 0 -1 1" },
  { { 0, 1, 0, -1, 0, 1 }, LANYARD_SETUP_TOUCH_TURNED, "0 1 0 -1 0 1" },
  { { 0, -1, 1, 1, 0, 0 }, LANYARD_SETUP_TOUCH_TURNED, "0 -1 1 1 0 0" },
  { { 0, 1, 0, 1, 0, 0 }, LANYARD_SETUP_TOUCH_TURNED, "0 1 0 1 0 0" },
  { { 0, -1, 1, -1, 0, 1 }, LANYARD_SETUP_TOUCH_TURNED, "0 -1 1 -1 0 1" },
  /* felt on the left half, as when two screens share it; beside; turned and beside */
  { { 2, 0, 0, 0, 1, 0 }, LANYARD_SETUP_TOUCH_SHIFTED, NULL },
  { { 1, 0, 0.15, 0, 1, -0.1 }, LANYARD_SETUP_TOUCH_SHIFTED, NULL },
  { { -1, 0, 1.2, 0, -1.1, 1 }, LANYARD_SETUP_TOUCH_TURNED, NULL },
};

/* The verdict, and with the line put to work every touch is where it belongs. */
static void
test_screens (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (SCREENS); i++)
    {
      LanyardSetupPlace places[N], right[N];
      LanyardSetupTouch touch, again;
      g_autofree char *line = NULL;

      touch_all (places, SCREENS[i].matrix);
      lanyard_setup_touch_judge (&touch, places, SLACK, ASPECT);
      g_assert_cmpint (touch.verdict, ==, SCREENS[i].verdict);
      if (touch.verdict == LANYARD_SETUP_TOUCH_FINE)
        continue;
      line = lanyard_setup_touch_dup_matrix (&touch);
      if (SCREENS[i].line != NULL)
        g_assert_cmpstr (line, ==, SCREENS[i].line);
      for (guint k = 0; k < N; k++)
        right[k] = (LanyardSetupPlace){
          touch.matrix[0] * places[k].x + touch.matrix[1] * places[k].y + touch.matrix[2],
          touch.matrix[3] * places[k].x + touch.matrix[4] * places[k].y + touch.matrix[5]
        };
      lanyard_setup_touch_judge (&again, right, SLACK, ASPECT);
      g_assert_cmpint (again.verdict, ==, LANYARD_SETUP_TOUCH_FINE);
    }
}

/* All at one place, one corner wrong, nonsense: no line comes of it. */
static void
test_astray (void)
{
  const double straight[6] = { 1, 0, 0, 0, 1, 0 };
  LanyardSetupPlace places[N] = { 0 };
  LanyardSetupTouch touch;

  lanyard_setup_touch_judge (&touch, places, SLACK, ASPECT);
  g_assert_cmpint (touch.verdict, ==, LANYARD_SETUP_TOUCH_ASTRAY);
  touch_all (places, straight);
  places[2] = (LanyardSetupPlace){ 0.5, 0.2 };
  lanyard_setup_touch_judge (&touch, places, SLACK, ASPECT);
  g_assert_cmpint (touch.verdict, ==, LANYARD_SETUP_TOUCH_ASTRAY);
  /* a line of touches: no height to tell anything by */
  touch_all (places, straight);
  for (guint i = 0; i < N; i++)
    places[i].y = 0.5;
  lanyard_setup_touch_judge (&touch, places, SLACK, ASPECT);
  g_assert_cmpint (touch.verdict, ==, LANYARD_SETUP_TOUCH_ASTRAY);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/setup-touch/screens", test_screens);
  g_test_add_func ("/ui/setup-touch/astray", test_astray);
  return g_test_run ();
}
