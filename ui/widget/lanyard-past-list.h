/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-pack.h"
#include "lanyard-person-past.h"
#include "lanyard-words.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_PAST_LIST (lanyard_past_list_get_type ())
G_DECLARE_FINAL_TYPE (LanyardPastList, lanyard_past_list, LANYARD, PAST_LIST, GtkWidget)

/*
 * What happened with a person, for staff: notes first, then one line an event, newest first. Some
 * lines at first; a button shows the others.
 */

/* @pack: (nullable) */
void lanyard_past_list_show (LanyardPastList *self,
                             const LanyardPersonPast *past,
                             LanyardPack *pack,
                             LanyardWords *words);
/* Forgets the person; nothing is shown until the next lanyard_past_list_show(). */
void lanyard_past_list_clear (LanyardPastList *self);

G_END_DECLS
