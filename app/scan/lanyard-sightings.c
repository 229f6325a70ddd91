/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-sightings.h"

typedef struct
{
  LanyardScan *scan; /* owned: at_us is the last sight */
  gboolean deep;     /* read by a deep search the last time that it was read */
} Sighting;

struct _LanyardSightings
{
  GPtrArray *seen; /* (element-type Sighting): owned, the longest unseen first */
};

/* Freeing the copies wipes them: what a person showed is not kept for longer than it is needed. */
static void
sighting_free (gpointer data)
{
  Sighting *sighting = data;

  lanyard_scan_free (sighting->scan);
  g_free (sighting);
}

static gboolean
is_gone (const Sighting *sighting, gint64 now_us)
{
  gint64 after_us = sighting->deep ? LANYARD_SIGHTINGS_DEEP_GONE_US : LANYARD_SIGHTINGS_GONE_US;

  return now_us - sighting->scan->at_us >= after_us;
}

static void
drop_gone (LanyardSightings *sightings, gint64 now_us)
{
  for (guint i = sightings->seen->len; i > 0; i--)
    if (is_gone (g_ptr_array_index (sightings->seen, i - 1), now_us))
      g_ptr_array_remove_index (sightings->seen, i - 1);
  if (sightings->seen->len >= LANYARD_SIGHTINGS_MAX)
    g_ptr_array_remove_index (sightings->seen, 0);
}

/* Returns: (transfer none) (nullable): the sighting of the same code, made the newest */
static Sighting *
find (LanyardSightings *sightings, const LanyardScan *scan)
{
  for (guint i = 0; i < sightings->seen->len; i++)
    {
      Sighting *known = g_ptr_array_index (sightings->seen, i);

      if (known->scan->symbology == scan->symbology
          && g_bytes_equal (known->scan->data, scan->data))
        {
          g_ptr_array_steal_index (sightings->seen, i);
          g_ptr_array_add (sightings->seen, known);
          return known;
        }
    }
  return NULL;
}

LanyardSightings *
lanyard_sightings_new (void)
{
  LanyardSightings *sightings = g_new0 (LanyardSightings, 1);

  sightings->seen = g_ptr_array_new_with_free_func (sighting_free);
  return sightings;
}

void
lanyard_sightings_free (LanyardSightings *sightings)
{
  if (sightings == NULL)
    return;
  g_ptr_array_unref (sightings->seen);
  g_free (sightings);
}

gboolean
lanyard_sightings_add (LanyardSightings *sightings, const LanyardScan *scan, gboolean deep)
{
  Sighting *known;
  gboolean is_new;

  g_return_val_if_fail (sightings != NULL, FALSE);
  g_return_val_if_fail (scan != NULL, FALSE);

  known = find (sightings, scan);
  is_new = known == NULL || is_gone (known, scan->at_us);
  if (known == NULL)
    {
      drop_gone (sightings, scan->at_us);
      known = g_new0 (Sighting, 1);
      known->scan = lanyard_scan_copy (scan);
      g_ptr_array_add (sightings->seen, known);
    }
  /* Deep searches read what was there some frames ago. */
  known->scan->at_us = MAX (known->scan->at_us, scan->at_us);
  known->deep = deep;
  return is_new;
}

void
lanyard_sightings_see (LanyardSightings *sightings, const LanyardScan *scan)
{
  Sighting *known;

  g_return_if_fail (sightings != NULL);
  g_return_if_fail (scan != NULL);

  known = find (sightings, scan);
  if (known != NULL)
    known->scan->at_us = MAX (known->scan->at_us, scan->at_us);
}

void
lanyard_sightings_keep (LanyardSightings *sightings, gint64 since_us, gint64 at_us)
{
  g_return_if_fail (sightings != NULL);

  /* The order stays: what is kept is what was seen last. */
  for (guint i = 0; i < sightings->seen->len; i++)
    {
      Sighting *known = g_ptr_array_index (sightings->seen, i);

      if (known->scan->at_us >= since_us)
        known->scan->at_us = MAX (known->scan->at_us, at_us);
    }
}

void
lanyard_sightings_forget (LanyardSightings *sightings, gint64 now_us)
{
  g_return_if_fail (sightings != NULL);

  for (guint i = sightings->seen->len; i > 0; i--)
    {
      const Sighting *known = g_ptr_array_index (sightings->seen, i - 1);

      if (now_us - known->scan->at_us >= LANYARD_SIGHTINGS_FORGET_US)
        g_ptr_array_remove_index (sightings->seen, i - 1);
    }
}
