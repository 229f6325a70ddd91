/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-journal-private.h"

#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-statement.h"

static gboolean
check_receipt (LanyardJournal *journal, guint64 through, const LanyardHash *head, GError **error)
{
  g_autoptr (LanyardRecord) record = NULL;

  if (through > journal->head.seq)
    return lanyard_journal_fail (error, LANYARD_ERROR_PROTOCOL,
                                 "The hub acknowledged record %" G_GUINT64_FORMAT
                                 ", and this desk has only %" G_GUINT64_FORMAT ": "
                                 "have the hub looked at.",
                                 through, journal->head.seq);
  if (through == 0 || lanyard_fault ("receipt-unchecked"))
    return TRUE;
  record = lanyard_journal_read_position (journal, journal->first_position + (gint64)through - 1,
                                          error);
  if (record == NULL)
    return FALSE;
  return lanyard_hash_equal (&record->hash, head)
         || lanyard_journal_fail (error, LANYARD_ERROR_FORK,
                                  "The hub has another record %" G_GUINT64_FORMAT
                                  " of this desk than the desk itself: stop using it and call "
                                  "support.",
                                  through);
}

static gboolean
put_mark (LanyardJournal *journal, guint64 through, GError **error)
{
  g_autoptr (LanyardStatement) update
      = lanyard_statement_new (journal->database,
                               "UPDATE epoch SET acknowledged_seq = ?1 WHERE id = ?2");

  lanyard_statement_bind_int (update, 1, through);
  lanyard_statement_bind_int (update, 2, journal->epoch_id);
  return lanyard_statement_run (update, error);
}

/* A receipt proves all before it, so the newest is enough, unless the hub went back. */
static gboolean
drop_older_receipts (LanyardJournal *journal, guint64 through, GError **error)
{
  g_autoptr (LanyardStatement) drop = lanyard_statement_new (
      journal->database, "DELETE FROM receipt WHERE device = ?1 AND epoch = ?2 AND through < ?3");

  lanyard_statement_bind_int (drop, 1, journal->identity.device);
  lanyard_statement_bind_int (drop, 2, journal->identity.epoch);
  lanyard_statement_bind_int (drop, 3, through);
  return lanyard_statement_run (drop, error);
}

static gboolean
put_receipt (LanyardJournal *journal,
             guint64 through,
             const LanyardHash *head,
             GBytes *receipt,
             GError **error)
{
  g_autoptr (LanyardStatement) put = lanyard_statement_new (
      journal->database,
      "INSERT OR REPLACE INTO receipt (device, epoch, through, head, content, received_us)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");

  lanyard_statement_bind_int (put, 1, journal->identity.device);
  lanyard_statement_bind_int (put, 2, journal->identity.epoch);
  lanyard_statement_bind_int (put, 3, through);
  lanyard_statement_bind_blob (put, 4, head->bytes, LANYARD_HASH_BYTES);
  lanyard_statement_bind_bytes (put, 5, receipt);
  lanyard_statement_bind_int (put, 6, lanyard_clock_wall_us (journal->clock));
  return lanyard_statement_run (put, error);
}

void
lanyard_journal_get_outbox (LanyardJournal *journal, LanyardOutbox *outbox)
{
  g_autoptr (LanyardRecord) oldest = NULL;
  g_autoptr (GError) error = NULL;

  lanyard_database_assert_thread (journal->database);
  lanyard_assert_invariant (journal->acknowledged_seq <= journal->head.seq);
  outbox->acknowledged_seq = journal->acknowledged_seq;
  outbox->pending = journal->head.seq - journal->acknowledged_seq;
  outbox->oldest_pending_us = 0;
  if (outbox->pending == 0)
    return;
  oldest = lanyard_journal_read_position (
      journal, journal->first_position + (gint64)journal->acknowledged_seq, &error);
  if (oldest != NULL)
    outbox->oldest_pending_us = oldest->wall_us;
  else
    g_warning ("%s", error->message);
}

gboolean
lanyard_journal_acknowledge (LanyardJournal *journal,
                             guint64 through,
                             const LanyardHash *head,
                             GBytes *receipt,
                             GError **error)
{
  guint64 before = journal->acknowledged_seq;

  g_return_val_if_fail (head != NULL && receipt != NULL, FALSE);
  if (through < before && lanyard_fault ("lower-receipt-passed-over"))
    return TRUE;
  if (!check_receipt (journal, through, head, error)
      || !lanyard_database_begin (journal->database, error))
    return FALSE;
  if (!put_mark (journal, through, error)
      || (through >= before && !drop_older_receipts (journal, through, error))
      || !put_receipt (journal, through, head, receipt, error))
    {
      lanyard_database_rollback (journal->database);
      return FALSE;
    }
  if (!lanyard_database_commit (journal->database, error))
    return FALSE;
  journal->acknowledged_seq = through;
  if (through >= before)
    return TRUE;
  return lanyard_journal_fail (error, LANYARD_ERROR_ROLLBACK,
                               "The hub went back from record %" G_GUINT64_FORMAT
                               " to %" G_GUINT64_FORMAT ": all since then is sent again; "
                               "have the hub looked at.",
                               before, through);
}
