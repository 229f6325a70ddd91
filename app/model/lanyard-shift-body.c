/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What records say of cards, and how a close is written. */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-shift-private.h"

#include "lanyard-cbor.h"
#include "lanyard-record-body.h"
#define ROW_ITEMS 12
#define MAX_COUNT G_MAXINT32

static const struct
{
  LanyardShiftNote note;
  const char *name;
} notes[] = {
  { LANYARD_SHIFT_NOTE_TEST_PRINTS, "test-prints" },
  { LANYARD_SHIFT_NOTE_JAMMED_CARDS, "jammed-cards" },
  { LANYARD_SHIFT_NOTE_SHARED, "shared" },
  { LANYARD_SHIFT_NOTE_COUNTER_RESET, "counter-reset" },
  { LANYARD_SHIFT_NOTE_NOT_FOUND, "not-found" },
};

const char *
lanyard_shift_note_to_string (LanyardShiftNote note)
{
  for (guint i = 0; i < G_N_ELEMENTS (notes); i++)
    if (notes[i].note == note)
      return notes[i].name;
  return NULL;
}

LanyardShiftNote
lanyard_shift_note_next (LanyardShiftNote note)
{
  if (note == LANYARD_SHIFT_NOTE_NONE)
    return notes[0].note;
  for (guint i = 0; i + 1 < G_N_ELEMENTS (notes); i++)
    if (notes[i].note == note)
      return notes[i + 1].note;
  return LANYARD_SHIFT_NOTE_NONE;
}

LanyardShiftCount *
lanyard_shift_count_copy (const LanyardShiftCount *count)
{
  LanyardShiftCount *copy;

  g_return_val_if_fail (count != NULL, NULL);

  copy = g_memdup2 (count, sizeof *count);
  copy->printer = g_strdup (count->printer);
  return copy;
}

void
lanyard_shift_count_free (LanyardShiftCount *count)
{
  if (count == NULL)
    return;
  g_free (count->printer);
  g_free (count);
}

LanyardShiftRow *
lanyard_shift_row_new (const LanyardShiftCount *count)
{
  LanyardShiftRow *row = g_new0 (LanyardShiftRow, 1);

  g_return_val_if_fail (count != NULL, row);

  row->count = *count;
  row->count.printer = g_strdup (count->printer);
  return row;
}

void
lanyard_shift_row_free (LanyardShiftRow *row)
{
  if (row == NULL)
    return;
  g_free (row->count.printer);
  g_free (row);
}

static void
write_or_null (LanyardCborWriter *writer, gboolean known, gint64 value)
{
  if (known)
    lanyard_cbor_write_int (writer, value);
  else
    lanyard_cbor_write_null (writer);
}

GBytes *
lanyard_shift_rows_encode (GPtrArray *rows)
{
  LanyardCborWriter *writer = lanyard_cbor_writer_new ();

  g_return_val_if_fail (rows != NULL && rows->len <= LANYARD_SHIFT_MAX_PRINTERS, NULL);

  lanyard_cbor_open_array (writer, rows->len);
  for (guint i = 0; i < rows->len; i++)
    {
      const LanyardShiftRow *row = g_ptr_array_index (rows, i);
      const LanyardShiftCount *count = &row->count;
      const guint counts[] = { count->allocated, count->confirmed, count->voided, count->handed,
                               count->spoiled,   count->jammed,    count->loaded };

      lanyard_cbor_open_array (writer, ROW_ITEMS);
      lanyard_cbor_write_text (writer, count->printer);
      for (guint k = 0; k < G_N_ELEMENTS (counts); k++)
        lanyard_cbor_write_uint (writer, counts[k]);
      write_or_null (writer, count->knows_left, count->left);
      write_or_null (writer, count->knows_base, count->base);
      write_or_null (writer, row->knows_lifetime, (gint64)row->lifetime);
      lanyard_cbor_write_uint (writer, (guint64)row->note);
    }
  return lanyard_cbor_writer_end (writer);
}

static gboolean
read_or_null (LanyardCborReader *reader, gint64 min, gint64 max, gint64 *value)
{
  *value = 0;
  if (lanyard_cbor_read_null (reader))
    return FALSE;
  *value = lanyard_cbor_read_int (reader, min, max);
  return reader->error == NULL;
}

static LanyardShiftRow *
read_row (LanyardCborReader *reader)
{
  LanyardShiftRow *row = g_new0 (LanyardShiftRow, 1);
  LanyardShiftCount *count = &row->count;
  guint *counts[] = { &count->allocated, &count->confirmed, &count->voided, &count->handed,
                      &count->spoiled,   &count->jammed,    &count->loaded };
  gint64 value;

  if (lanyard_cbor_enter_array (reader, ROW_ITEMS) != ROW_ITEMS)
    lanyard_cbor_fail (reader, LANYARD_ERROR_INVALID, "a row of a close has twelve items");
  count->printer = lanyard_cbor_read_text (reader, LANYARD_PRINTER_NAME_MAX_BYTES);
  for (guint k = 0; k < G_N_ELEMENTS (counts); k++)
    *counts[k] = (guint)lanyard_cbor_read_uint (reader, MAX_COUNT);
  count->knows_left = read_or_null (reader, -MAX_COUNT, MAX_COUNT, &value);
  count->left = (gint)value;
  count->knows_base = read_or_null (reader, -MAX_COUNT, G_MAXINT64, &value);
  count->base = value;
  row->knows_lifetime = read_or_null (reader, 0, G_MAXINT64, &value);
  row->lifetime = (guint64)value;
  row->note = (LanyardShiftNote)lanyard_cbor_read_uint (reader, G_MAXUINT16);
  return row;
}

static GPtrArray *
read_rows (LanyardCborReader *reader)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_shift_row_free);
  gsize n = lanyard_cbor_enter_array (reader, LANYARD_SHIFT_MAX_PRINTERS);

  for (gsize i = 0; i < n && reader->error == NULL; i++)
    g_ptr_array_add (rows, read_row (reader));
  return rows;
}

static void
read_pair (LanyardCborReader *reader, gint64 key, gpointer user_data)
{
  LanyardShiftBody *body = user_data;

  switch (key)
    {
    case LANYARD_BODY_PRINTER:
      g_free (body->printer);
      body->printer = lanyard_cbor_read_text (reader, LANYARD_PRINTER_NAME_MAX_BYTES);
      break;
    case LANYARD_BODY_STAFF:
      lanyard_record_body_read_text (reader, &body->staff);
      break;
    case LANYARD_BODY_CARDS:
      body->cards = (guint)lanyard_cbor_read_uint (reader, LANYARD_CARDS_MAX);
      break;
    case LANYARD_BODY_LIFETIME:
      body->lifetime = lanyard_cbor_read_uint (reader, G_MAXINT64);
      break;
    case LANYARD_BODY_VOID_REASON:
      body->reason = (LanyardVoidReason)lanyard_cbor_read_uint (reader, G_MAXUINT16);
      break;
    case LANYARD_BODY_FAULT:
      body->fault = (guint)lanyard_cbor_read_uint (reader, G_MAXUINT16);
      break;
    case LANYARD_BODY_SHIFT:
      g_clear_pointer (&body->rows, g_ptr_array_unref);
      body->rows = read_rows (reader);
      break;
    default:
      lanyard_cbor_skip (reader, NULL);
      break;
    }
}

void
lanyard_shift_body_read (LanyardShiftBody *body, const LanyardRecord *record)
{
  *body = (LanyardShiftBody){ .lifetime = G_MAXUINT64 };
  if (lanyard_record_body_read (record, read_pair, body, NULL))
    return;
  lanyard_shift_body_clear (body);
  body->lifetime = G_MAXUINT64;
}

void
lanyard_shift_body_clear (LanyardShiftBody *body)
{
  g_clear_pointer (&body->printer, g_free);
  g_clear_pointer (&body->staff, g_free);
  g_clear_pointer (&body->rows, g_ptr_array_unref);
  *body = (LanyardShiftBody){ 0 };
}

GPtrArray *
lanyard_shift_rows_of (const LanyardRecord *record)
{
  g_auto (LanyardShiftBody) body = { 0 };

  g_return_val_if_fail (record != NULL, NULL);

  if (record->kind != LANYARD_RECORD_SHIFT_CLOSED)
    return NULL;
  lanyard_shift_body_read (&body, record);
  return g_steal_pointer (&body.rows);
}
