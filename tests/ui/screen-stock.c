/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "test-ui"

#include "screen-fixtures.h"

/* Two printers in the middle of a day. */

static LanyardShiftCount *
make_count (guint begun, guint handed, gint left)
{
  LanyardShiftCount *count = g_new0 (LanyardShiftCount, 1);

  count->allocated = begun;
  count->confirmed = handed - 1;
  count->voided = begun - handed + 1;
  count->handed = handed;
  count->spoiled = 3;
  count->jammed = 1;
  count->loaded = 300;
  count->knows_left = TRUE;
  count->left = left;
  count->knows_base = TRUE;
  count->base = 41200;
  return count;
}

LanyardStock *
test_stock_new (void)
{
  LanyardStock *stock = lanyard_stock_new ();
  const char *const names[] = { "left", "right" };

  stock->closed_us = G_GINT64_CONSTANT (1795000000000000);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      LanyardPrinterCondition *condition = lanyard_printer_condition_new ();
      LanyardStockPrinter *printer
          = lanyard_stock_add (stock, names[i], condition,
                               make_count (214 - 100 * i, 210 - 100 * i, i == 0 ? 12 : 163));

      condition->answers = TRUE;
      if (i == 0)
        lanyard_printer_condition_add_warning (condition, LANYARD_PRINT_FAULT_RIBBON_LOW);
      printer->chosen = i == 0;
      printer->low = i == 0;
      printer->ready = TRUE;
      printer->knows_lifetime = TRUE;
      printer->lifetime = i == 0 ? 41415 : 41313;
      printer->reconciliation = lanyard_shift_reconcile (printer->count, TRUE, printer->lifetime);
    }
  return stock;
}

LanyardView *
test_make_out_of_order_other (const char *language)
{
  LanyardView *view = test_make_view (LANYARD_PAGE_OUT_OF_ORDER, language);

  view->code = g_strdup ("P30");
  view->fault = LANYARD_PRINT_FAULT_MEDIA_JAM;
  view->printer = g_strdup ("left");
  view->other_printer = g_strdup ("right");
  return view;
}

LanyardView *
test_make_out_of_order (const char *language)
{
  LanyardView *view = test_make_view (LANYARD_PAGE_OUT_OF_ORDER, language);

  view->code = g_strdup ("P20");
  view->fault = LANYARD_PRINT_FAULT_MEDIA_EMPTY;
  return view;
}

LanyardView *
test_make_out_of_order_key (const char *language)
{
  LanyardView *view = test_make_view (LANYARD_PAGE_OUT_OF_ORDER, language);

  view->code = g_strdup ("E200");
  view->problem = g_strdup ("/etc/lanyard/lanyard.conf: [printer] uri is missing; add it.");
  return view;
}

LanyardView *
test_make_out_of_order_nobody (const char *language)
{
  LanyardView *view = test_make_view (LANYARD_PAGE_OUT_OF_ORDER, language);

  view->code = g_strdup ("K30");
  return view;
}

LanyardView *
test_make_preparing (const char *language)
{
  return test_make_view (LANYARD_PAGE_PREPARING, language);
}
