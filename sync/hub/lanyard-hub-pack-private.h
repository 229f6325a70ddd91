/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hub-pack.h"
#include "lanyard-hub-private.h"

G_BEGIN_DECLS

#define LANYARD_HUB_DOCUMENT_EDITION "pack-edition"
#define LANYARD_HUB_DOCUMENT_EDITION_BEFORE "pack-edition-before"
#define LANYARD_HUB_DOCUMENT_PACK_FILE "pack-file/" /* and the hash in hexadecimal */
#define LANYARD_HUB_PACK_STAGED "pack.staged"
#define LANYARD_HUB_PACK_LOCK "pack.lock"

/* Makes @files, which have a manifest, the edition @version in force. In one transaction. */
gboolean
_lanyard_hub_put_edition (LanyardHub *hub, guint version, GHashTable *files, GError **error);

G_END_DECLS
