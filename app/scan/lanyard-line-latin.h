/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What FNC4 makes of a Code 128. */
typedef enum
{
  LANYARD_LINE_LATIN_NONE,    /* there is none: the text is as it is */
  LANYARD_LINE_LATIN_DONE,    /* the characters that it stands for have been put in */
  LANYARD_LINE_LATIN_UNKNOWN, /* there is one, but not where */
} LanyardLineLatin;

/**
 * lanyard_line_latin:
 * @widths: from the first bar to the last, any unit
 * @backwards: they run from the code's end to its start
 * @text: (inout): what ZBar made of it
 *
 * ZBar leaves out FNC4, the character that makes those of Latin-1 out of those of ASCII (ISO/IEC
 * 15417 §4.3.4.2), so that its text is another one.
 */
LanyardLineLatin lanyard_line_latin (const guint32 *widths,
                                     guint n_widths,
                                     gboolean backwards,
                                     guint8 *text,
                                     gsize n_bytes);

G_END_DECLS
