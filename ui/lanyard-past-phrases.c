/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-past-phrases.h"

#include <string.h>

#include "lanyard-day-phrases.h"
#include "lanyard-phrases.h"

#define SEPARATOR " · "
/* A number is of no language, and would turn the line. */
#define ISOLATED "\u2068%s\u2069"

typedef struct
{
  LanyardPastKind kind;
  const char *text;
  const char *look;
} Row;

static const Row ROWS[] = {
  { LANYARD_PAST_UNDER_WAY, N_ ("Badge under way"), "warn" },
  { LANYARD_PAST_UNKNOWN, N_ ("Did it come out?"), "warn" },
  { LANYARD_PAST_ISSUED, N_ ("Badge handed out"), "good" },
  { LANYARD_PAST_REISSUED, N_ ("Badge replaced"), "good" },
  { LANYARD_PAST_VALIDATED, N_ ("Card made valid"), "good" },
  { LANYARD_PAST_PASS_HANDED, N_ ("Day pass handed out"), "good" },
  { LANYARD_PAST_PASS_RETURNED, N_ ("Day pass came back"), "quiet" },
  { LANYARD_PAST_VOIDED, N_ ("Badge made void"), "bad" },
  { LANYARD_PAST_NOT_OUT, N_ ("Badge not handed out"), "quiet" },
  { LANYARD_PAST_REFUSED, N_ ("Refused"), "bad" },
  { LANYARD_PAST_REFERRED, N_ ("Sent to staff"), "warn" },
  { LANYARD_PAST_DECIDED, N_ ("Decided which badge stays"), "quiet" },
  { LANYARD_PAST_NOTE, N_ ("Note"), "quiet" },
  { LANYARD_PAST_HANDED_ON, N_ ("Handed over to a supervisor"), "warn" },
  { LANYARD_PAST_AGREED, N_ ("Agreed"), "good" },
  { LANYARD_PAST_DECLINED, N_ ("Did not agree"), "warn" },
  { LANYARD_PAST_PHOTO, N_ ("Photo taken"), "quiet" },
  { LANYARD_PAST_ELSEWHERE, N_ ("Badge of another desk"), "quiet" },
};

static void
add_part (GString *text, const char *part)
{
  if (part != NULL && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? SEPARATOR : "", part);
}

static void
add_isolated (GString *text, const char *part)
{
  g_autofree char *isolated = part != NULL ? g_strdup_printf (ISOLATED, part) : NULL;

  add_part (text, isolated);
}

static const char *
find_document (LanyardDocumentVerdict verdict)
{
  switch (verdict)
    {
    case LANYARD_DOCUMENT_AGREES:
      return N_ ("document checked");
    case LANYARD_DOCUMENT_CLOSE:
      return N_ ("document nearly the same");
    case LANYARD_DOCUMENT_DIFFERS:
      return N_ ("document of somebody else");
    case LANYARD_DOCUMENT_EXPIRED:
      return N_ ("document expired");
    case LANYARD_DOCUMENT_NONE:
    default:
      return NULL;
    }
}

static const char *
find_why (const LanyardPastLine *line)
{
  if (line->hand_over != LANYARD_HAND_OVER_NONE)
    return lanyard_past_phrase_for_hand_over (line->hand_over);
  if (line->reason != LANYARD_REASON_NONE)
    return lanyard_phrase_for_reason (line->reason);
  if (lanyard_void_reason_is_of_staff (line->void_reason))
    return lanyard_phrase_for_void (line->void_reason);
  return NULL;
}

static void
add_staff (GString *text, const LanyardPastLine *line, LanyardWords *words)
{
  g_autofree char *both = NULL;
  g_autofree char *staff = NULL;

  if (line->staff == NULL)
    return;
  both = lanyard_words_join (words, (const char *[]){ line->staff, line->second }, 2);
  staff = lanyard_words_fill (words, "staff %s", both);
  add_isolated (text, staff);
}

/* The badges of a desk are told apart by a part of the serial; of another desk it takes all of it.
 */
static void
add_serial (GString *text, const LanyardPastLine *line)
{
  g_autofree char *serial = NULL;

  if (line->serial == NULL)
    return;
  serial = line->kind == LANYARD_PAST_ELSEWHERE ? g_strdup (line->serial)
                                                : lanyard_past_phrase_dup_short (line->serial);
  add_isolated (text, serial);
}

/* An edition of the pack may have had other ones. */
static void
add_consent (GString *text, const LanyardPastLine *line, LanyardPack *pack, LanyardWords *words)
{
  const char *title = NULL;

  if (line->consent == NULL)
    return;
  if (pack != NULL)
    title
        = lanyard_pack_get_consent_title (pack, line->consent, lanyard_words_get_language (words));
  add_isolated (text, title != NULL ? title : line->consent);
}

const char *
lanyard_past_phrase_for_kind (LanyardPastKind kind, const char **look)
{
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    if (ROWS[i].kind == kind)
      {
        *look = ROWS[i].look;
        return ROWS[i].text;
      }
  *look = "quiet";
  return "";
}

const char *
lanyard_past_phrase_for_hand_over (LanyardHandOver reason)
{
  switch (reason)
    {
    case LANYARD_HAND_OVER_IDENTITY:
      return N_ ("Is this the person?");
    case LANYARD_HAND_OVER_DATA:
      return N_ ("Wrong data");
    case LANYARD_HAND_OVER_CLEARANCE:
      return N_ ("Something is missing");
    case LANYARD_HAND_OVER_BADGE:
      return N_ ("Badge or card");
    case LANYARD_HAND_OVER_OTHER:
      return N_ ("Something else");
    case LANYARD_HAND_OVER_NONE:
    default:
      return NULL;
    }
}

const char *
lanyard_past_phrase_for_wait (const LanyardWait *wait)
{
  const char *text;

  g_return_val_if_fail (wait != NULL, "");

  if (wait->supervisor)
    {
      text = lanyard_past_phrase_for_hand_over (wait->hand_over);
      return text != NULL ? text : N_ ("Something else");
    }
  if (wait->reason != LANYARD_REASON_NONE)
    return lanyard_phrase_for_reason (wait->reason);
  return N_ ("Asked for help");
}

char *
lanyard_past_phrase_dup_detail (const LanyardPastLine *line, LanyardPack *pack, LanyardWords *words)
{
  GString *text = g_string_new (NULL);
  const char *why = find_why (line);
  const char *document = find_document (line->document);

  add_serial (text, line);
  if (why != NULL)
    add_part (text, lanyard_words_get (words, why));
  if (line->kind == LANYARD_PAST_ELSEWHERE && line->place != NULL)
    add_part (text, pack != NULL ? lanyard_pack_get_label (pack, LANYARD_CODES_VENUE, line->place,
                                                           lanyard_words_get_language (words))
                                 : line->place);
  add_consent (text, line, pack, words);
  add_staff (text, line, words);
  if (document != NULL)
    add_part (text, lanyard_words_get (words, document));
  if (line->waits)
    add_part (text, lanyard_words_get (words, N_ ("not sent yet")));
  return g_string_free (text, FALSE);
}

char *
lanyard_past_phrase_dup_when (LanyardWords *words, gint64 at_us, gint64 now_us)
{
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (at_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_local (now_us / G_USEC_PER_SEC);

  if (at_us > 0 && at != NULL && now != NULL
      && g_date_time_get_year (at) == g_date_time_get_year (now)
      && g_date_time_get_day_of_year (at) == g_date_time_get_day_of_year (now))
    return lanyard_day_phrase_dup_time (at_us);
  return lanyard_phrase_dup_when (words, at_us);
}

char *
lanyard_past_phrase_dup_short (const char *serial)
{
  const char *hyphen = strrchr (serial, '-');

  return g_strdup (hyphen != NULL && hyphen[1] != '\0' ? hyphen + 1 : serial);
}
