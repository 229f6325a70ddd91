/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-day.h"

G_BEGIN_DECLS

/* Rows of the venue's other desks, and the order of all rows, theirs and this desk's. A part of
 * LanyardDay. */
typedef struct _LanyardDayOthers LanyardDayOthers;

LanyardDayOthers *lanyard_day_others_new (gint64 since_us);
/* @others: (nullable) */
void lanyard_day_others_free (LanyardDayOthers *others);

/* Returns: whether something has changed */
gboolean lanyard_day_others_take (LanyardDayOthers *others, const LanyardRecord *record);
/* Puts a row of this desk into the order. @row: borrowed; must outlive @others */
void lanyard_day_others_merge (LanyardDayOthers *others, LanyardDayRow *row);
/* Returns: (transfer none) (element-type LanyardDayRow): all rows, by when they began */
GPtrArray *lanyard_day_others_get_merged (LanyardDayOthers *others);
/* Returns: (transfer none) (element-type LanyardDayRow): of other desks, as they were heard of */
GPtrArray *lanyard_day_others_get_rows (LanyardDayOthers *others);
void lanyard_day_others_count (LanyardDayOthers *others, LanyardDayVenue *venue);

G_END_DECLS
