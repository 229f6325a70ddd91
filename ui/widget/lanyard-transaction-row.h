/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-day-part.h"
#include "lanyard-words.h"

G_BEGIN_DECLS

/* One transaction of the day: when, who, what, how it stands, and whether the hub has it.
 * Signal "activated" (LanyardTransactionRow *): touched, or chosen by key or an assistive tool. */
#define LANYARD_TYPE_TRANSACTION_ROW (lanyard_transaction_row_get_type ())
G_DECLARE_FINAL_TYPE (LanyardTransactionRow,
                      lanyard_transaction_row,
                      LANYARD,
                      TRANSACTION_ROW,
                      GtkWidget)

GtkWidget *lanyard_transaction_row_new (void);
/* @line: (nullable): NULL while it is still to come; all of it is forgotten then */
void lanyard_transaction_row_show (LanyardTransactionRow *self,
                                   const LanyardDayLine *line,
                                   LanyardWords *words);

G_END_DECLS
