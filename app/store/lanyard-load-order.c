/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-load-order.h"

#include <string.h>

#define N_BUCKETS 256

typedef struct
{
  GArray *buckets[N_BUCKETS]; /* (nullable) (element-type LanyardOrderKey): NULL: empty or read */
  guint bucket;               /* that is read */
  guint at;                   /* in it */
  gboolean sorted;            /* it is */
} Run;

struct _LanyardLoadOrder
{
  Run runs[LANYARD_N_ORDERS];
  GHashTable *dropped; /* owned: row ids */
};

static int
compare_keys (gconstpointer a, gconstpointer b)
{
  const LanyardOrderKey *key_a = a, *key_b = b;
  int order = memcmp (key_a->key.bytes, key_b->key.bytes, sizeof key_a->key.bytes);

  return order != 0 ? order : (key_a->entry > key_b->entry) - (key_a->entry < key_b->entry);
}

/* Goes to the bucket in which the next key stands. Returns: FALSE: there is none */
static gboolean
settle (Run *run)
{
  while (run->bucket < N_BUCKETS)
    {
      GArray *bucket = run->buckets[run->bucket];

      if (bucket != NULL && run->at < bucket->len)
        {
          if (!run->sorted)
            g_array_sort (bucket, compare_keys);
          run->sorted = TRUE;
          return TRUE;
        }
      g_clear_pointer (&run->buckets[run->bucket], g_array_unref);
      run->bucket++;
      run->at = 0;
      run->sorted = FALSE;
    }
  return FALSE;
}

LanyardLoadOrder *
lanyard_load_order_new (void)
{
  LanyardLoadOrder *order = g_new0 (LanyardLoadOrder, 1);

  order->dropped = g_hash_table_new (NULL, NULL);
  return order;
}

void
lanyard_load_order_free (LanyardLoadOrder *order)
{
  if (order == NULL)
    return;
  for (guint kind = 0; kind < LANYARD_N_ORDERS; kind++)
    for (guint i = 0; i < N_BUCKETS; i++)
      g_clear_pointer (&order->runs[kind].buckets[i], g_array_unref);
  g_hash_table_unref (order->dropped);
  g_free (order);
}

void
lanyard_load_order_add (LanyardLoadOrder *order,
                        LanyardOrderKind kind,
                        const LanyardRowKey *key,
                        guint32 entry)
{
  GArray **bucket = &order->runs[kind].buckets[key->bytes[0]];
  LanyardOrderKey one = { *key, entry };

  g_return_if_fail (!order->runs[kind].sorted);

  if (*bucket == NULL)
    *bucket = g_array_new (FALSE, FALSE, sizeof (LanyardOrderKey));
  g_array_append_val (*bucket, one);
}

void
lanyard_load_order_skip (LanyardLoadOrder *order,
                         LanyardOrderKind kind,
                         const LanyardOrderKey *last)
{
  Run *run = &order->runs[kind];
  LanyardOrderKey key;

  /* Whole buckets need not be sorted for that. */
  for (; run->bucket < last->key.bytes[0]; run->bucket++)
    g_clear_pointer (&run->buckets[run->bucket], g_array_unref);
  while (lanyard_load_order_peek (order, kind, &key) && compare_keys (&key, last) <= 0)
    run->at++;
}

gboolean
lanyard_load_order_peek (LanyardLoadOrder *order, LanyardOrderKind kind, LanyardOrderKey *key)
{
  Run *run = &order->runs[kind];

  if (!settle (run))
    return FALSE;
  *key = g_array_index (run->buckets[run->bucket], LanyardOrderKey, run->at);
  return TRUE;
}

void
lanyard_load_order_advance (LanyardLoadOrder *order, LanyardOrderKind kind)
{
  order->runs[kind].at++;
}

void
lanyard_load_order_drop (LanyardLoadOrder *order, guint32 entry)
{
  g_hash_table_add (order->dropped, GUINT_TO_POINTER (entry));
}

gboolean
lanyard_load_order_is_dropped (LanyardLoadOrder *order, guint32 entry)
{
  return g_hash_table_size (order->dropped) > 0
         && g_hash_table_contains (order->dropped, GUINT_TO_POINTER (entry));
}
