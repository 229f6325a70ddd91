/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <string.h>

#include "lanyard-hub-interpret.h"
#include "lanyard-hub-upload.h"

/* What uploads are going to touch, from what their records say. */

static gint
compare_places (gconstpointer a, gconstpointer b)
{
  const guint64 *x = a, *y = b;

  return (*x > *y) - (*x < *y);
}

static gint
compare_numbers (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *)a, *(const char *const *)b);
}

static void
collect_badges (LanyardHubNeeds *needs, GPtrArray *facts, GHashTable *numbers, GHashTable *serials)
{
  for (guint i = 0; i < facts->len; i++)
    {
      const LanyardHubFact *fact = g_ptr_array_index (facts, i);

      if (fact->number != NULL && g_hash_table_add (numbers, fact->number))
        g_ptr_array_add (needs->numbers, fact->number);
      if (fact->badge != NULL && g_hash_table_add (serials, fact->badge->serial))
        g_ptr_array_add (needs->serials, fact->badge->serial);
    }
}

static void
drop_doubles (GArray *places)
{
  guint n = 0;

  for (guint i = 0; i < places->len; i++)
    if (i == 0 || g_array_index (places, guint64, i) != g_array_index (places, guint64, n - 1))
      g_array_index (places, guint64, n++) = g_array_index (places, guint64, i);
  g_array_set_size (places, n);
}

void
_lanyard_hub_needs_collect (LanyardHubNeeds *needs, GPtrArray *uploads)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) serials = g_hash_table_new (g_str_hash, g_str_equal);

  needs->streams = g_array_new (FALSE, FALSE, sizeof (guint64));
  needs->numbers = g_ptr_array_new ();
  needs->serials = g_ptr_array_new ();
  for (guint i = 0; i < uploads->len; i++)
    {
      const LanyardHubUpload *upload = g_ptr_array_index (uploads, i);
      guint64 place = (guint64)upload->batch->device << 32 | upload->batch->epoch;

      g_array_append_val (needs->streams, place);
      collect_badges (needs, upload->facts, numbers, serials);
    }
  g_array_sort (needs->streams, compare_places);
  drop_doubles (needs->streams);
  g_ptr_array_sort (needs->numbers, compare_numbers);
}

void
_lanyard_hub_needs_clear (LanyardHubNeeds *needs)
{
  g_clear_pointer (&needs->streams, g_array_unref);
  g_clear_pointer (&needs->numbers, g_ptr_array_unref);
  g_clear_pointer (&needs->serials, g_ptr_array_unref);
}

GPtrArray *
_lanyard_hub_interpret_batch (const LanyardBatch *batch)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_fact_free);

  for (guint i = 0; i < batch->records->len; i++)
    {
      const LanyardHash *previous
          = i == 0 ? &batch->previous : &g_array_index (batch->hashes, LanyardHash, i - 1);

      g_ptr_array_add (facts,
                       lanyard_hub_interpret (g_ptr_array_index (batch->records, i), batch->device,
                                              batch->epoch, batch->first + i, previous));
    }
  return facts;
}
