/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LANYARD_HUB_CONTROL_HEAD_BYTES 4

/* @directory_fd: (out): to be closed when the address was used */
GSocketAddress *
_lanyard_hub_control_address (const char *directory, int *directory_fd, GError **error);
/* Returns: (transfer full): @message with its head */
GBytes *_lanyard_hub_control_frame (GBytes *message);
/* FALSE when it is nothing or more than the limit. */
gboolean _lanyard_hub_control_read_length (const guint8 *head, gsize *n_bytes);

G_END_DECLS
