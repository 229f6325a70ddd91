/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-cbor.h"
#include "lanyard-hash.h"

/* What each of these means stands in RFC 8949, appendix A; all are deterministic. */
static const char *const rfc8949_examples[] = {
  "00",
  "01",
  "0a",
  "17",
  "1818",
  "1819",
  "1864",
  "1903e8",
  "1a000f4240",
  "1b000000e8d4a51000",
  "1bffffffffffffffff",
  "3bffffffffffffffff",
  "20",
  "29",
  "3863",
  "3903e7",
  "f4",
  "f5",
  "f6",
  "40",
  "4401020304",
  "60",
  "6161",
  "6449455446",
  "62225c",
  "62c3bc",
  "63e6b0b4",
  "80",
  "83010203",
  "8301820203820405",
  "a0",
  "a201020304",
  "a26161016162820203",
  "826161a161626163",
  "c074323031332d30332d32315432303a30343a30305a",
};

/* Sound CBOR or not, none of these may be understood. */
static const char *const refused[] = {
  "",       /* nothing */
  "1800",   /* 0 with a head of two bytes (RFC 8949 §4.2.1) */
  "1900ff", /* 255 with a head of three bytes */
  "1b0000000000000001",
  "580100",
  "780161",
  "980100",
  "b8010000",
  "d80100",
  "5f41004100ff",
  "7f6161ff",
  "9f00ff",
  "bf0000ff", /* indefinite lengths */
  "f90000",
  "fa47c35000",
  "fb3ff199999999999a",
  "f97e00", /* floats */
  "f7",
  "f0",
  "f8ff",
  "f820",       /* undefined and simple values */
  "a201000100", /* the same key twice */
  "a202000100", /* keys out of order */
  "a2616100617100ff",
  "61ff",
  "62c328", /* not UTF-8 */
  "8201",
  "a101",
  "c0",
  "4201",
  "6261",
  "1a0000", /* cut short */
  "0000",   /* more bytes behind it */
  "1c",
  "ff",
  "fc",
  "9bffffffffffffffff",
  "bbffffffffffffffff",
  "5bffffffffffffffff",
  "7bffffffffffffffff",
};

static GBytes *
from_hex (const char *hex)
{
  gsize n = strlen (hex) / 2;
  guint8 *bytes = g_malloc (n + 1);

  g_assert_true (lanyard_hex_decode (hex, bytes, n));
  return g_bytes_new_take (bytes, n);
}

static gboolean
is_accepted (const void *data, gsize n_bytes, int *code)
{
  LanyardCborReader reader;
  g_autoptr (GError) error = NULL;
  gboolean ok;

  lanyard_cbor_reader_init (&reader, data, n_bytes, 1024);
  lanyard_cbor_skip (&reader, NULL);
  ok = lanyard_cbor_reader_end (&reader, "example", &error);
  g_assert_true (ok == (error == NULL));
  if (code != NULL)
    *code = error == NULL ? 0 : error->code;
  return ok;
}

static void
test_examples (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rfc8949_examples); i++)
    {
      g_autoptr (GBytes) bytes = from_hex (rfc8949_examples[i]);

      if (!is_accepted (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL))
        g_error ("refused: %s", rfc8949_examples[i]);
    }
}

static void
test_refused (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr (GBytes) bytes = from_hex (refused[i]);

      if (is_accepted (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL))
        g_error ("accepted: %s", refused[i]);
    }
}

static void
test_depth (void)
{
  guint8 nested[LANYARD_CBOR_MAX_DEPTH + 2];
  int code;

  memset (nested, 0x81, sizeof nested);
  nested[LANYARD_CBOR_MAX_DEPTH] = 0x00;
  g_assert_true (is_accepted (nested, LANYARD_CBOR_MAX_DEPTH + 1, NULL));

  memset (nested, 0x81, sizeof nested);
  nested[LANYARD_CBOR_MAX_DEPTH + 1] = 0x00;
  g_assert_false (is_accepted (nested, sizeof nested, &code));
  g_assert_cmpint (code, ==, LANYARD_ERROR_LIMIT);
}

static void
test_length_limit (void)
{
  LanyardCborReader reader;
  g_autoptr (GError) error = NULL;
  guint8 zero = 0;

  lanyard_cbor_reader_init (&reader, &zero, 1, 0);
  g_assert_false (lanyard_cbor_reader_end (&reader, "nothing", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT);
}

static GBytes *
write_sample (void)
{
  const char *const words[] = { "one", "two", NULL };
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();

  lanyard_cbor_open_map (writer, 6);
  lanyard_cbor_write_uint (writer, 1);
  lanyard_cbor_write_int (writer, G_MININT64);
  lanyard_cbor_write_uint (writer, 2);
  lanyard_cbor_write_strv (writer, words);
  lanyard_cbor_write_uint (writer, 3);
  lanyard_cbor_write_null (writer);
  lanyard_cbor_write_uint (writer, 24);
  lanyard_cbor_write_bytes (writer, "\1\2", 2);
  lanyard_cbor_write_int (writer, -1);
  lanyard_cbor_write_bool (writer, TRUE);
  lanyard_cbor_write_text (writer, "k");
  lanyard_cbor_write_tag (writer, 18);
  lanyard_cbor_write_text (writer, "ü");
  return lanyard_cbor_writer_end (writer);
}

static void
test_round_trip (void)
{
  g_autoptr (GBytes) bytes = write_sample ();
  g_auto (GStrv) words = NULL;
  g_autofree char *key = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  guint8 fixed[2];
  LanyardCborReader reader;

  lanyard_cbor_reader_init (&reader, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 100);
  g_assert_cmpuint (lanyard_cbor_enter_map (&reader, 6), ==, 6);
  g_assert_cmpuint (lanyard_cbor_read_uint (&reader, 1), ==, 1);
  g_assert_cmpint (lanyard_cbor_read_int (&reader, G_MININT64, 0), ==, G_MININT64);
  lanyard_cbor_read_uint (&reader, 9);
  words = lanyard_cbor_read_strv (&reader, 2, 3);
  g_assert_cmpstr (words[1], ==, "two");
  lanyard_cbor_read_uint (&reader, 9);
  g_assert_null (lanyard_cbor_read_text_or_null (&reader, 9));
  lanyard_cbor_read_uint (&reader, 99);
  lanyard_cbor_read_fixed (&reader, fixed, 2);
  g_assert_cmpmem (fixed, 2, "\1\2", 2);
  g_assert_cmpint (lanyard_cbor_read_int (&reader, -1, 0), ==, -1);
  g_assert_true (lanyard_cbor_read_bool (&reader));
  key = lanyard_cbor_read_text (&reader, 1);
  g_assert_cmpstr (key, ==, "k");
  lanyard_cbor_read_tag (&reader, 18);
  text = lanyard_cbor_read_text (&reader, 2);
  g_assert_cmpstr (text, ==, "ü");
  g_assert_true (lanyard_cbor_reader_end (&reader, "sample", &error));
  g_assert_no_error (error);
}

static void
test_sticky_error (void)
{
  g_autoptr (GBytes) bytes = write_sample ();
  g_autoptr (GError) error = NULL;
  LanyardCborReader reader;

  lanyard_cbor_reader_init (&reader, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), 100);
  g_assert_cmpuint (lanyard_cbor_enter_array (&reader, 9), ==, 0);
  g_assert_cmpuint (lanyard_cbor_enter_map (&reader, 9), ==, 0);
  g_assert_null (lanyard_cbor_read_text (&reader, 9));
  g_assert_false (lanyard_cbor_reader_end (&reader, "sample", &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID);
  g_assert_true (g_str_has_prefix (error->message, "sample: "));
}

/* Whatever bytes come, the reader neither crashes nor reads behind them, and what it accepts is
 * what our writer would have written. */
static void
test_random_bytes (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (8949);

  for (guint i = 0; i < 50000; i++)
    {
      gsize n = g_rand_int_range (rand, 0, 12);
      g_autofree guint8 *data = g_malloc (n);

      for (gsize j = 0; j < n; j++)
        data[j] = g_rand_int_range (rand, 0, 4) == 0 ? 0x80 + g_rand_int_range (rand, 0, 4)
                                                     : g_rand_int_range (rand, 0, 256);
      is_accepted (data, n, NULL);
    }
}

static void
test_writer_asserts_order (void)
{
  if (g_test_subprocess ())
    {
      LanyardCborWriter *writer = lanyard_cbor_writer_new ();

      lanyard_cbor_open_map (writer, 2);
      for (guint key = 2; key > 0; key--)
        {
          lanyard_cbor_write_uint (writer, key);
          lanyard_cbor_write_null (writer);
        }
      lanyard_cbor_writer_end (writer);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_failed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/cbor/examples-of-rfc-8949-are-read", test_examples);
  g_test_add_func ("/cbor/what-is-not-deterministic-is-refused", test_refused);
  g_test_add_func ("/cbor/depth-is-limited", test_depth);
  g_test_add_func ("/cbor/length-is-limited-before-reading", test_length_limit);
  g_test_add_func ("/cbor/round-trip", test_round_trip);
  g_test_add_func ("/cbor/first-error-stays", test_sticky_error);
  g_test_add_func ("/cbor/random-bytes", test_random_bytes);
  g_test_add_func ("/cbor/writer-asserts-key-order", test_writer_asserts_order);
  return g_test_run ();
}
