/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-words.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_AIDS (lanyard_aids_get_type ())
G_DECLARE_FINAL_TYPE (LanyardAids, lanyard_aids, LANYARD, AIDS, GtkWidget)

/*
 * What makes the screen easier for whoever stands or sits there, each one a button: the screen
 * read aloud, controls in the lower half, large letters. It is on every page and is forgotten with
 * the person. Signal "changed" (LanyardAids *): something was pressed or forgotten.
 */

/* What is to be touched belongs into the lower half of the screen. */
gboolean lanyard_aids_is_low (LanyardAids *self);
gboolean lanyard_aids_is_large (LanyardAids *self);
void lanyard_aids_set_low (LanyardAids *self, gboolean low);
void lanyard_aids_set_large (LanyardAids *self, gboolean large);
/* Nothing happens where there is no voice, or on a page for staff. */
void lanyard_aids_set_sound (LanyardAids *self, gboolean sound);
gboolean lanyard_aids_has_sound (LanyardAids *self);
/* Returns: (transfer none) (nullable): what was pressed last, sound excepted */
GtkWidget *lanyard_aids_get_last (LanyardAids *self);
/* The person has gone: all is as usual for the next one. */
void lanyard_aids_reset (LanyardAids *self);
/* Somebody used the screen: who chose something is still there. */
void lanyard_aids_note_activity (LanyardAids *self);
/* @idle: nobody has begun: after a minute without a touch all is as usual */
void lanyard_aids_set_idle (LanyardAids *self, gboolean idle);
/* Staff reach everything: of them only the size of letters is asked. */
void lanyard_aids_set_for_everybody (LanyardAids *self, gboolean for_everybody);
/* @has_voice: there is something that can speak; without it there is no button for it */
void lanyard_aids_set_has_voice (LanyardAids *self, gboolean has_voice);
void lanyard_aids_set_words (LanyardAids *self, LanyardWords *words);

G_END_DECLS
