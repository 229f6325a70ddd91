/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-entry.h"
#include "lanyard-pack.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_BADGE_PREVIEW (lanyard_badge_preview_get_type ())
G_DECLARE_FINAL_TYPE (LanyardBadgePreview, lanyard_badge_preview, LANYARD, BADGE_PREVIEW, GtkWidget)

/*
 * Front and back of a person's badge as they would be printed, by the code that prints them, but
 * with a QR code that is none of anybody and no serial. Drawn on a thread of its own, so that the
 * screen goes on meanwhile; or a sentence when the badge cannot be drawn.
 */

/**
 * lanyard_badge_preview_show:
 * @entry: copied
 * @photo: (nullable): JPEG or PNG
 * @pack: (nullable): without one nothing is shown
 *
 * The same person again costs nothing.
 */
void lanyard_badge_preview_show (LanyardBadgePreview *self,
                                 const LanyardEntry *entry,
                                 GBytes *photo,
                                 LanyardPack *pack);
/* Afterwards nothing of the person is left in it, nor is anything drawn that was begun. */
void lanyard_badge_preview_clear (LanyardBadgePreview *self);
/* Where there is room for it. For whoever is shown next. */
void lanyard_badge_preview_set_large (LanyardBadgePreview *self, gboolean large);
/* How many sides are shown; 0 while they are drawn, and when they cannot be. */
guint lanyard_badge_preview_get_n_sides (LanyardBadgePreview *self);
/* Whether it says that the badge cannot be drawn. */
gboolean lanyard_badge_preview_has_problem (LanyardBadgePreview *self);

G_END_DECLS
