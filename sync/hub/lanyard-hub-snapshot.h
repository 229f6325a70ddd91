/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hub.h"
#include "lanyard-snapshot.h"

G_BEGIN_DECLS

/*
 * Snapshots of all entries, in DIR/snapshot: chunks that are named by their hash and never change,
 * and one signed header that names them. The one before is kept as long, for desks that are in the
 * middle of it.
 *
 * The rows are read while the hub goes on serving: a row may be newer than the gseq that the header
 * names, never older, and the feed from there on brings the rest. The work of packing is done on
 * a thread of its own.
 */
typedef struct _LanyardHubSnapshotBuild LanyardHubSnapshotBuild;

/* @error: LANYARD_ERROR_IO, _FULL */
LanyardHubSnapshotBuild *lanyard_hub_snapshot_build_new (LanyardHub *hub, GError **error);
/* @build: (nullable): one that is not over leaves the snapshot as it was */
void lanyard_hub_snapshot_build_free (LanyardHubSnapshotBuild *build);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubSnapshotBuild, lanyard_hub_snapshot_build_free)

/* Returns: rows that were read so far */
guint64 lanyard_hub_snapshot_build_get_progress (LanyardHubSnapshotBuild *build);
/* Whether the next step would only wait. */
gboolean lanyard_hub_snapshot_build_is_waiting (LanyardHubSnapshotBuild *build);

/**
 * lanyard_hub_snapshot_build_step:
 * @wait_ms: how long to wait at most for the packing, ms
 * @done: (out): the snapshot is on disk and in force
 * @error: LANYARD_ERROR_IO, _FULL, _CORRUPT: the build is over, the snapshot as it was
 *
 * Reads some rows, or waits for the packing.
 */
gboolean lanyard_hub_snapshot_build_step (LanyardHubSnapshotBuild *build,
                                          guint wait_ms,
                                          gboolean *done,
                                          GError **error);

/* The one that the hub is making, if any. start() does nothing while there is one. */
gboolean lanyard_hub_snapshot_start (LanyardHub *hub, GError **error);
gboolean lanyard_hub_snapshot_is_under_way (LanyardHub *hub);
/* Returns: rows that were read so far */
guint64 lanyard_hub_snapshot_get_progress (LanyardHub *hub);
/* At most @n_steps steps of it, and one wait. @error: it is given up */
gboolean lanyard_hub_snapshot_work (LanyardHub *hub, guint n_steps, guint wait_ms, GError **error);

/* Looks from time to time whether one is due, and makes it in the thread-default GMainContext. */
typedef struct _LanyardHubKeeper LanyardHubKeeper;
/* @hub: borrowed */
LanyardHubKeeper *lanyard_hub_keeper_new (LanyardHub *hub);
void lanyard_hub_keeper_free (LanyardHubKeeper *keeper);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubKeeper, lanyard_hub_keeper_free)

/* Signed header of the snapshot in force. @error: LANYARD_ERROR_NOT_FOUND: there is none */
GBytes *lanyard_hub_get_snapshot (LanyardHub *hub, GError **error);
/* The same, read. */
LanyardSnapshot *lanyard_hub_read_snapshot (LanyardHub *hub, GError **error);
/* Returns: (transfer full): path of a chunk, whether it is there or not. @hex: 64 digits */
char *lanyard_hub_get_chunk_path (LanyardHub *hub, const char *hex);
/* Whether the feed has grown so much since the last one that desks gain by a new one. */
gboolean lanyard_hub_is_snapshot_due (LanyardHub *hub);

/* Desks that are fewer changes behind take the feed. */
#define LANYARD_HUB_SNAPSHOT_MIN_CHANGES 4096

/**
 * lanyard_hub_compact:
 * @max: most changes to forget in this call
 * @floor: (out): the feed is whole from here on
 * @removed: (out): changes forgotten; 0: there are no more
 * @error: LANYARD_ERROR_STATE when there is no snapshot; what the store says
 *
 * Forgets changes below the snapshot that later ones made worthless. A desk whose cursor is below
 * the floor is told to take the snapshot (410).
 */
gboolean
lanyard_hub_compact (LanyardHub *hub, guint max, guint64 *floor, guint64 *removed, GError **error);

G_END_DECLS
