/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "lanyard-hub-control.h"

G_BEGIN_DECLS

/* The words after "lanyard-hub". Each takes its own arguments and returns the exit code of the
 * program: 0 done, 1 the answer is no, 2 wrong use, 3 the environment failed. */
int lanyard_hub_command_init (int argc, char **argv);
int lanyard_hub_command_import (int argc, char **argv);
int lanyard_hub_command_invite (int argc, char **argv);
int lanyard_hub_command_enrol (int argc, char **argv);
int lanyard_hub_command_serve (int argc, char **argv);
int lanyard_hub_command_status (int argc, char **argv);

/**
 * lanyard_hub_command_parse:
 * @usage: what follows the command's name, "--dir DIR ROSTER"
 * @summary: one or more sentences for --help
 * @entries: options, ended as GOption wants it
 * @argc: (inout): arguments, the command's name first
 * @argv: (inout): what is left are the words that are no options
 * @error: LANYARD_ERROR_USAGE
 */
gboolean lanyard_hub_command_parse (const char *usage,
                                    const char *summary,
                                    const GOptionEntry *entries,
                                    int *argc,
                                    char ***argv,
                                    GError **error);
/* Prints @error and returns its exit code. @error: (transfer full) (nullable) */
int lanyard_hub_command_end (GError *error);
/* FALSE with LANYARD_ERROR_USAGE when the option was left away. */
gboolean lanyard_hub_command_need (const char *value, const char *option, GError **error);

/* Entries of the hub with number > @after, at most LANYARD_HUB_CONTROL_MAX_ENTRIES.
 * Returns: (transfer full) (nullable) (element-type LanyardEntry) */
GPtrArray *
lanyard_hub_command_read_entries (LanyardHubConsole *console, const char *after, GError **error);

G_END_DECLS
