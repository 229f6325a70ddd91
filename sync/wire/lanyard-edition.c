/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-wire"

#include "lanyard-edition.h"

#include "lanyard-error.h"
#include "lanyard-wire-private.h"

#define EDITION_ITEMS 5

LanyardEdition *
lanyard_edition_new (const char *event, guint32 version, GBytes *manifest)
{
  LanyardEdition *edition = g_new0 (LanyardEdition, 1);

  edition->event = g_strdup (event);
  edition->version = version;
  edition->manifest = manifest == NULL ? NULL : g_bytes_ref (manifest);
  return edition;
}

void
lanyard_edition_free (LanyardEdition *edition)
{
  if (edition == NULL)
    return;
  g_clear_pointer (&edition->manifest, g_bytes_unref);
  g_free (edition->event);
  g_free (edition);
}

GBytes *
lanyard_edition_sign (const LanyardEdition *edition, const LanyardKey *key)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  g_autoptr (GBytes) payload = NULL;

  lanyard_cbor_open_array (writer, EDITION_ITEMS);
  lanyard_cbor_write_uint (writer, LANYARD_WIRE_VERSION);
  lanyard_cbor_write_text (writer, edition->event);
  lanyard_cbor_write_uint (writer, edition->version);
  lanyard_cbor_write_int (writer, edition->made_s);
  lanyard_cbor_write_gbytes (writer, edition->manifest);
  payload = lanyard_cbor_writer_end (writer);
  return _lanyard_wire_sign (key, LANYARD_CONTENT_EDITION, payload);
}

static LanyardEdition *
decode (const void *data, gsize n_bytes, GError **error)
{
  g_autoptr (LanyardEdition) edition = lanyard_edition_new (NULL, 0, NULL);
  LanyardCborReader reader;
  const guint8 *manifest;
  gsize n_manifest = 0;

  lanyard_cbor_reader_init (&reader, data, n_bytes, LANYARD_EDITION_MAX_BYTES);
  _lanyard_wire_enter (&reader, EDITION_ITEMS);
  edition->event = _lanyard_wire_read_word (&reader);
  edition->version = (guint32)lanyard_cbor_read_uint (&reader, G_MAXUINT32);
  edition->made_s = lanyard_cbor_read_int (&reader, 0, G_MAXINT64);
  manifest = lanyard_cbor_read_bytes (&reader, LANYARD_EDITION_MAX_BYTES, &n_manifest);
  if (reader.error == NULL && (edition->version == 0 || n_manifest == 0))
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "it is no edition of anything");
  edition->manifest = g_bytes_new (manifest, manifest == NULL ? 0 : n_manifest);
  if (!lanyard_cbor_reader_end (&reader, "edition of the pack", error))
    return NULL;
  return g_steal_pointer (&edition);
}

LanyardEdition *
lanyard_edition_open (GBytes *message,
                      const LanyardTrustList *trust,
                      const char *event,
                      gint64 at_s,
                      GError **error)
{
  g_autoptr (LanyardEdition) edition = NULL;
  const guint8 *payload;
  gsize n_payload;

  payload = _lanyard_wire_open (trust, LANYARD_SCOPE_PACK, LANYARD_CONTENT_EDITION, message,
                                LANYARD_EDITION_MAX_BYTES, at_s, &n_payload, error);
  if (payload == NULL)
    return NULL;
  edition = decode (payload, n_payload, error);
  if (edition == NULL)
    return NULL;
  if (event != NULL && !g_str_equal (edition->event, event))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                   "The hub offers a pack of event %s to a desk of event %s.", edition->event,
                   event);
      return NULL;
    }
  return g_steal_pointer (&edition);
}
