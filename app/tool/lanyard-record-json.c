/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-tool"

#include "lanyard-record-json.h"

#include "lanyard-cbor.h"
#include "lanyard-clock.h"
#include "lanyard-consent.h"
#include "lanyard-eligibility.h"
#include "lanyard-output.h"
#include "lanyard-print-fault.h"

#define MAX_BODY_PAIRS 64

static const struct
{
  guint key;
  const char *name;
} body_names[] = {
  { LANYARD_BODY_SEQUENCE, "sequence" },
  { LANYARD_BODY_OUTCOME, "outcome" },
  { LANYARD_BODY_REASONS, "reasons" },
  { LANYARD_BODY_DIRECTORY_VERSION, "directory" },
  { LANYARD_BODY_STAFF, "staff" },
  { LANYARD_BODY_MODE, "mode" },
  { LANYARD_BODY_SOURCE, "source" },
  { LANYARD_BODY_PRINTER_JOB, "job" },
  { LANYARD_BODY_CONFIRMED_BY, "confirmed-by" },
  { LANYARD_BODY_VOID_REASON, "void-reason" },
  { LANYARD_BODY_REPLACES, "replaces" },
  { LANYARD_BODY_SECOND_STAFF, "second-staff" },
  { LANYARD_BODY_VENUE, "venue" },
  { LANYARD_BODY_SOFTWARE, "software" },
  { LANYARD_BODY_FAULT, "fault" },
  { LANYARD_BODY_DOCUMENT_VERDICT, "document" },
  { LANYARD_BODY_DOCUMENT_TYPE, "document-type" },
  { LANYARD_BODY_DOCUMENT_ISSUER, "document-issuer" },
  { LANYARD_BODY_SEAL, "seal" },
  { LANYARD_BODY_POOL, "pool" },
  { LANYARD_BODY_COUNT, "count" },
  { LANYARD_BODY_FIRST, "first" },
  { LANYARD_BODY_EXPIRES, "expires" },
  { LANYARD_BODY_ORGANISATION, "organisation" },
  { LANYARD_BODY_DOCUMENT_BY, "document-by" },
  { LANYARD_BODY_PRINTER, "printer" },
  { LANYARD_BODY_CARDS, "cards" },
  { LANYARD_BODY_CARDS_LEFT, "cards-left" },
  { LANYARD_BODY_LIFETIME, "lifetime" },
  { LANYARD_BODY_SHIFT, "shift" },
  { LANYARD_BODY_EXPORT_FORMAT, "format" },
  { LANYARD_BODY_EXPORT_ROWS, "rows" },
  { LANYARD_BODY_EXPORT_NAMES, "names" },
  { LANYARD_BODY_COLLECTOR, "collector" },
  { LANYARD_BODY_NOTE, "note" },
  { LANYARD_BODY_HAND_OVER, "hand-over" },
  { LANYARD_BODY_WAIT, "wait" },
  { LANYARD_BODY_CONSENT, "consent" },
  { LANYARD_BODY_CONSENT_VERSION, "consent-version" },
  { LANYARD_BODY_CONSENT_DECISION, "consent-decision" },
};

static char *
dup_body_name (guint64 key)
{
  for (guint i = 0; i < G_N_ELEMENTS (body_names); i++)
    {
      if (body_names[i].key == key)
        return g_strdup (body_names[i].name);
    }
  return g_strdup_printf ("key-%" G_GUINT64_FORMAT, key);
}

static void
add_number (JsonBuilder *builder, guint64 key, guint64 value)
{
  const char *word = NULL;

  if (key == LANYARD_BODY_OUTCOME)
    word = lanyard_outcome_to_string ((LanyardOutcome)value);
  else if (key == LANYARD_BODY_REASONS)
    word = lanyard_reason_to_string ((LanyardReason)value);
  else if (key == LANYARD_BODY_FAULT)
    word = lanyard_print_fault_to_string ((LanyardPrintFault)value);
  else if (key == LANYARD_BODY_DOCUMENT_VERDICT)
    word = lanyard_document_verdict_to_string ((LanyardDocumentVerdict)value);
  else if (key == LANYARD_BODY_EXPORT_FORMAT)
    word = lanyard_export_format_to_string ((LanyardExportFormat)value);
  else if (key == LANYARD_BODY_CONSENT_DECISION)
    word = lanyard_consent_decision_to_string ((LanyardConsentDecision)value);
  if (word != NULL)
    json_builder_add_string_value (builder, word);
  else
    json_builder_add_int_value (builder, (gint64)value);
}

/* Adds the next item; what this version does not know is passed over as null. */
static void
add_value (JsonBuilder *builder, LanyardCborReader *reader, guint64 key)
{
  const guint8 *skipped;
  gsize n_items;

  switch (lanyard_cbor_peek (reader))
    {
    case LANYARD_CBOR_UINT:
      add_number (builder, key, lanyard_cbor_read_uint (reader, G_MAXUINT64));
      return;
    case LANYARD_CBOR_NINT:
      json_builder_add_int_value (builder, lanyard_cbor_read_int (reader, G_MININT64, G_MAXINT64));
      return;
    case LANYARD_CBOR_TEXT:
      {
        g_autofree char *text = lanyard_cbor_read_text (reader, LANYARD_RECORD_MAX_BODY_BYTES);

        json_builder_add_string_value (builder, text != NULL ? text : "");
        return;
      }
    case LANYARD_CBOR_ARRAY:
      n_items = lanyard_cbor_enter_array (reader, LANYARD_RECORD_MAX_BODY_BYTES);
      json_builder_begin_array (builder);
      for (gsize i = 0; i < n_items && reader->error == NULL; i++)
        add_value (builder, reader, key);
      json_builder_end_array (builder);
      return;
    default:
      lanyard_cbor_skip (reader, &skipped);
      json_builder_add_null_value (builder);
      return;
    }
}

static void
add_body (const LanyardRecord *record, JsonBuilder *builder)
{
  gsize n_bytes;
  const void *data = g_bytes_get_data (record->body, &n_bytes);
  LanyardCborReader reader;
  gsize n_pairs;

  json_builder_begin_object (builder);
  lanyard_cbor_reader_init (&reader, data, n_bytes, LANYARD_RECORD_MAX_BODY_BYTES);
  n_pairs = lanyard_cbor_enter_map (&reader, MAX_BODY_PAIRS);
  for (gsize i = 0; i < n_pairs && reader.error == NULL; i++)
    {
      const guint8 *skipped;
      guint64 key;
      g_autofree char *name = NULL;

      if (lanyard_cbor_peek (&reader) != LANYARD_CBOR_UINT)
        {
          lanyard_cbor_skip (&reader, &skipped);
          lanyard_cbor_skip (&reader, &skipped);
          continue;
        }
      key = lanyard_cbor_read_uint (&reader, G_MAXUINT64);
      name = dup_body_name (key);
      json_builder_set_member_name (builder, name);
      add_value (builder, &reader, key);
    }
  json_builder_end_object (builder);
  lanyard_cbor_reader_end (&reader, "body", NULL);
}

char *
lanyard_record_dup_kind_name (const LanyardRecord *record)
{
  const char *name = lanyard_record_kind_to_string (record->kind);

  return name != NULL ? g_strdup (name) : g_strdup_printf ("kind-%u", record->kind);
}

void
lanyard_record_add_json (const LanyardRecord *record, JsonBuilder *builder, gboolean with_encoded)
{
  g_autofree char *kind = lanyard_record_dup_kind_name (record);
  g_autofree char *at = lanyard_clock_format_us (record->wall_us);
  g_autofree char *pickup
      = lanyard_id_is_zero (&record->pickup) ? NULL : lanyard_id_to_string (&record->pickup);
  g_autofree char *hash = lanyard_hex_encode (record->hash.bytes, LANYARD_HASH_BYTES);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "device");
  json_builder_add_int_value (builder, record->device);
  json_builder_set_member_name (builder, "epoch");
  json_builder_add_int_value (builder, record->epoch);
  json_builder_set_member_name (builder, "seq");
  json_builder_add_int_value (builder, (gint64)record->seq);
  lanyard_output_member (builder, "kind", kind);
  lanyard_output_member (builder, "at", at);
  lanyard_output_member (builder, "pickup", pickup);
  lanyard_output_member (builder, "accreditation", record->accreditation);
  lanyard_output_member (builder, "serial", record->serial);
  json_builder_set_member_name (builder, "body");
  add_body (record, builder);
  lanyard_output_member (builder, "hash", hash);
  if (with_encoded)
    {
      g_autoptr (GBytes) encoded = lanyard_record_encode (record);
      g_autofree char *hex
          = lanyard_hex_encode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded));
      g_autofree char *previous = lanyard_hex_encode (record->previous.bytes, LANYARD_HASH_BYTES);

      lanyard_output_member (builder, "previous", previous);
      lanyard_output_member (builder, "encoded", hex);
    }
  json_builder_end_object (builder);
}

static void
append_member (JsonObject *object, const char *name, JsonNode *node, gpointer user_data)
{
  GString *out = user_data;
  g_autofree char *json = json_to_string (node, FALSE);

  g_string_append_printf (out, "%s%s %s", out->len > 0 ? ", " : "", name, json);
}

char *
lanyard_record_describe_body (const LanyardRecord *record)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  GString *out = g_string_new (NULL);

  add_body (record, builder);
  root = json_builder_get_root (builder);
  json_object_foreach_member (json_node_get_object (root), append_member, out);
  /* Quotes help programs, not people. */
  g_string_replace (out, "\"", "", 0);
  return g_string_free (out, FALSE);
}
