/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A secret of 32 bytes in a file of its own: 64 hexadecimal characters and a line end, mode 0600,
 * or a systemd credential. */
#define LANYARD_SECRET_FILE_BYTES 32

/**
 * lanyard_secret_file_read:
 * @path: the file
 * @what: what it is, for messages: "vault key"
 * @secret: (out caller-allocates): LANYARD_SECRET_FILE_BYTES; the caller wipes it
 * @error: LANYARD_ERROR_NOT_FOUND, _INVALID (also when others may read it), _IO
 */
gboolean
lanyard_secret_file_read (const char *path, const char *what, guint8 *secret, GError **error);

/* Makes such a file, synced; never over an existing one. @secret: (nullable): NULL: a new one by
 * lot */
gboolean lanyard_secret_file_create (const char *path,
                                     const char *what,
                                     const guint8 *secret,
                                     GError **error);

G_END_DECLS
