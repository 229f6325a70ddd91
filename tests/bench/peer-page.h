/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-badge.h"

G_BEGIN_DECLS

/**
 * peer_page_new:
 * @svg: a template
 * @pack: of it
 * @content: whose badge
 * @page: 0 front, 1 back
 *
 * One side of a badge as somebody makes it who has no Lanyard: the template's picture, and over it
 * the words at the places of the slots, the photo, and the codes as paths. Nothing is fitted or
 * wrapped, and patterns are left out: it is less work than a badge.
 *
 * Returns: (transfer full): an SVG that stands by itself
 */
char *
peer_page_new (GBytes *svg, LanyardPack *pack, const LanyardBadgeContent *content, guint page);

G_END_DECLS
