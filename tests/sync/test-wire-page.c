/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lanyard-backoff.h"
#include "lanyard-cbor.h"
#include "lanyard-cose.h"
#include "lanyard-entry.h"
#include "lanyard-error.h"
#include "lanyard-negative-list.h"
#include "lanyard-pack-files.h"
#include "lanyard-pack-manifest.h"
#include "record-samples.h"
#include "wire-samples.h"

/* sync/PROTOCOL.md against the program: its limits, its messages, its example; and the bytes of
 * every kind of record. */

#define NESTING 10000

static char *
read_source (const char *path)
{
  g_autofree char *full = g_build_filename (g_getenv ("LANYARD_SOURCE_ROOT"), path, NULL);
  char *text;
  GError *error = NULL;

  g_file_get_contents (full, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static char *
path_of_vector (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".hex", NULL);

  return g_test_build_filename (G_TEST_DIST, "sync", "vectors", file, NULL);
}

static GBytes *
decode_hex (const char *text)
{
  GByteArray *bytes = g_byte_array_new ();

  while (*text != '\0')
    {
      guint8 byte;

      if (g_ascii_isspace (*text))
        {
          text++;
          continue;
        }
      g_assert_true (g_ascii_isxdigit (text[0]) && g_ascii_isxdigit (text[1]));
      byte = (guint8)(g_ascii_xdigit_value (text[0]) << 4 | g_ascii_xdigit_value (text[1]));
      g_byte_array_append (bytes, &byte, 1);
      text += 2;
    }
  return g_byte_array_free_to_bytes (bytes);
}

static GBytes *
read_vector (const char *name)
{
  g_autofree char *path = path_of_vector (name);
  g_autofree char *text = NULL;
  GError *error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return decode_hex (text);
}

typedef struct
{
  const char *name;
  guint64 value;
} Limit;

#define LIMIT(name)                                                                                \
  {                                                                                                \
#name, name                                                                                    \
  }

static const Limit limits[] = {
  LIMIT (LANYARD_CBOR_MAX_DEPTH),
  LIMIT (LANYARD_BATCH_MAX_RECORDS),
  LIMIT (LANYARD_BATCH_MAX_BYTES),
  LIMIT (LANYARD_BATCH_FILL_BYTES),
  LIMIT (LANYARD_BATCH_MAX_RAW_BYTES),
  LIMIT (LANYARD_RECORD_MAX_BYTES),
  LIMIT (LANYARD_RECORD_MAX_BODY_BYTES),
  LIMIT (LANYARD_RECORD_MAX_TEXT_BYTES),
  LIMIT (LANYARD_RECEIPT_MAX_BYTES),
  LIMIT (LANYARD_RECEIPT_MAX_CONFLICTS),
  LIMIT (LANYARD_CHANGES_MAX_ROWS),
  LIMIT (LANYARD_CHANGES_MAX_BYTES),
  LIMIT (LANYARD_CHANGES_MAX_RAW_BYTES),
  LIMIT (LANYARD_CHANGES_MAX_ENTRY_BYTES),
  LIMIT (LANYARD_ENTRY_MAX_BYTES),
  LIMIT (LANYARD_SEGMENT_GSEQ),
  LIMIT (LANYARD_ALERTS_MAX_ROWS),
  LIMIT (LANYARD_ALERTS_MAX_BYTES),
  LIMIT (LANYARD_ALERT_MAX_SERIALS),
  LIMIT (LANYARD_LIST_MAX_BYTES),
  LIMIT (LANYARD_TRUST_LIST_MAX_KEYS),
  LIMIT (LANYARD_TRUST_LIST_MAX_BYTES),
  LIMIT (LANYARD_NEGATIVE_LIST_MAX_NUMBERS),
  LIMIT (LANYARD_NEGATIVE_LIST_MAX_SERIALS),
  LIMIT (LANYARD_NEGATIVE_LIST_MAX_BYTES),
  LIMIT (LANYARD_SNAPSHOT_MAX_BYTES),
  LIMIT (LANYARD_SNAPSHOT_MAX_CHUNKS),
  LIMIT (LANYARD_SNAPSHOT_MAX_ROWS),
  LIMIT (LANYARD_CHUNK_MAX_BYTES),
  LIMIT (LANYARD_CHUNK_MAX_RAW_BYTES),
  LIMIT (LANYARD_CHUNK_MAX_ROWS),
  LIMIT (LANYARD_CHUNK_MAX_COLUMNS),
  LIMIT (LANYARD_CHUNK_FILL_BYTES),
  LIMIT (LANYARD_EDITION_MAX_BYTES),
  LIMIT (LANYARD_PACK_MANIFEST_MAX_BYTES),
  LIMIT (LANYARD_PACK_MAX_FILES),
  LIMIT (LANYARD_PACK_MAX_DEPTH),
  LIMIT (LANYARD_PACK_MAX_FILE_BYTES),
  LIMIT (LANYARD_PACK_MAX_BYTES),
  LIMIT (LANYARD_VENUE_MAX_BATCHES),
  LIMIT (LANYARD_VENUE_MAX_BYTES),
  LIMIT (LANYARD_PHOTO_MAX_BYTES),
  LIMIT (LANYARD_ENROLMENT_MAX_BYTES),
  LIMIT (LANYARD_TOKEN_MAX_BYTES),
  LIMIT (LANYARD_WIRE_MAX_TEXT_BYTES),
  LIMIT (LANYARD_WIRE_MAX_PATH_BYTES),
  LIMIT (LANYARD_WIRE_MAX_NAME_BYTES),
  LIMIT (LANYARD_TOKEN_SKEW_S),
  LIMIT (LANYARD_POLL_MAX_S),
  LIMIT (LANYARD_SPREAD_MAX_S),
  LIMIT (LANYARD_BACKOFF_BASE_MS),
  LIMIT (LANYARD_BACKOFF_CAP_MS),
  LIMIT (LANYARD_BACKOFF_RETRY_AFTER_MAX_S),
};

/* Rows of the page: | `NAME` | value | words | */
static void
test_limits (void)
{
  g_autofree char *page = read_source ("sync/PROTOCOL.md");
  g_autofree char *header = read_source ("sync/wire/lanyard-wire.h");
  g_auto (GStrv) lines = g_strsplit (header, "\n", -1);

  for (guint i = 0; i < G_N_ELEMENTS (limits); i++)
    {
      g_autofree char *row
          = g_strdup_printf ("| `%s` | %" G_GUINT64_FORMAT " |", limits[i].name, limits[i].value);

      g_test_message ("%s", row);
      g_assert_nonnull (strstr (page, row));
    }
  /* No limit of the wire is missing here, and so on the page. */
  for (guint i = 0; lines[i] != NULL; i++)
    {
      g_auto (GStrv) words = g_strsplit (lines[i], " ", 3);
      gboolean known = FALSE;

      if (g_strv_length (words) < 3 || !g_str_equal (words[0], "#define")
          || strstr (words[1], "_MAX_") == NULL)
        continue;
      for (guint k = 0; k < G_N_ELEMENTS (limits); k++)
        known |= g_str_equal (limits[k].name, words[1]);
      g_test_message ("%s", words[1]);
      g_assert_true (known);
    }
}

/* Every rule that is a message, as its version in front tells, has its bytes. */
static void
test_messages (void)
{
  g_autofree char *page = read_source ("sync/PROTOCOL.md");
  g_autoptr (GRegex) rule
      = g_regex_new ("^([a-z][a-z0-9-]*) *= *(?:\\[ [12],|\\{ 1 => )", G_REGEX_MULTILINE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  guint n = 0;

  for (g_regex_match (rule, page, 0, &match); g_match_info_matches (match);
       g_match_info_next (match, NULL), n++)
    {
      g_autofree char *name = g_match_info_fetch (match, 1);
      g_autofree char *path = path_of_vector (name);

      g_test_message ("%s", name);
      g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
    }
  g_assert_cmpuint (n, >=, 10);
}

static char *
name_of_record (const RecordSample *sample)
{
  return g_strconcat ("record-", lanyard_record_kind_to_string (sample->kind), NULL);
}

/* What each kind looked like when it came is what it looks like, and reads as what it was. */
static void
test_records (void)
{
  const LanyardHash none = { 0 };

  for (guint i = 0; i < n_record_samples; i++)
    {
      g_autofree char *name = name_of_record (&record_samples[i]);
      g_autoptr (GBytes) vector = read_vector (name);
      g_autoptr (GBytes) now = record_sample_encode (&record_samples[i]);
      g_autoptr (LanyardRecord) record = NULL;
      g_autoptr (GBytes) again = NULL;
      GError *error = NULL;

      g_test_message ("%s", name);
      g_assert_true (g_bytes_equal (vector, now));
      record = lanyard_record_decode (g_bytes_get_data (vector, NULL), g_bytes_get_size (vector),
                                      &none, &error);
      g_assert_no_error (error);
      again = lanyard_record_encode (record);
      g_assert_true (g_bytes_equal (vector, again));
    }
}

static void
test_every_kind (void)
{
  for (guint kind = 0; kind <= G_MAXUINT16; kind++)
    {
      gboolean known = FALSE;

      if (lanyard_record_kind_to_string ((guint16)kind) == NULL)
        continue;
      for (guint i = 0; i < n_record_samples; i++)
        known |= record_samples[i].kind == kind;
      g_test_message ("%u", kind);
      g_assert_true (known);
    }
}

/* The example of the page: hexadecimal in front of a semicolon, line by line, is the vector. */
static void
test_example (void)
{
  g_autofree char *page = read_source ("sync/PROTOCOL.md");
  g_auto (GStrv) parts = g_strsplit (page, "```example\n", 2);
  g_autoptr (GString) hex = g_string_new (NULL);
  g_autoptr (GBytes) vector = read_vector ("receipt");
  g_autoptr (GBytes) example = NULL;
  g_auto (GStrv) lines = NULL;

  g_assert_cmpuint (g_strv_length (parts), ==, 2);
  *strstr (parts[1], "```") = '\0';
  lines = g_strsplit (parts[1], "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_len (hex, lines[i], (gssize)strcspn (lines[i], ";"));
  example = decode_hex (hex->str);
  g_assert_cmpmem (g_bytes_get_data (example, NULL), g_bytes_get_size (example),
                   g_bytes_get_data (vector, NULL), g_bytes_get_size (vector));
}

static void
assert_refused (const SampleKind *kind, const void *data, gsize n_bytes)
{
  g_autoptr (GError) error = kind->open (data, n_bytes);

  g_test_message ("%s", kind->name);
  g_assert_nonnull (error);
  g_assert_true (g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_INVALID)
                 || g_error_matches (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT));
}

/* Heads that announce what the bytes behind them could never hold, and nesting without end: alone,
 * and where a COSE message has its payload. */
static void
test_heads (void)
{
  static const char *const heads[] = {
    "5a80000000",                     /* 2 GiB of bytes */
    "7a80000000",                     /* of text */
    "9a80000000",                     /* of items */
    "ba80000000",                     /* of pairs */
    "5b7fffffffffffffff",             /* far more */
    "d28443a10127a05a80000000",       /* a payload of 2 GiB */
    "d28443a10127a1045a8000000041ff", /* a kid of 2 GiB */
  };
  g_autofree guint8 *nested = g_malloc (NESTING + 1);

  memset (nested, 0x81, NESTING);
  nested[NESTING] = 0x80;
  for (guint i = 0; i < n_sample_kinds; i++)
    {
      if (g_str_equal (sample_kinds[i].name, "token"))
        continue; /* it is text */
      assert_refused (&sample_kinds[i], nested, NESTING + 1);
      for (guint k = 0; k < G_N_ELEMENTS (heads); k++)
        {
          g_autoptr (GBytes) head = decode_hex (heads[k]);

          assert_refused (&sample_kinds[i], g_bytes_get_data (head, NULL), g_bytes_get_size (head));
        }
    }
}

/* The same behind a signature that holds. */
static void
test_signed_heads (void)
{
  g_autoptr (LanyardKey) key = sample_desk_key ();
  g_autoptr (LanyardTrustList) trust = sample_trust ();
  g_autofree guint8 *nested = g_malloc (NESTING + 1);
  g_autoptr (GBytes) message = NULL;
  g_autoptr (GError) error = NULL;

  memset (nested, 0x81, NESTING);
  nested[NESTING] = 0x80;
  message = lanyard_cose_sign1 (key, LANYARD_CONTENT_BATCH, NULL, nested, NESTING + 1);
  g_assert_null (lanyard_batch_open (g_bytes_get_data (message, NULL), g_bytes_get_size (message),
                                     trust, SAMPLE_NOW_S, NULL, &error));
  g_assert_nonnull (error);
}

static void
test_too_long (void)
{
  g_autofree guint8 *zeros = g_malloc0 (LANYARD_NEGATIVE_LIST_MAX_BYTES + 1);

  for (guint i = 0; i < n_sample_kinds; i++)
    {
      g_autoptr (GError) error = NULL;

      if (g_str_equal (sample_kinds[i].name, "token"))
        continue;
      error = sample_kinds[i].open (zeros, LANYARD_NEGATIVE_LIST_MAX_BYTES + 1);
      g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT);
    }
}

static int
print_record (const char *name)
{
  for (guint i = 0; i < n_record_samples; i++)
    {
      g_autofree char *its = name_of_record (&record_samples[i]);
      g_autoptr (GBytes) encoded = record_sample_encode (&record_samples[i]);
      g_autofree char *hex
          = lanyard_hex_encode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded));

      if (name == NULL)
        g_print ("%s\n", its);
      else if (g_str_equal (its, name))
        g_print ("%s\n", hex);
    }
  return 0;
}

int
main (int argc, char **argv)
{
  lanyard_hash_init ();
  if (argc >= 2 && g_str_equal (argv[1], "--print"))
    return print_record (argv[2]);
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/page/limits", test_limits);
  g_test_add_func ("/sync/page/messages", test_messages);
  g_test_add_func ("/sync/page/example", test_example);
  g_test_add_func ("/sync/page/records", test_records);
  g_test_add_func ("/sync/page/every-kind", test_every_kind);
  g_test_add_func ("/sync/page/heads", test_heads);
  g_test_add_func ("/sync/page/signed-heads", test_signed_heads);
  g_test_add_func ("/sync/page/too-long", test_too_long);
  return g_test_run ();
}
