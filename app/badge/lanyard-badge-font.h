/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lanyard_font_dup_families:
 * @font: (nullable): families that the template wants, with commas
 * @language: (nullable): BCP 47: decides which forms Han letters have
 *
 * Returns: (transfer full): families for Pango, with letters of any script of a roster
 */
char *lanyard_font_dup_families (const char *font, const char *language);

/* Returns: (transfer none): the family with the forms that Han letters have in @language (nullable,
 * BCP 47); those of Japanese where it does not say */
const char *lanyard_font_get_cjk (const char *language);

/* Returns: (transfer full): what to say of a letter that no font has: its script and the package
 * that has it, never the letter */
char *lanyard_font_describe_missing (gunichar letter);

G_END_DECLS
