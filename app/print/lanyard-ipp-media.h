/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <cups/ipp.h>
#include <glib.h>

G_BEGIN_DECLS

/* Returns: whether the printer names any size at all */
gboolean lanyard_ipp_media_is_named (ipp_t *attributes);

/**
 * lanyard_ipp_media_find:
 * @attributes: answer to Get-Printer-Attributes
 * @width_hmm: (inout): wanted width in hundredths of a millimetre
 * @height_hmm: (inout): wanted height
 *
 * Looks for a media size in media-size-supported and media-col-database (PWG 5100.3), both with
 * their ranges, and in the names in media-supported (PWG 5101.1), with custom_min and custom_max.
 * A printer that names no size at all is believed to take every one. Pure.
 *
 * Returns: whether the printer has the size; then the nearest of its own within
 *   LANYARD_IPP_SIZE_TOLERANCE_HMM stands in @width_hmm and @height_hmm
 */
gboolean lanyard_ipp_media_find (ipp_t *attributes, int *width_hmm, int *height_hmm);

G_END_DECLS
