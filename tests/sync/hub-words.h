/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hub.h"

G_BEGIN_DECLS

/* All that a hub tells of its records: as they came, and what became of them. Nothing of when the
 * hub ran. (transfer full) */
char *hub_words_of_records (LanyardHub *hub);
/* All that it tells of badges, people, printers and desks. (transfer full) */
char *hub_words_of_people (LanyardHub *hub);
/* The change feed and alerts, page by page. (transfer full) */
char *hub_words_of_feed (LanyardHub *hub);
/* What it answers when the uploads in @text, one a line as "DEVICE EPOCH FIRST LAST HEX", come.
 * (transfer full) */
char *hub_words_of_uploads (LanyardHub *hub, const char *text, gint64 now_s);

G_END_DECLS
