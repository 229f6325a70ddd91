/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-ipp-limits.h"
#include "lanyard-printer.h"

G_BEGIN_DECLS

/**
 * lanyard_ipp_printer_new:
 * @uri: "ipp://host[:port]/path" or "ipps://…"
 * @limits: (nullable): how long the printer may take
 * @error: LANYARD_ERROR_USAGE
 *
 * A LanyardPrinter over IPP (RFC 8011): a printer of its own or a queue of CUPS. Does not contact
 * it yet. A serial is sent once: submitting it again is a programming error and does nothing,
 * unless it has FAILED before.
 *
 * Returns: (transfer full) (nullable)
 */
LanyardPrinter *
lanyard_ipp_printer_new (const char *uri, const LanyardIppLimits *limits, GError **error);

G_END_DECLS
