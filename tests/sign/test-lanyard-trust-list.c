/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lanyard-cbor.h"
#include "lanyard-cose.h"
#include "sign-fixture.h"

#define ROOT 1
#define HUB 2
#define DESK 3

typedef struct
{
  LanyardKey *root;
  LanyardKey *hub;
  LanyardKey *desk;
  LanyardTrustList *list; /* counter 7: hub and desk */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  LanyardTrustedKey keys[2];

  fixture->root = fixture_key (ROOT);
  fixture->hub = fixture_key (HUB);
  fixture->desk = fixture_key (DESK);
  keys[0] = fixture_trusted (fixture->hub, LANYARD_SCOPE_TRUST | LANYARD_SCOPE_RECEIPT);
  keys[1] = fixture_trusted (fixture->desk, LANYARD_SCOPE_BADGE | LANYARD_SCOPE_RECORDS);
  keys[1].device = 471;
  fixture->list = lanyard_trust_list_new (7, NOW_S, keys, 2);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  lanyard_key_unref (fixture->root);
  lanyard_key_unref (fixture->hub);
  lanyard_key_unref (fixture->desk);
  lanyard_trust_list_unref (fixture->list);
}

static LanyardTrustList *
load (Fixture *fixture, GBytes *bytes, const LanyardTrustList *previous, GError **error)
{
  return lanyard_trust_list_load (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                                  lanyard_key_get_public (fixture->root), previous, NOW_S, error);
}

static void
assert_load_fails (Fixture *fixture, GBytes *bytes, const LanyardTrustList *previous, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardTrustList) list = load (fixture, bytes, previous, &error);

  g_assert_null (list);
  g_assert_error (error, LANYARD_ERROR, code);
}

static GBytes *
sign_with_counter (Fixture *fixture, guint64 counter, const LanyardKey *key)
{
  g_autoptr (LanyardTrustList) list
      = lanyard_trust_list_new (counter, NOW_S, lanyard_trust_list_get_key (fixture->list, 0), 1);

  return lanyard_trust_list_sign (list, key);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = lanyard_trust_list_sign (fixture->list, fixture->root);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardTrustList) list = load (fixture, bytes, NULL, &error);
  g_autoptr (GBytes) again = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (lanyard_trust_list_get_counter (list), ==, 7);
  g_assert_cmpuint (lanyard_trust_list_get_n_keys (list), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      const LanyardTrustedKey *a = lanyard_trust_list_get_key (list, i);
      const LanyardTrustedKey *b = lanyard_trust_list_get_key (fixture->list, i);

      g_assert_cmpmem (a->key.bytes, 32, b->key.bytes, 32);
      g_assert_cmpuint (a->scopes, ==, b->scopes);
      g_assert_cmpuint (a->device, ==, b->device);
      g_assert_cmpint (a->not_before_s, ==, b->not_before_s);
      g_assert_cmpint (a->not_after_s, ==, b->not_after_s);
    }
  again = lanyard_trust_list_sign (list, fixture->root);
  g_assert_true (g_bytes_equal (bytes, again)); /* one list, one encoding */
}

static void
test_find (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardKey) stranger = fixture_key (9);
  const LanyardTrustedKey *found;
  LanyardKid kid;

  lanyard_key_get_kid (fixture->desk, &kid);
  found = lanyard_trust_list_find (fixture->list, &kid, LANYARD_SCOPE_BADGE, NOW_S, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (found->device, ==, 471);
  g_assert_nonnull (lanyard_trust_list_find (
      fixture->list, &kid, LANYARD_SCOPE_BADGE | LANYARD_SCOPE_INVITATION, NOW_S, NULL));

  g_assert_null (
      lanyard_trust_list_find (fixture->list, &kid, LANYARD_SCOPE_RECEIPT, NOW_S, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED);
  g_clear_error (&error);
  /* Validity: the first second counts, the last one does not. */
  g_assert_nonnull (lanyard_trust_list_find (fixture->list, &kid, LANYARD_SCOPE_BADGE,
                                             found->not_before_s, NULL));
  g_assert_null (lanyard_trust_list_find (fixture->list, &kid, LANYARD_SCOPE_BADGE,
                                          found->not_before_s - 1, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_EXPIRED);
  g_clear_error (&error);
  g_assert_nonnull (lanyard_trust_list_find (fixture->list, &kid, LANYARD_SCOPE_BADGE,
                                             found->not_after_s - 1, NULL));
  g_assert_null (lanyard_trust_list_find (fixture->list, &kid, LANYARD_SCOPE_BADGE,
                                          found->not_after_s, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_EXPIRED);
  g_clear_error (&error);

  lanyard_key_get_kid (stranger, &kid);
  g_assert_null (lanyard_trust_list_find (fixture->list, &kid, LANYARD_SCOPE_BADGE, NOW_S, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED);
}

/* Who adds a key a second time cannot widen what it may sign. */
static void
test_duplicates (Fixture *fixture, gconstpointer data)
{
  LanyardTrustedKey keys[2] = {
    fixture_trusted (fixture->desk, LANYARD_SCOPE_BADGE),
    fixture_trusted (fixture->desk, LANYARD_SCOPE_TRUST),
  };
  g_autoptr (LanyardTrustList) list = lanyard_trust_list_new (1, NOW_S, keys, 2);
  LanyardKid kid;

  lanyard_key_get_kid (fixture->desk, &kid);
  g_assert_nonnull (lanyard_trust_list_find (list, &kid, LANYARD_SCOPE_BADGE, NOW_S, NULL));
  g_assert_null (lanyard_trust_list_find (list, &kid, LANYARD_SCOPE_TRUST, NOW_S, NULL));
}

static void
test_signers (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) by_hub = sign_with_counter (fixture, 8, fixture->hub);
  g_autoptr (GBytes) by_desk = sign_with_counter (fixture, 8, fixture->desk);
  g_autoptr (LanyardTrustList) list = load (fixture, by_hub, fixture->list, NULL);

  g_assert_nonnull (list); /* a key of the list in force with SCOPE_TRUST */
  assert_load_fails (fixture, by_hub, NULL, LANYARD_ERROR_UNTRUSTED);
  assert_load_fails (fixture, by_desk, fixture->list, LANYARD_ERROR_UNTRUSTED);
  assert_load_fails (fixture, by_desk, NULL, LANYARD_ERROR_UNTRUSTED);
}

static void
test_rollback (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) older = sign_with_counter (fixture, 6, fixture->root);
  g_autoptr (GBytes) same = sign_with_counter (fixture, 7, fixture->root);
  g_autoptr (LanyardTrustList) list = load (fixture, same, fixture->list, NULL);

  g_assert_nonnull (list);
  assert_load_fails (fixture, older, fixture->list, LANYARD_ERROR_ROLLBACK); /* not even root's */
}

static void
test_other_content (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = lanyard_trust_list_sign (fixture->list, fixture->root);
  g_auto (LanyardCoseMessage) message = { 0 };
  g_autoptr (GBytes) negative = NULL;
  g_autoptr (GBytes) none = NULL;

  g_assert_true (lanyard_cose_parse (&message, g_bytes_get_data (bytes, NULL),
                                     g_bytes_get_size (bytes), 4096, NULL));
  negative = lanyard_cose_sign1 (fixture->root, "lanyard/negative", NULL, message.payload,
                                 message.n_payload);
  none = lanyard_cose_sign1 (fixture->root, NULL, NULL, message.payload, message.n_payload);
  assert_load_fails (fixture, negative, NULL, LANYARD_ERROR_SIGNATURE);
  assert_load_fails (fixture, none, NULL, LANYARD_ERROR_SIGNATURE);
}

static void
test_every_byte (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = lanyard_trust_list_sign (fixture->list, fixture->root);
  gsize n_bytes = g_bytes_get_size (bytes);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), n_bytes);

  for (gsize i = 0; i < n_bytes; i++)
    {
      g_autoptr (GBytes) altered = NULL;
      g_autoptr (GBytes) cut = g_bytes_new (copy, i);
      g_autoptr (LanyardTrustList) list = NULL;
      g_autoptr (LanyardTrustList) short_list = load (fixture, cut, NULL, NULL);

      copy[i] ^= 0x01;
      altered = g_bytes_new (copy, n_bytes);
      copy[i] ^= 0x01;
      list = load (fixture, altered, fixture->list, NULL);
      g_assert_null (list);
      g_assert_null (short_list);
    }
}

/* Payloads that are signed rightly and still make no sense. */
static void
test_nonsense (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    const char *hex;
    int code;
  } payloads[] = {
    { "80", LANYARD_ERROR_INVALID },
    { "A0", LANYARD_ERROR_INVALID },
    { "A301010200", LANYARD_ERROR_INVALID },
    { "A3010702000380", 0 }, /* sound, and empty */
    { "A301070200038180", LANYARD_ERROR_INVALID },
    { "A3012602000380", LANYARD_ERROR_INVALID },
    { "A301070200039A7FFFFFFF", LANYARD_ERROR_INVALID },
    { "A301070238630380", LANYARD_ERROR_LIMIT },
    /* A key whose validity ends when it begins. */
    { "A3010702000381855820d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a0100050"
      "5",
      LANYARD_ERROR_INVALID },
    /* A key of 31 bytes. */
    { "A301070200038185581f5a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a01000506",
      LANYARD_ERROR_INVALID },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (payloads); i++)
    {
      g_autoptr (GBytes) payload = fixture_unhex (payloads[i].hex);
      g_autoptr (GBytes) bytes
          = lanyard_cose_sign1 (fixture->root, "lanyard/trust", NULL,
                                g_bytes_get_data (payload, NULL), g_bytes_get_size (payload));
      g_autoptr (LanyardTrustList) list = NULL;

      g_test_message ("%s", payloads[i].hex);
      if (payloads[i].code != 0)
        assert_load_fails (fixture, bytes, NULL, payloads[i].code);
      else
        {
          list = load (fixture, bytes, NULL, NULL);
          g_assert_cmpuint (lanyard_trust_list_get_n_keys (list), ==, 0);
        }
    }
}

static void
test_open (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = lanyard_cose_sign1 (fixture->hub, "lanyard/receipt", NULL, "\x80", 1);
  g_autoptr (GError) error = NULL;
  const guint8 *message = g_bytes_get_data (bytes, NULL);
  gsize n_bytes = g_bytes_get_size (bytes);
  const guint8 *payload = NULL;
  gsize n_payload = 0;

#define OPEN(scope, content, limit, at)                                                            \
  lanyard_trust_list_open (fixture->list, scope, content, NULL, message, n_bytes, limit, at,       \
                           &payload, &n_payload, &error)
  g_assert_nonnull (OPEN (LANYARD_SCOPE_RECEIPT, "lanyard/receipt", 1024, NOW_S));
  g_assert_cmpmem (payload, n_payload, "\x80", 1);
  g_assert_null (OPEN (LANYARD_SCOPE_BADGE, "lanyard/receipt", 1024, NOW_S));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_UNTRUSTED);
  g_clear_error (&error);
  g_assert_null (OPEN (LANYARD_SCOPE_RECEIPT, "lanyard/batch", 1024, NOW_S));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_SIGNATURE);
  g_clear_error (&error);
  g_assert_null (OPEN (LANYARD_SCOPE_RECEIPT, "lanyard/receipt", n_bytes - 1, NOW_S));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT);
  g_clear_error (&error);
  g_assert_null (OPEN (LANYARD_SCOPE_RECEIPT, "lanyard/receipt", 1024, NOW_S + 31 * DAY_S));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_EXPIRED);
#undef OPEN
}

int
main (int argc, char **argv)
{
#define ADD(name, function)                                                                        \
  g_test_add ("/sign/trust-list/" name, Fixture, NULL, set_up, function, tear_down)
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  ADD ("round-trip", test_round_trip);
  ADD ("find", test_find);
  ADD ("duplicates", test_duplicates);
  ADD ("signers", test_signers);
  ADD ("rollback", test_rollback);
  ADD ("other-content", test_other_content);
  ADD ("every-byte", test_every_byte);
  ADD ("nonsense", test_nonsense);
  ADD ("open", test_open);
  return g_test_run ();
}
