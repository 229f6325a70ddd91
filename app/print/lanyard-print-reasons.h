/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-printer-condition.h"

G_BEGIN_DECLS

/**
 * lanyard_print_reasons_apply:
 * @reasons: (nullable): printer-state-reasons, keywords of RFC 8011 §5.4.12 and PWG 5100.9,
 *   NULL-terminated
 * @condition: gets faults and warnings; its stopped is read
 *
 * Pure. The faults come in the order in which a person must mend them: a cover that is open hides a
 * jam, and a jam hides an empty tray. "-report" never counts. "-warning" is a warning, but a fault
 * where the thing itself cannot be while a badge printer prints (a jam, an open cover, no media, a
 * full output). A keyword without a severity counts as an error where it names one. One that is
 * not known here counts as OTHER, by its severity. A printer that is stopped without a reason has
 * the fault OTHER.
 */
void lanyard_print_reasons_apply (const char *const *reasons, LanyardPrinterCondition *condition);

/* Returns: the first fault that lanyard_print_reasons_apply() finds, or NONE. */
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
