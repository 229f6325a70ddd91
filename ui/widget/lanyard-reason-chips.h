/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LANYARD_TYPE_REASON_CHIPS (lanyard_reason_chips_get_type ())
G_DECLARE_FINAL_TYPE (LanyardReasonChips, lanyard_reason_chips, LANYARD, REASON_CHIPS, GtkGrid)

/*
 * Reasons, of which one is touched. Signal "chosen" (LanyardReasonChips *): another one is chosen,
 * or none.
 */

typedef struct
{
  guint reason; /* not 0 */
  const char *text;
} LanyardReasonChip;

/**
 * lanyard_reason_chips_show:
 * @chips: (array length=n_chips): in the order in which they are offered
 * @columns: how many stand side by side
 *
 * What is chosen stays chosen if it is offered still. Chips that say the same are left as they are:
 * the focus stays where it is.
 */
void lanyard_reason_chips_show (LanyardReasonChips *self,
                                const LanyardReasonChip *chips,
                                guint n_chips,
                                guint columns);
/* Returns: 0 as long as none is chosen */
guint lanyard_reason_chips_get_chosen (LanyardReasonChips *self);
/* Takes all chips away, and what was chosen with them. */
void lanyard_reason_chips_clear (LanyardReasonChips *self);

G_END_DECLS
