/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/* SQLite's own file system, and at the change (write, truncate, sync, deletion) after @n_changes
 * further ones the process is killed (SIGKILL). It becomes SQLite's default: for a child. */
void kill_vfs_register (guint n_changes);
