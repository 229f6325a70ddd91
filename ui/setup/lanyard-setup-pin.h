/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-words.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_SETUP_PIN (lanyard_setup_pin_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSetupPin, lanyard_setup_pin, LANYARD, SETUP_PIN, GtkWidget)

/*
 * A staff number, and a PIN that is typed twice because nobody sees what they type. Signal "typed"
 * (const char *number, const char *pin): all of it, and within the rules; what was typed is wiped
 * after it.
 */
GtkWidget *lanyard_setup_pin_new (void);
/* Returns: (transfer none): to be put beside it, or below */
GtkWidget *lanyard_setup_pin_get_keypad (LanyardSetupPin *self);
void lanyard_setup_pin_set_words (LanyardSetupPin *self, LanyardWords *words);
/* Wipes what was typed; the number is asked for again. @wrong: (nullable): one sentence why */
void lanyard_setup_pin_clear (LanyardSetupPin *self, const char *wrong);

G_END_DECLS
