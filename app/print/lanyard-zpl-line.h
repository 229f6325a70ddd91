/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-zpl-target.h"

G_BEGIN_DECLS

/*
 * Bytes to and from a printer, over TCP or through a device file, with a limit on the time that
 * anything may take. Blocks; belongs to one thread, except for lanyard_zpl_line_abort().
 */
typedef struct _LanyardZplLine LanyardZplLine;

/* Does not open it. Returns: (transfer full) */
LanyardZplLine *lanyard_zpl_line_new (const LanyardZplTarget *target);
void lanyard_zpl_line_free (LanyardZplLine *line);

/**
 * lanyard_zpl_line_open:
 * @limit_ms: for connecting
 * @error: LANYARD_ERROR_NETWORK (nothing answers there, or no such device), _STATE (aborted)
 *
 * Does nothing when it is open.
 */
gboolean lanyard_zpl_line_open (LanyardZplLine *line, guint limit_ms, GError **error);
void lanyard_zpl_line_close (LanyardZplLine *line);
gboolean lanyard_zpl_line_is_open (const LanyardZplLine *line);
/* Returns: how many times it has been opened: what was sent before the last of them may be gone */
guint lanyard_zpl_line_count_opened (const LanyardZplLine *line);

/**
 * lanyard_zpl_line_write:
 * @deadline_us: monotonic
 * @n_written: (out): how much of it the printer may have got; also with an error
 * @error: LANYARD_ERROR_NETWORK (the line broke, or is not taken from in time), _STATE (aborted)
 *
 * With an error the line is closed.
 */
gboolean lanyard_zpl_line_write (LanyardZplLine *line,
                                 const char *bytes,
                                 gsize n_bytes,
                                 gint64 deadline_us,
                                 gsize *n_written,
                                 GError **error);

/**
 * lanyard_zpl_line_read:
 * @deadline_us: monotonic
 * @error: LANYARD_ERROR_NETWORK (the line broke, and is closed, or nothing came in time, and it is
 *   not), _STATE (aborted)
 *
 * Returns: how many bytes came, at least 1; 0 with an error
 */
gsize lanyard_zpl_line_read (LanyardZplLine *line,
                             char *bytes,
                             gsize max_bytes,
                             gint64 deadline_us,
                             GError **error);

/* Throws away what came without having been asked for, up to a limit. */
void lanyard_zpl_line_drain (LanyardZplLine *line);

/* On any thread: ends what is under way and all that comes. */
void lanyard_zpl_line_abort (LanyardZplLine *line);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardZplLine, lanyard_zpl_line_free)

G_END_DECLS
