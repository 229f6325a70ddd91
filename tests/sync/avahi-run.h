/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A real Avahi daemon on a system bus of the test's own, which knows a loopback of its
 * own alone. */
typedef struct
{
  char *folder;       /* owned */
  GSubprocess *bus;   /* owned */
  GSubprocess *avahi; /* owned (nullable): it is stopped */
} AvahiRun;

/* Returns: (nullable): NULL: this machine cannot, and the test was skipped with the reason */
AvahiRun *avahi_run_new (void);
void avahi_run_free (AvahiRun *run);
void avahi_run_start (AvahiRun *run);
/* From its next start on no more programs than that may ask it anything; 0: as many as usual. */
void avahi_run_set_room (AvahiRun *run, guint n_clients);
void avahi_run_stop (AvahiRun *run);

G_END_DECLS
