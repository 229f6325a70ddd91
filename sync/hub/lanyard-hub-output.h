/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

/* A file that a command writes for a person. What had its name stays until the new one is whole.
 * A value. */
typedef struct
{
  FILE *file; /* (nullable): not open */
  char *path; /* owned (nullable): standard output */
  char *part; /* owned (nullable): where it grows; NULL: @path is no plain file, such as a pipe */
} LanyardHubOutput;

/* Whether @path is, or will be, one of the files beside the database that the hub in @directory
 * consists of. */
gboolean lanyard_hub_output_is_own (const char *directory, const char *path);

/**
 * lanyard_hub_output_may_be:
 * @directory: (nullable): the hub's folder
 * @path: (nullable): of the file to be written; NULL: none
 * @input: (nullable): of a file that is read meanwhile
 * @error: LANYARD_ERROR_USAGE: @path is @input, one of the files that the hub consists of, or of
 *   any database, wherever it lies
 */
gboolean lanyard_hub_output_may_be (const char *directory,
                                    const char *path,
                                    const char *input,
                                    GError **error);

/**
 * lanyard_hub_output_open:
 * @directory: the hub's folder
 * @path: (nullable): NULL and "-" are standard output
 * @error: as above; LANYARD_ERROR_IO
 *
 * Only the account itself may read it (mode 0600).
 */
gboolean lanyard_hub_output_open (LanyardHubOutput *output,
                                  const char *directory,
                                  const char *path,
                                  GError **error);

/**
 * lanyard_hub_output_end:
 * @done: whether all was written that had to be; FALSE: @error is set
 *
 * Gives it its name when @done, throws it away otherwise. Returns: whether it is there now
 */
gboolean lanyard_hub_output_end (LanyardHubOutput *output, gboolean done, GError **error);

G_END_DECLS
