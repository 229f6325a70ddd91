/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-config.h"
#include "lanyard-window.h"

G_BEGIN_DECLS

/* What a window of the kiosk gets from the configuration and from the command line. */

/* [keypad]; what cannot be understood is said on standard error. */
void lanyard_kiosk_window_map_keypad (LanyardWindow *window, const LanyardConfig *config);
/* [speech], where this machine can speak. */
void lanyard_kiosk_window_set_voice (LanyardWindow *window, const LanyardConfig *config);
/* What is heard of a scan, unless [sound] says otherwise. */
void lanyard_kiosk_window_set_chime (LanyardWindow *window, const LanyardConfig *config);
/* @size: (nullable): "WxH". @windowed: not the whole screen
 * Returns: whether it is higher than wide; of one that fills the screen that is not known */
gboolean lanyard_kiosk_window_set_size (GtkWindow *window, const char *size, gboolean windowed);

G_END_DECLS
