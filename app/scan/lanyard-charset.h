/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lanyard_charset_dup_text:
 * @data: what a symbol holds
 * @charset: (out) (optional) (transfer none): "UTF-8", "Shift_JIS", "ISO-8859-1"
 *
 * What the bytes say, for people to read. Symbols seldom tell their character set (ISO/IEC
 * 18004:2015 §7.3.2: ECI), so the bytes must: UTF-8 when they are; Shift_JIS when they are and it
 * shows; else ISO-8859-1. Credentials never come through here: they are ASCII.
 *
 * Returns: (transfer full) (nullable): UTF-8; NULL when the bytes are no text
 */
char *lanyard_charset_dup_text (const guint8 *data, gsize n_bytes, const char **charset);

G_END_DECLS
