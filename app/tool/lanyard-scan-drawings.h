/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-scan-pictures.h"

G_BEGIN_DECLS

/* Where the drawings of `lanyard scan --annotate` go: one file for one picture, a folder for many.
 * No drawing takes the place of a picture that is read, nor of another drawing of this run. */
typedef struct _LanyardScanDrawings LanyardScanDrawings;

/**
 * lanyard_scan_drawings_new:
 * @path: as the caller gave it: a file, or a folder (made when it is not there) for many
 * @found: what is read
 * @error: LANYARD_ERROR_IO: the folder cannot be made
 *
 * Returns: (transfer full) (nullable)
 */
LanyardScanDrawings *
lanyard_scan_drawings_new (const char *path, const LanyardScanPictures *found, GError **error);
void lanyard_scan_drawings_free (LanyardScanDrawings *drawings);

/* Draws @scans (element-type LanyardScan) over @picture.
 * @error: LANYARD_ERROR_USAGE: the drawing would replace a picture; LANYARD_ERROR_IO */
gboolean lanyard_scan_drawings_add (LanyardScanDrawings *drawings,
                                    const LanyardScanPicture *picture,
                                    const GPtrArray *scans,
                                    GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardScanDrawings, lanyard_scan_drawings_free)

G_END_DECLS
