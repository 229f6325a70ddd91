/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-work.h"
#include "lanyard-zbar.h"

G_BEGIN_DECLS

/*
 * The searcher for linear codes: Code 128, Code 39, interleaved 2 of 5, Codabar, EAN and UPC, those
 * that its LanyardZbar has enabled. A text counts when two lines that share no sample say the same
 * and none says something else at that place.
 */
typedef struct _LanyardLineReader LanyardLineReader;

/* How far to go; each depth has all of those before it. Steps for 1280 × 720 px without a code. */
typedef enum
{
  LANYARD_LINE_ACROSS,  /* rows and columns, 20 px apart; about 1,200 */
  LANYARD_LINE_LOCATED, /* lines through regions of parallel edges, any angle; about 2,000 more */
  LANYARD_LINE_DEEP,    /* the same averaged over many rows and fitted bar by bar: what is noisy,
                           out of focus or very small; 500 to 10,000 more for each of at most
                           four regions */
} LanyardLineDepth;

/* @zbar: borrowed, lives longer than the reader. The reader keeps its memory from picture to
 * picture. */
LanyardLineReader *lanyard_line_reader_new (LanyardZbar *zbar);
void lanyard_line_reader_free (LanyardLineReader *reader);

/**
 * lanyard_line_reader_begin:
 * @plane: borrowed until lanyard_line_reader_step() says TRUE or another plane is begun
 *
 * Forgets everything about the plane before.
 */
void lanyard_line_reader_begin (LanyardLineReader *reader,
                                const LanyardPlane *plane,
                                LanyardLineDepth depth);

/**
 * lanyard_line_reader_deepen:
 *
 * Goes further on the same plane, what its lines have said so far still counts: lets other
 * searchers have their turn in between. No effect when @depth is not deeper.
 */
void lanyard_line_reader_deepen (LanyardLineReader *reader, LanyardLineDepth depth);

/**
 * lanyard_line_reader_step:
 * @func: called once for each code that is certain by now; corners clockwise from the code's own
 *   top left, px of the plane
 *
 * Goes on until @work is spent. Returns: TRUE when nothing is left at this depth
 */
gboolean lanyard_line_reader_step (LanyardLineReader *reader,
                                   LanyardWork *work,
                                   LanyardFoundFunc func,
                                   gpointer user_data);

/* @suspect: (out): the region that looks most like a code of which no line was read, px of the
 * plane; its symbology is no more than that of the family. Only once DEEP is done. Returns: FALSE
 * when there is none */
gboolean lanyard_line_reader_get_suspect (const LanyardLineReader *reader, LanyardSuspect *suspect);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardLineReader, lanyard_line_reader_free)

G_END_DECLS
