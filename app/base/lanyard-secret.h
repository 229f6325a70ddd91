/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Names, numbers, PINs, pictures: overwritten before the memory is anybody's. */

/* @text: (transfer full) (nullable) */
void lanyard_secret_free (char *text);
/* Overwrites what is in @string and makes it empty; it keeps its memory. */
void lanyard_secret_clear_string (GString *string);
/* @data: (transfer full): from GLib's allocator
 * Returns: (transfer full): bytes that are overwritten when the last reference to them goes */
GBytes *lanyard_secret_bytes_new (gpointer data, gsize n_bytes);

G_END_DECLS
