/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * trust-list = {
 *   1 => uint,                                  ; counter
 *   2 => int,                                   ; issued, s since 1970-01-01 UTC
 *   3 => [* [bytes .size 32, uint, uint, int, int]] ; key, scopes, device, not before, not after
 * }
 */

#define G_LOG_DOMAIN "lanyard-sign"

#include "lanyard-trust-list.h"

#include <string.h>

#include "lanyard-cbor.h"
#include "lanyard-cose.h"
#include "lanyard-error.h"

#define CONTENT "lanyard/trust"
#define MAX_TIME_S G_GINT64_CONSTANT (253402300800) /* 10000-01-01 */

typedef struct
{
  LanyardKid kid;
  LanyardTrustedKey trusted;
} Row;

struct _LanyardTrustList
{
  gatomicrefcount references;
  guint64 counter;
  gint64 issued_s;
  GArray *rows;       /* owned (element-type Row); never changed once by_kid points into it */
  GHashTable *by_kid; /* owned (element-type LanyardKid Row): both lie in rows */
};

static guint
kid_hash (gconstpointer kid)
{
  guint hash;

  memcpy (&hash, kid, sizeof hash);
  return hash;
}

static gboolean
kid_equal (gconstpointer a, gconstpointer b)
{
  return memcmp (a, b, LANYARD_KID_BYTES) == 0;
}

static void
index_rows (LanyardTrustList *list)
{
  for (guint i = 0; i < list->rows->len; i++)
    {
      Row *row = &g_array_index (list->rows, Row, i);

      if (!g_hash_table_contains (list->by_kid, &row->kid))
        g_hash_table_insert (list->by_kid, &row->kid, row);
    }
}

static void
read_key (LanyardCborReader *reader, LanyardTrustedKey *key)
{
  if (lanyard_cbor_enter_array (reader, 5) != 5)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "a trusted key has five parts");
  lanyard_cbor_read_fixed (reader, key->key.bytes, sizeof key->key.bytes);
  key->scopes = lanyard_cbor_read_uint (reader, G_MAXUINT32);
  key->device = lanyard_cbor_read_uint (reader, G_MAXUINT32);
  key->not_before_s = lanyard_cbor_read_int (reader, 0, MAX_TIME_S);
  key->not_after_s = lanyard_cbor_read_int (reader, 0, MAX_TIME_S);
  if (key->not_after_s <= key->not_before_s)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "a trusted key ends before it begins");
}

static LanyardTrustList *
decode_list (const guint8 *data, gsize n_bytes, GError **error)
{
  LanyardCborReader reader;
  g_autoptr (GArray) keys = g_array_new (FALSE, TRUE, sizeof (LanyardTrustedKey));
  guint64 counter;
  gint64 issued_s;
  gsize n_keys;

  lanyard_cbor_reader_init (&reader, data, n_bytes, LANYARD_TRUST_LIST_MAX_BYTES);
  if (lanyard_cbor_enter_map (&reader, 3) != 3)
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "a trust list has three members");
  lanyard_cbor_read_int (&reader, 1, 1);
  counter = lanyard_cbor_read_uint (&reader, G_MAXINT64);
  lanyard_cbor_read_int (&reader, 2, 2);
  issued_s = lanyard_cbor_read_int (&reader, 0, MAX_TIME_S);
  lanyard_cbor_read_int (&reader, 3, 3);
  n_keys = lanyard_cbor_enter_array (&reader, LANYARD_TRUST_LIST_MAX_KEYS);
  for (gsize i = 0; i < n_keys && reader.error == NULL; i++)
    {
      LanyardTrustedKey key = { 0 };

      read_key (&reader, &key);
      g_array_append_val (keys, key);
    }
  if (!lanyard_cbor_reader_end (&reader, "trust list", error))
    return NULL;
  return lanyard_trust_list_new (counter, issued_s, (LanyardTrustedKey *)keys->data, keys->len);
}

/* The root key may always sign; otherwise a key of the list in force must. */
static const LanyardPublicKey *
find_signer (const LanyardCoseMessage *message,
             const LanyardPublicKey *root,
             const LanyardTrustList *previous,
             gint64 now_s,
             GError **error)
{
  const LanyardTrustedKey *trusted;
  LanyardKid root_kid;

  lanyard_public_key_get_kid (root, &root_kid);
  if (message->has_kid && kid_equal (&message->kid, &root_kid))
    return root;
  if (!message->has_kid || previous == NULL)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED,
                           "The trust list is not signed by the event's root key");
      return NULL;
    }
  trusted = lanyard_trust_list_find (previous, &message->kid, LANYARD_SCOPE_TRUST, now_s, error);
  return trusted ? &trusted->key : NULL;
}

LanyardTrustList *
lanyard_trust_list_new (guint64 counter,
                        gint64 issued_s,
                        const LanyardTrustedKey *keys,
                        guint n_keys)
{
  LanyardTrustList *list;

  g_return_val_if_fail (keys != NULL || n_keys == 0, NULL);

  list = g_new0 (LanyardTrustList, 1);
  g_atomic_ref_count_init (&list->references);
  list->counter = counter;
  list->issued_s = issued_s;
  list->rows = g_array_sized_new (FALSE, TRUE, sizeof (Row), n_keys);
  list->by_kid = g_hash_table_new (kid_hash, kid_equal);
  for (guint i = 0; i < n_keys; i++)
    {
      Row row = { .trusted = keys[i] };

      lanyard_public_key_get_kid (&keys[i].key, &row.kid);
      g_array_append_val (list->rows, row);
    }
  index_rows (list);
  return list;
}

LanyardTrustList *
lanyard_trust_list_ref (LanyardTrustList *list)
{
  g_return_val_if_fail (list != NULL, NULL);

  g_atomic_ref_count_inc (&list->references);
  return list;
}

void
lanyard_trust_list_unref (LanyardTrustList *list)
{
  if (list == NULL || !g_atomic_ref_count_dec (&list->references))
    return;
  g_hash_table_unref (list->by_kid);
  g_array_unref (list->rows);
  g_free (list);
}

GBytes *
lanyard_trust_list_sign (const LanyardTrustList *list, const LanyardKey *key)
{
  LanyardCborWriter *writer;
  g_autoptr (GBytes) payload = NULL;

  g_return_val_if_fail (list != NULL && key != NULL, NULL);
  g_return_val_if_fail (list->rows->len <= LANYARD_TRUST_LIST_MAX_KEYS, NULL);

  writer = lanyard_cbor_writer_new ();
  lanyard_cbor_open_map (writer, 3);
  lanyard_cbor_write_uint (writer, 1);
  lanyard_cbor_write_uint (writer, list->counter);
  lanyard_cbor_write_uint (writer, 2);
  lanyard_cbor_write_int (writer, list->issued_s);
  lanyard_cbor_write_uint (writer, 3);
  lanyard_cbor_open_array (writer, list->rows->len);
  for (guint i = 0; i < list->rows->len; i++)
    {
      const LanyardTrustedKey *trusted = lanyard_trust_list_get_key (list, i);

      lanyard_cbor_open_array (writer, 5);
      lanyard_cbor_write_bytes (writer, trusted->key.bytes, sizeof trusted->key.bytes);
      lanyard_cbor_write_uint (writer, trusted->scopes);
      lanyard_cbor_write_uint (writer, trusted->device);
      lanyard_cbor_write_int (writer, trusted->not_before_s);
      lanyard_cbor_write_int (writer, trusted->not_after_s);
    }
  payload = lanyard_cbor_writer_end (writer);
  return lanyard_cose_sign1 (key, CONTENT, NULL, g_bytes_get_data (payload, NULL),
                             g_bytes_get_size (payload));
}

LanyardTrustList *
lanyard_trust_list_load (const void *data,
                         gsize n_bytes,
                         const LanyardPublicKey *root,
                         const LanyardTrustList *previous,
                         gint64 now_s,
                         GError **error)
{
  g_auto (LanyardCoseMessage) message = { 0 };
  g_autoptr (LanyardTrustList) list = NULL;
  const LanyardPublicKey *signer;

  g_return_val_if_fail (root != NULL, NULL);

  if (!lanyard_cose_parse (&message, data, n_bytes, LANYARD_TRUST_LIST_MAX_BYTES, error))
    return NULL;
  signer = find_signer (&message, root, previous, now_s, error);
  if (signer == NULL || !lanyard_cose_verify (&message, signer, CONTENT, NULL, error))
    return NULL;
  list = decode_list (message.payload, message.n_payload, error);
  if (list == NULL)
    return NULL;
  if (previous && list->counter < previous->counter)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_ROLLBACK,
                   "The trust list has the counter %" G_GUINT64_FORMAT
                   ", which is older than %" G_GUINT64_FORMAT " in force here",
                   list->counter, previous->counter);
      return NULL;
    }
  return g_steal_pointer (&list);
}

guint64
lanyard_trust_list_get_counter (const LanyardTrustList *list)
{
  g_return_val_if_fail (list != NULL, 0);

  return list->counter;
}

guint
lanyard_trust_list_get_n_keys (const LanyardTrustList *list)
{
  g_return_val_if_fail (list != NULL, 0);

  return list->rows->len;
}

const LanyardTrustedKey *
lanyard_trust_list_get_key (const LanyardTrustList *list, guint index)
{
  g_return_val_if_fail (list != NULL && index < list->rows->len, NULL);

  return &g_array_index (list->rows, Row, index).trusted;
}

const LanyardTrustedKey *
lanyard_trust_list_find (const LanyardTrustList *list,
                         const LanyardKid *kid,
                         LanyardScope scope,
                         gint64 at_s,
                         GError **error)
{
  const Row *row;

  g_return_val_if_fail (list != NULL && kid != NULL, NULL);

  row = g_hash_table_lookup (list->by_kid, kid);
  if (row == NULL)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED,
                           "The key that signed is not in the trust list of this event");
      return NULL;
    }
  if ((row->trusted.scopes & scope) == 0)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED,
                           "The key that signed is trusted, but not to sign this kind of message");
      return NULL;
    }
  if (at_s < row->trusted.not_before_s || at_s >= row->trusted.not_after_s)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_EXPIRED, "The key that signed %s",
                   at_s < row->trusted.not_before_s ? "is not valid yet" : "is not valid any more");
      return NULL;
    }
  return &row->trusted;
}

const LanyardTrustedKey *
lanyard_trust_list_open (const LanyardTrustList *list,
                         LanyardScope scope,
                         const char *content,
                         GBytes *external_aad,
                         const void *data,
                         gsize n_bytes,
                         gsize max_bytes,
                         gint64 at_s,
                         const guint8 **payload,
                         gsize *n_payload,
                         GError **error)
{
  g_auto (LanyardCoseMessage) message = { 0 };
  const LanyardTrustedKey *key;

  g_return_val_if_fail (list != NULL, NULL);
  g_return_val_if_fail (payload != NULL && n_payload != NULL, NULL);

  if (!lanyard_cose_parse (&message, data, n_bytes, max_bytes, error))
    return NULL;
  if (!message.has_kid)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED,
                           "The signed message does not name a key of this event");
      return NULL;
    }
  key = lanyard_trust_list_find (list, &message.kid, scope, at_s, error);
  if (key == NULL || !lanyard_cose_verify (&message, &key->key, content, external_aad, error))
    return NULL;
  *payload = message.payload;
  *n_payload = message.n_payload;
  return key;
}
