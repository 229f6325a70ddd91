/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <string.h>

#include "lanyard-hub-store-sqlite-private.h"

#define DB(store) _lanyard_hub_sqlite_database (store)
#define ENROLMENT_COLUMNS "id, device, epoch, venue, name, prefix, key, enrolled_us"

static gboolean
add_alert (LanyardHubStore *store, guint32 device, const LanyardAlert *alert, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store),
                               "INSERT INTO alert (device, kind, number, serials, gseq, at_us) "
                               "VALUES (?, ?, ?, ?, ?, ?)");
  g_autofree char *serials = g_strjoinv ("\n", alert->serials);

  lanyard_statement_bind_int (statement, 1, device);
  lanyard_statement_bind_int (statement, 2, alert->kind);
  lanyard_statement_bind_text (statement, 3, alert->number);
  lanyard_statement_bind_text (statement, 4, serials);
  lanyard_statement_bind_int (statement, 5, (gint64)alert->gseq);
  lanyard_statement_bind_int (statement, 6, alert->at_us);
  return lanyard_statement_run (statement, error);
}

static LanyardAlert *
read_alert (LanyardStatement *statement)
{
  LanyardAlert *alert = g_new0 (LanyardAlert, 1);
  g_autofree char *serials = lanyard_statement_dup_text (statement, 3);

  alert->id = (guint64)lanyard_statement_get_int (statement, 0);
  alert->kind = (guint16)lanyard_statement_get_int (statement, 1);
  alert->number = lanyard_statement_dup_text (statement, 2);
  alert->serials = g_strsplit (serials, "\n", -1);
  alert->gseq = (guint64)lanyard_statement_get_int (statement, 4);
  alert->at_us = lanyard_statement_get_int (statement, 5);
  return alert;
}

static GPtrArray *
read_alerts (LanyardHubStore *store, guint32 device, guint64 after, guint max, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store),
                               "SELECT id, kind, number, serials, gseq, at_us FROM alert "
                               "WHERE device = ? AND id > ? ORDER BY id LIMIT ?");
  g_autoptr (GPtrArray) alerts
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_alert_free);
  gboolean row;

  lanyard_statement_bind_int (statement, 1, device);
  lanyard_statement_bind_int (statement, 2, (gint64)after);
  lanyard_statement_bind_int (statement, 3, max);
  while (lanyard_statement_step (statement, &row, error))
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
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "SELECT max (id) FROM alert WHERE device = ?");
  gboolean row;

  *id = 0;
  lanyard_statement_bind_int (statement, 1, device);
  if (!lanyard_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    *id = (guint64)lanyard_statement_get_int (statement, 0);
  return TRUE;
}

static gboolean
put_code (LanyardHubStore *store, const LanyardHubCode *code, GError **error)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (
      DB (store), "INSERT INTO code (hash, venue, name, device, expires_us, enrolment) "
                  "VALUES (?, ?, ?, ?, ?, nullif (?, 0)) ON CONFLICT (hash) DO UPDATE SET "
                  "enrolment = excluded.enrolment");

  lanyard_statement_bind_blob (statement, 1, code->hash.bytes, LANYARD_HASH_BYTES);
  lanyard_statement_bind_text (statement, 2, code->venue);
  lanyard_statement_bind_text (statement, 3, code->name);
  lanyard_statement_bind_int (statement, 4, code->device);
  lanyard_statement_bind_int (statement, 5, code->expires_us);
  lanyard_statement_bind_int (statement, 6, (gint64)code->enrolment);
  return lanyard_statement_run (statement, error);
}

static LanyardHubCode *
find_code (LanyardHubStore *store, const LanyardHash *hash, GError **error)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (
      DB (store), "SELECT venue, name, device, expires_us, enrolment FROM code WHERE hash = ?");
  LanyardHubCode *code;
  gboolean row;

  lanyard_statement_bind_blob (statement, 1, hash->bytes, LANYARD_HASH_BYTES);
  if (!lanyard_statement_step (statement, &row, error) || !row)
    return NULL;
  code = g_new0 (LanyardHubCode, 1);
  code->hash = *hash;
  code->venue = lanyard_statement_dup_text (statement, 0);
  code->name = lanyard_statement_dup_text (statement, 1);
  code->device = (guint32)lanyard_statement_get_int (statement, 2);
  code->expires_us = lanyard_statement_get_int (statement, 3);
  code->enrolment = (guint64)lanyard_statement_get_int (statement, 4);
  return code;
}

static LanyardHubEnrolment *
read_enrolment (LanyardStatement *statement)
{
  LanyardHubEnrolment *enrolment = g_new0 (LanyardHubEnrolment, 1);
  const void *key;
  gsize n_key;

  enrolment->id = (guint64)lanyard_statement_get_int (statement, 0);
  enrolment->device = (guint32)lanyard_statement_get_int (statement, 1);
  enrolment->epoch = (guint32)lanyard_statement_get_int (statement, 2);
  enrolment->venue = lanyard_statement_dup_text (statement, 3);
  enrolment->name = lanyard_statement_dup_text (statement, 4);
  enrolment->prefix = lanyard_statement_dup_text (statement, 5);
  key = lanyard_statement_get_blob (statement, 6, &n_key);
  if (key != NULL && n_key == LANYARD_PUBLIC_KEY_BYTES)
    memcpy (enrolment->key.bytes, key, n_key);
  enrolment->enrolled_us = lanyard_statement_get_int (statement, 7);
  return enrolment;
}

static LanyardHubEnrolment *
find_enrolment (LanyardHubStore *store, guint32 device, guint32 epoch, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store),
                               "SELECT " ENROLMENT_COLUMNS " FROM enrolment WHERE device = ?1 "
                               "AND (?2 = 0 OR epoch = ?2) ORDER BY epoch DESC LIMIT 1");
  gboolean row;

  lanyard_statement_bind_int (statement, 1, device);
  lanyard_statement_bind_int (statement, 2, epoch);
  if (!lanyard_statement_step (statement, &row, error) || !row)
    return NULL;
  return read_enrolment (statement);
}

static LanyardHubEnrolment *
find_enrolment_by_id (LanyardHubStore *store, guint64 id, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store),
                               "SELECT " ENROLMENT_COLUMNS " FROM enrolment WHERE id = ?");
  gboolean row;

  lanyard_statement_bind_int (statement, 1, (gint64)id);
  if (!lanyard_statement_step (statement, &row, error) || !row)
    return NULL;
  return read_enrolment (statement);
}

static LanyardHubEnrolment *
find_enrolment_by_key (LanyardHubStore *store, const LanyardPublicKey *key, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store),
                               "SELECT " ENROLMENT_COLUMNS " FROM enrolment WHERE key = ?");
  gboolean row;

  lanyard_statement_bind_blob (statement, 1, key->bytes, LANYARD_PUBLIC_KEY_BYTES);
  if (!lanyard_statement_step (statement, &row, error) || !row)
    return NULL;
  return read_enrolment (statement);
}

static gboolean
get_last_enrolment (LanyardHubStore *store, guint32 *device, guint64 *id, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "SELECT max (device), max (id) FROM enrolment");
  gboolean row;

  *device = 0;
  *id = 0;
  if (!lanyard_statement_step (statement, &row, error))
    return FALSE;
  if (row)
    {
      *device = (guint32)lanyard_statement_get_int (statement, 0);
      *id = (guint64)lanyard_statement_get_int (statement, 1);
    }
  return TRUE;
}

static gboolean
add_enrolment (LanyardHubStore *store, const LanyardHubEnrolment *enrolment, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "INSERT INTO enrolment (" ENROLMENT_COLUMNS
                                           ") VALUES (?, ?, ?, ?, ?, ?, ?, ?)");

  lanyard_statement_bind_int (statement, 1, (gint64)enrolment->id);
  lanyard_statement_bind_int (statement, 2, enrolment->device);
  lanyard_statement_bind_int (statement, 3, enrolment->epoch);
  lanyard_statement_bind_text (statement, 4, enrolment->venue);
  lanyard_statement_bind_text (statement, 5, enrolment->name);
  lanyard_statement_bind_text (statement, 6, enrolment->prefix);
  lanyard_statement_bind_blob (statement, 7, enrolment->key.bytes, LANYARD_PUBLIC_KEY_BYTES);
  lanyard_statement_bind_int (statement, 8, enrolment->enrolled_us);
  return lanyard_statement_run (statement, error);
}

static GPtrArray *
list_enrolments (LanyardHubStore *store, GError **error)
{
  g_autoptr (LanyardStatement) statement
      = lanyard_statement_new (DB (store), "SELECT " ENROLMENT_COLUMNS
                                           " FROM enrolment ORDER BY device, epoch");
  g_autoptr (GPtrArray) enrolments
      = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_hub_enrolment_free);
  gboolean row;

  while (lanyard_statement_step (statement, &row, error))
    {
      if (!row)
        return g_steal_pointer (&enrolments);
      g_ptr_array_add (enrolments, read_enrolment (statement));
    }
  return NULL;
}

static gboolean
is_ended (LanyardHubStore *store, guint32 device, guint32 epoch, gboolean *ended, GError **error)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (
      DB (store), "SELECT EXISTS (SELECT 1 FROM enrolment WHERE device = ?1 AND epoch > ?2) "
                  "OR EXISTS (SELECT 1 FROM revocation WHERE device = ?1 AND epoch = ?2)");
  gboolean row;

  lanyard_statement_bind_int (statement, 1, device);
  lanyard_statement_bind_int (statement, 2, epoch);
  if (!lanyard_statement_step (statement, &row, error))
    return FALSE;
  *ended = lanyard_statement_get_int (statement, 0) != 0;
  return TRUE;
}

static gboolean
count_into (LanyardHubStore *store, LanyardHubCounts *counts, GError **error)
{
  g_autoptr (LanyardStatement) statement = lanyard_statement_new (
      DB (store), "SELECT (SELECT count (*) FROM record), (SELECT count (*) FROM quarantine WHERE "
                  "decision = ''), "
                  "(SELECT count (*) FROM alarm), (SELECT count (*) FROM entry), "
                  "(SELECT ifnull (max (gseq), 0) FROM change), "
                  "(SELECT ifnull (sum (open_badges), 0) FROM holding), "
                  "(SELECT count (*) FROM holding WHERE disputed = 1), "
                  "(SELECT count (*) FROM photo), (SELECT count (DISTINCT device) FROM enrolment), "
                  "(SELECT count (*) FROM opaque), "
                  "(SELECT count (*) FROM badge WHERE flags IN (32, 34))");
  guint64 *fields[] = { &counts->records, &counts->quarantined, &counts->alarms,   &counts->entries,
                        &counts->gseq,    &counts->open_badges, &counts->disputed, &counts->photos,
                        &counts->desks,   &counts->unread,      &counts->questions };
  gboolean row;

  if (!lanyard_statement_step (statement, &row, error))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    *fields[i] = (guint64)lanyard_statement_get_int (statement, (int)i);
  return TRUE;
}

void
_lanyard_hub_sqlite_fill_desks (LanyardHubStoreOps *ops)
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
