/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-pack.h"
#include "lanyard-person-past.h"
#include "lanyard-view.h"
#include "lanyard-words.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_PERSON_PANEL (lanyard_person_panel_get_type ())
G_DECLARE_FINAL_TYPE (LanyardPersonPanel, lanyard_person_panel, LANYARD, PERSON_PANEL, GtkWidget)

/* One person as staff see them: who it is, what the verdict says and why, clearances, the badge
 * that is known. Signals "issue", "replace" (its badge is void, or to be made anew), "note"
 * (something is to be written, or the person handed over), "open" (LanyardPersonPanel *, const char
 * *: a local page about the person) and "close" (LanyardPersonPanel *). */

/* @view: with an entry. @pack: (nullable) */
void lanyard_person_panel_show (LanyardPersonPanel *self,
                                LanyardView *view,
                                LanyardPack *pack,
                                LanyardWords *words);
/* What happened with the person, which comes after them. @pack: (nullable) */
void lanyard_person_panel_show_past (LanyardPersonPanel *self,
                                     const LanyardPersonPast *past,
                                     LanyardPack *pack,
                                     LanyardWords *words);
/* Afterwards nothing of the person is left in it. */
void lanyard_person_panel_clear (LanyardPersonPanel *self);
/* @narrow: the badge stands below all else, and not beside it. @high: and there is room for a large
 * one */
void lanyard_person_panel_arrange (LanyardPersonPanel *self, gboolean narrow, gboolean high);

G_END_DECLS
