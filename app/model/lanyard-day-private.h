/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-day.h"

G_BEGIN_DECLS

/* Rows of the day, for those who count them. Returns: (transfer none) (element-type LanyardDayRow)
 */
GPtrArray *lanyard_day_get_rows (LanyardDay *day);
/* What the first record says of @row, and what each one does. */
void lanyard_day_row_begin (LanyardDayRow *row, const LanyardRecord *record);
void lanyard_day_row_take (LanyardDayRow *row,
                           const LanyardRecord *record,
                           LanyardPickupState state,
                           gint64 position);

G_END_DECLS
