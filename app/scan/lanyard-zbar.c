/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-zbar.h"

#include <string.h>

#include <zbar.h>

struct _LanyardZbar
{
  zbar_image_scanner_t *scanner; /* owned */
  guint8 *packed;                /* owned (nullable): rows without gaps, as ZBar wants them */
  gsize packed_bytes;            /* size of packed */
};

/* Short linear codes are what ZBar reads into floors and fences: what Lanyard knows is longer. */
static const struct
{
  zbar_symbol_type_t type;
  LanyardSymbology symbology;
  int min_length; /* characters; 0: as ZBar has it */
} symbologies[] = {
  { ZBAR_QRCODE, LANYARD_SYMBOLOGY_QR, 0 },       { ZBAR_CODE128, LANYARD_SYMBOLOGY_CODE128, 4 },
  { ZBAR_CODE39, LANYARD_SYMBOLOGY_CODE39, 4 },   { ZBAR_I25, LANYARD_SYMBOLOGY_ITF, 6 },
  { ZBAR_CODABAR, LANYARD_SYMBOLOGY_CODABAR, 4 }, { ZBAR_EAN13, LANYARD_SYMBOLOGY_EAN13, 0 },
  { ZBAR_EAN8, LANYARD_SYMBOLOGY_EAN8, 0 },       { ZBAR_UPCA, LANYARD_SYMBOLOGY_UPCA, 0 },
  { ZBAR_UPCE, LANYARD_SYMBOLOGY_UPCE, 0 },
};

static LanyardSymbology
symbology_of (zbar_symbol_type_t type)
{
  for (guint i = 0; i < G_N_ELEMENTS (symbologies); i++)
    if (symbologies[i].type == type)
      return symbologies[i].symbology;
  return LANYARD_SYMBOLOGY_NONE;
}

static LanyardPoint
location (const zbar_symbol_t *symbol, unsigned index)
{
  return (LanyardPoint){ zbar_symbol_get_loc_x (symbol, index),
                         zbar_symbol_get_loc_y (symbol, index) };
}

/* ZBar gives top left, bottom left, bottom right, top right of the symbol itself. */
static void
qr_corners (const zbar_symbol_t *symbol, LanyardPoint corners[4])
{
  if (zbar_symbol_get_loc_size (symbol) != 4)
    return;
  for (unsigned i = 0; i < 4; i++)
    corners[i] = location (symbol, (4 - i) % 4);
}

/* How many corners to go on, clockwise, from the box's top left to the symbol's own. */
static unsigned
turn_of (const zbar_symbol_t *symbol)
{
  switch (zbar_symbol_get_orientation (symbol))
    {
    case ZBAR_ORIENT_RIGHT:
      return 1;
    case ZBAR_ORIENT_DOWN:
      return 2;
    case ZBAR_ORIENT_LEFT:
      return 3;
    default:
      return 0;
    }
}

/* For a linear code ZBar notes where each line that read it ended; lines run to and fro, so their
 * box spans the code. */
static void
linear_corners (const zbar_symbol_t *symbol, LanyardPoint corners[4])
{
  unsigned n = zbar_symbol_get_loc_size (symbol);
  LanyardPoint low, high;
  unsigned turn = turn_of (symbol);

  if (n == 0)
    return;
  low = high = location (symbol, 0);
  for (unsigned i = 1; i < n; i++)
    {
      LanyardPoint point = location (symbol, i);

      low.x = MIN (low.x, point.x);
      low.y = MIN (low.y, point.y);
      high.x = MAX (high.x, point.x);
      high.y = MAX (high.y, point.y);
    }
  const LanyardPoint box[4] = { low, { high.x, low.y }, high, { low.x, high.y } };

  for (unsigned i = 0; i < 4; i++)
    corners[i] = box[(i + turn) % 4];
}

static void
report (const zbar_symbol_t *symbol, LanyardZbarFunc func, gpointer user_data)
{
  LanyardZbarSymbol found = { symbology_of (zbar_symbol_get_type (symbol)) };

  if (found.symbology == LANYARD_SYMBOLOGY_NONE)
    return;
  found.data = (const guint8 *)zbar_symbol_get_data (symbol);
  found.n_bytes = zbar_symbol_get_data_length (symbol);
  if (found.data == NULL)
    return;
  if (found.symbology == LANYARD_SYMBOLOGY_QR)
    qr_corners (symbol, found.corners);
  else
    linear_corners (symbol, found.corners);
  func (&found, user_data);
}

/* ZBar knows no stride. */
static const guint8 *
packed_rows (LanyardZbar *zbar, const LanyardFrame *frame)
{
  const guint8 *data = lanyard_frame_get_data (frame);
  gsize n_bytes = (gsize)frame->width * frame->height;

  if (frame->stride == frame->width)
    return data;
  if (zbar->packed_bytes < n_bytes)
    {
      g_free (zbar->packed);
      zbar->packed = g_malloc (n_bytes);
      zbar->packed_bytes = n_bytes;
    }
  for (guint y = 0; y < frame->height; y++)
    memcpy (zbar->packed + (gsize)y * frame->width, data + (gsize)y * frame->stride, frame->width);
  return zbar->packed;
}

LanyardZbar *
lanyard_zbar_new (void)
{
  LanyardZbar *zbar = g_new0 (LanyardZbar, 1);

  zbar->scanner = zbar_image_scanner_create ();
  /* Everything off first: what is not named here (DataBar, add-ons) costs time and misreads. */
  zbar_image_scanner_set_config (zbar->scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  for (guint i = 0; i < G_N_ELEMENTS (symbologies); i++)
    {
      zbar_image_scanner_set_config (zbar->scanner, symbologies[i].type, ZBAR_CFG_ENABLE, 1);
      if (symbologies[i].min_length > 0)
        zbar_image_scanner_set_config (zbar->scanner, symbologies[i].type, ZBAR_CFG_MIN_LEN,
                                       symbologies[i].min_length);
    }
  /* Without this ZBar guesses a character set and rewrites the bytes. */
  zbar_image_scanner_set_config (zbar->scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
  zbar_image_scanner_set_config (zbar->scanner, ZBAR_NONE, ZBAR_CFG_POSITION, 1);
  zbar_image_scanner_enable_cache (zbar->scanner, 0);
  return zbar;
}

void
lanyard_zbar_free (LanyardZbar *zbar)
{
  if (zbar == NULL)
    return;
  zbar_image_scanner_destroy (zbar->scanner);
  g_free (zbar->packed);
  g_free (zbar);
}

void
lanyard_zbar_scan (LanyardZbar *zbar,
                   const LanyardFrame *frame,
                   LanyardZbarFunc func,
                   gpointer user_data)
{
  zbar_image_t *image;

  g_return_if_fail (zbar != NULL);
  g_return_if_fail (frame != NULL);
  g_return_if_fail (func != NULL);

  image = zbar_image_create ();
  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, frame->width, frame->height);
  zbar_image_set_data (image, packed_rows (zbar, frame), (gulong)frame->width * frame->height,
                       NULL);
  if (zbar_scan_image (zbar->scanner, image) > 0)
    for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL;
         symbol = zbar_symbol_next (symbol))
      report (symbol, func, user_data);
  zbar_image_destroy (image);
}
