/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* One picture to read. */
typedef struct
{
  char *path; /* owned */
  char *name; /* owned: as the caller gave it, or relative to the folder that the caller gave */
} LanyardScanPicture;

/* All that the words of a command line name; zero-initialised is empty. */
typedef struct
{
  GPtrArray *pictures; /* owned (nullable) (element-type LanyardScanPicture) */
  gboolean many;       /* more than one word, or a folder */
  guint n_shut;        /* folders that could not be opened; each was named to the caller */
} LanyardScanPictures;

/**
 * lanyard_scan_pictures_collect:
 * @found: (inout): empty
 * @words: files and folders
 * @error: LANYARD_ERROR_USAGE: a word names nothing, or a folder without pictures
 *
 * Finds every PNG and JPEG picture, in the order of the words and in folders in that of the names.
 * A folder that may not be opened is said on standard error, and the rest is found all the same.
 * Links to folders are not followed.
 */
gboolean
lanyard_scan_pictures_collect (LanyardScanPictures *found, char *const *words, GError **error);
void lanyard_scan_pictures_clear (LanyardScanPictures *found);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardScanPictures, lanyard_scan_pictures_clear)

G_END_DECLS
