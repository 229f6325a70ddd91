/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-live.h"

#include <string.h>

#include "lanyard-reader.h"
#include "scene-pictures.h"

#define WIDTH 480
#define HEIGHT 270
#define FRAME_US (G_USEC_PER_SEC / 30)
#define NOISE 3.0
#define SECOND 30
#define ANY_STEPS G_MAXINT64

/* A camera before a shelf, and somebody who holds codes up. */
typedef struct
{
  LanyardLive *live; /* owned */
  Picture *scene;    /* owned: without noise */
  guint n_frames;
  GPtrArray *texts; /* (element-type utf8): owned: what was read, in order */
  guint64 work;     /* steps spent since it was set to 0 */
  guint64 n_steps;  /* in one call */
  gboolean hurried; /* one call a frame and no more */
} Stage;

static void
set_up (Stage *stage, gconstpointer data)
{
  stage->live = lanyard_live_new (LANYARD_SYMBOLOGIES_ALL);
  stage->scene = scene_new (SCENE_SHELVES, 3, WIDTH, HEIGHT);
  stage->texts = g_ptr_array_new_with_free_func (g_free);
  stage->n_steps = ANY_STEPS;
}

static void
tear_down (Stage *stage, gconstpointer data)
{
  lanyard_live_free (stage->live);
  picture_free (stage->scene);
  g_ptr_array_unref (stage->texts);
}

static void
on_scan (const LanyardScan *scan, gpointer user_data)
{
  Stage *stage = user_data;

  g_assert_cmpint (scan->source, ==, LANYARD_SCAN_SOURCE_CAMERA);
  g_assert_nonnull (scan->step);
  g_ptr_array_add (stage->texts, lanyard_scan_dup_text (scan));
}

static const LanyardLiveState *
show_frame (Stage *stage, const Picture *picture)
{
  g_autoptr (LanyardFrame) frame = picture_to_frame (picture, 13);

  frame->at_us = ++stage->n_frames * FRAME_US;
  lanyard_live_show (stage->live, frame);
  while (!lanyard_live_step (stage->live, stage->n_steps, on_scan, stage) && !stage->hurried)
    ;
  stage->work += lanyard_live_get_state (stage->live)->work;
  return lanyard_live_get_state (stage->live);
}

/* @text: (nullable): the code that is held up at @x, @y */
static const LanyardLiveState *
show (Stage *stage, const char *text, guint x, guint y)
{
  g_autoptr (Picture) picture = picture_new (WIDTH, HEIGHT);

  memcpy (picture->pixels, stage->scene->pixels, (gsize)WIDTH * HEIGHT);
  if (text != NULL)
    {
      picture_fill (picture, x, y, 124, 124, 230);
      picture_draw_qr (picture, x + 12, y + 12, 4, text, strlen (text));
    }
  scene_add_noise (picture, NOISE, stage->n_frames);
  return show_frame (stage, picture);
}

static void
show_for (Stage *stage, const char *text, guint n_frames)
{
  for (guint i = 0; i < n_frames; i++)
    show (stage, text, 200, 100);
}

static void
assert_texts (Stage *stage, const char *texts)
{
  g_autofree char *joined = NULL;

  g_ptr_array_add (stage->texts, NULL);
  joined = g_strjoinv (" ", (char **)stage->texts->pdata);
  g_ptr_array_remove_index (stage->texts, stage->texts->len - 1);
  g_assert_cmpstr (joined, ==, texts);
}

static void
test_once_until_gone (Stage *stage, gconstpointer data)
{
  show (stage, "first", 200, 100);
  assert_texts (stage, "first");
  show_for (stage, "first", 3 * SECOND);
  /* long since everything has been tried */
  g_assert_false (show (stage, "first", 200, 100)->open);
  show_for (stage, "first", 3 * SECOND);
  assert_texts (stage, "first");
  show_for (stage, NULL, SECOND / 2);
  show_for (stage, "first", SECOND / 2);
  assert_texts (stage, "first");
  show_for (stage, NULL, SECOND + 2);
  show (stage, "first", 200, 100);
  assert_texts (stage, "first first");
}

static void
test_shuts (Stage *stage, gconstpointer data)
{
  guint n = 0;

  while (show (stage, NULL, 0, 0)->open)
    g_assert_cmpuint (++n, <, 3 * SECOND);
  stage->work = 0;
  show_for (stage, NULL, SECOND);
  g_assert_cmpuint (stage->work, ==, 0);
  show (stage, "suddenly", 200, 100);
  assert_texts (stage, "suddenly");
}

/* Somebody walks up and down before the camera. */
static const LanyardLiveState *
show_walker (Stage *stage)
{
  g_autoptr (Picture) picture = picture_new (WIDTH, HEIGHT);
  guint way = stage->n_frames % 60, at = 6 * MIN (way, 60 - way);

  memcpy (picture->pixels, stage->scene->pixels, (gsize)WIDTH * HEIGHT);
  picture_fill (picture, 20 + at, 40, 70, 200, 170);
  scene_add_noise (picture, NOISE, stage->n_frames);
  return show_frame (stage, picture);
}

/* Half of the frames would do for what goes on for long without a code, and for a code that stays;
 * what comes then is read at once. */
static void
test_calm (Stage *stage, gconstpointer data)
{
  guint n = 0;

  g_assert_false (show_walker (stage)->calm);
  while (!show_walker (stage)->calm)
    g_assert_cmpuint (++n, <, 20 * SECOND);
  g_assert_cmpuint (n, >, SECOND);
  g_assert_true (lanyard_live_get_state (stage->live)->open);
  show (stage, "at last", 200, 100);
  assert_texts (stage, "at last");
  n = 0;
  while (!show (stage, "at last", 200, 100)->calm)
    g_assert_cmpuint (++n, <, SECOND / 3);
  show_for (stage, "another", SECOND / 3);
  assert_texts (stage, "at last another");
}

/* A code that is carried through the picture is one code, and following it is cheap. */
static void
test_followed (Stage *stage, gconstpointer data)
{
  guint64 searching;

  for (guint i = 0; i < 6; i++)
    show (stage, NULL, 0, 0);
  searching = stage->work / 6;
  stage->work = 0;
  for (guint i = 0; i < 80; i++)
    g_assert_cmpuint (show (stage, "carried", 20 + 4 * i, 20 + i)->n_followed, <=, 1);
  assert_texts (stage, "carried");
  g_assert_cmpuint (stage->work / 80, <, searching / 2);
}

/* In the same place, from one frame to the next. */
static void
test_replaced (Stage *stage, gconstpointer data)
{
  show_for (stage, "K0471-000123W", SECOND);
  show_for (stage, "K0471-000124U", SECOND / 3);
  assert_texts (stage, "K0471-000123W K0471-000124U");
}

/* As above with linear codes, which are the same but for two characters. */
static void
test_replaced_linear (Stage *stage, gconstpointer data)
{
  static const char *const texts[] = { "K0471-000123W", "K0471-000124U" };

  for (guint i = 0; i < SECOND; i++)
    {
      g_autoptr (Picture) picture = picture_new (WIDTH, HEIGHT);

      picture_draw_code128 (picture, 40, 120, 2, texts[i > SECOND / 2]);
      scene_add_noise (picture, NOISE, i);
      show_frame (stage, picture);
    }
  assert_texts (stage, "K0471-000123W K0471-000124U");
}

static void
test_two_at_once (Stage *stage, gconstpointer data)
{
  for (guint i = 0; i < SECOND; i++)
    {
      g_autoptr (Picture) picture = picture_new (WIDTH, HEIGHT);

      picture_draw_qr (picture, 60, 60, 4, "left", 4);
      if (i > 10)
        picture_draw_qr (picture, 300, 150, 3, "right", 5);
      show_frame (stage, picture);
    }
  assert_texts (stage, "left right");
}

/* Pictures of every degree of difficulty, deep steps and all. */
static Picture *
make_puzzle (guint index)
{
  g_autofree char *text = g_strdup_printf ("puzzle %u", index);
  g_autoptr (Picture) flat = scene_new (index % N_SCENES, index, WIDTH, HEIGHT);
  Picture *turned;

  picture_fill (flat, 150, 50, 170, 170, index % 4 == 3 ? 20 : 200);
  picture_draw_qr (flat, 162, 62, 2 + index % 4, text, strlen (text));
  turned = picture_turn (flat, 7.0 * index);
  scene_add_noise (turned, 7.0 * (index % 8), index);
  return turned;
}

static int
compare_texts (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

/* Shows one picture until all has been tried. Returns: (transfer full): what was read */
static char *
read_live (const Picture *picture, guint64 n_steps)
{
  Stage stage = { 0 };
  char *joined;
  guint n = 0;

  set_up (&stage, NULL);
  stage.n_steps = n_steps;
  while (show_frame (&stage, picture)->open)
    g_assert_cmpuint (++n, <, 20 * SECOND);
  g_ptr_array_sort (stage.texts, compare_texts);
  g_ptr_array_add (stage.texts, NULL);
  joined = g_strjoinv (" ", (char **)stage.texts->pdata);
  tear_down (&stage, NULL);
  return joined;
}

static char *
read_whole (const Picture *picture)
{
  g_autoptr (LanyardReader) reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  g_autoptr (LanyardFrame) frame = picture_to_frame (picture, 0);
  g_autoptr (GPtrArray) scans = NULL;
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  /* without what only a search without any limit does */
  lanyard_reader_set_limit (reader, ANY_STEPS);
  scans = lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE);
  for (guint i = 0; i < scans->len; i++)
    g_ptr_array_add (texts, lanyard_scan_dup_text (g_ptr_array_index (scans, i)));
  g_ptr_array_sort (texts, compare_texts);
  g_ptr_array_add (texts, NULL);
  return g_strjoinv (" ", (char **)texts->pdata);
}

/* However a search is cut, it reads the same. */
static void
test_slices (void)
{
  guint n_read = 0, n_unread = 0;

  for (guint index = 0; index < 4; index++)
    {
      g_autoptr (Picture) picture = make_puzzle (index);
      g_autofree char *whole = read_whole (picture);
      g_autofree char *live = read_live (picture, ANY_STEPS);
      g_autofree char *sliced = read_live (picture, 150);

      g_assert_cmpstr (live, ==, whole);
      g_assert_cmpstr (sliced, ==, whole);
      n_read += *whole != '\0';
      n_unread += *whole == '\0';
    }
  /* else the test would say nothing */
  g_assert_cmpuint (n_read, >=, 2);
  g_assert_cmpuint (n_unread, >=, 1);
}

/* A machine on which a frame's time ends long before its work. */
static void
test_hurried (Stage *stage, gconstpointer data)
{
  stage->hurried = TRUE;
  stage->n_steps = 200;
  for (guint n = 0; stage->texts->len == 0; n++)
    {
      g_assert_cmpuint (n, <, 2 * SECOND);
      show (stage, "slow machine", 200, 100);
    }
  assert_texts (stage, "slow machine");
}

/* Somebody holds up a large code and a small one. */
static void
show_both (Stage *stage)
{
  g_autoptr (Picture) picture = picture_new (WIDTH, HEIGHT);

  memcpy (picture->pixels, stage->scene->pixels, (gsize)WIDTH * HEIGHT);
  picture_fill (picture, 100, 60, 300, 160, 230);
  picture_draw_qr (picture, 112, 72, 4, "large", 5);
  picture_draw_qr (picture, 300, 100, 2, "small", 5);
  scene_add_noise (picture, NOISE, stage->n_frames);
  show_frame (stage, picture);
}

/* On a machine that had no time to end its search while the codes were there, what it had not found
 * by then is nothing to tell whoever comes next: neither while somebody moves all the time, nor
 * after nobody was there. */
static void
test_not_of_the_last_visitor (Stage *stage, gconstpointer data)
{
  gboolean leaves = GPOINTER_TO_INT (data);

  while (show (stage, NULL, 0, 0)->open)
    ;
  stage->hurried = TRUE;
  stage->n_steps = 300;
  for (guint i = 0; i < 5; i++)
    show_both (stage);
  assert_texts (stage, "large");
  for (guint i = 0; i < 3 * SECOND; i++)
    if (leaves)
      show (stage, NULL, 0, 0);
    else
      show_walker (stage);
  stage->hurried = FALSE;
  stage->n_steps = ANY_STEPS;
  for (guint i = 0; i < SECOND; i++)
    show_walker (stage);
  assert_texts (stage, "large");
}

/* No work for a frame is far from its share for long, whatever the frame shows. */
static void
test_budget (Stage *stage, gconstpointer data)
{
  g_autoptr (Picture) picture = scene_new (SCENE_TEXT, 7, WIDTH, HEIGHT);
  guint n = 0;

  while (show_frame (stage, picture)->open)
    n++;
  g_assert_cmpuint (n, >=, SECOND);
  g_assert_cmpuint (stage->work / n, <, LANYARD_LIVE_FRAME_STEPS * 5 / 4);
}

/* Shows a code that cannot be read, as it would be held. Returns: what is said in the end */
static LanyardHint
hold_unreadable (Stage *stage, void (*spoil) (Picture *picture, guint index))
{
  LanyardHint hint = LANYARD_HINT_NONE;

  for (guint i = 0; i < 2 * SECOND; i++)
    {
      g_autoptr (Picture) picture = picture_new (WIDTH, HEIGHT);

      picture_fill (picture, 0, 0, WIDTH, HEIGHT, 90);
      picture_fill (picture, 100 + i % 2, 30, 210, 210, 220);
      picture_draw_qr (picture, 122 + i % 2, 52, 5, "HELD UP BY SOMEBODY WHO IS HERE TODAY", 37);
      spoil (picture, i);
      scene_add_noise (picture, NOISE, i);
      hint = show_frame (stage, picture)->hint;
    }
  g_assert_cmpuint (stage->texts->len, ==, 0);
  return hint;
}

/* Finder patterns stay as they are, of the rest too much is gone. */
static void
spoil_with_glare (Picture *picture, guint index)
{
  picture_fill (picture, 165, 60, 70, 150, 255);
}

static void
spoil_with_darkness (Picture *picture, guint index)
{
  picture_fill (picture, 165, 100, 70, 70, 128);
  scene_add_gain (picture, 0.2);
}

static void
test_hints (Stage *stage, gconstpointer data)
{
  g_assert_cmpint (hold_unreadable (stage, spoil_with_glare), ==, LANYARD_HINT_LESS_GLARE);
  g_assert_cmpint (hold_unreadable (stage, spoil_with_darkness), ==, LANYARD_HINT_MORE_LIGHT);
  /* and nothing when it is read */
  for (guint n = 0; stage->texts->len == 0; n++)
    {
      g_assert_cmpuint (n, <, SECOND / 2);
      show (stage, "read", 200, 100);
    }
  g_assert_cmpint (show (stage, "read", 200, 100)->hint, ==, LANYARD_HINT_NONE);
  assert_texts (stage, "read");
}

static void
test_no_codes (void)
{
  g_autoptr (LanyardReader) reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);

  for (guint i = 0; i < 34 * N_SCENES; i++)
    {
      g_autoptr (Picture) picture = scene_new (i % N_SCENES, i, 256, 192);
      g_autoptr (LanyardFrame) frame = picture_to_frame (picture, 0);
      g_autoptr (GPtrArray) scans = lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE);

      if (scans->len > 0)
        g_error ("In picture %u of %s something was read.", i, scene_name (i % N_SCENES));
    }
}

int
main (int argc, char **argv)
{
  static const struct
  {
    const char *path;
    void (*test) (Stage *, gconstpointer);
    gpointer data;
  } tests[] = {
    { "/live/once-until-gone", test_once_until_gone },
    { "/live/shuts", test_shuts },
    { "/live/calm", test_calm },
    { "/live/followed", test_followed },
    { "/live/replaced", test_replaced },
    { "/live/replaced-linear", test_replaced_linear },
    { "/live/two-at-once", test_two_at_once },
    { "/live/hurried", test_hurried },
    { "/live/budget", test_budget },
    { "/live/hints", test_hints },
    { "/live/not-of-the-last-visitor/passed-by", test_not_of_the_last_visitor,
      GINT_TO_POINTER (FALSE) },
    { "/live/not-of-the-last-visitor/after-nobody", test_not_of_the_last_visitor,
      GINT_TO_POINTER (TRUE) },
  };

  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Stage, tests[i].data, set_up, tests[i].test, tear_down);
  g_test_add_func ("/live/slices", test_slices);
  g_test_add_func ("/live/no-codes", test_no_codes);
  return g_test_run ();
}
