/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-badge.h"

G_BEGIN_DECLS

/*
 * What data-if says: words with spaces between, of which one must be true.
 *
 *   zones, transport, seating, venues     the person has a code of this list
 *   zones:CODE, …                         the person has this code
 *   category:CODE, organisation:CODE      the person is of it
 *   any field of text, photo              there is something to show
 *   !WORD                                 the contrary of WORD
 */

/* Whether @condition can be asked: fields and codes of @pack only. */
gboolean lanyard_condition_is_known (LanyardPack *pack, const char *condition);
/* @condition: (nullable): always true when NULL */
gboolean lanyard_condition_holds (LanyardPack *pack,
                                  const LanyardBadgeContent *content,
                                  const char *condition);

G_END_DECLS
