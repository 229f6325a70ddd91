/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-badge.h"

G_BEGIN_DECLS

/* One thing that is wrong with one slot. */
typedef struct
{
  char *slot; /* "the text slot print-name"; "the picture" for what no slot draws */
  guint page; /* 0 front, 1 back */
  char *what; /* goes on from there: "does not fit even at 2.80 mm …; shorten it or …" */
} LanyardBadgeFinding;

void lanyard_badge_finding_free (LanyardBadgeFinding *finding);

/**
 * lanyard_badge_try:
 * @content: of a made-up holder: findings may say what is on the badge
 *
 * Draws every slot for nobody, all of them whatever one of them says, and looks whether what must
 * stay paper is paper.
 *
 * Returns: (transfer full) (element-type LanyardBadgeFinding): empty when all is well
 */
GPtrArray *lanyard_badge_try (LanyardBadge *badge, const LanyardBadgeContent *content);

/* Returns: (transfer full) (element-type LanyardBadgeFinding): slots whose first font this machine
 * does not have, so that they look otherwise than they were designed */
GPtrArray *lanyard_badge_find_missing_fonts (LanyardBadge *badge);

G_END_DECLS
