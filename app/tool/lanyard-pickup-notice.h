/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-desk.h"

G_BEGIN_DECLS

/* Returns: (transfer none) (nullable): a sentence for why a pickup without a window does not go on;
 * NULL when it does */
const char *lanyard_pickup_notice_get_words (LanyardNotice notice);

G_END_DECLS
