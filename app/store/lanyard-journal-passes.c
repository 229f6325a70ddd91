/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/*
 * Cards and passes that the desk did not print: their serials are not from its counter. And pools
 * of day passes, which move in the transaction of the record that moves them:
 *
 *   loaded ≥ available = loaded − passes that hold a place ≥ 0
 *
 *   given        holds a place
 *   returned     gives it back where the pool's passes are used again
 *   void         gives it back unless it was in somebody's hand
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-journal-private.h"

#include <string.h>

#include "lanyard-fault.h"
#include "lanyard-journal-passes-private.h"
#include "lanyard-statement.h"

static gboolean
use_seal (LanyardJournal *journal, const char *seal, const char *serial, GError **error)
{
  g_autoptr (LanyardStatement) insert
      = lanyard_statement_new (journal->database,
                               "INSERT OR IGNORE INTO seal (seal, serial) VALUES (?1, ?2)");

  lanyard_statement_bind_text (insert, 1, seal);
  lanyard_statement_bind_text (insert, 2, serial);
  if (!lanyard_statement_run (insert, error))
    return FALSE;
  return sqlite3_changes (lanyard_database_get_handle (journal->database)) == 1
         || lanyard_fault ("seal-used-twice")
         || lanyard_journal_fail (error, LANYARD_ERROR_STATE,
                                  "Seal %s is on another card: nothing was changed.", seal);
}

static gboolean
put_pass (LanyardJournal *journal,
          const LanyardPassStep *pass,
          const LanyardPickup *row,
          GError **error)
{
  g_autoptr (LanyardStatement) put = lanyard_statement_new (
      journal->database,
      "INSERT INTO pass (number, pool, organisation, day, state, holds, sequence)"
      " VALUES (?1, ?2, ?3, ?4, 1, 1, ?5) ON CONFLICT (number) DO UPDATE SET"
      " organisation = ?3, day = ?4, state = 1, holds = 1, sequence = ?5");

  lanyard_statement_bind_text (put, 1, row->accreditation);
  lanyard_statement_bind_text (put, 2, pass->pool);
  lanyard_statement_bind_text (put, 3, pass->organisation);
  lanyard_statement_bind_int (put, 4, pass->day);
  lanyard_statement_bind_int (put, 5, MAX (row->sequence, 1));
  return lanyard_statement_run (put, error);
}

/* @change: places that become free; negative: that are taken */
static gboolean
move_pool (LanyardJournal *journal, const char *pool, gint change, GError **error)
{
  g_autoptr (LanyardStatement) update
      = lanyard_statement_new (journal->database,
                               "UPDATE pool SET available = available + ?2 WHERE code = ?1");

  lanyard_statement_bind_text (update, 1, pool);
  lanyard_statement_bind_int (update, 2, lanyard_fault ("pool-not-counted") ? 0 : change);
  return lanyard_statement_run (update, error);
}

/* The same number again is another hand-out, with a serial of its own. */
static char *
make_pass_serial (const char *number, guint32 sequence)
{
  return sequence == 1 ? g_strdup (number) : g_strdup_printf ("%s.%u", number, sequence);
}

static gboolean
hand_out (LanyardJournal *journal, const LanyardStep *step, LanyardPickup *row, GError **error)
{
  LanyardPassRow pass;

  if (step->pass == NULL || row->accreditation == NULL || row->serial != NULL)
    return lanyard_journal_fail (error, LANYARD_ERROR_STATE,
                                 "A pass that is handed out has a pool and a number.");
  if (!lanyard_journal_check_room (journal, error)
      || !lanyard_journal_check_pass (journal, step->pass, row->accreditation, error)
      || !lanyard_journal_load_pass (journal, row->accreditation, &pass, error))
    return FALSE;
  row->sequence = pass.sequence + 1;
  row->serial = make_pass_serial (row->accreditation, row->sequence);
  lanyard_pass_row_clear (&pass);
  return put_pass (journal, step->pass, row, error)
         && move_pool (journal, step->pass->pool, -1, error);
}

/* A card, or a pass of another desk: it brings its serial along. */
static gboolean
take_foreign (LanyardJournal *journal, const LanyardStep *step, LanyardPickup *row, GError **error)
{
  if (step->serial == NULL || step->sequence == 0 || row->accreditation == NULL
      || row->serial != NULL)
    return lanyard_journal_fail (error, LANYARD_ERROR_STATE,
                                 "A card has a number, a serial and a sequence of its own.");
  row->serial = g_strdup (step->serial);
  row->sequence = step->sequence;
  return step->seal == NULL || use_seal (journal, step->seal, step->serial, error);
}

gboolean
lanyard_journal_take_card (LanyardJournal *journal,
                           const LanyardStep *step,
                           LanyardPickup *row,
                           gboolean *has_sequence,
                           GError **error)
{
  *has_sequence = TRUE;
  if (step->kind == LANYARD_RECORD_VALIDATED)
    return lanyard_journal_check_room (journal, error) && take_foreign (journal, step, row, error);
  if (step->kind == LANYARD_RECORD_PASS_HANDED)
    return hand_out (journal, step, row, error);
  if (step->kind == LANYARD_RECORD_PASS_RETURNED && step->from == LANYARD_PICKUP_IDLE)
    return take_foreign (journal, step, row, error);
  *has_sequence = FALSE;
  return TRUE;
}

/* Letters and digits of the serial behind a D, and a check character: a number that no roster has,
 * that no other desk can make, and that can be typed. */
static char *
make_pass_number (const char *serial)
{
  GString *number = g_string_new (NULL);

  g_string_append_c (number, 'D');
  for (; *serial != '\0'; serial++)
    if (g_ascii_isalnum (*serial))
      g_string_append_c (number, *serial);
  g_string_append_c (number, lanyard_check_character (number->str));
  return g_string_free (number, FALSE);
}

gboolean
lanyard_journal_reserve_pass (LanyardJournal *journal,
                              const LanyardPassStep *pass,
                              LanyardPickup *row,
                              GError **error)
{
  if (!lanyard_journal_check_pass (journal, pass, NULL, error))
    return FALSE;
  row->accreditation = make_pass_number (row->serial);
  return put_pass (journal, pass, row, error) && move_pool (journal, pass->pool, -1, error);
}

static gboolean
put_end (LanyardJournal *journal,
         const char *number,
         LanyardPassState state,
         gboolean holds,
         GError **error)
{
  g_autoptr (LanyardStatement) update
      = lanyard_statement_new (journal->database,
                               "UPDATE pass SET state = ?2, holds = ?3 WHERE number = ?1");

  lanyard_statement_bind_text (update, 1, number);
  lanyard_statement_bind_int (update, 2, state);
  lanyard_statement_bind_int (update, 3, holds);
  return lanyard_statement_run (update, error);
}

gboolean
lanyard_journal_end_pass (LanyardJournal *journal,
                          const LanyardStep *step,
                          const LanyardPickup *row,
                          GError **error)
{
  gboolean returned = step->kind == LANYARD_RECORD_PASS_RETURNED;
  g_auto (LanyardPassRow) pass = { 0 };
  gboolean frees;

  if ((!returned && step->kind != LANYARD_RECORD_VOIDED) || row->accreditation == NULL)
    return TRUE;
  if (returned && step->from != LANYARD_PICKUP_IDLE && !lanyard_pickup_state_is_out (step->from))
    return lanyard_journal_fail (error, LANYARD_ERROR_STATE,
                                 "Only a pass that is out can come back: nothing was changed.");
  if (!lanyard_journal_load_pass (journal, row->accreditation, &pass, error))
    return FALSE;
  if (pass.pool == NULL || pass.state != LANYARD_PASS_OUT || pass.sequence != row->sequence)
    return TRUE;
  frees = returned ? pass.reuse : !lanyard_pickup_state_is_out (step->from);
  return put_end (journal, row->accreditation, returned ? LANYARD_PASS_RETURNED : LANYARD_PASS_VOID,
                  !frees, error)
         && (!frees || move_pool (journal, pass.pool, 1, error));
}

static gboolean
fill_pool (LanyardJournal *journal, const LanyardPassStep *pass, GError **error)
{
  g_autoptr (LanyardStatement) put
      = lanyard_statement_new (journal->database,
                               "INSERT INTO pool (code, loaded, available, reuse)"
                               " VALUES (?1, ?2, ?2, ?3) ON CONFLICT (code) DO UPDATE SET"
                               " loaded = loaded + ?2, available = available + ?2");

  lanyard_statement_bind_text (put, 1, pass->pool);
  lanyard_statement_bind_int (put, 2, pass->count);
  lanyard_statement_bind_int (put, 3, pass->reuse);
  return lanyard_statement_run (put, error);
}

static gboolean
drain_pool (LanyardJournal *journal, const LanyardPassStep *pass, GError **error)
{
  g_autoptr (LanyardStatement) update
      = lanyard_statement_new (journal->database,
                               "UPDATE pool SET loaded = loaded - ?2, available = available - ?2"
                               " WHERE code = ?1");

  lanyard_statement_bind_text (update, 1, pass->pool);
  lanyard_statement_bind_int (update, 2, pass->count);
  return lanyard_statement_run (update, error);
}

static gboolean
put_block (LanyardJournal *journal,
           const LanyardPassStep *pass,
           const LanyardPassNumber *first,
           GError **error)
{
  g_autoptr (LanyardStatement) put
      = lanyard_statement_new (journal->database,
                               "INSERT INTO pass_block (prefix, digits, first, last, pool)"
                               " VALUES (?1, ?2, ?3, ?4, ?5)");

  lanyard_statement_bind_text (put, 1, first->prefix);
  lanyard_statement_bind_int (put, 2, first->digits);
  lanyard_statement_bind_int (put, 3, first->counter);
  lanyard_statement_bind_int (put, 4, first->counter + (gint64)pass->count - 1);
  lanyard_statement_bind_text (put, 5, pass->pool);
  return lanyard_statement_run (put, error);
}

static gboolean
check_count (const LanyardPassStep *pass, GError **error)
{
  return (pass->count > 0 && pass->count <= LANYARD_POOL_MAX_PASSES)
         || lanyard_journal_fail (error, LANYARD_ERROR_INVALID,
                                  "A pool is loaded with 1 to %d passes at a time.",
                                  LANYARD_POOL_MAX_PASSES);
}

static gboolean
load_pool (LanyardJournal *journal, const LanyardPassStep *pass, GError **error)
{
  g_auto (LanyardPassNumber) first = { 0 };

  if (!lanyard_journal_check_load (journal, pass, error) || !fill_pool (journal, pass, error))
    return FALSE;
  return pass->first == NULL
         || (lanyard_pass_number_split (pass->first, &first)
             && put_block (journal, pass, &first, error));
}

/* Numbered passes are counted by their numbers, which stay with this desk. */
static gboolean
empty_pool (LanyardJournal *journal, const LanyardPassStep *pass, GError **error)
{
  g_autoptr (LanyardPool) pool = lanyard_journal_get_pool (journal, pass->pool);

  if (!check_count (pass, error))
    return FALSE;
  if (lanyard_journal_has_block (journal, pass->pool))
    return lanyard_journal_fail (error, LANYARD_ERROR_STATE,
                                 "Numbered passes stay with the desk that has their numbers.");
  if (pass->count > pool->available)
    return lanyard_journal_fail (error, LANYARD_ERROR_LIMIT,
                                 "Only %u passes are left in this pool: nothing was changed.",
                                 pool->available);
  return drain_pool (journal, pass, error);
}

gboolean
lanyard_journal_change_pool (LanyardJournal *journal, const LanyardStep *step, GError **error)
{
  if (step->kind != LANYARD_RECORD_PASSES_LOADED && step->kind != LANYARD_RECORD_PASSES_TAKEN)
    return TRUE;
  if (step->pass == NULL || step->pass->pool == NULL)
    return lanyard_journal_fail (error, LANYARD_ERROR_INVALID, "No pool is named.");
  return step->kind == LANYARD_RECORD_PASSES_LOADED ? load_pool (journal, step->pass, error)
                                                    : empty_pool (journal, step->pass, error);
}

gboolean
lanyard_journal_check_load (LanyardJournal *journal, const LanyardPassStep *pass, GError **error)
{
  g_auto (LanyardPassNumber) first = { 0 };

  g_return_val_if_fail (pass != NULL && pass->pool != NULL, FALSE);

  if (!check_count (pass, error))
    return FALSE;
  if (pass->first == NULL)
    return TRUE;
  if (!lanyard_pass_number_split (pass->first, &first))
    return lanyard_journal_fail (error, LANYARD_ERROR_INVALID,
                                 "The number of a pass ends with 1 to 9 digits.");
  return lanyard_journal_check_block (journal, &first, pass->count, error);
}

gboolean
lanyard_journal_is_pass_number (const char *number, const char *serial)
{
  g_autofree char *made = NULL;

  g_return_val_if_fail (number != NULL && serial != NULL, FALSE);

  made = make_pass_number (serial);
  return g_str_equal (made, number);
}
