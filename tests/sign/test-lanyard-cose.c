/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "lanyard-cbor.h"
#include "lanyard-cose.h"
#include "sign-fixture.h"

#define LIMIT 1024

/* Public key and message of eddsa-sig-01.json ("EdDSA - 25519 - sign0") of the COSE working group's
 * examples, https://github.com/cose-wg/Examples/blob/master/eddsa-examples/eddsa-sig-01.json */
#define EDDSA_PUBLIC "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
#define EDDSA_SEED "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
#define EDDSA_SIG_01                                                                               \
  "D28445A201270300A10442313154546869732069732074686520636F6E74656E742E58407142FD2FF96D56DB85BEE9" \
  "05A76BA1D0B7321A95C8C4D3607C5781932B7AFB8711497DFA751BF40B58B3BCC32300B1487F3DB34085EEF013BF08" \
  "F4A44D6FEF0D"

/* The ES256 messages of the same examples, folder sign1-tests, all of which are to be refused here:
 * the ones that pass there too, since the only algorithm is EdDSA. */
static const struct
{
  const char *name;
  const char *hex;
  int code;
} ES256[] = {
  { "sign-fail-01",
    "D903E68443A10126A10442313154546869732069732074686520636F6E74656E742E58408EB33E4CA31D1C465AB05A"
    "AC34CC6B23D58FEF5C083106C4D25A91AEF0B0117E2AF9A291AA32E14AB834DC56ED2A223444547E01F11D3B0916E5"
    "A4C345CACB36",
    LANYARD_ERROR_INVALID },
  { "sign-fail-02",
    "D28443A10126A10442313154546869732069732074686520636F6E74656E742F58408EB33E4CA31D1C465AB05AAC34"
    "CC6B23D58FEF5C083106C4D25A91AEF0B0117E2AF9A291AA32E14AB834DC56ED2A223444547E01F11D3B0916E5A4C3"
    "45CACB36",
    LANYARD_ERROR_SIGNATURE },
  { "sign-fail-03",
    "D28445A1013903E6A10442313154546869732069732074686520636F6E74656E742E58408EB33E4CA31D1C465AB05A"
    "AC34CC6B23D58FEF5C083106C4D25A91AEF0B0117E2AF9A291AA32E14AB834DC56ED2A223444547E01F11D3B0916E5"
    "A4C345CACB36",
    LANYARD_ERROR_SIGNATURE },
  { "sign-fail-04",
    "D2844AA10167756E6B6E6F776EA10442313154546869732069732074686520636F6E74656E742E58408EB33E4CA31D"
    "1C465AB05AAC34CC6B23D58FEF5C083106C4D25A91AEF0B0117E2AF9A291AA32E14AB834DC56ED2A223444547E01F1"
    "1D3B0916E5A4C345CACB36",
    LANYARD_ERROR_SIGNATURE },
  { "sign-fail-06",
    "D28445A201260300A10442313154546869732069732074686520636F6E74656E742E58408EB33E4CA31D1C465AB05A"
    "AC34CC6B23D58FEF5C083106C4D25A91AEF0B0117E2AF9A291AA32E14AB834DC56ED2A223444547E01F11D3B0916E5"
    "A4C345CACB36",
    LANYARD_ERROR_SIGNATURE },
  { "sign-fail-07",
    "D28443A10126A10442313154546869732069732074686520636F6E74656E742E58406520BBAF2081D7E0ED0F95F76E"
    "B0733D667005F7467CEC4B87B9381A6BA1EDE8E00DF29F32A37230F39A842A54821FDD223092819D7728EFB9D3A008"
    "0B75380B",
    LANYARD_ERROR_SIGNATURE },
  { "sign-pass-01",
    "D28441A0A201260442313154546869732069732074686520636F6E74656E742E584087DB0D2E5571843B78AC33ECB2"
    "830DF7B6E0A4D5B7376DE336B23C591C90C425317E56127FBE04370097CE347087B233BF722B64072BEB4486BDA403"
    "1D27244F",
    LANYARD_ERROR_SIGNATURE },
};

static void
assert_parse_fails (const char *hex, int code)
{
  g_autoptr (GBytes) bytes = fixture_unhex (hex);
  g_autoptr (GError) error = NULL;
  g_auto (LanyardCoseMessage) message = { 0 };

  g_assert_false (lanyard_cose_parse (&message, g_bytes_get_data (bytes, NULL),
                                      g_bytes_get_size (bytes), LIMIT, &error));
  g_assert_error (error, LANYARD_ERROR, code);
}

static gboolean
opens (const guint8 *data,
       gsize n_bytes,
       const LanyardPublicKey *key,
       const char *content,
       GBytes *external_aad)
{
  g_auto (LanyardCoseMessage) message = { 0 };
  g_autoptr (GError) error = NULL;
  gboolean done = lanyard_cose_parse (&message, data, n_bytes, LIMIT, &error)
                  && lanyard_cose_verify (&message, key, content, external_aad, &error);

  g_assert_true (done == (error == NULL));
  return done;
}

static void
test_published (void)
{
  g_autoptr (GBytes) bytes = fixture_unhex (EDDSA_SIG_01);
  g_autoptr (GBytes) seed = fixture_unhex (EDDSA_SEED);
  g_autoptr (LanyardKey) key = lanyard_key_new_from_seed (g_bytes_get_data (seed, NULL));
  g_auto (LanyardCoseMessage) message = { 0 };
  LanyardPublicKey public;
  g_autoptr (GError) error = NULL;

  g_assert_true (lanyard_hex_decode (EDDSA_PUBLIC, public.bytes, sizeof public.bytes));
  g_assert_cmpmem (lanyard_key_get_public (key)->bytes, 32, public.bytes, 32);

  lanyard_cose_parse (&message, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), LIMIT,
                      &error);
  g_assert_no_error (error);
  g_assert_true (message.tagged);
  g_assert_false (message.has_kid); /* "11" is no name of a key here */
  g_assert_cmpstr (message.content, ==, "0");
  g_assert_cmpmem (message.payload, message.n_payload, "This is the content.", 20);
  lanyard_cose_verify (&message, &public, "0", NULL, &error);
  g_assert_no_error (error);
  g_assert_false (lanyard_cose_verify (&message, &public, NULL, NULL, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_SIGNATURE);
}

static void
test_other_algorithms (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ES256); i++)
    {
      g_test_message ("%s", ES256[i].name);
      assert_parse_fails (ES256[i].hex, ES256[i].code);
    }
}

static void
test_round_trip (void)
{
  g_autoptr (LanyardKey) key = fixture_key (1);
  g_autoptr (LanyardKey) other = fixture_key (2);
  g_autoptr (GBytes) aad = g_bytes_new_static ("aad", 3);
  g_autoptr (GBytes) signed_with = lanyard_cose_sign1 (key, "lanyard/receipt", aad, "payload", 7);
  const guint8 *data = g_bytes_get_data (signed_with, NULL);
  gsize n_bytes = g_bytes_get_size (signed_with);
  const LanyardPublicKey *public = lanyard_key_get_public (key);

  g_assert_true (opens (data, n_bytes, public, "lanyard/receipt", aad));
  g_assert_false (opens (data, n_bytes, public, "lanyard/receipt", NULL));
  g_assert_false (opens (data, n_bytes, public, "lanyard/batch", aad));
  g_assert_false (opens (data, n_bytes, public, NULL, aad));
  g_assert_false (opens (data, n_bytes, lanyard_key_get_public (other), "lanyard/receipt", aad));
  g_assert_true (opens (data + 1, n_bytes - 1, public, "lanyard/receipt", aad)); /* untagged */
}

/* Not one bit of a signed message may change: what is not signed may not be there. */
static void
test_every_bit (void)
{
  g_autoptr (LanyardKey) key = fixture_key (1);
  g_autoptr (GBytes) bytes = lanyard_cose_sign1 (key, "lanyard/receipt", NULL, "payload", 7);
  gsize n_bytes = g_bytes_get_size (bytes);
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (bytes, NULL), n_bytes);
  LanyardKid kid;

  lanyard_key_get_kid (key, &kid);
  for (gsize bit = 0; bit < n_bytes * 8; bit++)
    {
      g_auto (LanyardCoseMessage) message = { 0 };

      data[bit / 8] ^= 1 << bit % 8;
      /* The key's name is only a hint: who changes it makes us look for another key. */
      if (lanyard_cose_parse (&message, data, n_bytes, LIMIT, NULL) && message.has_kid
          && memcmp (&message.kid, &kid, sizeof kid) == 0)
        g_assert_false (lanyard_cose_verify (&message, lanyard_key_get_public (key),
                                             "lanyard/receipt", NULL, NULL));
      data[bit / 8] ^= 1 << bit % 8;
    }
  for (gsize length = 0; length < n_bytes; length++)
    g_assert_false (opens (data, length, lanyard_key_get_public (key), "lanyard/receipt", NULL));
}

/* Heads of messages that do not get as far as a signature. */
static void
test_refused_headers (void)
{
#define TAIL                                                                                       \
  "4161"                                                                                           \
  "5840"                                                                                           \
  "00000000000000000000000000000000000000000000000000000000000000000000"                           \
  "000000000000000000000000000000000000000000000000000000000000"
  assert_parse_fails ("8440A0" TAIL, LANYARD_ERROR_SIGNATURE);   /* no algorithm */
  assert_parse_fails ("8441A0A0" TAIL, LANYARD_ERROR_SIGNATURE); /* no algorithm */
  assert_parse_fails ("8447A20127028118"
                      "2AA0" TAIL,
                      LANYARD_ERROR_SIGNATURE);                          /* crit [42] */
  assert_parse_fails ("8446A20127182A00A0" TAIL, LANYARD_ERROR_INVALID); /* unknown 42 */
  assert_parse_fails ("8446A201270127A0" TAIL, LANYARD_ERROR_INVALID);   /* alg twice */
  assert_parse_fails ("8444A1013807A0" TAIL, LANYARD_ERROR_INVALID);     /* -8 in two bytes */
  assert_parse_fails ("8443A10127A10127" TAIL, LANYARD_ERROR_LIMIT);     /* alg unprotected */
  assert_parse_fails ("8443A10127A105"
                      "4100" TAIL,
                      LANYARD_ERROR_LIMIT); /* unprotected IV */
  assert_parse_fails ("8348A10127A0" TAIL, LANYARD_ERROR_INVALID);
  assert_parse_fails ("8445A201270361"
                      "61A0" TAIL,
                      LANYARD_ERROR_INVALID);                           /* "a": no media type */
  assert_parse_fails ("8443A10127A0F65840", LANYARD_ERROR_INVALID);     /* cut off */
  assert_parse_fails ("9F43A10127A0" TAIL "FF", LANYARD_ERROR_INVALID); /* indefinite length */
#undef TAIL
}

static void
test_limits (void)
{
  g_autoptr (LanyardKey) key = fixture_key (1);
  g_autofree char *payload = g_strnfill (LIMIT, 'x');
  g_autoptr (GBytes) bytes = lanyard_cose_sign1 (key, NULL, NULL, payload, LIMIT);
  g_autofree guint8 *deep = g_malloc (LIMIT);
  g_auto (LanyardCoseMessage) message = { 0 };
  g_autoptr (GError) error = NULL;

  g_assert_false (lanyard_cose_parse (&message, g_bytes_get_data (bytes, NULL),
                                      g_bytes_get_size (bytes), LIMIT, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT);
  g_clear_error (&error);

  memset (deep, 0x81, LIMIT); /* an array in an array in an array … */
  g_assert_false (lanyard_cose_parse (&message, deep, LIMIT, LIMIT, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/sign/cose/published", test_published);
  g_test_add_func ("/sign/cose/other-algorithms", test_other_algorithms);
  g_test_add_func ("/sign/cose/round-trip", test_round_trip);
  g_test_add_func ("/sign/cose/every-bit", test_every_bit);
  g_test_add_func ("/sign/cose/refused-headers", test_refused_headers);
  g_test_add_func ("/sign/cose/limits", test_limits);
  return g_test_run ();
}
