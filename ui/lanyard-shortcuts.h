/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-words.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_SHORTCUTS (lanyard_shortcuts_get_type ())
G_DECLARE_FINAL_TYPE (LanyardShortcuts, lanyard_shortcuts, LANYARD, SHORTCUTS, GObject)

/*
 * What staff do with a keyboard instead of a touch: each of these presses a control that is on the
 * screen and may be pressed, and nothing else. Alt and a letter: a scanner that types sends control
 * characters as Ctrl and a letter, so that a code could press what stands behind those. Signal
 * "help" (LanyardShortcuts *): the list of them is asked for.
 */
typedef struct
{
  guint keyval;
  GdkModifierType modifiers;
  const char *control; /* (nullable): its id in a template; NULL: the list, or the main button */
  const char *words;   /* what it does, as its control says it; to be translated */
} LanyardShortcut;

/* Returns: (transfer none) (array length=n): in the order in which people are told of them */
const LanyardShortcut *lanyard_shortcuts_list (guint *n);
/* Returns: (transfer full): "Alt+N", in the language of @words */
char *lanyard_shortcut_dup_keys (const LanyardShortcut *shortcut, LanyardWords *words);

/* @window: (transfer none): a GtkWindow. Returns: (transfer full): to be kept as long as it is */
LanyardShortcuts *lanyard_shortcuts_new (GtkWidget *window);
/* @on: somebody of staff is signed in. Off at first. */
void lanyard_shortcuts_set_on (LanyardShortcuts *self, gboolean on);
/* Tells assistive technology of the shortcuts of the controls of @page. */
void lanyard_shortcuts_mark (GtkWidget *page);

G_END_DECLS
