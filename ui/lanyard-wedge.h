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

G_END_DECLS
