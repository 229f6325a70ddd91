/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hub.h"

G_BEGIN_DECLS

/*
 * What people decided at the hub is in no desk's journal: which badge of a conflict stays, what
 * became of a badge that a lost desk left, which desk is revoked, which record nobody has to look
 * at, and who did what. So each is also a line of DIR/decisions.jsonl, for the day on which the
 * store is lost:
 *
 * 1. A decision is told to be done when it is in the store and in that file, synced.
 * 2. Lines are only ever added. What the store has and the file has not is added with the next
 *    decision, and when a hub begins to serve; what the file has and the store has not, as after an
 *    older backup was put back, stays.
 * 3. A line is one JSON object, whose last member is the hub's signature of what is before it. One
 *    that was cut off or changed is told and passed over.
 * 4. Taking a line twice changes nothing, and neither does the order of lines and records.
 *
 * The file may be a link to another disk, which is where it helps.
 */

#define LANYARD_HUB_DECISIONS_FILE "decisions.jsonl"

/**
 * lanyard_hub_list_decisions:
 *
 * Returns: (transfer full) (nullable) (element-type utf8): all that this store has, as lines
 * without signature and line end
 */
GPtrArray *lanyard_hub_list_decisions (LanyardHub *hub, GError **error);

/* Returns: (transfer full): @text with the hub's signature, without line end */
char *lanyard_hub_sign_decision (LanyardHub *hub, const char *text);
/* Returns: (transfer full) (nullable): what of @line is signed; NULL: it is no whole line.
 * @signature: (out caller-allocates): LANYARD_SIGNATURE_BYTES; not checked */
char *_lanyard_hub_split_decision (const char *line, guint8 *signature);
/* Whether this hub's key signed @text. */
gboolean _lanyard_hub_verify_decision (LanyardHub *hub, const char *text, const guint8 *signature);

/**
 * lanyard_hub_keep_decisions:
 * @error: LANYARD_ERROR_IO: something is not in the file
 *
 * Brings DIR/decisions.jsonl up to date, and returns when it is on disk.
 */
gboolean lanyard_hub_keep_decisions (LanyardHub *hub, GError **error);

/* What became of a line. */
typedef enum
{
  LANYARD_HUB_DECISION_TAKEN,
  LANYARD_HUB_DECISION_KNOWN,  /* the store has it */
  LANYARD_HUB_DECISION_WAITS,  /* what it is about is not here, or still makes no sense */
  LANYARD_HUB_DECISION_BROKEN, /* cut off, changed, or of another hub */
} LanyardHubDecisionResult;

/**
 * lanyard_hub_take_decisions:
 * @lines: (array zero-terminated=1): of such a file; empty ones are passed over
 * @results: (out) (transfer full) (element-type LanyardHubDecisionResult): one for each of @lines
 * @error: of the store
 *
 * Does again what was decided, as it was decided then.
 */
gboolean lanyard_hub_take_decisions (LanyardHub *hub,
                                     const char *const *lines,
                                     GArray **results,
                                     GError **error);

G_END_DECLS
