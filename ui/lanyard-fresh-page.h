/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LANYARD_TYPE_FRESH_PAGE (lanyard_fresh_page_get_type ())
G_DECLARE_FINAL_TYPE (LanyardFreshPage, lanyard_fresh_page, LANYARD, FRESH_PAGE, GObject)

/*
 * What has just come under a finger was not what the finger aimed at: a hand that trembles touches
 * twice, and a page may change by itself. From a change until somebody could have seen it, touches
 * do nothing. Keys are another matter (LanyardHeldKeys): the control with the focus is not chosen
 * by its place.
 *
 * @window: (transfer none). Returns: (transfer full): to be kept as long as it is
 */
LanyardFreshPage *lanyard_fresh_page_new (GtkWidget *window);
/* Something else is shown, or asked, from the next frame on. */
void lanyard_fresh_page_note (LanyardFreshPage *self);

G_END_DECLS
