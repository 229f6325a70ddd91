/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-words.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_LETTERS (lanyard_letters_get_type ())
G_DECLARE_FINAL_TYPE (LanyardLetters, lanyard_letters, LANYARD, LETTERS, GtkToggleButton)

/*
 * Makes all letters twice as large and, pressed again, as they were: for whoever stands there. The
 * window has the class "large-text" meanwhile.
 */

/* The person has gone: letters are as usual for the next one. */
void lanyard_letters_reset (LanyardLetters *self);
/* Somebody touched the screen: who chose large letters is still there. */
void lanyard_letters_note_activity (LanyardLetters *self);
/* @idle: nobody has begun: after a minute without a touch letters are as usual */
void lanyard_letters_set_idle (LanyardLetters *self, gboolean idle);
void lanyard_letters_set_words (LanyardLetters *self, LanyardWords *words);

G_END_DECLS
