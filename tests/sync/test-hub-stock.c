/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, the hub says that a venue has cards where it has none, or sets a desk's records of
 * its cards aside. */

#include "paper-desk.h"
#include "postgres-server.h"

#include "lanyard-cbor.h"
#include "lanyard-hub-stock.h"
#include "lanyard-shift.h"

/* Writes the next record of @paper with a body of its own. @body: (transfer full) */
static LanyardRecord *
write_body (Paper *paper, guint16 kind, GBytes *body)
{
  LanyardRecord *record = lanyard_record_new ();

  record->device = paper->device;
  record->epoch = 1;
  record->seq = ++paper->seq;
  record->kind = kind;
  record->wall_us = 1000 * (gint64)paper->seq;
  record->previous = paper->head;
  g_bytes_unref (record->body);
  record->body = body;
  lanyard_record_seal (record);
  paper->head = record->hash;
  return record;
}

static GBytes *
make_body (const char *printer, guint cards, gint left)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();

  lanyard_cbor_open_map (writer, 3);
  lanyard_cbor_write_uint (writer, LANYARD_BODY_PRINTER);
  lanyard_cbor_write_text (writer, printer);
  lanyard_cbor_write_uint (writer, LANYARD_BODY_CARDS);
  lanyard_cbor_write_uint (writer, cards);
  lanyard_cbor_write_uint (writer, LANYARD_BODY_CARDS_LEFT);
  lanyard_cbor_write_int (writer, left);
  return lanyard_cbor_writer_end (writer);
}

static GBytes *
make_close (const char *printer, gint left)
{
  LanyardShiftCount count = { .printer = (char *)printer, .knows_left = left >= 0, .left = left };
  g_autoptr (GPtrArray) rows
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_shift_row_free);
  g_autoptr (GBytes) encoded = NULL;
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();

  g_ptr_array_add (rows, lanyard_shift_row_new (&count));
  encoded = lanyard_shift_rows_encode (rows);
  lanyard_cbor_open_map (writer, 1);
  lanyard_cbor_write_uint (writer, LANYARD_BODY_SHIFT);
  lanyard_cbor_write_encoded (writer, g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded));
  return lanyard_cbor_writer_end (writer);
}

static GPtrArray *
list (LanyardHub *hub, guint32 device)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  GError *error = NULL;
  GPtrArray *stocks = store->ops->list_stock (store, device, &error);

  g_assert_no_error (error);
  return stocks;
}

static guint64
count_quarantined (LanyardHub *hub)
{
  LanyardHubStore *store = lanyard_hub_get_store (hub);
  LanyardHubCounts counts = { 0 };

  g_assert_true (store->ops->count (store, &counts, NULL));
  return counts.quarantined;
}

static void
test_stock (void)
{
  SyncFixture *fixture = sync_fixture_new ();
  LanyardHub *hub = paper_open_hub (fixture);
  Paper *paper = paper_new (fixture, hub);
  g_autoptr (GPtrArray) records = paper_records ();
  g_autoptr (GPtrArray) stocks = NULL;
  const LanyardHubStock *stock;

  g_ptr_array_add (records,
                   write_body (paper, LANYARD_RECORD_CARDS_LOADED, make_body ("left", 200, 200)));
  g_ptr_array_add (records,
                   write_body (paper, LANYARD_RECORD_CARDS_LOADED, make_body ("right", 50, 50)));
  g_ptr_array_add (records,
                   write_body (paper, LANYARD_RECORD_CARDS_SPOILED, make_body ("left", 3, 197)));
  g_ptr_array_add (records,
                   write_body (paper, LANYARD_RECORD_PRINTER_CHOSEN, make_body ("right", 0, 50)));
  g_ptr_array_add (records,
                   write_body (paper, LANYARD_RECORD_SHIFT_CLOSED, make_close ("right", -1)));
  /* What makes no sense says nothing, and is no reason to set the record aside. */
  g_ptr_array_add (records, write_body (paper, LANYARD_RECORD_CARDS_COUNTED,
                                        g_bytes_new_static ("\xa1\x18\x20\x01", 4)));
  paper_ingest (hub, paper, records);

  stocks = list (hub, paper->device);
  g_assert_cmpuint (stocks->len, ==, 2);
  stock = g_ptr_array_index (stocks, 0);
  g_assert_cmpstr (stock->printer, ==, "left");
  g_assert_true (stock->knows_left);
  g_assert_cmpint (stock->left, ==, 197);
  g_assert_cmpint (stock->closed_us, ==, 0);
  stock = g_ptr_array_index (stocks, 1);
  g_assert_cmpstr (stock->printer, ==, "right");
  g_assert_false (stock->knows_left);
  g_assert_cmpint (stock->closed_us, ==, 5000);
  g_assert_cmpuint (count_quarantined (hub), ==, 0);
  paper_free (paper);
  lanyard_hub_close (hub);
  sync_fixture_free (fixture);
}

int
main (int argc, char **argv)
{
  if (postgres_server_skip ())
    return 0;
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add_func ("/sync/hub-stock/stock", test_stock);
  return g_test_run ();
}
