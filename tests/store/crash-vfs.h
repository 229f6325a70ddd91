/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

#include "crash-disk.h"

/*
 * A file system for SQLite that forgets like a disk whose power is cut. Files live in memory, each
 * as what programs see and as what is on the platter; a write stays pending until it is synced. At
 * the cut every pending write comes out whole, torn at sectors, partly or not at all, and so does
 * every creation and removal of a file that was not followed by a sync of the folder.
 *
 * There is one of it in a process. It becomes SQLite's default. Nothing is locked.
 */
void crash_vfs_register (void);
/* Forgets all files. */
void crash_vfs_clear (void);

/* Keeps the whole state, pending writes included, and goes back to it. */
void crash_vfs_save (void);
void crash_vfs_restore (void);

/* The power fails at the operation after @n_operations further ones; every call after that fails.
 */
void crash_vfs_cut_after (guint64 n_operations);
gboolean crash_vfs_is_cut (void);
/* Changes (write, truncate, sync, create, delete) since the last cut. */
guint64 crash_vfs_get_operations (void);
/* The power comes back: what was pending is decided by @rand. */
void crash_vfs_recover (GRand *rand);

/* Calls @func wherever the power could fail; NULL: nobody. What it takes with dup_disk(), a copy of
 * all that programs see and of all that is on the platter, the disk can be made again later: so one
 * run of a program is cut at every place, and as often as one likes. */
void crash_vfs_watch (void (*func) (gpointer data), gpointer data);
/* (transfer full): crash_disk_clear() and g_free() */
CrashDisk *crash_vfs_dup_disk (void);
void crash_vfs_set_disk (const CrashDisk *disk);
guint64 crash_vfs_hash (void);

/* What fsync() of the folder does; the test's fsync() calls it. */
void crash_vfs_sync_folder (void);
/* The disk says that it synced and does not, so often in a hundred. */
void crash_vfs_set_lying (guint percent);

/* Several machines on one disk, each with a folder of its own. */
/* The power comes back for the files below @folder only. */
void crash_vfs_recover_under (const char *folder, GRand *rand);
void crash_vfs_cut_never (void);
/* Copies all files of folder @from, as programs see them, into folder @to, in place of what is
 * there; what is copied is on the platter. */
void crash_vfs_copy_folder (const char *from, const char *to);
void crash_vfs_remove_folder (const char *folder);

/* No file grows any more: SQLITE_FULL. */
void crash_vfs_set_full (gboolean full);
gboolean crash_vfs_is_full (void);
/* Whether a write met it since it was set. */
gboolean crash_vfs_found_no_room (void);
/* The operation after @n_operations further ones fails with @code of SQLite, once or from then on.
 * Reads count as well. */
void crash_vfs_fail_after (guint64 n_operations, int code, gboolean from_then_on);
/* Whether that happened. */
gboolean crash_vfs_has_failed (void);
