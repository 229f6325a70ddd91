/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-badge.h"

G_BEGIN_DECLS

/* Badges side by side at half their size, front and back, with a line below each: for whoever
 * approves a design. */
typedef struct _LanyardBadgeSheet LanyardBadgeSheet;

LanyardBadgeSheet *lanyard_badge_sheet_new (void);
void lanyard_badge_sheet_free (LanyardBadgeSheet *sheet);

/**
 * lanyard_badge_sheet_add:
 * @label: stands below the badge
 * @error: as of lanyard_badge_draw()
 */
gboolean lanyard_badge_sheet_add (LanyardBadgeSheet *sheet,
                                  LanyardBadge *badge,
                                  const LanyardBadgeContent *content,
                                  const char *label,
                                  GError **error);

/* Returns: (transfer full) (nullable): one page as large as it needs to be */
GBytes *lanyard_badge_sheet_to_pdf (LanyardBadgeSheet *sheet, GError **error);
/* Returns: (transfer full) (nullable): LANYARD_ERROR_LIMIT when it were more than 64 million pixels
 */
GBytes *lanyard_badge_sheet_to_png (LanyardBadgeSheet *sheet, double dpi, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardBadgeSheet, lanyard_badge_sheet_free)

G_END_DECLS
