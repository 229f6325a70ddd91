/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-past.h"

#include "lanyard-record-body.h"
#include "lanyard-secret.h"

/* What a line needs of one record's body. A value. */
typedef struct
{
  char *staff;    /* (nullable) */
  char *second;   /* (nullable) */
  char *replaces; /* (nullable) */
  char *consent;  /* (nullable) */
  GBytes *note;   /* (nullable) */
  LanyardVoidReason void_reason;
  LanyardReason reason;
  LanyardDocumentVerdict document;
  LanyardHandOver hand_over;
  LanyardConsentDecision decision;
} Body;

struct _LanyardPast
{
  /* owned */
  GPtrArray *lines;    /* (element-type LanyardPastLine) */
  GHashTable *pickups; /* (element-type LanyardId LanyardPastLine): borrowed from lines: the line
                          that the pickup's next record changes */
  GHashTable *voided;  /* (element-type utf8 LanyardVoidReason): by serial */
};

static void
body_clear (Body *body)
{
  g_clear_pointer (&body->staff, g_free);
  g_clear_pointer (&body->second, g_free);
  g_clear_pointer (&body->replaces, g_free);
  g_clear_pointer (&body->consent, g_free);
  g_clear_pointer (&body->note, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Body, body_clear)

static void
read_pair (LanyardCborReader *reader, gint64 key, gpointer user_data)
{
  Body *body = user_data;

  switch (key)
    {
    case LANYARD_BODY_STAFF:
      lanyard_record_body_read_text (reader, &body->staff);
      break;
    case LANYARD_BODY_SECOND_STAFF:
      lanyard_record_body_read_text (reader, &body->second);
      break;
    case LANYARD_BODY_REPLACES:
      lanyard_record_body_read_text (reader, &body->replaces);
      break;
    case LANYARD_BODY_REASONS:
      body->reason = lanyard_record_body_read_reason (reader);
      break;
    case LANYARD_BODY_VOID_REASON:
      body->void_reason = (LanyardVoidReason)lanyard_cbor_read_uint (reader, G_MAXINT32);
      break;
    case LANYARD_BODY_DOCUMENT_VERDICT:
      body->document = (LanyardDocumentVerdict)lanyard_cbor_read_uint (reader, G_MAXINT32);
      break;
    case LANYARD_BODY_HAND_OVER:
      body->hand_over = (LanyardHandOver)lanyard_cbor_read_uint (reader, G_MAXINT32);
      break;
    case LANYARD_BODY_CONSENT:
      lanyard_record_body_read_text (reader, &body->consent);
      break;
    case LANYARD_BODY_CONSENT_DECISION:
      body->decision = (LanyardConsentDecision)lanyard_cbor_read_uint (reader, G_MAXINT32);
      break;
    case LANYARD_BODY_NOTE:
      g_clear_pointer (&body->note, g_bytes_unref);
      body->note = lanyard_cbor_read_gbytes (reader, LANYARD_NOTE_MAX_SEALED_BYTES);
      break;
    default:
      lanyard_cbor_skip (reader, NULL);
      break;
    }
}

/* A body that cannot be read says nothing more. */
static void
read_body (Body *body, const LanyardRecord *record)
{
  lanyard_record_body_read (record, read_pair, body, NULL);
}

/* @old: (nullable): what is known of the same pickup. Returns: whether the record says something */
static gboolean
find_kind (guint16 kind, const LanyardPastLine *old, const Body *body, LanyardPastKind *found)
{
  gboolean was_out = old == NULL || old->kind == LANYARD_PAST_ISSUED
                     || old->kind == LANYARD_PAST_REISSUED || old->kind == LANYARD_PAST_VALIDATED
                     || old->kind == LANYARD_PAST_PASS_HANDED;
  gboolean replaces = body->replaces != NULL || (old != NULL && old->replaces != NULL);

  switch (kind)
    {
    case LANYARD_RECORD_RESERVED:
      *found = LANYARD_PAST_UNDER_WAY;
      return TRUE;
    case LANYARD_RECORD_UNKNOWN:
      *found = LANYARD_PAST_UNKNOWN;
      return TRUE;
    case LANYARD_RECORD_ISSUED:
      *found = replaces ? LANYARD_PAST_REISSUED : LANYARD_PAST_ISSUED;
      return TRUE;
    case LANYARD_RECORD_VALIDATED:
      *found = LANYARD_PAST_VALIDATED;
      return TRUE;
    case LANYARD_RECORD_PASS_HANDED:
      *found = LANYARD_PAST_PASS_HANDED;
      return TRUE;
    case LANYARD_RECORD_PASS_RETURNED:
      *found = LANYARD_PAST_PASS_RETURNED;
      return TRUE;
    case LANYARD_RECORD_VOIDED:
      *found = was_out ? LANYARD_PAST_VOIDED : LANYARD_PAST_NOT_OUT;
      return TRUE;
    case LANYARD_RECORD_REFUSED:
      *found = LANYARD_PAST_REFUSED;
      return TRUE;
    case LANYARD_RECORD_REFERRED:
      *found = LANYARD_PAST_REFERRED;
      return TRUE;
    case LANYARD_RECORD_RESOLVED:
      *found = LANYARD_PAST_DECIDED;
      return TRUE;
    case LANYARD_RECORD_NOTE:
      *found = LANYARD_PAST_NOTE;
      return body->note != NULL;
    case LANYARD_RECORD_HANDED_OVER:
      *found = LANYARD_PAST_HANDED_ON;
      return TRUE;
    case LANYARD_RECORD_CONSENT:
      *found
          = body->decision == LANYARD_CONSENT_GIVEN ? LANYARD_PAST_AGREED : LANYARD_PAST_DECLINED;
      return body->consent != NULL;
    case LANYARD_RECORD_PHOTO_TAKEN:
      *found = LANYARD_PAST_PHOTO;
      return TRUE;
    default:
      return FALSE;
    }
}

/* A badge that was in a hand and is void later, or came back, is two lines: both happened. */
static gboolean
is_another (LanyardPastKind kind)
{
  return kind == LANYARD_PAST_VOIDED || kind == LANYARD_PAST_PASS_RETURNED;
}

static void
take_text (char **field, const char *text)
{
  if (text == NULL)
    return;
  g_free (*field);
  *field = g_strdup (text);
}

static LanyardPickupState
get_state (guint16 kind)
{
  return kind == LANYARD_RECORD_UNKNOWN ? LANYARD_PICKUP_ATTENTION : LANYARD_PICKUP_RESERVED;
}

/* What the record says replaces what the line said. */
static void
fill (LanyardPast *past, LanyardPastLine *line, const LanyardRecord *record, Body *body)
{
  line->at_us = record->wall_us;
  line->pickup = record->pickup;
  line->state = get_state (record->kind);
  take_text (&line->serial, record->serial);
  take_text (&line->replaces, body->replaces);
  take_text (&line->second, body->second);
  /* what nobody at the desk caused is nobody's, also when staff began it */
  g_free (line->staff);
  line->staff = g_steal_pointer (&body->staff);
  if (body->document != LANYARD_DOCUMENT_NONE)
    line->document = body->document;
  if (body->void_reason != 0)
    line->void_reason = body->void_reason;
  line->reason = body->reason;
  line->hand_over = body->hand_over;
  take_text (&line->consent, body->consent);
  g_clear_pointer (&line->sealed, g_bytes_unref);
  line->sealed = g_steal_pointer (&body->note);
  if (record->kind == LANYARD_RECORD_VOIDED && record->serial != NULL)
    g_hash_table_replace (past->voided, g_strdup (record->serial),
                          GUINT_TO_POINTER (line->void_reason));
  if (line->kind == LANYARD_PAST_REISSUED && line->replaces != NULL)
    line->void_reason
        = (LanyardVoidReason)GPOINTER_TO_UINT (g_hash_table_lookup (past->voided, line->replaces));
}

static void
free_line (gpointer line)
{
  lanyard_past_line_free (line);
}

LanyardPastLine *
lanyard_past_line_new (LanyardPastKind kind)
{
  LanyardPastLine *line = g_new0 (LanyardPastLine, 1);

  line->kind = kind;
  return line;
}

LanyardPastLine *
lanyard_past_line_copy (const LanyardPastLine *line)
{
  LanyardPastLine *copy;

  g_return_val_if_fail (line != NULL, NULL);

  copy = g_memdup2 (line, sizeof *line);
  copy->serial = g_strdup (line->serial);
  copy->replaces = g_strdup (line->replaces);
  copy->staff = g_strdup (line->staff);
  copy->second = g_strdup (line->second);
  copy->sealed = line->sealed != NULL ? g_bytes_ref (line->sealed) : NULL;
  copy->text = g_strdup (line->text);
  copy->consent = g_strdup (line->consent);
  copy->place = g_strdup (line->place);
  return copy;
}

void
lanyard_past_line_free (LanyardPastLine *line)
{
  if (line == NULL)
    return;
  g_free (line->serial);
  g_free (line->replaces);
  g_free (line->staff);
  g_free (line->second);
  g_clear_pointer (&line->sealed, g_bytes_unref);
  lanyard_secret_free (line->text);
  g_free (line->consent);
  g_free (line->place);
  g_free (line);
}

LanyardPast *
lanyard_past_new (void)
{
  LanyardPast *past = g_new0 (LanyardPast, 1);

  past->lines = g_ptr_array_new_with_free_func (free_line);
  past->pickups = lanyard_id_table_new (NULL, NULL);
  past->voided = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return past;
}

void
lanyard_past_free (LanyardPast *past)
{
  if (past == NULL)
    return;
  g_hash_table_unref (past->pickups);
  g_hash_table_unref (past->voided);
  g_ptr_array_unref (past->lines);
  g_free (past);
}

gboolean
lanyard_past_is_of_it (guint16 kind)
{
  const Body nothing = { 0 };
  LanyardPastKind found;

  return kind == LANYARD_RECORD_NOTE || kind == LANYARD_RECORD_CONSENT
         || find_kind (kind, NULL, &nothing, &found);
}

void
lanyard_past_take (LanyardPast *past, const LanyardRecord *record, gint64 position)
{
  g_auto (Body) body = { 0 };
  LanyardPastLine *line = NULL;
  gboolean has_pickup;
  LanyardPastKind kind;

  g_return_if_fail (past != NULL && record != NULL);

  has_pickup = !lanyard_id_is_zero (&record->pickup);
  if (has_pickup)
    line = g_hash_table_lookup (past->pickups, &record->pickup);
  read_body (&body, record);
  if (!find_kind (record->kind, line, &body, &kind))
    return;
  if (line == NULL || is_another (kind))
    {
      line = lanyard_past_line_new (kind);
      g_ptr_array_add (past->lines, line);
    }
  line->kind = kind;
  line->position = position;
  fill (past, line, record, &body);
  if (has_pickup)
    g_hash_table_replace (past->pickups, &line->pickup, line);
}

GPtrArray *
lanyard_past_get_lines (LanyardPast *past)
{
  g_return_val_if_fail (past != NULL, NULL);

  return past->lines;
}
