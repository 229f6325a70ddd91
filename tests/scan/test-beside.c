/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Documents have codes beside what says whose they are: an identity card its control number as a
 * linear code. Neither may hide the other. */

#include "lanyard-live.h"

#include <string.h>

#include "lanyard-reader.h"
#include "mrz-pictures.h"
#include "scene-pictures.h"

#define CONTROL_NUMBER "CN26A0000017"
#define FRAMES_A_SECOND 30
#define ZONE                                                                                       \
  "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"

typedef struct
{
  guint n_zones;
  guint n_numbers;
  guint n_others;
} Seen;

static Picture *
show_card (void)
{
  MrzShot shot;
  Picture *picture;

  mrz_shot_init (&shot, LANYARD_MRZ_TD1, ZONE);
  picture = mrz_shot_take (&shot);
  picture_fill (picture, 30, 20, 420, 80, 225);
  picture_draw_code128 (picture, 60, 40, 2, CONTROL_NUMBER);
  return picture;
}

static void
on_scan (const LanyardScan *scan, gpointer user_data)
{
  Seen *seen = user_data;
  g_autofree char *text = lanyard_scan_dup_text (scan);

  if (scan->symbology == LANYARD_SYMBOLOGY_MRZ && g_str_equal (text, ZONE))
    seen->n_zones++;
  else if (g_str_equal (text, CONTROL_NUMBER))
    seen->n_numbers++;
  else
    seen->n_others++;
}

static void
test_picture (void)
{
  g_autoptr (Picture) picture = show_card ();
  g_autoptr (LanyardFrame) frame = picture_to_frame (picture, 0);
  g_autoptr (LanyardReader) reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  g_autoptr (GPtrArray) scans = lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE);
  Seen seen = { 0 };

  for (guint i = 0; i < scans->len; i++)
    on_scan (g_ptr_array_index (scans, i), &seen);
  g_assert_cmpuint (seen.n_numbers, ==, 1);
  g_assert_cmpuint (seen.n_zones, ==, 1);
  g_assert_cmpuint (seen.n_others, ==, 0);
}

/* Each once, for as long as the card is held up. */
static void
test_camera (void)
{
  g_autoptr (Picture) card = show_card ();
  g_autoptr (LanyardLive) live = lanyard_live_new (LANYARD_SYMBOLOGIES_ALL);
  Seen seen = { 0 };

  for (guint i = 0; i < 10 * FRAMES_A_SECOND; i++)
    {
      g_autoptr (Picture) picture = picture_new (card->width, card->height);
      g_autoptr (LanyardFrame) frame = NULL;
      /* a hand that trembles */
      guint swing = i % 12 < 6 ? i % 12 : 12 - i % 12;
      gsize shift = 2 * swing + (gsize)card->width * swing;

      memcpy (picture->pixels, card->pixels + shift, (gsize)card->width * card->height - shift);
      frame = picture_to_frame (picture, 0);
      frame->at_us = i * (G_USEC_PER_SEC / FRAMES_A_SECOND);
      lanyard_live_show (live, frame);
      while (!lanyard_live_step (live, LANYARD_LIVE_FRAME_STEPS, on_scan, &seen))
        ;
    }
  g_assert_cmpuint (seen.n_numbers, ==, 1);
  g_assert_cmpuint (seen.n_zones, ==, 1);
  g_assert_cmpuint (seen.n_others, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/beside/picture", test_picture);
  g_test_add_func ("/scan/beside/camera", test_camera);
  return g_test_run ();
}
