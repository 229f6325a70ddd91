/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Stands between a desk and a real hub: passes every request on, and answers what the test wants.
 * So what the desk meets is a hub that did its work and then lies about it, or a line that breaks.
 */
typedef struct _LyingHub LyingHub;

/* What is answered to requests that @lie is for. Runs on a thread of its own.
 * @line: "PUT /v1/… HTTP/1.1"
 * @truth: the real hub's whole answer, header and body
 * Returns: (transfer full) (nullable): the whole answer to give; NULL hangs up without one */
typedef GBytes *(*LyingHubFunc) (const char *line, GBytes *truth, gpointer user_data);

/* @real_port: of the real hub. Answers on threads of its own; made on the test's thread. */
LyingHub *lying_hub_new (guint16 real_port);
void lying_hub_free (LyingHub *hub);
/* Returns: (transfer none) */
const char *lying_hub_get_url (LyingHub *hub);
/* Requests whose line begins with @prefix, such as "PUT ", get @lie from now on; NULL: the truth.
 */
void lying_hub_set_lie (LyingHub *hub, const char *prefix, LyingHubFunc lie, gpointer user_data);
/* How many requests were lied to so far. */
guint lying_hub_get_n_lies (LyingHub *hub);

/* An answer with @body, as a hub gives it; without the hub's header when @from_hub is FALSE. */
GBytes *lying_hub_answer (guint status, gboolean from_hub, GBytes *body);

G_END_DECLS
