/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-day-part.h"
#include "lanyard-words.h"

G_BEGIN_DECLS

/* What the page of the day says, in English and marked for translation. Returned texts are
 * borrowed.
 */

/* What a transaction was about. */
const char *lanyard_day_phrase_for_kind (LanyardDayKind kind);
/* How it stands. @look: (out): style class: "good", "warn", "bad" or "quiet" */
const char *lanyard_day_phrase_for_state (const LanyardDayRow *row, const char **look);
/* What came of printing, or why it is void. Returns: (nullable) */
const char *lanyard_day_phrase_for_print (const LanyardDayRow *row);
/* Why the list is empty, and what to do. @searching: a text was typed */
const char *
lanyard_day_phrase_for_empty (LanyardDayFilter filter, gboolean searching, gboolean complete);

/* Why a day, or a shift, was not saved as a file, and what to do. */
const char *lanyard_day_phrase_for_export_error (const GError *error);

/* Returns: (transfer full): "14:05" here */
char *lanyard_day_phrase_dup_time (gint64 at_us);
/* Returns: (transfer full): "42 seconds" or "3 minutes" */
char *lanyard_day_phrase_dup_duration (LanyardWords *words, guint seconds);
/* Returns: (transfer full) (nullable): "3 waiting (about 6 minutes)"; "3 waiting" where no time can
 * be said; NULL: nobody waits */
char *lanyard_day_phrase_dup_wait (LanyardWords *words, const LanyardWaitEstimate *wait);

G_END_DECLS
