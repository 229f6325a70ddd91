/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-journal.h"
#include "lanyard-key.h"
#include "lanyard-line-tls.h"

G_BEGIN_DECLS

/**
 * lanyard_enrolment_run:
 * @journal: gets the new identity
 * @key_path: where the desk's new key is written
 * @hub_url: the hub
 * @tls: (nullable): which hub is believed, and what is shown to it
 * @code: one-time code that the hub printed
 * @root: event root key: the hub's answer must verify against its trust list
 * @venue: venue code of this desk
 * @name: words for people
 * @error: LANYARD_ERROR_CODE (unknown, used, too old, or of another venue), _STATE (the desk is of
 *   another event); as lanyard_hub_asker_ask(): _REFUSED is of this machine and not of the code,
 *   which is still good then
 *
 * Blocks (10 s limit). Makes the key, asks the hub for device number and epoch, and stores both
 * only when everything verified.
 */
gboolean lanyard_enrolment_run (LanyardJournal *journal,
                                const char *key_path,
                                const char *hub_url,
                                LanyardLineTls *tls,
                                const char *code,
                                const LanyardPublicKey *root,
                                const char *venue,
                                const char *name,
                                GError **error);

G_END_DECLS
