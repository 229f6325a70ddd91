/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-qr.h"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hash.h"
#include "lanyard-reader.h"

#define PX_PER_MODULE 4
#define QUIET 4

/* The symbol as a grey picture, read back by the reader of the desk. */
static void
assert_reads (const char *text, LanyardQrLevel level, guint expected_size)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardQr) qr = lanyard_qr_new (text, level, &error);
  g_autoptr (LanyardReader) reader = lanyard_reader_new (LANYARD_SYMBOLOGIES_ALL);
  g_autoptr (LanyardFrame) frame = NULL;
  g_autoptr (GPtrArray) scans = NULL;
  g_autoptr (GBytes) pixels = NULL;
  const LanyardScan *scan;
  guint side;
  guint8 *data;

  g_assert_no_error (error);
  if (expected_size != 0)
    g_assert_cmpuint (qr->size, ==, expected_size);
  side = (qr->size + 2 * QUIET) * PX_PER_MODULE;
  data = g_malloc (side * side);
  memset (data, 255, side * side);
  for (guint y = 0; y < qr->size * PX_PER_MODULE; y++)
    {
      for (guint x = 0; x < qr->size * PX_PER_MODULE; x++)
        {
          if (lanyard_qr_get (qr, x / PX_PER_MODULE, y / PX_PER_MODULE))
            data[(y + QUIET * PX_PER_MODULE) * side + x + QUIET * PX_PER_MODULE] = 0;
        }
    }
  pixels = g_bytes_new_take (data, side * side);
  frame = lanyard_frame_new (pixels, side, side, side, 0, &error);
  g_assert_no_error (error);

  scans = lanyard_reader_read (reader, frame, LANYARD_SCAN_SOURCE_IMAGE);
  g_assert_cmpuint (scans->len, ==, 1);
  scan = g_ptr_array_index (scans, 0);
  g_assert_cmpuint (g_bytes_get_size (scan->data), ==, strlen (text));
  g_assert_cmpint (memcmp (g_bytes_get_data (scan->data, NULL), text, strlen (text)), ==, 0);
}

/* ISO/IEC 18004 table 7: 25 alphanumeric characters fill version 1 (21 modules) at level L, 20 at
 * M, 16 at Q, 10 at H; one more needs version 2 (25 modules). */
static void
test_versions (void)
{
  assert_reads ("LY1:ABCDEFGHIJKLMNOPQRSTU", LANYARD_QR_LEVEL_L, 21);
  assert_reads ("LY1:ABCDEFGHIJKLMNOPQRSTUV", LANYARD_QR_LEVEL_L, 25);
  assert_reads ("LY1:ABCDEFGHIJKLMNOP", LANYARD_QR_LEVEL_M, 21);
  assert_reads ("LY1:ABCDEFGHIJKLMNOPQ", LANYARD_QR_LEVEL_M, 25);
  assert_reads ("LY1:ABCDEFGHIJKL", LANYARD_QR_LEVEL_Q, 21);
  assert_reads ("LY1:ABCDEFGHIJKLM", LANYARD_QR_LEVEL_Q, 25);
  assert_reads ("LY1:ABCDEF", LANYARD_QR_LEVEL_H, 21);
  assert_reads ("LY1:ABCDEFG", LANYARD_QR_LEVEL_H, 25);
}

static void
test_every_character (void)
{
  assert_reads ("LY1:0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:", LANYARD_QR_LEVEL_M, 0);
}

static void
test_limits (void)
{
  g_autofree char *full = g_strnfill (4296, 'A');
  g_autofree char *over = g_strnfill (4297, 'A');
  g_autoptr (LanyardQr) largest = lanyard_qr_new (full, LANYARD_QR_LEVEL_L, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (largest->size, ==, 177);
  g_assert_null (lanyard_qr_new (over, LANYARD_QR_LEVEL_L, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (lanyard_qr_new (full, LANYARD_QR_LEVEL_H, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (lanyard_qr_new ("", LANYARD_QR_LEVEL_L, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/badge/qr/versions", test_versions);
  g_test_add_func ("/badge/qr/every-character", test_every_character);
  g_test_add_func ("/badge/qr/limits", test_limits);
  return g_test_run ();
}
