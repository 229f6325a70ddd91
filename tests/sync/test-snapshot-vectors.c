/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The bytes of a snapshot and of the venue's page as the first release put them on the line, in
 * tests/sync/vectors, which are never made anew to make a test pass.
 */

#include <string.h>

#include "lanyard-chunk.h"
#include "lanyard-error.h"
#include "lanyard-venue.h"
#include "wire-samples.h"

/* Two rows of three items each, and one of another shape. */
static GBytes *
make_chunk (LanyardSnapshotPart *part)
{
  static const guint8 first[] = { 0x83, 0x01, 0x61, 'A', 0x81, 0x61, 'x' };
  static const guint8 second[] = { 0x83, 0x01, 0x61, 'B', 0x80 };
  static const guint8 third[] = { 0x84, 0x02, 0x61, 'C', 0x80, 0xf6 };
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_changes_row_free);
  g_autoptr (GBytes) a = g_bytes_new_static (first, sizeof first);
  g_autoptr (GBytes) b = g_bytes_new_static (second, sizeof second);
  g_autoptr (GBytes) c = g_bytes_new_static (third, sizeof third);

  g_ptr_array_add (rows, lanyard_changes_row_new (513, "A", a));
  g_ptr_array_add (rows, lanyard_changes_row_new (7, "B", b));
  g_ptr_array_add (rows, lanyard_changes_row_new (600, "C", c));
  return lanyard_chunk_pack (rows, part);
}

static GBytes *
make_header (void)
{
  g_autoptr (LanyardSnapshot) snapshot = lanyard_snapshot_new (SAMPLE_EVENT);
  g_autoptr (LanyardKey) key = sample_hub_key ();
  LanyardSnapshotPart part = { .n_bytes = 64, .raw_bytes = 96, .n_rows = 3 };

  snapshot->era = 0x1122334455667788;
  snapshot->gseq = 599;
  snapshot->made_s = SAMPLE_NOW_S;
  snapshot->n_rows = 6;
  memset (part.hash.bytes, 0xc4, sizeof part.hash.bytes);
  g_array_append_val (snapshot->parts, part);
  memset (part.hash.bytes, 0xc5, sizeof part.hash.bytes);
  g_array_append_val (snapshot->parts, part);
  return lanyard_snapshot_sign (snapshot, key);
}

static GBytes *
make_venue (void)
{
  g_autoptr (LanyardVenue) venue = lanyard_venue_new ();

  venue->next = 12;
  g_ptr_array_add (venue->batches, g_bytes_new_static ("one", 3));
  g_ptr_array_add (venue->batches, g_bytes_new_static ("another", 7));
  return lanyard_venue_encode (venue);
}

static GBytes *
read_vector (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".hex", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "sync", "vectors", file, NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *hex = NULL;
  guint8 *bytes;
  gsize n_bytes;
  GError *error = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (g_strstrip (text), "\n", -1);
  hex = g_strjoinv (NULL, lines);
  n_bytes = strlen (hex) / 2;
  bytes = g_malloc (n_bytes);
  g_assert_true (lanyard_hex_decode (hex, bytes, n_bytes));
  return g_bytes_new_take (bytes, n_bytes);
}

static void
test_header (void)
{
  g_autoptr (LanyardTrustList) trust = sample_trust ();
  g_autoptr (GBytes) vector = read_vector ("snapshot");
  g_autoptr (GBytes) now = make_header ();
  g_autoptr (LanyardSnapshot) snapshot = NULL;
  g_autoptr (LanyardSnapshot) other = NULL;
  GError *error = NULL;

  g_assert_true (g_bytes_equal (vector, now));
  snapshot = lanyard_snapshot_open (vector, trust, SAMPLE_EVENT, SAMPLE_NOW_S, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (snapshot->era, ==, 0x1122334455667788);
  g_assert_cmpuint (snapshot->gseq, ==, 599);
  g_assert_cmpuint (snapshot->n_rows, ==, 6);
  g_assert_cmpuint (snapshot->parts->len, ==, 2);
  g_assert_cmpuint (lanyard_snapshot_get_part (snapshot, 1)->hash.bytes[31], ==, 0xc5);
  other = lanyard_snapshot_open (vector, trust, "OTHER", SAMPLE_NOW_S, &error);
  g_assert_null (other);
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL);
  g_clear_error (&error);
}

/* One bit anywhere, or the end missing: it is not taken. */
static void
test_mutated_header (void)
{
  g_autoptr (LanyardTrustList) trust = sample_trust ();
  g_autoptr (GBytes) vector = read_vector ("snapshot");
  gsize n_bytes = g_bytes_get_size (vector);

  for (gsize i = 0; i < n_bytes * 8; i++)
    {
      g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (vector, NULL), n_bytes);
      g_autoptr (GBytes) mutated = NULL;
      g_autoptr (GBytes) cut = g_bytes_new_from_bytes (vector, 0, i / 8);
      g_autoptr (GError) error = NULL;

      bytes[i / 8] ^= (guint8)(1 << (i % 8));
      mutated = g_bytes_new (bytes, n_bytes);
      g_assert_null (lanyard_snapshot_open (mutated, trust, NULL, SAMPLE_NOW_S, &error));
      g_assert_nonnull (error);
      g_clear_error (&error);
      g_assert_null (lanyard_snapshot_open (cut, trust, NULL, SAMPLE_NOW_S, &error));
    }
}

static void
test_chunk (void)
{
  g_autoptr (GBytes) vector = read_vector ("chunk-rows");
  LanyardSnapshotPart now_part, part;
  g_autoptr (GBytes) now = make_chunk (&now_part);
  g_autoptr (LanyardChunkReader) reader = NULL;
  static const guint8 third[] = { 0x84, 0x02, 0x61, 'C', 0x80, 0xf6 };
  GError *error = NULL;
  guint64 gseq = 0;

  part = now_part;
  part.n_bytes = (guint32)g_bytes_get_size (vector);
  /* What is compressed depends on the version of zstd; what it means does not. */
  lanyard_hash_compute (&part.hash, "lanyard/chunk/1", g_bytes_get_data (vector, NULL),
                        part.n_bytes, NULL, 0);
  reader = lanyard_chunk_reader_new (vector, &part, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GBytes) entry = lanyard_chunk_reader_next (reader, &gseq);

      g_assert_nonnull (entry);
      if (i == 2)
        g_assert_cmpmem (g_bytes_get_data (entry, NULL), g_bytes_get_size (entry), third,
                         sizeof third);
    }
  g_assert_cmpuint (gseq, ==, 600);
  part.n_rows = 4;
  g_assert_null (lanyard_chunk_reader_new (vector, &part, &error));
  g_clear_error (&error);
}

static void
test_venue (void)
{
  g_autoptr (GBytes) vector = read_vector ("venue");
  g_autoptr (GBytes) now = make_venue ();

  g_assert_true (g_bytes_equal (vector, now));
}

static void
print_vector (const char *name, GBytes *bytes)
{
  g_autofree char *hex
      = lanyard_hex_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  g_print ("%s %s\n", name, hex);
}

int
main (int argc, char **argv)
{
  lanyard_hash_init ();
  if (argc > 1 && g_str_equal (argv[1], "print"))
    {
      LanyardSnapshotPart part;
      g_autoptr (GBytes) header = make_header (), chunk = make_chunk (&part), venue = make_venue ();

      print_vector ("snapshot", header);
      print_vector ("chunk-rows", chunk);
      print_vector ("venue", venue);
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/snapshot-vectors/header", test_header);
  g_test_add_func ("/sync/snapshot-vectors/mutated-header", test_mutated_header);
  g_test_add_func ("/sync/snapshot-vectors/chunk", test_chunk);
  g_test_add_func ("/sync/snapshot-vectors/venue", test_venue);
  return g_test_run ();
}
