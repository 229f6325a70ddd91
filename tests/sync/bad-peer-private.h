/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <string.h>

#include "bad-peer.h"
#include "lanyard-cose.h"
#include "paper-desk.h"

G_BEGIN_DECLS

struct _BadPeers
{
  Paper *desk;          /* owned */
  Paper *other;         /* owned */
  LanyardKey *stranger; /* owned; in no list */
  GPtrArray *stored;    /* owned (element-type LanyardRecord) */
  GPtrArray *next;      /* owned (element-type LanyardRecord) */
  GBytes *good;         /* owned: next, as it would be taken */
  GBytes *payload;      /* owned: of good */
  GBytes *old;          /* owned: stored, as it was taken */
};

typedef struct
{
  BadPeers *peers;
  GRand *rand;
  BadBatch *bad;
} Making;

typedef struct
{
  const char *name;
  GBytes *(*make) (Making *making);
} BadKind;

/* Damage on the line, and what belongs to somebody else or another place */
extern const BadKind bad_line_kinds[];
extern const guint n_bad_line_kinds;
/* What somebody with the desk's own key may try */
extern const BadKind bad_key_kinds[];
extern const guint n_bad_key_kinds;

static inline GByteArray *
bad_copy (GBytes *bytes)
{
  GByteArray *array = g_byte_array_new ();

  g_byte_array_append (array, g_bytes_get_data (bytes, NULL), (guint)g_bytes_get_size (bytes));
  return array;
}

static inline guint
bad_pick (Making *making, guint n)
{
  return (guint)g_rand_int_range (making->rand, 0, (gint32)n);
}

static inline GBytes *
bad_sign (const LanyardKey *key, const char *content, GBytes *payload)
{
  return lanyard_cose_sign1 (key, content, NULL, g_bytes_get_data (payload, NULL),
                             g_bytes_get_size (payload));
}

G_END_DECLS
