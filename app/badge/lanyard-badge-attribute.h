/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Reading what stands in the attributes of SVG elements. */

/* Returns: (transfer none) (nullable): the value of the attribute @name */
const char *lanyard_attribute_find (const char **names, const char **values, const char *name);
/* @text: (nullable). Returns: a length with a unit in mm; NAN when it is none: pixels have no size
 */
double lanyard_attribute_parse_side (const char *text);
/* Exactly @n_numbers of them, with commas or spaces between. Returns: FALSE: they are not that */
gboolean lanyard_attribute_parse_numbers (const char *text, double *numbers, guint n_numbers);
/**
 * lanyard_attribute_css_sets:
 * @css: (nullable): a style attribute or a style sheet
 * @property: in lower case
 * @value: (nullable): in lower case; NULL: any
 *
 * Errs on the side of TRUE: it also finds what a comment or a rule that fits nothing says.
 */
gboolean lanyard_attribute_css_sets (const char *css, const char *property, const char *value);

G_END_DECLS
