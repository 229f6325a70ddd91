/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-doctor.h"

G_BEGIN_DECLS

/**
 * lanyard_printer_report:
 * @doctor: gets a line for each finding; its pack (nullable) has the templates
 * @what: how the printer is called in the lines: "printer left"
 * @uri: as for lanyard_printer_open()
 *
 * Asks one printer everything, and whether it takes each template of the pack at its true size,
 * with codes that its dots are fine enough for.
 */
void lanyard_printer_report (LanyardDoctor *doctor, const char *what, const char *uri);

G_END_DECLS
