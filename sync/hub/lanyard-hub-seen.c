/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-seen.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>

#include "lanyard-error.h"

#define FIRST_SLOTS 4096
#define COPY_SLOTS 4096

/* A slot of the table; where 0: empty. */
typedef struct
{
  guint64 word;
  guint64 where;
} Slot;

struct _LanyardHubSeen
{
  int fd;
  guint64 n_slots; /* a power of two */
  guint64 n_used;
  guint8 key[crypto_shorthash_KEYBYTES];
};

static gboolean
fail (GError **error)
{
  g_set_error (error, LANYARD_ERROR, errno == ENOSPC ? LANYARD_ERROR_FULL : LANYARD_ERROR_IO,
               "A temporary file in %s cannot be used: %s.", g_get_tmp_dir (), g_strerror (errno));
  return FALSE;
}

static int
open_table (guint64 n_slots, GError **error)
{
  g_autofree char *path = g_build_filename (g_get_tmp_dir (), "lanyard-import-XXXXXX", NULL);
  int fd = open (g_get_tmp_dir (), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      fd = mkostemp (path, O_CLOEXEC);
      if (fd >= 0)
        unlink (path);
    }
  if (fd < 0 || ftruncate (fd, (off_t)(n_slots * sizeof (Slot))) != 0)
    {
      fail (error);
      if (fd >= 0)
        close (fd);
      return -1;
    }
  return fd;
}

LanyardHubSeen *
lanyard_hub_seen_new (GError **error)
{
  LanyardHubSeen *seen = g_new0 (LanyardHubSeen, 1);

  randombytes_buf (seen->key, sizeof seen->key);
  seen->n_slots = FIRST_SLOTS;
  seen->fd = open_table (seen->n_slots, error);
  if (seen->fd >= 0)
    return seen;
  g_free (seen);
  return NULL;
}

void
lanyard_hub_seen_free (LanyardHubSeen *seen)
{
  if (seen == NULL)
    return;
  close (seen->fd);
  sodium_memzero (seen->key, sizeof seen->key);
  g_free (seen);
}

/* Finds the slot of @word, or the empty one where it belongs. */
static gboolean
probe (int fd, guint64 n_slots, guint64 word, Slot *slot, guint64 *index, GError **error)
{
  *index = word & (n_slots - 1);
  while (TRUE)
    {
      if (pread (fd, slot, sizeof *slot, (off_t)(*index * sizeof *slot)) != sizeof *slot)
        return fail (error);
      if (slot->where == 0 || slot->word == word)
        return TRUE;
      *index = (*index + 1) & (n_slots - 1);
    }
}

static gboolean
put (int fd, guint64 index, const Slot *slot, GError **error)
{
  return pwrite (fd, slot, sizeof *slot, (off_t)(index * sizeof *slot)) == sizeof *slot
         || fail (error);
}

static gboolean
copy_all (LanyardHubSeen *seen, int fd, guint64 n_slots, GError **error)
{
  g_autofree Slot *block = g_new (Slot, COPY_SLOTS);

  for (guint64 from = 0; from < seen->n_slots; from += COPY_SLOTS)
    {
      const gssize n_bytes = COPY_SLOTS * sizeof (Slot);

      if (pread (seen->fd, block, (gsize)n_bytes, (off_t)(from * sizeof (Slot))) != n_bytes)
        return fail (error);
      for (guint i = 0; i < COPY_SLOTS; i++)
        {
          guint64 index;
          Slot found;

          if (block[i].where != 0
              && (!probe (fd, n_slots, block[i].word, &found, &index, error)
                  || !put (fd, index, &block[i], error)))
            return FALSE;
        }
    }
  return TRUE;
}

static gboolean
grow (LanyardHubSeen *seen, GError **error)
{
  guint64 n_slots = seen->n_slots * 4;
  int fd = open_table (n_slots, error);

  if (fd < 0)
    return FALSE;
  if (!copy_all (seen, fd, n_slots, error))
    {
      close (fd);
      return FALSE;
    }
  close (seen->fd);
  seen->fd = fd;
  seen->n_slots = n_slots;
  return TRUE;
}

static guint64
hash_word (const LanyardHubSeen *seen, const char *word)
{
  guint64 hash;

  crypto_shorthash ((guint8 *)&hash, (const guint8 *)word, strlen (word), seen->key);
  return hash;
}

gboolean
lanyard_hub_seen_add (LanyardHubSeen *seen,
                      const char *word,
                      guint64 where,
                      guint64 *before,
                      GError **error)
{
  Slot wanted = { hash_word (seen, word), where };
  guint64 index;
  Slot slot;

  g_return_val_if_fail (where > 0, FALSE);

  if (seen->n_used * 2 > seen->n_slots && !grow (seen, error))
    return FALSE;
  if (!probe (seen->fd, seen->n_slots, wanted.word, &slot, &index, error))
    return FALSE;
  *before = slot.where;
  if (slot.where != 0)
    return TRUE;
  seen->n_used++;
  return put (seen->fd, index, &wanted, error);
}

gboolean
lanyard_hub_seen_find (LanyardHubSeen *seen, const char *word, guint64 *where, GError **error)
{
  guint64 index;
  Slot slot;

  if (!probe (seen->fd, seen->n_slots, hash_word (seen, word), &slot, &index, error))
    return FALSE;
  *where = slot.where;
  return TRUE;
}

guint64
lanyard_hub_seen_count (const LanyardHubSeen *seen)
{
  return seen->n_used;
}
