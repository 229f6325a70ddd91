/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LANYARD_TYPE_BAND (lanyard_band_get_type ())
G_DECLARE_FINAL_TYPE (LanyardBand, lanyard_band, LANYARD, BAND, GtkWidget)

/* The coloured band of a category, as on the badge: symbol and words on the colour of the pack. */

/**
 * lanyard_band_set:
 * @symbol: (nullable): what stands on the badge
 * @label: (nullable): words; NULL empties the band
 * @colour: (nullable): "#rrggbb"; the brand's when NULL
 * @text_colour: (nullable): "#rrggbb"; moved until it can be read on @colour
 */
void lanyard_band_set (LanyardBand *self,
                       const char *symbol,
                       const char *label,
                       const char *colour,
                       const char *text_colour);

G_END_DECLS
