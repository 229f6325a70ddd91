/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * LanyardHome:
 *
 * The GMainContext in which an object lives, for the worker threads of that object: what they post
 * is done at home, in the order in which it was posted, and not at all when the object has gone. It
 * never runs inside lanyard_home_post(). Reference counted; every function but
 * lanyard_home_new() and lanyard_home_close() may be called on any thread.
 */
typedef struct _LanyardHome LanyardHome;

/* @object: the object that lives there, borrowed until lanyard_home_close() */
typedef void (*LanyardHomeFunc) (gpointer object, gpointer data);

/* Returns: (transfer full): a home in the thread-default GMainContext */
LanyardHome *lanyard_home_new (gpointer object);
LanyardHome *lanyard_home_ref (LanyardHome *home);
void lanyard_home_unref (LanyardHome *home);

/* Nothing is done from now on. To be called at home, at the latest when the object is disposed. */
void lanyard_home_close (LanyardHome *home);

/**
 * lanyard_home_post:
 * @func: called at home with the object and @data
 * @data: (transfer full) (nullable)
 * @destroy: (nullable): frees @data, after @func or instead of it
 */
void
lanyard_home_post (LanyardHome *home, LanyardHomeFunc func, gpointer data, GDestroyNotify destroy);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHome, lanyard_home_unref)

G_END_DECLS
