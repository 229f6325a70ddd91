/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-controls.h"
#include "lanyard-wedge-decoder.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_WEDGE (lanyard_wedge_get_type ())
G_DECLARE_FINAL_TYPE (LanyardWedge, lanyard_wedge, LANYARD, WEDGE, GObject)

/**
 * lanyard_wedge_new:
 * @window: sees every key before the widget that has the focus
 * @controls: gets the scans
 * @options: (nullable): defaults when NULL
 *
 * A scanner that types. What a person types goes on to where it was going.
 *
 * Returns: (transfer full): to be kept as long as scans are wanted
 */
LanyardWedge *lanyard_wedge_new (GtkWidget *window,
                                 LanyardControls *controls,
                                 const LanyardWedgeOptions *options);

/* Returns: whether the key is taken: neither the decoder nor anything else hears of it. @at_us:
 * monotonic */
typedef gboolean (*LanyardWedgeTapFunc) (const LanyardWedgeKey *key,
                                         gint64 at_us,
                                         gpointer user_data);

/* Who sees each key before the decoder does. @func: (nullable): nobody. @user_data: borrowed */
void lanyard_wedge_set_tap (LanyardWedge *self, LanyardWedgeTapFunc func, gpointer user_data);

G_END_DECLS
