/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "lanyard-mrz-reader.h"
#include "mrz-pictures.h"
#include "mrz-text.h"

#define CARD                                                                                       \
  "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"

static const LanyardMrzFormat formats[]
    = { LANYARD_MRZ_TD1, LANYARD_MRZ_TD2, LANYARD_MRZ_TD3, LANYARD_MRZ_MRV_A, LANYARD_MRZ_MRV_B };

typedef struct
{
  char *text; /* owned (nullable) */
  LanyardPoint corners[4];
  guint n;
  guint64 work;
} Read;

static void
read_clear (Read *read)
{
  g_free (read->text);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Read, read_clear)

static void
on_found (const LanyardFound *found, gpointer user_data)
{
  Read *read = user_data;

  g_assert_cmpint (found->symbology, ==, LANYARD_SYMBOLOGY_MRZ);
  g_free (read->text);
  read->text = g_strndup ((const char *)found->data, found->n_bytes);
  memcpy (read->corners, found->corners, sizeof read->corners);
  read->n++;
}

/* @slice: work of one call */
static void
read_slices (const Picture *picture, guint64 slice, Read *read)
{
  g_autoptr (LanyardMrzReader) reader = lanyard_mrz_reader_new ();
  LanyardPlane plane = { picture->pixels, picture->width, picture->height, picture->width };
  gboolean done = FALSE;

  lanyard_mrz_reader_begin (reader, &plane);
  for (guint i = 0; !done; i++)
    {
      LanyardWork work = { 0, slice };

      g_assert_cmpuint (i, <, 1000);
      done = lanyard_mrz_reader_step (reader, &work, on_found, read);
      read->work += work.spent;
    }
}

static void
shoot_and_read (const MrzShot *shot, Read *read)
{
  g_autoptr (Picture) picture = mrz_shot_take (shot);

  read_slices (picture, LANYARD_WORK_UNLIMITED, read);
}

/* Smaller than a camera's frame, so that the suite is quick; characters as large as in one. */
static void
shot_init (MrzShot *shot, LanyardMrzFormat format, const char *text)
{
  mrz_shot_init (shot, format, text);
  shot->width = 820;
  shot->height = 470;
  shot->pitch_px = 15;
}

static gboolean
skip_without_font (void)
{
  if (!ocrb_font_is_there ())
    g_test_skip ("fonts-ocr-b is not installed");
  return !ocrb_font_is_there ();
}

static void
test_specimen (void)
{
  g_auto (Read) read = { 0 };
  MrzShot shot;

  if (skip_without_font ())
    return;
  shot_init (&shot, LANYARD_MRZ_TD3, MRZ_SPECIMEN);
  shoot_and_read (&shot, &read);
  g_assert_cmpstr (read.text, ==, MRZ_SPECIMEN);
  g_assert_cmpuint (read.n, ==, 1);
  /* 44 characters and two lines 2.5 pitches apart; the picture is not turned. */
  g_assert_cmpfloat_with_epsilon (read.corners[1].x - read.corners[0].x, 44 * 15, 8);
  g_assert_cmpfloat_with_epsilon (read.corners[3].y - read.corners[0].y, 3.5 * 15, 6);
  g_assert_cmpfloat_with_epsilon (read.corners[0].y, read.corners[1].y, 3);
}

static void
test_formats (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (42);

  if (skip_without_font ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *text = mrz_text_make_up (random, formats[i]);
      g_auto (Read) read = { 0 };
      MrzShot shot;

      shot_init (&shot, formats[i], text);
      shot.seed = i;
      shot.tilt_across = 8.0 - 4.0 * i;
      shot.tilt_along = 10;
      shot.noise = 4;
      shoot_and_read (&shot, &read);
      g_assert_cmpstr (read.text, ==, text);
    }
}

/* Numbers that go on in the optional data, of all lengths and both ways to count. */
static void
test_long_numbers (void)
{
  static const struct
  {
    LanyardMrzFormat format;
    guint n;
    gboolean counts;
  } cards[] = {
    { LANYARD_MRZ_TD1, 10, FALSE }, { LANYARD_MRZ_TD1, 12, TRUE },  { LANYARD_MRZ_TD1, 17, FALSE },
    { LANYARD_MRZ_TD1, 22, TRUE },  { LANYARD_MRZ_TD1, 23, FALSE }, { LANYARD_MRZ_TD2, 10, TRUE },
    { LANYARD_MRZ_TD2, 12, FALSE }, { LANYARD_MRZ_TD2, 15, FALSE },
  };
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  if (skip_without_font ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      g_autofree char *text
          = mrz_text_make_up_long (random, cards[i].format, cards[i].n, cards[i].counts);
      g_autoptr (LanyardMrz) mrz = lanyard_mrz_parse (text, strlen (text), 0, NULL);
      g_auto (Read) read = { 0 };
      MrzShot shot;

      g_assert_true (mrz->valid);
      g_assert_cmpuint (strlen (mrz->number), ==, cards[i].n);
      shot_init (&shot, cards[i].format, text);
      shot.seed = i;
      shot.noise = 4;
      shot.tilt_across = 3.0 - i;
      shoot_and_read (&shot, &read);
      g_assert_cmpstr (read.text, ==, text);
    }
}

/* One character of such a number is another one, whichever digit covers it: nothing may come out.
 */
static void
test_wrong_long_numbers (void)
{
  static const guint at[] = { 6, 14, 15, 17, 18 };
  static const char text[] = "I<UTOD23145890<7349<<<<<<<<<<<\n"
                             "3407127M9507122UTO<<<<<<<<<<<2\n"
                             "STEVENSON<<PETER<JOHN<<<<<<<<<";
  g_auto (Read) right = { 0 };
  MrzShot shot;

  if (skip_without_font ())
    return;
  shot_init (&shot, LANYARD_MRZ_TD1, text);
  shoot_and_read (&shot, &right);
  g_assert_cmpstr (right.text, ==, text);
  for (guint i = 0; i < G_N_ELEMENTS (at); i++)
    {
      g_autofree char *wrong = g_strdup (text);
      g_auto (Read) read = { 0 };

      wrong[at[i]]
          = wrong[at[i]] == '<' ? '4' : (char)(wrong[at[i]] == '9' ? '1' : wrong[at[i]] + 1);
      shot_init (&shot, LANYARD_MRZ_TD1, wrong);
      shoot_and_read (&shot, &read);
      g_assert_cmpstr (read.text, ==, NULL);
    }
}

/* Which way its text runs. */
static double
direction_of (const Read *read)
{
  return atan2 (read->corners[1].y - read->corners[0].y, read->corners[1].x - read->corners[0].x);
}

/* However the document is held. */
static void
test_turned (void)
{
  static const double turns[] = { 180, 25, -80 };
  g_autoptr (GRand) random = g_rand_new_with_seed (7);

  if (skip_without_font ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (turns); i++)
    {
      g_autofree char *text = mrz_text_make_up (random, LANYARD_MRZ_TD1);
      double turn = turns[i] * G_PI / 180;
      g_auto (Read) read = { 0 };
      MrzShot shot;

      shot_init (&shot, LANYARD_MRZ_TD1, text);
      shot.pitch_px = 13;
      shot.turn = turns[i];
      shoot_and_read (&shot, &read);
      g_assert_cmpstr (read.text, ==, text);
      g_assert_cmpfloat (cos (direction_of (&read) - turn), >, 0.9995);
    }
}

/* One wrong check digit, and nothing may come out: each one of the specimen's in turn. */
static void
test_wrong_checks (void)
{
  static const guint columns[] = { 9, 27, 43 };

  if (skip_without_font ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    {
      char text[] = MRZ_SPECIMEN;
      char *digit = text + 45 + columns[i];
      g_auto (Read) read = { 0 };
      MrzShot shot;

      *digit = *digit == '9' ? '0' : (char)(*digit + 1);
      shot_init (&shot, LANYARD_MRZ_TD3, text);
      shoot_and_read (&shot, &read);
      g_assert_cmpstr (read.text, ==, NULL);
    }
}

/* The right end of a visa is covered: what is left has the shape of another one whose check digits
 * agree. */
static void
test_covered_end (void)
{
  static const char text[] = "V<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\n"
                             "L8988901C4XXX4009078F96121096ZE184226B<<<<<<";
  g_autoptr (Picture) picture = NULL;
  LanyardPlane cut;
  g_auto (Read) whole = { 0 };
  MrzShot shot;

  if (skip_without_font ())
    return;
  shot_init (&shot, LANYARD_MRZ_MRV_A, text);
  picture = mrz_shot_take (&shot);
  read_slices (picture, LANYARD_WORK_UNLIMITED, &whole);
  g_assert_cmpstr (whole.text, ==, text);
  cut = (LanyardPlane){ picture->pixels, picture->width, picture->height, picture->width };
  for (guint columns = 34; columns < 40; columns += 2)
    {
      g_autoptr (LanyardMrzReader) reader = lanyard_mrz_reader_new ();
      LanyardWork work = { 0, LANYARD_WORK_UNLIMITED };
      g_auto (Read) read = { 0 };

      cut.width = (guint)(whole.corners[0].x + columns * 15 + 5);
      lanyard_mrz_reader_begin (reader, &cut);
      g_assert_true (lanyard_mrz_reader_step (reader, &work, on_found, &read));
      g_assert_cmpstr (read.text, ==, NULL);
    }
}

/* Returns: whether there is a zone that could not be read */
static gboolean
suspect_in (const MrzShot *shot, LanyardSuspect *suspect)
{
  g_autoptr (LanyardMrzReader) reader = lanyard_mrz_reader_new ();
  g_autoptr (Picture) picture = mrz_shot_take (shot);
  LanyardPlane plane = { picture->pixels, picture->width, picture->height, picture->width };
  LanyardWork work = { 0, LANYARD_WORK_UNLIMITED };
  g_auto (Read) read = { 0 };

  lanyard_mrz_reader_begin (reader, &plane);
  g_assert_true (lanyard_mrz_reader_step (reader, &work, on_found, &read));
  g_assert_cmpuint (read.n, ==, 0);
  return lanyard_mrz_reader_get_suspect (reader, suspect);
}

/* Light thrown back across a zone: nothing of it is read, and who holds it can be told why. */
static void
test_glare (void)
{
  static const guint widths[] = { 3, 6, 9 };
  static const int places[] = { -7, -2, 5 };

  if (skip_without_font ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    for (guint k = 0; k < G_N_ELEMENTS (places); k++)
      for (guint card = 0; card < 2; card++)
        {
          LanyardSuspect suspect;
          MrzShot shot;

          shot_init (&shot, card ? LANYARD_MRZ_TD1 : LANYARD_MRZ_TD3, card ? CARD : MRZ_SPECIMEN);
          shot.glare_px = 15.0 * widths[i];
          shot.glare_at = 15.0 * places[k];
          g_assert_true (suspect_in (&shot, &suspect));
          g_assert_true (suspect.glaring);
          g_assert_cmpfloat_with_epsilon (fabs (suspect.corners[1].x - suspect.corners[0].x),
                                          (card ? 30 : 44) * 15, 25);
        }
}

/* Glare on what is no zone is nobody's concern. */
static void
test_glare_on_other_print (void)
{
  for (guint i = 0; i < 6; i++)
    {
      LanyardSuspect suspect;
      MrzShot shot;

      shot_init (&shot, i % 2 == 0 ? LANYARD_MRZ_TD3 : LANYARD_MRZ_TD1, NULL);
      shot.seed = i;
      shot.glare_px = 30 + 20 * i;
      g_assert_false (suspect_in (&shot, &suspect));
    }
}

/* A frame without a zone costs little, and says nothing. */
static void
test_nothing (void)
{
  g_auto (Read) page = { 0 }, plain = { 0 };
  g_autoptr (Picture) white = picture_new (1280, 720);
  MrzShot shot;

  shot_init (&shot, LANYARD_MRZ_TD3, NULL);
  shoot_and_read (&shot, &page);
  g_assert_cmpuint (page.n, ==, 0);
  read_slices (white, LANYARD_WORK_UNLIMITED, &plain);
  g_assert_cmpuint (plain.n, ==, 0);
  g_assert_cmpuint (plain.work, <=, 1000);
}

/* A live picture is searched in slices: the answer must not depend on them. */
static void
test_slices (void)
{
  g_autoptr (Picture) picture = NULL;
  g_auto (Read) whole = { 0 }, sliced = { 0 };
  MrzShot shot;

  if (skip_without_font ())
    return;
  shot_init (&shot, LANYARD_MRZ_TD3, MRZ_SPECIMEN);
  shot.turn = 2;
  picture = mrz_shot_take (&shot);
  read_slices (picture, LANYARD_WORK_UNLIMITED, &whole);
  read_slices (picture, 100, &sliced);
  g_assert_cmpstr (sliced.text, ==, whole.text);
  g_assert_cmpstr (sliced.text, ==, MRZ_SPECIMEN);
  g_assert_cmpuint (sliced.work, ==, whole.work);
  g_assert_cmpmem (sliced.corners, sizeof sliced.corners, whole.corners, sizeof whole.corners);
}

/* Twice as large as what is searched first. */
static void
test_large (void)
{
  g_auto (Read) read = { 0 };
  MrzShot shot;

  if (skip_without_font ())
    return;
  mrz_shot_init (&shot, LANYARD_MRZ_TD1, NULL);
  shot.text = CARD;
  shot.width = 1800;
  shot.height = 700;
  shot.pitch_px = 30;
  shoot_and_read (&shot, &read);
  g_assert_cmpstr (read.text, ==, shot.text);
  g_assert_cmpfloat_with_epsilon (read.corners[1].x - read.corners[0].x, 30 * 30, 15);
}

/* Planes too small for a line, and of odd sizes. */
static void
test_tiny (void)
{
  for (guint width = 1; width < 300; width = width * 3 + 1)
    for (guint height = 1; height < 300; height = height * 4 + 1)
      {
        g_autoptr (Picture) picture = picture_new (width, height);
        g_auto (Read) read = { 0 };

        for (guint i = 0; i < width * height; i++)
          picture->pixels[i] = (guint8)(i * 97 >> 3);
        read_slices (picture, LANYARD_WORK_UNLIMITED, &read);
        g_assert_cmpuint (read.n, ==, 0);
      }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/mrz/specimen", test_specimen);
  g_test_add_func ("/scan/mrz/formats", test_formats);
  g_test_add_func ("/scan/mrz/long-numbers", test_long_numbers);
  g_test_add_func ("/scan/mrz/wrong-long-numbers", test_wrong_long_numbers);
  g_test_add_func ("/scan/mrz/turned", test_turned);
  g_test_add_func ("/scan/mrz/wrong-checks", test_wrong_checks);
  g_test_add_func ("/scan/mrz/covered-end", test_covered_end);
  g_test_add_func ("/scan/mrz/glare", test_glare);
  g_test_add_func ("/scan/mrz/glare-on-other-print", test_glare_on_other_print);
  g_test_add_func ("/scan/mrz/nothing", test_nothing);
  g_test_add_func ("/scan/mrz/slices", test_slices);
  g_test_add_func ("/scan/mrz/large", test_large);
  g_test_add_func ("/scan/mrz/tiny", test_tiny);
  return g_test_run ();
}
