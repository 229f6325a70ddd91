/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-view.h"
#include "lanyard-words.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_STATUS_PILL (lanyard_status_pill_get_type ())
G_DECLARE_FINAL_TYPE (LanyardStatusPill, lanyard_status_pill, LANYARD, STATUS_PILL, GtkWidget)

/* The truth about the line in two words: whether the hub answers and how many records wait. */
void lanyard_status_pill_show (LanyardStatusPill *self,
                               const LanyardDeskStatus *status,
                               LanyardWords *words);

G_END_DECLS
