/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-interpret.h"

#include "lanyard-cbor.h"
#include "lanyard-record.h"

#define MAX_BODY_PAIRS 64

static guint16 last_kind = G_MAXUINT16;

void
lanyard_hub_fact_free (LanyardHubFact *fact)
{
  if (fact == NULL)
    return;
  g_clear_pointer (&fact->badge, lanyard_hub_badge_free);
  g_clear_pointer (&fact->stocks, g_ptr_array_unref);
  lanyard_resolution_free (fact->resolution);
  g_free (fact->number);
  g_free (fact->why);
  g_free (fact->seal);
  g_free (fact);
}

/* What a kind means for a badge. Returns: FALSE when it is not about one */
static gboolean
get_meaning (guint16 kind, guint *flags, gboolean *makes)
{
  *flags = 0;
  *makes = TRUE;
  switch ((LanyardRecordKind)kind)
    {
    case LANYARD_RECORD_RESERVED:
    case LANYARD_RECORD_PRINTING:
    case LANYARD_RECORD_REPORTED:
      return TRUE;
    case LANYARD_RECORD_ISSUED:
    case LANYARD_RECORD_VALIDATED:
    case LANYARD_RECORD_PASS_HANDED:
      *flags = LANYARD_HUB_BADGE_ISSUED;
      return TRUE;
    case LANYARD_RECORD_PASS_RETURNED:
      *flags = LANYARD_HUB_BADGE_RETURNED;
      *makes = FALSE;
      return TRUE;
    case LANYARD_RECORD_UNKNOWN:
      *flags = LANYARD_HUB_BADGE_UNKNOWN;
      return TRUE;
    case LANYARD_RECORD_VOIDED:
      *flags = LANYARD_HUB_BADGE_VOIDED;
      *makes = FALSE;
      return TRUE;
    default:
      return FALSE;
    }
}

/* What of a body is about badges; other members, known or not, are passed over. */
typedef struct
{
  guint32 sequence;
  gint64 ends_s; /* 0: not there */
  char *seal;    /* owned (nullable) */
} Body;

static gboolean
read_body (GBytes *body, Body *out)
{
  LanyardCborReader reader;
  gsize n_pairs;

  *out = (Body){ 0 };
  lanyard_cbor_reader_init (&reader, g_bytes_get_data (body, NULL), g_bytes_get_size (body),
                            LANYARD_RECORD_MAX_BODY_BYTES);
  n_pairs = lanyard_cbor_enter_map (&reader, MAX_BODY_PAIRS);
  for (gsize i = 0; i < n_pairs; i++)
    {
      gint64 key = lanyard_cbor_read_int (&reader, G_MININT32, G_MAXINT32);

      if (key == LANYARD_BODY_SEQUENCE)
        out->sequence = (guint32)lanyard_cbor_read_uint (&reader, G_MAXINT32);
      else if (key == LANYARD_BODY_EXPIRES)
        out->ends_s = (gint64)lanyard_cbor_read_uint (&reader, G_MAXINT64);
      else if (key == LANYARD_BODY_SEAL && out->seal == NULL)
        out->seal = lanyard_cbor_read_text (&reader, LANYARD_RECORD_MAX_TEXT_BYTES);
      else
        lanyard_cbor_skip (&reader, NULL);
    }
  return lanyard_cbor_reader_end (&reader, "body", NULL);
}

/* Numbers and serials go on into lists and alerts, where one that is no word would make the page
 * that it stands on unreadable to other desks. */
static gboolean
is_word (const char *text)
{
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isgraph (*c))
      return FALSE;
  return *text != '\0';
}

static gboolean
is_out (guint flags)
{
  return (flags & (LANYARD_HUB_BADGE_ISSUED | LANYARD_HUB_BADGE_UNKNOWN)) != 0;
}

static void
interpret_resolution (LanyardHubFact *fact, const LanyardRecord *record)
{
  g_autoptr (GError) error = NULL;

  fact->makes = FALSE;
  if (record->accreditation == NULL || !is_word (record->accreditation))
    {
      fact->why = g_strdup ("it is a decision and does not say about whom");
      return;
    }
  fact->resolution = lanyard_resolution_read (record, &error);
  if (fact->resolution == NULL)
    fact->why = g_strdup (error->message);
  else
    fact->number = g_strdup (record->accreditation);
}

static void
interpret_badge (LanyardHubFact *fact, const LanyardRecord *record, guint flags)
{
  Body body;

  if (record->accreditation == NULL || record->serial == NULL)
    {
      fact->why = g_strdup ("it is about a badge and does not say which");
      return;
    }
  if (!is_word (record->accreditation) || !is_word (record->serial))
    {
      fact->why = g_strdup ("its number or serial is none that is ever printed");
      return;
    }
  if (!read_body (record->body, &body))
    {
      g_free (body.seal);
      fact->why = g_strdup ("its body cannot be read");
      return;
    }
  fact->badge = g_new0 (LanyardHubBadge, 1);
  fact->badge->serial = g_strdup (record->serial);
  fact->badge->number = g_strdup (record->accreditation);
  fact->badge->device = fact->makes ? record->device : 0;
  fact->badge->sequence = body.sequence;
  fact->badge->flags = flags;
  fact->badge->ends_s = fact->makes ? body.ends_s : 0;
  fact->badge->out_us = is_out (flags) ? record->wall_us : 0;
  fact->number = g_strdup (record->accreditation);
  if (record->kind == LANYARD_RECORD_VALIDATED && body.seal != NULL && is_word (body.seal))
    fact->seal = g_steal_pointer (&body.seal);
  g_free (body.seal);
}

static gboolean
is_known (const LanyardRecord *record)
{
  return record->version == 1 && record->kind <= last_kind
         && lanyard_record_kind_to_string (record->kind) != NULL;
}

static guint64
read_bad_gseq (GBytes *body)
{
  LanyardCborReader reader;
  guint64 gseq = 0;
  gsize n_pairs;

  lanyard_cbor_reader_init (&reader, g_bytes_get_data (body, NULL), g_bytes_get_size (body),
                            LANYARD_RECORD_MAX_BODY_BYTES);
  n_pairs = lanyard_cbor_enter_map (&reader, MAX_BODY_PAIRS);
  for (gsize i = 0; i < n_pairs; i++)
    if (lanyard_cbor_read_int (&reader, G_MININT32, G_MAXINT32) == LANYARD_BODY_GSEQ)
      gseq = lanyard_cbor_read_uint (&reader, G_MAXINT64);
    else
      lanyard_cbor_skip (&reader, NULL);
  return lanyard_cbor_reader_end (&reader, "body", NULL) ? gseq : 0;
}

/* What a record of a kind and version that is known says. */
static void
interpret_known (LanyardHubFact *fact, const LanyardRecord *record)
{
  guint flags;

  if (get_meaning (record->kind, &flags, &fact->makes))
    interpret_badge (fact, record, flags);
  else if (record->kind == LANYARD_RECORD_RESOLVED)
    interpret_resolution (fact, record);
  else if (record->kind == LANYARD_RECORD_ROW_SET_ASIDE)
    fact->bad_gseq = read_bad_gseq (record->body);
  if (fact->why == NULL)
    fact->stocks = lanyard_hub_stock_read (record);
}

void
lanyard_hub_interpret_as_earlier (guint16 last)
{
  last_kind = last;
}

LanyardHubFact *
lanyard_hub_interpret (GBytes *encoded,
                       guint32 device,
                       guint32 epoch,
                       guint64 seq,
                       const LanyardHash *previous)
{
  g_autoptr (LanyardHubFact) fact = g_new0 (LanyardHubFact, 1);
  g_autoptr (LanyardRecord) record = NULL;
  g_autoptr (GError) error = NULL;

  record = lanyard_record_decode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded),
                                  previous, &error);
  if (record == NULL)
    fact->why = g_strdup (error->message);
  else if (record->device != device || record->epoch != epoch || record->seq != seq)
    fact->why = g_strdup ("it names another place than the one where it stands");
  else
    {
      fact->kind = record->kind;
      fact->version = record->version;
      fact->wall_us = record->wall_us;
      fact->opaque = !is_known (record);
      if (!fact->opaque)
        interpret_known (fact, record);
    }
  return g_steal_pointer (&fact);
}
