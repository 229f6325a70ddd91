/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-scan.h"

G_BEGIN_DECLS

/* Symbology identifiers of ISO/IEC 15424, "AIM identifiers" in manuals: "]", a letter for the
 * symbology, a modifier. */
#define LANYARD_AIM_BYTES 3

typedef struct
{
  LanyardSymbology symbology; /* WEDGE: one that has no name here */
  /* ECI protocol: a backslash in the data is doubled, and a backslash with six digits names a
   * character set */
  gboolean escaped;
} LanyardAim;

/**
 * lanyard_aim_parse:
 * @data: what a scanner sent; hostile
 * @n_bytes: its length in bytes
 * @aim: (out): what the identifier says
 *
 * Returns: whether @data begins with an identifier
 */
gboolean lanyard_aim_parse (const void *data, gsize n_bytes, LanyardAim *aim);

/**
 * lanyard_aim_make_scan:
 * @source: which way it came
 * @data: what a scanner sent; hostile
 * @n_bytes: its length in bytes
 * @strip: whether the scanner is set to send an identifier; without one the data is taken as it is,
 *   by a scanner that does not say
 *
 * Takes the identifier off, gives the scan its symbology, and undoes the escapes of ECI.
 *
 * Returns: (transfer full) (nullable): the scan; NULL when there is no content, or more than
 *   LANYARD_SCAN_MAX_BYTES of it
 */
LanyardScan *
lanyard_aim_make_scan (LanyardScanSource source, const void *data, gsize n_bytes, gboolean strip);

G_END_DECLS
