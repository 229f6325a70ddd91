/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-words.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_SCROLLER (lanyard_scroller_get_type ())
G_DECLARE_FINAL_TYPE (LanyardScroller, lanyard_scroller, LANYARD, SCROLLER, GtkWidget)

/*
 * Holds one child, which may be higher than the screen when letters are large. As long as there is
 * more below, a button says so and shows it: people must not have to guess that a page goes on.
 * Property "child": GtkWidget.
 */

/* Shows the top again: another page came. */
void lanyard_scroller_rewind (LanyardScroller *self);
void lanyard_scroller_set_words (LanyardScroller *self, LanyardWords *words);
/* Returns: whether the child is higher than what is shown of it */
gboolean lanyard_scroller_is_cut (LanyardScroller *self);

G_END_DECLS
