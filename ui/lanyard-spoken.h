/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-words.h"

G_BEGIN_DECLS

/* What is said of what stands on a screen. */

/* Returns: (transfer full): the words of @page that are for everybody, from its title on, without
 * those of its controls, those that are for staff, and the two below */
char *lanyard_spoken_dup_page (GtkWidget *page);
/* Returns: (transfer full): what went wrong on @page, or how to hold something; "" for nothing */
char *lanyard_spoken_dup_message (GtkWidget *page);
char *lanyard_spoken_dup_hint (GtkWidget *page);
/* Returns: (transfer full): name, role and state of @control; "" for one without a name */
char *lanyard_spoken_dup_control (GtkWidget *control, LanyardWords *words);
/* Returns: (transfer full): the characters of @text one by one */
char *lanyard_spoken_dup_spelled (const char *text);
/* Puts a sentence after the others. */
void lanyard_spoken_append (GString *text, const char *more);

/* Gives @control, which has a drawing only, its name: for assistive tools and for the voice. */
void lanyard_spoken_set_name (GtkWidget *control, const char *name);

G_END_DECLS
