/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-person-past.h"
#include "lanyard-words.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_WAIT_LIST (lanyard_wait_list_get_type ())
G_DECLARE_FINAL_TYPE (LanyardWaitList, lanyard_wait_list, LANYARD, WAIT_LIST, GtkWidget)

/*
 * Who waits for staff: ticket, name, why, since when. Signals "take" (LanyardWaitList *, const char
 * *number): that person is to be opened; "done" (LanyardWaitList *, const char *id): that person
 * waits no more.
 */

/* @lines: (element-type LanyardWaitLine). A list that says the same is left as it is. Returns: how
 * many wait */
guint lanyard_wait_list_show (LanyardWaitList *self, GPtrArray *lines, LanyardWords *words);
/* Forgets everybody. */
void lanyard_wait_list_clear (LanyardWaitList *self);

G_END_DECLS
