/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <atspi/atspi.h>
#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * What somebody who cannot see the window knows of it: names, texts and roles that AT-SPI tells.
 * Nothing of the kiosk is linked in: what is found here, a screen reader finds too.
 */
typedef struct _PlayScreen PlayScreen;

/* @program: name of the accessible application, such as "lanyard-kiosk" */
PlayScreen *play_screen_new (const char *program);
void play_screen_free (PlayScreen *screen);

/* Whether the program is on the bus with a window that shows. */
gboolean play_screen_is_there (PlayScreen *screen);

/* Whether some text or name that shows contains @text. */
gboolean play_screen_has_text (PlayScreen *screen, const char *text);

/**
 * play_screen_press:
 * @name: accessible name of a button, or of something else with an action
 * @whole: it is all of the name; else a part of it, and the first that has it is meant
 *
 * Returns: whether it was there, shown, sensitive, and took the press
 */
gboolean play_screen_press (PlayScreen *screen, const char *name, gboolean whole);

/**
 * play_screen_type:
 * @name: (nullable): accessible name of a text field; %NULL: the first that shows
 * @text: replaces what is in it
 *
 * Returns: whether there was such a field and it took the text
 */
gboolean play_screen_type (PlayScreen *screen, const char *name, const char *text);

/* Returns: (transfer full): all that shows, a line each: role, name, text */
char *play_screen_describe (PlayScreen *screen);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PlayScreen, play_screen_free)

G_END_DECLS
