/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-ticket.h"
#include "lanyard-words.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_SETUP_TYPING (lanyard_setup_typing_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSetupTyping, lanyard_setup_typing, LANYARD, SETUP_TYPING, GtkWidget)

/*
 * A hub's ticket, typed where nothing can be scanned: one part after the other, on the keyboard of
 * the screen or a real one. Signals: "typed" (const LanyardTicket *): all of it; "left" (): back
 * before the first part.
 */
GtkWidget *lanyard_setup_typing_new (void);
void lanyard_setup_typing_set_words (LanyardSetupTyping *self, LanyardWords *words);
/* Forgets what was typed. */
void lanyard_setup_typing_clear (LanyardSetupTyping *self);

G_END_DECLS
