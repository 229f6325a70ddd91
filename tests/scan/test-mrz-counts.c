/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A small part of tests/bench/bench-mrz, fixed, so that what is read cannot become less unseen. */

#include "lanyard-mrz-reader.h"
#include "mrz-scenes.h"

#define EVERY 3
#define N_BAD 6

static void
on_found (const LanyardFound *found, gpointer user_data)
{
  char **read = user_data;

  g_assert_null (*read);
  *read = g_strndup ((const char *)found->data, found->n_bytes);
}

/* Returns: (transfer full) (nullable) */
static char *
read_picture (LanyardMrzReader *reader, const Picture *picture)
{
  LanyardPlane plane = { picture->pixels, picture->width, picture->height, picture->width };
  LanyardWork work = { 0, LANYARD_WORK_UNLIMITED };
  char *read = NULL;

  lanyard_mrz_reader_begin (reader, &plane);
  g_assert_true (lanyard_mrz_reader_step (reader, &work, on_found, &read));
  return read;
}

static gboolean
skip_without_font (void)
{
  if (!ocrb_font_is_there ())
    g_test_skip ("fonts-ocr-b is not installed");
  return !ocrb_font_is_there ();
}

/* One document in every third condition that is called readable. */
static void
test_readable (void)
{
  g_autoptr (LanyardMrzReader) reader = lanyard_mrz_reader_new ();
  guint n = 0, n_read = 0;

  if (skip_without_font ())
    return;
  for (guint i = 0; i < MRZ_N_READABLE; i += EVERY)
    {
      g_autofree char *text = NULL, *read = NULL;
      g_autoptr (Picture) picture = mrz_scene_draw (&mrz_conditions[i], 100 + i, &text);

      read = read_picture (reader, picture);
      if (read != NULL)
        g_assert_cmpstr (read, ==, text);
      n_read += read != NULL;
      n++;
    }
  g_assert_cmpuint (n_read, ==, n);
}

/* One of each kind of picture that must not be misread, and the one of ten thousand that was: light
 * on the foot of an I in a name. */
static void
test_bad (void)
{
  static const guint once_misread = 6526;
  g_autoptr (LanyardMrzReader) reader = lanyard_mrz_reader_new ();

  if (skip_without_font ())
    return;
  for (guint i = 0; i <= N_BAD; i++)
    {
      g_autofree char *text = NULL, *read = NULL;
      g_autoptr (Picture) picture = mrz_scene_draw_bad (i < N_BAD ? i : once_misread, &text);

      read = read_picture (reader, picture);
      if (read != NULL)
        g_assert_cmpstr (read, ==, text);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/mrz-counts/readable", test_readable);
  g_test_add_func ("/scan/mrz-counts/bad", test_bad);
  return g_test_run ();
}
