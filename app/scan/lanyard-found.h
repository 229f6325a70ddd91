/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-scan.h"

G_BEGIN_DECLS

/* One symbol, as the part of the reader that found it hands it on; lives as long as the call of
 * LanyardFoundFunc. */
typedef struct
{
  LanyardSymbology symbology;
  const guint8 *data;      /* exact bytes: a QR code's are not converted */
  gsize n_bytes;           /* may be 0 */
  LanyardPoint corners[4]; /* as in LanyardScan, px of the plane that was searched; of a linear
                              code, the box of the lines that read it */
} LanyardFound;

/* A symbol that was located and could not be read. */
typedef struct
{
  LanyardSymbology symbology; /* that it looks like */
  LanyardPoint corners[4]; /* clockwise from its own top left, px of the plane that was searched */
  double module_px;        /* px a module, or of a zone from character to character; 0: not known */
  double least_px;         /* of module_px, below which such symbols can hardly be read */
  double fit;              /* 0 to 1: how sure it is that this is a symbol at all */
  gboolean glaring;        /* a part of it is blown out, for certain */
} LanyardSuspect;

typedef void (*LanyardFoundFunc) (const LanyardFound *found, gpointer user_data);

G_END_DECLS
