/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A linear symbol: one row of modules, 1 dark 0 light, without quiet zones. */
typedef struct
{
  guint size;      /* modules */
  guint8 *modules; /* @size of them */
} LanyardCode128;

/* Most characters of a symbol; a longer one is wider than any badge. */
#define LANYARD_CODE128_MAX_CHARS 48

/**
 * lanyard_code128_new:
 * @text: 1 to LANYARD_CODE128_MAX_CHARS characters of printable ASCII
 * @error: LANYARD_ERROR_INVALID when it is something else; does not say the text
 *
 * Code 128 (ISO/IEC 15417), in the shortest mixture of code sets B and C.
 *
 * Returns: (transfer full) (nullable): the symbol
 */
LanyardCode128 *lanyard_code128_new (const char *text, GError **error);
void lanyard_code128_free (LanyardCode128 *code);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardCode128, lanyard_code128_free)

G_END_DECLS
