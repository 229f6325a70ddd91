/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-store-sqlite-private.h"

#define DB(store) _lanyard_hub_sqlite_database (store)

/* Records of one desk come in their order, so the newest is the last that is put. */
static gboolean
put_stock (LanyardHubStore *store, const LanyardHubStock *stock, GError **error)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (
      DB (store), "INSERT INTO stock (device, printer, cards_left, told_us, closed_us)"
                  " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (device, printer) DO UPDATE SET"
                  " cards_left = excluded.cards_left, told_us = excluded.told_us,"
                  " closed_us = max (closed_us, excluded.closed_us)");

  lanyard_statement_bind_int (statement, 1, stock->device);
  lanyard_statement_bind_text (statement, 2, stock->printer);
  if (stock->knows_left)
    lanyard_statement_bind_int (statement, 3, stock->left);
  lanyard_statement_bind_int (statement, 4, stock->told_us);
  lanyard_statement_bind_int (statement, 5, stock->closed_us);
  return lanyard_statement_run (statement, error);
}

static GPtrArray *
list_stock (LanyardHubStore *store, guint32 device, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "SELECT printer, cards_left, told_us, closed_us"
                                           " FROM stock WHERE device = ?1 ORDER BY printer");
  g_autoptr (GPtrArray) stocks
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_stock_free);
  gboolean row;

  lanyard_statement_bind_int (statement, 1, device);
  while (lanyard_statement_step (statement, &row, error))
    {
      LanyardHubStock *stock;

      if (!row)
        return g_steal_pointer (&stocks);
      stock = g_new0 (LanyardHubStock, 1);
      stock->device = device;
      stock->printer = lanyard_statement_dup_text (statement, 0);
      stock->knows_left = !lanyard_statement_is_null (statement, 1);
      stock->left = stock->knows_left ? lanyard_statement_get_int (statement, 1) : 0;
      stock->told_us = lanyard_statement_get_int (statement, 2);
      stock->closed_us = lanyard_statement_get_int (statement, 3);
      g_ptr_array_add (stocks, stock);
    }
  return NULL;
}

void
_lanyard_hub_sqlite_fill_stock (LanyardHubStoreOps *ops)
{
  ops->put_stock = put_stock;
  ops->list_stock = list_stock;
}
