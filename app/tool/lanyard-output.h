/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* What the program writes: lines for people, lines of JSON for programs, progress for the patient.
 */

/**
 * lanyard_output_json:
 * @builder: (transfer full): a builder whose root is complete
 *
 * Writes one line of JSON to standard output and lets it out at once, so that a program at the
 * other end of a pipe sees each line as it comes.
 */
void lanyard_output_json (JsonBuilder *builder);

/* Adds @name with a text that may be %NULL. JSON is UTF-8: other bytes, such as names of files have
 * them, become U+FFFD. */
void lanyard_output_member (JsonBuilder *builder, const char *name, const char *text);

/**
 * lanyard_output_dup_printable:
 * @text: anything, such as the content of a code
 *
 * A code may carry control characters that would steer the terminal.
 *
 * Returns: (transfer full): UTF-8 in which every control character is escaped
 */
char *lanyard_output_dup_printable (const char *text);

/**
 * lanyard_output_progress:
 * @what: "pictures"
 * @done: how many are done
 * @total: of how many; 0 when nobody knows
 *
 * One line on standard error that rewrites itself, a few times a second, only on a terminal.
 */
void lanyard_output_progress (const char *what, guint64 done, guint64 total);

/* Wipes the line of lanyard_output_progress() so that the next output begins clean. */
void lanyard_output_progress_end (void);

G_END_DECLS
