/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-day-phrases.h"

#include "lanyard-error.h"
#include "lanyard-report-words.h"

/* Below this many seconds a duration is told in seconds. */
#define MAX_SECONDS 120

const char *
lanyard_day_phrase_for_kind (LanyardDayKind kind)
{
  switch (kind)
    {
    case LANYARD_DAY_REISSUE:
      return N_ ("Replacement");
    case LANYARD_DAY_CARD:
      return N_ ("Pre-valid card");
    case LANYARD_DAY_PASS:
      return N_ ("Day pass");
    case LANYARD_DAY_VOID_OTHER:
      return N_ ("Badge of another desk");
    case LANYARD_DAY_DECISION:
      return N_ ("Which badge stays");
    case LANYARD_DAY_VISIT:
      return N_ ("Visit");
    case LANYARD_DAY_BADGE:
    default:
      return N_ ("Badge");
    }
}

const char *
lanyard_day_phrase_for_state (const LanyardDayRow *row, const char **look)
{
  *look = "quiet";
  switch (row->state)
    {
    case LANYARD_PICKUP_RETURNED:
    case LANYARD_PICKUP_REFUSED:
    case LANYARD_PICKUP_REFERRED:
      break;
    case LANYARD_PICKUP_VOID:
      *look = "bad";
      break;
    case LANYARD_PICKUP_ATTENTION:
    case LANYARD_PICKUP_RESERVED:
    case LANYARD_PICKUP_PRINTING:
    case LANYARD_PICKUP_REPORTED:
      *look = "warn";
      break;
    default:
      *look = "good";
    }
  return lanyard_report_word_get_msgid (lanyard_report_word_for_state (row->state));
}

const char *
lanyard_day_phrase_for_print (const LanyardDayRow *row)
{
  gboolean printed = row->kind == LANYARD_DAY_BADGE || row->kind == LANYARD_DAY_REISSUE;

  switch (row->state)
    {
    case LANYARD_PICKUP_ISSUED:
      return N_ ("Printed");
    case LANYARD_PICKUP_REPORTED:
      return N_ ("Printed, not seen yet");
    case LANYARD_PICKUP_RESERVED:
      return N_ ("Not printed yet");
    case LANYARD_PICKUP_PRINTING:
      return N_ ("In the printer");
    case LANYARD_PICKUP_ATTENTION:
      return N_ ("Did it come out?");
    case LANYARD_PICKUP_VOID:
      return row->void_reason != 0
                 ? lanyard_report_word_get_msgid (lanyard_report_word_for_reason (row->void_reason))
                 : NULL;
    default:
      return printed ? N_ ("Not printed") : NULL;
    }
}

const char *
lanyard_day_phrase_for_empty (LanyardDayFilter filter, gboolean searching, gboolean complete)
{
  if (!complete)
    return N_ ("What was done today is still being read. It appears here by itself.");
  if (searching)
    return N_ ("Nobody found in this day. Try fewer letters, or a number.");
  switch (filter)
    {
    case LANYARD_DAY_WAITING:
      return N_ ("Nothing waits: the hub has everything of today.");
    case LANYARD_DAY_UNPRINTED:
      return N_ ("No badge is printing, and none is in doubt.");
    case LANYARD_DAY_CONFLICTS:
      return N_ ("Nobody who was here today has two badges.");
    case LANYARD_DAY_VOID:
      return N_ ("No badge was voided here today.");
    case LANYARD_DAY_ALL:
    default:
      return N_ ("Nobody has been here today yet. Each visit appears here by itself.");
    }
}

const char *
lanyard_day_phrase_for_export_error (const GError *error)
{
  g_return_val_if_fail (error != NULL, "");

  switch (error->domain == LANYARD_ERROR ? error->code : 0)
    {
    case LANYARD_ERROR_UNTRUSTED:
      return N_ ("Only a supervisor can save the day.");
    case LANYARD_ERROR_USAGE:
      return N_ ("This desk has no folder for files. Whoever sets it up names one in its "
                 "configuration, under [exports].");
    case LANYARD_ERROR_BUSY:
      return N_ ("A file is being saved already. Wait until it is there.");
    case LANYARD_ERROR_STATE:
      return N_ ("What was done today is still being read. Try again in a moment.");
    case LANYARD_ERROR_NOT_FOUND:
      return N_ ("The folder is not there. Plug the stick in, and try again.");
    case LANYARD_ERROR_REFUSED:
      return N_ ("The folder cannot be written to. Take another stick.");
    case LANYARD_ERROR_FULL:
      return N_ ("There is no space left in the folder. Make room, and try again.");
    default:
      return N_ ("The file could not be saved. Try again, or take another stick.");
    }
}

char *
lanyard_day_phrase_dup_time (gint64 at_us)
{
  g_autoptr (GDateTime) local = g_date_time_new_from_unix_local (at_us / G_USEC_PER_SEC);

  return local != NULL ? g_date_time_format (local, "\u2066%H:%M\u2069") : g_strdup ("–");
}

char *
lanyard_day_phrase_dup_wait (LanyardWords *words, const LanyardWaitEstimate *wait)
{
  g_autofree char *people = NULL, *minutes = NULL;

  if (wait->people == 0)
    return NULL;
  people = lanyard_words_fill_n (words, "%s waiting", "%s waiting", wait->people);
  if (wait->minutes == 0)
    return g_steal_pointer (&people);
  minutes = lanyard_words_fill_n (words, "about %s minute", "about %s minutes", wait->minutes);
  return g_strdup_printf ("%s (%s)", people, minutes);
}

char *
lanyard_day_phrase_dup_duration (LanyardWords *words, guint seconds)
{
  if (seconds < MAX_SECONDS)
    return lanyard_words_fill_n (words, "%s second", "%s seconds", seconds);
  return lanyard_words_fill_n (words, "%s minute", "%s minutes", (seconds + 30) / 60);
}
