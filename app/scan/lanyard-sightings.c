/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-sightings.h"

struct _LanyardSightings
{
  /* (element-type LanyardScan): owned copies, the longest unseen first; at_us is the last sight */
  GPtrArray *seen;
};

/* Freeing the copies wipes them: what a person showed is not kept for longer than it is needed. */
static void
drop_gone (LanyardSightings *sightings, gint64 now_us)
{
  while (sightings->seen->len > 0)
    {
      const LanyardScan *oldest = g_ptr_array_index (sightings->seen, 0);

      if (sightings->seen->len < LANYARD_SIGHTINGS_MAX
          && now_us - oldest->at_us < LANYARD_SIGHTINGS_GONE_US)
        return;
      g_ptr_array_remove_index (sightings->seen, 0);
    }
}

LanyardSightings *
lanyard_sightings_new (void)
{
  LanyardSightings *sightings = g_new0 (LanyardSightings, 1);

  sightings->seen = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_scan_free);
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
lanyard_sightings_add (LanyardSightings *sightings, const LanyardScan *scan)
{
  g_return_val_if_fail (sightings != NULL, FALSE);
  g_return_val_if_fail (scan != NULL, FALSE);

  for (guint i = 0; i < sightings->seen->len; i++)
    {
      LanyardScan *known = g_ptr_array_index (sightings->seen, i);

      if (known->symbology == scan->symbology && g_bytes_equal (known->data, scan->data))
        {
          gboolean was_gone = scan->at_us - known->at_us >= LANYARD_SIGHTINGS_GONE_US;

          known = g_ptr_array_steal_index (sightings->seen, i);
          /* deep steps read what was there some frames ago */
          known->at_us = MAX (known->at_us, scan->at_us);
          g_ptr_array_add (sightings->seen, known);
          return was_gone;
        }
    }
  drop_gone (sightings, scan->at_us);
  g_ptr_array_add (sightings->seen, lanyard_scan_copy (scan));
  return TRUE;
}

void
lanyard_sightings_keep (LanyardSightings *sightings, gint64 since_us, gint64 at_us)
{
  g_return_if_fail (sightings != NULL);

  /* The order stays: what is kept is what was seen last. */
  for (guint i = 0; i < sightings->seen->len; i++)
    {
      LanyardScan *known = g_ptr_array_index (sightings->seen, i);

      if (known->at_us >= since_us)
        known->at_us = MAX (known->at_us, at_us);
    }
}
