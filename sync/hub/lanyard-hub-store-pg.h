/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hub-store.h"

G_BEGIN_DECLS

/* Whether @where names a PostgreSQL database: "postgresql://…" or "postgres://…". */
gboolean lanyard_hub_store_pg_is_uri (const char *where);

/**
 * lanyard_hub_store_pg_open:
 * @uri: as libpq takes it; of several hosts the one that writes is taken
 * @create: make the tables when there are none
 * @error: LANYARD_ERROR_NETWORK (no answer), _REFUSED (who asks may not), _NOT_FOUND (no tables),
 * _NEWER, _STATE (the server does not wait for its disk: fsync or synchronous_commit is off)
 *
 * The store for any number of hubs. Order and locks:
 *
 *   begin()          the writer's lock, alone
 *   begin_uploads()  the writer's lock, shared → rows of streams, ascending → rows of holdings,
 *                    ascending → at the first change the sequencer's lock
 *
 * All are held to the end of the transaction, and PostgreSQL shows a transaction's rows before it
 * lets go of its locks: so gseq and ids of alerts are given in the order of commit.
 *
 * Rows of uploads are kept in memory until the commit and then sent in one go.
 *
 * Returns: (transfer full) (nullable): the store
 */
LanyardHubStore *lanyard_hub_store_pg_open (const char *uri, gboolean create, GError **error);

G_END_DECLS
