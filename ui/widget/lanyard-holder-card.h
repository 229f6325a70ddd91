/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-entry.h"
#include "lanyard-pack.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_HOLDER_CARD (lanyard_holder_card_get_type ())
G_DECLARE_FINAL_TYPE (LanyardHolderCard, lanyard_holder_card, LANYARD, HOLDER_CARD, GtkWidget)

/* Who somebody is, as on the badge: photo, both names, category, function, organisation. The same
 * on every page that shows a person. Property "compact": smaller, for staff. */

/**
 * lanyard_holder_card_show:
 * @photo: (nullable): JPEG or PNG
 * @pack: (nullable): labels and colours of codes
 * @language: of labels
 */
void lanyard_holder_card_show (LanyardHolderCard *self,
                               const LanyardEntry *entry,
                               GBytes *photo,
                               LanyardPack *pack,
                               const char *language);
/* Afterwards nothing of the person is left in it. */
void lanyard_holder_card_clear (LanyardHolderCard *self);
void lanyard_holder_card_set_portrait (LanyardHolderCard *self, gboolean portrait);

G_END_DECLS
