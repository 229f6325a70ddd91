/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "wire-samples.h"

/*
 * The bytes of the protocol as the first release put them on the line, in tests/sync/vectors: the
 * messages of wire-samples.c in hexadecimal. They are never made anew to make a test pass: a desk
 * that slept through an update still sends them.
 */

static GBytes *
read_vector (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".hex", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "sync", "vectors", file, NULL);
  g_autofree char *text = NULL;
  GByteArray *bytes = g_byte_array_new ();
  GError *error = NULL;
  guint8 byte;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  for (const char *c = text; *c != '\0';)
    {
      char pair[3] = { c[0], c[1], '\0' };

      if (g_ascii_isspace (*c))
        {
          c++;
          continue;
        }
      g_assert_true (lanyard_hex_decode (pair, &byte, 1));
      g_byte_array_append (bytes, &byte, 1);
      c += 2;
    }
  return g_byte_array_free_to_bytes (bytes);
}

static void
test_vectors (void)
{
  for (guint i = 0; i < n_sample_kinds; i++)
    {
      const SampleKind *kind = &sample_kinds[i];
      g_autoptr (GBytes) vector = read_vector (kind->name);
      g_autoptr (GBytes) now = kind->sign ();
      g_autoptr (GError) error
          = kind->open (g_bytes_get_data (vector, NULL), g_bytes_get_size (vector));

      g_test_message ("%s", kind->name);
      g_assert_no_error (error);
      if (!kind->compressed)
        g_assert_true (g_bytes_equal (vector, now));
    }
}

/* What the compressed ones mean is the same for ever, too. */
static void
test_compressed (void)
{
  g_autoptr (LanyardTrustList) trust = sample_trust ();
  g_autoptr (GBytes) batch_bytes = read_vector ("batch");
  g_autoptr (GBytes) changes_bytes = read_vector ("changes");
  g_autoptr (LanyardBatch) sample = sample_batch ();
  g_autoptr (LanyardBatch) batch = NULL;
  g_autoptr (LanyardChanges) changes = NULL;
  const LanyardChangesRow *row;

  batch = lanyard_batch_open (g_bytes_get_data (batch_bytes, NULL), g_bytes_get_size (batch_bytes),
                              trust, SAMPLE_NOW_S, NULL, NULL);
  g_assert_nonnull (batch);
  g_assert_true (lanyard_hash_equal (&batch->head, &sample->head));
  g_assert_cmpuint (batch->records->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_true (g_bytes_equal (g_ptr_array_index (batch->records, i),
                                  g_ptr_array_index (sample->records, i)));

  changes = lanyard_changes_open (changes_bytes, trust, SAMPLE_EVENT, SAMPLE_NOW_S, NULL);
  g_assert_nonnull (changes);
  g_assert_cmpuint (changes->after, ==, 512);
  g_assert_cmpuint (changes->next, ==, 514);
  g_assert_cmpuint (changes->head, ==, 600);
  g_assert_cmpuint (changes->alert, ==, 3);
  g_assert_cmpuint (changes->rows->len, ==, 2);
  row = g_ptr_array_index (changes->rows, 0);
  g_assert_cmpuint (row->gseq, ==, 513);
  g_assert_cmpstr (row->number, ==, "2800000000");
  g_assert_cmpmem (g_bytes_get_data (row->entry, NULL), g_bytes_get_size (row->entry),
                   "not an entry", 12);
  row = g_ptr_array_index (changes->rows, 1);
  g_assert_null (row->entry);
}

int
main (int argc, char **argv)
{
  lanyard_hash_init ();
  /* For whoever writes another implementation: the messages of this build. */
  if (argc == 3 && g_str_equal (argv[1], "--print"))
    {
      for (guint i = 0; i < n_sample_kinds; i++)
        if (g_str_equal (sample_kinds[i].name, argv[2]))
          {
            g_autoptr (GBytes) message = sample_kinds[i].sign ();
            g_autofree char *hex
                = lanyard_hex_encode (g_bytes_get_data (message, NULL), g_bytes_get_size (message));

            g_print ("%s\n", hex);
          }
      return 0;
    }
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sync/vectors/messages", test_vectors);
  g_test_add_func ("/sync/vectors/compressed", test_compressed);
  return g_test_run ();
}
