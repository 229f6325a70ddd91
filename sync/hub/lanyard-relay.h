/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hub-server.h"
#include "lanyard-key.h"

G_BEGIN_DECLS

/*
 * The hub's program at a venue, with the hub above it. It has no key and no roster: it passes
 * requests up and answers down unchanged, keeps what never changes, and stores what desks upload.
 *
 * 1. A batch is on its disk before anything else happens to it, and stays until long after the hub
 *    has answered for it. The hub's receipts are passed down as they are; its own answer is 202,
 *    which is no receipt: a desk keeps its records.
 * 2. While the line is cut, and also before the hub's own feed brings them, desks hear the batches
 *    of the others of the venue with their long poll. They check who signed each.
 * 3. What it gives from its cache, it gives to whose token holds.
 */
typedef struct _LanyardRelay LanyardRelay;

/**
 * lanyard_relay_new:
 * @directory: where it keeps everything; made when missing
 * @upstream: URL of the hub
 * @root: (nullable): event root key; needed the first time, kept in the folder from then on
 * @error: LANYARD_ERROR_USAGE without a root key, or with another one; _IO, _FULL
 */
LanyardRelay *lanyard_relay_new (const char *directory,
                                 const char *upstream,
                                 const LanyardPublicKey *root,
                                 GError **error);
void lanyard_relay_free (LanyardRelay *relay);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardRelay, lanyard_relay_free)

/* How the line to the hub is made; before it serves. As lanyard_hub_client_set_tls_files(). */
void lanyard_relay_set_tls (LanyardRelay *relay,
                            const char *ca,
                            const char *certificate,
                            const char *key);

/* Returns: (transfer none): the event root key */
const LanyardPublicKey *lanyard_relay_get_root (LanyardRelay *relay);

/* As lanyard_hub_server_new(). @relay: borrowed; must outlive the server */
LanyardHubServer *lanyard_relay_serve (LanyardRelay *relay, const char *listen, GError **error);

G_END_DECLS
