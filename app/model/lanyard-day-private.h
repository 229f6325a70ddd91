/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-day.h"

G_BEGIN_DECLS

/* Rows of the day, for those who count them. Returns: (transfer none) (element-type LanyardDayRow)
 */
GPtrArray *lanyard_day_get_rows (LanyardDay *day);

G_END_DECLS
