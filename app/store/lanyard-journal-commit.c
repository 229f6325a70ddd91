/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-journal-private.h"

#include "lanyard-cbor.h"
#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-journal-states.h"
#include "lanyard-statement.h"

static const guint8 empty_map[] = { 0xa0 };

static gboolean
insert_pickup (LanyardJournal *journal,
               const LanyardPickup *row,
               const char *replaces,
               GError **error)
{
  g_autoptr (LanyardStatement) insert = lanyard_statement_new (
      journal->database,
      "INSERT INTO pickup (id, state, accreditation, serial, sequence, replaces, printer_job,"
      " started_us, changed_us, open_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");

  lanyard_statement_bind_blob (insert, 1, row->id.bytes, LANYARD_ID_BYTES);
  lanyard_statement_bind_int (insert, 2, row->state);
  lanyard_statement_bind_text (insert, 3, row->accreditation);
  lanyard_statement_bind_text (insert, 4, row->serial);
  lanyard_statement_bind_int (insert, 5, row->sequence);
  lanyard_statement_bind_text (insert, 6, replaces);
  lanyard_statement_bind_text (insert, 7, row->printer_job);
  lanyard_statement_bind_int (insert, 8, row->started_us);
  lanyard_statement_bind_int (insert, 9, row->changed_us);
  if (!lanyard_pickup_state_is_terminal (row->state))
    lanyard_statement_bind_int (insert, 10, row->started_us);
  return lanyard_statement_run (insert, error);
}

/* What every step changes; no index is on any of it. */
static gboolean
update_state (LanyardJournal *journal, const LanyardPickup *row, GError **error)
{
  g_autoptr (LanyardStatement) update = lanyard_statement_new (
      journal->database,
      "UPDATE pickup SET state = ?2, printer_job = ?3, changed_us = ?4 WHERE id = ?1");

  lanyard_statement_bind_blob (update, 1, row->id.bytes, LANYARD_ID_BYTES);
  lanyard_statement_bind_int (update, 2, row->state);
  lanyard_statement_bind_text (update, 3, row->printer_job);
  lanyard_statement_bind_int (update, 4, row->changed_us);
  return lanyard_statement_run (update, error);
}

static gboolean
update_open (LanyardJournal *journal, const LanyardPickup *row, GError **error)
{
  g_autoptr (LanyardStatement) update
      = lanyard_statement_new (journal->database, "UPDATE pickup SET open_us = ?2 WHERE id = ?1");

  lanyard_statement_bind_blob (update, 1, row->id.bytes, LANYARD_ID_BYTES);
  if (!lanyard_pickup_state_is_terminal (row->state))
    lanyard_statement_bind_int (update, 2, row->started_us);
  return lanyard_statement_run (update, error);
}

static gboolean
update_badge (LanyardJournal *journal,
              const LanyardPickup *row,
              const char *replaces,
              GError **error)
{
  g_autoptr (LanyardStatement) update = lanyard_statement_new (
      journal->database,
      "UPDATE pickup SET accreditation = ?2, serial = ?3, sequence = ?4, replaces = ?5"
      " WHERE id = ?1");

  lanyard_statement_bind_blob (update, 1, row->id.bytes, LANYARD_ID_BYTES);
  lanyard_statement_bind_text (update, 2, row->accreditation);
  lanyard_statement_bind_text (update, 3, row->serial);
  lanyard_statement_bind_int (update, 4, row->sequence);
  lanyard_statement_bind_text (update, 5, replaces);
  return lanyard_statement_run (update, error);
}

/* @step: what led to @row; only what it changed is written */
static gboolean
put_pickup (LanyardJournal *journal,
            const LanyardStep *step,
            const LanyardPickup *row,
            const char *replaces,
            GError **error)
{
  if (step->from == LANYARD_PICKUP_IDLE)
    return insert_pickup (journal, row, replaces, error);
  if (!update_state (journal, row, error))
    return FALSE;
  if (lanyard_pickup_state_is_terminal (step->from) != lanyard_pickup_state_is_terminal (step->to)
      && !update_open (journal, row, error))
    return FALSE;
  /* Once it has a badge, what the badge is stays. */
  return (row->sequence > 0 && step->kind != LANYARD_RECORD_RESERVED)
         || update_badge (journal, row, replaces, error);
}

/* The pickup as it is on disk, or a new one; FALSE when it is not where @step says. */
static LanyardPickup *
load_row (LanyardJournal *journal, const LanyardStep *step, gint64 wall_us, GError **error)
{
  g_autoptr (LanyardPickup) row = lanyard_journal_dup_pickup (journal, &step->pickup);
  LanyardPickupState state = row != NULL ? row->state : LANYARD_PICKUP_IDLE;

  if (state != step->from)
    {
      lanyard_journal_fail (error, LANYARD_ERROR_STATE,
                            "The pickup is %s on disk and not %s: nothing was changed.",
                            lanyard_pickup_state_to_string (state),
                            lanyard_pickup_state_to_string (step->from));
      return NULL;
    }
  if (row == NULL)
    {
      row = g_new0 (LanyardPickup, 1);
      row->id = step->pickup;
      row->started_us = wall_us;
    }
  if (step->accreditation != NULL && row->accreditation != NULL
      && !g_str_equal (step->accreditation, row->accreditation))
    {
      lanyard_journal_fail (error, LANYARD_ERROR_STATE,
                            "A pickup stays with its accreditation: nothing was changed.");
      return NULL;
    }
  if (row->accreditation == NULL)
    row->accreditation = g_strdup (step->accreditation);
  if (step->printer_job != NULL)
    {
      g_free (row->printer_job);
      row->printer_job = g_strdup (step->printer_job);
    }
  row->state = step->to;
  row->changed_us = wall_us;
  return g_steal_pointer (&row);
}

static gboolean
write_pickup (LanyardJournal *journal,
              const LanyardStep *step,
              LanyardRecord *record,
              GError **error)
{
  g_autoptr (LanyardPickup) row = load_row (journal, step, record->wall_us, error);
  g_autofree char *replaces = NULL;
  gboolean has_sequence = FALSE;

  if (row == NULL)
    return FALSE;
  if (step->kind == LANYARD_RECORD_RESERVED
      && !lanyard_journal_reserve (journal, step, row, record, &replaces, error))
    return FALSE;
  if (!lanyard_journal_take_card (journal, step, row, &has_sequence, error)
      || !lanyard_journal_end_pass (journal, step, row, error)
      || (has_sequence && !lanyard_journal_put_sequence (record, row->sequence, &replaces, error)))
    return FALSE;
  g_free (record->accreditation);
  record->accreditation = g_strdup (row->accreditation);
  record->serial = g_strdup (row->serial);
  return put_pickup (journal, step, row, replaces, error);
}

static gboolean
check_body (GBytes *body, GError **error)
{
  LanyardCborReader reader;
  gsize n_bytes;
  const void *data = g_bytes_get_data (body, &n_bytes);
  const guint8 *encoded;

  lanyard_cbor_reader_init (&reader, data, n_bytes, LANYARD_RECORD_MAX_BODY_BYTES);
  if (lanyard_cbor_peek (&reader) != LANYARD_CBOR_MAP)
    lanyard_cbor_fail (&reader, LANYARD_ERROR_INVALID, "it is not a map");
  lanyard_cbor_skip (&reader, &encoded);
  return lanyard_cbor_reader_end (&reader, "body of a record", error);
}

/* Of a badge that another desk made there is no pickup here. */
static gboolean
is_void_of_another (const LanyardStep *step)
{
  return step->kind == LANYARD_RECORD_VOIDED && lanyard_id_is_zero (&step->pickup)
         && step->serial != NULL && step->accreditation != NULL;
}

static gboolean
check_step (const LanyardStep *step, GError **error)
{
  LanyardPickupState to;
  gboolean changes_state = lanyard_journal_state_of_kind (step->kind, &to);

  if (step->kind == LANYARD_RECORD_RESOLVED
      && (step->serial == NULL || step->accreditation == NULL))
    return lanyard_journal_fail (error, LANYARD_ERROR_STATE,
                                 "A decision says about whom it is, and which badge stays.");
  if (lanyard_id_is_zero (&step->pickup))
    return !changes_state || is_void_of_another (step)
           || lanyard_journal_fail (error, LANYARD_ERROR_STATE,
                                    "A record of kind %u belongs to a pickup.", step->kind);
  if (step->to == (changes_state ? to : step->from))
    return TRUE;
  return lanyard_journal_fail (error, LANYARD_ERROR_STATE,
                               "A record of kind %u does not lead to the state %s.", step->kind,
                               lanyard_pickup_state_to_string (step->to));
}

static gboolean
write_step (LanyardJournal *journal,
            const LanyardStep *step,
            LanyardRecord *record,
            LanyardHead *head,
            GError **error)
{
  if (!lanyard_id_is_zero (&step->pickup) ? !write_pickup (journal, step, record, error)
                                          : !lanyard_journal_change_pool (journal, step, error))
    return FALSE;
  if (is_void_of_another (step) && !lanyard_journal_void_another (journal, step, error))
    return FALSE;
  if (step->kind == LANYARD_RECORD_CONSENT && !lanyard_journal_keep_consent (journal, step, error))
    return FALSE;
  if (lanyard_fault ("record-outside-transaction")
      && (!lanyard_database_commit (journal->database, error)
          || !lanyard_database_begin (journal->database, error)))
    return FALSE;
  return lanyard_journal_append (journal, record, head, error)
         && (step->kind != LANYARD_RECORD_RESOLVED
             || lanyard_journal_note_decision (journal, record, error));
}

/* Invariant 7. */
gboolean
lanyard_journal_check_room (LanyardJournal *journal, GError **error)
{
  guint64 free_bytes = lanyard_database_get_free_bytes (journal->database);

  if (free_bytes >= journal->reserve_bytes || lanyard_fault ("reserve-unchecked"))
    return TRUE;
  return lanyard_journal_fail (error, LANYARD_ERROR_FULL,
                               "Only %" G_GUINT64_FORMAT " MB are free on the disk of %s: "
                               "no badge is begun until there are %" G_GUINT64_FORMAT " MB.",
                               free_bytes >> 20, lanyard_database_get_path (journal->database),
                               journal->reserve_bytes >> 20);
}

/* Returns: (transfer full) (nullable): what is to be written of @step */
static LanyardRecord *
make_record (LanyardJournal *journal, const LanyardStep *step, GError **error)
{
  g_autoptr (LanyardRecord) record = lanyard_record_new ();

  if (!check_step (step, error))
    return NULL;
  record->kind = step->kind;
  record->wall_us = lanyard_clock_wall_us (journal->clock);
  record->pickup = step->pickup;
  record->accreditation = g_strdup (step->accreditation);
  if (is_void_of_another (step) || step->kind == LANYARD_RECORD_RESOLVED)
    record->serial = g_strdup (step->serial);
  g_bytes_unref (record->body);
  record->body = step->body != NULL ? g_bytes_ref (step->body)
                                    : g_bytes_new_static (empty_map, sizeof empty_map);
  return check_body (record->body, error) ? g_steal_pointer (&record) : NULL;
}

/* Within a transaction. @records: gets the records; @head: (inout) */
static gboolean
write_steps (LanyardJournal *journal,
             const LanyardStep *steps,
             guint n_steps,
             GPtrArray *records,
             LanyardHead *head,
             GError **error)
{
  for (guint i = 0; i < n_steps; i++)
    {
      LanyardRecord *record = make_record (journal, &steps[i], error);

      if (record == NULL)
        return FALSE;
      g_ptr_array_add (records, record);
      if (!write_step (journal, &steps[i], record, head, error))
        return FALSE;
      if (lanyard_fault ("reissue-in-two-transactions") && i + 1 < n_steps
          && (!lanyard_database_commit (journal->database, error)
              || !lanyard_database_begin (journal->database, error)))
        return FALSE;
    }
  return TRUE;
}

gboolean
lanyard_journal_commit_all (LanyardJournal *journal,
                            const LanyardStep *steps,
                            guint n_steps,
                            GPtrArray **records_out,
                            GError **error)
{
  g_autoptr (GPtrArray) records
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_record_free);
  LanyardHead head = journal->head;

  g_return_val_if_fail (steps != NULL && n_steps > 0, FALSE);

  if (!lanyard_database_begin (journal->database, error))
    return FALSE;
  if (!write_steps (journal, steps, n_steps, records, &head, error))
    {
      lanyard_database_rollback (journal->database);
      return FALSE;
    }
  if (!lanyard_database_commit (journal->database, error))
    return FALSE;

  /* Invariant 8: only now. */
  lanyard_assert_invariant (head.seq == journal->head.seq + n_steps);
  journal->head = head;
  for (guint i = 0; journal->shift != NULL && i < records->len; i++)
    lanyard_shift_take (journal->shift, g_ptr_array_index (records, i));
  for (guint i = 0; i < records->len; i++)
    {
      const LanyardRecord *record = g_ptr_array_index (records, i);
      gint64 position = head.position - records->len + 1 + i;

      lanyard_journal_keep_day (journal, record, position);
      lanyard_journal_keep_past (journal, record, position);
    }
  if (records_out != NULL)
    *records_out = g_steal_pointer (&records);
  return TRUE;
}

gboolean
lanyard_journal_commit (LanyardJournal *journal,
                        const LanyardStep *step,
                        LanyardRecord **record,
                        GError **error)
{
  g_autoptr (GPtrArray) records = NULL;

  g_return_val_if_fail (step != NULL, FALSE);

  if (!lanyard_journal_commit_all (journal, step, 1, &records, error))
    return FALSE;
  if (record != NULL)
    *record = g_ptr_array_steal_index (records, 0);
  return TRUE;
}
