/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * The command "lanyard" does for the set-up what it does in a terminal, in a process of its own:
 * what it touches may hang or fall over, and the set-up goes on.
 */

/**
 * lanyard_setup_tool_run_async:
 * @words: (array zero-terminated=1): "printer", "list", …; "--json" is added
 * @limit_s: it is ended then
 * @cancellable: (nullable): ends it
 */
void lanyard_setup_tool_run_async (const char *const *words,
                                   guint limit_s,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data);

/**
 * lanyard_setup_tool_run_finish:
 * @said: (out) (transfer full) (nullable): the last line that was no JSON: why it went wrong
 * @error: LANYARD_ERROR_NOT_FOUND (there is no such program), _IO; G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type JsonNode): an object a line, whatever the exit
 *   code says
 */
GPtrArray *lanyard_setup_tool_run_finish (GAsyncResult *result, char **said, GError **error);

/* Member @name of line @i. Returns: (transfer none) (nullable): NULL for what is no text */
const char *lanyard_setup_tool_get (GPtrArray *lines, guint i, const char *name);

G_END_DECLS
