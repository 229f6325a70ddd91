/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lanyard-base45.h"
#include "lanyard-error.h"

/* RFC 9285 §4.3 and §4.4. */
static const struct
{
  const char *bytes;
  const char *text;
} PUBLISHED[] = {
  { "AB", "BB8" },
  { "Hello!!", "%69 VD92EX0" },
  { "base-45", "UJCLQE7W581" },
  { "ietf!", "QED8WEX0" },
};

static void
assert_decodes (const char *text, const void *bytes, gsize n_bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) decoded = lanyard_base45_decode (text, 64, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (decoded, NULL), g_bytes_get_size (decoded), bytes, n_bytes);
}

static void
assert_refused (const char *text, gsize max_bytes, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) decoded = lanyard_base45_decode (text, max_bytes, &error);

  g_assert_null (decoded);
  g_assert_error (error, LANYARD_ERROR, code);
}

static void
test_published (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (PUBLISHED); i++)
    {
      g_autofree char *text
          = lanyard_base45_encode (PUBLISHED[i].bytes, strlen (PUBLISHED[i].bytes));

      g_assert_cmpstr (text, ==, PUBLISHED[i].text);
      assert_decodes (PUBLISHED[i].text, PUBLISHED[i].bytes, strlen (PUBLISHED[i].bytes));
    }
}

/* RFC 9285 §6: a group above its range, a length of 3n+1, a character outside the alphabet. */
static void
test_refused (void)
{
  const char *const texts[]
      = { "GGW", "::", "A", "BB8B", "bb8", ":::", "BB8\n", "BB8 \xc3\xa4", "B_8", "BB8:::", "ZZ" };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    assert_refused (texts[i], 64, LANYARD_ERROR_INVALID);
  assert_decodes ("FGW", "\xff\xff", 2); /* one below GGW: the largest group */
  assert_decodes ("U5", "\xff", 1);
  assert_refused ("V5", 64, LANYARD_ERROR_INVALID);
}

static void
test_limits (void)
{
  g_autofree char *huge = g_strnfill (1 << 20, '%');

  assert_decodes ("", "", 0);
  assert_refused ("BB8", 1, LANYARD_ERROR_LIMIT);
  assert_refused ("00", 0, LANYARD_ERROR_LIMIT);
  assert_refused (huge, 768, LANYARD_ERROR_LIMIT); /* and not INVALID: nothing was decoded */
  for (gsize limit = 1; limit < 9; limit++)
    {
      g_autofree char *fits = lanyard_base45_encode ("\1\2\3\4\5\6\7\10\11", limit);
      g_autofree char *over = lanyard_base45_encode ("\1\2\3\4\5\6\7\10\11", limit + 1);
      g_autoptr (GBytes) decoded = lanyard_base45_decode (fits, limit, NULL);

      g_assert_cmpuint (g_bytes_get_size (decoded), ==, limit);
      assert_refused (over, limit, LANYARD_ERROR_LIMIT);
    }
}

/* Bytes come back: a walk through all pairs that ends on the last one, and every single byte. */
static void
test_round_trip (void)
{
  for (guint value = 0; value <= 0xffff; value += 15)
    {
      guint8 bytes[2] = { value >> 8, value & 0xff };
      g_autofree char *text = lanyard_base45_encode (bytes, 2);
      g_autoptr (GBytes) decoded = lanyard_base45_decode (text, 2, NULL);

      g_assert_cmpuint (strlen (text), ==, 3);
      g_assert_nonnull (decoded);
      g_assert_cmpmem (g_bytes_get_data (decoded, NULL), g_bytes_get_size (decoded), bytes, 2);
    }
  for (guint value = 0; value <= 0xff; value++)
    {
      guint8 byte = value;
      g_autofree char *text = lanyard_base45_encode (&byte, 1);

      g_assert_cmpuint (strlen (text), ==, 2);
      assert_decodes (text, &byte, 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sign/base45/published", test_published);
  g_test_add_func ("/sign/base45/refused", test_refused);
  g_test_add_func ("/sign/base45/limits", test_limits);
  g_test_add_func ("/sign/base45/round-trip", test_round_trip);
  return g_test_run ();
}
