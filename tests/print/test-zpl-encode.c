/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-zpl-encode.h"
#include "zpl-decode.h"

static char *
encode (const LanyardMonoRaster *raster, LanyardZplCoding coding)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) label = lanyard_zpl_encode (raster, "K0471-000001A", coding, &error);
  gsize n_bytes;
  const char *bytes;

  g_assert_no_error (error);
  bytes = g_bytes_get_data (label, &n_bytes);
  return g_strndup (bytes, n_bytes);
}

/* Base64 and checksum of a box as a label designer's own program wrote them. */
static void
test_checksum (void)
{
  static const char base64[] = "eJxjYKAzkEPj2wDx/x8yqPzfc2Bc+f//GzD4No+J5jM+AGKw/g8Q/"
                               "vMGCJ8Rwmc+jspnR+Pz///PwGDxGJVf8aAGZj6Y"
                               "/+PBHxT+B4Q8AzvQvAcKBch8BgcLBhS+/f8fMK79//"
                               "8PIPwPqHxGJD4DUD+UD9aPxmf8D3QEOh/ZPWh8egIAnCxggw==";

  g_assert_cmphex (lanyard_zpl_crc (base64, strlen (base64)), ==, 0x6e2b);
  g_assert_cmphex (lanyard_zpl_crc ("eJxbFQoAAasBAA==", 16), ==, 0xb023);
  g_assert_cmphex (lanyard_zpl_crc ("123456789", 9), ==, 0x31c3); /* CRC-16/XMODEM */
}

/* By hand, from the table of the reference. */
static void
test_compression (void)
{
  static const guint8 rows[][5] = {
    { 0x00, 0x00, 0x00, 0x00, 0x00 }, { 0x00, 0x00, 0x00, 0x00, 0x00 },
    { 0xff, 0xff, 0xff, 0xff, 0xff }, { 0xaa, 0x00, 0x00, 0x00, 0x00 },
    { 0x12, 0x34, 0x44, 0x44, 0x4f }, { 0x10, 0x00, 0x00, 0x00, 0x01 },
  };
  g_autoptr (LanyardMonoRaster) raster = lanyard_mono_raster_alloc (40, G_N_ELEMENTS (rows));
  g_autofree char *label = NULL;

  memcpy (raster->bytes, rows, sizeof rows);
  label = encode (raster, LANYARD_ZPL_CODING_ASCII);
  g_assert_cmpstr (label, ==,
                   "^XA^FXK0471-000001A^FS^PON^PMN^LRN^LS0^LH0,0^PW40^LL6^PQ1,0,0,N\n"
                   "^FO0,0^GFA,30,30,5,,:!HA,123L4!1N01^FS\n"
                   "^XZ\n");
}

static void
test_long_runs (void)
{
  g_autoptr (LanyardMonoRaster) raster = lanyard_mono_raster_alloc (4096, 1);
  g_autofree char *label = NULL;

  /* 1,000 of "A", a "1", and zeros. */
  memset (raster->bytes, 0xaa, 500);
  raster->bytes[500] = 0x10;
  label = encode (raster, LANYARD_ZPL_CODING_ASCII);
  /* 400, 400, and 200: "p". */
  g_assert_nonnull (strstr (label, "^GFA,512,512,512,zAzApA1,^FS"));
}

static void
assert_round_trip (const LanyardMonoRaster *raster, LanyardZplCoding coding)
{
  g_autofree char *text = encode (raster, coding);
  const char *problem = NULL;
  g_autoptr (ZplLabel) label = zpl_decode (text, strlen (text), &problem);

  if (label == NULL)
    g_error ("%s", problem);
  g_assert_cmpstr (label->comment, ==, "K0471-000001A");
  g_assert_cmpuint (label->copies, ==, 1);
  g_assert_cmpuint (label->largest_field_bytes, <=, LANYARD_ZPL_MAX_FIELD_BYTES);
  g_assert_cmpuint (label->raster->width, ==, raster->width);
  g_assert_cmpuint (label->raster->height, ==, raster->height);
  g_assert_cmpmem (label->raster->bytes, (gsize)label->raster->row_bytes * label->raster->height,
                   raster->bytes, (gsize)raster->row_bytes * raster->height);
}

/* @kind: 0 noise, 1 runs, 2 rows that repeat, 3 white, 4 black */
static LanyardMonoRaster *
make_raster (guint width, guint height, guint kind, GRand *random)
{
  LanyardMonoRaster *raster = lanyard_mono_raster_alloc (width, height);
  gboolean black = FALSE;

  for (guint y = 0; y < height && kind != 3; y++)
    for (guint x = 0; x < width; x++)
      {
        if (kind == 0)
          black = g_rand_boolean (random);
        else if (kind == 1)
          black = g_rand_int_range (random, 0, 50) == 0 ? !black : black;
        else if (kind == 2)
          black = y % 7 == 0 ? g_rand_boolean (random) : lanyard_mono_raster_get (raster, x, y - 1);
        else
          black = TRUE;
        lanyard_mono_raster_set (raster, x, y, black);
      }
  return raster;
}

static void
test_round_trip (void)
{
  static const guint sizes[][2]
      = { { 1, 1 }, { 7, 3 }, { 8, 8 }, { 9, 5 }, { 203, 77 }, { 839, 91 } };
  g_autoptr (GRand) random = g_rand_new_with_seed (1);

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint kind = 0; kind < 5; kind++)
      {
        g_autoptr (LanyardMonoRaster) raster = make_raster (sizes[i][0], sizes[i][1], kind, random);

        assert_round_trip (raster, LANYARD_ZPL_CODING_ASCII);
        assert_round_trip (raster, LANYARD_ZPL_CODING_Z64);
      }
}

/* A whole badge at 300 dpi has more bytes than one field may have. */
static void
test_bands (void)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2);
  g_autoptr (LanyardMonoRaster) raster = make_raster (1240, 1594, 0, random);

  assert_round_trip (raster, LANYARD_ZPL_CODING_ASCII);
  assert_round_trip (raster, LANYARD_ZPL_CODING_Z64);
}

static void
test_hostile_serial (void)
{
  g_autoptr (LanyardMonoRaster) raster = lanyard_mono_raster_alloc (8, 8);
  static const char *const serials[] = { "", "K^XZ", "K~JA", "K 1", "K\n1", "K\xc3\xa9" };

  for (guint i = 0; i < G_N_ELEMENTS (serials); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (lanyard_zpl_encode (raster, serials[i], LANYARD_ZPL_CODING_ASCII, &error));
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/zpl-encode/checksum", test_checksum);
  g_test_add_func ("/zpl-encode/compression", test_compression);
  g_test_add_func ("/zpl-encode/long-runs", test_long_runs);
  g_test_add_func ("/zpl-encode/round-trip", test_round_trip);
  g_test_add_func ("/zpl-encode/bands", test_bands);
  g_test_add_func ("/zpl-encode/hostile-serial", test_hostile_serial);
  return g_test_run ();
}
