/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-stock.h"

#include "lanyard-cbor.h"
#include "lanyard-shift.h"

#define MAX_BODY_PAIRS 64

void
lanyard_hub_stock_free (LanyardHubStock *stock)
{
  if (stock == NULL)
    return;
  g_free (stock->printer);
  g_free (stock);
}

static LanyardHubStock *
new_stock (const LanyardRecord *record, const char *printer)
{
  LanyardHubStock *stock = g_new0 (LanyardHubStock, 1);

  stock->device = record->device;
  stock->printer = g_strdup (printer);
  stock->told_us = record->wall_us;
  return stock;
}

static void
read_pair (LanyardCborReader *reader, char **printer, gboolean *knows_left, gint64 *left)
{
  switch (lanyard_cbor_read_int (reader, G_MININT32, G_MAXINT32))
    {
    case LANYARD_BODY_PRINTER:
      g_free (*printer);
      *printer = lanyard_cbor_read_text (reader, LANYARD_PRINTER_NAME_MAX_BYTES);
      break;
    case LANYARD_BODY_CARDS_LEFT:
      *left = lanyard_cbor_read_int (reader, -G_MAXINT32, G_MAXINT32);
      *knows_left = reader->error == NULL;
      break;
    default:
      lanyard_cbor_skip (reader, NULL);
      break;
    }
}

/* Names what is left after this record, where it moved a card. */
static void
read_left (const LanyardRecord *record, GPtrArray *stocks)
{
  LanyardCborReader reader;
  g_autofree char *printer = NULL;
  gboolean knows_left = FALSE;
  gint64 left = 0;
  gsize n_pairs;

  lanyard_cbor_reader_init (&reader, g_bytes_get_data (record->body, NULL),
                            g_bytes_get_size (record->body), LANYARD_RECORD_MAX_BODY_BYTES);
  n_pairs = lanyard_cbor_enter_map (&reader, MAX_BODY_PAIRS);
  for (gsize i = 0; i < n_pairs && reader.error == NULL; i++)
    read_pair (&reader, &printer, &knows_left, &left);
  if (lanyard_cbor_reader_end (&reader, "body", NULL) && printer != NULL && knows_left)
    {
      LanyardHubStock *stock = new_stock (record, printer);

      stock->knows_left = TRUE;
      stock->left = left;
      g_ptr_array_add (stocks, stock);
    }
}

static void
read_close (const LanyardRecord *record, GPtrArray *stocks)
{
  g_autoptr (GPtrArray) rows = lanyard_shift_rows_of (record);

  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const LanyardShiftRow *row = g_ptr_array_index (rows, i);
      LanyardHubStock *stock = new_stock (record, row->count.printer);

      stock->knows_left = row->count.knows_left;
      stock->left = row->count.left;
      stock->closed_us = record->wall_us;
      g_ptr_array_add (stocks, stock);
    }
}

GPtrArray *
lanyard_hub_stock_read (const LanyardRecord *record)
{
  GPtrArray *stocks = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_stock_free);

  g_return_val_if_fail (record != NULL, stocks);

  if (record->version != 1)
    return stocks;
  if (record->kind == LANYARD_RECORD_SHIFT_CLOSED)
    read_close (record, stocks);
  else
    read_left (record, stocks);
  return stocks;
}
