/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LANYARD_TYPE_HELD_KEYS (lanyard_held_keys_get_type ())
G_DECLARE_FINAL_TYPE (LanyardHeldKeys, lanyard_held_keys, LANYARD, HELD_KEYS, GObject)

/*
 * A key that stays down moves, writes and takes away again and again, but presses once: what comes
 * on next may ask something else, and a hand that is slow to let go has not answered that.
 *
 * @window: (transfer none): a window. Who holds keys back and puts them in again (LanyardWedge)
 * comes to it later, and is thus asked before. Returns: (transfer full): to be kept as long as it
 * is
 */
LanyardHeldKeys *lanyard_held_keys_new (GtkWidget *window);

G_END_DECLS
