/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-pg-statement.h"
#include "lanyard-hub-pg-work.h"

/* One row a statement for each printer: the newest, and the latest close. */
static gboolean
keep_stock (LanyardPgWork *work, const LanyardHubStock *stock)
{
  g_autofree char *key = g_strdup_printf ("%u %s", stock->device, stock->printer);
  const LanyardHubStock *before = g_hash_table_lookup (work->stocks, key);
  LanyardHubStock *kept = g_memdup2 (stock, sizeof *stock);

  kept->printer = g_strdup (stock->printer);
  if (before != NULL)
    kept->closed_us = MAX (kept->closed_us, before->closed_us);
  g_hash_table_replace (work->stocks, g_steal_pointer (&key), kept);
  work->dirty = TRUE;
  return TRUE;
}

/* Records of one desk come in their order, so the newest is the last that is put. */
static gboolean
put_stock (LanyardHubStore *store, const LanyardHubStock *stock, GError **error)
{
  LanyardPgWork *work = _lanyard_pg_work (store);
  g_autoptr (LanyardPgStatement) statement = _lanyard_pg_statement_new (
      store, "INSERT INTO stock (device, printer, cards_left, told_us, closed_us)"
             " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (device, printer) DO UPDATE SET"
             " cards_left = excluded.cards_left, told_us = excluded.told_us,"
             " closed_us = greatest (stock.closed_us, excluded.closed_us)");

  if (work != NULL)
    return keep_stock (work, stock);
  _lanyard_pg_bind_int (statement, 1, stock->device);
  _lanyard_pg_bind_text (statement, 2, stock->printer);
  if (stock->knows_left)
    _lanyard_pg_bind_int (statement, 3, stock->left);
  _lanyard_pg_bind_int (statement, 4, stock->told_us);
  _lanyard_pg_bind_int (statement, 5, stock->closed_us);
  return _lanyard_pg_run (statement, error);
}

static GPtrArray *
list_stock (LanyardHubStore *store, guint32 device, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store, "SELECT printer, cards_left, told_us, closed_us"
                                          " FROM stock WHERE device = $1 ORDER BY printer");
  g_autoptr (GPtrArray) stocks
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_stock_free);
  gboolean row;

  _lanyard_pg_bind_int (statement, 1, device);
  while (_lanyard_pg_step (statement, &row, error))
    {
      LanyardHubStock *stock;

      if (!row)
        return g_steal_pointer (&stocks);
      stock = g_new0 (LanyardHubStock, 1);
      stock->device = device;
      stock->printer = _lanyard_pg_dup_text (statement, 0);
      stock->knows_left = !_lanyard_pg_is_null (statement, 1);
      stock->left = stock->knows_left ? _lanyard_pg_get_int (statement, 1) : 0;
      stock->told_us = _lanyard_pg_get_int (statement, 2);
      stock->closed_us = _lanyard_pg_get_int (statement, 3);
      g_ptr_array_add (stocks, stock);
    }
  return NULL;
}

void
_lanyard_hub_pg_fill_stock (LanyardHubStoreOps *ops)
{
  ops->put_stock = put_stock;
  ops->list_stock = list_stock;
}
