/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the journal knows of seals and of pools of day passes. */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-journal-private.h"

#include <string.h>

#include "lanyard-journal-passes-private.h"
#include "lanyard-statement.h"

#define MAX_DIGITS 9

/* Returns: whether there is a row; what failed is in the log */
static gboolean
step_or_warn (LanyardStatement *select)
{
  g_autoptr (GError) error = NULL;
  gboolean row;

  if (lanyard_statement_step (select, &row, &error))
    return row;
  g_warning ("%s", error->message);
  return FALSE;
}

void
lanyard_pass_row_clear (LanyardPassRow *row)
{
  g_clear_pointer (&row->pool, g_free);
}

void
lanyard_pass_number_clear (LanyardPassNumber *number)
{
  g_clear_pointer (&number->prefix, g_free);
}

void
lanyard_pool_free (LanyardPool *pool)
{
  if (pool == NULL)
    return;
  g_free (pool->code);
  g_free (pool);
}

gboolean
lanyard_pass_number_split (const char *text, LanyardPassNumber *number)
{
  gsize length = strlen (text), n = 0;

  while (n < MIN (length, MAX_DIGITS) && g_ascii_isdigit (text[length - 1 - n]))
    n++;
  if (n == 0 || length > LANYARD_RECORD_MAX_TEXT_BYTES)
    return FALSE;
  number->prefix = g_strndup (text, length - n);
  number->digits = (guint)n;
  number->counter = g_ascii_strtoll (text + length - n, NULL, 10);
  return TRUE;
}

gboolean
lanyard_journal_load_pass (LanyardJournal *journal,
                           const char *number,
                           LanyardPassRow *row,
                           GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT p.pool, o.reuse, p.state, p.sequence FROM pass AS p"
                               " JOIN pool AS o ON o.code = p.pool WHERE p.number = ?1");
  gboolean found;

  memset (row, 0, sizeof *row);
  lanyard_statement_bind_text (select, 1, number);
  if (!lanyard_statement_step (select, &found, error))
    return FALSE;
  if (!found)
    return TRUE;
  row->pool = lanyard_statement_dup_text (select, 0);
  row->reuse = lanyard_statement_get_int (select, 1) != 0;
  row->state = (LanyardPassState)lanyard_statement_get_int (select, 2);
  row->sequence = (guint32)lanyard_statement_get_int (select, 3);
  return TRUE;
}

gboolean
lanyard_journal_check_block (LanyardJournal *journal,
                             const LanyardPassNumber *first,
                             guint count,
                             GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT count(*) FROM pass_block WHERE prefix = ?1 AND digits = ?2"
                               " AND first <= ?4 AND last >= ?3");
  gint64 last = first->counter + (gint64)count - 1;
  gint64 end = 1;
  gboolean row;

  for (guint i = 0; i < first->digits; i++)
    end *= 10;
  if (last >= end)
    return lanyard_journal_fail (error, LANYARD_ERROR_INVALID,
                                 "So many passes have no numbers with %u digits from there on.",
                                 first->digits);
  lanyard_statement_bind_text (select, 1, first->prefix);
  lanyard_statement_bind_int (select, 2, first->digits);
  lanyard_statement_bind_int (select, 3, first->counter);
  lanyard_statement_bind_int (select, 4, last);
  if (!lanyard_statement_step (select, &row, error))
    return FALSE;
  return lanyard_statement_get_int (select, 0) == 0
         || lanyard_journal_fail (error, LANYARD_ERROR_STATE,
                                  "Some of these numbers are loaded already: nothing was changed.");
}

gboolean
lanyard_journal_has_block (LanyardJournal *journal, const char *pool)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT 1 FROM pass_block WHERE pool = ?1 LIMIT 1");

  lanyard_statement_bind_text (select, 1, pool);
  return step_or_warn (select);
}

/* Whether @number stands in a block of @pool. */
static gboolean
is_in_block (LanyardJournal *journal, const char *pool, const char *number)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT 1 FROM pass_block WHERE prefix = ?1 AND digits = ?2"
                               " AND first <= ?3 AND last >= ?3 AND pool = ?4");
  g_auto (LanyardPassNumber) parts = { 0 };

  if (!lanyard_pass_number_split (number, &parts))
    return FALSE;
  lanyard_statement_bind_text (select, 1, parts.prefix);
  lanyard_statement_bind_int (select, 2, parts.digits);
  lanyard_statement_bind_int (select, 3, parts.counter);
  lanyard_statement_bind_text (select, 4, pool);
  return step_or_warn (select);
}

static gboolean
check_number (LanyardJournal *journal, const char *pool, const char *number, GError **error)
{
  g_auto (LanyardPassRow) row = { 0 };

  if (!is_in_block (journal, pool, number))
    return lanyard_journal_fail (error, LANYARD_ERROR_NOT_FOUND,
                                 "Pass %s is none of this pool at this desk.", number);
  if (!lanyard_journal_load_pass (journal, number, &row, error))
    return FALSE;
  if (row.pool == NULL || (row.state == LANYARD_PASS_RETURNED && row.reuse))
    return TRUE;
  return lanyard_journal_fail (error, LANYARD_ERROR_STATE,
                               row.state == LANYARD_PASS_OUT ? "Pass %s is out already."
                                                             : "Pass %s is not given again.",
                               number);
}

/* Passes that went out for @pass's host on its day. */
static guint
count_of_host (LanyardJournal *journal, const LanyardPassStep *pass)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT count(*) FROM pass WHERE pool = ?1 AND day = ?2"
                               " AND organisation = ?3 AND state != 3");

  lanyard_statement_bind_text (select, 1, pass->pool);
  lanyard_statement_bind_int (select, 2, pass->day);
  lanyard_statement_bind_text (select, 3, pass->organisation);
  return step_or_warn (select) ? (guint)lanyard_statement_get_int (select, 0) : G_MAXUINT;
}

gboolean
lanyard_journal_check_pass (LanyardJournal *journal,
                            const LanyardPassStep *pass,
                            const char *number,
                            GError **error)
{
  g_autoptr (LanyardPool) pool = NULL;

  g_return_val_if_fail (pass != NULL && pass->pool != NULL, FALSE);

  pool = lanyard_journal_get_pool (journal, pass->pool);
  if (pool->available == 0)
    return lanyard_journal_fail (error, LANYARD_ERROR_LIMIT,
                                 "No pass of this pool is left at this desk: load some.");
  if (pass->max_per_organisation > 0
      && (pass->organisation == NULL
          || count_of_host (journal, pass) >= pass->max_per_organisation))
    return lanyard_journal_fail (error, LANYARD_ERROR_REFUSED,
                                 "This host has had all of its %u passes of the day here.",
                                 pass->max_per_organisation);
  return number == NULL || check_number (journal, pass->pool, number, error);
}

static void
count_passes (LanyardJournal *journal, LanyardPool *pool)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT state, count(*) FROM pass WHERE pool = ?1 GROUP BY state");

  lanyard_statement_bind_text (select, 1, pool->code);
  while (step_or_warn (select))
    {
      guint n = (guint)lanyard_statement_get_int (select, 1);

      if (lanyard_statement_get_int (select, 0) == LANYARD_PASS_OUT)
        pool->out = n;
      else if (lanyard_statement_get_int (select, 0) == LANYARD_PASS_RETURNED)
        pool->returned = n;
    }
}

LanyardPool *
lanyard_journal_get_pool (LanyardJournal *journal, const char *code)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT loaded, available FROM pool WHERE code = ?1");
  LanyardPool *pool = g_new0 (LanyardPool, 1);

  g_return_val_if_fail (code != NULL, pool);

  pool->code = g_strdup (code);
  lanyard_statement_bind_text (select, 1, code);
  if (!step_or_warn (select))
    return pool;
  pool->loaded = (guint)lanyard_statement_get_int (select, 0);
  pool->available = (guint)lanyard_statement_get_int (select, 1);
  count_passes (journal, pool);
  return pool;
}

char *
lanyard_journal_dup_pool_of (LanyardJournal *journal, const char *number)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database, "SELECT pool FROM pass WHERE number = ?1");

  g_return_val_if_fail (number != NULL, NULL);

  lanyard_statement_bind_text (select, 1, number);
  return step_or_warn (select) ? lanyard_statement_dup_text (select, 0) : NULL;
}

char *
lanyard_journal_dup_sealed (LanyardJournal *journal, const char *seal)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database, "SELECT serial FROM seal WHERE seal = ?1");

  g_return_val_if_fail (seal != NULL, NULL);

  lanyard_statement_bind_text (select, 1, seal);
  return step_or_warn (select) ? lanyard_statement_dup_text (select, 0) : NULL;
}

char *
lanyard_journal_dup_seal (LanyardJournal *journal, const char *serial)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database, "SELECT seal FROM seal WHERE serial = ?1");

  g_return_val_if_fail (serial != NULL, NULL);

  lanyard_statement_bind_text (select, 1, serial);
  return step_or_warn (select) ? lanyard_statement_dup_text (select, 0) : NULL;
}

gboolean
lanyard_journal_verify_pools (LanyardJournal *journal, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT count(*) FROM pool AS o WHERE available != loaded"
                               " - (SELECT count(*) FROM pass WHERE pool = o.code AND holds = 1)");
  gboolean row;

  if (!lanyard_statement_step (select, &row, error))
    return FALSE;
  return lanyard_statement_get_int (select, 0) == 0
         || lanyard_journal_fail (error, LANYARD_ERROR_CORRUPT,
                                  "A pool of day passes does not agree with its passes: "
                                  "it was left as it is; keep it and call support.");
}
