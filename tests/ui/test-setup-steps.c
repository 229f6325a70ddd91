/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* How far a set-up is, what it has written, and what it thinks of a picture: without a screen. */

#define G_LOG_DOMAIN "test-ui"

#include <glib/gstdio.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-setup-file.h"
#include "lanyard-setup-score.h"
#include "lanyard-setup-steps.h"

static void
test_order (void)
{
  LanyardSetupSteps steps = { 0 };

  g_assert_false (lanyard_setup_steps_take (&steps, LANYARD_SETUP_BACK));
  for (int i = 0; i < LANYARD_SETUP_LAST; i++)
    {
      g_assert_cmpint (steps.at, ==, i);
      g_assert_true (lanyard_setup_steps_take (&steps, i % 2 == 0 ? LANYARD_SETUP_FINISH
                                                                  : LANYARD_SETUP_SKIP));
    }
  g_assert_cmpint (steps.at, ==, LANYARD_SETUP_LAST);
  /* neither done nor left out: it is the end */
  g_assert_false (lanyard_setup_steps_take (&steps, LANYARD_SETUP_FINISH));
  g_assert_false (lanyard_setup_steps_take (&steps, LANYARD_SETUP_SKIP));
  g_assert_cmpint (steps.states[LANYARD_SETUP_LAST], ==, LANYARD_SETUP_TODO);
}

/* What was done is not undone by going past it again. */
static void
test_done_stays (void)
{
  LanyardSetupSteps steps = { 0 };

  lanyard_setup_steps_take (&steps, LANYARD_SETUP_FINISH);
  lanyard_setup_steps_take (&steps, LANYARD_SETUP_SKIP);
  lanyard_setup_steps_take (&steps, LANYARD_SETUP_BACK);
  g_assert_cmpint (steps.at, ==, LANYARD_SETUP_ENROL);
  lanyard_setup_steps_take (&steps, LANYARD_SETUP_FINISH);
  lanyard_setup_steps_take (&steps, LANYARD_SETUP_BACK);
  lanyard_setup_steps_take (&steps, LANYARD_SETUP_SKIP);
  g_assert_cmpint (steps.states[LANYARD_SETUP_ENROL], ==, LANYARD_SETUP_DONE);
}

static void
test_go (void)
{
  LanyardSetupSteps steps = { 0 };

  g_assert_false (lanyard_setup_steps_go (&steps, LANYARD_SETUP_PRINTER));
  g_assert_false (lanyard_setup_steps_go (&steps, LANYARD_SETUP_N_STEPS));
  while (lanyard_setup_steps_take (&steps, LANYARD_SETUP_SKIP))
    continue;
  g_assert_true (lanyard_setup_steps_go (&steps, LANYARD_SETUP_CAMERA));
  g_assert_cmpint (steps.at, ==, LANYARD_SETUP_CAMERA);
}

/* A power cut at any step: the same comes back. */
static void
test_text (void)
{
  LanyardSetupSteps steps = { 0 };

  do
    {
      g_autofree char *text = lanyard_setup_steps_to_text (&steps);
      LanyardSetupSteps back;

      lanyard_setup_steps_from_text (&back, text);
      g_assert_cmpmem (&back, sizeof back, &steps, sizeof steps);
    }
  while (lanyard_setup_steps_take (
      &steps, steps.at == LANYARD_SETUP_CAMERA ? LANYARD_SETUP_SKIP : LANYARD_SETUP_FINISH));
}

/* A file that is not ours, or half of one: nobody gets further than they were. */
static void
test_hostile_text (void)
{
  static const char *const texts[]
      = { "",           "at=last\n",          "at=printer\nenrol=done\n", "last=done\nat=last",
          "enrol\n=\n", "at=nowhere\nx=done", "language=done\nat=camera" };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      LanyardSetupSteps steps;

      lanyard_setup_steps_from_text (&steps, texts[i]);
      g_assert_cmpint (steps.at, <=, LANYARD_SETUP_ENROL);
      g_assert_cmpint (steps.states[LANYARD_SETUP_LAST], ==, LANYARD_SETUP_TODO);
    }
}

/* What people wrote stays, and what cannot be written changes nothing. */
static void
test_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("lanyard-setup-XXXXXX", NULL);
  g_autofree char *inner = g_build_filename (folder, "inner", NULL);
  g_autofree char *path = g_build_filename (inner, "lanyard.conf", NULL);
  const LanyardSetupSetting first[] = { { "desk", "venue", "MAC" }, { "hub", "urls", "http://a" } };
  const LanyardSetupSetting second[] = { { "desk", "venue", NULL }, { "desk", "name", "Öst 1" } };
  g_autoptr (LanyardSetupFile) file = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *name = NULL;

  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "# ours\n[desk]\n# why\nmode=staff\n", -1, NULL));
  file = lanyard_setup_file_open (path, &error);
  g_assert_no_error (error);
  g_assert_true (lanyard_setup_file_put (file, first, G_N_ELEMENTS (first), &error));
  g_assert_true (lanyard_setup_file_put (file, second, G_N_ELEMENTS (second), &error));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "# ours\n"));
  g_assert_nonnull (strstr (text, "# why\nmode=staff\n"));
  g_assert_nonnull (strstr (text, "urls=http://a\n"));
  g_assert_null (strstr (text, "venue"));
  name = lanyard_setup_file_get (file, "desk", "name");
  g_assert_cmpstr (name, ==, "Öst 1");
  g_unlink (path);
  g_rmdir (inner);
  /* a file stands where the folder was */
  g_assert_true (g_file_set_contents (inner, "", 0, NULL));
  g_assert_false (lanyard_setup_file_put (file, first, G_N_ELEMENTS (first), &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_IO);
  g_assert_null (lanyard_setup_file_get (file, "desk", "venue"));
  g_unlink (inner);
  g_rmdir (folder);
}

#define SIDE 64

/* Stripes of @low and @high; @blur px from one to the other. */
static void
score_stripes (LanyardSetupScore *score, guint low, guint high, guint blur)
{
  g_autofree guint8 *pixels = g_malloc (SIDE * SIDE * 4);

  for (guint y = 0; y < SIDE; y++)
    for (guint x = 0; x < SIDE; x++)
      {
        guint at = x % 32 < 16 ? x % 16 : 15 - x % 16;
        guint share = MIN (at, blur);
        guint grey = blur == 0 ? (x % 32 < 16 ? low : high) : low + (high - low) * share / blur;

        memset (pixels + (y * SIDE + x) * 4, (int)grey, 4);
      }
  lanyard_setup_score (score, pixels, SIDE, SIDE, SIDE * 4);
}

static void
test_score (void)
{
  LanyardSetupScore score;

  score_stripes (&score, 40, 200, 0);
  g_assert_true (score.sharp);
  g_assert_cmpint (score.verdict, ==, LANYARD_SETUP_LIGHT_GOOD);
  score_stripes (&score, 40, 200, 12);
  g_assert_false (score.sharp);
  score_stripes (&score, 2, 30, 0);
  g_assert_cmpint (score.verdict, ==, LANYARD_SETUP_TOO_DARK);
  score_stripes (&score, 230, 255, 0);
  g_assert_cmpint (score.verdict, ==, LANYARD_SETUP_TOO_BRIGHT);
  /* an even wall, or a covered lens, is not sharp */
  score_stripes (&score, 120, 126, 0);
  g_assert_false (score.sharp);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/setup/order", test_order);
  g_test_add_func ("/ui/setup/done-stays", test_done_stays);
  g_test_add_func ("/ui/setup/go", test_go);
  g_test_add_func ("/ui/setup/text", test_text);
  g_test_add_func ("/ui/setup/hostile-text", test_hostile_text);
  g_test_add_func ("/ui/setup/file", test_file);
  g_test_add_func ("/ui/setup/score", test_score);
  return g_test_run ();
}
