/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-record-json.h"

#include "lanyard-cbor.h"
#include "lanyard-clock.h"

#define MAX_ITEMS 2048

static const struct
{
  LanyardBodyKey key;
  const char *name;
} names[] = {
  { LANYARD_BODY_SEQUENCE, "sequence" },
  { LANYARD_BODY_OUTCOME, "outcome" },
  { LANYARD_BODY_REASONS, "reasons" },
  { LANYARD_BODY_DIRECTORY_VERSION, "directory" },
  { LANYARD_BODY_STAFF, "staff" },
  { LANYARD_BODY_MODE, "mode" },
  { LANYARD_BODY_SOURCE, "source" },
  { LANYARD_BODY_CONFIRMED_BY, "confirmed_by" },
  { LANYARD_BODY_VOID_REASON, "void_reason" },
  { LANYARD_BODY_REPLACES, "replaces" },
  { LANYARD_BODY_VENUE, "venue" },
  { LANYARD_BODY_SOFTWARE, "software" },
  { LANYARD_BODY_FAULT, "fault" },
  { LANYARD_BODY_SECOND_STAFF, "second_staff" },
  { LANYARD_BODY_SEAL, "seal" },
  { LANYARD_BODY_PRINTER, "printer" },
  { LANYARD_BODY_CARDS_LEFT, "cards_left" },
  { LANYARD_BODY_CONSENT, "consent" },
  { LANYARD_BODY_CONSENT_VERSION, "consent_version" },
  { LANYARD_BODY_CONSENT_DECISION, "consent_decision" },
};

static void add_item (LanyardCborReader *reader, JsonBuilder *builder);

static void
add_array (LanyardCborReader *reader, JsonBuilder *builder)
{
  gsize n = lanyard_cbor_enter_array (reader, MAX_ITEMS);

  json_builder_begin_array (builder);
  for (gsize i = 0; i < n && reader->error == NULL; i++)
    add_item (reader, builder);
  json_builder_end_array (builder);
}

/* The depth is bounded by what the reader took. */
static void
add_item (LanyardCborReader *reader, JsonBuilder *builder)
{
  g_autofree char *text = NULL;

  switch (lanyard_cbor_peek (reader))
    {
    case LANYARD_CBOR_UINT:
    case LANYARD_CBOR_NINT:
      json_builder_add_int_value (builder, lanyard_cbor_read_int (reader, G_MININT64, G_MAXINT64));
      break;
    case LANYARD_CBOR_TEXT:
      text = lanyard_cbor_read_text (reader, LANYARD_RECORD_MAX_BODY_BYTES);
      json_builder_add_string_value (builder, text);
      break;
    case LANYARD_CBOR_BOOL:
      json_builder_add_boolean_value (builder, lanyard_cbor_read_bool (reader));
      break;
    case LANYARD_CBOR_ARRAY:
      add_array (reader, builder);
      break;
    default:
      lanyard_cbor_skip (reader, NULL);
      json_builder_add_null_value (builder);
      break;
    }
}

static void
add_body (GBytes *body, JsonBuilder *builder)
{
  LanyardCborReader reader;
  gsize n;

  json_builder_set_member_name (builder, "body");
  json_builder_begin_object (builder);
  lanyard_cbor_reader_init (&reader, g_bytes_get_data (body, NULL), g_bytes_get_size (body),
                            LANYARD_RECORD_MAX_BODY_BYTES);
  n = lanyard_cbor_enter_map (&reader, MAX_ITEMS);
  for (gsize i = 0; i < n && reader.error == NULL; i++)
    {
      gint64 key = lanyard_cbor_read_int (&reader, G_MININT32, G_MAXINT32);
      g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, key);
      const char *name = number;

      for (guint k = 0; k < G_N_ELEMENTS (names); k++)
        if (names[k].key == key)
          name = names[k].name;
      if (reader.error != NULL)
        break;
      json_builder_set_member_name (builder, name);
      add_item (&reader, builder);
    }
  lanyard_cbor_reader_end (&reader, "body", NULL);
  json_builder_end_object (builder);
}

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_kind (JsonBuilder *builder, guint16 kind)
{
  const char *word = lanyard_record_kind_to_string (kind);
  g_autofree char *number = g_strdup_printf ("kind-%u", kind);

  add_text (builder, "kind", word == NULL ? number : word);
}

gboolean
lanyard_hub_record_to_json (GBytes *encoded, JsonBuilder *builder)
{
  const LanyardHash previous = { 0 };
  g_autoptr (LanyardRecord) record
      = lanyard_record_decode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded),
                               &previous, NULL);
  g_autofree char *at = NULL;

  if (record == NULL)
    return FALSE;
  at = lanyard_clock_format_us (record->wall_us);
  add_kind (builder, record->kind);
  add_text (builder, "at", at);
  if (record->accreditation != NULL)
    add_text (builder, "number", record->accreditation);
  if (record->serial != NULL)
    add_text (builder, "serial", record->serial);
  add_body (record->body, builder);
  return TRUE;
}
