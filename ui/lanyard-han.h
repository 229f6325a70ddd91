/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/*
 * Chinese, Japanese and Korean share letters and draw them differently: the same code point is
 * another form in each. What is in one of these languages says so by a style class, for which the
 * style sheet names the font.
 */

/* Returns: (transfer none) (nullable): the style class for words of @language (nullable, BCP 47);
 * NULL where Han letters are not its own */
const char *lanyard_han_get_class (const char *language);

/* @widget and what is below it shows words of @language (nullable) from now on. */
void lanyard_han_mark (GtkWidget *widget, const char *language);

G_END_DECLS
