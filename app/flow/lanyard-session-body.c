/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the records of a pickup carry: codes, numbers and reasons, never a name (invariant 9). */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

#include "lanyard-cbor.h"

#define MAX_PAIRS 20

/* One pair of a body. */
typedef struct
{
  LanyardBodyKey key;
  guint64 number;      /* unless text is set */
  const char *text;    /* (nullable): borrowed */
  GBytes *encoded;     /* (nullable): borrowed: one whole item */
  GBytes *bytes;       /* (nullable): borrowed: a byte string */
  gboolean is_verdict; /* the reasons of the verdict */
} Pair;

typedef struct
{
  Pair pairs[MAX_PAIRS];
  guint n;
} Pairs;

static void
add_number (Pairs *pairs, LanyardBodyKey key, guint64 number)
{
  g_assert (pairs->n < MAX_PAIRS);
  pairs->pairs[pairs->n++] = (Pair){ .key = key, .number = number };
}

/* Below zero is known, too: somebody forgot to record a pack of cards. */
static void
add_left (Pairs *pairs, gint left)
{
  add_number (pairs, LANYARD_BODY_CARDS_LEFT, (guint64)(gint64)left);
}

/* Absent means not known; text that no record may carry is not known either. */
static void
add_text (Pairs *pairs, LanyardBodyKey key, const char *text)
{
  if (text == NULL || *text == '\0' || strlen (text) > LANYARD_RECORD_MAX_TEXT_BYTES
      || !g_utf8_validate (text, -1, NULL))
    return;
  g_assert (pairs->n < MAX_PAIRS);
  pairs->pairs[pairs->n++] = (Pair){ .key = key, .text = text };
}

static int
compare_pairs (const void *a, const void *b)
{
  return (int)((const Pair *)a)->key - (int)((const Pair *)b)->key;
}

static GBytes *
encode (Pairs *pairs, const LanyardVerdict *verdict)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();

  qsort (pairs->pairs, pairs->n, sizeof (Pair), compare_pairs);
  lanyard_cbor_open_map (writer, pairs->n);
  for (guint i = 0; i < pairs->n; i++)
    {
      const Pair *pair = &pairs->pairs[i];

      lanyard_cbor_write_uint (writer, (guint64)pair->key);
      if (pair->is_verdict)
        {
          lanyard_cbor_open_array (writer, verdict->n_reasons);
          for (guint r = 0; r < verdict->n_reasons; r++)
            lanyard_cbor_write_uint (writer, (guint64)verdict->reasons[r]);
        }
      else if (pair->text != NULL)
        lanyard_cbor_write_text (writer, pair->text);
      else if (pair->encoded != NULL)
        lanyard_cbor_write_encoded (writer, g_bytes_get_data (pair->encoded, NULL),
                                    g_bytes_get_size (pair->encoded));
      else if (pair->bytes != NULL)
        lanyard_cbor_write_gbytes (writer, pair->bytes);
      else if (pair->key == LANYARD_BODY_CARDS_LEFT)
        lanyard_cbor_write_int (writer, (gint64)pair->number);
      else
        lanyard_cbor_write_uint (writer, pair->number);
    }
  return lanyard_cbor_writer_end (writer);
}

/* Invariant 7: the verdict and what it was made with. */
static void
add_verdict (Pairs *pairs, LanyardSession *session)
{
  const LanyardServed *served = &session->served;

  if (served->verdict.outcome != 0)
    {
      add_number (pairs, LANYARD_BODY_OUTCOME, (guint64)served->verdict.outcome);
      pairs->pairs[pairs->n++] = (Pair){ .key = LANYARD_BODY_REASONS, .is_verdict = TRUE };
    }
  add_number (pairs, LANYARD_BODY_DIRECTORY_VERSION, served->directory_version);
  add_number (pairs, LANYARD_BODY_SOURCE, (guint64)served->source);
}

/* Type, issuer and verdict are all that is ever kept of a document. */
static void
add_document (Pairs *pairs, const LanyardShown *shown)
{
  if (shown->verdict == LANYARD_DOCUMENT_NONE)
    return;
  add_number (pairs, LANYARD_BODY_DOCUMENT_VERDICT, (guint64)shown->verdict);
  add_text (pairs, LANYARD_BODY_DOCUMENT_TYPE, shown->type);
  add_text (pairs, LANYARD_BODY_DOCUMENT_ISSUER, shown->issuer);
  if (shown->by != 0)
    add_number (pairs, LANYARD_BODY_DOCUMENT_BY, (guint64)shown->by);
}

static void
add_place (Pairs *pairs, LanyardSession *session, gboolean is_pass)
{
  add_number (pairs, LANYARD_BODY_MODE,
              is_pass          ? LANYARD_MODE_DAY_PASS
              : session->staff ? LANYARD_MODE_STAFF
                               : LANYARD_MODE_SELF_SERVICE);
  add_text (pairs, LANYARD_BODY_VENUE, session->parts.config->venue);
  if (session->staff)
    add_text (pairs, LANYARD_BODY_STAFF, session->member->number);
}

/* Which printer the badge goes to, and what is left there when that takes a card. */
static void
add_printer (Pairs *pairs,
             LanyardSession *session,
             const LanyardPickupStep *step,
             const LanyardSubject *subject,
             LanyardPrintFault fault)
{
  LanyardShift *shift = lanyard_journal_get_shift (session->parts.journal, NULL);
  const char *printer;
  gint left;

  if (step->record == LANYARD_RECORD_RESERVED)
    add_text (pairs, LANYARD_BODY_PRINTER, lanyard_session_find_printer (session, NULL));
  if (step->record == LANYARD_RECORD_RESERVED || shift == NULL)
    return;
  printer = lanyard_shift_foresee_left (shift, subject->serial, (guint16)step->record,
                                        step->void_reason, (guint)fault, &left);
  if (printer == NULL)
    return;
  add_text (pairs, LANYARD_BODY_PRINTER, printer);
  add_left (pairs, left);
}

/* Who gets a pass is not among it: of the host, the code that the pack has. */
static void
add_pass (Pairs *pairs, const LanyardPassGiven *pass, guint16 kind)
{
  add_text (pairs, LANYARD_BODY_POOL, pass->pool);
  if (kind != LANYARD_RECORD_RESERVED && kind != LANYARD_RECORD_PASS_HANDED)
    return;
  add_number (pairs, LANYARD_BODY_EXPIRES, (guint64)pass->expires_s);
  add_text (pairs, LANYARD_BODY_ORGANISATION, pass->organisation);
}

/* As it stands in the badge's code: when the hub need not tell any more that it is void. */
static void
add_end (Pairs *pairs, LanyardSession *session)
{
  const LanyardEntry *entry = session->served.entry;
  gint64 ends_s = entry != NULL ? entry->valid_until_s
                                      + lanyard_pack_get_credential_slack_s (session->parts.pack)
                                : 0;

  if (ends_s > 0)
    add_number (pairs, LANYARD_BODY_EXPIRES, (guint64)ends_s);
}

GBytes *
lanyard_session_make_body (LanyardSession *session,
                           const LanyardPickupStep *step,
                           const LanyardSubject *subject)
{
  Pairs pairs = { .n = 0 };
  LanyardPrintFault fault = session->served.fault;
  const LanyardPassGiven *pass
      = lanyard_id_equal (&subject->pickup, &session->served.pickup) ? session->served.pass : NULL;

  add_place (&pairs, session, pass != NULL);
  if (pass != NULL)
    add_pass (&pairs, pass, (guint16)step->record);
  if (step->record == LANYARD_RECORD_VALIDATED)
    add_text (&pairs, LANYARD_BODY_SEAL, session->served.seal);
  switch (step->record)
    {
    case LANYARD_RECORD_PASS_HANDED:
      break;
    case LANYARD_RECORD_VALIDATED:
      add_verdict (&pairs, session);
      add_document (&pairs, &session->served.shown);
      break;
    case LANYARD_RECORD_RESERVED:
      add_text (&pairs, LANYARD_BODY_COLLECTOR,
                lanyard_session_get_collector (session, subject->accreditation));
      if (session->void_reason != 0)
        add_text (&pairs, LANYARD_BODY_REPLACES, session->served.old.serial);
      if (pass == NULL)
        add_end (&pairs, session);
      add_verdict (&pairs, session);
      add_document (&pairs, &session->served.shown);
      break;
    case LANYARD_RECORD_REFUSED:
    case LANYARD_RECORD_REFERRED:
      add_verdict (&pairs, session);
      add_document (&pairs, &session->served.shown);
      break;
    case LANYARD_RECORD_ISSUED:
      add_text (&pairs, LANYARD_BODY_COLLECTOR,
                lanyard_session_get_collector (session, subject->accreditation));
      add_number (&pairs, LANYARD_BODY_CONFIRMED_BY, (guint64)step->confirmed_by);
      break;
    case LANYARD_RECORD_VOIDED:
      add_number (&pairs, LANYARD_BODY_VOID_REASON, (guint64)step->void_reason);
      if (step->void_reason == session->void_reason)
        add_text (&pairs, LANYARD_BODY_SECOND_STAFF, session->second_staff);
      break;
    default:
      break;
    }
  /* These get their sequence from the journal. */
  if (step->record != LANYARD_RECORD_RESERVED && step->record != LANYARD_RECORD_VALIDATED
      && step->record != LANYARD_RECORD_PASS_HANDED && subject->sequence != 0)
    add_number (&pairs, LANYARD_BODY_SEQUENCE, subject->sequence);
  if (step->record == LANYARD_RECORD_PRINTING || step->record == LANYARD_RECORD_REPORTED)
    add_text (&pairs, LANYARD_BODY_PRINTER_JOB, subject->job);
  if ((step->record != LANYARD_RECORD_VOIDED && step->record != LANYARD_RECORD_UNKNOWN)
      || !lanyard_id_equal (&subject->pickup, &session->served.pickup))
    fault = LANYARD_PRINT_FAULT_NONE;
  if (fault != LANYARD_PRINT_FAULT_NONE)
    add_number (&pairs, LANYARD_BODY_FAULT, (guint64)fault);
  add_printer (&pairs, session, step, subject, fault);
  return encode (&pairs, &session->served.verdict);
}

GBytes *
lanyard_session_make_plain_body (LanyardSession *session, guint16 kind)
{
  Pairs pairs = { .n = 0 };

  if (kind == LANYARD_RECORD_STARTED)
    {
      add_number (&pairs, LANYARD_BODY_DIRECTORY_VERSION,
                  lanyard_directory_get_cursor (session->parts.directory));
      add_text (&pairs, LANYARD_BODY_SOFTWARE, LANYARD_VERSION);
    }
  /* What nobody at the desk causes is nobody's. */
  if (session->staff && kind != LANYARD_RECORD_STARTED && kind != LANYARD_RECORD_ALERT)
    add_text (&pairs, LANYARD_BODY_STAFF, session->member->number);
  add_text (&pairs, LANYARD_BODY_VENUE, session->parts.config->venue);
  return encode (&pairs, &session->served.verdict);
}

GBytes *
lanyard_session_make_supply_body (LanyardSession *session, const LanyardSupplyFacts *facts)
{
  Pairs pairs = { .n = 0 };

  add_place (&pairs, session, FALSE);
  add_text (&pairs, LANYARD_BODY_PRINTER, facts->printer);
  if (facts->cards >= 0)
    add_number (&pairs, LANYARD_BODY_CARDS, (guint64)facts->cards);
  if (facts->knows_left)
    add_left (&pairs, facts->left);
  if (facts->lifetime >= 0)
    add_number (&pairs, LANYARD_BODY_LIFETIME, (guint64)facts->lifetime);
  if (facts->rows != NULL)
    pairs.pairs[pairs.n++] = (Pair){ .key = LANYARD_BODY_SHIFT, .encoded = facts->rows };
  return encode (&pairs, &session->served.verdict);
}

GBytes *
lanyard_session_make_consent_body (LanyardSession *session, const LanyardConsentStep *said)
{
  Pairs pairs = { .n = 0 };

  add_place (&pairs, session, FALSE);
  add_text (&pairs, LANYARD_BODY_CONSENT, said->id);
  add_number (&pairs, LANYARD_BODY_CONSENT_VERSION, said->version);
  add_number (&pairs, LANYARD_BODY_CONSENT_DECISION, (guint64)said->decision);
  return encode (&pairs, &session->served.verdict);
}

GBytes *
lanyard_session_make_wait_body (LanyardSession *session, const LanyardWaitFacts *facts)
{
  Pairs pairs = { .n = 0 };

  add_place (&pairs, session, FALSE);
  if (facts->note != NULL)
    pairs.pairs[pairs.n++] = (Pair){ .key = LANYARD_BODY_NOTE, .bytes = facts->note };
  if (facts->hand_over != LANYARD_HAND_OVER_NONE)
    add_number (&pairs, LANYARD_BODY_HAND_OVER, (guint64)facts->hand_over);
  add_text (&pairs, LANYARD_BODY_WAIT, facts->wait);
  return encode (&pairs, &session->served.verdict);
}

/* Whoever asked for it may have signed out by now. */
GBytes *
lanyard_session_make_export_body (LanyardSession *session,
                                  const char *staff,
                                  LanyardExportFormat format,
                                  guint n_rows,
                                  gboolean names)
{
  Pairs pairs = { .n = 0 };

  add_text (&pairs, LANYARD_BODY_STAFF, staff);
  add_number (&pairs, LANYARD_BODY_MODE, LANYARD_MODE_STAFF);
  add_text (&pairs, LANYARD_BODY_VENUE, session->parts.config->venue);
  add_number (&pairs, LANYARD_BODY_EXPORT_FORMAT, (guint64)format);
  add_number (&pairs, LANYARD_BODY_EXPORT_ROWS, n_rows);
  add_number (&pairs, LANYARD_BODY_EXPORT_NAMES, names ? 1 : 0);
  return encode (&pairs, &session->served.verdict);
}

GBytes *
lanyard_session_make_pass_body (LanyardSession *session,
                                guint16 kind,
                                guint32 sequence,
                                const LanyardPassStep *pass)
{
  Pairs pairs = { .n = 0 };

  add_place (&pairs, session, TRUE);
  if (sequence != 0 && kind == LANYARD_RECORD_PASS_RETURNED)
    add_number (&pairs, LANYARD_BODY_SEQUENCE, sequence);
  if (pass != NULL)
    {
      add_text (&pairs, LANYARD_BODY_POOL, pass->pool);
      if (pass->count != 0)
        add_number (&pairs, LANYARD_BODY_COUNT, pass->count);
      add_text (&pairs, LANYARD_BODY_FIRST, pass->first);
    }
  return encode (&pairs, &session->served.verdict);
}
