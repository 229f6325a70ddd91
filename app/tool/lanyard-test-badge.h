/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-printer.h"

G_BEGIN_DECLS

/**
 * lanyard_test_badge_new:
 * @serial: stands on it and in its QR
 * @width_mm: of the badge
 * @height_mm: of the badge
 * @n_pages: 1 or 2
 * @error: LANYARD_ERROR_LIMIT for a serial that fits no QR
 *
 * A badge of nobody that shows what a printer does to badges: a frame along the very edge (true
 * size, margins), a ruler to hold a ruler to, lines of one to four tenths of a millimetre, the
 * colours, and a QR of the size that badges have.
 *
 * Returns: (transfer full) (nullable)
 */
LanyardPrintJob *lanyard_test_badge_new (const char *serial,
                                         double width_mm,
                                         double height_mm,
                                         guint n_pages,
                                         GError **error);

/* Length of the ruler on a badge of @width_mm: 10, 20, … mm */
double lanyard_test_badge_get_ruler_mm (double width_mm);

G_END_DECLS
