/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * A real PostgreSQL server of this test program alone: in a folder of its own below the temporary
 * one, on a UNIX socket there, as a user that is not root. It ends with the program.
 */

/* Whether the tests are to run over PostgreSQL: LANYARD_TEST_STORE=postgresql. */
gboolean postgres_server_is_wanted (void);
/* Skips the whole program, in TAP, where PostgreSQL is wanted and not installed. */
gboolean postgres_server_skip (void);
/* A new empty database; starts the server at the first call. (transfer full): its URI */
char *postgres_server_new_database (void);
/* A copy of one to which nobody is connected. (transfer full): its URI */
char *postgres_server_copy_database (const char *uri);
/* URI of @name in the server. (transfer full) */
char *postgres_server_get_uri (const char *name);
/* Ends the server, if it runs; the program's end does so too. */
void postgres_server_stop (void);

G_END_DECLS
