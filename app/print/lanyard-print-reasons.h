/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-print-fault.h"

G_BEGIN_DECLS

/**
 * lanyard_print_fault_from_reasons:
 * @reasons: (nullable): printer-state-reasons, keywords of RFC 8011 §5.4.12, NULL-terminated
 * @stopped: printer-state is stopped
 *
 * Pure. Of several reasons the one counts that a person must mend first: a cover that is open hides
 * a jam, and a jam hides an empty tray. "-report" never counts, "-warning" only where the thing
 * itself cannot be while a badge printer prints (a jam, an open cover, no media, a full output); a
 * keyword without a severity counts as an error where it names one.
 *
 * Returns: what keeps the printer from printing; OTHER when it is stopped without a reason that is
 *   known here
 */
LanyardPrintFault lanyard_print_fault_from_reasons (const char *const *reasons, gboolean stopped);

/**
 * lanyard_print_fault_from_job_reasons:
 * @reasons: (nullable): job-state-reasons, keywords of RFC 8011 §5.3.8, NULL-terminated
 *
 * Pure.
 *
 * Returns: CANCELLED, REJECTED, or OTHER: why a job ended before it was completed
 */
LanyardPrintFault lanyard_print_fault_from_job_reasons (const char *const *reasons);

G_END_DECLS
