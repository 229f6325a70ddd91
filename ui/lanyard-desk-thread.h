/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-controls.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_DESK_THREAD (lanyard_desk_thread_get_type ())
G_DECLARE_FINAL_TYPE (LanyardDeskThread, lanyard_desk_thread, LANYARD, DESK_THREAD, GObject)

/* Called on the desk's thread. Returns: (transfer full) (nullable): the desk's line to its hub */
typedef LanyardLink *(*LanyardLinkFunc) (LanyardDesk *desk);

/**
 * lanyard_desk_thread_new:
 * @config: (transfer full): of the desk
 * @make_link: (nullable): makes the line; NULL: a desk without one
 *
 * The thread on which the desk lives: databases, session, printer, camera, sync. Implements
 * LanyardControls for the screens.
 *
 * Signals, on the thread that made it:
 *   "opened": the desk is there; get_pack() answers from now on
 *   "failed" (GError): the desk could not be opened; it is tried again every 15 s, with the
 *     configuration as it is then
 *   "preparing" (char *, a language): before one of those two, once at most: the list of people of
 *     an earlier version is being prepared, which takes up to a minute
 *   "early": meanwhile, somebody showed a code or typed a number
 *   "view" (LanyardView), "status" (LanyardDeskStatus *)
 *   "picture" (GdkTexture): of the camera, the newest there is
 *   "hint" (gint, a LanyardHint): what to tell the person before the camera now
 */
LanyardDeskThread *lanyard_desk_thread_new (LanyardConfig *config, LanyardLinkFunc make_link);
void lanyard_desk_thread_start (LanyardDeskThread *self);
/* Closes the desk and waits until its thread has ended. */
void lanyard_desk_thread_stop (LanyardDeskThread *self);
/* Returns: (transfer none) (nullable): before "opened" */
LanyardPack *lanyard_desk_thread_get_pack (LanyardDeskThread *self);

G_END_DECLS
