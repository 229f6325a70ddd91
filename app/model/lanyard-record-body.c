/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-record-body.h"

/* What no body of a known kind comes near to. */
#define MAX_PAIRS 64

gboolean
lanyard_record_body_read (const LanyardRecord *record,
                          LanyardBodyFunc func,
                          gpointer user_data,
                          GError **error)
{
  LanyardCborReader reader;
  const void *data;
  gsize n_bytes, n_pairs;

  g_return_val_if_fail (record != NULL && func != NULL, FALSE);

  data = g_bytes_get_data (record->body, &n_bytes);
  lanyard_cbor_reader_init (&reader, data, n_bytes, LANYARD_RECORD_MAX_BODY_BYTES);
  n_pairs = lanyard_cbor_enter_map (&reader, MAX_PAIRS);
  for (gsize i = 0; i < n_pairs && reader.error == NULL; i++)
    {
      gint64 key = lanyard_cbor_read_int (&reader, G_MININT32, G_MAXINT32);

      if (reader.error == NULL)
        func (&reader, key, user_data);
    }
  return lanyard_cbor_reader_end (&reader, "body", error);
}

void
lanyard_record_body_read_text (LanyardCborReader *reader, char **field)
{
  g_return_if_fail (reader != NULL && field != NULL);

  g_free (*field);
  *field = lanyard_cbor_read_text (reader, LANYARD_RECORD_MAX_TEXT_BYTES);
}

LanyardReason
lanyard_record_body_read_reason (LanyardCborReader *reader)
{
  gsize n;
  guint64 first;

  g_return_val_if_fail (reader != NULL, (LanyardReason)0);

  n = lanyard_cbor_enter_array (reader, MAX_PAIRS);
  first = n > 0 ? lanyard_cbor_read_uint (reader, G_MAXINT32) : 0;
  for (gsize i = 1; i < n && reader->error == NULL; i++)
    lanyard_cbor_skip (reader, NULL);
  return (LanyardReason)first;
}
