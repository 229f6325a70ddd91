/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-waiting.h"

#include "lanyard-fault.h"
#include "lanyard-record-body.h"

#define TICKETS 10000

/* What a wait needs of one record's body. A value. */
typedef struct
{
  char *staff; /* (nullable) */
  char *wait;  /* (nullable) */
  LanyardOutcome outcome;
  LanyardReason reason;
  LanyardHandOver hand_over;
  LanyardMode mode;
} Body;

struct _LanyardWaiting
{
  /* owned */
  GPtrArray *waits; /* (element-type LanyardWait): oldest first */

  /* state */
  gint64 since_us;
  guint64 version;
};

static void
body_clear (Body *body)
{
  g_clear_pointer (&body->staff, g_free);
  g_clear_pointer (&body->wait, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Body, body_clear)

static void
read_pair (LanyardCborReader *reader, gint64 key, gpointer user_data)
{
  Body *body = user_data;

  switch (key)
    {
    case LANYARD_BODY_STAFF:
      lanyard_record_body_read_text (reader, &body->staff);
      break;
    case LANYARD_BODY_WAIT:
      lanyard_record_body_read_text (reader, &body->wait);
      break;
    case LANYARD_BODY_OUTCOME:
      body->outcome = (LanyardOutcome)lanyard_cbor_read_uint (reader, G_MAXINT32);
      break;
    case LANYARD_BODY_REASONS:
      body->reason = lanyard_record_body_read_reason (reader);
      break;
    case LANYARD_BODY_HAND_OVER:
      body->hand_over = (LanyardHandOver)lanyard_cbor_read_uint (reader, G_MAXINT32);
      break;
    case LANYARD_BODY_MODE:
      body->mode = (LanyardMode)lanyard_cbor_read_uint (reader, G_MAXINT32);
      break;
    default:
      lanyard_cbor_skip (reader, NULL);
      break;
    }
}

/* A body that cannot be read says nothing more. */
static void
read_body (Body *body, const LanyardRecord *record)
{
  lanyard_record_body_read (record, read_pair, body, NULL);
}

/* Whoever waits for a supervisor goes on waiting, unless @supervisors too. */
static void
end_person (LanyardWaiting *waiting, const char *number, gboolean supervisors)
{
  for (guint i = waiting->waits->len; number != NULL && i-- > 0;)
    {
      const LanyardWait *wait = g_ptr_array_index (waiting->waits, i);

      if (g_strcmp0 (wait->number, number) != 0 || (wait->supervisor && !supervisors))
        continue;
      g_ptr_array_remove_index (waiting->waits, i);
      waiting->version++;
    }
}

static void
end_wait (LanyardWaiting *waiting, const char *id)
{
  const LanyardWait *wait = id != NULL ? lanyard_waiting_find (waiting, id) : NULL;

  if (wait == NULL || lanyard_fault ("wait-never-ends"))
    return;
  g_ptr_array_remove (waiting->waits, (gpointer)wait);
  waiting->version++;
}

static gboolean
waits_for_supervisor (LanyardWaiting *waiting, const char *number)
{
  for (guint i = 0; number != NULL && i < waiting->waits->len; i++)
    {
      const LanyardWait *wait = g_ptr_array_index (waiting->waits, i);

      if (wait->supervisor && g_strcmp0 (wait->number, number) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
begin_wait (LanyardWaiting *waiting, const LanyardRecord *record, Body *body)
{
  LanyardWait *wait = g_new0 (LanyardWait, 1);

  wait->id
      = g_strdup_printf ("%u-%u-%" G_GUINT64_FORMAT, record->device, record->epoch, record->seq);
  wait->ticket = (guint)(record->seq % TICKETS);
  wait->number = g_strdup (record->accreditation);
  wait->supervisor = record->kind == LANYARD_RECORD_HANDED_OVER;
  wait->outcome = body->outcome;
  wait->reason = body->reason;
  wait->hand_over = body->hand_over;
  wait->staff = g_steal_pointer (&body->staff);
  wait->since_us = record->wall_us;
  if (waiting->waits->len >= LANYARD_WAITING_MAX)
    g_ptr_array_remove_index (waiting->waits, 0);
  g_ptr_array_add (waiting->waits, wait);
  waiting->version++;
}

/* Self-service sent somebody to staff. Who waits for a supervisor already is known. */
static void
refer (LanyardWaiting *waiting, const LanyardRecord *record)
{
  g_auto (Body) body = { 0 };

  read_body (&body, record);
  if (body.staff != NULL || body.mode != LANYARD_MODE_SELF_SERVICE)
    return;
  end_person (waiting, record->accreditation, FALSE);
  if (!waits_for_supervisor (waiting, record->accreditation))
    begin_wait (waiting, record, &body);
}

static void
hand_over (LanyardWaiting *waiting, const LanyardRecord *record)
{
  g_auto (Body) body = { 0 };

  if (record->accreditation == NULL)
    return;
  read_body (&body, record);
  end_person (waiting, record->accreditation, TRUE);
  begin_wait (waiting, record, &body);
}

static void
say_done (LanyardWaiting *waiting, const LanyardRecord *record)
{
  g_auto (Body) body = { 0 };

  read_body (&body, record);
  end_wait (waiting, body.wait);
}

static void
free_wait (gpointer wait)
{
  lanyard_wait_free (wait);
}

LanyardWait *
lanyard_wait_copy (const LanyardWait *wait)
{
  LanyardWait *copy;

  g_return_val_if_fail (wait != NULL, NULL);

  copy = g_memdup2 (wait, sizeof *wait);
  copy->id = g_strdup (wait->id);
  copy->number = g_strdup (wait->number);
  copy->staff = g_strdup (wait->staff);
  return copy;
}

void
lanyard_wait_free (LanyardWait *wait)
{
  if (wait == NULL)
    return;
  g_free (wait->id);
  g_free (wait->number);
  g_free (wait->staff);
  g_free (wait);
}

LanyardWaiting *
lanyard_waiting_new (gint64 since_us)
{
  LanyardWaiting *waiting = g_new0 (LanyardWaiting, 1);

  waiting->waits = g_ptr_array_new_with_free_func (free_wait);
  waiting->since_us = since_us;
  return waiting;
}

void
lanyard_waiting_free (LanyardWaiting *waiting)
{
  if (waiting == NULL)
    return;
  g_ptr_array_unref (waiting->waits);
  g_free (waiting);
}

void
lanyard_waiting_take (LanyardWaiting *waiting, const LanyardRecord *record)
{
  g_return_if_fail (waiting != NULL && record != NULL);

  if (record->wall_us < waiting->since_us)
    return;
  switch (record->kind)
    {
    case LANYARD_RECORD_REFUSED:
    case LANYARD_RECORD_REFERRED:
      refer (waiting, record);
      break;
    case LANYARD_RECORD_HANDED_OVER:
      hand_over (waiting, record);
      break;
    case LANYARD_RECORD_WAIT_ENDED:
      say_done (waiting, record);
      break;
    case LANYARD_RECORD_ISSUED:
    case LANYARD_RECORD_VALIDATED:
      end_person (waiting, record->accreditation, FALSE);
      break;
    case LANYARD_RECORD_SHIFT_CLOSED:
      waiting->version += waiting->waits->len > 0;
      g_ptr_array_set_size (waiting->waits, 0);
      break;
    default:
      break;
    }
}

GPtrArray *
lanyard_waiting_get_waits (LanyardWaiting *waiting)
{
  g_return_val_if_fail (waiting != NULL, NULL);

  return waiting->waits;
}

const LanyardWait *
lanyard_waiting_find (LanyardWaiting *waiting, const char *id)
{
  g_return_val_if_fail (waiting != NULL && id != NULL, NULL);

  for (guint i = 0; i < waiting->waits->len; i++)
    {
      const LanyardWait *wait = g_ptr_array_index (waiting->waits, i);

      if (g_str_equal (wait->id, id))
        return wait;
    }
  return NULL;
}

guint64
lanyard_waiting_get_version (LanyardWaiting *waiting)
{
  g_return_val_if_fail (waiting != NULL, 0);

  return waiting->version;
}
