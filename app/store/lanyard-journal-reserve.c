/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Gives a badge its serial and its sequence, inside the transaction of the record that tells them.
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-journal-private.h"

#include "lanyard-cbor.h"
#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-statement.h"

#define MAX_SERIAL_NUMBER 999999

/* Copies a body's pairs, putting the sequence first (its key is the lowest). @replaces: (out) */
static GBytes *
add_sequence (GBytes *body, guint32 sequence, char **replaces, GError **error)
{
  g_autoptr (LanyardCborWriter) writer = lanyard_cbor_writer_new ();
  LanyardCborReader reader;
  gsize n_pairs, n_bytes;
  const void *data = g_bytes_get_data (body, &n_bytes);
  gboolean given = FALSE;

  lanyard_cbor_reader_init (&reader, data, n_bytes, LANYARD_RECORD_MAX_BODY_BYTES);
  n_pairs = lanyard_cbor_enter_map (&reader, LANYARD_RECORD_MAX_BODY_BYTES);
  lanyard_cbor_open_map (writer, n_pairs + 1);
  lanyard_cbor_write_uint (writer, LANYARD_BODY_SEQUENCE);
  lanyard_cbor_write_uint (writer, sequence);
  for (gsize i = 0; i < n_pairs && reader.error == NULL; i++)
    {
      guint64 key = lanyard_cbor_read_uint (&reader, G_MAXUINT64);
      const guint8 *value = NULL;

      given |= key <= LANYARD_BODY_SEQUENCE;
      lanyard_cbor_write_uint (writer, key);
      if (key == LANYARD_BODY_REPLACES)
        {
          *replaces = lanyard_cbor_read_text (&reader, LANYARD_RECORD_MAX_TEXT_BYTES);
          lanyard_cbor_write_text (writer, *replaces);
          continue;
        }
      n_bytes = lanyard_cbor_skip (&reader, &value);
      if (value != NULL)
        lanyard_cbor_write_encoded (writer, value, n_bytes);
    }
  if (given)
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "the journal itself sets the sequence");
  if (!lanyard_cbor_reader_end (&reader, "body of a record", error))
    return NULL;
  return lanyard_cbor_writer_end (g_steal_pointer (&writer));
}

static gboolean
take_serial (LanyardJournal *journal, char **serial, GError **error)
{
  g_autoptr (LanyardStatement) raise = lanyard_statement_new (
      journal->database, "INSERT INTO serial_counter (prefix, last) VALUES (?1, 1)"
                         " ON CONFLICT (prefix) DO UPDATE SET last = last + 1 RETURNING last");
  const char *prefix = journal->identity.serial_prefix;
  g_autofree char *plain = NULL;
  gboolean row;
  gint64 number;

  if (prefix == NULL)
    return lanyard_journal_fail (error, LANYARD_ERROR_STATE,
                                 "This desk is not enrolled, so it has no serials to give: "
                                 "enrol it first.");
  lanyard_statement_bind_text (raise, 1, prefix);
  if (!lanyard_statement_step (raise, &row, error))
    return FALSE;
  number = lanyard_statement_get_int (raise, 0);
  /* The row is only certain once the statement has run to its end. */
  if (!lanyard_statement_step (raise, &row, error))
    return FALSE;
  if (number > MAX_SERIAL_NUMBER)
    return lanyard_journal_fail (error, LANYARD_ERROR_LIMIT,
                                 "All serials of prefix %s are used: enrol this desk again.",
                                 prefix);
  plain = g_strdup_printf ("%s-%06" G_GINT64_FORMAT, prefix, number);
  *serial = g_strdup_printf ("%s%c", plain, lanyard_check_character (plain));
  return TRUE;
}

static gboolean
take_sequence (LanyardJournal *journal,
               const char *accreditation,
               guint32 at_least,
               guint32 *sequence,
               GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT max(sequence) FROM pickup WHERE accreditation = ?1");
  gboolean row;
  gint64 next;

  lanyard_statement_bind_text (select, 1, accreditation);
  if (!lanyard_statement_step (select, &row, error))
    return FALSE;
  next = lanyard_statement_get_int (select, 0) + 1;
  if (lanyard_fault ("sequence-not-raised"))
    next = 1;
  if (next > G_MAXUINT32 || at_least == G_MAXUINT32)
    return lanyard_journal_fail (error, LANYARD_ERROR_LIMIT,
                                 "Accreditation %s has no badge sequence left: call support.",
                                 accreditation);
  *sequence = MAX ((guint32)next, at_least);
  return TRUE;
}

gboolean
lanyard_journal_put_sequence (LanyardRecord *record,
                              guint32 sequence,
                              char **replaces,
                              GError **error)
{
  GBytes *body = add_sequence (record->body, sequence, replaces, error);

  if (body == NULL)
    return FALSE;
  g_bytes_unref (record->body);
  record->body = body;
  return TRUE;
}

gboolean
lanyard_journal_reserve (LanyardJournal *journal,
                         const LanyardStep *step,
                         LanyardPickup *row,
                         LanyardRecord *record,
                         char **replaces,
                         GError **error)
{
  if ((row->accreditation == NULL) != (step->pass != NULL) || row->serial != NULL)
    return lanyard_journal_fail (error, LANYARD_ERROR_STATE,
                                 "A badge is reserved once, and for an accreditation.");
  if (!lanyard_journal_check_room (journal, error) || !take_serial (journal, &row->serial, error)
      || (step->pass != NULL && !lanyard_journal_reserve_pass (journal, step->pass, row, error)))
    return FALSE;
  return take_sequence (journal, row->accreditation, step->sequence_at_least, &row->sequence, error)
         && lanyard_journal_put_sequence (record, row->sequence, replaces, error);
}
