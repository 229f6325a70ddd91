/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-words.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_KEYPAD (lanyard_keypad_get_type ())
G_DECLARE_FINAL_TYPE (LanyardKeypad, lanyard_keypad, LANYARD, KEYPAD, GtkWidget)

/*
 * The keyboard on the screen: the compositor of a kiosk has none. Keys run from left to right in
 * every language, as on the card.
 *
 * Property "kind": "digits" (a PIN), "number" (digits and letters), "text" (also a space),
 * "note" (small letters as on a typewriter, for staff who write),
 * "address" (of a machine), "zone" (what machine readable zones have), "low" (digits or letters,
 * few rows, a key changes). Signal "key" (LanyardKeypad *, guint character): a Unicode character,
 * '\b' for delete
 */
void lanyard_keypad_set_kind (LanyardKeypad *self, const char *kind);
void lanyard_keypad_set_portrait (LanyardKeypad *self, gboolean portrait);
/* Names of the keys that have a drawing only. */
void lanyard_keypad_set_words (LanyardKeypad *self, LanyardWords *words);

/**
 * lanyard_keypad_apply:
 * @text: what stands there
 * @character: from "key"
 * @max_chars: longest text
 *
 * Returns: (transfer full): the text after the key
 */
char *lanyard_keypad_apply (const char *text, gunichar character, guint max_chars);

G_END_DECLS
