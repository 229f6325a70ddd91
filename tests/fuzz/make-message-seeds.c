/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lanyard-cbor.h"
#include "lanyard-entry.h"
#include "lanyard-signed-files.h"

/*
 * Messages of which no golden bytes are kept, in the forms in which targets take their input: what
 * mutating begins with, beside those of make-wire-seeds.
 *
 *   make-message-seeds DIRECTORY VECTORS
 */

static const char *directory;

static void
write_seed (const char *name, const GByteArray *bytes)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents (path, (const char *)bytes->data, (gssize)bytes->len, &error))
    g_error ("%s", error->message);
}

static void
write_cbor (const char *name, LanyardCborWriter *writer)
{
  g_autoptr (GByteArray) bytes = g_bytes_unref_to_array (lanyard_cbor_writer_end (writer));

  write_seed (name, bytes);
}

/* Requests of the control socket. Digits are numbers, and texts behind "=", which may be empty. */
static const char *const requests[] = {
  "status",
  "enrol =101 Counter 0 600",
  "root",
  "entries = 10",
  "card 26FUZZ0000",
  "desks",
  "revoke 1 0 Somebody Lost",
  "asides 1 0 0 0",
  "retry 1 1 1 Somebody",
  "dismiss 1 1 1 Somebody Reason",
  "enrolments 0",
  "resolve 26FUZZ0000 D1-000001 Reason Somebody",
  "disputed =",
  "records 0",
  "badges =",
  "deed Somebody what subject Reason",
  "deeds 0",
  "compact",
  "edition",
  "publish Somebody",
};

static void
write_request (const char *text)
{
  g_auto (GStrv) words = g_strsplit (text, " ", -1);
  g_autofree char *name = g_strconcat ("control-", words[0], NULL);
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();

  lanyard_cbor_open_array (writer, g_strv_length (words));
  for (char **word = words; *word != NULL; word++)
    {
      guint64 number;

      if (g_ascii_string_to_unsigned (*word, 10, 0, G_MAXINT64, &number, NULL))
        lanyard_cbor_write_uint (writer, number);
      else
        lanyard_cbor_write_text (writer, **word == '=' ? *word + 1 : *word);
    }
  write_cbor (name, writer);
}

static void
write_snapshot_request (void)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();

  lanyard_cbor_open_array (writer, 2);
  lanyard_cbor_write_text (writer, "snapshot");
  lanyard_cbor_write_bool (writer, TRUE);
  write_cbor ("control-snapshot", writer);
}

/* Somebody who does not exist. */
static GBytes *
make_entry (void)
{
  LanyardEntry *entry = lanyard_entry_new ();
  GBytes *encoded;

  entry->holder_id = g_strdup ("P1");
  entry->print_name = g_strdup ("Robin SAMPLETON");
  entry->number = g_strdup_printf ("26FUZZ0000%c", lanyard_check_character ("26FUZZ0000"));
  entry->category = g_strdup ("PLAYER");
  entry->valid_from_s = 1941000000;
  entry->valid_until_s = 1943000000;
  encoded = lanyard_entry_encode (entry);
  lanyard_entry_free (entry);
  return encoded;
}

static void
write_imports (void)
{
  g_autoptr (GBytes) entry = make_entry ();
  LanyardCborWriter *import = lanyard_cbor_writer_new ();
  LanyardCborWriter *preview = lanyard_cbor_writer_new ();

  lanyard_cbor_open_array (import, 3);
  lanyard_cbor_write_text (import, "import");
  lanyard_cbor_open_array (import, 1);
  lanyard_cbor_write_gbytes (import, entry);
  lanyard_cbor_open_array (import, 1);
  lanyard_cbor_write_bytes (import, (const guint8 *)"photo", 5);
  write_cbor ("control-import", import);
  lanyard_cbor_open_array (preview, 2);
  lanyard_cbor_write_text (preview, "preview");
  lanyard_cbor_open_array (preview, 1);
  lanyard_cbor_write_gbytes (preview, entry);
  write_cbor ("control-preview", preview);
}

/* What fuzz_message() signs. */
static void
write_payload (const char *name, LanyardCborWriter *writer)
{
  g_autoptr (GBytes) payload = lanyard_cbor_writer_end (writer);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *)"\1", 1);
  g_byte_array_append (bytes, g_bytes_get_data (payload, NULL), (guint)g_bytes_get_size (payload));
  write_seed (name, bytes);
}

static void
write_files (void)
{
  static const guint8 hash[LANYARD_HASH_BYTES];
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();
  LanyardCborWriter *manifest = lanyard_cbor_writer_new ();

  lanyard_cbor_open_array (writer, 5);
  lanyard_cbor_write_uint (writer, 1);
  lanyard_cbor_write_uint (writer, 0);
  lanyard_cbor_write_uint (writer, 1);
  lanyard_cbor_write_int (writer, G_GINT64_CONSTANT (1942000000000000));
  lanyard_cbor_open_array (writer, 1);
  lanyard_cbor_open_array (writer, 3);
  lanyard_cbor_write_text (writer, "shift.pdf");
  lanyard_cbor_write_uint (writer, 4096);
  lanyard_cbor_write_bytes (writer, hash, sizeof hash);
  write_payload ("signed-files", writer);
  lanyard_cbor_open_array (manifest, 2);
  lanyard_cbor_write_uint (manifest, 1);
  lanyard_cbor_open_array (manifest, 1);
  lanyard_cbor_open_array (manifest, 3);
  lanyard_cbor_write_text (manifest, "texts/en.json");
  lanyard_cbor_write_uint (manifest, 4096);
  lanyard_cbor_write_bytes (manifest, hash, sizeof hash);
  write_payload ("manifest", manifest);
}

static void
write_announcement (void)
{
  static const char *const strings[]
      = { "txtvers=1", "protocol=1", "event=0123456789abcdef0123456789abcdef", "venue=ARENA" };
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (strings); i++)
    {
      guint8 length = (guint8)strlen (strings[i]);

      g_byte_array_append (bytes, &length, 1);
      g_byte_array_append (bytes, (const guint8 *)strings[i], length);
    }
  write_seed ("announcement", bytes);
}

/* RFC 8010 §3.1.4. @n_value: of @value */
static void
add_attribute (GByteArray *bytes, guint8 tag, const char *name, const void *value, guint8 n_value)
{
  guint8 head[] = { tag, 0, (guint8)strlen (name) };
  guint8 length[] = { 0, n_value };

  g_byte_array_append (bytes, head, sizeof head);
  g_byte_array_append (bytes, (const guint8 *)name, head[2]);
  g_byte_array_append (bytes, length, sizeof length);
  g_byte_array_append (bytes, value, n_value);
}

#define ADD_TEXT(bytes, tag, name, text)                                                           \
  add_attribute (bytes, tag, name, text, (guint8)strlen (text))
#define ADD_NUMBER(bytes, tag, name, number)                                                       \
  add_attribute (bytes, tag, name, (const guint8[]){ 0, 0, 0, number }, 4)

/* A printer that can print a badge, and a job of it. */
static void
write_ipp (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();

  g_byte_array_append (bytes, (const guint8 *)"\2\0\0\0\0\0\0\1\1", 9);
  ADD_TEXT (bytes, 0x47, "attributes-charset", "utf-8");
  ADD_TEXT (bytes, 0x48, "attributes-natural-language", "en");
  g_byte_array_append (bytes, (const guint8 *)"\4", 1);
  ADD_NUMBER (bytes, 0x23, "printer-state", 3);
  ADD_TEXT (bytes, 0x44, "printer-state-reasons", "media-empty-error");
  add_attribute (bytes, 0x22, "printer-is-accepting-jobs", "\1", 1);
  ADD_TEXT (bytes, 0x41, "printer-make-and-model", "Made Up 2000");
  ADD_TEXT (bytes, 0x49, "document-format-supported", "application/pdf");
  ADD_TEXT (bytes, 0x44, "media-supported", "custom_max_200x300mm");
  ADD_TEXT (bytes, 0x44, "sides-supported", "two-sided-long-edge");
  ADD_NUMBER (bytes, 0x21, "marker-levels", 50);
  ADD_TEXT (bytes, 0x42, "marker-names", "Ribbon");
  ADD_TEXT (bytes, 0x44, "marker-types", "ribbon");
  ADD_TEXT (bytes, 0x30, "printer-supply", "type=ribbon;level=50;maxcapacity=100;unit=percent;");
  ADD_TEXT (bytes, 0x30, "printer-input-tray", "name=Tray;level=20;maxcapacity=100;");
  add_attribute (bytes, 0x32, "printer-resolution-default", "\0\0\1\54\0\0\1\54\3", 9);
  g_byte_array_append (bytes, (const guint8 *)"\2", 1);
  ADD_NUMBER (bytes, 0x21, "job-id", 7);
  ADD_TEXT (bytes, 0x42, "job-name", "K0471-000001A");
  ADD_NUMBER (bytes, 0x23, "job-state", 5);
  ADD_TEXT (bytes, 0x44, "job-state-reasons", "job-printing");
  g_byte_array_append (bytes, (const guint8 *)"\3", 1);
  write_seed ("ipp", bytes);
}

static void
append_vector (GByteArray *journal, const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GByteArray) record = g_byte_array_new ();
  guint8 length[2];

  if (!g_file_get_contents (path, &text, NULL, NULL))
    g_error ("%s cannot be read", path);
  for (const char *c = text; c[0] != '\0'; c++)
    if (g_ascii_isxdigit (c[0]) && g_ascii_isxdigit (c[1]))
      {
        guint8 byte = (guint8)(g_ascii_xdigit_value (c[0]) << 4 | g_ascii_xdigit_value (c[1]));

        g_byte_array_append (record, &byte, 1);
        c++;
      }
  length[0] = (guint8)(record->len >> 8);
  length[1] = (guint8)record->len;
  g_byte_array_append (journal, length, sizeof length);
  g_byte_array_append (journal, record->data, record->len);
}

/* One record of each kind, behind each other. */
static void
write_journal (const char *vectors)
{
  g_autoptr (GDir) names = g_dir_open (vectors, 0, NULL);
  g_autoptr (GByteArray) journal = g_byte_array_new ();
  const char *name;

  while (names != NULL && (name = g_dir_read_name (names)) != NULL)
    if (g_str_has_prefix (name, "record-") && g_str_has_suffix (name, ".hex"))
      {
        g_autofree char *path = g_build_filename (vectors, name, NULL);

        append_vector (journal, path);
      }
  write_seed ("journal", journal);
}

int
main (int argc, char **argv)
{
  directory = argc == 3 ? argv[1] : NULL;
  if (directory == NULL || g_mkdir_with_parents (directory, 0755) != 0)
    {
      g_printerr (
          "make-message-seeds: name a directory that can be written, and that of the vectors\n");
      return 2;
    }
  for (guint i = 0; i < G_N_ELEMENTS (requests); i++)
    write_request (requests[i]);
  write_snapshot_request ();
  write_imports ();
  write_files ();
  write_announcement ();
  write_ipp ();
  write_journal (argv[2]);
  return 0;
}
