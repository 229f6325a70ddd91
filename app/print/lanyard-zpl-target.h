/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-mono-raster.h"
#include "lanyard-zpl-encode.h"

G_BEGIN_DECLS

/* Where a ZPL II printer is and what is in it, from its URI. A value. */
typedef struct
{
  char *name;       /* the URI without what follows "?", for messages */
  char *host;       /* (nullable): name or address, for TCP */
  guint16 port;     /* for TCP */
  char *device;     /* (nullable): path of a device file */
  guint dpi;        /* 203, 300 or 600 */
  double width_mm;  /* of the label across the print head; 0: as wide as the badge */
  double height_mm; /* 0: as long as the badge */
  LanyardZplCoding coding;
} LanyardZplTarget;

#define LANYARD_ZPL_PORT 9100
/* A badge may be this much off the label. */
#define LANYARD_ZPL_SIZE_TOLERANCE_MM 0.5

/* Whether @uri is meant for a ZPL II printer. */
gboolean lanyard_zpl_target_is_uri (const char *uri);

/**
 * lanyard_zpl_target_parse:
 * @uri: "zpl://HOST[:PORT]?dpi=203|300|600[&width=MM&height=MM][&coding=ascii|z64]" or
 *   "zpl:///dev/usb/lp0?…"
 * @error: LANYARD_ERROR_USAGE naming what is wrong
 *
 * Returns: (transfer full) (nullable)
 */
LanyardZplTarget *lanyard_zpl_target_parse (const char *uri, GError **error);
LanyardZplTarget *lanyard_zpl_target_copy (const LanyardZplTarget *target);
void lanyard_zpl_target_free (LanyardZplTarget *target);

/* Dots per mm as ZPL II printers have them and ~HI says: 8, 12 or 24. */
guint lanyard_zpl_target_get_dots_per_mm (const LanyardZplTarget *target);

/**
 * lanyard_zpl_target_fit:
 * @width_mm: of the badge
 * @height_mm: of the badge
 * @n_pages: of the badge
 * @sheet: (out caller-allocates): how it stands on the label
 * @error: LANYARD_ERROR_REFUSED: it cannot be printed at its true size, and why
 */
gboolean lanyard_zpl_target_fit (const LanyardZplTarget *target,
                                 double width_mm,
                                 double height_mm,
                                 guint n_pages,
                                 LanyardMonoSheet *sheet,
                                 GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardZplTarget, lanyard_zpl_target_free)

G_END_DECLS
