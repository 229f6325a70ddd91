/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-report"

#include "lanyard-report-words.h"

#define N_(text) (text)

static const char *const msgids[LANYARD_REPORT_N_WORDS] = {
  [LANYARD_REPORT_TITLE] = N_ ("Report of the day"),
  [LANYARD_REPORT_VENUE] = N_ ("Venue"),
  [LANYARD_REPORT_DESK] = N_ ("Desk"),
  [LANYARD_REPORT_DAY] = N_ ("Day"),
  [LANYARD_REPORT_MADE] = N_ ("Made"),
  [LANYARD_REPORT_BY_STAFF] = N_ ("By staff"),
  [LANYARD_REPORT_SUMMARY] = N_ ("The day in numbers"),
  [LANYARD_REPORT_COLLECTED] = N_ ("Handed out"),
  [LANYARD_REPORT_ALL] = N_ ("Transactions"),
  [LANYARD_REPORT_VOIDED] = N_ ("Void"),
  [LANYARD_REPORT_MEDIAN] = N_ ("Half of them within"),
  [LANYARD_REPORT_BY_HOUR] = N_ ("By hour"),
  [LANYARD_REPORT_BY_KIND] = N_ ("By kind"),
  [LANYARD_REPORT_BY_CATEGORY] = N_ ("By category"),
  [LANYARD_REPORT_HOUR] = N_ ("Hour"),
  [LANYARD_REPORT_BEGUN] = N_ ("Begun"),
  [LANYARD_REPORT_NOT_KNOWN] = N_ ("Not known"),
  [LANYARD_REPORT_STOCK] = N_ ("Badges and cards"),
  [LANYARD_REPORT_STOCK_SINCE] = N_ ("Since the shift was last closed: %s"),
  [LANYARD_REPORT_PRINTER] = N_ ("Printer"),
  [LANYARD_REPORT_ALLOCATED] = N_ ("Badges begun"),
  [LANYARD_REPORT_CONFIRMED] = N_ ("Handed out"),
  [LANYARD_REPORT_OPEN] = N_ ("Nobody knows"),
  [LANYARD_REPORT_LOADED] = N_ ("Put in"),
  [LANYARD_REPORT_SPOILED] = N_ ("Spoiled"),
  [LANYARD_REPORT_JAMMED] = N_ ("Lost in jams"),
  [LANYARD_REPORT_LEFT] = N_ ("Left"),
  [LANYARD_REPORT_UNKNOWN] = N_ ("What is not known yet"),
  [LANYARD_REPORT_UNPRINTED] = N_ ("Printing or in doubt"),
  [LANYARD_REPORT_DISPUTED] = N_ ("Several badges"),
  [LANYARD_REPORT_WAITING] = N_ ("Waiting to be sent"),
  [LANYARD_REPORT_NOTHING_UNKNOWN] = N_ ("Everything is known, and the hub has all of it."),
  [LANYARD_REPORT_SERIAL] = N_ ("Serial"),
  [LANYARD_REPORT_NUMBER] = N_ ("Number"),
  [LANYARD_REPORT_NAME] = N_ ("Name"),
  [LANYARD_REPORT_CATEGORY] = N_ ("Category"),
  [LANYARD_REPORT_KIND] = N_ ("Kind"),
  [LANYARD_REPORT_STATE] = N_ ("State"),
  [LANYARD_REPORT_REASON] = N_ ("Reason"),
  [LANYARD_REPORT_STAFF] = N_ ("Staff"),
  [LANYARD_REPORT_BEGAN] = N_ ("Began"),
  [LANYARD_REPORT_CHANGED] = N_ ("Last change"),
  [LANYARD_REPORT_AT_HUB] = N_ ("At the hub"),
  [LANYARD_REPORT_SEVERAL] = N_ ("Several badges"),
  [LANYARD_REPORT_YES] = N_ ("yes"),
  [LANYARD_REPORT_NO] = N_ ("no"),
  [LANYARD_REPORT_AND_MORE] = N_ ("and %s more"),
  [LANYARD_REPORT_PAGE] = N_ ("Page %s"),
  [LANYARD_REPORT_NO_NAMES] = N_ ("This report has no names in it."),
  [LANYARD_REPORT_SECONDS] = N_ ("%s s"),
  [LANYARD_REPORT_VALIDATED] = N_ ("Made valid"),
  [LANYARD_REPORT_RETURNED] = N_ ("Came back"),
  [LANYARD_REPORT_REFUSED] = N_ ("Not eligible"),
  [LANYARD_REPORT_REFERRED] = N_ ("Sent to staff"),
  [LANYARD_REPORT_PRINTING] = N_ ("Printing"),
  [LANYARD_REPORT_NOT_SEEN] = N_ ("Not confirmed"),
  [LANYARD_REPORT_DECIDED] = N_ ("Decided"),
  [LANYARD_REPORT_LOST] = N_ ("Lost"),
  [LANYARD_REPORT_STOLEN] = N_ ("Stolen"),
  [LANYARD_REPORT_DAMAGED] = N_ ("Damaged"),
  [LANYARD_REPORT_DATA_CHANGED] = N_ ("Details have changed"),
  [LANYARD_REPORT_MISPRINT] = N_ ("Printed wrong"),
  [LANYARD_REPORT_WITHDRAWN] = N_ ("Taken back"),
  [LANYARD_REPORT_NOT_PRINTED] = N_ ("Did not come out"),
  [LANYARD_REPORT_UNREADABLE] = N_ ("Could not be scanned back"),
  [LANYARD_REPORT_WRONG_BADGE] = N_ ("Another badge was scanned back"),
  [LANYARD_REPORT_VALIDATION_UNDONE] = N_ ("Validation was undone"),
  [LANYARD_REPORT_OTHER_REASON] = N_ ("Another reason: ask your supervisor"),
  [LANYARD_REPORT_PEOPLE] = N_ ("List to go on by hand"),
  [LANYARD_REPORT_SIGNATURE] = N_ ("Signature"),
  [LANYARD_REPORT_ASK] = N_ ("Supervisor"),
  [LANYARD_REPORT_SHIFT] = N_ ("Report of the shift"),
  [LANYARD_REPORT_SHIFT_BEGAN] = N_ ("Shift began"),
  [LANYARD_REPORT_SHIFT_CLOSED] = N_ ("Shift closed"),
  [LANYARD_REPORT_CLOSED_BY] = N_ ("Closed by staff"),
  [LANYARD_REPORT_FIRST_CARDS] = N_ ("Cards at the beginning"),
  [LANYARD_REPORT_USED] = N_ ("Cards handed out"),
  [LANYARD_REPORT_CORRECTED] = N_ ("Corrected by counting"),
  [LANYARD_REPORT_COMPARED] = N_ ("Compared with the printer"),
  [LANYARD_REPORT_BY_RECORDS] = N_ ("Came out, by the records"),
  [LANYARD_REPORT_BY_PRINTER] = N_ ("Came out, by the printer"),
  [LANYARD_REPORT_DIFFERENCE] = N_ ("Difference"),
  [LANYARD_REPORT_EXPLANATION] = N_ ("Explanation"),
  [LANYARD_REPORT_TEST_PRINTS] = N_ ("Test or cleaning cards"),
  [LANYARD_REPORT_JAMMED_CARDS] = N_ ("Cards lost in jams"),
  [LANYARD_REPORT_SHARED] = N_ ("Others print there too"),
  [LANYARD_REPORT_COUNTER_RESET] = N_ ("Repaired or exchanged"),
  [LANYARD_REPORT_NOT_FOUND] = N_ ("Looked for, not found"),
  [LANYARD_REPORT_JOURNAL] = N_ ("Records of the shift"),
  [LANYARD_REPORT_FIRST_RECORD] = N_ ("First"),
  [LANYARD_REPORT_LAST_RECORD] = N_ ("Last"),
  [LANYARD_REPORT_SIGNED]
  = N_ ("Signed by this desk. The signature lies beside this file; to check both:"),
  [LANYARD_REPORT_KINDS + LANYARD_DAY_VISIT] = N_ ("Visit"),
  [LANYARD_REPORT_KINDS + LANYARD_DAY_BADGE] = N_ ("Badge"),
  [LANYARD_REPORT_KINDS + LANYARD_DAY_REISSUE] = N_ ("Replacement"),
  [LANYARD_REPORT_KINDS + LANYARD_DAY_CARD] = N_ ("Pre-valid card"),
  [LANYARD_REPORT_KINDS + LANYARD_DAY_PASS] = N_ ("Day pass"),
  [LANYARD_REPORT_KINDS + LANYARD_DAY_VOID_OTHER] = N_ ("Badge of another desk"),
  [LANYARD_REPORT_KINDS + LANYARD_DAY_DECISION] = N_ ("Which badge stays"),
};

const char *
lanyard_report_word_get_msgid (LanyardReportWord word)
{
  g_return_val_if_fail (word < LANYARD_REPORT_N_WORDS, "");

  return msgids[word];
}

LanyardReportWord
lanyard_report_word_for_state (LanyardPickupState state)
{
  switch (state)
    {
    case LANYARD_PICKUP_ISSUED:
    case LANYARD_PICKUP_HANDED:
      return LANYARD_REPORT_COLLECTED;
    case LANYARD_PICKUP_VALIDATED:
      return LANYARD_REPORT_VALIDATED;
    case LANYARD_PICKUP_RETURNED:
      return LANYARD_REPORT_RETURNED;
    case LANYARD_PICKUP_REFUSED:
      return LANYARD_REPORT_REFUSED;
    case LANYARD_PICKUP_REFERRED:
      return LANYARD_REPORT_REFERRED;
    case LANYARD_PICKUP_VOID:
      return LANYARD_REPORT_VOIDED;
    case LANYARD_PICKUP_ATTENTION:
      return LANYARD_REPORT_OPEN;
    case LANYARD_PICKUP_RESERVED:
    case LANYARD_PICKUP_PRINTING:
      return LANYARD_REPORT_PRINTING;
    case LANYARD_PICKUP_REPORTED:
      return LANYARD_REPORT_NOT_SEEN;
    default:
      return LANYARD_REPORT_DECIDED;
    }
}

LanyardReportWord
lanyard_report_word_for_reason (LanyardVoidReason reason)
{
  switch (reason)
    {
    case LANYARD_VOID_LOST:
      return LANYARD_REPORT_LOST;
    case LANYARD_VOID_STOLEN:
      return LANYARD_REPORT_STOLEN;
    case LANYARD_VOID_DAMAGED:
      return LANYARD_REPORT_DAMAGED;
    case LANYARD_VOID_DATA_CHANGED:
      return LANYARD_REPORT_DATA_CHANGED;
    case LANYARD_VOID_MISPRINT:
      return LANYARD_REPORT_MISPRINT;
    case LANYARD_VOID_WITHDRAWN:
      return LANYARD_REPORT_WITHDRAWN;
    case LANYARD_VOID_NOT_PRINTED:
      return LANYARD_REPORT_NOT_PRINTED;
    case LANYARD_VOID_UNREADABLE:
      return LANYARD_REPORT_UNREADABLE;
    case LANYARD_VOID_WRONG_BADGE:
      return LANYARD_REPORT_WRONG_BADGE;
    case LANYARD_VOID_VALIDATION_UNDONE:
      return LANYARD_REPORT_VALIDATION_UNDONE;
    default:
      return LANYARD_REPORT_OTHER_REASON;
    }
}

char **
lanyard_report_words_dup (LanyardReportSayFunc func, gpointer user_data)
{
  char **words = g_new0 (char *, LANYARD_REPORT_N_WORDS + 1);

  g_return_val_if_fail (func != NULL, words);

  for (guint i = 0; i < LANYARD_REPORT_N_WORDS; i++)
    words[i] = g_strdup (func (msgids[i], user_data));
  return words;
}
