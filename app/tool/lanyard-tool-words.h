/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lanyard_tool_dup_report_words:
 * @language: (out) (transfer full): BCP 47: the first language of the environment (LANGUAGE,
 * LC_ALL, LC_MESSAGES, LANG) that there is a catalogue for, or "en"
 * @from_right: (out): it is written from right to left
 *
 * Returns: (transfer full): the words of a report in it, as lanyard_report_words_dup()
 */
char **lanyard_tool_dup_report_words (char **language, gboolean *from_right);

G_END_DECLS
