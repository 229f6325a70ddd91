/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * Which words were seen, and where: a table of keyed hashes in a temporary file that has no name,
 * so that the memory of the process does not grow with it. The key is in memory only: what is left
 * of the file tells nobody anything. Of two different words one in 2^64 pairs would pass for one.
 */
typedef struct _LanyardHubSeen LanyardHubSeen;

/* @error: LANYARD_ERROR_IO, _FULL. (transfer full) (nullable) */
LanyardHubSeen *lanyard_hub_seen_new (GError **error);
void lanyard_hub_seen_free (LanyardHubSeen *seen);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubSeen, lanyard_hub_seen_free)

/* @where: from 1. @before: (out): where it was seen first; 0: never, and it is noted now */
gboolean lanyard_hub_seen_add (LanyardHubSeen *seen,
                               const char *word,
                               guint64 where,
                               guint64 *before,
                               GError **error);
/* @where: (out): 0: never */
gboolean
lanyard_hub_seen_find (LanyardHubSeen *seen, const char *word, guint64 *where, GError **error);
guint64 lanyard_hub_seen_count (const LanyardHubSeen *seen);

G_END_DECLS
