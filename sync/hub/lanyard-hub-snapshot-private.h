/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hub-snapshot.h"

G_BEGIN_DECLS

/* Files in the folder of snapshots. */
#define LANYARD_HUB_SNAPSHOT_HEADER "header.cose"
#define LANYARD_HUB_SNAPSHOT_PREVIOUS "previous.cose"

/* (transfer full) */
char *_lanyard_hub_snapshot_directory (LanyardHub *hub);
/* @name: one of the files above */
LanyardSnapshot *_lanyard_hub_read_header (LanyardHub *hub, const char *name, GError **error);

G_END_DECLS
