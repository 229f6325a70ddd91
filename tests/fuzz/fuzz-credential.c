/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz-keys.h"

#include "lanyard-base45.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

static void
verify (const char *text)
{
  g_autoptr (LanyardClaims) claims
      = lanyard_credential_verify (text, "EVENT", fuzz_trust (), NULL, FUZZ_NOW_S, NULL);

  if (claims)
    {
      g_autofree char *again = lanyard_credential_sign (claims, fuzz_key ());

      g_assert_nonnull (again);
      g_assert_true (lanyard_credential_has_prefix (again));
    }
}

/* The text as it is, the bytes in Base45, and the bytes as claims that a trusted key signed. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  g_autofree char *text = g_strndup ((const char *)data, n_bytes);
  g_autofree char *encoded = lanyard_base45_encode (data, n_bytes);
  g_autofree char *prefixed = g_strconcat (LANYARD_CREDENTIAL_PREFIX, encoded, NULL);

  verify (text);
  verify (prefixed);
  if (n_bytes > 0)
    {
      g_autoptr (GBytes) message = lanyard_cose_sign1 (fuzz_key (), NULL, NULL, data, n_bytes);
      const guint8 *bytes = g_bytes_get_data (message, NULL);
      g_autofree char *inner = lanyard_base45_encode (bytes + 1, g_bytes_get_size (message) - 1);
      g_autofree char *credential = g_strconcat (LANYARD_CREDENTIAL_PREFIX, inner, NULL);

      verify (credential);
    }
  return 0;
}
