/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What somebody is told who holds a code, a document or a licence so that it cannot be read, and
 * that nobody is told anything who holds none: frames through the live reader. */

#include "lanyard-live.h"

#include <string.h>

#include "camera-model.h"
#include "line-pictures.h"
#include "mrz-pictures.h"
#include "scene-pictures.h"
#ifdef LANYARD_HAVE_ZXING
#include "zxing-pictures.h"
#endif

#define FRAMES_A_SECOND 30
#define FRAME_US (G_USEC_PER_SEC / FRAMES_A_SECOND)
#define SHOWN_S 5
#define PASSPORT                                                                                   \
  "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10"
#define CARD                                                                                       \
  "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
#define LICENCE                                                                                    \
  "@\n\x1e\rANSI 636000080002DL00410278ZV03190008DLDAQT64235789\nDCSSAMPLE\nDDEN\nDACMICHAEL\n"    \
  "DDFN\nDADJOHN\nDDGN\nDCUJR\nDCAD\nDCBK\nDCDPH\nDBD06062019\nDBB06061986\nDBA12102024\nDBC1\n"   \
  "DAU068 in\nDAYBRO\nDAG2300 WEST BROAD STREET\nDAIRICHMOND\nDAJVA\nDAK232690000  \n"

typedef struct
{
  guint n_read;
  guint n_hints; /* frames during which anything was said */
  guint n_said[LANYARD_HINT_MORE_LIGHT + 1];
} Shown;

static void
on_scan (const LanyardScan *scan, gpointer user_data)
{
  ((Shown *)user_data)->n_read++;
}

/* In a hand that trembles. */
static Shown
hold_asked (const Picture *held, gboolean asked)
{
  g_autoptr (LanyardLive) live = lanyard_live_new (LANYARD_SYMBOLOGIES_ALL);
  Shown shown = { 0 };

  lanyard_live_set_asked (live, asked);

  for (guint i = 0; i < SHOWN_S * FRAMES_A_SECOND; i++)
    {
      g_autoptr (Picture) picture = picture_new (held->width, held->height);
      g_autoptr (LanyardFrame) frame = NULL;
      LanyardHint hint;
      guint swing = i % 12 < 6 ? i % 12 : 12 - i % 12;
      gsize shift = swing + (gsize)held->width * swing;

      memcpy (picture->pixels, held->pixels + shift, (gsize)held->width * held->height - shift);
      frame = picture_to_frame (picture, 0);
      frame->at_us = i * FRAME_US;
      lanyard_live_show (live, frame);
      while (!lanyard_live_step (live, LANYARD_LIVE_FRAME_STEPS, on_scan, &shown))
        ;
      hint = lanyard_live_get_state (live)->hint;
      shown.n_said[hint]++;
      shown.n_hints += hint != LANYARD_HINT_NONE;
    }
  return shown;
}

static Shown
hold (const Picture *held)
{
  return hold_asked (held, FALSE);
}

/* For a second at least, and nothing else. */
static void
assert_hint (Picture *held, LanyardHint hint)
{
  Shown shown = hold (held);

  g_assert_cmpuint (shown.n_read, ==, 0);
  g_assert_cmpuint (shown.n_said[hint], >=, FRAMES_A_SECOND);
  g_assert_cmpuint (shown.n_said[hint], ==, shown.n_hints);
  picture_free (held);
}

static MrzShot
shot_of (LanyardMrzFormat format, const char *text, double pitch_px)
{
  MrzShot shot;

  mrz_shot_init (&shot, format, text);
  shot.pitch_px = pitch_px;
  shot.blur_px = 0.7;
  shot.noise = 3;
  shot.turn = 5;
  return shot;
}

static void
test_zone_too_far (void)
{
  MrzShot passport = shot_of (LANYARD_MRZ_TD3, PASSPORT, 5);
  MrzShot card = shot_of (LANYARD_MRZ_TD1, CARD, 5.5);

  assert_hint (mrz_shot_take (&passport), LANYARD_HINT_CLOSER);
  assert_hint (mrz_shot_take (&card), LANYARD_HINT_CLOSER);
}

/* Moved while the shutter was open, and out of focus. */
static void
test_zone_moving (void)
{
  MrzShot passport = shot_of (LANYARD_MRZ_TD3, PASSPORT, 17);
  MrzShot blurred = shot_of (LANYARD_MRZ_TD3, PASSPORT, 16);

  passport.turn = blurred.turn = 0;
  passport.smear_px = 8;
  blurred.blur_px = 3;
  assert_hint (mrz_shot_take (&blurred), LANYARD_HINT_HOLD_STILL);
  assert_hint (mrz_shot_take (&passport), LANYARD_HINT_HOLD_STILL);
}

/* A lamp in the foil, from the page's top to its bottom, over some characters of all lines. */
static void
test_zone_glaring (void)
{
  MrzShot passport = shot_of (LANYARD_MRZ_TD3, PASSPORT, 16);
  MrzShot card = shot_of (LANYARD_MRZ_TD1, CARD, 20);

  passport.turn = card.turn = 0;
  passport.aim = card.aim = 8;
  passport.glare_px = 6 * 16;
  passport.glare_at = -5 * 16;
  card.glare_px = 4 * 20;
  assert_hint (mrz_shot_take (&passport), LANYARD_HINT_LESS_GLARE);
  assert_hint (mrz_shot_take (&card), LANYARD_HINT_LESS_GLARE);
}

/* A card with a QR code that is read: who is asked for a document hears what its zone needs, and
 * nobody else does. */
static void
test_zone_beside_code (void)
{
  MrzShot passport = shot_of (LANYARD_MRZ_TD3, PASSPORT, 9);
  g_autoptr (Picture) picture = NULL;
  Shown shown;

  passport.blur_px = 1.2;
  passport.turn = 0;
  picture = mrz_shot_take (&passport);
  picture_fill (picture, 30, 30, 170, 170, 255);
  picture_draw_qr (picture, 50, 50, 5, "CARD-0471", 9);
  shown = hold_asked (picture, TRUE);
  g_assert_cmpuint (shown.n_read, ==, 1);
  g_assert_cmpuint (shown.n_said[LANYARD_HINT_CLOSER], >=, FRAMES_A_SECOND);
  shown = hold_asked (picture, FALSE);
  g_assert_cmpuint (shown.n_read, ==, 1);
  g_assert_cmpuint (shown.n_hints, ==, 0);
}

/* The same of a zone so far away that only the deepest search sees it. */
static void
test_zone_far_beside_code (void)
{
  MrzShot passport = shot_of (LANYARD_MRZ_TD3, PASSPORT, 5);
  g_autoptr (Picture) picture = NULL;
  Shown shown;

  picture = mrz_shot_take (&passport);
  picture_fill (picture, 30, 30, 170, 170, 255);
  picture_draw_qr (picture, 50, 50, 5, "CARD-0471", 9);
  shown = hold_asked (picture, TRUE);
  g_assert_cmpuint (shown.n_read, ==, 1);
  g_assert_cmpuint (shown.n_said[LANYARD_HINT_CLOSER], >=, FRAMES_A_SECOND);
  shown = hold_asked (picture, FALSE);
  g_assert_cmpuint (shown.n_read, ==, 1);
  g_assert_cmpuint (shown.n_hints, ==, 0);
}

static void
test_zone_read (void)
{
  MrzShot passport = shot_of (LANYARD_MRZ_TD3, PASSPORT, 16);
  g_autoptr (Picture) picture = mrz_shot_take (&passport);
  Shown shown = hold (picture);

  g_assert_cmpuint (shown.n_read, ==, 1);
  g_assert_cmpuint (shown.n_hints, ==, 0);
}

#ifdef LANYARD_HAVE_ZXING
static Picture *
show_licence (double scale, double degrees)
{
  CameraModel model
      = { .scale = scale, .blur_px = 0.5, .noise = 3, .turn_deg = degrees, .side_px = 720 };
  g_autoptr (Picture) licence = picture_new (846, 476);

  picture_draw_symbol (licence, 100, 100, 2, LANYARD_SYMBOLOGY_PDF417, LICENCE);
  return camera_model_take (&model, licence, 0);
}

static void
test_licence_too_far (void)
{
  assert_hint (show_licence (0.5, 9), LANYARD_HINT_CLOSER);
  assert_hint (show_licence (0.6, 5), LANYARD_HINT_CLOSER);
}

/* A lamp on the foil, over a third of it. */
static void
test_licence_glaring (void)
{
  Picture *picture = show_licence (0.9, 0);

  picture_fill (picture, 230, 270, 240, 180, 255);
  assert_hint (picture, LANYARD_HINT_LESS_GLARE);
}
#endif

/* Code 128 on a badge, bars of six px, before the camera. */
static Picture *
show_line (double scale, double blur_px, double degrees)
{
  LineLook look = { .module_px = 6, .height_px = 270, .dark = 30 };
  CameraModel model
      = { .scale = scale, .blur_px = blur_px, .noise = 3, .turn_deg = degrees, .side_px = 720 };
  g_autofree char *widths = line_code128 ("K0471-000123W");
  g_autoptr (Picture) drawn = line_picture (widths, &look, 1800, 840);

  return camera_model_take (&model, drawn, 0);
}

static void
test_line_too_far (void)
{
  assert_hint (show_line (0.09, 0.5, 0), LANYARD_HINT_CLOSER);
  assert_hint (show_line (0.08, 0.4, 7), LANYARD_HINT_CLOSER);
  assert_hint (show_line (0.09, 0.4, 90), LANYARD_HINT_CLOSER);
}

static void
test_line_blurred (void)
{
  assert_hint (show_line (0.33, 3, 0), LANYARD_HINT_HOLD_STILL);
  assert_hint (show_line (0.4, 4, 90), LANYARD_HINT_HOLD_STILL);
}

/* A lamp over some of the bars, from top to bottom: in the middle, and at their end. */
static void
test_line_glaring (void)
{
  static const guint left_px[] = { 310, 420 };

  for (guint i = 0; i < G_N_ELEMENTS (left_px); i++)
    {
      Picture *picture = show_line (0.4, 0.7, 0);

      picture_fill (picture, left_px[i], 260, 90, 200, 255);
      assert_hint (picture, LANYARD_HINT_LESS_GLARE);
    }
}

static void
test_line_read (void)
{
  g_autoptr (Picture) picture = show_line (0.4, 0.7, 0);
  Shown shown = hold (picture);

  g_assert_cmpuint (shown.n_read, ==, 1);
  g_assert_cmpuint (shown.n_hints, ==, 0);
}

/* Rooms, people, clothes, other print: nobody is told anything. */
static void
test_nothing_held (void)
{
  for (guint i = 0; i < 4 * N_SCENES; i++)
    {
      g_autoptr (Picture) picture = scene_new (i % N_SCENES, 100 + i, 1280, 720);
      Shown shown = hold (picture);

      if (shown.n_hints > 0)
        g_error ("In picture %u of %s something is said.", i, scene_name (i % N_SCENES));
    }
  for (guint i = 0; i < 6; i++)
    {
      MrzShot page = shot_of (i % 2 == 0 ? LANYARD_MRZ_TD3 : LANYARD_MRZ_TD1, NULL, 5 + 3 * i);
      g_autoptr (Picture) picture = mrz_shot_take (&page);

      g_assert_cmpuint (hold (picture).n_hints, ==, 0);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/hint-live/zone/too-far", test_zone_too_far);
  g_test_add_func ("/hint-live/zone/moving", test_zone_moving);
  g_test_add_func ("/hint-live/zone/glaring", test_zone_glaring);
  g_test_add_func ("/hint-live/zone/read", test_zone_read);
  g_test_add_func ("/hint-live/zone/beside-code", test_zone_beside_code);
  g_test_add_func ("/hint-live/zone/far-beside-code", test_zone_far_beside_code);
#ifdef LANYARD_HAVE_ZXING
  g_test_add_func ("/hint-live/licence/too-far", test_licence_too_far);
  g_test_add_func ("/hint-live/licence/glaring", test_licence_glaring);
#endif
  g_test_add_func ("/hint-live/line/too-far", test_line_too_far);
  g_test_add_func ("/hint-live/line/blurred", test_line_blurred);
  g_test_add_func ("/hint-live/line/glaring", test_line_glaring);
  g_test_add_func ("/hint-live/line/read", test_line_read);
  g_test_add_func ("/hint-live/nothing-held", test_nothing_held);
  return g_test_run ();
}
