/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hub-store.h"

G_BEGIN_DECLS

/**
 * lanyard_hub_store_sqlite_open:
 * @path: hub.db
 * @create: make it when there is no file
 * @error: LANYARD_ERROR_NOT_FOUND, _BUSY (a hub serves it), _CORRUPT, _NEWER, _FULL, _IO
 *
 * The embedded store: one file, one connection, owned by the thread that opened it.
 *
 * Returns: (transfer full) (nullable): the store
 */
LanyardHubStore *lanyard_hub_store_sqlite_open (const char *path, gboolean create, GError **error);

G_END_DECLS
