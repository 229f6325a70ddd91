/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lanyard_plural_evaluate:
 * @expression: the plural expression of a catalogue's Plural-Forms line, without "plural=" and the
 *   final semicolon (GNU gettext manual, "Additional functions for plural forms")
 * @n: the number of things
 * @form: (out): which form of the translation to take
 *
 * Returns: FALSE when @expression is no such expression or divides by zero; @form is 0 then
 */
gboolean lanyard_plural_evaluate (const char *expression, gulong n, gulong *form);

G_END_DECLS
