/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-directory-private.h"

#include "lanyard-fault.h"

/*
 * What the other desks of the venue said of badges while the hub could not be heard, or had not
 * told it yet. In memory only: whoever restarts hears it again. It never opens anything: it can
 * only keep a second badge from coming out, from the moment on in which the first desk took a
 * serial for it, and until that serial is void. That the hub knows the serial says nothing of
 * whether a badge is out: it hears of one that is being made, too, and tells nobody. What it tells
 * of badges that are void is the lowest sequence that is valid.
 */

typedef struct
{
  char *serial;     /* owned */
  guint32 sequence; /* 0: not told */
  gboolean being_made;
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
  badge->being_made |= told->being_made;
  badge->open |= told->open;
  badge->is_void |= told->is_void;
}

/* Whether somebody may have it in the hand, or have it soon. */
static gboolean
counts (const Badge *badge, const LanyardEntry *entry)
{
  if (badge->is_void || (badge->sequence != 0 && badge->sequence < entry->lowest_valid_sequence))
    return FALSE;
  return badge->open || (badge->being_made && !lanyard_fault ("venue-print-overlooked"));
}

/* The badge that staff here void and replace: the newest that is out or on its way. */
static void
take_last (LanyardIssued *issued, const Badge *newest)
{
  if (issued->open_badges > 0 && newest->sequence < issued->last_sequence)
    return;
  g_free (issued->last_serial);
  issued->last_serial = g_strdup (newest->serial);
}

void
_lanyard_directory_add_venue (LanyardDirectory *directory, LanyardEntry *entry)
{
  GPtrArray *badges
      = directory->venue == NULL ? NULL : g_hash_table_lookup (directory->venue, entry->number);
  LanyardIssued *issued = &entry->issued;
  const Badge *newest = NULL;
  guint32 highest = 0, n_open = 0, n_being_made = 0;

  for (guint i = 0; badges != NULL && i < badges->len; i++)
    {
      const Badge *badge = g_ptr_array_index (badges, i);

      highest = MAX (highest, badge->sequence);
      if (!counts (badge, entry))
        continue;
      n_open++;
      n_being_made += !badge->open;
      if (newest == NULL || badge->sequence >= newest->sequence)
        newest = badge;
    }
  if (newest != NULL)
    take_last (issued, newest);
  /* Also of one that is void: it may lie about, and the next one is to be told from it. */
  issued->last_sequence = MAX (issued->last_sequence, highest);
  issued->being_made = n_open > issued->open_badges ? n_being_made : 0;
  issued->open_badges = MAX (issued->open_badges, n_open);
}
