/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/*
 * Files as programs see them and as they are on the platter of a disk, for crash-vfs. Names of
 * folders have no slash at their end; "" is the whole disk.
 */

/* A change that is not on the platter yet. */
typedef struct
{
  gint64 offset;    /* of a write; the new size of a truncation */
  GByteArray *data; /* (nullable): NULL: a truncation */
} CrashPending;

/* A file, whatever its name is now. */
typedef struct
{
  GByteArray *seen;    /* by programs */
  GByteArray *platter; /* what survives */
  GPtrArray *pending;  /* (element-type CrashPending) */
} CrashInode;

typedef struct
{
  GPtrArray *inodes;         /* (element-type CrashInode): never fewer, so numbers stay */
  GHashTable *seen_names;    /* (element-type utf8 guint): name to inode number + 1 */
  GHashTable *platter_names; /* the same, as it survives */
} CrashDisk;

void crash_disk_init (CrashDisk *disk);
void crash_disk_clear (CrashDisk *disk);
/* @to is cleared first. */
void crash_disk_copy (CrashDisk *to, const CrashDisk *from);

/* Returns: (transfer none): @number: from 0 */
CrashInode *crash_disk_get_inode (const CrashDisk *disk, guint number);
/* Makes an empty file that programs see. Returns: its number + 1 */
guint crash_disk_add_file (CrashDisk *disk, const char *name);
/* Carries a change out, on what programs see or on the platter. */
void crash_disk_put (GByteArray *image, const CrashPending *pending);
/* The names that programs see are on the platter. */
void crash_disk_sync_names (CrashDisk *disk);
/* The power was off: what becomes of all that is pending below @folder. */
void crash_disk_decide (CrashDisk *disk, const char *folder, GRand *rand);

/* Of all that survives: two disks with one hash are one disk. */
guint64 crash_disk_hash (const CrashDisk *disk);

/* Copies all files of folder @from, as programs see them, into folder @to, in place of what is
 * there; what is copied is on the platter. */
void crash_disk_copy_folder (CrashDisk *disk, const char *from, const char *to);
void crash_disk_remove_folder (CrashDisk *disk, const char *folder);
