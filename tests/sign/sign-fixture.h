/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-credential.h"
#include "lanyard-error.h"
#include "lanyard-hash.h"

#include <string.h>

/* 2031-07-18T09:30:00Z: the moment in which all these tests play. */
#define NOW_S G_GINT64_CONSTANT (1942133400)
#define DAY_S (24 * 60 * 60)

/* Keys are the same in each run: what fails once fails again. */
static inline LanyardKey *
fixture_key (guint8 which)
{
  guint8 seed[LANYARD_SEED_BYTES] = { which };

  return lanyard_key_new_from_seed (seed);
}

static inline LanyardTrustedKey
fixture_trusted (const LanyardKey *key, guint32 scopes)
{
  LanyardTrustedKey trusted = {
    .key = *lanyard_key_get_public (key),
    .scopes = scopes,
    .not_before_s = NOW_S - 30 * DAY_S,
    .not_after_s = NOW_S + 30 * DAY_S,
  };

  return trusted;
}

/* A list with one key. */
static inline LanyardTrustList *
fixture_trust (const LanyardKey *key, guint32 scopes)
{
  LanyardTrustedKey trusted = fixture_trusted (key, scopes);

  return lanyard_trust_list_new (7, NOW_S - DAY_S, &trusted, 1);
}

static inline GBytes *
fixture_unhex (const char *hex)
{
  gsize n_bytes = strlen (hex) / 2;
  guint8 *bytes = g_malloc (n_bytes + 1);

  g_assert_true (lanyard_hex_decode (hex, bytes, n_bytes));
  return g_bytes_new_take (bytes, n_bytes);
}
