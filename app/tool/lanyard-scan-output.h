/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-cascade.h"
#include "lanyard-scan.h"

G_BEGIN_DECLS

/* What `lanyard scan` says of a picture: lines for people, JSON for programs, a drawing. */

/* @name: the picture as the caller named it. One line of JSON: file, symbology, text (or hex),
 * corners (px), ms, step. */
void lanyard_scan_output_json (const char *name, const LanyardScan *scan);
/* One line: name, symbology, content; control characters of either are escaped. */
void lanyard_scan_output_line (const char *name, const LanyardScan *scan);
/* One line: there is no code in that picture. */
void lanyard_scan_output_nothing (const char *name);
/* One line on standard error: something could not be opened, and the rest is gone on with. */
void lanyard_scan_output_failure (const GError *error);

/* One line, or one line of JSON, for each step of the reader that was begun: what it found, work
 * and time. @trace: (array length=n_steps) */
void lanyard_scan_output_trace (const char *name,
                                const LanyardCascadeTrace *trace,
                                guint n_steps,
                                gboolean json);

/**
 * lanyard_scan_output_annotate:
 * @picture: path of the picture that was read
 * @scans: (element-type LanyardScan): what was found in it
 * @path: where to write the drawing; it is replaced in one step
 *
 * Draws the outline of each code over the picture, with its symbology and the first characters.
 *
 * Returns: FALSE with @error set: LANYARD_ERROR_IO
 */
gboolean lanyard_scan_output_annotate (const char *picture,
                                       const GPtrArray *scans,
                                       const char *path,
                                       GError **error);

G_END_DECLS
