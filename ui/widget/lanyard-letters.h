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
 * window has the class "large-text" meanwhile. LanyardAids holds it.
 */

void lanyard_letters_set_words (LanyardLetters *self, LanyardWords *words);

G_END_DECLS
