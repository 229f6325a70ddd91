/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A line of our own to the Avahi daemon of this machine, over the system bus. GLib speaks D-Bus by
 * itself, so this needs no library; where there is no bus or no daemon it waits for one. Everything
 * happens in the GMainContext that was thread-default when it was made, and nothing blocks it.
 */
#define LANYARD_AVAHI_NAME "org.freedesktop.Avahi"
#define LANYARD_AVAHI_SERVER LANYARD_AVAHI_NAME ".Server"
#define LANYARD_AVAHI_ANY -1 /* interface, protocol */

typedef struct _LanyardAvahi LanyardAvahi;
typedef void (*LanyardAvahiFunc) (gpointer user_data);

/* @up: the daemon is there, maybe anew, or is to be asked anew: nothing that was asked before
 * counts
 * @down: (nullable): it is not any more */
LanyardAvahi *lanyard_avahi_new (LanyardAvahiFunc up, LanyardAvahiFunc down, gpointer user_data);

/* Ends what was asked of the daemon too. @avahi: (nullable) */
void lanyard_avahi_free (LanyardAvahi *avahi);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardAvahi, lanyard_avahi_free)

/* @arguments: (nullable): floating. Only from @up on. */
void lanyard_avahi_call (LanyardAvahi *avahi,
                         const char *path,
                         const char *interface,
                         const char *method,
                         GVariant *arguments,
                         GAsyncReadyCallback callback,
                         gpointer user_data);

/* @type: of the answer, such as "(o)"
 * @error: G_IO_ERROR_CANCELLED when the line is gone, and whoever made it
 * Returns: (transfer full) (nullable) */
GVariant *
lanyard_avahi_finish (GObject *source, GAsyncResult *result, const char *type, GError **error);

/* The daemon is there and did not do what all else hangs on, for want of time or of room: a little
 * later @up is called anew, unless it went and came back by itself. */
void lanyard_avahi_ask_again (LanyardAvahi *avahi);

/* Signals of @interface; subscribed until the line is gone or the daemon is another one. */
void lanyard_avahi_listen (LanyardAvahi *avahi,
                           const char *interface,
                           GDBusSignalCallback callback,
                           gpointer user_data);

G_END_DECLS
