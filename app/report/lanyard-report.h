/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-day.h"
#include "lanyard-key.h"
#include "lanyard-report-words.h"
#include "lanyard-shift-summary.h"

G_BEGIN_DECLS

/* One transaction of a report. A value. */
typedef struct
{
  LanyardDayRow *row;
  char *name;        /* (nullable): only where names are wanted */
  gboolean waits;    /* the hub does not have all of it yet */
  gboolean disputed; /* the person has several badges, and nobody has decided yet */
} LanyardReportRow;

/* Somebody who may collect here. A value. */
typedef struct
{
  char *name;       /* (nullable): only where names are wanted */
  char *local_name; /* (nullable): likewise */
  char *number;
  char *category;     /* words */
  char *organisation; /* (nullable) */
  gboolean collected; /* a badge is out */
  gboolean ask;       /* not cleared, several badges, or one is being made at another desk: a
                         supervisor decides */
  char *key;          /* of the order; lanyard_report_sort_people() */
} LanyardReportPerson;

void lanyard_report_person_free (LanyardReportPerson *person);

/*
 * A day of one desk, complete and by itself: what files are made of. Filled by one thread, then
 * immutable; any thread may write a file of it. Reference counted; wiped when the last one goes.
 */
typedef struct
{
  /* where and when */
  char *event;         /* name for people */
  char *venue;         /* likewise */
  char *desk;          /* likewise */
  guint32 device;      /* number of the desk; 0: not enrolled */
  char *staff;         /* (nullable): staff number of who asked for it */
  GTimeZone *zone;     /* of the event: all times are told in it */
  gint64 began_us;     /* wall: when the day began */
  gint64 made_us;      /* wall */
  gboolean names;      /* names are in it */
  char *language;      /* BCP 47: what the words are in */
  gboolean from_right; /* it is written from right to left */
  char **words;        /* as lanyard_report_words_dup() */

  /* what */
  GPtrArray *rows; /* (element-type LanyardReportRow): oldest first */
  LanyardDayTally tally;
  GHashTable *labels; /* (element-type utf8 utf8): category → words for people */
  GPtrArray *stock;   /* (element-type LanyardShiftCount): since the last close of a shift */
  gint64 closed_us;   /* wall: that close; 0: there was none */
  GPtrArray *people;  /* (element-type LanyardReportPerson) (nullable): a list of them in place of
                         the  day */
  gboolean by_organisation;   /* and not by name */
  LanyardShiftSummary *shift; /* (nullable): a closed shift in place of the day */
  LanyardKey *key;            /* (nullable): of the desk: signs the report of a shift */
  guint32 epoch;              /* of the desk */
  guint all;
  guint collected;
  guint unprinted;
  guint voided;
  guint waiting;
  guint disputed; /* people with several badges */
  guint median_s; /* from the code to the badge in the hand; 0: not known */
} LanyardReport;

LanyardReport *lanyard_report_new (void);
LanyardReport *lanyard_report_ref (LanyardReport *report);
void lanyard_report_unref (LanyardReport *report);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardReport, lanyard_report_unref)

/* @row: (transfer full) */
LanyardReportRow *lanyard_report_add (LanyardReport *report, LanyardDayRow *row);

/* Brings the people into their order. */
void lanyard_report_sort_people (LanyardReport *report);

/* Returns: (transfer none): a word of the report's language */
const char *lanyard_report_say (const LanyardReport *report, LanyardReportWord word);
/* Returns: (transfer full): local time by @format, as g_date_time_format() */
char *lanyard_report_dup_time (const LanyardReport *report, gint64 at_us, const char *format);
/* Returns: (transfer none): category in words; "" when it is not known */
const char *lanyard_report_get_category (const LanyardReport *report, const char *code);
/* Returns: (transfer none): why it is void, in words; "" when it is not */
const char *lanyard_report_get_reason (const LanyardReport *report, const LanyardDayRow *row);
/* "badge", of files for programs (transfer none) */
const char *lanyard_day_kind_to_string (LanyardDayKind kind);

G_END_DECLS
