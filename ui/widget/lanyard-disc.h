/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LANYARD_TYPE_DISC (lanyard_disc_get_type ())
G_DECLARE_FINAL_TYPE (LanyardDisc, lanyard_disc, LANYARD, DISC, GtkWidget)

/* A number in a filled circle. */
GtkWidget *lanyard_disc_new (guint number);

G_END_DECLS
