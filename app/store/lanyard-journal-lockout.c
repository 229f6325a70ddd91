/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-journal-private.h"

#include "lanyard-error.h"
#include "lanyard-fault.h"
#include "lanyard-statement.h"

#define FREE_TRIES 5
#define FIRST_LOCK_US (30 * (gint64)G_USEC_PER_SEC)
#define LONGEST_LOCK_US (3600 * (gint64)G_USEC_PER_SEC)
/* 30 s doubled so often is beyond the longest lock. */
#define MAX_DOUBLINGS 7

/* How long the subject is locked out when try number @tries was wrong as well. */
static gint64
lock_after (gint64 tries)
{
  gint64 doublings = tries - FREE_TRIES;

  if (doublings < 0)
    return 0;
  return MIN (LONGEST_LOCK_US, FIRST_LOCK_US << MIN (doublings, MAX_DOUBLINGS));
}

static gboolean
get_tries (LanyardJournal *journal,
           const char *subject,
           gint64 *tries,
           gint64 *locked_until_us,
           GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT tries, locked_until_us FROM lockout WHERE subject = ?1");
  gboolean row;

  lanyard_statement_bind_text (select, 1, subject);
  if (!lanyard_statement_step (select, &row, error))
    return FALSE;
  *tries = row ? lanyard_statement_get_int (select, 0) : 0;
  *locked_until_us = row ? lanyard_statement_get_int (select, 1) : 0;
  return TRUE;
}

static gboolean
put_tries (LanyardJournal *journal,
           const char *subject,
           gint64 tries,
           gint64 locked_until_us,
           GError **error)
{
  g_autoptr (LanyardStatement) put = lanyard_statement_new (
      journal->database,
      "INSERT OR REPLACE INTO lockout (subject, tries, locked_until_us) VALUES (?1, ?2, ?3)");

  if (!lanyard_database_begin (journal->database, error))
    return FALSE;
  lanyard_statement_bind_text (put, 1, subject);
  lanyard_statement_bind_int (put, 2, tries);
  lanyard_statement_bind_int (put, 3, locked_until_us);
  if (!lanyard_statement_run (put, error))
    {
      lanyard_database_rollback (journal->database);
      return FALSE;
    }
  return lanyard_database_commit (journal->database, error);
}

gboolean
lanyard_journal_lockout_begin_try (LanyardJournal *journal,
                                   const char *subject,
                                   gint64 *locked_until_us,
                                   GError **error)
{
  gint64 now_us = lanyard_clock_wall_us (journal->clock);
  gint64 tries, until_us;

  g_return_val_if_fail (subject != NULL, FALSE);
  if (!get_tries (journal, subject, &tries, &until_us, error))
    return FALSE;
  /* A clock that was set back does not lock anybody out for longer than the lock is. */
  until_us = MIN (until_us, now_us + lock_after (tries));
  if (until_us > now_us)
    {
      if (locked_until_us != NULL)
        *locked_until_us = until_us;
      return lanyard_journal_fail (error, LANYARD_ERROR_REFUSED,
                                   "There were too many tries: wait %" G_GINT64_FORMAT " s.",
                                   (until_us - now_us + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
    }

  tries++;
  until_us = lock_after (tries) > 0 ? now_us + lock_after (tries) : 0;
  if (!lanyard_fault ("lockout-after-check")
      && !put_tries (journal, subject, tries, until_us, error))
    return FALSE;
  if (locked_until_us != NULL)
    *locked_until_us = until_us;
  return TRUE;
}

gboolean
lanyard_journal_lockout_reset (LanyardJournal *journal, const char *subject, GError **error)
{
  g_return_val_if_fail (subject != NULL, FALSE);
  return put_tries (journal, subject, 0, 0, error);
}
