/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-stock.h"

/* The public part and the count, in one block. */
typedef struct
{
  LanyardStock stock;
  gatomicrefcount n_refs;
} CountedStock;

static void
free_printer (gpointer data)
{
  LanyardStockPrinter *printer = data;

  g_free (printer->name);
  lanyard_printer_condition_free (printer->condition);
  lanyard_shift_count_free (printer->count);
  g_free (printer);
}

LanyardStock *
lanyard_stock_new (void)
{
  CountedStock *counted = g_new0 (CountedStock, 1);

  g_atomic_ref_count_init (&counted->n_refs);
  counted->stock.printers = g_ptr_array_new_with_free_func (free_printer);
  return &counted->stock;
}

LanyardStock *
lanyard_stock_ref (LanyardStock *stock)
{
  g_return_val_if_fail (stock != NULL, NULL);

  g_atomic_ref_count_inc (&((CountedStock *)stock)->n_refs);
  return stock;
}

void
lanyard_stock_unref (LanyardStock *stock)
{
  if (stock == NULL || !g_atomic_ref_count_dec (&((CountedStock *)stock)->n_refs))
    return;
  g_ptr_array_unref (stock->printers);
  g_free (stock);
}

static gboolean
count_equal (const LanyardShiftCount *a, const LanyardShiftCount *b)
{
  return a->allocated == b->allocated && a->confirmed == b->confirmed && a->voided == b->voided
         && a->open == b->open && a->handed == b->handed && a->spoiled == b->spoiled
         && a->jammed == b->jammed && a->loaded == b->loaded && a->knows_left == b->knows_left
         && a->left == b->left && a->knows_base == b->knows_base && a->base == b->base;
}

static gboolean
printer_equal (const LanyardStockPrinter *a, const LanyardStockPrinter *b)
{
  return g_str_equal (a->name, b->name) && a->chosen == b->chosen && a->low == b->low
         && a->ready == b->ready && a->knows_lifetime == b->knows_lifetime
         && a->lifetime == b->lifetime && a->note == b->note && count_equal (a->count, b->count)
         && lanyard_printer_condition_equal (a->condition, b->condition);
}

gboolean
lanyard_stock_equal (const LanyardStock *a, const LanyardStock *b)
{
  if (a == b)
    return TRUE;
  if (a == NULL || b == NULL || a->closed_us != b->closed_us || a->questions != b->questions
      || a->printers->len != b->printers->len)
    return FALSE;
  for (guint i = 0; i < a->printers->len; i++)
    if (!printer_equal (g_ptr_array_index (a->printers, i), g_ptr_array_index (b->printers, i)))
      return FALSE;
  return TRUE;
}

LanyardStockPrinter *
lanyard_stock_add (LanyardStock *stock,
                   const char *name,
                   LanyardPrinterCondition *condition,
                   LanyardShiftCount *count)
{
  LanyardStockPrinter *printer = g_new0 (LanyardStockPrinter, 1);

  g_return_val_if_fail (stock != NULL && name != NULL, printer);

  printer->name = g_strdup (name);
  printer->condition = condition;
  printer->count = count;
  g_ptr_array_add (stock->printers, printer);
  return printer;
}

const LanyardStockPrinter *
lanyard_stock_get_chosen (const LanyardStock *stock)
{
  g_return_val_if_fail (stock != NULL, NULL);

  for (guint i = 0; i < stock->printers->len; i++)
    {
      const LanyardStockPrinter *printer = g_ptr_array_index (stock->printers, i);

      if (printer->chosen)
        return printer;
    }
  return NULL;
}

LanyardShiftVerdict
lanyard_stock_get_verdict (const LanyardStock *stock)
{
  LanyardShiftVerdict verdict = LANYARD_SHIFT_AGREES;

  g_return_val_if_fail (stock != NULL, LANYARD_SHIFT_HAS_QUESTIONS);

  if (stock->questions > 0)
    return LANYARD_SHIFT_HAS_QUESTIONS;
  for (guint i = 0; i < stock->printers->len; i++)
    {
      const LanyardStockPrinter *printer = g_ptr_array_index (stock->printers, i);

      if (printer->reconciliation.verdict == LANYARD_SHIFT_HAS_QUESTIONS)
        return LANYARD_SHIFT_HAS_QUESTIONS;
      if (printer->reconciliation.verdict == LANYARD_SHIFT_NEEDS_NOTE
          && printer->note == LANYARD_SHIFT_NOTE_NONE)
        verdict = LANYARD_SHIFT_NEEDS_NOTE;
    }
  return verdict;
}

gboolean
lanyard_stock_keeps_from_printing (LanyardPrintFault fault)
{
  switch (fault)
    {
    case LANYARD_PRINT_FAULT_OFFLINE:
    case LANYARD_PRINT_FAULT_MEDIA_EMPTY:
    case LANYARD_PRINT_FAULT_TRAY_MISSING:
    case LANYARD_PRINT_FAULT_MEDIA_WRONG:
    case LANYARD_PRINT_FAULT_MEDIA_JAM:
    case LANYARD_PRINT_FAULT_COVER_OPEN:
    case LANYARD_PRINT_FAULT_RIBBON:
    case LANYARD_PRINT_FAULT_WASTE_FULL:
    case LANYARD_PRINT_FAULT_PAUSED:
    case LANYARD_PRINT_FAULT_OUTPUT_FULL:
    case LANYARD_PRINT_FAULT_SPOOL_FULL:
    case LANYARD_PRINT_FAULT_SERVICE:
    case LANYARD_PRINT_FAULT_REJECTED:
      return TRUE;
    case LANYARD_PRINT_FAULT_NONE:
    case LANYARD_PRINT_FAULT_HOT: /* for a moment */
    case LANYARD_PRINT_FAULT_CANCELLED:
    case LANYARD_PRINT_FAULT_OTHER:
    case LANYARD_PRINT_FAULT_CONNECTING:
    case LANYARD_PRINT_FAULT_MEDIA_LOW:
    case LANYARD_PRINT_FAULT_RIBBON_LOW:
    case LANYARD_PRINT_FAULT_WASTE_HIGH:
    case LANYARD_PRINT_FAULT_OUTPUT_HIGH:
    case LANYARD_PRINT_FAULT_WORN:
    default:
      return FALSE;
    }
}
