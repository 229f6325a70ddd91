/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-mrz-layout.h"

G_BEGIN_DECLS

/* The characters of a zone, line by line. Personal data: lanyard_mrz_text_wipe(). */
typedef struct
{
  char lines[LANYARD_MRZ_MAX_LINES][LANYARD_MRZ_MAX_COLUMNS + 1];
  guint lengths[LANYARD_MRZ_MAX_LINES];
  guint n_lines;
} LanyardMrzText;

/* Splits @text as lanyard_mrz_parse() says. @text_out: (out caller-allocates).
 * @error: LANYARD_ERROR_LIMIT, LANYARD_ERROR_INVALID. Returns: the format, refined; NONE with
 * @error set */
LanyardMrzFormat lanyard_mrz_text_split (LanyardMrzText *text_out,
                                         const char *text,
                                         gsize n_bytes,
                                         LanyardMrzFlags flags,
                                         GError **error);

/* The same for a zone that is not complete: keeps what fits, in lines of @line_length (0: not known
 * yet; then the first line may have all there is room for). */
void lanyard_mrz_text_split_part (LanyardMrzText *text_out,
                                  const char *text,
                                  gsize n_bytes,
                                  guint line_length);
void lanyard_mrz_text_wipe (LanyardMrzText *text);

/* How one field stands: a run of characters that may go on elsewhere. */
LanyardMrzCheck lanyard_mrz_text_check (const LanyardMrzText *text,
                                        const LanyardMrzLayout *layout,
                                        const LanyardMrzSpan *span);

/* Puts the whole document number of TD1 and TD2 together (9303-5 and -6 §4.2.2, note on long
 * numbers). @number: (out): at least LANYARD_MRZ_MAX_COLUMNS + 1 bytes; fillers left out.
 * Returns: how many characters of the optional data belong to it, check digit included; 0: none */
guint lanyard_mrz_text_get_number (const LanyardMrzText *text,
                                   const LanyardMrzLayout *layout,
                                   char *number);

/* Whether @character may stand there. */
gboolean lanyard_mrz_fits (LanyardMrzFormat format, guint line, guint column, char character);

G_END_DECLS
