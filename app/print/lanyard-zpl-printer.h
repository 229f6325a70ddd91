/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-printer.h"
#include "lanyard-zpl-limits.h"

G_BEGIN_DECLS

/**
 * lanyard_zpl_printer_new:
 * @uri: as for lanyard_zpl_target_parse()
 * @limits: (nullable): how long the printer may take
 * @error: LANYARD_ERROR_USAGE
 *
 * A LanyardPrinter for labels and wristbands in ZPL II. Does not contact it yet. A serial is sent
 * once: submitting it again is a programming error and does nothing, unless it has FAILED before.
 *
 * Such a printer gives its jobs no numbers and knows no names, so reports have no job, and what
 * became of a badge before a restart is always LOST.
 *
 * Returns: (transfer full) (nullable)
 */
LanyardPrinter *
lanyard_zpl_printer_new (const char *uri, const LanyardZplLimits *limits, GError **error);

G_END_DECLS
