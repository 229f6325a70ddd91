/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/*
 * How a number looks that is printed on a seal or on a pass: "#" is a digit, "@" a letter, and any
 * other capital letter, digit or one of "-./" is itself: "VS-######". No more than that, so that
 * nobody has to trust the time that it takes to match.
 */

#define LANYARD_PATTERN_MAX_CHARACTERS 32

/* Whether @pattern is one: 4 to 32 characters, and a digit or letter to fill in. */
gboolean lanyard_pattern_is_sound (const char *pattern);

/**
 * lanyard_pattern_normalise:
 * @pattern: (nullable): NULL: any word of 1 to 32 letters, digits and "-./"
 * @text: what was typed or scanned; hostile
 *
 * Letters become capital, spaces go; "-", "." and "/" may be left out or written where the pattern
 * has them.
 *
 * Returns: (transfer full) (nullable): the number as it is printed; NULL when it is none
 */
char *lanyard_pattern_normalise (const char *pattern, const char *text);

/**
 * lanyard_pattern_get_counter:
 * @pattern: ends with "#"
 * @number: as lanyard_pattern_normalise() returns it
 *
 * Returns: what the digits at the end count, those of the last run of "#"
 */
guint64 lanyard_pattern_get_counter (const char *pattern, const char *number);

/* Returns: (transfer full) (nullable): the number that counts @counter, all that stands before the
 * last run of "#" taken from @number; NULL when it has more digits than there is room for */
char *lanyard_pattern_set_counter (const char *pattern, const char *number, guint64 counter);

/* Whether the numbers of @pattern can be counted: it ends with 1 to 9 "#". */
gboolean lanyard_pattern_counts (const char *pattern);

G_END_DECLS
