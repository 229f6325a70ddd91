/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-qr-blocks.h"

#include <string.h>

#include <qrencode.h>

#include "lanyard-qr-galois.h"

static guint8 dark[LANYARD_QR_MAX_MODULES];
static LanyardQrLayout layout;
static LanyardQrBlocks blocks;

static void
encode (guint version, guint level)
{
  char text[] = "Lanyard 0123456789";
  QRcode *code = QRcode_encodeData (version <= 2 ? 6 : sizeof text, (guint8 *)text, (int)version,
                                    (QRecLevel)level);

  g_assert_nonnull (code);
  g_assert_cmpint (code->version, ==, (int)version);
  lanyard_qr_layout_make (&layout, version);
  g_assert_cmpuint (layout.side, ==, code->width);
  for (guint i = 0; i < layout.side * layout.side; i++)
    dark[i] = code->data[i] & 1;
  QRcode_free (code);
}

/* What somebody else draws is what we hold to be the same in all symbols of a version. */
static void
test_layout (void)
{
  for (guint version = 1; version <= 40; version++)
    {
      guint n_fixed = 0;

      encode (version, QR_ECLEVEL_L);
      for (guint i = 0; i < layout.side * layout.side; i++)
        {
          if (layout.kind[i] != LANYARD_QR_LIGHT && layout.kind[i] != LANYARD_QR_DARK)
            continue;
          g_assert_cmpuint (dark[i], ==, layout.kind[i] == LANYARD_QR_DARK);
          n_fixed++;
        }
      g_assert_cmpuint (n_fixed, ==, layout.n_fixed);
      for (guint i = 0; i < 36 && version >= 7; i++)
        {
          guint column, row;

          lanyard_qr_version_module (layout.side, i / 18, i % 18, &column, &row);
          g_assert_cmpuint (dark[row * layout.side + column], ==,
                            lanyard_qr_version_bits (version) >> i % 18 & 1);
        }
    }
}

/* All versions and levels: nothing wrong in any block, and all modules come out again. */
static void
test_whole (void)
{
  for (guint version = 1; version <= 40; version++)
    for (guint level = 0; level < 4; level++)
      {
        LanyardQrFormat format;

        encode (version, level);
        g_assert_true (lanyard_qr_format_read (dark, layout.side, &format));
        g_assert_cmpuint (format.n_wrong, ==, 0);
        g_assert_false (format.mirrored);
        lanyard_qr_blocks_begin (&blocks);
        g_assert_true (lanyard_qr_blocks_add (&blocks, &layout, dark, &format));
        g_assert_cmpuint (blocks.n_wrong, ==, 0);
        for (guint i = 0; i < layout.side * layout.side; i++)
          if (layout.kind[i] == LANYARD_QR_DATA)
            g_assert_cmpuint (blocks.dark[i], ==, dark[i]);
      }
}

/* Half of a symbol from one picture of it and half from another, neither enough by itself. */
static void
test_halves (void)
{
  g_autofree guint8 *whole = NULL;
  LanyardQrFormat format;
  gsize n;

  encode (10, QR_ECLEVEL_L);
  n = (gsize)layout.side * layout.side;
  whole = g_memdup2 (dark, n);
  g_assert_true (lanyard_qr_format_read (whole, layout.side, &format));
  lanyard_qr_blocks_begin (&blocks);
  /* The first codewords stand at the right: a strip of 9 columns holds parts of all four blocks,
   * but many of the first. Nothing that is lost in one picture is lost in the other. */
  for (guint i = 0; i < n; i++)
    if (layout.kind[i] == LANYARD_QR_DATA && (i * 2654435761U >> 16) % 100 < 4)
      dark[i] ^= 1;
  g_assert_false (lanyard_qr_blocks_add (&blocks, &layout, dark, &format) && blocks.n_wrong == 0);
  g_assert_true (lanyard_qr_blocks_add (&blocks, &layout, whole, &format));
}

/* As many as may be wrong, one more, and what small symbols keep back. */
static void
test_limits (void)
{
  guint8 block[26] = { 0 };

  g_assert_cmpint (lanyard_qr_galois_errors (block, 26, 10), ==, 0);
  for (guint i = 0; i < 5; i++)
    {
      block[i * 5] = (guint8)(17 * i + 3);
      g_assert_cmpint (lanyard_qr_galois_errors (block, 26, 10), ==, (int)i + 1);
    }
  block[3] = 99;
  g_assert_cmpint (lanyard_qr_galois_errors (block, 26, 10), ==, -1);
}

/* Each format information with three bits wrong in one copy and all wrong in the other. */
static void
test_format (void)
{
  for (guint data = 0; data < 32; data++)
    for (guint at = 0; at < 15; at++)
      {
        guint n_wrong, bits = 0;
        guint flip = 1U << at | 1U << (at + 4) % 15 | 1U << (at + 9) % 15;

        for (guint i = 0; i < 32; i++)
          {
            guint nearest = lanyard_qr_format_nearest (i << 10, &n_wrong);

            if ((nearest ^ 0x5412U) >> 10 == data)
              bits = nearest;
          }
        if (bits == 0)
          continue;
        g_assert_cmpuint (lanyard_qr_format_nearest (bits ^ flip, &n_wrong), ==, bits);
        g_assert_cmpuint (n_wrong, ==, 3);
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/qr-blocks/layout", test_layout);
  g_test_add_func ("/qr-blocks/whole", test_whole);
  g_test_add_func ("/qr-blocks/halves", test_halves);
  g_test_add_func ("/qr-blocks/limits", test_limits);
  g_test_add_func ("/qr-blocks/format", test_format);
  return g_test_run ();
}
