/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LANYARD_TYPE_BAR (lanyard_bar_get_type ())
G_DECLARE_FINAL_TYPE (LanyardBar, lanyard_bar, LANYARD, BAR, GtkWidget)

/* One bar of a chart, from the side from which the language is read: a pale part as long as @whole,
 * and on it a full one as long as @part, both as shares of what is longest in the chart, 0 to 1.
 * The numbers stand beside it: for assistive tools it is not there. */
GtkWidget *lanyard_bar_new (double part, double whole);

G_END_DECLS
