/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-wire"

#include "lanyard-wire-private.h"

#include "lanyard-cose.h"

GBytes *
_lanyard_wire_sign (const LanyardKey *key, const char *content, GBytes *payload)
{
  return lanyard_cose_sign1 (key, content, NULL, g_bytes_get_data (payload, NULL),
                             g_bytes_get_size (payload));
}

guint
_lanyard_wire_enter_version (LanyardCborReader *reader, const gsize *n_items, guint n_versions)
{
  gsize n = lanyard_cbor_enter_array (reader, G_MAXUINT16);
  guint64 version = lanyard_cbor_read_uint (reader, G_MAXUINT16);

  if (reader->error != NULL)
    return 0;
  if (version == 0 || version > n_versions)
    lanyard_cbor_fail (reader, version == 0 ? LANYARD_ERROR_INVALID : LANYARD_ERROR_NEWER,
                       "its version is not one that this program speaks");
  else if (n != n_items[version - 1])
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "it has another number of items");
  return reader->error == NULL ? (guint)version : 0;
}

void
_lanyard_wire_enter (LanyardCborReader *reader, gsize n_items)
{
  _lanyard_wire_enter_version (reader, &n_items, LANYARD_WIRE_VERSION);
}

char *
_lanyard_wire_read_word (LanyardCborReader *reader)
{
  char *word = lanyard_cbor_read_text (reader, LANYARD_WIRE_MAX_TEXT_BYTES);

  if (word != NULL && *word == '\0')
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "it has an empty word");
  return word;
}

const guint8 *
_lanyard_wire_open (const LanyardTrustList *trust,
                    LanyardScope scope,
                    const char *content,
                    GBytes *message,
                    gsize max_bytes,
                    gint64 at_s,
                    gsize *n_payload,
                    GError **error)
{
  const guint8 *payload = NULL;
  gsize n_bytes;
  const void *data = g_bytes_get_data (message, &n_bytes);

  if (lanyard_trust_list_open (trust, scope, content, NULL, data, n_bytes, max_bytes, at_s,
                               &payload, n_payload, error)
      == NULL)
    return NULL;
  return payload;
}
