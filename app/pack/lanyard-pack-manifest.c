/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-pack"

#include "lanyard-pack-manifest.h"

#include <string.h>

#include "lanyard-cbor.h"
#include "lanyard-cose.h"
#include "lanyard-pack-files.h"
#include "lanyard-pack-private.h"

/*
 * manifest.cbor = COSE_Sign1, content type "lanyard/manifest", payload
 *   [1, [[path, size, hash], …]]      paths in bytewise order
 * hash = BLAKE2b-256 ("lanyard/file/1" NUL path NUL content)
 */
#define MANIFEST_CONTENT "lanyard/manifest"
#define MANIFEST_VERSION 1
#define MAX_PATH_BYTES 512
#define FILE_HASH_DOMAIN "lanyard/file/1"

void
lanyard_pack_row_free (LanyardPackRow *row)
{
  if (row == NULL)
    return;
  g_free (row->path);
  g_free (row);
}

void
lanyard_pack_manifest_hash (LanyardHash *hash, const char *path, GBytes *content)
{
  gsize n_bytes;
  const void *data = g_bytes_get_data (content, &n_bytes);

  lanyard_hash_compute (hash, FILE_HASH_DOMAIN, path, strlen (path) + 1, data, n_bytes);
}

static gboolean
fail (const char *path, const char *what, GError **error)
{
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_SIGNATURE,
               "The pack's file %s %s; take the pack from its maker again", path, what);

  return FALSE;
}

/* One row of the manifest against the files. */
static gboolean
check_row (GHashTable *files, const LanyardPackRow *row, GError **error)
{
  GBytes *content = g_hash_table_lookup (files, row->path);
  LanyardHash actual;

  if (content == NULL)
    return fail (row->path, "is missing", error);

  lanyard_pack_manifest_hash (&actual, row->path, content);
  if (g_bytes_get_size (content) != row->n_bytes || !lanyard_hash_equal (&actual, &row->hash))
    return fail (row->path, "was altered after it was signed", error);

  return TRUE;
}

static LanyardPackRow *
read_row (LanyardCborReader *reader)
{
  LanyardPackRow *row = g_new0 (LanyardPackRow, 1);

  if (lanyard_cbor_enter_array (reader, 3) != 3)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "a row does not have three parts");
  row->path = lanyard_cbor_read_text (reader, MAX_PATH_BYTES);
  row->n_bytes = (guint32)lanyard_cbor_read_uint (reader, LANYARD_PACK_MAX_FILE_BYTES);
  lanyard_cbor_read_fixed (reader, row->hash.bytes, sizeof row->hash.bytes);
  if (reader->error == NULL
      && (!lanyard_pack_files_is_path (row->path)
          || g_str_equal (row->path, LANYARD_PACK_MANIFEST)))
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "a row has a path that no pack has");
  return row;
}

/* Returns: (transfer full) (nullable) (element-type LanyardPackRow) */
static GPtrArray *
read_rows (const guint8 *payload, gsize n_payload, GError **error)
{
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_pack_row_free);
  LanyardCborReader reader;
  guint64 n_bytes = 0;
  gsize n_rows;

  lanyard_cbor_reader_init (&reader, payload, n_payload, LANYARD_PACK_MANIFEST_MAX_BYTES);
  lanyard_cbor_enter_array (&reader, 2);
  if (lanyard_cbor_read_uint (&reader, MANIFEST_VERSION) != MANIFEST_VERSION)
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "version is not 1");
  n_rows = lanyard_cbor_enter_array (&reader, LANYARD_PACK_MAX_FILES);
  for (gsize i = 0; i < n_rows && reader.error == NULL; i++)
    {
      LanyardPackRow *row = read_row (&reader);
      const LanyardPackRow *last = i == 0 ? NULL : g_ptr_array_index (rows, i - 1);

      g_ptr_array_add (rows, row);
      n_bytes += row->n_bytes;
      if (reader.error == NULL && last != NULL && strcmp (last->path, row->path) >= 0)
        lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "its paths are not in order");
    }
  if (reader.error == NULL && n_bytes > LANYARD_PACK_MAX_BYTES)
    lanyard_cbor_fail (&reader, LANYARD_ERROR_LIMIT, "its files are too large together");
  if (!lanyard_cbor_reader_end (&reader, LANYARD_PACK_MANIFEST, error))
    return NULL;

  return g_steal_pointer (&rows);
}

static gboolean
check_payload (GHashTable *files, const guint8 *payload, gsize n_payload, GError **error)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) paths = lanyard_pack_files_sorted (files);
  g_autoptr (GPtrArray) rows = read_rows (payload, n_payload, error);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const LanyardPackRow *row = g_ptr_array_index (rows, i);

      if (!check_row (files, row, error))
        return FALSE;
      g_hash_table_add (seen, row->path);
    }
  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);

      if (!g_str_equal (path, LANYARD_PACK_MANIFEST) && !g_hash_table_contains (seen, path))
        return fail (path, "is not in its manifest", error);
    }

  return TRUE;
}

/* The payload, after the signature of the root key or of a key for packs was checked. */
static gboolean
open_signed (GBytes *manifest,
             const LanyardPublicKey *root,
             const LanyardTrustList *trust,
             gint64 now_s,
             const guint8 **payload,
             gsize *n_payload,
             GError **error)
{
  gsize n_bytes;
  const void *data = g_bytes_get_data (manifest, &n_bytes);
  g_auto (LanyardCoseMessage) message = { 0 };
  LanyardKid kid;

  if (!lanyard_cose_parse (&message, data, n_bytes, LANYARD_PACK_MANIFEST_MAX_BYTES, error))
    return FALSE;
  *payload = message.payload;
  *n_payload = message.n_payload;
  if (root == NULL)
    return TRUE;

  lanyard_public_key_get_kid (root, &kid);
  if (message.has_kid && memcmp (&message.kid, &kid, sizeof kid) == 0)
    return lanyard_cose_verify (&message, root, MANIFEST_CONTENT, NULL, error);

  return lanyard_trust_list_open (trust, LANYARD_SCOPE_PACK, MANIFEST_CONTENT, NULL, data, n_bytes,
                                  LANYARD_PACK_MANIFEST_MAX_BYTES, now_s, payload, n_payload, error)
         != NULL;
}

GBytes *
lanyard_pack_manifest_sign (GHashTable *files, const LanyardKey *key)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  g_autoptr (GPtrArray) paths = lanyard_pack_files_sorted (files);
  g_autoptr (GBytes) payload = NULL;
  gsize n_payload;
  const void *data;

  lanyard_cbor_open_array (writer, 2);
  lanyard_cbor_write_uint (writer, MANIFEST_VERSION);
  lanyard_cbor_open_array (writer,
                           paths->len - g_hash_table_contains (files, LANYARD_PACK_MANIFEST));
  for (guint i = 0; i < paths->len; i++)
    {
      const char *path = g_ptr_array_index (paths, i);
      GBytes *content = g_hash_table_lookup (files, path);
      LanyardHash hash;

      if (g_str_equal (path, LANYARD_PACK_MANIFEST))
        continue;
      lanyard_pack_manifest_hash (&hash, path, content);
      lanyard_cbor_open_array (writer, 3);
      lanyard_cbor_write_text (writer, path);
      lanyard_cbor_write_uint (writer, g_bytes_get_size (content));
      lanyard_cbor_write_bytes (writer, hash.bytes, sizeof hash.bytes);
    }
  payload = lanyard_cbor_writer_end (writer);
  data = g_bytes_get_data (payload, &n_payload);

  return lanyard_cose_sign1 (key, MANIFEST_CONTENT, NULL, data, n_payload);
}

GPtrArray *
lanyard_pack_manifest_read (GBytes *manifest,
                            const LanyardPublicKey *root,
                            const LanyardTrustList *trust,
                            gint64 now_s,
                            GError **error)
{
  const guint8 *payload = NULL;
  gsize n_payload = 0;

  g_return_val_if_fail (manifest != NULL && (root == NULL || trust != NULL), NULL);

  if (!open_signed (manifest, root, trust, now_s, &payload, &n_payload, error))
    {
      g_prefix_error (error, "The pack's file %s is not to be trusted: ", LANYARD_PACK_MANIFEST);
      return NULL;
    }

  return read_rows (payload, n_payload, error);
}

gboolean
lanyard_pack_manifest_check (GHashTable *files,
                             const LanyardPublicKey *root,
                             const LanyardTrustList *trust,
                             gint64 now_s,
                             GError **error)
{
  GBytes *manifest = g_hash_table_lookup (files, LANYARD_PACK_MANIFEST);
  const guint8 *payload = NULL;
  gsize n_payload = 0;

  if (manifest == NULL)
    return fail (LANYARD_PACK_MANIFEST, "is missing", error);

  if (!open_signed (manifest, root, trust, now_s, &payload, &n_payload, error))
    {
      g_prefix_error (error, "The pack's file %s is not to be trusted: ", LANYARD_PACK_MANIFEST);
      return FALSE;
    }

  return check_payload (files, payload, n_payload, error);
}
