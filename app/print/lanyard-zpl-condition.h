/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-printer-condition.h"
#include "lanyard-zpl-status.h"

G_BEGIN_DECLS

/**
 * lanyard_zpl_condition_new:
 * @status: (nullable): what the printer says; %NULL when it does not answer
 * @identity: (nullable): what it is, when that is known
 * @counter: labels since it was made; -1: not known
 * @fault: why there is no @status
 *
 * Pure.
 *
 * Returns: (transfer full): all that is known of a label printer
 */
LanyardPrinterCondition *lanyard_zpl_condition_new (const LanyardZplStatus *status,
                                                    const LanyardZplIdentity *identity,
                                                    gint64 counter,
                                                    LanyardPrintFault fault);

G_END_DECLS
