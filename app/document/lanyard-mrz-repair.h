/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-mrz-text.h"

G_BEGIN_DECLS

/* Whether each character may stand where it stands. */
gboolean lanyard_mrz_text_all_fit (const LanyardMrzText *text, const LanyardMrzLayout *layout);

/* Whether each check digit agrees. */
gboolean lanyard_mrz_text_all_agree (const LanyardMrzText *text, const LanyardMrzLayout *layout);

/**
 * lanyard_mrz_repair:
 * @text: (inout): a complete zone
 * @layout: of its format
 * @repairs: (out caller-allocates): room for LANYARD_MRZ_MAX_REPAIRS
 *
 * Changes @text only if all check digits agree afterwards. A document number holds letters and
 * digits alike: nothing in it is ever repaired.
 *
 * Returns: how many characters were repaired
 */
guint lanyard_mrz_repair (LanyardMrzText *text,
                          const LanyardMrzLayout *layout,
                          LanyardMrzRepair *repairs);

G_END_DECLS
