/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Documents have codes beside what says whose they are: an identity card its control number as a
 * linear code, or all of it once more as a QR code that only its own state can read. A linear code
 * never hides the zone or the licence; a QR code does not where a document is asked for. */

#include "lanyard-live.h"

#include <glib/gstdio.h>
#include <string.h>

#include "lanyard-camera.h"
#include "lanyard-reader.h"
#include "mrz-pictures.h"
#include "scene-pictures.h"
#ifdef LANYARD_HAVE_ZXING
#include "camera-model.h"
#include "zxing-pictures.h"
#endif

#define CONTROL_NUMBER "CN26A0000017"
#define SEALED "https://id.utopia.example/v/8f3a55d0c1"
#define FRAMES_A_SECOND 30
#define ZONE                                                                                       \
  "I<UTOD231458907<<<<<<<<<<<<<<<\n7408122F1204159UTO<<<<<<<<<<<6\nERIKSSON<<ANNA<MARIA<<<<<<<<<<"
#define LICENCE                                                                                    \
  "@\n\x1e\rANSI 636000080002DL00410278ZV03190008DLDAQT64235789\nDCSSAMPLE\nDDEN\nDACMICHAEL\n"    \
  "DDFN\nDADJOHN\nDDGN\nDCUJR\nDCAD\nDCBK\nDCDPH\nDBD06062019\nDBB06061986\nDBA12102024\nDBC1\n"   \
  "DAU068 in\nDAYBRO\nDAG2300 WEST BROAD STREET\nDAIRICHMOND\nDAJVA\nDAK232690000  \n"

typedef struct
{
  guint n_documents;
  guint n_codes;
  guint n_others;
  guint64 work; /* steps, of all frames */
  guint n_frames;
  GMainLoop *loop; /* (nullable): left when a document was read */
} Seen;

static Picture *
show_card (gboolean qr)
{
  MrzShot shot;
  Picture *picture;

  mrz_shot_init (&shot, LANYARD_MRZ_TD1, ZONE);
  picture = mrz_shot_take (&shot);
  if (qr)
    {
      picture_fill (picture, 30, 20, 180, 180, 225);
      picture_draw_qr (picture, 50, 40, 4, SEALED, strlen (SEALED));
      return picture;
    }
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
    seen->n_documents++;
  else if (scan->symbology == LANYARD_SYMBOLOGY_PDF417 && g_str_equal (text, LICENCE))
    seen->n_documents++;
  else if (g_str_equal (text, CONTROL_NUMBER) || g_str_equal (text, SEALED))
    seen->n_codes++;
  else
    seen->n_others++;
  if (seen->loop != NULL && seen->n_documents > 0)
    g_main_loop_quit (seen->loop);
}

/* @trembles: in a hand, else it lies there */
static void
hold (LanyardLive *live, const Picture *held, guint n_frames, gboolean trembles, Seen *seen)
{
  for (guint i = 0; i < n_frames; i++, seen->n_frames++)
    {
      g_autoptr (Picture) picture = picture_new (held->width, held->height);
      g_autoptr (LanyardFrame) frame = NULL;
      guint swing = i % 12 < 6 ? i % 12 : 12 - i % 12;
      gsize shift = trembles ? 2 * swing + (gsize)held->width * swing : 0;

      memcpy (picture->pixels, held->pixels + shift, (gsize)held->width * held->height - shift);
      frame = picture_to_frame (picture, 0);
      frame->at_us = seen->n_frames * (G_USEC_PER_SEC / FRAMES_A_SECOND);
      lanyard_live_show (live, frame);
      while (!lanyard_live_step (live, LANYARD_LIVE_FRAME_STEPS, on_scan, seen))
        ;
      seen->work += lanyard_live_get_state (live)->work;
    }
}

static Seen
hold_for (const Picture *held, gboolean asked, guint seconds)
{
  g_autoptr (LanyardLive) live = lanyard_live_new (LANYARD_SYMBOLOGIES_ALL);
  Seen seen = { 0 };

  lanyard_live_set_asked (live, asked);
  hold (live, held, seconds * FRAMES_A_SECOND, TRUE, &seen);
  return seen;
}

static void
assert_seen (const Seen *seen, guint n_documents)
{
  g_assert_cmpuint (seen->n_codes, ==, 1);
  g_assert_cmpuint (seen->n_documents, ==, n_documents);
  g_assert_cmpuint (seen->n_others, ==, 0);
}

static void
test_picture (void)
{
  g_autoptr (Picture) picture = show_card (FALSE);
  g_autoptr (LanyardFrame) frame = picture_to_frame (picture, 0);
  g_autoptr (LanyardReader) reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  g_autoptr (GPtrArray) scans = lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE);
  Seen seen = { 0 };

  for (guint i = 0; i < scans->len; i++)
    on_scan (g_ptr_array_index (scans, i), &seen);
  assert_seen (&seen, 1);
}

/* Each once, for as long as the card is held up. */
static void
test_camera (void)
{
  g_autoptr (Picture) card = show_card (FALSE);
  Seen seen = hold_for (card, FALSE, 7);

  assert_seen (&seen, 1);
}

/* The same of a QR code, within what frames may cost. */
static void
test_asked (void)
{
  g_autoptr (Picture) card = show_card (TRUE);
  Seen seen = hold_for (card, TRUE, 7);

  assert_seen (&seen, 1);
  g_assert_cmpuint (seen.work, <=, (guint64)seen.n_frames * LANYARD_LIVE_FRAME_STEPS);
}

/* Who shows an invitation does not wait for a search that nobody wants. */
static void
test_not_asked (void)
{
  g_autoptr (Picture) card = show_card (TRUE);
  Seen seen = hold_for (card, FALSE, 3);

  assert_seen (&seen, 0);
}

/* The card lies there with an invitation's code, nothing moves any more, and then the desk asks. */
static void
test_asked_later (void)
{
  g_autoptr (Picture) card = show_card (TRUE);
  g_autoptr (LanyardLive) live = lanyard_live_new (LANYARD_SYMBOLOGIES_ALL);
  Seen seen = { 0 };

  hold (live, card, 5 * FRAMES_A_SECOND, FALSE, &seen);
  assert_seen (&seen, 0);
  g_assert_false (lanyard_live_get_state (live)->open);
  lanyard_live_set_asked (live, TRUE);
  hold (live, card, 5 * FRAMES_A_SECOND, FALSE, &seen);
  assert_seen (&seen, 1);
  g_assert_false (lanyard_live_get_state (live)->open);
  lanyard_live_set_asked (live, FALSE);
  hold (live, card, FRAMES_A_SECOND, FALSE, &seen);
  assert_seen (&seen, 1);
}

static gboolean
on_too_long (gpointer user_data)
{
  g_error ("No document was read.");
  return G_SOURCE_REMOVE;
}

static void
on_scanned (LanyardScanner *scanner, const LanyardScan *scan, gpointer seen)
{
  on_scan (scan, seen);
}

/* From a file through GStreamer, on the camera's own thread. */
static void
test_pipeline (void)
{
  g_autoptr (Picture) card = show_card (TRUE);
  g_autofree char *path = g_strdup_printf ("%s/lanyard-beside-XXXXXX", g_get_tmp_dir ());
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autofree char *source = NULL;
  g_autoptr (LanyardCamera) camera = NULL;
  g_autoptr (GError) error = NULL;
  Seen seen = { .loop = loop };
  guint too_long;

  close (g_mkstemp (path));
  picture_save (card, path);
  source = g_strdup_printf ("multifilesrc location=%s loop=true caps=image/png,framerate=30/1"
                            " ! pngdec ! videoconvert ! video/x-raw,format=GRAY8",
                            path);
  camera = lanyard_camera_new (source);
  g_signal_connect (camera, "scanned", G_CALLBACK (on_scanned), &seen);
  lanyard_scanner_set_asked (LANYARD_SCANNER (camera), TRUE);
  g_assert_true (lanyard_scanner_start (LANYARD_SCANNER (camera), &error));
  g_assert_no_error (error);
  too_long = g_timeout_add_seconds (120, on_too_long, NULL);
  g_main_loop_run (loop);
  g_source_remove (too_long);
  lanyard_scanner_stop (LANYARD_SCANNER (camera));
  assert_seen (&seen, 1);
  g_unlink (path);
}

#ifdef LANYARD_HAVE_ZXING
static void
test_licence (void)
{
  CameraModel model = { .scale = 0.9, .blur_px = 0.5, .noise = 3, .side_px = 720 };
  g_autoptr (Picture) licence = picture_new (846, 476);
  g_autoptr (Picture) picture = NULL;
  Seen seen;

  picture_draw_symbol (licence, 100, 180, 2, LANYARD_SYMBOLOGY_PDF417, LICENCE);
  picture_draw_qr (licence, 100, 20, 4, SEALED, strlen (SEALED));
  picture = camera_model_take (&model, licence, 0);
  seen = hold_for (picture, TRUE, 7);
  assert_seen (&seen, 1);
  seen = hold_for (picture, FALSE, 2);
  assert_seen (&seen, 0);
}
#endif

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scan/beside/picture", test_picture);
  g_test_add_func ("/scan/beside/camera", test_camera);
  g_test_add_func ("/scan/beside/qr/asked", test_asked);
  g_test_add_func ("/scan/beside/qr/not-asked", test_not_asked);
  g_test_add_func ("/scan/beside/qr/asked-later", test_asked_later);
  g_test_add_func ("/scan/beside/qr/pipeline", test_pipeline);
#ifdef LANYARD_HAVE_ZXING
  g_test_add_func ("/scan/beside/qr/licence", test_licence);
#endif
  return g_test_run ();
}
