/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-hash.h"

#include <string.h>

static void
test_hex (void)
{
  guint8 bytes[3];
  g_autofree char *text = NULL;

  g_assert_true (lanyard_hex_decode ("00aBff", bytes, 3));
  text = lanyard_hex_encode (bytes, 3);
  g_assert_cmpstr (text, ==, "00abff");
  g_assert_false (lanyard_hex_decode ("00abf", bytes, 3));
  g_assert_false (lanyard_hex_decode ("00abfg", bytes, 3));
  g_assert_false (lanyard_hex_decode ("00abff00", bytes, 3));
  g_assert_false (lanyard_hex_decode (NULL, bytes, 3));
}

/* Computed with b2sum of coreutils and kept for ever,
 * since journals are hashed with it: printf 'lanyard/test/1\0xyz' | b2sum -l 256 */
static void
test_golden (void)
{
  LanyardHash hash;
  g_autofree char *text = NULL;

  lanyard_hash_compute (&hash, "lanyard/test/1", "x", 1, "yz", 2);
  text = lanyard_hex_encode (hash.bytes, LANYARD_HASH_BYTES);
  g_assert_cmpstr (text, ==, "e5f60e55e4e389d80fe1d13ec5cd37afea29a8fc962608a9b91b2b44543609da");
}

static void
test_domains_differ (void)
{
  LanyardHash a, b;

  lanyard_hash_compute (&a, "lanyard/a", "x", 1, NULL, 0);
  lanyard_hash_compute (&b, "lanyard/b", "x", 1, NULL, 0);
  g_assert_false (lanyard_hash_equal (&a, &b));
  g_assert_false (lanyard_hash_is_zero (&a));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/hash/hex", test_hex);
  g_test_add_func ("/hash/golden", test_golden);
  g_test_add_func ("/hash/domains-differ", test_domains_differ);
  return g_test_run ();
}
