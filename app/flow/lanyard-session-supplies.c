/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Blank cards and the printers' own counters. None of it keeps a badge from being printed: what the
 * desk reckons is as good as what staff tell it, and it says so. */

#define G_LOG_DOMAIN "lanyard-flow"

#include "lanyard-session-private.h"

#include "lanyard-badge.h"

/* Some printers count sides. A template that cannot be read is found elsewhere. */
static guint
count_sides (LanyardPack *pack)
{
  GPtrArray *names = lanyard_pack_get_template_names (pack);
  guint n_sides = 1;

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GBytes) svg
          = lanyard_pack_dup_template_named (pack, g_ptr_array_index (names, i), NULL);
      g_autoptr (LanyardBadge) badge = svg != NULL ? lanyard_badge_new (svg, pack, NULL) : NULL;

      if (badge != NULL)
        n_sides = MAX (n_sides, lanyard_badge_get_n_pages (badge));
    }
  return n_sides;
}

/* Returns: where the printer's own counter stands; -1: it does not say, or not now */
static gint64
get_counter (LanyardSession *session, const LanyardPrinterCondition *condition)
{
  if (!condition->answers)
    return -1;
  if (condition->sheets_completed >= 0 || condition->impressions_completed < 0)
    return lanyard_printer_condition_get_counter (condition, 1);
  if (session->n_sides == 0)
    session->n_sides = count_sides (session->parts.pack);
  return lanyard_printer_condition_get_counter (condition, session->n_sides);
}

static LanyardShiftCount *
dup_count (LanyardShift *shift, const char *name)
{
  const LanyardShiftCount *count = lanyard_shift_find (shift, name);
  LanyardShiftCount *none;

  if (count != NULL)
    return lanyard_shift_count_copy (count);
  none = g_new0 (LanyardShiftCount, 1);
  none->printer = g_strdup (name);
  return none;
}

static guint
get_cards_warn (LanyardSession *session, const char *name)
{
  for (guint i = 0; i < session->printer_configs->len; i++)
    {
      const LanyardPrinterConfig *config = g_ptr_array_index (session->printer_configs, i);

      if (g_str_equal (config->name, name))
        return config->cards_warn;
    }
  return 0;
}

static gboolean
is_low (LanyardSession *session, const LanyardStockPrinter *printer)
{
  guint warn = get_cards_warn (session, printer->name);

  if (lanyard_printer_condition_has_warning (printer->condition, LANYARD_PRINT_FAULT_MEDIA_LOW))
    return TRUE;
  return warn > 0 && printer->count->knows_left && printer->count->left <= (gint)warn;
}

static void
add_printer (LanyardSession *session, LanyardStock *stock, LanyardShift *shift, guint index)
{
  const char *name = lanyard_printer_switch_get_name (session->printers, index);
  LanyardPrinterCondition *condition = lanyard_printer_dup_condition (
      lanyard_printer_switch_get_printer (session->printers, index));
  LanyardStockPrinter *printer
      = lanyard_stock_add (stock, name, condition, dup_count (shift, name));
  gint64 lifetime = get_counter (session, condition);

  printer->chosen = g_str_equal (name, lanyard_printer_switch_get_chosen (session->printers));
  printer->ready = condition->answers && !lanyard_stock_keeps_from_printing (condition->fault);
  printer->low = is_low (session, printer);
  printer->knows_lifetime = lifetime >= 0;
  printer->lifetime = lifetime >= 0 ? (guint64)lifetime : 0;
  printer->reconciliation
      = lanyard_shift_reconcile (printer->count, printer->knows_lifetime, printer->lifetime);
  printer->note = GPOINTER_TO_INT (g_hash_table_lookup (session->counter_notes, name));
}

LanyardStock *
lanyard_session_make_stock (LanyardSession *session)
{
  LanyardShift *shift;
  LanyardStock *stock;

  g_return_val_if_fail (session != NULL, NULL);

  shift = lanyard_journal_get_shift (session->parts.journal, NULL);
  if (shift == NULL)
    return NULL;
  stock = lanyard_stock_new ();
  stock->closed_us = lanyard_shift_get_closed_us (shift);
  stock->questions = session->questions->len;
  for (guint i = 0; i < lanyard_printer_switch_get_n (session->printers); i++)
    add_printer (session, stock, shift, i);
  return stock;
}

/* Which printer was chosen last, and who was given the badges that are under way. */
gboolean
lanyard_session_open_supplies (LanyardSession *session, GError **error)
{
  LanyardShift *shift = lanyard_journal_get_shift (session->parts.journal, error);
  g_autoptr (GPtrArray) open = NULL;

  if (shift == NULL)
    return FALSE;
  if (lanyard_shift_get_chosen (shift) != NULL)
    lanyard_printer_switch_choose (session->printers, lanyard_shift_get_chosen (shift));
  open = lanyard_journal_list_open_pickups (session->parts.journal);
  for (guint i = 0; i < open->len; i++)
    {
      const LanyardPickup *pickup = g_ptr_array_index (open, i);
      const char *printer
          = pickup->serial != NULL ? lanyard_shift_get_printer_of (shift, pickup->serial) : NULL;

      if (printer != NULL)
        lanyard_printer_switch_assign (session->printers, pickup->serial, printer);
    }
  return TRUE;
}

const char *
lanyard_session_find_printer (LanyardSession *session, const char *serial)
{
  LanyardShift *shift = lanyard_journal_get_shift (session->parts.journal, NULL);
  const char *printer = NULL;

  if (serial != NULL && shift != NULL)
    printer = lanyard_shift_get_printer_of (shift, serial);
  return printer != NULL ? printer : lanyard_printer_switch_get_chosen (session->printers);
}

gboolean
lanyard_session_commit_supply (LanyardSession *session,
                               guint16 kind,
                               const LanyardSupplyFacts *facts)
{
  g_autoptr (GBytes) body = lanyard_session_make_supply_body (session, facts);
  LanyardStep step = { .kind = kind, .body = body };
  g_autoptr (GError) error = NULL;

  if (!lanyard_journal_commit (session->parts.journal, &step, NULL, &error))
    {
      lanyard_session_break_down (session, error);
      return FALSE;
    }
  if (session->link != NULL)
    lanyard_link_nudge (session->link);
  return TRUE;
}

gboolean
lanyard_session_record_export (LanyardSession *session,
                               const char *staff,
                               LanyardExportFormat format,
                               guint n_rows,
                               gboolean names,
                               GError **error)
{
  g_autoptr (GBytes) body = NULL;
  LanyardStep step = { .kind = LANYARD_RECORD_DAY_EXPORTED };
  g_autoptr (GError) local_error = NULL;

  g_return_val_if_fail (session != NULL && staff != NULL, FALSE);

  body = lanyard_session_make_export_body (session, staff, format, n_rows, names);
  step.body = body;
  if (!lanyard_journal_commit (session->parts.journal, &step, NULL, &local_error))
    {
      lanyard_session_break_down (session, local_error);
      g_propagate_error (error, g_steal_pointer (&local_error));
      return FALSE;
    }
  if (session->link != NULL)
    lanyard_link_nudge (session->link);
  return TRUE;
}

/* A counter that was never heard begins where it stands now, while nothing is on its way that it
 * may have counted already or not. */
void
lanyard_session_read_counters (LanyardSession *session)
{
  g_autoptr (LanyardStock) stock = NULL;

  g_return_if_fail (session != NULL);

  if (session->broken != NULL || !session->enrolled || session->running)
    return;
  stock = lanyard_session_make_stock (session);
  for (guint i = 0; stock != NULL && i < stock->printers->len; i++)
    {
      const LanyardStockPrinter *printer = g_ptr_array_index (stock->printers, i);
      LanyardSupplyFacts facts
          = { .printer = printer->name, .cards = -1, .lifetime = (gint64)printer->lifetime };

      if (printer->knows_lifetime && !printer->count->knows_base && printer->count->open == 0
          && !lanyard_session_commit_supply (session, LANYARD_RECORD_COUNTER_READ, &facts))
        return;
    }
}

static gboolean
has_printer (LanyardSession *session, const char *name)
{
  for (guint i = 0; i < lanyard_printer_switch_get_n (session->printers); i++)
    if (g_strcmp0 (lanyard_printer_switch_get_name (session->printers, i), name) == 0)
      return TRUE;
  return FALSE;
}

/* What will be left afterwards, as lanyard-shift.c reckons. */
static void
foresee (LanyardSupplyFacts *facts, const LanyardShiftCount *count, guint16 kind)
{
  gint before = count != NULL && count->knows_left ? count->left : 0;

  facts->knows_left = kind != LANYARD_RECORD_CARDS_SPOILED || (count != NULL && count->knows_left);
  if (kind == LANYARD_RECORD_CARDS_LOADED)
    facts->left = before + facts->cards;
  else if (kind == LANYARD_RECORD_CARDS_COUNTED)
    facts->left = facts->cards;
  else
    facts->left = before - facts->cards;
}

void
lanyard_session_note_cards (LanyardSession *session, const LanyardStaffAction *action)
{
  guint16 kind = action->kind == LANYARD_ACT_LOAD_CARDS    ? LANYARD_RECORD_CARDS_LOADED
                 : action->kind == LANYARD_ACT_COUNT_CARDS ? LANYARD_RECORD_CARDS_COUNTED
                                                           : LANYARD_RECORD_CARDS_SPOILED;
  LanyardShift *shift = lanyard_journal_get_shift (session->parts.journal, NULL);
  LanyardSupplyFacts facts
      = { .printer = action->text, .cards = (gint)action->count, .lifetime = -1 };

  if (shift == NULL || !has_printer (session, action->text) || action->count > LANYARD_CARDS_MAX
      || (action->count == 0 && kind != LANYARD_RECORD_CARDS_COUNTED))
    {
      lanyard_session_notify (session, LANYARD_NOTICE_NOT_POSSIBLE);
      return;
    }
  foresee (&facts, lanyard_shift_find (shift, action->text), kind);
  if (lanyard_session_commit_supply (session, kind, &facts))
    lanyard_session_notify (session, LANYARD_NOTICE_CARDS_NOTED);
}
