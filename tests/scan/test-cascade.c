/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-cascade.h"

#include <math.h>

#include "scene-pictures.h"

#define ALL LANYARD_SYMBOLOGIES_ALL

/* What was found, in words: symbology, text and where. */
static void
on_found (const LanyardFound *found, gpointer user_data)
{
  GString *words = user_data;

  g_string_append_printf (words, "%s '%.*s' (%.1f %.1f)\n",
                          lanyard_symbology_to_string (found->symbology), (int)found->n_bytes,
                          (const char *)found->data, found->corners[0].x, found->corners[0].y);
}

static char *
read_in_slices (LanyardCascade *cascade, const LanyardFrame *frame, guint64 slice, guint *n_slices)
{
  GString *words = g_string_new (NULL);
  gboolean ended;

  *n_slices = 0;
  lanyard_cascade_begin (cascade, frame);
  do
    {
      LanyardWork work = { 0, slice };

      ended = lanyard_cascade_step (cascade, &work, on_found, words);
      (*n_slices)++;
      g_assert_cmpuint (*n_slices, <, 10000);
    }
  while (!ended);
  return g_string_free (words, FALSE);
}

static LanyardFrame *
frame_with_two_codes (void)
{
  g_autoptr (Picture) picture = picture_new (800, 600);

  picture_draw_qr (picture, 90, 110, 5, "LY1:TWO", 7);
  picture_draw_code128 (picture, 400, 450, 2, "26A0000017");
  scene_add_noise (picture, 4, 1);
  return picture_to_frame (picture, 3);
}

static void
test_slices_give_the_same (void)
{
  g_autoptr (LanyardCascade) cascade = lanyard_cascade_new (ALL);
  g_autoptr (LanyardFrame) frame = frame_with_two_codes ();
  guint n_whole, n_slices;
  g_autofree char *whole = read_in_slices (cascade, frame, G_MAXUINT64 - 1, &n_whole);
  g_autofree char *sliced = read_in_slices (cascade, frame, 50, &n_slices);

  g_assert_cmpuint (n_whole, ==, 1);
  g_assert_cmpuint (n_slices, >, 5);
  g_assert_nonnull (strstr (whole, "LY1:TWO"));
  g_assert_nonnull (strstr (whole, "26A0000017"));
  g_assert_cmpstr (sliced, ==, whole);
}

static void
test_slices_of_nothing_give_nothing (void)
{
  g_autoptr (LanyardCascade) cascade = lanyard_cascade_new (ALL);
  g_autoptr (Picture) picture = scene_new (SCENE_SHELVES, 5, 640, 480);
  g_autoptr (LanyardFrame) frame = picture_to_frame (picture, 0);
  guint n_slices;
  g_autofree char *sliced = read_in_slices (cascade, frame, 300, &n_slices);

  g_assert_cmpstr (sliced, ==, "");
  g_assert_cmpuint (n_slices, >, 5);
}

static void
test_only_what_is_wanted (void)
{
  g_autoptr (LanyardCascade) cascade
      = lanyard_cascade_new (LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_CODE128));
  g_autoptr (LanyardFrame) frame = frame_with_two_codes ();
  guint n_slices;
  g_autofree char *words = read_in_slices (cascade, frame, LANYARD_WORK_UNLIMITED, &n_slices);

  g_assert_null (strstr (words, "LY1:TWO"));
  g_assert_nonnull (strstr (words, "26A0000017"));
}

static void
on_found_stop (const LanyardFound *found, gpointer user_data)
{
  lanyard_cascade_stop (user_data);
}

static void
test_stop_ends_it (void)
{
  g_autoptr (LanyardCascade) cascade = lanyard_cascade_new (ALL);
  g_autoptr (LanyardFrame) frame = frame_with_two_codes ();
  LanyardWork work = { 0, LANYARD_WORK_UNLIMITED };
  const LanyardCascadeTrace *trace;
  guint n_steps, n_found = 0;

  lanyard_cascade_begin (cascade, frame);
  g_assert_false (lanyard_cascade_is_deep (cascade));
  g_assert_true (lanyard_cascade_step (cascade, &work, on_found_stop, cascade));
  trace = lanyard_cascade_get_trace (cascade, &n_steps);
  g_assert_cmpstr (trace[0].name, ==, lanyard_cascade_get_step (cascade));
  for (guint i = 0; i < n_steps; i++)
    n_found += trace[i].n_found;
  g_assert_cmpuint (n_found, ==, 1);
  g_assert_true (trace[0].begun);
  g_assert_false (trace[1].begun);
  /* Nothing more to do until the next picture. */
  work = (LanyardWork){ 0, LANYARD_WORK_UNLIMITED };
  g_assert_true (lanyard_cascade_step (cascade, &work, on_found_stop, cascade));
  g_assert_cmpuint (work.spent, ==, 0);
}

static void
on_found_corners (const LanyardFound *found, gpointer user_data)
{
  memcpy (user_data, found->corners, sizeof found->corners);
}

/* Whatever size a step looked at: corners are in px of the frame. */
static void
test_corners_are_in_the_frame (gconstpointer data)
{
  guint module_px = GPOINTER_TO_UINT (data);
  g_autoptr (LanyardCascade) cascade = lanyard_cascade_new (ALL);
  g_autoptr (Picture) picture = picture_new (1200, 900);
  guint side = picture_draw_qr (picture, 300, 200, module_px, "where am I", 10);
  g_autoptr (LanyardFrame) frame = picture_to_frame (picture, 0);
  const LanyardPoint expected[4]
      = { { 300, 200 }, { 300 + side, 200 }, { 300 + side, 200 + side }, { 300, 200 + side } };
  LanyardPoint corners[4] = { { 0 } };
  LanyardWork work = { 0, LANYARD_WORK_UNLIMITED };

  lanyard_cascade_begin (cascade, frame);
  lanyard_cascade_step (cascade, &work, on_found_corners, corners);
  for (guint i = 0; i < 4; i++)
    {
      g_assert_cmpfloat (fabs (corners[i].x - expected[i].x), <=, 0.6 * module_px + 1);
      g_assert_cmpfloat (fabs (corners[i].y - expected[i].y), <=, 0.6 * module_px + 1);
    }
}

static void
ignore (const LanyardFound *found, gpointer user_data)
{
}

static gboolean
is_given_whole (guint width, guint height)
{
  g_autoptr (LanyardCascade) cascade
      = lanyard_cascade_new (LANYARD_SYMBOLOGY_BIT (LANYARD_SYMBOLOGY_QR));
  g_autoptr (Picture) picture = picture_new (width, height);
  g_autoptr (LanyardFrame) frame = picture_to_frame (picture, 0);
  LanyardWork work = { 0, LANYARD_WORK_UNLIMITED };
  const LanyardCascadeTrace *trace;
  guint n_steps;

  lanyard_cascade_begin (cascade, frame);
  lanyard_cascade_step (cascade, &work, ignore, NULL);
  trace = lanyard_cascade_get_trace (cascade, &n_steps);
  g_assert_cmpstr (trace[n_steps - 1].name, ==, "zbar");
  return trace[n_steps - 1].begun;
}

/* Nobody waits for minutes for what was made to take them. */
static void
test_only_small_ones_whole (void)
{
  g_assert_true (is_given_whole (640, 480));
  g_assert_false (is_given_whole (16384, 1000));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/cascade/slices", test_slices_give_the_same);
  g_test_add_func ("/scan/cascade/slices-of-nothing", test_slices_of_nothing_give_nothing);
  g_test_add_func ("/scan/cascade/symbologies", test_only_what_is_wanted);
  g_test_add_func ("/scan/cascade/stop", test_stop_ends_it);
  g_test_add_data_func ("/scan/cascade/corners/1", GUINT_TO_POINTER (1),
                        test_corners_are_in_the_frame);
  g_test_add_data_func ("/scan/cascade/corners/2", GUINT_TO_POINTER (2),
                        test_corners_are_in_the_frame);
  g_test_add_data_func ("/scan/cascade/corners/9", GUINT_TO_POINTER (9),
                        test_corners_are_in_the_frame);
  g_test_add_data_func ("/scan/cascade/corners/20", GUINT_TO_POINTER (20),
                        test_corners_are_in_the_frame);
  g_test_add_func ("/scan/cascade/whole", test_only_small_ones_whole);
  return g_test_run ();
}
