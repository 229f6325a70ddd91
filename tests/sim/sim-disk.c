/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "sim.h"

#include "crash-vfs.h"

#include <sodium.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

/*
 * Disks and keys. Every node has a folder of its own on one disk in memory; one node works at a
 * time, so its power can fail without anybody else's.
 */

#define MAX_OPERATIONS_TO_CUT 14

/* The folder's fsync() of the program under test goes to the disk that forgets. */
int
fsync (int fd)
{
  crash_vfs_sync_folder ();
  return (int)syscall (SYS_fsync, fd);
}

/* There is room, unless the disk that forgets says that it is full. */
int
statvfs (const char *path, struct statvfs *room)
{
  memset (room, 0, sizeof *room);
  room->f_frsize = 4096;
  room->f_bavail = crash_vfs_is_full () ? 0 : 1 << 24;
  return 0;
}

void
sim_disk_choose (gboolean files)
{
  sqlite3_vfs *vfs = sqlite3_vfs_find (files ? "unix" : "crash");

  g_assert_nonnull (vfs);
  sqlite3_vfs_register (vfs, TRUE);
}

void
sim_power_begin (Sim *sim)
{
  if (!sim->quiet_phase && sim_chance (sim, sim->plan.cuts))
    crash_vfs_cut_after ((guint64)sim_range (sim, 0, MAX_OPERATIONS_TO_CUT));
  else
    crash_vfs_cut_never ();
}

gboolean
sim_power_end (Sim *sim)
{
  gboolean cut = crash_vfs_is_cut ();

  /* Or it would fail under somebody who works later. */
  if (!cut)
    crash_vfs_cut_never ();
  return cut;
}

void
sim_power_lost (Sim *sim, const char *folder, SimKind kind)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed ((guint32)sim_random (sim));

  if (sim_chance (sim, sim->plan.crashes))
    {
      sim->n_of[SIM_CRASH]++;
      crash_vfs_cut_never ();
      return;
    }
  sim->n_of[kind]++;
  crash_vfs_recover_under (folder, rand);
}

/* A stream of bytes that follows a seed, in the place of the system's. */
static struct
{
  guint8 key[crypto_stream_chacha20_KEYBYTES];
  guint64 n_blocks;
} the_keys;

static void
fill (void *const buffer, const size_t n_bytes)
{
  guint8 nonce[crypto_stream_chacha20_NONCEBYTES];

  memcpy (nonce, &the_keys.n_blocks, sizeof nonce);
  the_keys.n_blocks++;
  crypto_stream_chacha20 (buffer, n_bytes, nonce, the_keys.key);
}

static uint32_t
next_word (void)
{
  uint32_t word;

  fill (&word, sizeof word);
  return word;
}

static const char *
get_name (void)
{
  return "seeded";
}

static randombytes_implementation seeded = {
  .implementation_name = get_name,
  .random = next_word,
  .buf = fill,
};

void
sim_seed_keys (guint64 seed)
{
  memset (&the_keys, 0, sizeof the_keys);
  memcpy (the_keys.key, &seed, sizeof seed);
  randombytes_set_implementation (&seeded);
}
