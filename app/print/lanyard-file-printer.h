/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-printer.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_FILE_PRINTER (lanyard_file_printer_get_type ())
G_DECLARE_FINAL_TYPE (LanyardFilePrinter, lanyard_file_printer, LANYARD, FILE_PRINTER, GObject)

/**
 * lanyard_file_printer_new:
 * @directory: made when it is not there
 *
 * A printer that writes DIRECTORY/SERIAL.pdf, whole and on disk or not at all, and never over a
 * badge that is there. For tests, and for an office that prints the files itself.
 */
LanyardFilePrinter *lanyard_file_printer_new (const char *directory);

G_END_DECLS
