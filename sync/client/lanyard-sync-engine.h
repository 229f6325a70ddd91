/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-directory.h"
#include "lanyard-journal.h"
#include "lanyard-key.h"
#include "lanyard-link.h"
#include "lanyard-pack-shelf.h"
#include "lanyard-sync-world.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_SYNC_ENGINE (lanyard_sync_engine_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSyncEngine, lanyard_sync_engine, LANYARD, SYNC_ENGINE, GObject)

/**
 * lanyard_sync_engine_new:
 * @journal: borrowed; must outlive the engine
 * @directory: borrowed; must outlive the engine
 * @desk_key: (nullable): NULL: not enrolled; the engine then only tells so
 * @root: event root key, against which trust lists are checked
 * @hub_urls: tried in order
 * @world: (nullable): borrowed; must outlive the engine; the real one when NULL
 *
 * Runs the sync machine in @world, whose callbacks must come in the databases' thread. Implements
 * LanyardLink.
 */
LanyardSyncEngine *lanyard_sync_engine_new (LanyardJournal *journal,
                                            LanyardDirectory *directory,
                                            LanyardKey *desk_key,
                                            const LanyardPublicKey *root,
                                            const char *const *hub_urls,
                                            LanyardSyncWorld *world);

/* Which hubs are believed, and what is shown to them. Only of an engine in the real world, before
 * it is started. @tls: (nullable) */
void lanyard_sync_engine_set_tls (LanyardSyncEngine *self, LanyardLineTls *tls);

/* @venue: (nullable): code of the venue whose relays are taken that announce themselves, when the
 * list of hubs has a place for them ("dns-sd:"); NULL: none are looked for. Before it is started.
 */
void lanyard_sync_engine_set_venue (LanyardSyncEngine *self, const char *venue);

/* @version: (nullable): of the pack that this desk works with, for those who run the fleet */
void lanyard_sync_engine_set_pack_version (LanyardSyncEngine *self, const char *version);

/**
 * lanyard_sync_engine_take_shelf:
 * @shelf: (transfer full): where editions of the event's pack go that the hub publishes
 *
 * Without one the hub is not asked for any. Call before the engine is started.
 */
void lanyard_sync_engine_take_shelf (LanyardSyncEngine *self, LanyardPackShelf *shelf);

/* Runs one whole round (push all, pull all, photos) and then calls back: for the tool and the demo.
 */
void lanyard_sync_engine_run_once_async (LanyardSyncEngine *self,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer user_data);
gboolean
lanyard_sync_engine_run_once_finish (LanyardSyncEngine *self, GAsyncResult *result, GError **error);

G_END_DECLS
