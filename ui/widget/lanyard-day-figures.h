/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-day-part.h"
#include "lanyard-pack.h"
#include "lanyard-words.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_DAY_FIGURES (lanyard_day_figures_get_type ())
G_DECLARE_FINAL_TYPE (LanyardDayFigures, lanyard_day_figures, LANYARD, DAY_FIGURES, GtkWidget)

/* The day by hour and by category: charts whose numbers stand in the same row.
 * @part: (nullable): NULL: nothing is known */
void lanyard_day_figures_show (LanyardDayFigures *self,
                               const LanyardDayPart *part,
                               LanyardPack *pack,
                               LanyardWords *words);

G_END_DECLS
