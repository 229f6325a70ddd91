/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <qrencode.h>
#include <string.h>

#include "lanyard-base45.h"
#include "lanyard-cbor.h"
#include "lanyard-cose.h"
#include "sign-fixture.h"

#define EVENT "VELTA31"

typedef struct
{
  LanyardKey *hub;  /* invitations */
  LanyardKey *desk; /* badges */
  LanyardTrustList *trust;
  LanyardClaims *badge;
  LanyardClaims *invitation;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  const char *const privileges[] = { "BLU", "RED", "WHT", "2", "4", "T3", NULL };
  LanyardTrustedKey keys[2];

  fixture->hub = fixture_key (2);
  fixture->desk = fixture_key (3);
  keys[0] = fixture_trusted (fixture->hub, LANYARD_SCOPE_INVITATION);
  keys[1] = fixture_trusted (fixture->desk, LANYARD_SCOPE_BADGE);
  fixture->trust = lanyard_trust_list_new (7, NOW_S, keys, 2);

  fixture->badge = lanyard_claims_new ();
  fixture->badge->kind = LANYARD_CREDENTIAL_BADGE;
  fixture->badge->event = g_strdup (EVENT);
  fixture->badge->number = g_strdup ("310004711X");
  fixture->badge->serial = g_strdup ("K0471-000123Z");
  fixture->badge->sequence = 2;
  fixture->badge->category = g_strdup ("E");
  g_strfreev (fixture->badge->privileges);
  fixture->badge->privileges = g_strdupv ((char **)privileges);
  fixture->badge->issued_s = NOW_S - DAY_S;
  fixture->badge->expires_s = NOW_S + 20 * DAY_S;

  fixture->invitation = lanyard_claims_new ();
  fixture->invitation->kind = LANYARD_CREDENTIAL_INVITATION;
  fixture->invitation->event = g_strdup (EVENT);
  fixture->invitation->number = g_strdup ("310004711X");
  fixture->invitation->issued_s = NOW_S - DAY_S;
  fixture->invitation->expires_s = NOW_S + 20 * DAY_S;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  lanyard_key_unref (fixture->hub);
  lanyard_key_unref (fixture->desk);
  lanyard_trust_list_unref (fixture->trust);
  lanyard_claims_free (fixture->badge);
  lanyard_claims_free (fixture->invitation);
}

static void
assert_refused_at (Fixture *fixture, const char *text, gint64 now_s, int code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardClaims) claims
      = lanyard_credential_verify (text, EVENT, fixture->trust, NULL, now_s, &error);

  g_assert_null (claims);
  g_assert_error (error, LANYARD_ERROR, code);
}

static void
assert_refused (Fixture *fixture, const char *text, int code)
{
  assert_refused_at (fixture, text, NOW_S, code);
}

/* A credential with any payload and any content type. */
static char *
sign_payload (const LanyardKey *key, const char *content, const void *payload, gsize n_payload)
{
  g_autoptr (GBytes) message = lanyard_cose_sign1 (key, content, NULL, payload, n_payload);
  const guint8 *data = g_bytes_get_data (message, NULL);
  g_autofree char *text = lanyard_base45_encode (data + 1, g_bytes_get_size (message) - 1);

  return g_strconcat (LANYARD_CREDENTIAL_PREFIX, text, NULL);
}

static GBytes *
payload_of (const char *text)
{
  g_autoptr (GBytes) bytes = lanyard_base45_decode (text + 4, LANYARD_CREDENTIAL_MAX_BYTES, NULL);
  g_auto (LanyardCoseMessage) message = { 0 };

  g_assert_true (lanyard_cose_parse (&message, g_bytes_get_data (bytes, NULL),
                                     g_bytes_get_size (bytes), LANYARD_CREDENTIAL_MAX_BYTES, NULL));
  return g_bytes_new (message.payload, message.n_payload);
}

static void
test_round_trip (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = lanyard_credential_sign (fixture->badge, fixture->desk);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardClaims) claims
      = lanyard_credential_verify (text, EVENT, fixture->trust, NULL, NOW_S, &error);
  g_autoptr (LanyardClaims) copy = NULL;
  LanyardKid kid;

  g_assert_no_error (error);
  copy = lanyard_claims_copy (claims);
  g_assert_cmpint (copy->kind, ==, LANYARD_CREDENTIAL_BADGE);
  g_assert_cmpstr (copy->event, ==, EVENT);
  g_assert_cmpstr (copy->number, ==, "310004711X");
  g_assert_cmpstr (copy->serial, ==, "K0471-000123Z");
  g_assert_cmpuint (copy->sequence, ==, 2);
  g_assert_cmpstr (copy->category, ==, "E");
  g_assert_true (g_strv_equal ((const char *const *)copy->privileges,
                               (const char *const *)fixture->badge->privileges));
  g_assert_null (copy->name);
  g_assert_cmpint (copy->issued_s, ==, fixture->badge->issued_s);
  g_assert_cmpint (copy->expires_s, ==, fixture->badge->expires_s);
  lanyard_key_get_kid (fixture->desk, &kid);
  g_assert_cmpmem (copy->kid.bytes, 8, kid.bytes, 8);
}

static void
test_round_trip_invitation (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_autoptr (LanyardClaims) claims = NULL;
  g_autoptr (GError) error = NULL;

  fixture->invitation->name = g_strdup ("Đặng Thị Zoë");
  text = lanyard_credential_sign (fixture->invitation, fixture->hub);
  claims = lanyard_credential_verify (text, EVENT, fixture->trust, NULL, NOW_S, &error);
  g_assert_no_error (error);
  g_assert_cmpint (claims->kind, ==, LANYARD_CREDENTIAL_INVITATION);
  g_assert_cmpstr (claims->name, ==, "Đặng Thị Zoë");
  g_assert_null (claims->serial);
  g_assert_null (claims->category);
  g_assert_cmpuint (g_strv_length (claims->privileges), ==, 0);
}

/* What a desk can sign without a line must not become unreadable: 53 modules are 26 mm at 300 dpi,
 * which is what templates have room for (DESIGN §6). */
static void
test_size (Fixture *fixture, gconstpointer data)
{
  g_autofree char *badge = lanyard_credential_sign (fixture->badge, fixture->desk);
  g_autofree char *invitation = lanyard_credential_sign (fixture->invitation, fixture->hub);
  const char *const texts[] = { badge, invitation };

  for (gsize i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (GBytes) bytes = lanyard_base45_decode (texts[i] + 4, 768, NULL);
      QRcode *code = QRcode_encodeString (texts[i], 0, QR_ECLEVEL_M, QR_MODE_8, 1);

      g_assert_nonnull (code);
      g_test_message ("%s: %" G_GSIZE_FORMAT " bytes, %" G_GSIZE_FORMAT
                      " characters, %d modules at level M",
                      i == 0 ? "badge" : "invitation", g_bytes_get_size (bytes), strlen (texts[i]),
                      code->width);
      g_assert_cmpint (code->width, <=, i == 0 ? 53 : 49);
      QRcode_free (code);
    }
}

/* Not one character may change, and nothing may be cut off or added. */
static void
test_every_character (Fixture *fixture, gconstpointer data)
{
  static const char alphabet[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";
  g_autofree char *text = lanyard_credential_sign (fixture->badge, fixture->desk);
  gsize length = strlen (text);
  g_autofree char *longer = g_strconcat (text, "00", NULL);
  g_autofree char *spaced = g_strconcat (text, " ", NULL);

  for (gsize i = 0; i < length; i++)
    {
      g_autofree char *altered = g_strdup (text);
      g_autofree char *cut = g_strndup (text, i);

      altered[i] = alphabet[(strchr (alphabet, text[i]) - alphabet + 1) % 45];
      g_assert_null (lanyard_credential_verify (altered, EVENT, fixture->trust, NULL, NOW_S, NULL));
      g_assert_null (lanyard_credential_verify (cut, EVENT, fixture->trust, NULL, NOW_S, NULL));
    }
  g_assert_null (lanyard_credential_verify (longer, EVENT, fixture->trust, NULL, NOW_S, NULL));
  g_assert_null (lanyard_credential_verify (spaced, EVENT, fixture->trust, NULL, NOW_S, NULL));
}

/* The same on the decoded bytes: every one of them with every single bit the other way. */
static void
test_every_bit (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = lanyard_credential_sign (fixture->badge, fixture->desk);
  g_autoptr (GBytes) bytes = lanyard_base45_decode (text + 4, 768, NULL);
  gsize n_bytes = g_bytes_get_size (bytes);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), n_bytes);

  for (gsize bit = 0; bit < n_bytes * 8; bit++)
    {
      g_autofree char *encoded = NULL;
      g_autofree char *altered = NULL;

      copy[bit / 8] ^= 1 << bit % 8;
      encoded = lanyard_base45_encode (copy, n_bytes);
      altered = g_strconcat (LANYARD_CREDENTIAL_PREFIX, encoded, NULL);
      copy[bit / 8] ^= 1 << bit % 8;
      g_assert_null (lanyard_credential_verify (altered, EVENT, fixture->trust, NULL, NOW_S, NULL));
    }
}

static void
test_keys (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LanyardKey) stranger = fixture_key (9);
  g_autofree char *by_stranger = lanyard_credential_sign (fixture->badge, stranger);
  g_autofree char *badge_by_hub = lanyard_credential_sign (fixture->badge, fixture->hub);
  g_autofree char *invitation_by_desk
      = lanyard_credential_sign (fixture->invitation, fixture->desk);
  g_autofree char *badge = lanyard_credential_sign (fixture->badge, fixture->desk);
  LanyardTrustedKey tomorrow = fixture_trusted (fixture->desk, LANYARD_SCOPE_BADGE);
  g_autoptr (LanyardTrustList) not_yet = NULL;
  g_autoptr (GError) error = NULL;

  assert_refused (fixture, by_stranger, LANYARD_ERROR_UNTRUSTED);
  assert_refused (fixture, badge_by_hub, LANYARD_ERROR_UNTRUSTED);
  assert_refused (fixture, invitation_by_desk, LANYARD_ERROR_UNTRUSTED);

  tomorrow.not_before_s = NOW_S + 1;
  not_yet = lanyard_trust_list_new (8, NOW_S, &tomorrow, 1);
  g_assert_null (lanyard_credential_verify (badge, EVENT, not_yet, NULL, NOW_S, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_EXPIRED);
}

/* A key that is on the list under somebody else's name signs nothing. */
static void
test_wrong_kid (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = lanyard_credential_sign (fixture->badge, fixture->desk);
  g_autoptr (GBytes) bytes = lanyard_base45_decode (text + 4, 768, NULL);
  gsize n_bytes = g_bytes_get_size (bytes);
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), n_bytes);
  g_autofree char *encoded = NULL;
  g_autofree char *renamed = NULL;
  LanyardKid kid;

  lanyard_key_get_kid (fixture->hub, &kid);
  g_assert_cmpmem (copy + 5, 3, "\xa1\x04\x48", 3); /* unprotected {4: 8 bytes} */
  memcpy (copy + 8, kid.bytes, sizeof kid.bytes);
  encoded = lanyard_base45_encode (copy, n_bytes);
  renamed = g_strconcat (LANYARD_CREDENTIAL_PREFIX, encoded, NULL);
  assert_refused (fixture, renamed, LANYARD_ERROR_SIGNATURE);
}

static void
test_time_and_event (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = lanyard_credential_sign (fixture->badge, fixture->desk);
  g_autoptr (LanyardClaims) last = lanyard_credential_verify (text, EVENT, fixture->trust, NULL,
                                                              fixture->badge->expires_s - 1, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (last);
  assert_refused_at (fixture, text, fixture->badge->expires_s, LANYARD_ERROR_EXPIRED);
  g_assert_null (lanyard_credential_verify (text, "VELTA35", fixture->trust, NULL, NOW_S, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_REFUSED);
}

static void
test_revoked (Fixture *fixture, gconstpointer data)
{
  g_autofree char *badge = lanyard_credential_sign (fixture->badge, fixture->desk);
  g_autofree char *invitation = lanyard_credential_sign (fixture->invitation, fixture->hub);
  g_autoptr (LanyardNegativeList) two = lanyard_negative_list_new (1, NOW_S);
  g_autoptr (LanyardNegativeList) three = lanyard_negative_list_new (2, NOW_S);
  g_autoptr (LanyardClaims) good = NULL;
  g_autoptr (LanyardClaims) invited = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_negative_list_add (two, fixture->badge->number, 2);
  lanyard_negative_list_add (three, fixture->badge->number, 3);
  good = lanyard_credential_verify (badge, EVENT, fixture->trust, two, NOW_S, &error);
  g_assert_no_error (error);
  g_assert_nonnull (good);
  g_assert_null (lanyard_credential_verify (badge, EVENT, fixture->trust, three, NOW_S, &error));
  g_assert_error (error, LANYARD_ERROR, LANYARD_ERROR_REVOKED);
  /* The list voids badges; the invitation is still how their holder asks for the next one. */
  invited = lanyard_credential_verify (invitation, EVENT, fixture->trust, three, NOW_S, NULL);
  g_assert_nonnull (invited);
}

static void
test_other_messages (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = lanyard_credential_sign (fixture->badge, fixture->desk);
  g_autoptr (GBytes) payload = payload_of (text);
  g_autoptr (GBytes) tagged
      = lanyard_cose_sign1 (fixture->desk, NULL, NULL, g_bytes_get_data (payload, NULL),
                            g_bytes_get_size (payload));
  g_autofree char *tagged_text
      = lanyard_base45_encode (g_bytes_get_data (tagged, NULL), g_bytes_get_size (tagged));
  g_autofree char *with_tag = g_strconcat (LANYARD_CREDENTIAL_PREFIX, tagged_text, NULL);
  g_autofree char *receipt
      = sign_payload (fixture->desk, "lanyard/receipt", g_bytes_get_data (payload, NULL),
                      g_bytes_get_size (payload));
  g_autofree char *huge = g_strnfill (LANYARD_CREDENTIAL_MAX_TEXT + 1, '0');
  g_autofree char *long_text = g_strnfill (LANYARD_CREDENTIAL_MAX_TEXT, '0');

  assert_refused (fixture, with_tag, LANYARD_ERROR_INVALID);
  assert_refused (fixture, receipt, LANYARD_ERROR_SIGNATURE);
  assert_refused (fixture, huge, LANYARD_ERROR_LIMIT);
  memcpy (long_text, LANYARD_CREDENTIAL_PREFIX, 4);
  assert_refused (fixture, long_text, LANYARD_ERROR_LIMIT); /* more bytes than are allowed */
  assert_refused (fixture, "", LANYARD_ERROR_INVALID);
  assert_refused (fixture, "LY1:", LANYARD_ERROR_INVALID);
  assert_refused (fixture, "ly1:00", LANYARD_ERROR_INVALID);
  assert_refused (fixture, "LY2:00", LANYARD_ERROR_INVALID);
  assert_refused (fixture, "HC1:6BFOXN", LANYARD_ERROR_INVALID);
  g_assert_true (lanyard_credential_has_prefix ("LY1:"));
  g_assert_false (lanyard_credential_has_prefix ("LY1"));
  g_assert_false (lanyard_credential_has_prefix (NULL));
}

/* Signed rightly by a trusted key, and still not to be believed. Hexadecimal of the claims; the
 * private claim's key, -65537, is 3A00010000. */
#define HEAD                                                                                       \
  "A50167"                                                                                         \
  "56454C54413331"                                                                                 \
  "026A"                                                                                           \
  "33313030303437313158"
#define TIMES                                                                                      \
  "041A73E00000"                                                                                   \
  "061A73A00000"
#define BADGE                                                                                      \
  "3A00010000"                                                                                     \
  "85181E"                                                                                         \
  "624B31"                                                                                         \
  "02F680"
static const struct
{
  const char *hex;
  int code; /* 0: good */
} CLAIMS[] = {
  { HEAD TIMES BADGE, 0 },
  { "A0", LANYARD_ERROR_INVALID },
  { "80", LANYARD_ERROR_INVALID },
  { HEAD TIMES BADGE "00", LANYARD_ERROR_INVALID }, /* more behind it */
  { "A40167"
    "56454C54413331" TIMES BADGE,
    LANYARD_ERROR_INVALID }, /* no number */
  { HEAD TIMES "3A00010000"
               "85181F"
               "624B31"
               "02F680",
    LANYARD_ERROR_INVALID }, /* kind 31 */
  { HEAD TIMES "3A00010000"
               "85181E"
               "F6"
               "02F680",
    LANYARD_ERROR_INVALID }, /* no serial */
  { HEAD TIMES "3A00010000"
               "85181E"
               "624B31"
               "00F680",
    LANYARD_ERROR_INVALID }, /* sequence 0 */
  { HEAD TIMES "3A00010000"
               "84181E"
               "624B31"
               "02F6",
    LANYARD_ERROR_INVALID }, /* four parts */
  { HEAD TIMES "3A00010000"
               "87181E"
               "624B31"
               "02F680F6F6",
    LANYARD_ERROR_LIMIT },
  { HEAD TIMES "3A00010000"
               "85181E"
               "624B0A"
               "02F680",
    LANYARD_ERROR_INVALID }, /* line feed */
  { HEAD TIMES "3A00010000"
               "85181E"
               "624B00"
               "02F680",
    LANYARD_ERROR_INVALID }, /* NUL */
  { HEAD "041A73A00000"
         "061A73A00000" BADGE,
    LANYARD_ERROR_INVALID }, /* ends at once */
  { HEAD "0420"
         "061A73A00000" BADGE,
    LANYARD_ERROR_LIMIT }, /* exp -1 */
  { HEAD "061A73A00000"
         "041A73E00000" BADGE,
    LANYARD_ERROR_INVALID }, /* order of keys */
  { HEAD "041A73E00000"
         "041A73E00000" BADGE,
    LANYARD_ERROR_INVALID }, /* one key twice */
  { HEAD "04FB41DCF80000000000"
         "061A73A00000" BADGE,
    LANYARD_ERROR_INVALID }, /* float */
  /* A claim of the future and one with a name are passed over, nbf is obeyed. */
  { "A70167"
    "56454C54413331"
    "026A"
    "33313030303437313158" TIMES "0741AA" BADGE "6161F5",
    0 },
  { "A60167"
    "56454C54413331"
    "026A"
    "33313030303437313158"
    "041A73E00000"
    "051A73C2AA00"
    "061A73A00000" BADGE,
    LANYARD_ERROR_EXPIRED },
};
#undef HEAD
#undef TIMES
#undef BADGE

static void
test_nonsense (Fixture *fixture, gconstpointer data)
{
  for (gsize i = 0; i < G_N_ELEMENTS (CLAIMS); i++)
    {
      g_autoptr (GBytes) payload = fixture_unhex (CLAIMS[i].hex);
      g_autofree char *text = sign_payload (fixture->desk, NULL, g_bytes_get_data (payload, NULL),
                                            g_bytes_get_size (payload));
      g_autoptr (GError) error = NULL;
      g_autoptr (LanyardClaims) read
          = lanyard_credential_verify (text, EVENT, fixture->trust, NULL, NOW_S, &error);

      g_test_message ("%s", CLAIMS[i].hex);
      if (CLAIMS[i].code == 0)
        g_assert_no_error (error);
      else
        g_assert_error (error, LANYARD_ERROR, CLAIMS[i].code);
      g_assert_true ((read == NULL) == (CLAIMS[i].code != 0));
    }
}

/* What would not verify is never signed. */
static void
test_not_signed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *code = g_strnfill (LANYARD_CLAIMS_MAX_CODE_BYTES, 'X');
  GPtrArray *privileges = g_ptr_array_new ();

  for (guint i = 0; i < 12; i++)
    g_ptr_array_add (privileges, g_strdup (code));
  g_ptr_array_add (privileges, NULL);
  g_strfreev (fixture->badge->privileges);
  fixture->badge->privileges = (char **)g_ptr_array_free (privileges, FALSE);
  g_assert_null (lanyard_credential_sign (fixture->badge, fixture->desk)); /* over 768 bytes */

  fixture->invitation->sequence = 1;
  g_assert_null (lanyard_credential_sign (fixture->invitation, fixture->hub));
  fixture->invitation->sequence = 0;
  fixture->invitation->kind = LANYARD_CREDENTIAL_NUMBER;
  g_assert_null (lanyard_credential_sign (fixture->invitation, fixture->hub));
  fixture->invitation->kind = LANYARD_CREDENTIAL_PRE_VALID;
  fixture->invitation->name = g_strdup ("a\nb");
  g_assert_null (lanyard_credential_sign (fixture->invitation, fixture->hub));
}

static void
test_kinds (void)
{
  g_assert_cmpstr (lanyard_credential_kind_to_string (LANYARD_CREDENTIAL_INVITATION), ==,
                   "invitation");
  g_assert_cmpstr (lanyard_credential_kind_to_string (LANYARD_CREDENTIAL_BADGE), ==, "badge");
  g_assert_cmpstr (lanyard_credential_kind_to_string ((LanyardCredentialKind)77), ==, "unknown");
}

int
main (int argc, char **argv)
{
#define ADD(name, function)                                                                        \
  g_test_add ("/sign/credential/" name, Fixture, NULL, set_up, function, tear_down)
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  ADD ("round-trip", test_round_trip);
  ADD ("round-trip-invitation", test_round_trip_invitation);
  ADD ("size", test_size);
  ADD ("every-character", test_every_character);
  ADD ("every-bit", test_every_bit);
  ADD ("keys", test_keys);
  ADD ("wrong-kid", test_wrong_kid);
  ADD ("time-and-event", test_time_and_event);
  ADD ("revoked", test_revoked);
  ADD ("other-messages", test_other_messages);
  ADD ("nonsense", test_nonsense);
  ADD ("not-signed", test_not_signed);
  g_test_add_func ("/sign/credential/kinds", test_kinds);
  return g_test_run ();
}
