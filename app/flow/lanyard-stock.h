/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-printer-condition.h"
#include "lanyard-shift.h"

G_BEGIN_DECLS

/* One printer of the desk: what it says, and what the records say. A value. */
typedef struct
{
  char *name;
  gboolean chosen;                    /* new badges go there */
  LanyardPrinterCondition *condition; /* what the printer says */
  LanyardShiftCount *count;           /* what the records say since the last close */
  gboolean low;                       /* few cards are left, by the records or by the printer */
  gboolean ready;                     /* it answers, and nothing keeps it from printing */
  gboolean knows_lifetime;            /* the printer tells its own counter now */
  guint64 lifetime;
  LanyardReconciliation reconciliation;
  LanyardShiftNote note; /* why they differ, as staff said */
} LanyardStockPrinter;

/* Printers and cards of a desk at one moment. Immutable, reference counted. */
typedef struct
{
  GPtrArray *printers; /* (element-type LanyardStockPrinter): as configured */
  gint64 closed_us;    /* wall: when the last shift was closed; 0: none was */
  guint questions;     /* badges of which nobody knows whether they came out */
} LanyardStock;

/* Returns: (transfer full): without printers */
LanyardStock *lanyard_stock_new (void);
LanyardStock *lanyard_stock_ref (LanyardStock *stock);
void lanyard_stock_unref (LanyardStock *stock);
/* @a, @b: (nullable) */
gboolean lanyard_stock_equal (const LanyardStock *a, const LanyardStock *b);

/* Adds a printer, with nothing known of it. @condition: (transfer full), @count: (transfer full).
 * Returns: (transfer none): to be filled in before the stock is handed out */
LanyardStockPrinter *lanyard_stock_add (LanyardStock *stock,
                                        const char *name,
                                        LanyardPrinterCondition *condition,
                                        LanyardShiftCount *count);
/* Returns: (transfer none) (nullable): the one that new badges go to */
const LanyardStockPrinter *lanyard_stock_get_chosen (const LanyardStock *stock);
/* Whether a shift can be closed now. */
LanyardShiftVerdict lanyard_stock_get_verdict (const LanyardStock *stock);

/* Whether nobody should begin a pickup with this fault. That of one job alone is none. */
gboolean lanyard_stock_keeps_from_printing (LanyardPrintFault fault);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardStock, lanyard_stock_unref)

G_END_DECLS
