/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-day-list.h"
#include "lanyard-row-span.h"
#include "lanyard-words.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* One row with its place in the list. */
typedef struct
{
  GtkWidget *row;       /* (transfer none): a child of the widget */
  LanyardDayItem *item; /* (nullable): owned; NULL while the row is put by */
  gulong changed;       /* handler of @item */
  guint place;
} LanyardTransactionSlot;

/*
 * The rows of a list of transactions: one is taken for a place when that comes into sight, and put
 * by when it leaves it. What a row says of a person does not stay in one that has been put by.
 */
typedef struct _LanyardTransactionSlots LanyardTransactionSlots;

/* @widget: (transfer none): parent of the rows, outlives this. @activated: (transfer none): called
 * as a handler of a row's "activated", with @widget */
LanyardTransactionSlots *lanyard_transaction_slots_new (GtkWidget *widget, GCallback activated);
void lanyard_transaction_slots_free (LanyardTransactionSlots *self);
/* @list: (transfer none): kept; where the items come from */
void lanyard_transaction_slots_set_list (LanyardTransactionSlots *self, LanyardDayList *list);
/* @words: (transfer none): kept; all rows say it in these from now on */
void lanyard_transaction_slots_set_words (LanyardTransactionSlots *self, LanyardWords *words);
/* Returns: how many rows there are, seen or put by */
guint lanyard_transaction_slots_count (LanyardTransactionSlots *self);

/* Returns: (transfer none): the row of @place, which is now taken if it was not */
LanyardTransactionSlot *lanyard_transaction_slots_need (LanyardTransactionSlots *self, guint place);
/* Returns: (transfer none) (nullable): the one that shows something as @row */
LanyardTransactionSlot *lanyard_transaction_slots_find_row (LanyardTransactionSlots *self,
                                                            GtkWidget *row);
/* Returns: (transfer none) (nullable): the one that has the keyboard */
LanyardTransactionSlot *lanyard_transaction_slots_find_focus (LanyardTransactionSlots *self);
/* Returns: (transfer none) (nullable): that one, when it is kept outside of @span */
LanyardTransactionSlot *lanyard_transaction_slots_find_parked (LanyardTransactionSlots *self,
                                                               const LanyardRowSpan *span);
/* Puts by what is outside of @span and has not the keyboard. */
void lanyard_transaction_slots_put_by (LanyardTransactionSlots *self, const LanyardRowSpan *span);
/* As GListModel::items-changed: the others keep their item. */
void lanyard_transaction_slots_splice (LanyardTransactionSlots *self,
                                       guint place,
                                       guint removed,
                                       guint added);
/* How wide a row must be and would like to be, in px. */
void lanyard_transaction_slots_measure (LanyardTransactionSlots *self, int *minimum, int *natural);

G_END_DECLS
