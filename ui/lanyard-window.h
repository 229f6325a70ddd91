/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-controls.h"
#include "lanyard-keys.h"
#include "lanyard-chime.h"
#include "lanyard-voice.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_WINDOW (lanyard_window_get_type ())
G_DECLARE_FINAL_TYPE (LanyardWindow, lanyard_window, LANYARD, WINDOW, GtkApplicationWindow)

/*
 * The one window. It shows the page that the view names, from one table; over it a notice, and a
 * question when a person's time is nearly up. Two pages are the window's own, because the desk need
 * not know of them: the number keys and the PIN.
 *
 * Signal "set-up" (): a supervisor wants to change the set-up of this desk.
 */

/* @app: (nullable) */
LanyardWindow *lanyard_window_new (GtkApplication *app, LanyardControls *controls);
/* Code of the desk's venue; before lanyard_window_set_pack() */
void lanyard_window_set_venue (LanyardWindow *self, const char *venue);
/* @pack: (nullable): branding, languages, labels. @language: (nullable): before anybody chose */
void lanyard_window_set_pack (LanyardWindow *self, LanyardPack *pack, const char *language);
void lanyard_window_show_view (LanyardWindow *self, LanyardView *view);
void lanyard_window_show_status (LanyardWindow *self, const LanyardDeskStatus *status);
/* @picture: (nullable): NULL: the camera is gone */
void lanyard_window_show_picture (LanyardWindow *self, GdkTexture *picture);
/* What would help the person whose code cannot be read. */
void lanyard_window_show_hint (LanyardWindow *self, LanyardHint hint);
/* Before the first layout: portrait or landscape; afterwards the window sees for itself. */
void lanyard_window_set_portrait (LanyardWindow *self, gboolean portrait);
/* Makes the pages that have not been shown yet, one a call, so that the first person waits for
 * none. Returns: whether there are more */
gboolean lanyard_window_warm_up (LanyardWindow *self);
/* @voice: (transfer full) (nullable): speaks pages of self-service to whoever asks for it */
void lanyard_window_set_voice (LanyardWindow *self, LanyardVoice *voice);
/* @chime: (transfer full) (nullable): NULL: nothing is heard of a scan */
void lanyard_window_set_chime (LanyardWindow *self, LanyardChime *chime);
/* Returns: (transfer none): what keys do here */
LanyardKeys *lanyard_window_get_keys (LanyardWindow *self);
/* Returns: (transfer none) (nullable): name of the page that is on, such as "confirm" */
const char *lanyard_window_get_page_name (LanyardWindow *self);

G_END_DECLS
