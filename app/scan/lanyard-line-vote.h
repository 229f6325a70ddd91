/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-found.h"
#include "lanyard-line-sample.h"

G_BEGIN_DECLS

/* What one line, or the mean of a band of lines, says. */
typedef struct
{
  LanyardSymbology symbology;
  const guint8 *data;
  gsize n_bytes;
  LanyardSegment segment; /* from the code's start to its end, in the order of its text */
  double half_px;         /* pixels to both sides of it took part */
} LanyardLineRead;

/* Bars and spaces from the first bar to the last: Returns 0 when the symbology does not tell (Code
 * 128, whose characters are not those of its text). */
guint lanyard_line_elements (LanyardSymbology symbology, gsize n_bytes);

/**
 * lanyard_line_is_whole:
 * @widths: spaces and bars in turn
 * @end: LanyardZbarLineCode's
 * @first: (out): index of its first bar
 * @last: (out): index of its last bar
 *
 * Does the code fill all bars between two quiet zones? What was read from the middle of a longer
 * one does not.
 */
gboolean lanyard_line_is_whole (const guint32 *widths,
                                guint n_widths,
                                LanyardSymbology symbology,
                                gsize n_bytes,
                                guint end,
                                guint *first,
                                guint *last);

/* Collects what lines of one picture say until enough of them agree. */
typedef struct _LanyardLineVote LanyardLineVote;

LanyardLineVote *lanyard_line_vote_new (void);
void lanyard_line_vote_free (LanyardLineVote *vote);
/* For the next picture. */
void lanyard_line_vote_clear (LanyardLineVote *vote);

/**
 * lanyard_line_vote_add:
 * @func: called when @read makes its text certain, once for each text and place
 *
 * Returns: TRUE when @read belongs to a text that is certain, by now or since before
 */
gboolean lanyard_line_vote_add (LanyardLineVote *vote,
                                const LanyardLineRead *read,
                                LanyardFoundFunc func,
                                gpointer user_data);

/* Returns: TRUE when the line through the middle of @segment crosses a code that is certain */
gboolean lanyard_line_vote_is_settled (LanyardLineVote *vote, LanyardPoint middle);

/* Returns: TRUE when some line read something that is not certain yet; @segment is where */
gboolean lanyard_line_vote_get_open (LanyardLineVote *vote, guint index, LanyardSegment *segment);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardLineVote, lanyard_line_vote_free)

G_END_DECLS
