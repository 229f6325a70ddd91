/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LANYARD_TYPE_COUNTDOWN (lanyard_countdown_get_type ())
G_DECLARE_FINAL_TYPE (LanyardCountdown, lanyard_countdown, LANYARD, COUNTDOWN, GtkWidget)

/**
 * lanyard_countdown_start:
 * @deadline_us: monotonic time of its end; 0 stops it and hides the number
 *
 * A ring that empties once a second, with the seconds in it. The whole ring is the time from the
 * first call for this deadline.
 */
void lanyard_countdown_start (LanyardCountdown *self, gint64 deadline_us);

G_END_DECLS
