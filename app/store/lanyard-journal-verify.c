/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-journal-private.h"

#include "lanyard-error.h"
#include "lanyard-journal-states.h"
#include "lanyard-statement.h"

/* What the records say so far, in the order of the journal. */
typedef struct
{
  guint64 n_records;
  guint64 n_serials;     /* pickups that have one: from their first record on */
  guint64 n_void_others; /* badges of other desks that were voided here */
  guint32 device;
  guint32 epoch;
  guint64 seq;
  GHashTable *states; /* (element-type LanyardId LanyardPickupState): of each pickup */
  GError *error;
} Fold;

static gboolean
on_record (const LanyardRecord *record, gpointer user_data)
{
  Fold *fold = user_data;
  gboolean same_epoch = record->device == fold->device && record->epoch == fold->epoch;
  LanyardPickupState state;

  fold->n_records++;
  if (record->seq != (same_epoch ? fold->seq + 1 : 1))
    {
      g_set_error (&fold->error, LANYARD_ERROR, LANYARD_ERROR_CORRUPT,
                   "Record %" G_GUINT64_FORMAT " of the journal is out of its place: "
                   "it was left as it is; keep it and call support.",
                   fold->n_records);
      return FALSE;
    }
  fold->device = record->device;
  fold->epoch = record->epoch;
  fold->seq = record->seq;
  fold->n_serials += !lanyard_id_is_zero (&record->pickup) && record->serial != NULL
                     && !g_hash_table_contains (fold->states, &record->pickup);
  fold->n_void_others
      += record->kind == LANYARD_RECORD_VOIDED && lanyard_id_is_zero (&record->pickup);
  if (!lanyard_id_is_zero (&record->pickup) && lanyard_journal_state_of_kind (record->kind, &state))
    g_hash_table_replace (fold->states, g_memdup2 (&record->pickup, sizeof record->pickup),
                          GUINT_TO_POINTER (state));
  return TRUE;
}

/* The pickup table is nothing but the fold of the records. */
static gboolean
compare_pickups (LanyardJournal *journal, Fold *fold, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT id, state, serial IS NOT NULL FROM pickup ORDER BY id");
  guint64 n_pickups = 0, n_serials = 0;
  gboolean row, same = TRUE;

  while (same)
    {
      gsize n_bytes;
      const void *id;

      if (!lanyard_statement_step (select, &row, error))
        return FALSE;
      if (!row)
        break;
      id = lanyard_statement_get_blob (select, 0, &n_bytes);
      same = n_bytes == LANYARD_ID_BYTES
             && lanyard_statement_get_int (select, 1)
                    == GPOINTER_TO_UINT (g_hash_table_lookup (fold->states, id));
      n_pickups++;
      n_serials += lanyard_statement_get_int (select, 2) != 0;
    }
  if (same && n_pickups == g_hash_table_size (fold->states) && n_serials == fold->n_serials)
    return TRUE;
  return lanyard_journal_fail (error, LANYARD_ERROR_CORRUPT,
                               "The journal's pickups do not agree with its records: "
                               "it was left as it is; keep it and call support.");
}

/* So is the table of other desks' badges that are void. */
static gboolean
compare_void_others (LanyardJournal *journal, const Fold *fold, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database, "SELECT count(*) FROM void_other");
  gboolean row;

  if (!lanyard_statement_step (select, &row, error))
    return FALSE;
  return (guint64)lanyard_statement_get_int (select, 0) == fold->n_void_others
         || lanyard_journal_fail (error, LANYARD_ERROR_CORRUPT,
                                  "The journal's void badges do not agree with its records: "
                                  "it was left as it is; keep it and call support.");
}

/* What the hub signed for is what stands here. */
static gboolean
compare_receipt (LanyardJournal *journal, GError **error)
{
  g_autoptr (LanyardStatement) select
      = lanyard_statement_new (journal->database,
                               "SELECT head, through FROM receipt WHERE device = ?1 AND epoch = ?2"
                               " ORDER BY through DESC LIMIT 1");
  g_autoptr (LanyardRecord) record = NULL;
  LanyardHash head;
  gint64 through;
  gboolean row;

  lanyard_statement_bind_int (select, 1, journal->identity.device);
  lanyard_statement_bind_int (select, 2, journal->identity.epoch);
  if (!lanyard_statement_step (select, &row, error))
    return FALSE;
  through = row ? lanyard_statement_get_int (select, 1) : 0;
  if (through == 0)
    return TRUE;
  if (!lanyard_statement_get_hash (select, 0, &head))
    return lanyard_journal_fail (error, LANYARD_ERROR_CORRUPT,
                                 "The hub's receipt in the journal is damaged: call support.");
  record = lanyard_journal_read_position (journal, journal->first_position + through - 1, error);
  if (record == NULL)
    return FALSE;
  return lanyard_hash_equal (&record->hash, &head)
         || lanyard_journal_fail (error, LANYARD_ERROR_CORRUPT,
                                  "Record %" G_GINT64_FORMAT " of the journal is not the one that "
                                  "the hub received: keep the journal and call support.",
                                  through);
}

gboolean
lanyard_journal_verify (LanyardJournal *journal, guint64 *n_records, GError **error)
{
  g_autoptr (GHashTable) states = lanyard_id_table_new (g_free, NULL);
  Fold fold = { .states = states };

  lanyard_database_assert_thread (journal->database);
  if (n_records != NULL)
    *n_records = 0;
  if (!lanyard_journal_foreach (journal, on_record, &fold, error))
    return FALSE;
  if (fold.error != NULL)
    {
      g_propagate_error (error, fold.error);
      return FALSE;
    }
  if (n_records != NULL)
    *n_records = fold.n_records;
  return compare_pickups (journal, &fold, error) && compare_void_others (journal, &fold, error)
         && lanyard_journal_verify_pools (journal, error) && compare_receipt (journal, error);
}
