/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-backup.h"

#include "lanyard-cbor.h"
#include "lanyard-error.h"

#include <string.h>

#define VERSION 1
#define MAX_TEXT_BYTES 256
#define MAX_FILE_BYTES (G_GUINT64_CONSTANT (1) << 40)

/* Keys of the map. */
enum
{
  KEY_VERSION = 1,
  KEY_KIND = 2,
  KEY_EVENT = 3,
  KEY_DEVICE = 4,
  KEY_EPOCH = 5,
  KEY_PREFIX = 6,
  KEY_DESK = 7,
  KEY_MADE = 8,
  KEY_HEAD = 9,
  KEY_ACKNOWLEDGED = 10,
  KEY_HASH = 11,
  KEY_ENTRIES = 12,
  KEY_PARTS = 13, /* array of [name, bytes] */
};

/* There are no others: no name of a file ever comes from a backup. */
static const struct
{
  const char *name;
  LanyardBackupKind kind;
} files[] = {
  { "journal.db", LANYARD_BACKUP_RECORDS },
  { "staff.pin", LANYARD_BACKUP_RECORDS },
  { "directory.db", LANYARD_BACKUP_PEOPLE },
  { "vault.key", LANYARD_BACKUP_PEOPLE },
};

void
lanyard_manifest_clear (LanyardManifest *manifest)
{
  g_clear_pointer (&manifest->event, g_free);
  g_clear_pointer (&manifest->prefix, g_free);
  g_clear_pointer (&manifest->desk, g_free);
  memset (manifest, 0, sizeof *manifest);
}

static void
write_parts (LanyardCborWriter *writer, const LanyardBackup *backup)
{
  lanyard_cbor_write_uint (writer, KEY_PARTS);
  lanyard_cbor_open_array (writer, backup->n_parts);
  for (guint i = 0; i < backup->n_parts; i++)
    {
      lanyard_cbor_open_array (writer, 2);
      lanyard_cbor_write_text (writer, backup->parts[i].name);
      lanyard_cbor_write_uint (writer, backup->parts[i].n_bytes);
    }
}

static void
write_number (LanyardCborWriter *writer, guint key, guint64 value)
{
  lanyard_cbor_write_uint (writer, key);
  lanyard_cbor_write_uint (writer, value);
}

static void
write_text (LanyardCborWriter *writer, guint key, const char *text)
{
  lanyard_cbor_write_uint (writer, key);
  lanyard_cbor_write_text (writer, text != NULL ? text : "");
}

GBytes *
lanyard_manifest_encode (const LanyardManifest *manifest, const LanyardBackup *backup)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();

  lanyard_cbor_open_map (writer, KEY_PARTS);
  write_number (writer, KEY_VERSION, VERSION);
  write_number (writer, KEY_KIND, manifest->kind);
  write_text (writer, KEY_EVENT, manifest->event);
  write_number (writer, KEY_DEVICE, manifest->device);
  write_number (writer, KEY_EPOCH, manifest->epoch);
  write_text (writer, KEY_PREFIX, manifest->prefix);
  write_text (writer, KEY_DESK, manifest->desk);
  write_number (writer, KEY_MADE, (guint64)MAX (manifest->made_us, 0));
  write_number (writer, KEY_HEAD, manifest->head);
  write_number (writer, KEY_ACKNOWLEDGED, manifest->acknowledged);
  lanyard_cbor_write_uint (writer, KEY_HASH);
  lanyard_cbor_write_bytes (writer, manifest->hash.bytes, sizeof manifest->hash.bytes);
  write_number (writer, KEY_ENTRIES, manifest->n_entries);
  write_parts (writer, backup);
  return lanyard_cbor_writer_end (writer);
}

static void
expect_key (LanyardCborReader *reader, guint key)
{
  if (lanyard_cbor_read_uint (reader, KEY_PARTS) != key)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "a field is missing");
}

static guint64
read_number (LanyardCborReader *reader, guint key, guint64 max)
{
  expect_key (reader, key);
  return lanyard_cbor_read_uint (reader, max);
}

static char *
read_text (LanyardCborReader *reader, guint key)
{
  expect_key (reader, key);
  return lanyard_cbor_read_text (reader, MAX_TEXT_BYTES);
}

static const char *
find_file (const char *name, LanyardBackupKind kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    if (files[i].kind == kind && g_strcmp0 (files[i].name, name) == 0)
      return files[i].name;
  return NULL;
}

static void
read_parts (LanyardCborReader *reader,
            LanyardBackupKind kind,
            const char **names,
            guint64 *sizes,
            guint *n_parts)
{
  gsize n;

  expect_key (reader, KEY_PARTS);
  n = lanyard_cbor_enter_array (reader, LANYARD_BACKUP_MAX_PARTS);
  for (*n_parts = 0; *n_parts < n && reader->error == NULL; ++*n_parts)
    {
      g_autofree char *name = NULL;

      if (lanyard_cbor_enter_array (reader, 2) != 2)
        lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "a file has no name and size");
      name = lanyard_cbor_read_text (reader, MAX_TEXT_BYTES);
      names[*n_parts] = find_file (name, kind);
      sizes[*n_parts] = lanyard_cbor_read_uint (reader, MAX_FILE_BYTES);
      if (names[*n_parts] == NULL)
        lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "it has a file that it must not have");
      for (guint i = 0; i < *n_parts; i++)
        if (names[i] == names[*n_parts])
          lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "it has a file twice");
    }
}

static void
check_sense (LanyardCborReader *reader, const LanyardManifest *manifest)
{
  gsize n = manifest->prefix != NULL ? strlen (manifest->prefix) : 0;

  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isdigit (manifest->prefix[i]) && !g_ascii_isupper (manifest->prefix[i]))
      n = 0;
  if (n == 0 || n > 16 || manifest->device == 0 || manifest->epoch == 0
      || manifest->acknowledged > manifest->head)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "it names no desk");
}

gboolean
lanyard_manifest_decode (const void *data,
                         gsize n_bytes,
                         LanyardManifest *manifest,
                         const char **names,
                         guint64 *sizes,
                         guint *n_parts,
                         GError **error)
{
  LanyardCborReader reader;

  memset (manifest, 0, sizeof *manifest);
  lanyard_cbor_reader_init (&reader, data, n_bytes, LANYARD_ENVELOPE_CHUNK_BYTES);
  if (lanyard_cbor_enter_map (&reader, KEY_PARTS) != KEY_PARTS)
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "a field is missing");
  if (read_number (&reader, KEY_VERSION, G_MAXUINT32) != VERSION)
    lanyard_cbor_fail (&reader, LANYARD_ERROR_NEWER, "a later version of Lanyard wrote it");
  manifest->kind = (LanyardBackupKind)read_number (&reader, KEY_KIND, LANYARD_BACKUP_PEOPLE);
  manifest->event = read_text (&reader, KEY_EVENT);
  manifest->device = (guint32)read_number (&reader, KEY_DEVICE, G_MAXUINT32);
  manifest->epoch = (guint32)read_number (&reader, KEY_EPOCH, G_MAXUINT32);
  manifest->prefix = read_text (&reader, KEY_PREFIX);
  manifest->desk = read_text (&reader, KEY_DESK);
  manifest->made_us = (gint64)read_number (&reader, KEY_MADE, G_MAXINT64);
  manifest->head = read_number (&reader, KEY_HEAD, G_MAXINT64);
  manifest->acknowledged = read_number (&reader, KEY_ACKNOWLEDGED, G_MAXINT64);
  expect_key (&reader, KEY_HASH);
  lanyard_cbor_read_fixed (&reader, manifest->hash.bytes, sizeof manifest->hash.bytes);
  manifest->n_entries = read_number (&reader, KEY_ENTRIES, G_MAXINT64);
  read_parts (&reader, manifest->kind, names, sizes, n_parts);
  check_sense (&reader, manifest);
  if (lanyard_cbor_reader_end (&reader, "backup's manifest", error))
    return TRUE;
  lanyard_manifest_clear (manifest);
  return FALSE;
}
