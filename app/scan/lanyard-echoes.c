/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-echoes.h"

#include <sodium.h>

#include "lanyard-hash.h"

#define HASH_DOMAIN "lanyard/echo/1"
#define KEY_BYTES 32
/* Codes that people show at one desk within a window. */
#define MAX_SEEN 8

typedef struct
{
  LanyardHash hash;
  gint64 at_us; /* monotonic: when it was seen last */
} Seen;

struct _LanyardEchoes
{
  gint64 window_us;
  guint8 key[KEY_BYTES];
  Seen seen[MAX_SEEN];
  guint n_seen;
};

/* Returns: the place of @hash, or else the one to give up for it */
static guint
find_place (const LanyardEchoes *echoes, const LanyardHash *hash)
{
  guint oldest = 0;

  for (guint i = 0; i < echoes->n_seen; i++)
    {
      if (lanyard_hash_equal (&echoes->seen[i].hash, hash))
        return i;
      if (echoes->seen[i].at_us < echoes->seen[oldest].at_us)
        oldest = i;
    }
  return echoes->n_seen < MAX_SEEN ? echoes->n_seen : oldest;
}

LanyardEchoes *
lanyard_echoes_new (gint64 window_us)
{
  LanyardEchoes *echoes = g_new0 (LanyardEchoes, 1);

  lanyard_hash_init ();
  echoes->window_us = window_us;
  randombytes_buf (echoes->key, sizeof echoes->key);
  return echoes;
}

void
lanyard_echoes_free (LanyardEchoes *echoes)
{
  if (echoes == NULL)
    return;
  sodium_memzero (echoes, sizeof *echoes);
  g_free (echoes);
}

gboolean
lanyard_echoes_take (LanyardEchoes *echoes, const LanyardScan *scan)
{
  LanyardHash hash;
  gsize n_bytes;
  const void *data;
  guint place;
  gboolean known;
  gint64 away_us;

  g_return_val_if_fail (echoes != NULL && scan != NULL, FALSE);

  data = g_bytes_get_data (scan->data, &n_bytes);
  lanyard_hash_compute (&hash, HASH_DOMAIN, echoes->key, sizeof echoes->key, data, n_bytes);
  place = find_place (echoes, &hash);
  known = place < echoes->n_seen && lanyard_hash_equal (&echoes->seen[place].hash, &hash);
  away_us = known ? scan->at_us - echoes->seen[place].at_us : echoes->window_us;
  /* Two cables have two clocks: the second to arrive may say that it was the first. */
  echoes->seen[place].at_us = known && away_us < 0 ? echoes->seen[place].at_us : scan->at_us;
  echoes->seen[place].hash = hash;
  echoes->n_seen = MAX (echoes->n_seen, place + 1);
  return ABS (away_us) >= echoes->window_us;
}
