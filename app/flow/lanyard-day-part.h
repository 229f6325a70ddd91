/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-day.h"
#include "lanyard-wait-estimate.h"

G_BEGIN_DECLS

/* Rows of one part, at most. */
#define LANYARD_DAY_PART_MAX_ROWS 200
/* What staff type into the search, at most. */
#define LANYARD_DAY_MAX_TEXT_BYTES 256

/* Which part of the day's transactions is asked for. A value. */
typedef struct
{
  LanyardDayFilter filter;
  gboolean oldest_first;
  gboolean venue; /* with what the venue's other desks told */
  char *text;     /* (nullable): of a name, a number or a serial */
  guint offset;   /* of the first row */
  guint max;      /* rows, up to LANYARD_DAY_PART_MAX_ROWS */
} LanyardDayAsk;

LanyardDayAsk *lanyard_day_ask_copy (const LanyardDayAsk *ask);
/* Wipes its text. */
void lanyard_day_ask_free (LanyardDayAsk *ask);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardDayAsk, lanyard_day_ask_free)

/* One transaction as the screen shows it. A value. */
typedef struct
{
  LanyardDayRow *row;
  char *name;        /* (nullable): from the directory: on the screen only. NULL: not there */
  gboolean waits;    /* the hub does not have all of it yet */
  gboolean disputed; /* the person has several badges, and nobody has decided yet */
} LanyardDayLine;

/* Returns: (transfer full): @row: (transfer full), @name: (nullable) */
LanyardDayLine *lanyard_day_line_new (LanyardDayRow *row, const char *name);
/* Wipes the name. */
void lanyard_day_line_free (LanyardDayLine *line);

/* The answer: rows of the day, and what is true of all of it. Immutable, reference counted; carries
 * personal data, wiped when the last reference goes. */
typedef struct
{
  GPtrArray *lines;  /* (element-type LanyardDayLine) */
  guint offset;      /* of the first of them */
  guint total;       /* rows that the question finds */
  gboolean complete; /* FALSE: records of the day are still being read */

  /* of the whole day, whatever was asked; of this desk, and with venue of the others, too, but for
   * waiting, which is known of this one alone */
  guint all;     /* transactions */
  guint waiting; /* of them, not all of it is at the hub */
  guint voided;
  guint collected;          /* badges, cards and passes in a hand */
  guint unprinted;          /* printing, or nobody knows */
  guint disputed;           /* people with several badges */
  guint median_s;           /* from the code to the badge in the hand; 0: not known */
  guint hour_plan;          /* to be handed out an hour; 0: no plan */
  LanyardWaitEstimate wait; /* of whoever comes now */
  LanyardDayVenue others;   /* what was heard of the venue's other desks */
  gint64 began_us;          /* wall: when the day began, and with it the first hour of the tally */
  LanyardDayTally tally;
} LanyardDayPart;

LanyardDayPart *lanyard_day_part_new (void);
LanyardDayPart *lanyard_day_part_ref (LanyardDayPart *part);
void lanyard_day_part_unref (LanyardDayPart *part);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardDayPart, lanyard_day_part_unref)

G_END_DECLS
