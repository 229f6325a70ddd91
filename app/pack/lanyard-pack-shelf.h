/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-pack-manifest.h"
#include "lanyard-pack.h"

G_BEGIN_DECLS

/*
 * Editions of the event's pack that came over the line, in a folder of the desk's own:
 *
 *   FOLDER/edition-N/   whole; verified from the root key before it got this name; never changed
 *   FOLDER/incoming/    files of one that is coming, named by their hash in the manifest
 *   FOLDER/assembly/    an edition that is being put together from them
 *
 * 1. An edition is there under its name wholly or not at all: the last step is one rename of what
 *    is on disk already. A cut before it leaves files that the next try begins with.
 * 2. Nothing of a manifest is believed before its signature holds, and nothing is stored that it
 *    does not name, with size and hash.
 * 3. What is not higher than the edition in use, or than one that waits, is never stored.
 * 4. The pack in use is never touched. The newest edition is taken at the next start.
 */
typedef struct _LanyardPackShelf LanyardPackShelf;

/**
 * lanyard_pack_shelf_load:
 * @folder: of the shelf; need not exist
 * @directory: the pack that the desk was set up with
 * @root: event root key
 * @venue: (nullable): code that an edition must know to be taken
 * @now_s: s since 1970-01-01 UTC
 * @error: as lanyard_pack_load() of @directory, when no edition of the shelf is good either
 *
 * The newest there is. An edition that is damaged is passed over: an older one that works is
 * better than a desk that does not open.
 *
 * Returns: (transfer full) (nullable): the pack to use
 */
LanyardPack *lanyard_pack_shelf_load (const char *folder,
                                      const char *directory,
                                      const LanyardPublicKey *root,
                                      const char *venue,
                                      gint64 now_s,
                                      GError **error);

/**
 * lanyard_pack_shelf_new:
 * @folder: of the shelf; made when something is to be put there
 * @present: (nullable): the pack in use; NULL: of a desk that has none yet, which takes any edition,
 *   and has to look itself whether it is of its event
 * @root: event root key
 * @venue: (nullable): code that an edition must know
 *
 * Editions below the one in use are removed from the shelf.
 */
LanyardPackShelf *lanyard_pack_shelf_new (const char *folder,
                                          LanyardPack *present,
                                          const LanyardPublicKey *root,
                                          const char *venue);
void lanyard_pack_shelf_free (LanyardPackShelf *shelf);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardPackShelf, lanyard_pack_shelf_free)

/* Returns: the edition that waits for the next start; 0: none */
guint lanyard_pack_shelf_get_waiting (const LanyardPackShelf *shelf);
/* Whether @version is higher than what is in use and what waits. */
gboolean lanyard_pack_shelf_wants (const LanyardPackShelf *shelf, guint version);

/**
 * lanyard_pack_shelf_begin:
 * @version: of the edition
 * @manifest: its manifest
 * @trust: whose keys may have signed it
 * @error: LANYARD_ERROR_ROLLBACK when it is not higher than what is here; as
 *   lanyard_pack_manifest_read(); _IO, _FULL
 *
 * From now on its files may be put. What is here already, in the pack in use or from a try that was
 * cut off, is not asked for again; what belongs to another edition is removed.
 */
gboolean lanyard_pack_shelf_begin (LanyardPackShelf *shelf,
                                   guint version,
                                   GBytes *manifest,
                                   const LanyardTrustList *trust,
                                   gint64 now_s,
                                   GError **error);
/* Whether an edition is coming. */
gboolean lanyard_pack_shelf_is_open (const LanyardPackShelf *shelf);
/* Returns: (transfer none) (nullable): a file that is missing; NULL: none is */
const LanyardPackRow *lanyard_pack_shelf_next (const LanyardPackShelf *shelf);

/**
 * lanyard_pack_shelf_put:
 * @content: of the file that lanyard_pack_shelf_next() named
 * @error: LANYARD_ERROR_SIGNATURE when it is not that file, _IO, _FULL
 */
gboolean lanyard_pack_shelf_put (LanyardPackShelf *shelf, GBytes *content, GError **error);

/**
 * lanyard_pack_shelf_finish:
 * @now_s: s since 1970-01-01 UTC
 * @error: whatever keeps it from being loaded as a pack of this event, venue and version; _IO,
 *   _FULL
 *
 * When nothing is missing: puts the edition together, loads it as the next start will, and gives it
 * its name. On failure all that came is thrown away.
 */
gboolean lanyard_pack_shelf_finish (LanyardPackShelf *shelf, gint64 now_s, GError **error);

G_END_DECLS
