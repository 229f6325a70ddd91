/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-directory-private.h"

/*
 * What the other desks of the venue said of badges while the hub could not be heard. In memory
 * only: whoever restarts hears it again. It never opens anything: it can only keep a second badge
 * from coming out, until the hub has spoken of that badge or a later one.
 */

typedef struct
{
  char *serial; /* owned */
  guint32 sequence;
  gboolean open;
  gboolean is_void;
} Badge;

static void
badge_free (Badge *badge)
{
  g_free (badge->serial);
  g_free (badge);
}

static Badge *
find_badge (GPtrArray *badges, const char *serial)
{
  Badge *badge;

  for (guint i = 0; i < badges->len; i++)
    {
      badge = g_ptr_array_index (badges, i);
      if (g_str_equal (badge->serial, serial))
        return badge;
    }
  badge = g_new0 (Badge, 1);
  badge->serial = g_strdup (serial);
  g_ptr_array_add (badges, badge);
  return badge;
}

void
lanyard_directory_note_badge (LanyardDirectory *directory, const LanyardVenueBadge *told)
{
  GPtrArray *badges;
  Badge *badge;

  g_return_if_fail (told->number != NULL && told->serial != NULL);

  lanyard_database_assert_thread (directory->database);
  if (directory->venue == NULL)
    directory->venue = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                              (GDestroyNotify)g_ptr_array_unref);
  badges = g_hash_table_lookup (directory->venue, told->number);
  if (badges == NULL)
    {
      badges = g_ptr_array_new_with_free_func ((GDestroyNotify)badge_free);
      g_hash_table_insert (directory->venue, g_strdup (told->number), badges);
    }
  badge = find_badge (badges, told->serial);
  badge->sequence = MAX (badge->sequence, told->sequence);
  badge->open |= told->open;
  badge->is_void |= told->is_void;
}

void
_lanyard_directory_add_venue (LanyardDirectory *directory, LanyardEntry *entry)
{
  GPtrArray *badges
      = directory->venue == NULL ? NULL : g_hash_table_lookup (directory->venue, entry->number);
  guint32 known = entry->issued.last_sequence;

  for (guint i = 0; badges != NULL && i < badges->len; i++)
    {
      const Badge *badge = g_ptr_array_index (badges, i);

      /* The hub has heard of it, or of a later one. */
      if (!badge->open || badge->is_void || (badge->sequence != 0 && badge->sequence <= known))
        continue;
      entry->issued.open_badges = MAX (entry->issued.open_badges, 1);
      if (badge->sequence < entry->issued.last_sequence)
        continue;
      entry->issued.last_sequence = badge->sequence;
      g_free (entry->issued.last_serial);
      entry->issued.last_serial = g_strdup (badge->serial);
    }
}
