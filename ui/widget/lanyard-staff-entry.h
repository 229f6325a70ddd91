/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LANYARD_TYPE_STAFF_ENTRY (lanyard_staff_entry_get_type ())
G_DECLARE_FINAL_TYPE (LanyardStaffEntry, lanyard_staff_entry, LANYARD, STAFF_ENTRY, GtkWidget)

/*
 * Where a member of staff says who they are: staff number and PIN, side by side.
 *
 * Signal "changed" (LanyardStaffEntry *): is_complete may say something else
 * Signal "activate" (LanyardStaffEntry *): Enter behind the PIN
 */

/* @ask: whether the number is asked for; a PIN alone is enough where only one may sign in */
void lanyard_staff_entry_ask_number (LanyardStaffEntry *self, gboolean ask);
/* Puts in the number that a badge says, and goes on to the PIN. */
void lanyard_staff_entry_set_number (LanyardStaffEntry *self, const char *number);
/* A key of the screen's keypad, for the field that was touched last. */
void lanyard_staff_entry_press (LanyardStaffEntry *self, gunichar character);
/* Returns: (transfer none) (nullable): NULL when it is not asked for */
const char *lanyard_staff_entry_get_number (LanyardStaffEntry *self);
const char *lanyard_staff_entry_get_pin (LanyardStaffEntry *self);
/* Whether there is enough to try. */
gboolean lanyard_staff_entry_is_complete (LanyardStaffEntry *self);
void lanyard_staff_entry_clear (LanyardStaffEntry *self);

G_END_DECLS
