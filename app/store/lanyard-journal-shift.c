/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Reads the records since the last close. */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-journal-private.h"

#include "lanyard-cbor.h"
#include "lanyard-statement.h"

#define ITEMS_BEFORE_KIND 3

/* The kind alone, without the hash that reading the whole record would cost. */
static guint16
read_kind (const void *encoded, gsize n_bytes)
{
  LanyardCborReader reader;
  guint16 kind;

  lanyard_cbor_reader_init (&reader, encoded, n_bytes, LANYARD_RECORD_MAX_BYTES);
  lanyard_cbor_enter_array (&reader, G_MAXINT16);
  for (guint i = 0; i < ITEMS_BEFORE_KIND; i++)
    lanyard_cbor_skip (&reader, NULL);
  kind = (guint16)lanyard_cbor_read_uint (&reader, G_MAXUINT16);
  g_clear_error (&reader.error);
  return kind;
}

/* Position of the newest close; 1 when there is none. */
static gboolean
find_close (LanyardJournal *journal, gint64 *position, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT encoded, position FROM record ORDER BY position DESC");
  gboolean row;

  *position = 1;
  while (lanyard_statement_step (select, &row, error))
    {
      gsize n_bytes;
      const void *encoded;

      if (!row)
        return TRUE;
      encoded = lanyard_statement_get_blob (select, 0, &n_bytes);
      if (read_kind (encoded, n_bytes) != LANYARD_RECORD_SHIFT_CLOSED)
        continue;
      *position = lanyard_statement_get_int (select, 1);
      return TRUE;
    }
  return FALSE;
}

static gboolean
take_all (LanyardJournal *journal, LanyardShift *shift, gint64 position, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT encoded FROM record WHERE position >= ?1 ORDER BY position");
  const LanyardHash unknown = { 0 };
  gboolean row;

  lanyard_statement_bind_int (select, 1, position);
  while (lanyard_statement_step (select, &row, error))
    {
      g_autoptr (LanyardRecord) record = NULL;
      gsize n_bytes;
      const void *encoded;

      if (!row)
        return TRUE;
      encoded = lanyard_statement_get_blob (select, 0, &n_bytes);
      record = lanyard_record_decode (encoded, n_bytes, &unknown, error);
      if (record == NULL)
        return FALSE;
      lanyard_shift_take (shift, record);
    }
  return FALSE;
}

LanyardShift *
lanyard_journal_get_shift (LanyardJournal *journal, GError **error)
{
  g_autoptr (LanyardShift) shift = NULL;
  gint64 position;

  g_return_val_if_fail (journal != NULL, NULL);

  lanyard_database_assert_thread (journal->database);
  if (journal->shift != NULL)
    return journal->shift;
  shift = lanyard_shift_new ();
  if (!find_close (journal, &position, error) || !take_all (journal, shift, position, error))
    return NULL;
  journal->shift = g_steal_pointer (&shift);
  return journal->shift;
}
