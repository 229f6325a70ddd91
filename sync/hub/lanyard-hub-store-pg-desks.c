/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hub-pg-statement.h"
#include "lanyard-hub-pg-work.h"

static gboolean
keep_alert (LanyardHubStorePg *store,
            guint32 device,
            const LanyardAlert *alert,
            const char *serials,
            GError **error)
{
  LanyardPgWork *work = store->work;
  LanyardPgAlert *kept;

  if (!_lanyard_pg_work_sequence (store, error))
    return FALSE;
  kept = g_new0 (LanyardPgAlert, 1);
  kept->id = ++work->alert;
  kept->device = device;
  kept->alert = *alert;
  kept->alert.number = g_strdup (alert->number);
  kept->serials = g_strdup (serials);
  g_ptr_array_add (work->alerts, kept);
  work->dirty = TRUE;
  return TRUE;
}

static gboolean
add_alert (LanyardHubStore *store, guint32 device, const LanyardAlert *alert, GError **error)
{
  LanyardHubStorePg *self = _lanyard_hub_pg (store);
  LanyardPgWork *work = _lanyard_pg_work (store);
  g_autoptr (LanyardPgStatement) statement = _lanyard_pg_statement_new (
      store, "INSERT INTO alert (id, device, kind, number, serials, gseq, at_us) "
             "SELECT coalesce (max (id), 0) + 1, $1, $2, $3, $4, $5, $6 FROM alert");
  g_autofree char *serials = g_strjoinv ("\n", alert->serials);

  self->to_tell |= LANYARD_HUB_NEWS_CHANGES;
  if (work != NULL)
    return keep_alert (self, device, alert, serials, error);
  _lanyard_pg_bind_int (statement, 1, device);
  _lanyard_pg_bind_int (statement, 2, alert->kind);
  _lanyard_pg_bind_text (statement, 3, alert->number);
  _lanyard_pg_bind_text (statement, 4, serials);
  _lanyard_pg_bind_int (statement, 5, (gint64)alert->gseq);
  _lanyard_pg_bind_int (statement, 6, alert->at_us);
  return _lanyard_pg_run (statement, error);
}

static LanyardAlert *
read_alert (LanyardPgStatement *statement)
{
  LanyardAlert *alert = g_new0 (LanyardAlert, 1);
  g_autofree char *serials = _lanyard_pg_dup_text (statement, 3);

  alert->id = (guint64)_lanyard_pg_get_int (statement, 0);
  alert->kind = (guint16)_lanyard_pg_get_int (statement, 1);
  alert->number = _lanyard_pg_dup_text (statement, 2);
  alert->serials = g_strsplit (serials, "\n", -1);
  alert->gseq = (guint64)_lanyard_pg_get_int (statement, 4);
  alert->at_us = _lanyard_pg_get_int (statement, 5);
  return alert;
}

static GPtrArray *
read_alerts (LanyardHubStore *store, guint32 device, guint64 after, guint max, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store,
                                   "SELECT id, kind, number, serials, gseq, at_us FROM alert "
                                   "WHERE device = $1 AND id > $2 ORDER BY id LIMIT $3");
  g_autoptr (GPtrArray) alerts
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_alert_free);
  gboolean row;

  _lanyard_pg_bind_int (statement, 1, device);
  _lanyard_pg_bind_int (statement, 2, (gint64)after);
  _lanyard_pg_bind_int (statement, 3, max);
  while (_lanyard_pg_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&alerts);
      g_ptr_array_add (alerts, read_alert (statement));
    }
  return NULL;
}

static gboolean
get_last_alert (LanyardHubStore *store, guint32 device, guint64 *id, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new (store, "SELECT max (id) FROM alert WHERE device = $1");
  gboolean row;

  *id = 0;
  _lanyard_pg_bind_int (statement, 1, device);
  if (!_lanyard_pg_step (statement, &row, error))
    return FALSE;
  if (row)
    *id = (guint64)_lanyard_pg_get_int (statement, 0);
  return TRUE;
}

static gboolean
put_code (LanyardHubStore *store, const LanyardHubCode *code, GError **error)
{
  g_autoptr (LanyardPgStatement) statement = _lanyard_pg_statement_new (
      store, "INSERT INTO code (hash, venue, name, device, expires_us, enrolment) "
             "VALUES ($1, $2, $3, $4, $5, nullif ($6, 0)) ON CONFLICT (hash) DO UPDATE SET "
             "enrolment = excluded.enrolment");

  _lanyard_pg_bind_blob (statement, 1, code->hash.bytes, LANYARD_HASH_BYTES);
  _lanyard_pg_bind_text (statement, 2, code->venue);
  _lanyard_pg_bind_text (statement, 3, code->name);
  _lanyard_pg_bind_int (statement, 4, code->device);
  _lanyard_pg_bind_int (statement, 5, code->expires_us);
  _lanyard_pg_bind_int (statement, 6, (gint64)code->enrolment);
  return _lanyard_pg_run (statement, error);
}

static LanyardHubCode *
find_code (LanyardHubStore *store, const LanyardHash *hash, GError **error)
{
  g_autoptr (LanyardPgStatement) statement = _lanyard_pg_statement_new_apart (
      store, "SELECT venue, name, device, expires_us, enrolment FROM code WHERE hash = $1");
  LanyardHubCode *code;
  gboolean row;

  _lanyard_pg_bind_blob (statement, 1, hash->bytes, LANYARD_HASH_BYTES);
  if (!_lanyard_pg_step (statement, &row, error) || !row)
    return NULL;
  code = g_new0 (LanyardHubCode, 1);
  code->hash = *hash;
  code->venue = _lanyard_pg_dup_text (statement, 0);
  code->name = _lanyard_pg_dup_text (statement, 1);
  code->device = (guint32)_lanyard_pg_get_int (statement, 2);
  code->expires_us = _lanyard_pg_get_int (statement, 3);
  code->enrolment = (guint64)_lanyard_pg_get_int (statement, 4);
  return code;
}

LanyardHubEnrolment *
_lanyard_pg_read_enrolment (LanyardPgStatement *statement)
{
  LanyardHubEnrolment *enrolment = g_new0 (LanyardHubEnrolment, 1);
  const void *key;
  gsize n_key;

  enrolment->id = (guint64)_lanyard_pg_get_int (statement, 0);
  enrolment->device = (guint32)_lanyard_pg_get_int (statement, 1);
  enrolment->epoch = (guint32)_lanyard_pg_get_int (statement, 2);
  enrolment->venue = _lanyard_pg_dup_text (statement, 3);
  enrolment->name = _lanyard_pg_dup_text (statement, 4);
  enrolment->prefix = _lanyard_pg_dup_text (statement, 5);
  key = _lanyard_pg_get_blob (statement, 6, &n_key);
  if (key != NULL && n_key == LANYARD_PUBLIC_KEY_BYTES)
    memcpy (enrolment->key.bytes, key, n_key);
  enrolment->enrolled_us = _lanyard_pg_get_int (statement, 7);
  return enrolment;
}

static LanyardHubEnrolment *
copy_enrolment (const LanyardHubEnrolment *enrolment)
{
  LanyardHubEnrolment *copy = g_memdup2 (enrolment, sizeof *enrolment);

  copy->venue = g_strdup (enrolment->venue);
  copy->name = g_strdup (enrolment->name);
  copy->prefix = g_strdup (enrolment->prefix);
  return copy;
}

static LanyardHubEnrolment *
find_enrolment (LanyardHubStore *store, guint32 device, guint32 epoch, GError **error)
{
  g_autoptr (LanyardPgStatement) statement = _lanyard_pg_statement_new_apart (
      store, "SELECT " LANYARD_PG_ENROLMENT_COLUMNS " FROM enrolment WHERE device = $1 "
             "AND ($2 = 0 OR epoch = $2) ORDER BY epoch DESC LIMIT 1");
  LanyardPgWork *work = epoch == 0 ? _lanyard_pg_work (store) : NULL;
  const LanyardHubEnrolment *known
      = work == NULL ? NULL : _lanyard_pg_work_find_desk (work, device);
  LanyardHubEnrolment *enrolment;
  gboolean row;

  /* Nobody enrols before the end of the transaction. */
  if (known != NULL)
    return copy_enrolment (known);
  _lanyard_pg_bind_int (statement, 1, device);
  _lanyard_pg_bind_int (statement, 2, epoch);
  if (!_lanyard_pg_step (statement, &row, error) || !row)
    return NULL;
  enrolment = _lanyard_pg_read_enrolment (statement);
  if (work != NULL)
    _lanyard_pg_work_put_desk (work, copy_enrolment (enrolment));
  return enrolment;
}

static LanyardHubEnrolment *
find_enrolment_by_id (LanyardHubStore *store, guint64 id, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new_apart (store, "SELECT " LANYARD_PG_ENROLMENT_COLUMNS
                                                " FROM enrolment WHERE id = $1");
  gboolean row;

  _lanyard_pg_bind_int (statement, 1, (gint64)id);
  if (!_lanyard_pg_step (statement, &row, error) || !row)
    return NULL;
  return _lanyard_pg_read_enrolment (statement);
}

static LanyardHubEnrolment *
find_enrolment_by_key (LanyardHubStore *store, const LanyardPublicKey *key, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new_apart (store, "SELECT " LANYARD_PG_ENROLMENT_COLUMNS
                                                " FROM enrolment WHERE key = $1");
  gboolean row;

  _lanyard_pg_bind_blob (statement, 1, key->bytes, LANYARD_PUBLIC_KEY_BYTES);
  if (!_lanyard_pg_step (statement, &row, error) || !row)
    return NULL;
  return _lanyard_pg_read_enrolment (statement);
}

static gboolean
get_last_enrolment (LanyardHubStore *store, guint32 *device, guint64 *id, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new_apart (store, "SELECT max (device), max (id) FROM enrolment");
  gboolean row;

  *device = 0;
  *id = 0;
  if (!_lanyard_pg_step (statement, &row, error))
    return FALSE;
  if (row)
    {
      *device = (guint32)_lanyard_pg_get_int (statement, 0);
      *id = (guint64)_lanyard_pg_get_int (statement, 1);
    }
  return TRUE;
}

static gboolean
add_enrolment (LanyardHubStore *store, const LanyardHubEnrolment *enrolment, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new_apart (store,
                                         "INSERT INTO enrolment (" LANYARD_PG_ENROLMENT_COLUMNS
                                         ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)");

  _lanyard_pg_bind_int (statement, 1, (gint64)enrolment->id);
  _lanyard_pg_bind_int (statement, 2, enrolment->device);
  _lanyard_pg_bind_int (statement, 3, enrolment->epoch);
  _lanyard_pg_bind_text (statement, 4, enrolment->venue);
  _lanyard_pg_bind_text (statement, 5, enrolment->name);
  _lanyard_pg_bind_text (statement, 6, enrolment->prefix);
  _lanyard_pg_bind_blob (statement, 7, enrolment->key.bytes, LANYARD_PUBLIC_KEY_BYTES);
  _lanyard_pg_bind_int (statement, 8, enrolment->enrolled_us);
  return _lanyard_pg_run (statement, error);
}

static GPtrArray *
list_enrolments (LanyardHubStore *store, GError **error)
{
  g_autoptr (LanyardPgStatement) statement
      = _lanyard_pg_statement_new_apart (store, "SELECT " LANYARD_PG_ENROLMENT_COLUMNS
                                                " FROM enrolment ORDER BY device, epoch");
  g_autoptr (GPtrArray) enrolments
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_enrolment_free);
  gboolean row;

  while (_lanyard_pg_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&enrolments);
      g_ptr_array_add (enrolments, _lanyard_pg_read_enrolment (statement));
    }
  return NULL;
}

static gboolean
is_ended (LanyardHubStore *store, guint32 device, guint32 epoch, gboolean *ended, GError **error)
{
  LanyardPgWork *work = _lanyard_pg_work (store);
  g_autoptr (LanyardPgStatement) statement = _lanyard_pg_statement_new (
      store,
      "SELECT (EXISTS (SELECT 1 FROM enrolment WHERE device = $1 AND epoch > $2)"
      " OR EXISTS (SELECT 1 FROM revocation WHERE device = $1 AND epoch = $2))::int::bigint");
  gboolean row;

  /* Nobody enrols or revokes before the end of the transaction. */
  if (work != NULL && _lanyard_pg_work_find_stream (work, device, epoch) != NULL)
    {
      *ended = _lanyard_pg_work_find_stream (work, device, epoch)->ended;
      return TRUE;
    }
  _lanyard_pg_bind_int (statement, 1, device);
  _lanyard_pg_bind_int (statement, 2, epoch);
  if (!_lanyard_pg_step (statement, &row, error))
    return FALSE;
  *ended = _lanyard_pg_get_int (statement, 0) != 0;
  return TRUE;
}

static gboolean
count_into (LanyardHubStore *store, LanyardHubCounts *counts, GError **error)
{
  g_autoptr (LanyardPgStatement) statement = _lanyard_pg_statement_new (
      store, "SELECT (SELECT coalesce (sum (last - first + 1), 0)::bigint FROM stretch), (SELECT "
             "count (*) FROM quarantine WHERE "
             "decision = ''), "
             "(SELECT count (*) FROM alarm), (SELECT count (*) FROM holding WHERE gseq > 0), "
             "(SELECT coalesce (max (gseq), 0) FROM change), "
             "(SELECT coalesce (sum (open_badges), 0)::bigint FROM holding), "
             "(SELECT count (*) FROM holding WHERE disputed = 1), "
             "(SELECT count (*) FROM photo), (SELECT count (DISTINCT device) FROM enrolment), "
             "(SELECT count (*) FROM opaque), "
             "(SELECT count (*) FROM badge WHERE flags IN (32, 34))");
  guint64 *fields[] = { &counts->records, &counts->quarantined, &counts->alarms,   &counts->entries,
                        &counts->gseq,    &counts->open_badges, &counts->disputed, &counts->photos,
                        &counts->desks,   &counts->unread,      &counts->questions };
  gboolean row;

  if (!_lanyard_pg_step (statement, &row, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    *fields[i] = (guint64)_lanyard_pg_get_int (statement, (int)i);
  return TRUE;
}

void
_lanyard_hub_pg_fill_desks (LanyardHubStoreOps *ops)
{
  ops->add_alert = add_alert;
  ops->read_alerts = read_alerts;
  ops->get_last_alert = get_last_alert;
  ops->put_code = put_code;
  ops->find_code = find_code;
  ops->find_enrolment = find_enrolment;
  ops->find_enrolment_by_id = find_enrolment_by_id;
  ops->find_enrolment_by_key = find_enrolment_by_key;
  ops->get_last_enrolment = get_last_enrolment;
  ops->add_enrolment = add_enrolment;
  ops->list_enrolments = list_enrolments;
  ops->is_ended = is_ended;
  ops->count = count_into;
}
