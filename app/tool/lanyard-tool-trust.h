/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-command.h"
#include "lanyard-trust-list.h"

G_BEGIN_DECLS

/* Reads a signed file that the command line names. @content: (out) (transfer full) */
gboolean
lanyard_tool_read_signed (const char *path, char **content, gsize *n_bytes, GError **error);

/* Options of a command that checks a signature. @paths: char **; @root_hex: char * */
#define LANYARD_TOOL_TRUST_OPTIONS(paths, root_hex)                                                 \
  {                                                                                                 \
    "trust", 0, 0, G_OPTION_ARG_FILENAME_ARRAY, &(paths), "Signed trust list, oldest first", "FILE" \
  },                                                                                                \
  {                                                                                                 \
    "root-key", 0, 0, G_OPTION_ARG_STRING, &(root_hex), "Event root key that signed it", "HEX"      \
  }

/**
 * lanyard_tool_require_trust:
 * @command: that has these options
 * @paths: (nullable): signed trust lists, oldest first. The first is signed by the root key. Each
 *   further one may be signed by a key that the list before it trusts with that: so a hub adds
 * desks while the root key lies in a safe
 * @root_hex: (nullable): the root key
 * @now_s: s since 1970-01-01 UTC
 * @error: LANYARD_ERROR_USAGE when one is missing; any of lanyard_trust_list_load(), or of reading
 *
 * Returns: (transfer full) (nullable): the last of them
 */
LanyardTrustList *lanyard_tool_require_trust (const LanyardCommand *command,
                                              char **paths,
                                              const char *root_hex,
                                              gint64 now_s,
                                              GError **error);

G_END_DECLS
