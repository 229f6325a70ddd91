/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-day-list.h"
#include "lanyard-words.h"

G_BEGIN_DECLS

/*
 * The day's transactions, one row below the other, for a GtkScrolledWindow. It has as many rows as
 * can be seen: a GtkListView of this GTK makes some 200 of them and measures each before it shows
 * the first.
 *
 * Who looks at the beginning sees what comes there; who has scrolled is left where they are.
 *
 * Signal "activate" (LanyardTransactionList *, guint place): a row was touched, or chosen by key or
 * by an assistive tool.
 */
#define LANYARD_TYPE_TRANSACTION_LIST (lanyard_transaction_list_get_type ())
G_DECLARE_FINAL_TYPE (LanyardTransactionList,
                      lanyard_transaction_list,
                      LANYARD,
                      TRANSACTION_LIST,
                      GtkWidget)

/* @list: (transfer none): kept; to be called once */
void lanyard_transaction_list_set_list (LanyardTransactionList *self, LanyardDayList *list);
/* @words: (transfer none): kept; the language of the rows from now on */
void lanyard_transaction_list_set_words (LanyardTransactionList *self, LanyardWords *words);
/* Shows the row at @place, which exists, and puts the keyboard on it. */
void lanyard_transaction_list_focus (LanyardTransactionList *self, guint place);
/* Returns: how many rows there are as widgets, seen or put by */
guint lanyard_transaction_list_count_widgets (LanyardTransactionList *self);

G_END_DECLS
