/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-mrz.h"

G_BEGIN_DECLS

/* How a character of a zone stands while somebody types it. */
typedef enum
{
  LANYARD_MRZ_MARK_NONE,   /* nothing stands there yet */
  LANYARD_MRZ_MARK_OPEN,   /* no check digit watches it, or not all of its field is there */
  LANYARD_MRZ_MARK_RIGHT,  /* the check digit of its field agrees */
  LANYARD_MRZ_MARK_WRONG,  /* it differs: something in this field is not as printed */
  LANYARD_MRZ_MARK_MISFIT, /* no such character may stand there */
} LanyardMrzMark;

/* A character that is easily taken for another one, with which all would be right. */
typedef struct
{
  guint line; /* from 0 */
  guint column;
  char typed;
  char other;
} LanyardMrzDoubt;

#define LANYARD_MRZ_MAX_DOUBTS 6

/* Personal data: wipe it. */
typedef struct
{
  LanyardMrzLive live;
  guint8 marks[LANYARD_MRZ_MAX_LINES][LANYARD_MRZ_MAX_COLUMNS]; /* LanyardMrzMark */
  LanyardMrzDoubt doubts[LANYARD_MRZ_MAX_DOUBTS];               /* in reading order of the fields */
  guint n_doubts;
  gboolean done; /* all is there, everything that can be checked agrees, and dates are dates */
} LanyardMrzMarks;

/**
 * lanyard_mrz_marks_make:
 * @text: (array length=n_bytes): what has been typed so far, lines separated by \n; as with
 *   lanyard_mrz_live_check()
 * @expected: format that the person chose, or NONE
 * @marks: (out caller-allocates)
 *
 * Pure: the same text gives the same answer, nothing is kept.
 */
void lanyard_mrz_marks_make (const char *text,
                             gsize n_bytes,
                             LanyardMrzFormat expected,
                             LanyardMrzMarks *marks);

G_END_DECLS
