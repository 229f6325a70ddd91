/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LANYARD_TYPE_KEYS (lanyard_keys_get_type ())
G_DECLARE_FINAL_TYPE (LanyardKeys, lanyard_keys, LANYARD, KEYS, GObject)

/*
 * The screen without touching it: a keyboard, or a keypad for people who do not see or do not reach
 * the screen. Arrows move to the nearest control, and past the last one to the first; Tab runs
 * through all; select presses, back goes back. As long as keys are used the window has the class
 * "keyed", and the control that has the focus is framed. Typing, and Tab and Enter as such, are
 * left to GTK.
 */
typedef enum
{
  LANYARD_KEY_NONE,
  LANYARD_KEY_UP,
  LANYARD_KEY_DOWN,
  LANYARD_KEY_LEFT,
  LANYARD_KEY_RIGHT,
  LANYARD_KEY_NEXT,
  LANYARD_KEY_PREVIOUS,
  LANYARD_KEY_SELECT,
  LANYARD_KEY_BACK,
  /* from here on the window's: signal "action" (LanyardKeys *, int) */
  LANYARD_KEY_LOW,
  LANYARD_KEY_LETTERS,
  LANYARD_KEY_SOUND, /* on, or off */
  LANYARD_KEY_SOUND_ON,
  LANYARD_KEY_SOUND_OFF,
  LANYARD_KEY_REPEAT,
  LANYARD_KEY_SOFTER,
  LANYARD_KEY_LOUDER,
  LANYARD_KEY_SLOWER,
  LANYARD_KEY_FASTER,
} LanyardKeyAction;

/* @window: (transfer none): a GtkWindow. Returns: (transfer full): to be kept as long as it is */
LanyardKeys *lanyard_keys_new (GtkWidget *window);

/**
 * lanyard_keys_map:
 * @action: as in the group [keypad] of a configuration: "next", "select", …
 * @names: names of keys as GDK has them, such as "F17", with ";" between them: in place of those
 *   that @action has without it
 *
 * Returns: whether there are such an action and such keys
 */
gboolean lanyard_keys_map (LanyardKeys *self, const char *action, const char *names);

/* Returns: whether the keys that move and select are others than those of a keyboard */
gboolean lanyard_keys_has_own (LanyardKeys *self);

/* @page: (transfer none): what is in front now. "Back" presses its button of the class "back".
 * While keys are used, or from the first one on, the first control of its part of the class
 * "first", or of all of it, gets the focus. Kept until the next one, or until it goes. */
void lanyard_keys_set_page (LanyardKeys *self, GtkWidget *page);
/* Somebody touched the screen: the frame around the focus goes. */
void lanyard_keys_forget (LanyardKeys *self);

G_END_DECLS
