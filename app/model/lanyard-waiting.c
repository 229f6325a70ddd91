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
  GPtrArray *waits;   /* (element-type LanyardWait): oldest first */
  GHashTable *over;   /* (element-type utf8): ids of those who wait no more */
  GHashTable *helped; /* (element-type utf8 guint64): HLC of the newest badge of each number */

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

static void
mark_over (LanyardWaiting *waiting, const char *id)
{
  if (g_hash_table_size (waiting->over) < LANYARD_WAITING_MAX_OVER)
    g_hash_table_add (waiting->over, g_strdup (id));
}

static void
end_at (LanyardWaiting *waiting, guint i)
{
  mark_over (waiting, ((const LanyardWait *)g_ptr_array_index (waiting->waits, i))->id);
  g_ptr_array_remove_index (waiting->waits, i);
  waiting->version++;
}

/* Whoever waits for a supervisor goes on waiting, unless @supervisors too; and whoever came back
 * since @hlc. */
static void
end_person (LanyardWaiting *waiting, const char *number, gboolean supervisors, guint64 hlc)
{
  for (guint i = waiting->waits->len; number != NULL && i-- > 0;)
    {
      const LanyardWait *wait = g_ptr_array_index (waiting->waits, i);

      if (g_strcmp0 (wait->number, number) == 0 && (supervisors || !wait->supervisor)
          && wait->hlc <= hlc)
        end_at (waiting, i);
    }
}

static void
end_wait (LanyardWaiting *waiting, const char *id)
{
  const LanyardWait *wait = id != NULL ? lanyard_waiting_find (waiting, id) : NULL;
  guint i;

  if (lanyard_fault ("wait-never-ends"))
    return;
  if (wait != NULL && g_ptr_array_find (waiting->waits, wait, &i))
    end_at (waiting, i);
  else if (id != NULL)
    mark_over (waiting, id);
}

/* The shift of a desk was closed: nobody waits there any more. */
static void
end_desk (LanyardWaiting *waiting, guint32 device, guint64 hlc)
{
  for (guint i = waiting->waits->len; i-- > 0;)
    {
      const LanyardWait *wait = g_ptr_array_index (waiting->waits, i);

      if (wait->device == device && wait->hlc <= hlc)
        end_at (waiting, i);
    }
}

/* A badge is in the hand of @number. */
static void
help (LanyardWaiting *waiting, const char *number, guint64 hlc)
{
  guint64 *newest = number != NULL ? g_hash_table_lookup (waiting->helped, number) : NULL;

  end_person (waiting, number, FALSE, hlc);
  if (newest != NULL)
    *newest = MAX (*newest, hlc);
  else if (number != NULL && g_hash_table_size (waiting->helped) < LANYARD_WAITING_MAX_OVER)
    g_hash_table_insert (waiting->helped, g_strdup (number), g_memdup2 (&hlc, sizeof hlc));
}

/* Whether a badge, or a newer wait, came after @record of @device, which is heard late. Of this
 * desk's own nothing is heard late, and another's clock may be ahead. */
static gboolean
is_overtaken (LanyardWaiting *waiting, const LanyardRecord *record, guint32 device)
{
  const char *number = record->accreditation;
  gboolean supervisor = record->kind == LANYARD_RECORD_HANDED_OVER;
  const guint64 *helped;

  if (device == 0 || number == NULL)
    return FALSE;
  helped = g_hash_table_lookup (waiting->helped, number);
  if (!supervisor && helped != NULL && *helped > record->hlc)
    return TRUE;
  for (guint i = 0; i < waiting->waits->len; i++)
    {
      const LanyardWait *wait = g_ptr_array_index (waiting->waits, i);

      if (g_strcmp0 (wait->number, number) == 0 && wait->supervisor == supervisor
          && wait->hlc > record->hlc)
        return TRUE;
    }
  return FALSE;
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

static char *
dup_id (const LanyardRecord *record)
{
  return g_strdup_printf ("%u-%u-%" G_GUINT64_FORMAT, record->device, record->epoch, record->seq);
}

/* Whether no wait of @id is known, and none is over. */
static gboolean
is_new (LanyardWaiting *waiting, const char *id)
{
  gboolean over = g_hash_table_contains (waiting->over, id) && !lanyard_fault ("wait-comes-back");

  return !over && lanyard_waiting_find (waiting, id) == NULL;
}

/* Those of other desks are heard later than this desk's own. */
static void
insert_wait (LanyardWaiting *waiting, LanyardWait *wait)
{
  guint i = waiting->waits->len;

  while (i > 0
         && ((const LanyardWait *)g_ptr_array_index (waiting->waits, i - 1))->since_us
                > wait->since_us)
    i--;
  g_ptr_array_insert (waiting->waits, (gint)i, wait);
  if (waiting->waits->len > LANYARD_WAITING_MAX)
    end_at (waiting, 0);
  waiting->version++;
}

static void
begin_wait (LanyardWaiting *waiting, const LanyardRecord *record, guint32 device, Body *body)
{
  LanyardWait *wait = g_new0 (LanyardWait, 1);

  wait->id = dup_id (record);
  wait->device = device;
  wait->ticket = (guint)(record->seq % TICKETS);
  wait->number = g_strdup (record->accreditation);
  wait->supervisor = record->kind == LANYARD_RECORD_HANDED_OVER;
  wait->outcome = body->outcome;
  wait->reason = body->reason;
  wait->hand_over = body->hand_over;
  wait->staff = g_steal_pointer (&body->staff);
  wait->since_us = record->wall_us;
  wait->hlc = record->hlc;
  insert_wait (waiting, wait);
}

/* Self-service sent somebody to staff. Who waits for a supervisor already is known. */
static void
refer (LanyardWaiting *waiting, const LanyardRecord *record, guint32 device)
{
  g_autofree char *id = dup_id (record);
  g_auto (Body) body = { 0 };

  read_body (&body, record);
  if (body.staff != NULL || body.mode != LANYARD_MODE_SELF_SERVICE || !is_new (waiting, id))
    return;
  if (is_overtaken (waiting, record, device)
      || waits_for_supervisor (waiting, record->accreditation))
    {
      mark_over (waiting, id);
      return;
    }
  end_person (waiting, record->accreditation, FALSE, record->hlc);
  begin_wait (waiting, record, device, &body);
}

static void
hand_over (LanyardWaiting *waiting, const LanyardRecord *record, guint32 device)
{
  g_autofree char *id = dup_id (record);
  g_auto (Body) body = { 0 };

  if (record->accreditation == NULL || !is_new (waiting, id))
    return;
  if (is_overtaken (waiting, record, device))
    {
      mark_over (waiting, id);
      return;
    }
  read_body (&body, record);
  end_person (waiting, record->accreditation, TRUE, G_MAXUINT64);
  begin_wait (waiting, record, device, &body);
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
  waiting->over = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  waiting->helped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  waiting->since_us = since_us;
  return waiting;
}

void
lanyard_waiting_free (LanyardWaiting *waiting)
{
  if (waiting == NULL)
    return;
  g_ptr_array_unref (waiting->waits);
  g_hash_table_unref (waiting->over);
  g_hash_table_unref (waiting->helped);
  g_free (waiting);
}

/* @device: whose record it is; 0: this desk's */
static void
take (LanyardWaiting *waiting, const LanyardRecord *record, guint32 device)
{
  if (record->wall_us < waiting->since_us)
    return;
  switch (record->kind)
    {
    case LANYARD_RECORD_REFUSED:
    case LANYARD_RECORD_REFERRED:
      refer (waiting, record, device);
      break;
    case LANYARD_RECORD_HANDED_OVER:
      hand_over (waiting, record, device);
      break;
    case LANYARD_RECORD_WAIT_ENDED:
      say_done (waiting, record);
      break;
    case LANYARD_RECORD_ISSUED:
    case LANYARD_RECORD_VALIDATED:
      help (waiting, record->accreditation, record->hlc);
      break;
    case LANYARD_RECORD_SHIFT_CLOSED:
      end_desk (waiting, device, record->hlc);
      break;
    default:
      break;
    }
}

void
lanyard_waiting_take (LanyardWaiting *waiting, const LanyardRecord *record)
{
  g_return_if_fail (waiting != NULL && record != NULL);

  take (waiting, record, 0);
}

void
lanyard_waiting_take_other (LanyardWaiting *waiting, const LanyardRecord *record)
{
  g_return_if_fail (waiting != NULL && record != NULL);

  if (record->device != 0)
    take (waiting, record, record->device);
}

guint
lanyard_waiting_count_own (LanyardWaiting *waiting, guint ticket)
{
  guint n = 0;

  g_return_val_if_fail (waiting != NULL, 0);

  for (guint i = 0; i < waiting->waits->len; i++)
    {
      const LanyardWait *wait = g_ptr_array_index (waiting->waits, i);

      if (wait->device == 0 && wait->ticket == ticket)
        break;
      n += wait->device == 0;
    }
  return n;
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
