/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-pack.h"
#include "lanyard-person-past.h"
#include "lanyard-words.h"

G_BEGIN_DECLS

/* What is said of what happened with a person, and of who waits, in English and marked for
 * translation. Returned texts are borrowed. */

/* @look: (out): style class: "good", "warn", "bad" or "quiet" */
const char *lanyard_past_phrase_for_kind (LanyardPastKind kind, const char **look);
/* Why staff hand somebody over, as it stands on a button. Returns: (nullable): NULL for NONE */
const char *lanyard_past_phrase_for_hand_over (LanyardHandOver reason);
/* Why somebody waits: a class in a few words. */
const char *lanyard_past_phrase_for_wait (const LanyardWait *wait);

/* Returns: (transfer full): what stands below a line: which badge, why, who, document, what is not
 * sent yet; may be empty. @pack: (nullable) */
char *lanyard_past_phrase_dup_detail (const LanyardPastLine *line,
                                      LanyardPack *pack,
                                      LanyardWords *words);
/* Returns: (transfer full): "14:05" today at @now_us (wall), the date too before that, or a dash */
char *lanyard_past_phrase_dup_when (LanyardWords *words, gint64 at_us, gint64 now_us);
/* Returns: (transfer full): "000123M" of "K0471-000123M": what is read out, and tells the badges of
 * a desk apart */
char *lanyard_past_phrase_dup_short (const char *serial);

G_END_DECLS
