/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-record.h"

G_BEGIN_DECLS

/*
 * What one desk did since a moment, one row a transaction, made of the records alone. Pure: the
 * same records give the same rows. Rows stand in the order in which they began; a record that
 * belongs to one changes it where it stands. No names: whoever shows it looks them up.
 *
 * Beside them stand the rows of the venue's other desks, as far as their records were heard: each
 * as its desk told it last. Every count is of this desk alone, but for those of LanyardDayVenue.
 */
typedef struct _LanyardDay LanyardDay;

/* What a transaction was about. */
typedef enum
{
  LANYARD_DAY_VISIT,      /* it came to an end before there was a badge */
  LANYARD_DAY_BADGE,      /* a badge */
  LANYARD_DAY_REISSUE,    /* a badge that takes the place of another one */
  LANYARD_DAY_CARD,       /* a pre-valid card was made valid */
  LANYARD_DAY_PASS,       /* a day pass */
  LANYARD_DAY_VOID_OTHER, /* a badge that another desk made was voided */
  LANYARD_DAY_DECISION,   /* which of several badges stays */
  LANYARD_DAY_N_KINDS,
} LanyardDayKind;

/* One transaction. */
typedef struct
{
  LanyardId pickup;  /* zero: it belongs to none */
  guint32 device;    /* number of the desk; 0: this one */
  gint64 position;   /* in the journal, of its newest record; of another desk: its seq */
  gint64 began_us;   /* wall: its first record since the beginning of the day */
  gint64 changed_us; /* wall: its newest record */
  LanyardDayKind kind;
  LanyardPickupState state;      /* VOID_OTHER: VOID; DECISION: IDLE */
  LanyardVoidReason void_reason; /* with VOID; 0: not known */
  char *number;                  /* (nullable): accreditation number */
  char *serial;                  /* (nullable) */
  char *staff;                   /* (nullable): staff number of who did the last of it */
  const char *category;          /* (nullable): interned: see lanyard_day_sort() */
} LanyardDayRow;

/* Hours of the longest day there is: the day on which clocks are set back, and one more. */
#define LANYARD_DAY_MAX_HOURS 26
/* Categories that are told apart; all others are one. */
#define LANYARD_DAY_MAX_CATEGORIES 64

/* Transactions of one sort. A value. */
typedef struct
{
  guint begun;
  guint collected; /* of them, badges, cards and passes that are in a hand now */
} LanyardDayCount;

/* One category of the pack. A value. */
typedef struct
{
  const char *code; /* (nullable): interned; NULL: nobody knows, or there are too many */
  LanyardDayCount count;
} LanyardDayCategory;

/* The whole day in numbers. Begun is counted where it began, collected where it was handed over. A
 * value. */
typedef struct
{
  guint n_hours; /* up to the last one in which there was something */
  LanyardDayCount hours[LANYARD_DAY_MAX_HOURS]; /* from the beginning of the day */
  LanyardDayCount kinds[LANYARD_DAY_N_KINDS];
  guint n_categories; /* largest first; what is not known comes last */
  LanyardDayCategory categories[LANYARD_DAY_MAX_CATEGORIES + 1];
  guint last_hour; /* collected in the 60 minutes before now */
} LanyardDayTally;

/* Which rows are asked for. */
typedef enum
{
  LANYARD_DAY_ALL,
  LANYARD_DAY_WAITING,   /* the hub has not given a receipt for all of it */
  LANYARD_DAY_UNPRINTED, /* it is printing, or nobody knows whether it came out */
  LANYARD_DAY_CONFLICTS, /* the person has several badges, and nobody has decided yet */
  LANYARD_DAY_VOID,
} LanyardDayFilter;

/* A question. Borrowed. */
typedef struct
{
  LanyardDayFilter filter;
  gboolean oldest_first;
  gboolean venue;       /* with rows of the venue's other desks */
  const char *text;     /* (nullable): upper case; stands in number or serial, */
  GHashTable *numbers;  /* (element-type utf8) (nullable): or this has the number */
  GHashTable *disputed; /* (element-type utf8) (nullable): numbers of people with several badges */
  gint64 acknowledged;  /* the hub has the journal up to this position */
  guint offset;         /* of the first row that is wanted */
  guint max;            /* rows */
} LanyardDayQuery;

/* @since_us: wall: what is older is of another day */
LanyardDay *lanyard_day_new (gint64 since_us);
void lanyard_day_free (LanyardDay *day);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardDay, lanyard_day_free)

/* Takes the next record. @position: in the journal. Total: what makes no sense changes nothing. */
void lanyard_day_take (LanyardDay *day, const LanyardRecord *record, gint64 position);

/* Rows of other desks, at most: those that come after them are not listed. */
#define LANYARD_DAY_MAX_OTHERS 200000

/* What was heard of the venue's other desks. A value. */
typedef struct
{
  guint desks;
  gint64 heard_us; /* wall: their newest record; 0: nothing was heard */
  guint all;       /* transactions */
  guint collected; /* of them, badges, cards and passes that are in a hand, as told last */
  guint unprinted;
  guint voided;
} LanyardDayVenue;

/* Takes a record of another desk of the venue, in any order, any number of times. Total. */
void lanyard_day_take_other (LanyardDay *day, const LanyardRecord *record);
/* Counts. Looks at each row of another desk. */
void lanyard_day_count_venue (LanyardDay *day, LanyardDayVenue *venue);

/* Returns: wall: when the day began */
gint64 lanyard_day_get_since_us (LanyardDay *day);
/* Raised when a row comes or changes. */
guint64 lanyard_day_get_version (LanyardDay *day);
/* Badges, cards and passes that are in a hand now. */
guint lanyard_day_count_collected (LanyardDay *day);
/* Rows that LANYARD_DAY_UNPRINTED finds. */
guint lanyard_day_count_unprinted (LanyardDay *day);
guint lanyard_day_count_void (LanyardDay *day);
/* Rows that LANYARD_DAY_WAITING finds. Looks at each row, unless there is none. */
guint lanyard_day_count_waiting (LanyardDay *day, gint64 acknowledged);
guint lanyard_day_count_all (LanyardDay *day);
/* Returns: s, from a code being shown to the badge being in a hand; 0: none was handed out */
guint lanyard_day_get_median_s (LanyardDay *day);
/* Returns: badges of which the median is made */
guint lanyard_day_count_taken (LanyardDay *day);
/* Badges on their way to somebody who stands there: begun in the hour before @now_us (wall), and
 * not at an end. What has been in doubt for longer keeps nobody waiting. Looks at that hour alone.
 */
guint lanyard_day_count_under_way (LanyardDay *day, gint64 now_us);
/* Returns: (transfer none) (element-type utf8): numbers of which the hub raised an alert */
GHashTable *lanyard_day_get_alerts (LanyardDay *day);

/* Returns: (transfer none) (nullable): category of the person with @number, interned */
typedef const char *(*LanyardDaySortFunc) (const char *number, gpointer user_data);
/* Asks for the categories of at most @max rows that were not asked for yet: records do not tell
 * them. Returns: whether all rows were asked for */
gboolean lanyard_day_sort (LanyardDay *day, guint max, LanyardDaySortFunc func, gpointer user_data);
/* Counts. Looks at each row. @now_us: wall */
void lanyard_day_tally (LanyardDay *day, gint64 now_us, LanyardDayTally *tally);

/**
 * lanyard_day_find:
 * @rows: (element-type LanyardDayRow): gets at most @query->max rows, borrowed until the next
 * record
 * @n_looked_at: (out) (optional): rows that were looked at, which is what it costs
 *
 * Without filter and text a page costs its own rows, however long the day is.
 *
 * Returns: how many there are in all
 */
guint lanyard_day_find (LanyardDay *day,
                        const LanyardDayQuery *query,
                        GPtrArray *rows,
                        guint *n_looked_at);

LanyardDayRow *lanyard_day_row_copy (const LanyardDayRow *row);
void lanyard_day_row_free (LanyardDayRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardDayRow, lanyard_day_row_free)

/* Whether nobody knows yet what became of a badge in @state. */
gboolean lanyard_day_is_unprinted (LanyardPickupState state);

G_END_DECLS
