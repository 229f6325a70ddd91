/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-record.h"

G_BEGIN_DECLS

/* What one record says of the blank cards in one printer. A value. */
typedef struct
{
  guint32 device;
  char *printer; /* its name at that desk */
  gboolean knows_left;
  gint64 left;      /* cards; below 0: wrongly counted */
  gint64 told_us;   /* wall: of the record */
  gint64 closed_us; /* wall: of a close of the shift; 0: the record is none */
} LanyardHubStock;

void lanyard_hub_stock_free (LanyardHubStock *stock);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubStock, lanyard_hub_stock_free)

/**
 * lanyard_hub_stock_read:
 * @record: of a desk
 *
 * Pure. A body that makes no sense says nothing of cards.
 *
 * Returns: (transfer full) (element-type LanyardHubStock): may be empty
 */
GPtrArray *lanyard_hub_stock_read (const LanyardRecord *record);

G_END_DECLS
