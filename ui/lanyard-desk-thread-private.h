/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-controls.h"
#include "lanyard-desk-thread.h"

G_BEGIN_DECLS

/* Returns: (transfer none) (nullable): the desk while it is open */
LanyardDesk *lanyard_desk_thread_get_desk (LanyardDeskThread *self);
/* The same, because somebody does something. */
LanyardDesk *lanyard_desk_thread_touch (LanyardDeskThread *self);

/* Somebody shows a code, or types a number, and there is no desk. */
void lanyard_desk_thread_refuse (LanyardDeskThread *self);

/* Returns: (transfer none): of the configuration's file */
const char *lanyard_desk_thread_get_path (LanyardDeskThread *self);

/* lanyard-desk-thread-controls.c */
void lanyard_desk_thread_init_controls (LanyardControlsInterface *iface);

G_END_DECLS
