/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-config.h"
#include "lanyard-directory.h"
#include "lanyard-journal.h"

G_BEGIN_DECLS

/* The files of one desk, opened by a tool beside the kiosk or instead of it. */

/**
 * lanyard_desk_files_load_config:
 * @path: (nullable): value of --config; %NULL: /etc/lanyard/lanyard.conf
 * @error: LANYARD_ERROR_USAGE
 *
 * Returns: (transfer full) (nullable): the configuration
 */
LanyardConfig *lanyard_desk_files_load_config (const char *path, GError **error);

/**
 * lanyard_desk_files_open_directory:
 * @config: the desk
 * @create: make the directory, and the vault key, when there are none
 * @error: LANYARD_ERROR_BUSY while a kiosk runs, and what vault and directory give
 *
 * Returns: (transfer full) (nullable): the directory
 */
LanyardDirectory *
lanyard_desk_files_open_directory (const LanyardConfig *config, gboolean create, GError **error);

/* Reads the whole directory into the search index, with progress on a terminal. */
gboolean lanyard_desk_files_build_index (LanyardDirectory *directory, GError **error);

/**
 * lanyard_desk_files_open_journal:
 * @config_path: (nullable): value of --config
 * @journal_path: (nullable): value of --journal, which wins
 * @error: LANYARD_ERROR_BUSY while a kiosk runs, and what the journal gives
 *
 * Returns: (transfer full) (nullable): the journal, read-only
 */
LanyardJournal *
lanyard_desk_files_open_journal (const char *config_path, const char *journal_path, GError **error);

G_END_DECLS
