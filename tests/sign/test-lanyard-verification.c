/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What somebody who checks a badge is told. If this fails, a forged badge passes for an old one, or
 * a pre-valid card that was replaced goes on opening doors. */

#include <string.h>

#include "lanyard-verification.h"
#include "sign-fixture.h"

#define EVENT "VELTA31"
#define NUMBER "310004711X"

typedef struct
{
  LanyardKey *hub;
  LanyardKey *desk;
  LanyardKey *stranger;
  LanyardTrustList *trust;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  LanyardTrustedKey keys[2];

  fixture->hub = fixture_key (2);
  fixture->desk = fixture_key (3);
  fixture->stranger = fixture_key (4);
  keys[0] = fixture_trusted (fixture->hub, LANYARD_SCOPE_INVITATION);
  keys[1] = fixture_trusted (fixture->desk, LANYARD_SCOPE_BADGE);
  keys[1].device = 471;
  fixture->trust = lanyard_trust_list_new (7, NOW_S, keys, 2);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  lanyard_key_unref (fixture->hub);
  lanyard_key_unref (fixture->desk);
  lanyard_key_unref (fixture->stranger);
  lanyard_trust_list_unref (fixture->trust);
}

static char *
sign (const LanyardKey *key, LanyardCredentialKind kind, const char *event, guint32 sequence)
{
  g_autoptr (LanyardClaims) claims = lanyard_claims_new ();

  claims->kind = kind;
  claims->event = g_strdup (event);
  claims->number = g_strdup (NUMBER);
  claims->serial = sequence > 0 ? g_strdup ("K0471-000123Z") : NULL;
  claims->sequence = sequence;
  claims->category = g_strdup ("E");
  claims->issued_s = NOW_S - DAY_S;
  claims->expires_s = NOW_S + 20 * DAY_S;
  return lanyard_credential_sign (claims, key);
}

static void
assert_answer (Fixture *fixture,
               const char *text,
               const LanyardNegativeList *negative,
               gint64 now_s,
               LanyardVerificationAnswer answer,
               gboolean with_claims)
{
  g_autoptr (LanyardVerification) verification
      = lanyard_verification_new (text, EVENT, fixture->trust, negative, now_s);
  g_autoptr (LanyardVerification) copy = lanyard_verification_copy (verification);

  g_assert_cmpstr (lanyard_verification_answer_to_string (verification->answer), ==,
                   lanyard_verification_answer_to_string (answer));
  g_assert_cmpint (verification->claims != NULL, ==, with_claims);
  g_assert_cmpint (verification->problem == NULL, ==, answer == LANYARD_VERIFICATION_GENUINE);
  g_assert_cmpint (copy->answer, ==, answer);
  if (with_claims)
    g_assert_cmpstr (copy->claims->number, ==, NUMBER);
}

static void
test_badge (Fixture *fixture, gconstpointer data)
{
  g_autofree char *badge = sign (fixture->desk, LANYARD_CREDENTIAL_BADGE, EVENT, 2);
  g_autoptr (LanyardNegativeList) negative = lanyard_negative_list_new (1, NOW_S);
  g_autoptr (LanyardVerification) verification
      = lanyard_verification_new (badge, EVENT, fixture->trust, negative, NOW_S);

  g_assert_cmpuint (verification->device, ==, 471);
  assert_answer (fixture, badge, negative, NOW_S, LANYARD_VERIFICATION_GENUINE, TRUE);
  assert_answer (fixture, badge, NULL, NOW_S + 21 * DAY_S, LANYARD_VERIFICATION_EXPIRED, TRUE);
  lanyard_negative_list_add (negative, NUMBER, 3);
  assert_answer (fixture, badge, negative, NOW_S, LANYARD_VERIFICATION_VOID, TRUE);
}

static void
test_others (Fixture *fixture, gconstpointer data)
{
  g_autofree char *badge = sign (fixture->desk, LANYARD_CREDENTIAL_BADGE, EVENT, 2);
  g_autofree char *other = sign (fixture->desk, LANYARD_CREDENTIAL_BADGE, "ELSE33", 2);
  g_autofree char *forged = sign (fixture->stranger, LANYARD_CREDENTIAL_BADGE, EVENT, 2);
  g_autofree char *foreign = sign (fixture->stranger, LANYARD_CREDENTIAL_BADGE, "ELSE33", 2);
  g_autofree char *not_its = sign (fixture->hub, LANYARD_CREDENTIAL_BADGE, EVENT, 2);
  g_autofree char *altered = g_strdup (badge);
  char *last = altered + strlen (altered) - 2;

  assert_answer (fixture, other, NULL, NOW_S, LANYARD_VERIFICATION_OTHER_EVENT, TRUE);
  assert_answer (fixture, foreign, NULL, NOW_S, LANYARD_VERIFICATION_OTHER_EVENT, FALSE);
  assert_answer (fixture, forged, NULL, NOW_S, LANYARD_VERIFICATION_UNKNOWN_KEY, FALSE);
  assert_answer (fixture, not_its, NULL, NOW_S, LANYARD_VERIFICATION_UNKNOWN_KEY, FALSE);
  *last = *last == '0' ? '1' : '0';
  assert_answer (fixture, altered, NULL, NOW_S, LANYARD_VERIFICATION_ALTERED, FALSE);
  assert_answer (fixture, "4006381333931", NULL, NOW_S, LANYARD_VERIFICATION_FOREIGN, FALSE);
  assert_answer (fixture, "LY1:", NULL, NOW_S, LANYARD_VERIFICATION_FOREIGN, FALSE);
}

/* A card that becomes a badge by its seal can be declared void as a badge can; one without a serial
 * is as good as an invitation, which cannot. */
static void
test_pre_valid (Fixture *fixture, gconstpointer data)
{
  g_autofree char *card = sign (fixture->hub, LANYARD_CREDENTIAL_PRE_VALID, EVENT, 1);
  g_autofree char *letter = sign (fixture->hub, LANYARD_CREDENTIAL_PRE_VALID, EVENT, 0);
  g_autoptr (LanyardNegativeList) negative = lanyard_negative_list_new (1, NOW_S);
  g_autoptr (LanyardClaims) half = lanyard_claims_new ();
  g_autofree char *letter_again = NULL;

  g_assert_nonnull (card);
  assert_answer (fixture, card, negative, NOW_S, LANYARD_VERIFICATION_GENUINE, TRUE);
  lanyard_negative_list_add (negative, NUMBER, 2);
  assert_answer (fixture, card, negative, NOW_S, LANYARD_VERIFICATION_VOID, TRUE);
  assert_answer (fixture, letter, negative, NOW_S, LANYARD_VERIFICATION_GENUINE, TRUE);

  half->kind = LANYARD_CREDENTIAL_PRE_VALID;
  half->event = g_strdup (EVENT);
  half->number = g_strdup (NUMBER);
  half->expires_s = NOW_S;
  letter_again = lanyard_credential_sign (half, fixture->hub);
  g_assert_nonnull (letter_again);
  half->sequence = 1;
  g_assert_null (lanyard_credential_sign (half, fixture->hub));
}

int
main (int argc, char **argv)
{
#define ADD(name, function)                                                                        \
  g_test_add ("/sign/verification/" name, Fixture, NULL, set_up, function, tear_down)
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  ADD ("badge", test_badge);
  ADD ("others", test_others);
  ADD ("pre-valid", test_pre_valid);
  return g_test_run ();
}
