/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-record.h"

G_BEGIN_DECLS

/* One bit for each reason that staff may give, for sets of them. */
typedef guint32 LanyardVoidReasons;

/* The reasons for which staff void a badge, in the order in which a screen offers them.
 * Returns: (transfer none) (array zero-terminated): what void reasons are to choose from */
const LanyardVoidReason *lanyard_void_reasons_of_staff (void);
/* Whether staff may give this reason at all; the others are what a desk finds out itself. */
gboolean lanyard_void_reason_is_of_staff (LanyardVoidReason reason);
/* Whether the person gets another badge for it: not when the accreditation was withdrawn. */
gboolean lanyard_void_reason_allows_reissue (LanyardVoidReason reason);
/* Returns: the bit of @reason; 0 for one that staff do not give */
LanyardVoidReasons lanyard_void_reason_to_bit (LanyardVoidReason reason);
/* "data-changed" (transfer none) (nullable) */
const char *lanyard_void_reason_to_string (LanyardVoidReason reason);
/* Returns: 0 when @name is the name of no reason that staff may give */
LanyardVoidReason lanyard_void_reason_from_string (const char *name);

G_END_DECLS
