/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <math.h>
#include <string.h>

#include "lanyard-line-reader.h"
#include "lanyard-line-vote.h"
#include "line-pictures.h"

/* Linear codes from picture to text, and what must not become one. */

typedef struct
{
  guint n;
  LanyardSymbology symbology;
  char text[64];
  LanyardPoint corners[4];
} Seen;

static void
on_found (const LanyardFound *found, gpointer user_data)
{
  Seen *seen = user_data;

  g_assert_cmpuint (found->n_bytes, <, sizeof seen->text);
  seen->n++;
  seen->symbology = found->symbology;
  memset (seen->text, 0, sizeof seen->text);
  memcpy (seen->text, found->data, found->n_bytes);
  memcpy (seen->corners, found->corners, sizeof seen->corners);
}

/* @slice: work steps at a time */
static guint64
read_with (LanyardLineReader *reader,
           const Picture *picture,
           LanyardLineDepth depth,
           guint64 slice,
           Seen *seen)
{
  LanyardPlane plane = { picture->pixels, picture->width, picture->height, picture->width };
  LanyardWork work = { 0, slice };

  *seen = (Seen){ 0 };
  lanyard_line_reader_begin (reader, &plane, depth);
  while (!lanyard_line_reader_step (reader, &work, on_found, seen))
    work.limit = work.spent + slice;
  return work.spent;
}

static guint64
read_plane (const Picture *picture, LanyardLineDepth depth, guint64 slice, Seen *seen)
{
  g_autoptr (LanyardZbar) zbar = lanyard_zbar_new (LANYARD_SYMBOLOGIES_ALL);
  g_autoptr (LanyardLineReader) reader = lanyard_line_reader_new (zbar);

  return read_with (reader, picture, depth, slice, seen);
}

static void
assert_read (const char *widths,
             const LineLook *look,
             LanyardLineDepth depth,
             LanyardSymbology symbology,
             const char *text)
{
  g_autoptr (Picture) picture = line_picture (widths, look, 640, 480);
  Seen seen;

  read_plane (picture, depth, LANYARD_WORK_UNLIMITED, &seen);
  g_assert_cmpstr (seen.text, ==, text);
  g_assert_cmpint (seen.symbology, ==, symbology);
  g_assert_cmpuint (seen.n, ==, 1);
}

static void
assert_nothing (const Picture *picture)
{
  for (int degrees = 0; degrees < 360; degrees += 90)
    {
      g_autoptr (Picture) turned = picture_turn (picture, degrees);
      Seen seen;

      read_plane (turned, LANYARD_LINE_DEEP, LANYARD_WORK_UNLIMITED, &seen);
      g_assert_cmpstr (seen.text, ==, "");
    }
}

static const struct
{
  LanyardSymbology symbology;
  char *(*widths) (const char *);
  const char *text, *read;
} symbologies[] = {
  { LANYARD_SYMBOLOGY_CODE128, line_code128, "26-004711 Z", "26-004711 Z" },
  { LANYARD_SYMBOLOGY_CODE39, line_code39, "BADGE 47", "BADGE 47" },
  { LANYARD_SYMBOLOGY_ITF, line_itf, "9021673644", "9021673644" },
  { LANYARD_SYMBOLOGY_CODABAR, line_codabar, "40156", "A40156A" },
  { LANYARD_SYMBOLOGY_EAN13, line_ean13, "4006381333931", "4006381333931" },
  { LANYARD_SYMBOLOGY_EAN8, line_ean8, "96385074", "96385074" },
};

static void
test_across (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (symbologies); i++)
    for (int degrees = 0; degrees < 360; degrees += 90)
      {
        g_autofree char *widths = symbologies[i].widths (symbologies[i].text);

        assert_read (widths, &(LineLook){ 2.4, 120, degrees + 2, 0.5, 3, 0, 40 },
                     LANYARD_LINE_ACROSS, symbologies[i].symbology, symbologies[i].read);
      }
}

static void
test_any_angle (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (symbologies); i++)
    for (int degrees = 10; degrees < 360; degrees += 140)
      {
        g_autofree char *widths = symbologies[i].widths (symbologies[i].text);

        assert_read (widths, &(LineLook){ 2.4, 90, degrees, 0.5, 3, 0, 40 }, LANYARD_LINE_LOCATED,
                     symbologies[i].symbology, symbologies[i].read);
      }
}

/* What is beyond edges: noise, blur, and modules of little more than a pixel. */
static void
test_deep (void)
{
  static const LineLook looks[] = {
    { 2, 100, 3, 0.5, 40, 0, 30 },  /* noise */
    { 2.5, 100, 2, 2, 3, 0, 30 },   /* out of focus */
    { 1.2, 80, 2, 0.5, 3, 0, 30 },  /* far away */
    { 1, 80, 92, 0.5, 3, 0, 30 },   /* and upright */
    { 2, 100, 33, 1.5, 10, 0, 30 }, /* aslant, out of focus and noisy */
    { 2, 100, 1, 0.6, 4, 0, 195 },  /* faint */
  };

  for (guint i = 0; i < G_N_ELEMENTS (symbologies); i++)
    for (guint k = 0; k < G_N_ELEMENTS (looks); k++)
      {
        g_autofree char *widths = symbologies[i].widths (symbologies[i].text);

        /* Codabar is not fitted, and EAN-8 is short for it. */
        if (symbologies[i].symbology != LANYARD_SYMBOLOGY_CODABAR
            && symbologies[i].symbology != LANYARD_SYMBOLOGY_EAN8)
          assert_read (widths, &looks[k], LANYARD_LINE_DEEP, symbologies[i].symbology,
                       symbologies[i].read);
      }
}

/* FNC4 makes the next character, two of them all that follow, those of Latin-1. ZBar's text would
 * be another one: "Zok" for "Zoë". */
static void
test_latin (void)
{
  static const struct
  {
    const char *drawn, *read;
  } cases[] = {
    { "Zo\x84k 12", "Zo\xeb 12" },
    { "\x84\x84"
      "ssss\x84"
      "1ab",
      "\xf3\xf3\xf3\xf3"
      "1\xe1\xe2" },
    { "ab\x84\x84"
      "c\x84\x84"
      "de",
      "ab\xe3"
      "de" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (int degrees = 0; degrees <= 180; degrees += 180)
      {
        g_autofree char *widths = line_code128 (cases[i].drawn);

        assert_read (widths, &(LineLook){ 2.4, 120, degrees, 0.6, 3, 0, 40 }, LANYARD_LINE_ACROSS,
                     LANYARD_SYMBOLOGY_CODE128, cases[i].read);
        assert_read (widths, &(LineLook){ 2.4, 120, degrees, 2.2, 3, 0, 40 }, LANYARD_LINE_DEEP,
                     LANYARD_SYMBOLOGY_CODE128, cases[i].read);
      }
}

static void
test_corners (void)
{
  g_autofree char *widths = line_code128 ("CORNERS");
  LineLook look = { 2, 120, 180, 0.5, 0, 0, 40 };
  g_autoptr (Picture) picture = line_picture (widths, &look, 640, 480);
  Seen seen;

  read_plane (picture, LANYARD_LINE_ACROSS, LANYARD_WORK_UNLIMITED, &seen);
  /* Upside down: its own top left is at the right and below. */
  g_assert_cmpfloat (fabs (seen.corners[0].x - 431), <, 4);
  g_assert_cmpfloat (fabs (seen.corners[1].x - 209), <, 4);
  g_assert_cmpfloat (seen.corners[0].y, >, seen.corners[3].y);
  g_assert_cmpfloat (fabs (seen.corners[2].x - seen.corners[1].x), <, 4);
}

static void
test_slices (void)
{
  g_autofree char *widths = line_code39 ("SLICED");
  LineLook look = { 1.3, 80, 24, 0.8, 10, 0, 40 };
  g_autoptr (Picture) picture = line_picture (widths, &look, 640, 480);
  Seen whole, sliced;
  guint64 steps = read_plane (picture, LANYARD_LINE_DEEP, LANYARD_WORK_UNLIMITED, &whole);

  g_assert_cmpuint (read_plane (picture, LANYARD_LINE_DEEP, 1, &sliced), ==, steps);
  g_assert_cmpstr (whole.text, ==, "SLICED");
  g_assert_cmpmem (&whole, sizeof whole, &sliced, sizeof sliced);
}

/* An interleaved 2 of 5 that goes on beyond the picture, or below a scratch, would read as a
 * shorter one. */
static void
test_truncated (void)
{
  g_autofree char *widths = line_itf ("90216736440815");
  LineLook look = { 3, 120, 0, 0.5, 0, 0, 40 };
  g_autoptr (Picture) picture = line_picture (widths, &look, 640, 300);

  for (guint left = 60; left < 500; left += 29)
    {
      g_autoptr (Picture) cut = picture_new (left, 300);
      Seen seen;

      for (guint y = 0; y < 300; y++)
        memcpy (cut->pixels + (gsize)y * left, picture->pixels + (gsize)y * 640, left);
      read_plane (cut, LANYARD_LINE_DEEP, LANYARD_WORK_UNLIMITED, &seen);
      g_assert_cmpstr (seen.text, ==, "");
    }
}

/* Code 128 whose picture was cut at its first and last bar has its check character still. */
static void
test_no_quiet_zone (void)
{
  g_autoptr (Picture) picture = picture_new (2 * 123, 90);
  Seen seen;

  /* 11 modules for each of start, text and check character, 13 for the stop. */
  for (guint y = 0; y < 90; y += 40)
    picture_draw_code128 (picture, 0, MIN (y, 50), 2, "12345678");
  read_plane (picture, LANYARD_LINE_LOCATED, LANYARD_WORK_UNLIMITED, &seen);
  g_assert_cmpstr (seen.text, ==, "12345678");
}

static void
test_nothing (void)
{
  g_autoptr (Picture) noise = picture_new (640, 480);
  g_autoptr (Picture) fence = picture_new (640, 480);
  g_autoptr (Picture) stripes = picture_new (640, 480);
  g_autoptr (Picture) qr = picture_new (640, 480);
  guint32 seed = 5;

  line_add_noise (noise, 80, 9);
  assert_nothing (noise);
  for (guint x = 0, end = 0, value = 255; x < 640; x++)
    {
      if (x == end)
        {
          seed = seed * 1664525 + 1013904223;
          end = x + 2 + (seed >> 16) % 8;
          value = 255 - value;
        }
      for (guint y = 0; y < 480; y++)
        {
          stripes->pixels[y * 640 + x] = value;
          fence->pixels[y * 640 + x] = x / 6 % 2 == 0 ? 60 : 200;
        }
    }
  assert_nothing (fence);
  assert_nothing (stripes);
  picture_draw_qr (qr, 120, 40, 7, "no linear code here", 19);
  assert_nothing (qr);
}

static void
test_cheap_when_empty (void)
{
  g_autoptr (Picture) picture = picture_new (1280, 720);
  Seen seen;

  line_add_noise (picture, 12, 2);
  g_assert_cmpuint (read_plane (picture, LANYARD_LINE_ACROSS, LANYARD_WORK_UNLIMITED, &seen), <=,
                    1500);
  g_assert_cmpuint (read_plane (picture, LANYARD_LINE_LOCATED, LANYARD_WORK_UNLIMITED, &seen), <=,
                    3000);
}

/* ---- vote ---- */

static gboolean
add (LanyardLineVote *vote, LanyardSymbology symbology, const char *text, double y, Seen *seen)
{
  LanyardLineRead read
      = { symbology, (const guint8 *)text, strlen (text), { { 10, y }, { 200, y } }, 0.5 };

  return lanyard_line_vote_add (vote, &read, on_found, seen);
}

static void
test_vote (void)
{
  g_autoptr (LanyardLineVote) vote = lanyard_line_vote_new ();
  Seen seen = { 0 };

  g_assert_false (add (vote, LANYARD_SYMBOLOGY_CODE128, "TWICE", 20, &seen));
  /* The same rows again say nothing new. */
  g_assert_false (add (vote, LANYARD_SYMBOLOGY_CODE128, "TWICE", 21, &seen));
  g_assert_true (add (vote, LANYARD_SYMBOLOGY_CODE128, "TWICE", 26, &seen));
  g_assert_true (add (vote, LANYARD_SYMBOLOGY_CODE128, "TWICE", 36, &seen));
  g_assert_cmpuint (seen.n, ==, 1);
  /* Something else in between takes one line more for each. */
  g_assert_false (add (vote, LANYARD_SYMBOLOGY_ITF, "216736", 300, &seen));
  g_assert_false (add (vote, LANYARD_SYMBOLOGY_ITF, "90216736", 304, &seen));
  g_assert_false (add (vote, LANYARD_SYMBOLOGY_ITF, "90216736", 308, &seen));
  g_assert_true (add (vote, LANYARD_SYMBOLOGY_ITF, "90216736", 312, &seen));
  g_assert_cmpstr (seen.text, ==, "90216736");
  lanyard_line_vote_clear (vote);
  g_assert_false (add (vote, LANYARD_SYMBOLOGY_CODE128, "TWICE", 50, &seen));
}

static void
test_vote_short (void)
{
  g_autoptr (LanyardLineVote) vote = lanyard_line_vote_new ();
  Seen seen = { 0 };

  for (double y = 20; y < 100; y += 10)
    {
      g_assert_false (add (vote, LANYARD_SYMBOLOGY_CODE39, "T", y, &seen));
      g_assert_false (add (vote, LANYARD_SYMBOLOGY_ITF, "2167", y + 200, &seen));
    }
  g_assert_false (add (vote, LANYARD_SYMBOLOGY_EAN13, "4006381333931", 400, &seen));
  g_assert_false (add (vote, LANYARD_SYMBOLOGY_EAN13, "4006381333931", 410, &seen));
  g_assert_true (add (vote, LANYARD_SYMBOLOGY_EAN13, "4006381333931", 420, &seen));
}

/* Dark and light squares of 4 px, found by fuzzing: the only pattern of a guard has its very
 * opposite in it. What it is taken for must not come from the code before. */
static void
test_after_another (void)
{
  static const guint8 squares[] = {
    0xe0, 0x82, 0x82, 0x82, 0x82, 0x05, 0xff, 0xe5, 0x6f, 0x00, 0x30, 0x62, 0x00, 0x00, 0x82,
    0x82, 0x82, 0x82, 0x82, 0x82, 0x2a, 0x82, 0x82, 0x82, 0x00, 0x82, 0x82, 0x82, 0x82, 0x92,
    0x82, 0x82, 0x82, 0x82, 0x82, 0x82, 0x82, 0x82, 0x82, 0x7e, 0x7d, 0x7d, 0x7a, 0x82, 0x82,
    0x82, 0x01, 0x00, 0x62, 0x3d, 0x00, 0x15, 0x4e, 0x7b, 0x82, 0x82, 0x82, 0x82,
  };
  static const LineLook look = { .module_px = 2, .height_px = 30, .quiet = 10, .dark = 30 };
  g_autofree char *widths = line_code128 ("LY1:0");
  g_autoptr (Picture) code = line_picture (widths, &look, 320, 80);
  g_autoptr (Picture) picture = picture_new (112, 54);
  g_autoptr (LanyardZbar) zbar = lanyard_zbar_new (LANYARD_SYMBOLOGIES_ALL);
  g_autoptr (LanyardLineReader) reader = lanyard_line_reader_new (zbar);
  Seen seen;
  guint64 alone;

  for (guint y = 0; y < picture->height; y++)
    for (guint x = 0; x < picture->width; x++)
      {
        guint bit = y / 4 * 28 + x / 4;

        picture->pixels[y * picture->width + x]
            = squares[bit / 8 % sizeof squares] >> bit % 8 & 1 ? 20 : 230;
      }
  alone = read_plane (picture, LANYARD_LINE_DEEP, LANYARD_WORK_UNLIMITED, &seen);
  g_assert_cmpuint (seen.n, ==, 0);
  read_with (reader, code, LANYARD_LINE_DEEP, LANYARD_WORK_UNLIMITED, &seen);
  g_assert_cmpstr (seen.text, ==, "LY1:0");
  g_assert_cmpuint (read_with (reader, picture, LANYARD_LINE_DEEP, LANYARD_WORK_UNLIMITED, &seen),
                    ==, alone);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/line-reader/across", test_across);
  g_test_add_func ("/line-reader/any-angle", test_any_angle);
  g_test_add_func ("/line-reader/deep", test_deep);
  g_test_add_func ("/line-reader/latin", test_latin);
  g_test_add_func ("/line-reader/corners", test_corners);
  g_test_add_func ("/line-reader/slices", test_slices);
  g_test_add_func ("/line-reader/truncated", test_truncated);
  g_test_add_func ("/line-reader/no-quiet-zone", test_no_quiet_zone);
  g_test_add_func ("/line-reader/nothing", test_nothing);
  g_test_add_func ("/line-reader/cheap-when-empty", test_cheap_when_empty);
  g_test_add_func ("/line-reader/after-another", test_after_another);
  g_test_add_func ("/line-reader/vote", test_vote);
  g_test_add_func ("/line-reader/vote-short", test_vote_short);
  return g_test_run ();
}
