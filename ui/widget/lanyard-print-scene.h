/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LANYARD_TYPE_PRINT_SCENE (lanyard_print_scene_get_type ())
G_DECLARE_FINAL_TYPE (LanyardPrintScene, lanyard_print_scene, LANYARD, PRINT_SCENE, GtkWidget)

/**
 * lanyard_print_scene_set:
 * @share: how far the badge is out of the printer, 0 to 1; it glides there unless the person or the
 *   desk asked for less motion
 * @waits: the printer stands still and needs somebody
 */
void lanyard_print_scene_set (LanyardPrintScene *self, double share, gboolean waits);

G_END_DECLS
