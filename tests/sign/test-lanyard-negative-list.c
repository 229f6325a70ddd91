/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lanyard-cose.h"
#include "sign-fixture.h"

typedef struct
{
  LanyardKey *hub;
  LanyardTrustList *trust;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->hub = fixture_key (2);
  fixture->trust = fixture_trust (fixture->hub, LANYARD_SCOPE_DIRECTORY);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  lanyard_key_unref (fixture->hub);
  lanyard_trust_list_unref (fixture->trust);
}

static LanyardNegativeList *
load (Fixture *fixture, GBytes *bytes, const LanyardNegativeList *previous, GError **error)
{
  return lanyard_negative_list_load (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                     fixture->trust, previous, NOW_S, error);
}

static void
assert_load_fails (Fixture *fixture, const char *payload_hex, int code)
{
  g_autoptr (GBytes) payload = fixture_unhex (payload_hex);
  g_autoptr (GBytes) bytes
      = lanyard_cose_sign1 (fixture->hub, "lanyard/negative", NULL,
                            g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardNegativeList) list = load (fixture, bytes, NULL, &error);

  g_assert_null (list);
  g_assert_error (error, LANYARD_ERROR, code);
}

static LanyardNegativeList *
make_list (guint64 counter)
{
  LanyardNegativeList *list = lanyard_negative_list_new (counter, NOW_S - 60);

  lanyard_negative_list_add (list, "310000020A", 3);
  lanyard_negative_list_add (list, "310000010B", 2);
  lanyard_negative_list_add (list, "31000001", 4);
  lanyard_negative_list_add (list, "310000010B", 1); /* lower: changes nothing */
  lanyard_negative_list_add (list, "310000030C", G_MAXUINT32);
  return list;
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardNegativeList) made = make_list (12);
  g_autoptr (GBytes) bytes = lanyard_negative_list_sign (made, fixture->hub);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardNegativeList) list = load (fixture, bytes, NULL, &error);
  g_autoptr (LanyardNegativeList) shared = NULL;

  g_assert_no_error (error);
  shared = lanyard_negative_list_ref (list);
  g_assert_cmpuint (lanyard_negative_list_get_counter (shared), ==, 12);
  g_assert_cmpint (lanyard_negative_list_get_issued_s (shared), ==, NOW_S - 60);
  g_assert_cmpuint (lanyard_negative_list_get_size (shared), ==, 4);
  g_assert_cmpuint (lanyard_negative_list_lookup (shared, "310000010B"), ==, 2);
  g_assert_cmpuint (lanyard_negative_list_lookup (shared, "310000020A"), ==, 3);
  g_assert_cmpuint (lanyard_negative_list_lookup (shared, "31000001"), ==, 4);
  g_assert_cmpuint (lanyard_negative_list_lookup (shared, "310000030C"), ==, G_MAXUINT32);
  g_assert_cmpuint (lanyard_negative_list_lookup (shared, "310000040D"), ==, 0);
}

/* Void badges whose sequence is no lower than that of an open one are named. */
static void
test_serials (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardNegativeList) made = make_list (12);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardNegativeList) list = NULL;

  lanyard_negative_list_add_serial (made, "K0472-000001X");
  lanyard_negative_list_add_serial (made, "K0471-000009A");
  lanyard_negative_list_add_serial (made, "K0471-000009A");
  bytes = lanyard_negative_list_sign (made, fixture->hub);
  list = load (fixture, bytes, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (lanyard_negative_list_has_serial (list, "K0472-000001X"));
  g_assert_true (lanyard_negative_list_has_serial (list, "K0471-000009A"));
  g_assert_false (lanyard_negative_list_has_serial (list, "K0471-000009"));
  g_assert_cmpuint (lanyard_negative_list_lookup (list, "310000010B"), ==, 2);
}

static void
test_rollback (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardNegativeList) in_force = make_list (12);
  g_autoptr (LanyardNegativeList) older = make_list (11);
  g_autoptr (GBytes) same_bytes = lanyard_negative_list_sign (in_force, fixture->hub);
  g_autoptr (GBytes) older_bytes = lanyard_negative_list_sign (older, fixture->hub);
  g_autoptr (LanyardNegativeList) same = load (fixture, same_bytes, in_force, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (same);
  g_assert_null (load (fixture, older_bytes, in_force, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_ROLLBACK);
}

static void
test_scope (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardNegativeList) made = make_list (12);
  g_autoptr (GBytes) bytes = lanyard_negative_list_sign (made, fixture->hub);
  g_autoptr (LanyardTrustList) badge_only
      = fixture_trust (fixture->hub, LANYARD_SCOPE_BADGE | LANYARD_SCOPE_RECORDS);
  g_autoptr (GError) error = NULL;

  g_assert_null (lanyard_negative_list_load (
      g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), badge_only, NULL, NOW_S, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED);
}

static void
test_every_byte (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardNegativeList) made = make_list (12);
  g_autoptr (GBytes) bytes = lanyard_negative_list_sign (made, fixture->hub);
  gsize n_bytes = g_bytes_get_size (bytes);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), n_bytes);

  for (gsize i = 0; i < n_bytes; i++)
    {
      g_autoptr (GBytes) cut = g_bytes_new (copy, i);
      g_autoptr (GBytes) altered = NULL;

      copy[i] ^= 0x20;
      altered = g_bytes_new (copy, n_bytes);
      copy[i] ^= 0x20;
      g_assert_null (load (fixture, altered, NULL, NULL));
      g_assert_null (load (fixture, cut, NULL, NULL));
    }
}

static void
test_nonsense (Fixture *fixture, gconstpointer data)
{
  assert_load_fails (fixture, "A0", LANYARD_ERROR_INVALID);
  assert_load_fails (fixture, "A3010102000381820101", LANYARD_ERROR_INVALID); /* number no text */
  /* "A" twice; then "B" before "A"; then a row of one part. */
  assert_load_fails (fixture, "A30101020003828261410182614102", LANYARD_ERROR_INVALID);
  assert_load_fails (fixture, "A30101020003828261420182614101", LANYARD_ERROR_INVALID);
  assert_load_fails (fixture, "A301010200038181614101", LANYARD_ERROR_INVALID);
  /* No serials at all; "B" before "A"; "A" twice; a fifth member. */
  assert_load_fails (fixture,
                     "A401010200038004"
                     "80",
                     LANYARD_ERROR_INVALID);
  assert_load_fails (fixture,
                     "A401010200038004"
                     "8261426141",
                     LANYARD_ERROR_INVALID);
  assert_load_fails (fixture,
                     "A401010200038004"
                     "8261416141",
                     LANYARD_ERROR_INVALID);
  assert_load_fails (fixture,
                     "A501010200038004"
                     "8161410500",
                     LANYARD_ERROR_LIMIT);
  assert_load_fails (fixture,
                     "A3010102000381826141"
                     "1B0000000100000000",
                     LANYARD_ERROR_LIMIT);
}

int
main (int argc, char **argv)
{
#define ADD(name, function)                                                                        \
  g_test_add ("/sign/negative-list/" name, Fixture, NULL, set_up, function, tear_down)
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  ADD ("round-trip", test_round_trip);
  ADD ("serials", test_serials);
  ADD ("rollback", test_rollback);
  ADD ("scope", test_scope);
  ADD ("every-byte", test_every_byte);
  ADD ("nonsense", test_nonsense);
  return g_test_run ();
}
