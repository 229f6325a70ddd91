/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-pack-shelf.h"

G_BEGIN_DECLS

/* lanyard-pack-shelf-load.c: what both sides of the shelf share. */

/* Returns: (transfer full): FOLDER/edition-VERSION */
char *lanyard_pack_shelf_path (const char *folder, guint version);
/* Returns: (transfer full) (element-type guint): the newest first */
GArray *lanyard_pack_shelf_list (const char *folder);
/* The edition in @directory, when it is what it has to be. @event, @venue: (nullable) */
LanyardPack *lanyard_pack_shelf_open (const char *directory,
                                      guint version,
                                      const LanyardPublicKey *root,
                                      const char *event,
                                      const char *venue,
                                      gint64 now_s,
                                      GError **error);

G_END_DECLS
