/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* @argc, @argv: begin with the command's own name. @error: LANYARD_ERROR_USAGE and what the work
 * itself gives */
gboolean demo_command_roster (int argc, char **argv, GError **error);
gboolean demo_command_photograph (int argc, char **argv, GError **error);

G_END_DECLS
