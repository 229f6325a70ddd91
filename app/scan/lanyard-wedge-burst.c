/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-wedge-burst.h"

#include <string.h>

static void
forget_keys (LanyardWedgeBurst *burst)
{
  explicit_bzero (burst->keys->data, burst->keys->len * sizeof (LanyardWedgeKey));
  g_array_set_size (burst->keys, 0);
}

static gboolean
is_same (const LanyardWedgeKey *a, const LanyardWedgeKey *b)
{
  return a->character == b->character && a->keycode == b->keycode && a->flags == b->flags;
}

void
lanyard_wedge_burst_init (LanyardWedgeBurst *burst, guint max_keys)
{
  *burst = (LanyardWedgeBurst){ .max_keys = max_keys, .uniform = TRUE };
  burst->keys = g_array_sized_new (FALSE, FALSE, sizeof (LanyardWedgeKey), max_keys + 1);
}

void
lanyard_wedge_burst_clear (LanyardWedgeBurst *burst)
{
  forget_keys (burst);
  g_clear_pointer (&burst->keys, g_array_unref);
}

const LanyardWedgeKey *
lanyard_wedge_burst_get_keys (const LanyardWedgeBurst *burst)
{
  return (const LanyardWedgeKey *)(void *)burst->keys->data;
}

gboolean
lanyard_wedge_burst_is_there (const LanyardWedgeBurst *burst)
{
  return burst->keys->len > 0 || burst->overflown;
}

void
lanyard_wedge_burst_forget (LanyardWedgeBurst *burst)
{
  forget_keys (burst);
  burst->n_characters = 0;
  burst->n_passed = 0;
  burst->uniform = TRUE;
  burst->joined = FALSE;
  burst->overflown = FALSE;
}

void
lanyard_wedge_burst_append (LanyardWedgeBurst *burst, const LanyardWedgeKey *key, gint64 at_us)
{
  burst->last_us = at_us;
  if (burst->overflown)
    return;
  if (burst->keys->len == 0)
    burst->first_us = at_us;
  else if (!is_same (&g_array_index (burst->keys, LanyardWedgeKey, 0), key))
    burst->uniform = FALSE;
  if ((key->flags & LANYARD_WEDGE_ACTION) == 0)
    burst->n_characters++;
  if (burst->keys->len == burst->max_keys)
    {
      lanyard_wedge_burst_forget (burst);
      burst->overflown = TRUE;
      return;
    }
  g_array_append_vals (burst->keys, key, 1);
}

void
lanyard_wedge_burst_chop (LanyardWedgeBurst *burst)
{
  g_array_set_size (burst->keys, burst->keys->len - 1);
  burst->n_characters--;
}
