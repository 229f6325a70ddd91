/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-model"

#include "lanyard-shift.h"

#include "lanyard-fault.h"
#include "lanyard-print-fault.h"
#include "lanyard-shift-private.h"

#define MIN_LEFT (-1000000)
#define MAX_LEFT 1000000

/* Where one badge of this shift stands. */
typedef struct
{
  LanyardShiftCount *count; /* borrowed: of its printer */
  gboolean confirmed;       /* now */
  gboolean voided;
  gboolean handed; /* at any time */
  gboolean taken;  /* a card has gone for it */
  gboolean jammed; /* its card was in the printer when that jammed */
} Badge;

struct _LanyardShift
{
  /* owned */
  GPtrArray *counts;  /* (element-type LanyardShiftCount) */
  GHashTable *badges; /* (element-type utf8 Badge): by serial */
  char *chosen;       /* (nullable) */

  /* state */
  gint64 closed_us;
};

static LanyardShiftCount *
find_count (LanyardShift *shift, const char *printer)
{
  for (guint i = 0; i < shift->counts->len; i++)
    {
      LanyardShiftCount *count = g_ptr_array_index (shift->counts, i);

      if (g_str_equal (count->printer, printer))
        return count;
    }
  return NULL;
}

/* Records of before name no printer: there was one. */
static LanyardShiftCount *
ensure_count (LanyardShift *shift, const char *printer)
{
  LanyardShiftCount *count;

  if (printer == NULL || *printer == '\0')
    printer = LANYARD_PRINTER_NAME_ONLY;
  count = find_count (shift, printer);
  if (count != NULL)
    return count;
  count = g_new0 (LanyardShiftCount, 1);
  count->printer = g_strdup (printer);
  g_ptr_array_add (shift->counts, count);
  return count;
}

static void
add_left (LanyardShiftCount *count, gint cards)
{
  if (count->knows_left)
    count->left = CLAMP (count->left + cards, MIN_LEFT, MAX_LEFT);
}

static gboolean
nothing_came_out (LanyardVoidReason reason)
{
  return reason == LANYARD_VOID_NOT_PRINTED;
}

/* How many cards a record moves: one away, one back, none. */
static gint
get_card_change (const Badge *badge, guint16 kind, LanyardVoidReason reason, gboolean jammed)
{
  switch (kind)
    {
    case LANYARD_RECORD_PRINTING:
    case LANYARD_RECORD_REPORTED:
    case LANYARD_RECORD_ISSUED:
      return badge->taken ? 0 : -1;
    case LANYARD_RECORD_VOIDED:
      if (badge->voided)
        return 0;
      if (!nothing_came_out (reason) || jammed)
        return badge->taken ? 0 : -1;
      return badge->taken && !badge->handed ? 1 : 0;
    default:
      return 0;
    }
}

static void
reserve (LanyardShift *shift, const char *serial, const char *printer)
{
  Badge *badge;

  if (g_hash_table_contains (shift->badges, serial))
    return;
  badge = g_new0 (Badge, 1);
  badge->count = ensure_count (shift, printer);
  badge->count->allocated++;
  badge->count->open++;
  g_hash_table_insert (shift->badges, g_strdup (serial), badge);
}

static void
confirm (Badge *badge)
{
  if (badge->confirmed || badge->voided)
    return;
  badge->confirmed = TRUE;
  badge->count->open--;
  badge->count->confirmed++;
  if (!badge->handed)
    badge->count->handed++;
  badge->handed = TRUE;
}

static void
make_void (Badge *badge, LanyardVoidReason reason)
{
  if (badge->voided)
    return;
  if (badge->confirmed)
    badge->count->confirmed--;
  else
    badge->count->open--;
  badge->confirmed = FALSE;
  badge->voided = TRUE;
  badge->count->voided++;
  if (badge->handed)
    return;
  if (badge->jammed && nothing_came_out (reason))
    badge->count->jammed++;
  else if (!nothing_came_out (reason))
    badge->count->spoiled++;
}

static void
take_badge (LanyardShift *shift, const LanyardRecord *record, const LanyardShiftBody *body)
{
  Badge *badge;
  gint change;

  if (record->serial == NULL)
    return;
  if (record->kind == LANYARD_RECORD_RESERVED)
    {
      reserve (shift, record->serial, body->printer);
      return;
    }
  /* That of an earlier shift was counted in it. */
  badge = g_hash_table_lookup (shift->badges, record->serial);
  if (badge == NULL)
    return;
  badge->jammed |= body->fault == LANYARD_PRINT_FAULT_MEDIA_JAM;
  change = get_card_change (badge, record->kind, body->reason, badge->jammed);
  add_left (badge->count, change);
  badge->taken |= change < 0;
  if (record->kind == LANYARD_RECORD_ISSUED)
    confirm (badge);
  else if (record->kind == LANYARD_RECORD_VOIDED)
    make_void (badge, body->reason);
}

static void
take_cards (LanyardShift *shift, const LanyardRecord *record, const LanyardShiftBody *body)
{
  LanyardShiftCount *count = ensure_count (shift, body->printer);

  if (record->kind == LANYARD_RECORD_CARDS_LOADED)
    {
      count->loaded += body->cards;
      if (!count->knows_left)
        count->left = 0;
      count->knows_left = TRUE;
      add_left (count, (gint)body->cards);
    }
  else if (record->kind == LANYARD_RECORD_CARDS_COUNTED)
    {
      count->knows_left = TRUE;
      count->left = (gint)body->cards;
    }
  else
    {
      count->spoiled += body->cards;
      add_left (count, -(gint)body->cards);
    }
}

/* The next shift begins with what the close says, and with nothing that it does not. */
static void
take_close (LanyardShift *shift, const LanyardRecord *record, const LanyardShiftBody *body)
{
  g_hash_table_remove_all (shift->badges);
  g_ptr_array_set_size (shift->counts, 0);
  g_clear_pointer (&shift->chosen, g_free);
  shift->chosen = g_strdup (body->printer);
  shift->closed_us = record->wall_us;
  for (guint i = 0; body->rows != NULL && i < body->rows->len; i++)
    {
      const LanyardShiftRow *row = g_ptr_array_index (body->rows, i);
      LanyardShiftCount *count = ensure_count (shift, row->count.printer);

      count->knows_left = row->count.knows_left;
      count->left = CLAMP (row->count.left, MIN_LEFT, MAX_LEFT);
      /* That of a printer that said nothing at the close begins when it is heard again. */
      count->knows_base = row->knows_lifetime;
      count->base = (gint64)row->lifetime;
    }
}

LanyardShift *
lanyard_shift_new (void)
{
  LanyardShift *shift = g_new0 (LanyardShift, 1);

  shift->counts = g_ptr_array_new_with_free_func ((GDestroyNotify)lanyard_shift_count_free);
  shift->badges = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return shift;
}

void
lanyard_shift_free (LanyardShift *shift)
{
  if (shift == NULL)
    return;
  g_hash_table_unref (shift->badges);
  g_ptr_array_unref (shift->counts);
  g_free (shift->chosen);
  g_free (shift);
}

void
lanyard_shift_take (LanyardShift *shift, const LanyardRecord *record)
{
  g_auto (LanyardShiftBody) body = { 0 };

  g_return_if_fail (shift != NULL && record != NULL);

  lanyard_shift_body_read (&body, record);
  switch ((LanyardRecordKind)record->kind)
    {
    case LANYARD_RECORD_RESERVED:
    case LANYARD_RECORD_PRINTING:
    case LANYARD_RECORD_REPORTED:
    case LANYARD_RECORD_ISSUED:
    case LANYARD_RECORD_UNKNOWN:
    case LANYARD_RECORD_VOIDED:
      take_badge (shift, record, &body);
      break;
    case LANYARD_RECORD_CARDS_LOADED:
    case LANYARD_RECORD_CARDS_COUNTED:
    case LANYARD_RECORD_CARDS_SPOILED:
      take_cards (shift, record, &body);
      break;
    case LANYARD_RECORD_PRINTER_CHOSEN:
      g_free (shift->chosen);
      shift->chosen = g_strdup (body.printer);
      break;
    case LANYARD_RECORD_COUNTER_READ:
      if (body.lifetime != G_MAXUINT64)
        {
          LanyardShiftCount *count = ensure_count (shift, body.printer);

          /* What came out before it was heard is in its counter already. */
          count->knows_base = TRUE;
          count->base = (gint64)body.lifetime - count->handed - count->spoiled;
        }
      break;
    case LANYARD_RECORD_SHIFT_CLOSED:
      take_close (shift, record, &body);
      break;
    default:
      break;
    }
}

GPtrArray *
lanyard_shift_get_counts (LanyardShift *shift)
{
  g_return_val_if_fail (shift != NULL, NULL);

  return shift->counts;
}

const LanyardShiftCount *
lanyard_shift_find (LanyardShift *shift, const char *printer)
{
  g_return_val_if_fail (shift != NULL && printer != NULL, NULL);

  return find_count (shift, printer);
}

const char *
lanyard_shift_get_printer_of (LanyardShift *shift, const char *serial)
{
  const Badge *badge;

  g_return_val_if_fail (shift != NULL && serial != NULL, NULL);

  badge = g_hash_table_lookup (shift->badges, serial);
  return badge != NULL ? badge->count->printer : NULL;
}

const char *
lanyard_shift_get_chosen (LanyardShift *shift)
{
  g_return_val_if_fail (shift != NULL, NULL);

  return shift->chosen;
}

gint64
lanyard_shift_get_closed_us (LanyardShift *shift)
{
  g_return_val_if_fail (shift != NULL, 0);

  return shift->closed_us;
}

const char *
lanyard_shift_foresee_left (LanyardShift *shift,
                            const char *serial,
                            guint16 kind,
                            LanyardVoidReason reason,
                            guint fault,
                            gint *left)
{
  const Badge *badge;
  gint change;

  g_return_val_if_fail (shift != NULL && left != NULL, NULL);

  badge = serial != NULL ? g_hash_table_lookup (shift->badges, serial) : NULL;
  if (badge == NULL || !badge->count->knows_left)
    return NULL;
  change = get_card_change (badge, kind, reason,
                            badge->jammed || fault == LANYARD_PRINT_FAULT_MEDIA_JAM);
  *left = CLAMP (badge->count->left + change, MIN_LEFT, MAX_LEFT);
  return change != 0 ? badge->count->printer : NULL;
}

LanyardReconciliation
lanyard_shift_reconcile (const LanyardShiftCount *count, gboolean knows_lifetime, guint64 lifetime)
{
  LanyardReconciliation result = { .verdict = LANYARD_SHIFT_AGREES };

  g_return_val_if_fail (count != NULL, result);

  result.expected = (gint64)count->handed + count->spoiled;
  result.compared = knows_lifetime && count->knows_base;
  if (result.compared)
    {
      result.counted = (gint64)lifetime - count->base;
      result.difference = result.counted - result.expected;
    }
  if (count->open > 0 && !lanyard_fault ("close-with-questions"))
    result.verdict = LANYARD_SHIFT_HAS_QUESTIONS;
  else if (result.difference != 0)
    result.verdict = LANYARD_SHIFT_NEEDS_NOTE;
  return result;
}
