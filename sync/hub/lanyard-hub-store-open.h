/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hub-store.h"

G_BEGIN_DECLS

/**
 * lanyard_hub_store_open:
 * @where: "sqlite:PATH" or "postgresql://…"
 * @create: make it when there is none
 * @error: LANYARD_ERROR_USAGE for a place that is none, _UNAVAILABLE for one that this program was
 * built without; what the store says
 *
 * Returns: (transfer full) (nullable): the store
 */
LanyardHubStore *lanyard_hub_store_open (const char *where, gboolean create, GError **error);

/**
 * lanyard_hub_store_locate:
 * @directory: the hub's folder
 * @where: (nullable): what the command line says
 * @error: LANYARD_ERROR_IO
 *
 * What the command line says, or what "init" wrote into DIRECTORY/store, or the folder's own file.
 *
 * Returns: (transfer full) (nullable): for lanyard_hub_store_open()
 */
char *lanyard_hub_store_locate (const char *directory, const char *where, GError **error);
/* Returns: (transfer none) (nullable): the file of an embedded store; NULL: it has none */
const char *lanyard_hub_store_get_path (const char *where);
/* Writes @where into DIRECTORY/store, which is made when missing and which only its owner may
 * read: it may hold a password. */
gboolean lanyard_hub_store_remember (const char *directory, const char *where, GError **error);

G_END_DECLS
