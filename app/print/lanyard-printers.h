/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-printer.h"

G_BEGIN_DECLS

/**
 * lanyard_printer_open:
 * @uri: as for lanyard_ipp_address_new(), or "file:DIRECTORY"
 * @error: LANYARD_ERROR_USAGE for a URI that is none of these
 *
 * Does not contact the printer: one that is off now may be on later.
 *
 * Returns: (transfer full) (nullable): a printer that lives in the thread-default GMainContext
 */
LanyardPrinter *lanyard_printer_open (const char *uri, GError **error);

/* Whether badges become files in a folder: "file:DIRECTORY". */
gboolean lanyard_printer_is_directory (const char *uri);

/**
 * lanyard_printer_probe:
 * @uri: as for lanyard_printer_open()
 * @width_mm: badge to print
 * @height_mm: badge to print
 * @error: NETWORK (nothing answers), REFUSED (it does not take the size or any of our formats)
 *
 * Blocks, with a time limit of 5 s. For doctor and set-up.
 *
 * Returns: (transfer full) (nullable): make and model, size and format that would be used
 */
char *lanyard_printer_probe (const char *uri, double width_mm, double height_mm, GError **error);

G_END_DECLS
