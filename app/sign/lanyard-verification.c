/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-sign"

#include "lanyard-verification.h"

#include <string.h>

#include "lanyard-credential-private.h"
#include "lanyard-error.h"

/* Nobody vouches for it. What stands in it may still tell that it is somebody else's. */
static LanyardVerificationAnswer
answer_unread (const GError *problem, const char *text, const char *event)
{
  g_autofree char *claimed = NULL;

  if (problem->domain != LANYARD_ERROR)
    return LANYARD_VERIFICATION_FOREIGN;
  switch (problem->code)
    {
    case LANYARD_ERROR_SIGNATURE:
      return LANYARD_VERIFICATION_ALTERED;
    case LANYARD_ERROR_UNTRUSTED:
    case LANYARD_ERROR_EXPIRED: /* the key is */
      claimed = event != NULL ? lanyard_credential_peek_event (text) : NULL;
      if (claimed != NULL && strcmp (claimed, event) != 0)
        return LANYARD_VERIFICATION_OTHER_EVENT;
      return LANYARD_VERIFICATION_UNKNOWN_KEY;
    default:
      return LANYARD_VERIFICATION_FOREIGN;
    }
}

static LanyardVerificationAnswer
answer_judged (const GError *problem, const LanyardClaims *claims, gint64 now_s)
{
  if (problem == NULL)
    return LANYARD_VERIFICATION_GENUINE;
  switch (problem->code)
    {
    case LANYARD_ERROR_REFUSED:
      return LANYARD_VERIFICATION_OTHER_EVENT;
    case LANYARD_ERROR_REVOKED:
      return LANYARD_VERIFICATION_VOID;
    case LANYARD_ERROR_EXPIRED:
    default:
      return now_s >= claims->expires_s ? LANYARD_VERIFICATION_EXPIRED
                                        : LANYARD_VERIFICATION_NOT_YET;
    }
}

LanyardVerification *
lanyard_verification_new (const char *text,
                          const char *event,
                          const LanyardTrustList *trust,
                          const LanyardNegativeList *negative,
                          gint64 now_s)
{
  LanyardVerification *verification = g_new0 (LanyardVerification, 1);
  LanyardCredentialOrigin origin;

  g_return_val_if_fail (text != NULL && trust != NULL, verification);

  verification->claims
      = lanyard_credential_read (text, trust, now_s, &origin, &verification->problem);
  if (verification->claims == NULL)
    {
      verification->answer = answer_unread (verification->problem, text, event);
      return verification;
    }
  verification->device = origin.key->device;
  lanyard_credential_judge (verification->claims, &origin, event, negative, now_s,
                            &verification->problem);
  verification->answer = answer_judged (verification->problem, verification->claims, now_s);
  return verification;
}

LanyardVerification *
lanyard_verification_copy (const LanyardVerification *verification)
{
  LanyardVerification *copy;

  g_return_val_if_fail (verification != NULL, NULL);

  copy = g_memdup2 (verification, sizeof *verification);
  if (copy->claims != NULL)
    copy->claims = lanyard_claims_copy (copy->claims);
  if (copy->problem != NULL)
    copy->problem = g_error_copy (copy->problem);
  return copy;
}

void
lanyard_verification_free (LanyardVerification *verification)
{
  if (verification == NULL)
    return;
  lanyard_claims_free (verification->claims);
  g_clear_error (&verification->problem);
  g_free (verification);
}

const char *
lanyard_verification_answer_to_string (LanyardVerificationAnswer answer)
{
  switch (answer)
    {
    case LANYARD_VERIFICATION_GENUINE:
      return "genuine";
    case LANYARD_VERIFICATION_NOT_YET:
      return "not-yet";
    case LANYARD_VERIFICATION_EXPIRED:
      return "expired";
    case LANYARD_VERIFICATION_VOID:
      return "void";
    case LANYARD_VERIFICATION_OTHER_EVENT:
      return "other-event";
    case LANYARD_VERIFICATION_UNKNOWN_KEY:
      return "unknown-key";
    case LANYARD_VERIFICATION_ALTERED:
      return "altered";
    case LANYARD_VERIFICATION_FOREIGN:
    default:
      return "foreign";
    }
}
