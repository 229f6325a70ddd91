/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A real IPP printer on loopback (packaging/loopback-printer), with a machine that does what a test
 * says: it reads how to behave from a file and waits for the test at a pipe. */
typedef struct
{
  char *dir;            /* owned: all its files */
  char *tray;           /* owned: where printed badges fall */
  char *uri;            /* owned */
  char *port;           /* owned */
  char *attributes;     /* (nullable): owned: a file */
  char *formats;        /* owned */
  GSubprocess *process; /* (nullable): owned */
} Loopback;

/* @formats: as for loopback-printer; @port: (nullable). Returns: (transfer full) (nullable): NULL
 * when this machine cannot run one, after g_test_skip() */
Loopback *loopback_new (const char *formats, const char *port);
/* The same, and what it says of itself has @to instead of @from wherever that stands. */
Loopback *
loopback_new_changed (const char *formats, const char *port, const char *from, const char *to);
/* Ends it by its process id. */
void loopback_stop (Loopback *loopback);
/* Kills the printer itself (SIGKILL), with all that it knows of its jobs. */
void loopback_kill (Loopback *loopback);
/* Starts it again at the same address and with the same tray, knowing nothing. Returns: whether it
 * is there */
gboolean loopback_start_again (Loopback *loopback);
void loopback_free (Loopback *loopback);

/* What the machine does with the next badge: shell words. "wait" in them waits for loopback_go().
 */
void loopback_behave (Loopback *loopback, const char *words);
/* Lets the machine go on from its "wait". Blocks until it is there. */
void loopback_go (Loopback *loopback);

/* Returns: (transfer full) (nullable): what fell into the tray as SERIAL.SUFFIX */
GBytes *loopback_take (Loopback *loopback, const char *serial, const char *suffix);
/* Returns: how many badges lie in the tray */
guint loopback_count (Loopback *loopback);
/* Returns: (transfer full) (nullable): media-col of the last badge, as the printer understood it */
char *loopback_dup_media (Loopback *loopback);

/* Returns: (transfer full): the same printer over TLS; its certificate is new each time it starts
 */
char *loopback_dup_secure_uri (Loopback *loopback);
/* Returns: (transfer full): value for DBUS_SYSTEM_BUS_ADDRESS with which it is discovered; "" for
 * the machine's own */
char *loopback_dup_bus (Loopback *loopback);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Loopback, loopback_free)

G_END_DECLS
