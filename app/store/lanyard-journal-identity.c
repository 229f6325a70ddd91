/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-journal-private.h"

#include "lanyard-error.h"
#include "lanyard-statement.h"

#define MAX_PREFIX_CHARACTERS 16

enum
{
  COLUMN_ID,
  COLUMN_DEVICE,
  COLUMN_EPOCH,
  COLUMN_EVENT,
  COLUMN_HUB_URL,
  COLUMN_SERIAL_PREFIX,
  COLUMN_FIRST_POSITION,
  COLUMN_ACKNOWLEDGED_SEQ,
};

static gboolean
prefix_is_sound (const char *prefix)
{
  gsize n = prefix != NULL ? strlen (prefix) : 0;

  if (n == 0 || n > MAX_PREFIX_CHARACTERS)
    return FALSE;
  for (gsize i = 0; i < n; i++)
    if (!g_ascii_isdigit (prefix[i]) && !g_ascii_isupper (prefix[i]))
      return FALSE;
  return TRUE;
}

static gboolean
identity_is_the_same (const LanyardIdentity *a, const LanyardIdentity *b)
{
  return a->device == b->device && a->epoch == b->epoch && g_strcmp0 (a->event, b->event) == 0
         && g_strcmp0 (a->serial_prefix, b->serial_prefix) == 0;
}

/* A desk that was never enrolled keeps what it wrote for itself: nobody waits for that. */
static gboolean
check_change (LanyardJournal *journal, const LanyardIdentity *identity, GError **error)
{
  const LanyardIdentity *now = &journal->identity;

  if (identity->device == 0 || identity->epoch == 0 || !prefix_is_sound (identity->serial_prefix))
    return lanyard_journal_fail (error, LANYARD_ERROR_INVALID,
                                 "The identity for this desk has no device number, epoch or serial "
                                 "prefix of capital letters and digits: enrol again.");
  if (identity->device == now->device && identity->epoch <= now->epoch)
    return lanyard_journal_fail (error, LANYARD_ERROR_STATE,
                                 "This desk is device %u in epoch %u already: "
                                 "enrolling it again needs a higher epoch.",
                                 now->device, now->epoch);
  if (now->device != 0 && journal->head.seq > journal->acknowledged_seq)
    return lanyard_journal_fail (error, LANYARD_ERROR_STATE,
                                 "%" G_GUINT64_FORMAT " records of this desk have no receipt yet: "
                                 "let them sync before enrolling it again.",
                                 journal->head.seq - journal->acknowledged_seq);
  return TRUE;
}

static gboolean
update_hub_url (LanyardJournal *journal, const char *hub_url, GError **error)
{
  g_autoptr (LanyardStatement) update
      = lanyard_statement_new (journal->database, "UPDATE epoch SET hub_url = ?1 WHERE id = ?2");

  lanyard_statement_bind_text (update, 1, hub_url);
  lanyard_statement_bind_int (update, 2, journal->epoch_id);
  return lanyard_statement_run (update, error);
}

static gboolean
insert_epoch (LanyardJournal *journal, const LanyardIdentity *identity, GError **error)
{
  g_autoptr (LanyardStatement) insert = lanyard_statement_new (
      journal->database, "INSERT INTO epoch"
                         " (device, epoch, event, hub_url, serial_prefix, first_position, began_us)"
                         " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");

  lanyard_statement_bind_int (insert, 1, identity->device);
  lanyard_statement_bind_int (insert, 2, identity->epoch);
  lanyard_statement_bind_text (insert, 3, identity->event);
  lanyard_statement_bind_text (insert, 4, identity->hub_url);
  lanyard_statement_bind_text (insert, 5, identity->serial_prefix);
  lanyard_statement_bind_int (insert, 6, journal->head.position + 1);
  lanyard_statement_bind_int (insert, 7, lanyard_clock_wall_us (journal->clock));
  return lanyard_statement_run (insert, error);
}

gboolean
lanyard_journal_load_identity (LanyardJournal *journal, GError **error)
{
  g_autoptr (LanyardStatement) select = lanyard_statement_new (
      journal->database,
      "SELECT id, device, epoch, event, hub_url, serial_prefix, first_position, acknowledged_seq"
      " FROM epoch ORDER BY id DESC LIMIT 1");
  gboolean row;

  if (!lanyard_statement_step (select, &row, error))
    return FALSE;
  if (!row)
    return lanyard_journal_fail (
        error, LANYARD_ERROR_CORRUPT,
        "The journal does not know whose it is: keep it and call support.");

  lanyard_identity_clear (&journal->identity);
  journal->epoch_id = lanyard_statement_get_int (select, COLUMN_ID);
  journal->identity.device = lanyard_statement_get_int (select, COLUMN_DEVICE);
  journal->identity.epoch = lanyard_statement_get_int (select, COLUMN_EPOCH);
  journal->identity.event = lanyard_statement_dup_text (select, COLUMN_EVENT);
  journal->identity.hub_url = lanyard_statement_dup_text (select, COLUMN_HUB_URL);
  journal->identity.serial_prefix = lanyard_statement_dup_text (select, COLUMN_SERIAL_PREFIX);
  journal->first_position = lanyard_statement_get_int (select, COLUMN_FIRST_POSITION);
  journal->acknowledged_seq = lanyard_statement_get_int (select, COLUMN_ACKNOWLEDGED_SEQ);
  return TRUE;
}

void
lanyard_identity_clear (LanyardIdentity *identity)
{
  g_clear_pointer (&identity->event, g_free);
  g_clear_pointer (&identity->hub_url, g_free);
  g_clear_pointer (&identity->serial_prefix, g_free);
  identity->device = 0;
  identity->epoch = 0;
}

void
lanyard_journal_get_identity (LanyardJournal *journal, LanyardIdentity *identity)
{
  lanyard_database_assert_thread (journal->database);
  identity->device = journal->identity.device;
  identity->epoch = journal->identity.epoch;
  identity->event = g_strdup (journal->identity.event);
  identity->hub_url = g_strdup (journal->identity.hub_url);
  identity->serial_prefix = g_strdup (journal->identity.serial_prefix);
}

gboolean
lanyard_journal_set_identity (LanyardJournal *journal,
                              const LanyardIdentity *identity,
                              GError **error)
{
  gboolean same, ok;

  g_return_val_if_fail (identity != NULL, FALSE);
  same = identity->device != 0 && identity_is_the_same (identity, &journal->identity);
  if (!same && !check_change (journal, identity, error))
    return FALSE;
  if (!lanyard_database_begin (journal->database, error))
    return FALSE;
  ok = same ? update_hub_url (journal, identity->hub_url, error)
            : insert_epoch (journal, identity, error);
  if (!ok)
    {
      lanyard_database_rollback (journal->database);
      return FALSE;
    }
  return lanyard_database_commit (journal->database, error)
         && lanyard_journal_load_identity (journal, error)
         && lanyard_journal_load_head (journal, error);
}

gboolean
lanyard_journal_leave_identity (LanyardJournal *journal, GError **error)
{
  gboolean done;

  lanyard_database_assert_thread (journal->database);
  if (journal->identity.device == 0)
    return TRUE;
  if (!lanyard_database_begin (journal->database, error))
    return FALSE;
  {
    g_autoptr (LanyardStatement) insert
        = lanyard_statement_new (journal->database,
                                 "INSERT INTO epoch (device, epoch, first_position, began_us)"
                                 " SELECT 0, max(epoch) + 1, ?1, ?2 FROM epoch WHERE device = 0");

    lanyard_statement_bind_int (insert, 1, journal->head.position + 1);
    lanyard_statement_bind_int (insert, 2, lanyard_clock_wall_us (journal->clock));
    done = lanyard_statement_run (insert, error);
  }
  if (!done)
    {
      lanyard_database_rollback (journal->database);
      return FALSE;
    }
  return lanyard_database_commit (journal->database, error)
         && lanyard_journal_load_identity (journal, error)
         && lanyard_journal_load_head (journal, error);
}
