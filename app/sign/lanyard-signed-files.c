/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-sign"

#include "lanyard-signed-files.h"

#include <string.h>

#include "lanyard-cbor.h"
#include "lanyard-cose.h"
#include "lanyard-error.h"
#include "lanyard-fault.h"

#define CONTENT "lanyard/files"
#define DOMAIN "lanyard/file/1"
#define VERSION 1
#define N_ITEMS 5
#define N_FILE_ITEMS 3

static void
free_file (gpointer data)
{
  LanyardSignedFile *file = data;

  g_free (file->name);
  g_free (file);
}

static void
compute (GBytes *content, LanyardHash *hash)
{
  gsize n_bytes;
  const void *data = g_bytes_get_data (content, &n_bytes);

  lanyard_hash_compute (hash, DOMAIN, data, n_bytes, NULL, 0);
}

static LanyardSignedFile *
read_file (LanyardCborReader *reader)
{
  LanyardSignedFile *file = g_new0 (LanyardSignedFile, 1);

  if (lanyard_cbor_enter_array (reader, N_FILE_ITEMS) != N_FILE_ITEMS)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "a signed file has three items");
  file->name = lanyard_cbor_read_text (reader, LANYARD_SIGNED_FILES_MAX_NAME_BYTES);
  file->n_bytes = lanyard_cbor_read_uint (reader, G_MAXINT64);
  lanyard_cbor_read_fixed (reader, file->hash.bytes, LANYARD_HASH_BYTES);
  /* It lies beside the signature, and nowhere else. */
  if (file->name != NULL && (*file->name == '\0' || *file->name == '.' || strchr (file->name, '/')))
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "a signed file has a name without a folder");
  return file;
}

static LanyardSignedFiles *
decode (const void *data, gsize n_bytes, GError **error)
{
  g_autoptr (LanyardSignedFiles) files = lanyard_signed_files_new (0, 0, 0);
  LanyardCborReader reader;
  gsize n_files;

  lanyard_cbor_reader_init (&reader, data, n_bytes, LANYARD_SIGNED_FILES_MAX_BYTES);
  if (lanyard_cbor_enter_array (&reader, N_ITEMS) != N_ITEMS)
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "signed files have five items");
  if (lanyard_cbor_read_uint (&reader, G_MAXUINT16) != VERSION)
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "signed files are of another version");
  files->device = (guint32)lanyard_cbor_read_uint (&reader, G_MAXUINT32);
  files->epoch = (guint32)lanyard_cbor_read_uint (&reader, G_MAXUINT32);
  files->made_us = lanyard_cbor_read_int (&reader, 0, G_MAXINT64);
  n_files = lanyard_cbor_enter_array (&reader, LANYARD_SIGNED_FILES_MAX);
  for (gsize i = 0; i < n_files && reader.error == NULL; i++)
    g_ptr_array_add (files->files, read_file (&reader));
  if (!lanyard_cbor_reader_end (&reader, "signature", error))
    return NULL;
  return g_steal_pointer (&files);
}

LanyardSignedFiles *
lanyard_signed_files_new (guint32 device, guint32 epoch, gint64 made_us)
{
  LanyardSignedFiles *files = g_new0 (LanyardSignedFiles, 1);

  files->device = device;
  files->epoch = epoch;
  files->made_us = made_us;
  files->files = g_ptr_array_new_with_free_func (free_file);
  return files;
}

void
lanyard_signed_files_free (LanyardSignedFiles *files)
{
  if (files == NULL)
    return;
  g_ptr_array_unref (files->files);
  g_free (files);
}

void
lanyard_signed_files_add (LanyardSignedFiles *files, const char *name, GBytes *content)
{
  LanyardSignedFile *file;

  g_return_if_fail (files != NULL && name != NULL && content != NULL);
  g_return_if_fail (files->files->len < LANYARD_SIGNED_FILES_MAX);

  file = g_new0 (LanyardSignedFile, 1);
  file->name = g_strdup (name);
  file->n_bytes = g_bytes_get_size (content);
  compute (content, &file->hash);
  g_ptr_array_add (files->files, file);
}

GBytes *
lanyard_signed_files_sign (const LanyardSignedFiles *files, const LanyardKey *key)
{
  LanyardCborWriter *writer;
  g_autoptr (GBytes) payload = NULL;
  gsize n_bytes;
  const void *data;

  g_return_val_if_fail (files != NULL && key != NULL, NULL);

  writer = lanyard_cbor_writer_new ();
  lanyard_cbor_open_array (writer, N_ITEMS);
  lanyard_cbor_write_uint (writer, VERSION);
  lanyard_cbor_write_uint (writer, files->device);
  lanyard_cbor_write_uint (writer, files->epoch);
  lanyard_cbor_write_int (writer, files->made_us);
  lanyard_cbor_open_array (writer, files->files->len);
  for (guint i = 0; i < files->files->len; i++)
    {
      const LanyardSignedFile *file = g_ptr_array_index (files->files, i);

      lanyard_cbor_open_array (writer, N_FILE_ITEMS);
      lanyard_cbor_write_text (writer, file->name);
      lanyard_cbor_write_uint (writer, file->n_bytes);
      lanyard_cbor_write_bytes (writer, file->hash.bytes, LANYARD_HASH_BYTES);
    }
  payload = lanyard_cbor_writer_end (writer);
  data = g_bytes_get_data (payload, &n_bytes);
  return lanyard_cose_sign1 (key, CONTENT, NULL, data, n_bytes);
}

LanyardSignedFiles *
lanyard_signed_files_open (GBytes *data, const LanyardTrustList *trust, GError **error)
{
  g_auto (LanyardCoseMessage) message = { 0 };
  g_autoptr (LanyardSignedFiles) files = NULL;
  const LanyardTrustedKey *key;
  const guint8 *payload;
  gsize n_bytes, n_payload;
  const void *bytes;

  g_return_val_if_fail (data != NULL && trust != NULL, NULL);

  bytes = g_bytes_get_data (data, &n_bytes);
  if (!lanyard_cose_parse (&message, bytes, n_bytes, LANYARD_SIGNED_FILES_MAX_BYTES, error))
    return NULL;
  files = decode (message.payload, message.n_payload, error);
  if (files == NULL)
    return NULL;
  key = lanyard_trust_list_open (trust, LANYARD_SCOPE_RECORDS, CONTENT, NULL, bytes, n_bytes,
                                 LANYARD_SIGNED_FILES_MAX_BYTES, files->made_us / G_USEC_PER_SEC,
                                 &payload, &n_payload, error);
  if (key == NULL)
    return NULL;
  if (key->device == files->device)
    return g_steal_pointer (&files);
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_SIGNATURE,
               "The signature names desk %u and was made with the key of desk %u; trust neither.",
               files->device, key->device);
  return NULL;
}

gboolean
lanyard_signed_file_check (const LanyardSignedFile *file, GBytes *content, GError **error)
{
  LanyardHash hash;

  g_return_val_if_fail (file != NULL && content != NULL, FALSE);

  compute (content, &hash);
  if ((file->n_bytes == g_bytes_get_size (content) && lanyard_hash_equal (&hash, &file->hash))
      || lanyard_fault ("signed-file-unchecked"))
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_SIGNATURE,
               "The file '%s' is not the one that was signed: it was changed, or is another one.",
               file->name);
  return FALSE;
}
