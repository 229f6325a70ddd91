/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-setup.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_SETUP_WINDOW (lanyard_setup_window_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSetupWindow,
                      lanyard_setup_window,
                      LANYARD,
                      SETUP_WINDOW,
                      GtkApplicationWindow)

/*
 * The pages of a set-up, one step at a time. Signal "done" (): the set-up has ended, and the desk
 * can be opened.
 */
LanyardSetupWindow *lanyard_setup_window_new (GtkApplication *app, LanyardSetup *setup);
/* @portrait: higher than wide: the list of steps gives way */
void lanyard_setup_window_set_portrait (LanyardSetupWindow *self, gboolean portrait);

G_END_DECLS
