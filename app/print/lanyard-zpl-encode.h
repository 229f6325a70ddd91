/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-mono-raster.h"

G_BEGIN_DECLS

/* How dots are written in ^GFA. */
typedef enum
{
  /* Hexadecimal with letters for runs and rows that repeat ("Alternative Data Compression Scheme"):
   * understood by every ZPL II printer and every imitation of one. */
  LANYARD_ZPL_CODING_ASCII,
  /* ":Z64:": deflate, Base64 and a checksum ("ZB64 Encoding and Compression"): smaller, for slow
   * lines; Zebra's own printers since about 2000. */
  LANYARD_ZPL_CODING_Z64,
} LanyardZplCoding;

/* Most bytes of dots of one ^GFA: what the reference says it takes. */
#define LANYARD_ZPL_MAX_FIELD_BYTES 99999

/**
 * lanyard_zpl_encode:
 * @raster: what to print
 * @serial: badge serial, goes in as a comment that is not printed
 * @coding: how
 * @error: LANYARD_ERROR_INVALID for a serial that ZPL would take for a command
 *
 * Makes one label, from ^XA to ^XZ, of exactly the size of @raster. What other programs may have
 * left behind in the printer (label home, shift, mirror, reverse) is put right first. Pure.
 *
 * Returns: (transfer full) (nullable)
 */
GBytes *lanyard_zpl_encode (const LanyardMonoRaster *raster,
                            const char *serial,
                            LanyardZplCoding coding,
                            GError **error);

/* CRC-16 of polynomial 0x1021 from 0, as ":Z64:" wants it over its Base64. */
guint16 lanyard_zpl_crc (const char *bytes, gsize n_bytes);

G_END_DECLS
