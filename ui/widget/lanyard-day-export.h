/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-controls.h"
#include "lanyard-words.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_DAY_EXPORT (lanyard_day_export_get_type ())
G_DECLARE_FINAL_TYPE (LanyardDayExport, lanyard_day_export, LANYARD, DAY_EXPORT, GtkWidget)

/* Saves the day as a file: what kind, with or without names, and what came of it. Reports are in
 * the language of @words. */
void
lanyard_day_export_open (LanyardDayExport *self, LanyardControls *controls, LanyardWords *words);
/* Forgets what came of the last one; the next one is without names again. */
void lanyard_day_export_close (LanyardDayExport *self);

G_END_DECLS
