/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-directory.h"
#include "lanyard-pack.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_RESULT_ROW (lanyard_result_row_get_type ())
G_DECLARE_FINAL_TYPE (LanyardResultRow, lanyard_result_row, LANYARD, RESULT_ROW, GtkButton)

/* One person that a search found: a button, because GTK 4.8 gives assistive tools no way to press a
 * row of a list. @pack: (nullable): labels of codes */
GtkWidget *lanyard_result_row_new (const LanyardHit *hit, LanyardPack *pack);
/* Returns: (transfer none) */
const char *lanyard_result_row_get_number (LanyardResultRow *self);

G_END_DECLS
