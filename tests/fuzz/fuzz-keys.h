/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdint.h>

#include "lanyard-cose.h"
#include "lanyard-credential.h"
#include "lanyard-hash.h"

#define FUZZ_NOW_S G_GINT64_CONSTANT (1942133400)

/* One key for everything, so that the fuzzer gets past the signature to what lies behind. */
static inline LanyardKey *
fuzz_key (void)
{
  static LanyardKey *key;

  if (key == NULL)
    {
      guint8 seed[LANYARD_SEED_BYTES] = { 1 };

      lanyard_hash_init ();
      key = lanyard_key_new_from_seed (seed);
    }
  return key;
}

static inline LanyardTrustList *
fuzz_trust (void)
{
  static LanyardTrustList *list;

  if (list == NULL)
    {
      LanyardTrustedKey trusted = { .key = *lanyard_key_get_public (fuzz_key ()),
                                    .scopes = G_MAXUINT32,
                                    .not_after_s = G_MAXINT64 };

      list = lanyard_trust_list_new (1, FUZZ_NOW_S, &trusted, 1);
    }
  return list;
}

/* Even inputs are a whole message, odd ones a payload to be signed. Returns: (transfer full) */
static inline GBytes *
fuzz_message (const uint8_t *data, size_t n_bytes, const char *content)
{
  if (n_bytes < 2 || data[0] % 2 == 0)
    return g_bytes_new (data + MIN (n_bytes, 1), n_bytes - MIN (n_bytes, 1));
  return lanyard_cose_sign1 (fuzz_key (), content, NULL, data + 1, n_bytes - 1);
}
