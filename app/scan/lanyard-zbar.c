/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-zbar.h"

#include <string.h>

#include <zbar.h>

/* What lanyard_qr_render() is made for. */
#define DRAWING_DENSITY 2

struct _LanyardZbar
{
  zbar_image_scanner_t *whole;   /* owned: everything that is enabled */
  zbar_image_scanner_t *symbol;  /* owned: QR only */
  zbar_image_scanner_t *drawing; /* owned: QR only, every second line */
  zbar_decoder_t *decoder;       /* owned: linear codes, a line at a time */
  zbar_scanner_t *line;          /* owned: grey values to bar widths for decoder */
  LanyardPlaneBuffer packed;     /* rows without gaps, as ZBar wants them */
  LanyardZbarLineFunc line_func; /* (nullable): while a line is read */
  gpointer line_data;
  guint line_at; /* sample or width that the line is read at */
  LanyardSymbologies enabled;
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
report (const zbar_symbol_t *symbol, LanyardFoundFunc func, gpointer user_data)
{
  LanyardFound found = { symbology_of (zbar_symbol_get_type (symbol)) };

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
packed_rows (LanyardZbar *zbar, const LanyardPlane *plane)
{
  guint8 *packed;

  if (plane->stride == plane->width)
    return plane->data;
  packed = lanyard_plane_buffer_reserve (&zbar->packed, plane->width, plane->height);
  for (guint y = 0; y < plane->height; y++)
    memcpy (packed + (gsize)y * plane->width, plane->data + (gsize)y * plane->stride, plane->width);
  return packed;
}

static void
scan_plane (LanyardZbar *zbar,
            zbar_image_scanner_t *scanner,
            const LanyardPlane *plane,
            LanyardFoundFunc func,
            gpointer user_data)
{
  zbar_image_t *image = zbar_image_create ();

  zbar_image_set_format (image, zbar_fourcc ('Y', '8', '0', '0'));
  zbar_image_set_size (image, plane->width, plane->height);
  zbar_image_set_data (image, packed_rows (zbar, plane), (gulong)plane->width * plane->height,
                       NULL);
  if (zbar_scan_image (scanner, image) > 0)
    for (const zbar_symbol_t *symbol = zbar_image_first_symbol (image); symbol != NULL;
         symbol = zbar_symbol_next (symbol))
      report (symbol, func, user_data);
  zbar_image_destroy (image);
}

static void
on_line_symbol (zbar_decoder_t *decoder)
{
  LanyardZbar *zbar = zbar_decoder_get_userdata (decoder);
  LanyardZbarLineCode code = { symbology_of (zbar_decoder_get_type (decoder)) };

  if (code.symbology == LANYARD_SYMBOLOGY_NONE || zbar->line_func == NULL)
    return;
  code.data = (const guint8 *)zbar_decoder_get_data (decoder);
  code.n_bytes = zbar_decoder_get_data_length (decoder);
  code.end = zbar->line_at;
  code.backwards = zbar_decoder_get_direction (decoder) < 0;
  if (code.data != NULL)
    zbar->line_func (&code, zbar->line_data);
}

/* Everything off first: what is not named here (DataBar, add-ons) costs time and misreads. */
static void
enable (LanyardZbar *zbar, LanyardSymbologies enabled)
{
  zbar_image_scanner_set_config (zbar->whole, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar_decoder_set_config (zbar->decoder, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  for (guint i = 0; i < G_N_ELEMENTS (symbologies); i++)
    {
      if (!(enabled & LANYARD_SYMBOLOGY_BIT (symbologies[i].symbology)))
        continue;
      zbar->enabled |= LANYARD_SYMBOLOGY_BIT (symbologies[i].symbology);
      zbar_image_scanner_set_config (zbar->whole, symbologies[i].type, ZBAR_CFG_ENABLE, 1);
      if (symbologies[i].type != ZBAR_QRCODE)
        zbar_decoder_set_config (zbar->decoder, symbologies[i].type, ZBAR_CFG_ENABLE, 1);
      if (symbologies[i].min_length == 0)
        continue;
      zbar_image_scanner_set_config (zbar->whole, symbologies[i].type, ZBAR_CFG_MIN_LEN,
                                     symbologies[i].min_length);
      zbar_decoder_set_config (zbar->decoder, symbologies[i].type, ZBAR_CFG_MIN_LEN,
                               symbologies[i].min_length);
    }
}

/* @density: from one line to the next, px */
static zbar_image_scanner_t *
new_qr_scanner (int density)
{
  zbar_image_scanner_t *scanner = zbar_image_scanner_create ();

  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
  zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
  zbar_image_scanner_set_config (scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_POSITION, 1);
  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_X_DENSITY, density);
  zbar_image_scanner_set_config (scanner, ZBAR_NONE, ZBAR_CFG_Y_DENSITY, density);
  zbar_image_scanner_enable_cache (scanner, 0);
  return scanner;
}

LanyardZbar *
lanyard_zbar_new (LanyardSymbologies enabled)
{
  LanyardZbar *zbar = g_new0 (LanyardZbar, 1);

  zbar->whole = zbar_image_scanner_create ();
  zbar->decoder = zbar_decoder_create ();
  zbar->line = zbar_scanner_create (zbar->decoder);
  enable (zbar, enabled);
  /* Without BINARY ZBar guesses a character set and rewrites the bytes. */
  zbar_image_scanner_set_config (zbar->whole, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
  zbar_image_scanner_set_config (zbar->whole, ZBAR_NONE, ZBAR_CFG_POSITION, 1);
  zbar_image_scanner_enable_cache (zbar->whole, 0);
  zbar->symbol = new_qr_scanner (1);
  zbar->drawing = new_qr_scanner (DRAWING_DENSITY);
  zbar_decoder_set_userdata (zbar->decoder, zbar);
  zbar_decoder_set_handler (zbar->decoder, on_line_symbol);
  return zbar;
}

void
lanyard_zbar_free (LanyardZbar *zbar)
{
  if (zbar == NULL)
    return;
  zbar_image_scanner_destroy (zbar->whole);
  zbar_image_scanner_destroy (zbar->symbol);
  zbar_image_scanner_destroy (zbar->drawing);
  zbar_scanner_destroy (zbar->line);
  zbar_decoder_destroy (zbar->decoder);
  lanyard_plane_buffer_clear (&zbar->packed);
  g_free (zbar);
}

void
lanyard_zbar_scan (LanyardZbar *zbar,
                   const LanyardPlane *plane,
                   LanyardFoundFunc func,
                   gpointer user_data)
{
  g_return_if_fail (zbar != NULL);
  g_return_if_fail (plane != NULL);
  g_return_if_fail (func != NULL);

  scan_plane (zbar, zbar->whole, plane, func, user_data);
}

void
lanyard_zbar_read_drawing (LanyardZbar *zbar,
                           const LanyardPlane *plane,
                           LanyardFoundFunc func,
                           gpointer user_data)
{
  g_return_if_fail (zbar != NULL);
  g_return_if_fail (plane != NULL);
  g_return_if_fail (func != NULL);

  scan_plane (zbar, zbar->drawing, plane, func, user_data);
}

void
lanyard_zbar_read_symbol (LanyardZbar *zbar,
                          const LanyardPlane *plane,
                          LanyardFoundFunc func,
                          gpointer user_data)
{
  g_return_if_fail (zbar != NULL);
  g_return_if_fail (plane != NULL);
  g_return_if_fail (func != NULL);

  scan_plane (zbar, zbar->symbol, plane, func, user_data);
}

void
lanyard_zbar_read_line (LanyardZbar *zbar,
                        const guint8 *samples,
                        guint n_samples,
                        LanyardZbarLineFunc func,
                        gpointer user_data)
{
  g_return_if_fail (zbar != NULL);
  g_return_if_fail (samples != NULL || n_samples == 0);
  g_return_if_fail (func != NULL);

  zbar->line_func = func;
  zbar->line_data = user_data;
  zbar_scanner_new_scan (zbar->line);
  for (zbar->line_at = 0; zbar->line_at < n_samples; zbar->line_at++)
    zbar_scan_y (zbar->line, samples[zbar->line_at]);
  /* The last edges come out with two flushes (zbar.h, zbar_scanner_new_scan()). */
  zbar_scanner_flush (zbar->line);
  zbar_scanner_flush (zbar->line);
  zbar_scanner_new_scan (zbar->line);
  zbar->line_func = NULL;
}

void
lanyard_zbar_read_widths (LanyardZbar *zbar,
                          const guint32 *widths,
                          guint n_widths,
                          LanyardZbarLineFunc func,
                          gpointer user_data)
{
  g_return_if_fail (zbar != NULL);
  g_return_if_fail (widths != NULL || n_widths == 0);
  g_return_if_fail (func != NULL);

  zbar->line_func = func;
  zbar->line_data = user_data;
  /* No new scan: that keeps halves of EAN codes of other lines. */
  zbar_decoder_reset (zbar->decoder);
  for (zbar->line_at = 0; zbar->line_at < n_widths; zbar->line_at++)
    zbar_decode_width (zbar->decoder, widths[zbar->line_at]);
  zbar->line_func = NULL;
}

LanyardSymbologies
lanyard_zbar_get_enabled (LanyardZbar *zbar)
{
  g_return_val_if_fail (zbar != NULL, 0);

  return zbar->enabled;
}
