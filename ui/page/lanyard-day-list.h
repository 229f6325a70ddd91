/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "lanyard-controls.h"

G_BEGIN_DECLS

/*
 * One place of the list. What stands there comes a moment later, and may change.
 * Signal "changed" (LanyardDayItem *): something else stands there now.
 */
#define LANYARD_TYPE_DAY_ITEM (lanyard_day_item_get_type ())
G_DECLARE_FINAL_TYPE (LanyardDayItem, lanyard_day_item, LANYARD, DAY_ITEM, GObject)

/* Returns: (transfer none) (nullable): NULL until it has come; until the next "changed" */
const LanyardDayLine *lanyard_day_item_get_line (LanyardDayItem *self);

/*
 * The day's transactions as a GListModel of LanyardDayItem. Only what is looked at is asked for and
 * kept, however long the day is. For the screen's thread.
 *
 * Signal "answered" (LanyardDayList *, LanyardDayPart *): the desk has told something.
 */
#define LANYARD_TYPE_DAY_LIST (lanyard_day_list_get_type ())
G_DECLARE_FINAL_TYPE (LanyardDayList, lanyard_day_list, LANYARD, DAY_LIST, GObject)

LanyardDayList *lanyard_day_list_new (void);

/**
 * lanyard_day_list_open:
 * @controls: asked from now on
 * @ask: filter, order and text; of these a copy is kept
 *
 * What is there stays until the answer comes.
 */
void
lanyard_day_list_open (LanyardDayList *self, LanyardControls *controls, const LanyardDayAsk *ask);
/* Something has changed: asks anew for what is looked at, which stays where it is. */
void lanyard_day_list_refresh (LanyardDayList *self);
/* Forgets everything. */
void lanyard_day_list_close (LanyardDayList *self);

G_END_DECLS
