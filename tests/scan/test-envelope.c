/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "camera-model.h"
#include "lanyard-reader.h"

/*
 * How far a code may be from ideal: module size, blur, noise, contrast, tilt, motion. Counts do not
 * depend on the machine, so each floor is what was read when it was set: fewer is a regression. The
 * reader gets the work that a camera's frame gets.
 */

#define N_TRIALS 8
/* Modules of the flat picture, px; scale makes them what the cell says. */
#define FLAT_MODULE_PX 10

typedef enum
{
  KIND_QR,      /* version 3, level M */
  KIND_CODE128, /* 12 characters */
} Kind;

typedef struct
{
  const char *path;
  Kind kind;
  double module_px;
  CameraModel model;
  guint floor; /* of N_TRIALS */
} Cell;

static const Cell cells[] = {
  { "/scan/envelope/qr/module-1.2", KIND_QR, 1.2, { .blur_px = 0.5, .noise = 3 }, 7 },
  { "/scan/envelope/qr/module-1.3", KIND_QR, 1.3, { .blur_px = 0.5, .noise = 3 }, 8 },
  { "/scan/envelope/qr/module-1.6", KIND_QR, 1.6, { .blur_px = 0.5, .noise = 3 }, 8 },
  { "/scan/envelope/qr/module-1.4", KIND_QR, 1.4, { .blur_px = 0.5, .noise = 3 }, 8 },
  { "/scan/envelope/qr/module-3", KIND_QR, 3, { .blur_px = 0.5, .noise = 3 }, 8 },
  { "/scan/envelope/qr/module-12", KIND_QR, 12, { .blur_px = 0.5, .noise = 3 }, 8 },
  { "/scan/envelope/qr/blur-1.5", KIND_QR, 4, { .blur_px = 1.5 }, 8 },
  { "/scan/envelope/qr/blur-2", KIND_QR, 4, { .blur_px = 2 }, 8 },
  { "/scan/envelope/qr/noise-30", KIND_QR, 3, { .noise = 30 }, 8 },
  { "/scan/envelope/qr/contrast-20", KIND_QR, 3, { .contrast = 20, .noise = 2 }, 8 },
  { "/scan/envelope/qr/tilt-50", KIND_QR, 6, { .tilt_deg = 50 }, 8 },
  { "/scan/envelope/qr/tilt-60", KIND_QR, 6, { .tilt_deg = 60 }, 8 },
  { "/scan/envelope/qr/turn-45", KIND_QR, 3, { .turn_deg = 45, .noise = 3 }, 8 },
  { "/scan/envelope/qr/motion-6", KIND_QR, 4, { .motion_px = 6 }, 8 },
  { "/scan/envelope/qr/inverted", KIND_QR, 2, { .inverted = TRUE, .noise = 3 }, 8 },
  { "/scan/envelope/code128/module-1.7", KIND_CODE128, 1.7, { .blur_px = 0.5, .noise = 3 }, 8 },
  { "/scan/envelope/code128/module-1.4", KIND_CODE128, 1.4, { .blur_px = 0.5, .noise = 3 }, 8 },
  { "/scan/envelope/code128/blur-1.5", KIND_CODE128, 2.5, { .blur_px = 1.5 }, 8 },
  { "/scan/envelope/code128/noise-10", KIND_CODE128, 2, { .noise = 10 }, 8 },
  { "/scan/envelope/code128/noise-20", KIND_CODE128, 2, { .noise = 20 }, 8 },
  { "/scan/envelope/code128/turn-30", KIND_CODE128, 2, { .turn_deg = 30 }, 8 },
  { "/scan/envelope/code128/turn-60", KIND_CODE128, 2, { .turn_deg = 60 }, 8 },
};

static Picture *
draw (Kind kind, const char *text)
{
  Picture *flat = picture_new (kind == KIND_QR ? 450 : 2400, kind == KIND_QR ? 450 : 600);

  if (kind == KIND_QR)
    picture_draw_qr (flat, 80, 80, FLAT_MODULE_PX, text, strlen (text));
  else
    for (guint y = 0; y + 40 <= flat->height; y += 40)
      picture_draw_code128 (flat, 250, y, FLAT_MODULE_PX, text);
  return flat;
}

static gboolean
reads (LanyardReader *reader, const Picture *taken, const char *text)
{
  g_autoptr (LanyardFrame) frame = picture_to_frame (taken, 0);
  g_autoptr (GPtrArray) scans = lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE);
  gboolean read = FALSE;

  for (guint i = 0; i < scans->len; i++)
    {
      g_autofree char *said = lanyard_scan_dup_text (g_ptr_array_index (scans, i));

      g_assert_cmpstr (said, ==, text);
      read = TRUE;
    }
  return read;
}

static void
test_cell (gconstpointer data)
{
  const Cell *cell = data;
  g_autoptr (LanyardReader) reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  CameraModel model = cell->model;
  guint n_read = 0;

  model.scale = cell->module_px / FLAT_MODULE_PX;
  lanyard_reader_set_first_only (reader, TRUE);
  for (guint32 seed = 0; seed < N_TRIALS; seed++)
    {
      g_autofree char *text = cell->kind == KIND_QR
                                  ? g_strdup_printf ("LY1:6BFOXN%%TS3DHPVO13J /G-%u", seed)
                                  : g_strdup_printf ("26A00%07u", seed * 1299709);
      g_autoptr (Picture) flat = draw (cell->kind, text);
      g_autoptr (Picture) taken = camera_model_take (&model, flat, seed);

      n_read += reads (reader, taken, text);
    }
  g_test_message ("%u of %u read, floor %u", n_read, N_TRIALS, cell->floor);
  if (n_read < cell->floor)
    g_test_fail_printf ("%u of %u read, %u were before", n_read, N_TRIALS, cell->floor);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cells); i++)
    g_test_add_data_func (cells[i].path, &cells[i], test_cell);
  return g_test_run ();
}
