/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-day.h"

G_BEGIN_DECLS

/* What a report says. The screens have catalogues of many languages and this floor has none: who
 * asks for a report brings its words. */
typedef enum
{
  LANYARD_REPORT_TITLE,
  LANYARD_REPORT_VENUE,
  LANYARD_REPORT_DESK,
  LANYARD_REPORT_DAY,
  LANYARD_REPORT_MADE,
  LANYARD_REPORT_BY_STAFF,
  LANYARD_REPORT_SUMMARY,
  LANYARD_REPORT_COLLECTED,
  LANYARD_REPORT_ALL,
  LANYARD_REPORT_VOIDED,
  LANYARD_REPORT_MEDIAN,
  LANYARD_REPORT_BY_HOUR,
  LANYARD_REPORT_BY_KIND,
  LANYARD_REPORT_BY_CATEGORY,
  LANYARD_REPORT_HOUR,
  LANYARD_REPORT_BEGUN,
  LANYARD_REPORT_NOT_KNOWN,
  LANYARD_REPORT_STOCK,
  LANYARD_REPORT_STOCK_SINCE,
  LANYARD_REPORT_PRINTER,
  LANYARD_REPORT_ALLOCATED,
  LANYARD_REPORT_CONFIRMED,
  LANYARD_REPORT_OPEN,
  LANYARD_REPORT_LOADED,
  LANYARD_REPORT_SPOILED,
  LANYARD_REPORT_JAMMED,
  LANYARD_REPORT_LEFT,
  LANYARD_REPORT_UNKNOWN,
  LANYARD_REPORT_UNPRINTED,
  LANYARD_REPORT_DISPUTED,
  LANYARD_REPORT_WAITING,
  LANYARD_REPORT_NOTHING_UNKNOWN,
  LANYARD_REPORT_SERIAL,
  LANYARD_REPORT_NUMBER,
  LANYARD_REPORT_NAME,
  LANYARD_REPORT_CATEGORY,
  LANYARD_REPORT_KIND,
  LANYARD_REPORT_STATE,
  LANYARD_REPORT_REASON,
  LANYARD_REPORT_STAFF,
  LANYARD_REPORT_BEGAN,
  LANYARD_REPORT_CHANGED,
  LANYARD_REPORT_AT_HUB,
  LANYARD_REPORT_SEVERAL,
  LANYARD_REPORT_YES,
  LANYARD_REPORT_NO,
  LANYARD_REPORT_AND_MORE, /* with the number in the place of "%s" */
  LANYARD_REPORT_PAGE,     /* with "1 / 3" in the place of "%s" */
  LANYARD_REPORT_NO_NAMES,
  LANYARD_REPORT_SECONDS, /* with the number in the place of "%s" */
  LANYARD_REPORT_VALIDATED,
  LANYARD_REPORT_RETURNED,
  LANYARD_REPORT_REFUSED,
  LANYARD_REPORT_REFERRED,
  LANYARD_REPORT_PRINTING,
  LANYARD_REPORT_NOT_SEEN,
  LANYARD_REPORT_DECIDED,
  LANYARD_REPORT_LOST,
  LANYARD_REPORT_STOLEN,
  LANYARD_REPORT_DAMAGED,
  LANYARD_REPORT_DATA_CHANGED,
  LANYARD_REPORT_MISPRINT,
  LANYARD_REPORT_WITHDRAWN,
  LANYARD_REPORT_NOT_PRINTED,
  LANYARD_REPORT_UNREADABLE,
  LANYARD_REPORT_WRONG_BADGE,
  LANYARD_REPORT_VALIDATION_UNDONE,
  LANYARD_REPORT_OTHER_REASON,
  LANYARD_REPORT_PEOPLE,
  LANYARD_REPORT_SIGNATURE,
  LANYARD_REPORT_ASK,
  LANYARD_REPORT_KINDS, /* the first of LANYARD_DAY_N_KINDS */
  LANYARD_REPORT_N_WORDS = LANYARD_REPORT_KINDS + LANYARD_DAY_N_KINDS,
} LanyardReportWord;

/* Returns: (transfer none): it in English, which is what catalogues know it by */
const char *lanyard_report_word_get_msgid (LanyardReportWord word);
/* Returns: how a transaction in @state stands, as the page of the day says it, too */
LanyardReportWord lanyard_report_word_for_state (LanyardPickupState state);
/* Returns: why a badge is void; @reason is one */
LanyardReportWord lanyard_report_word_for_reason (LanyardVoidReason reason);

/* Returns: (transfer none): @msgid in some language */
typedef const char *(*LanyardReportSayFunc) (const char *msgid, gpointer user_data);
/* Returns: (transfer full): all words, by LanyardReportWord */
char **lanyard_report_words_dup (LanyardReportSayFunc func, gpointer user_data);

G_END_DECLS
