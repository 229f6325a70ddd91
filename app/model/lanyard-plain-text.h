/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lanyard_plain_text_may_hold:
 * @character: a Unicode character
 *
 * Returns: whether text that people see may hold @character: no control character, and none that
 *   makes other letters seem to stand in other places (LEFT-TO-RIGHT and RIGHT-TO-LEFT OVERRIDE,
 *   Unicode TR 36, 2.7); no name needs those, unlike marks, embeddings and isolates
 */
gboolean lanyard_plain_text_may_hold (gunichar character);

/* Whether @text is UTF-8 of @max_bytes at most, all of which people may be shown. */
gboolean lanyard_plain_text_is_sound (const char *text, gsize max_bytes);

/**
 * lanyard_plain_text_dup_clean:
 * @text: UTF-8, as somebody typed it
 *
 * Returns: (transfer full): @text with a space for each control character, such as the end of a
 *   line, and without overrides
 */
char *lanyard_plain_text_dup_clean (const char *text);

G_END_DECLS
