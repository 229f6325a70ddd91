/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The desk's lanyard.conf while it is being written: what people wrote into it stays, comments too.
 * Each change is on disk before it is believed. */
typedef struct _LanyardSetupFile LanyardSetupFile;

/* @path: need not exist. @error: LANYARD_ERROR_USAGE for what is no configuration file */
LanyardSetupFile *lanyard_setup_file_open (const char *path, GError **error);
void lanyard_setup_file_free (LanyardSetupFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardSetupFile, lanyard_setup_file_free)

const char *lanyard_setup_file_get_path (LanyardSetupFile *file);
/* Returns: (transfer full) (nullable): NULL: it is not set */
char *lanyard_setup_file_get (LanyardSetupFile *file, const char *group, const char *key);

/* Returns: (transfer full) (nullable): the first group whose name begins with @prefix and in which
 * @key is @value */
char *lanyard_setup_file_find (LanyardSetupFile *file,
                               const char *prefix,
                               const char *key,
                               const char *value);

/* One setting. @key: (nullable): NULL: the whole group is taken out. @value: (nullable): NULL: it
 * is taken out */
typedef struct
{
  const char *group;
  const char *key;
  const char *value;
} LanyardSetupSetting;

/**
 * lanyard_setup_file_put:
 * @settings: all of them at once
 * @error: LANYARD_ERROR_IO: nothing has changed, here or on disk
 *
 * Written beside the file, synced, and put into its place by one rename.
 */
gboolean lanyard_setup_file_put (LanyardSetupFile *file,
                                 const LanyardSetupSetting *settings,
                                 guint n_settings,
                                 GError **error);

/* Returns: (transfer full): all that stands in it */
char *lanyard_setup_file_dup_text (LanyardSetupFile *file);
/* Everything as it was: @text is of lanyard_setup_file_dup_text(). @error: as
 * lanyard_setup_file_put() */
gboolean lanyard_setup_file_restore (LanyardSetupFile *file, const char *text, GError **error);

G_END_DECLS
