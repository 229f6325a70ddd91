/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-edition.h"
#include "lanyard-hub.h"
#include "lanyard-pack.h"

G_BEGIN_DECLS

/*
 * The event's pack as desks fetch it. It lies in the store, so every hub process over the same
 * store gives the same edition: one document with the signed edition, one for each file of it,
 * named by the file's hash, and those of the edition before, for desks that are in the middle of
 * it. DIR/pack is a copy of it for this process and for people; it follows the store.
 */

/* Signed edition in force; the pack that the hub was made with becomes the first. */
GBytes *lanyard_hub_get_edition (LanyardHub *hub, GError **error);
/* The same, read. */
LanyardEdition *lanyard_hub_read_edition (LanyardHub *hub, GError **error);
/* @hex: hash of a file in the manifest. LANYARD_ERROR_NOT_FOUND */
GBytes *lanyard_hub_get_pack_file (LanyardHub *hub, const char *hex, GError **error);

/**
 * lanyard_hub_lock_pack:
 * @directory: the hub's folder
 * @error: LANYARD_ERROR_BUSY when somebody else is publishing; _IO
 *
 * To be held from before lanyard_hub_stage_pack() until after publishing: there is one place for
 * what is staged, and an edition mixed of two would be signed. The lock goes with its process.
 *
 * Returns: a descriptor to close; -1: not locked
 */
int lanyard_hub_lock_pack (const char *directory, GError **error);

/**
 * lanyard_hub_stage_pack:
 * @directory: the hub's folder
 * @source: a pack; what is signed in it is left out
 * @error: what is wrong with it, in one sentence
 *
 * Copies a pack to where lanyard_hub_publish_pack() takes it from. Needs no hub, and
 * lanyard_hub_lock_pack().
 */
gboolean lanyard_hub_stage_pack (const char *directory, const char *source, GError **error);

/**
 * lanyard_hub_publish_pack:
 * @person: who does it
 * @error: LANYARD_ERROR_NOT_FOUND when none was staged; what is wrong with it: not of this event,
 *   not higher than the edition in force, without the venue of a desk that is enrolled; what the
 *   store says
 *
 * Signs the pack that was staged and makes it the edition in force, in one transaction.
 */
gboolean lanyard_hub_publish_pack (LanyardHub *hub, const char *person, GError **error);

/* DIR/pack, after it was brought up to the edition in force. */
LanyardPack *lanyard_hub_load_pack (LanyardHub *hub, GError **error);

G_END_DECLS
