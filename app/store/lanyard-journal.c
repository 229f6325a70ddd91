/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * The journal is the one file of a desk that cannot be had again. What holds at every moment, and
 * after every kind of end (a crash, a kill, a power cut):
 *
 * 1. What lanyard_journal_commit() said is done, is on the disk.
 * 2. A record and the row of its pickup are written together or not at all.
 * 3. Records are never changed or removed: triggers refuse it, and the chain of hashes shows it.
 * 4. seq is contiguous from 1 within (device, epoch); position is contiguous from 1 over all.
 * 5. A serial is given once. Its counter rises in the transaction that reserves the badge.
 * 6. The outbox is every seq above the one acknowledged; no second table could disagree.
 * 7. A badge is not begun when the disk may be too full to finish it.
 * 8. What is kept in memory of the file (LanyardHead and others) changes only after a commit.
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-journal-private.h"

#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-statement.h"

static const LanyardSchema journal_schema = {
  .what = "journal",
  .application_id = LANYARD_JOURNAL_APPLICATION_ID,
  .steps = "/lanyard/schema/journal",
  .precious = TRUE,
  .cache_kib = 4096,
  /* A commit writes and syncs whole pages, and what a step changes is a few hundred bytes. */
  .page_bytes = 1024,
};

static void
spoil_for_test (LanyardJournal *journal)
{
  if (lanyard_fault ("update-trigger-missing"))
    lanyard_database_exec (journal->database, "DROP TRIGGER IF EXISTS record_no_update", NULL);
}

/* After an unclean end nobody gets a journal whose chain does not hold. */
static gboolean
check_after_crash (LanyardJournal *journal, GError **error)
{
  return lanyard_database_check (journal->database, error)
         && lanyard_journal_verify (journal, NULL, error);
}

gboolean
lanyard_journal_fail (GError **error, LanyardError code, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  if (error != NULL)
    *error = g_error_new_valist (LANYARD_ERROR, code, format, args);
  va_end (args);
  return FALSE;
}

LanyardJournal *
lanyard_journal_open (const char *path,
                      LanyardJournalFlags flags,
                      const LanyardClock *clock,
                      GError **error)
{
  LanyardJournal *journal;
  LanyardDatabase *database;
  LanyardDatabaseFlags database_flags = 0;
  gboolean unclean;

  g_return_val_if_fail (path != NULL, NULL);

  if (flags & LANYARD_JOURNAL_CREATE)
    database_flags |= LANYARD_DATABASE_CREATE;
  if (flags & LANYARD_JOURNAL_READ_ONLY)
    database_flags |= LANYARD_DATABASE_READ_ONLY;
  database = lanyard_database_open (path, database_flags, &journal_schema, &unclean, error);
  if (database == NULL)
    return NULL;

  journal = g_new0 (LanyardJournal, 1);
  journal->database = database;
  journal->clock = clock != NULL ? clock : lanyard_clock_system ();
  journal->reserve_bytes = LANYARD_JOURNAL_RESERVE_BYTES;
  if (!lanyard_journal_load_identity (journal, error) || !lanyard_journal_load_head (journal, error)
      || (unclean && !check_after_crash (journal, error)))
    {
      lanyard_database_close_untouched (g_steal_pointer (&journal->database));
      lanyard_journal_close (journal);
      return NULL;
    }
  spoil_for_test (journal);
  return journal;
}

void
lanyard_journal_close (LanyardJournal *journal)
{
  if (journal == NULL)
    return;
  if (journal->database != NULL && lanyard_database_is_read_only (journal->database))
    lanyard_database_close_untouched (g_steal_pointer (&journal->database));
  g_clear_pointer (&journal->database, lanyard_database_close);
  lanyard_identity_clear (&journal->identity);
  g_clear_pointer (&journal->shift, lanyard_shift_free);
  g_clear_pointer (&journal->day, lanyard_day_free);
  g_clear_pointer (&journal->waiting, lanyard_waiting_free);
  g_clear_pointer (&journal->about, g_hash_table_unref);
  g_free (journal);
}

guint64
lanyard_journal_get_head_seq (LanyardJournal *journal)
{
  lanyard_database_assert_thread (journal->database);
  return journal->head.seq;
}

void
lanyard_journal_get_head_hash (LanyardJournal *journal, LanyardHash *hash)
{
  lanyard_database_assert_thread (journal->database);
  *hash = journal->head.hash;
}

void
lanyard_journal_set_reserve_bytes (LanyardJournal *journal, guint64 reserve_bytes)
{
  journal->reserve_bytes = reserve_bytes;
}

LanyardDatabase *
lanyard_journal_get_database (LanyardJournal *journal)
{
  return journal->database;
}
