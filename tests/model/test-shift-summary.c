/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* If this fails, the report of a shift says something else of its cards than its records do. */

#include <string.h>

#include "lanyard-cbor.h"
#include "lanyard-shift-summary.h"

/* A desk's records, one after the other. */
typedef struct
{
  LanyardShiftSummary *summary; /* (nullable): records are only made */
  LanyardShift *shift;          /* what the desk reckons */
  guint64 seq;
  LanyardRecord *last;
} Desk;

/* @cards: below 0: none */
static GBytes *
make_body (const char *printer, gint cards, GBytes *rows)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();

  lanyard_cbor_open_map (writer, 2 + (cards >= 0) + (rows != NULL));
  lanyard_cbor_write_uint (writer, LANYARD_BODY_STAFF);
  lanyard_cbor_write_text (writer, "S-9");
  lanyard_cbor_write_uint (writer, LANYARD_BODY_PRINTER);
  lanyard_cbor_write_text (writer, printer);
  if (cards >= 0)
    {
      lanyard_cbor_write_uint (writer, LANYARD_BODY_CARDS);
      lanyard_cbor_write_uint (writer, (guint64)cards);
    }
  if (rows != NULL)
    {
      lanyard_cbor_write_uint (writer, LANYARD_BODY_SHIFT);
      lanyard_cbor_write_encoded (writer, g_bytes_get_data (rows, NULL), g_bytes_get_size (rows));
    }
  return lanyard_cbor_writer_end (writer);
}

static void
take (Desk *desk, LanyardRecordKind kind, const char *serial, gint cards, GBytes *rows)
{
  LanyardRecord *record = lanyard_record_new ();

  record->device = 7;
  record->epoch = 1;
  record->seq = ++desk->seq;
  record->kind = (guint16)kind;
  record->serial = g_strdup (serial);
  record->wall_us = (gint64)desk->seq * G_USEC_PER_SEC;
  g_bytes_unref (record->body);
  record->body = make_body ("left", cards, rows);
  lanyard_record_seal (record);
  lanyard_shift_take (desk->shift, record);
  if (desk->summary != NULL)
    lanyard_shift_summary_take (desk->summary, record);
  g_clear_pointer (&desk->last, lanyard_record_free);
  desk->last = record;
}

static void
issue (Desk *desk, const char *serial)
{
  take (desk, LANYARD_RECORD_RESERVED, serial, -1, NULL);
  take (desk, LANYARD_RECORD_PRINTING, serial, -1, NULL);
  take (desk, LANYARD_RECORD_ISSUED, serial, -1, NULL);
}

static void
free_row (gpointer row)
{
  lanyard_shift_row_free (row);
}

static void
close_shift (Desk *desk)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  GPtrArray *counts = lanyard_shift_get_counts (desk->shift);
  g_autoptr (GBytes) encoded = NULL;

  for (guint i = 0; i < counts->len; i++)
    g_ptr_array_add (rows, lanyard_shift_row_new (g_ptr_array_index (counts, i)));
  encoded = lanyard_shift_rows_encode (rows);
  take (desk, LANYARD_RECORD_SHIFT_CLOSED, NULL, -1, encoded);
}

static void
set_up (Desk *desk, gconstpointer data)
{
  *desk = (Desk){ .shift = lanyard_shift_new () };
}

static void
tear_down (Desk *desk, gconstpointer data)
{
  lanyard_shift_free (desk->shift);
  lanyard_shift_summary_free (desk->summary);
  g_clear_pointer (&desk->last, lanyard_record_free);
}

static const LanyardShiftSummaryRow *
get_row (Desk *desk)
{
  g_assert_cmpuint (desk->summary->rows->len, ==, 1);
  return g_ptr_array_index (desk->summary->rows, 0);
}

/* What is first, put in, used, found by counting, and left always adds up. */
static void
check_sum (Desk *desk)
{
  const LanyardShiftSummaryRow *row = get_row (desk);
  const LanyardShiftCount *count = &row->row->count;

  g_assert_cmpint (row->first + (gint)count->loaded - (gint)count->handed - (gint)count->spoiled
                       - (gint)count->jammed + row->corrected,
                   ==, count->left);
}

/* The first shift there is: nobody knows what was in the printer before the first pack. */
static void
test_first (Desk *desk, gconstpointer data)
{
  desk->summary = lanyard_shift_summary_new (NULL);
  take (desk, LANYARD_RECORD_CARDS_LOADED, NULL, 100, NULL);
  issue (desk, "A");
  close_shift (desk);
  g_assert_cmpuint (desk->summary->first.seq, ==, 1);
  g_assert_cmpuint (desk->summary->last.seq, ==, desk->seq);
  g_assert_true (lanyard_hash_equal (&desk->summary->last.hash, &desk->last->hash));
  g_assert_cmpint (desk->summary->began_us, ==, G_USEC_PER_SEC);
  g_assert_cmpint (desk->summary->closed_us, ==, desk->last->wall_us);
  g_assert_cmpstr (desk->summary->staff, ==, "S-9");
  g_assert_false (get_row (desk)->knows_first);
  g_assert_cmpint (get_row (desk)->row->count.left, ==, 99);
  /* what comes after is of the next one */
  issue (desk, "B");
  g_assert_cmpuint (desk->summary->n_records, ==, 5);
}

/* The second begins with what the first left, and counting by hand is told as what it found. */
static void
test_counted (Desk *desk, gconstpointer data)
{
  take (desk, LANYARD_RECORD_CARDS_LOADED, NULL, 100, NULL);
  issue (desk, "A");
  close_shift (desk);
  desk->summary = lanyard_shift_summary_new (desk->last);
  issue (desk, "B");
  take (desk, LANYARD_RECORD_CARDS_SPOILED, NULL, 2, NULL);
  take (desk, LANYARD_RECORD_CARDS_COUNTED, NULL, 90, NULL);
  take (desk, LANYARD_RECORD_CARDS_LOADED, NULL, 50, NULL);
  issue (desk, "C");
  take (desk, LANYARD_RECORD_CARDS_COUNTED, NULL, 140, NULL);
  close_shift (desk);
  g_assert_cmpuint (desk->summary->first.seq, ==, 6);
  g_assert_true (get_row (desk)->knows_first);
  g_assert_cmpint (get_row (desk)->first, ==, 99);
  /* 99 - 1 - 2 = 96, counted 90; 90 + 50 - 1 = 139, counted 140 */
  g_assert_cmpint (get_row (desk)->corrected, ==, -5);
  g_assert_cmpuint (get_row (desk)->row->count.handed, ==, 2);
  check_sum (desk);
  g_assert_cmpuint (lanyard_shift_summary_count_open (desk->summary), ==, 0);
}

/* A badge that nobody knows of is told, should a close ever have been made over it. */
static void
test_open (Desk *desk, gconstpointer data)
{
  desk->summary = lanyard_shift_summary_new (NULL);
  take (desk, LANYARD_RECORD_RESERVED, "A", -1, NULL);
  close_shift (desk);
  g_assert_cmpuint (lanyard_shift_summary_count_open (desk->summary), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  lanyard_hash_init ();
  g_test_add ("/shift-summary/first", Desk, NULL, set_up, test_first, tear_down);
  g_test_add ("/shift-summary/counted", Desk, NULL, set_up, test_counted, tear_down);
  g_test_add ("/shift-summary/open", Desk, NULL, set_up, test_open, tear_down);
  return g_test_run ();
}
