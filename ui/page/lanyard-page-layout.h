/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-screen.h"

G_BEGIN_DECLS

/**
 * lanyard_page_layout_camera:
 * @grid: holds the other three
 *
 * The one layout of pages with a camera. Landscape: words above actions on the left, camera on the
 * right. Portrait: words, camera, actions from top to bottom, so that what is touched is low.
 */
void lanyard_page_layout_camera (GtkGrid *grid,
                                 GtkWidget *words,
                                 GtkWidget *camera,
                                 GtkWidget *actions,
                                 gboolean portrait);

/**
 * lanyard_page_layout_reach:
 * @screen: a page of self-service
 *
 * As lanyard_page_layout_camera(), but when @screen is low and wide the actions are one row below
 * the other two.
 */
void lanyard_page_layout_reach (LanyardScreen *screen,
                                GtkGrid *grid,
                                GtkWidget *words,
                                GtkWidget *camera,
                                GtkWidget *actions,
                                gboolean portrait);

/* Says below the camera's picture what would help, in the words of @screen. */
void lanyard_page_layout_hint (GtkLabel *label, LanyardScreen *screen, LanyardHint hint);

G_END_DECLS
