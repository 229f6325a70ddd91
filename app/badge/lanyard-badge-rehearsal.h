/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-pack.h"

G_BEGIN_DECLS

/*
 * Badges of nobody, drawn for no printer, so that the first person of a day does not wait for fonts
 * to be looked for, opened and read. Pango keeps what it finds for each thread: rehearse on the
 * thread that will draw.
 */
typedef struct _LanyardBadgeRehearsal LanyardBadgeRehearsal;

/* Every template of @pack, and a name in the letters of each of its languages. */
LanyardBadgeRehearsal *lanyard_badge_rehearsal_new (LanyardPack *pack);
void lanyard_badge_rehearsal_free (LanyardBadgeRehearsal *rehearsal);

/**
 * lanyard_badge_rehearsal_step:
 * @error: why this one could not be drawn; the next one may be
 *
 * Draws one badge, which takes as long as a first badge takes.
 *
 * Returns: whether it was drawn
 */
gboolean lanyard_badge_rehearsal_step (LanyardBadgeRehearsal *rehearsal, GError **error);
/* Whether all have been drawn, or tried. */
gboolean lanyard_badge_rehearsal_is_over (const LanyardBadgeRehearsal *rehearsal);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardBadgeRehearsal, lanyard_badge_rehearsal_free)

G_END_DECLS
