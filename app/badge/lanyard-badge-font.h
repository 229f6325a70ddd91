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

/**
 * lanyard_font_needs_outline:
 * @words: UTF-8
 *
 * Returns: whether @words have Chinese, Japanese or Korean letters, which are drawn as shapes:
 *   cairo 1.16 embeds up to megabytes of their fonts for a handful of them
 */
gboolean lanyard_font_needs_outline (const char *words);

G_END_DECLS
