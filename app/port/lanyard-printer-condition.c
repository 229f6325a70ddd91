/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-port"

#include "lanyard-printer-condition.h"

#include <string.h>

static void
supply_free (gpointer data)
{
  LanyardPrinterSupply *supply = data;

  g_free (supply->name);
  g_free (supply);
}

static gpointer
supply_copy (gconstpointer data, gpointer user_data)
{
  LanyardPrinterSupply *copy = g_memdup2 (data, sizeof *copy);

  copy->name = g_strdup (copy->name);
  return copy;
}

static gboolean
supply_equal (const LanyardPrinterSupply *a, const LanyardPrinterSupply *b)
{
  return a->kind == b->kind && a->level == b->level && a->left == b->left && a->low == b->low
         && g_strcmp0 (a->name, b->name) == 0;
}

static gboolean
supplies_equal (const GPtrArray *a, const GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!supply_equal (g_ptr_array_index (a, i), g_ptr_array_index (b, i)))
      return FALSE;
  return TRUE;
}

static gboolean
faults_equal (const LanyardPrintFault *a, guint n_a, const LanyardPrintFault *b, guint n_b)
{
  return n_a == n_b && memcmp (a, b, n_a * sizeof *a) == 0;
}

static void
add (LanyardPrintFault *list, guint *n, LanyardPrintFault fault)
{
  for (guint i = 0; i < *n; i++)
    if (list[i] == fault)
      return;
  if (*n < LANYARD_PRINTER_MAX_FAULTS)
    list[(*n)++] = fault;
}

LanyardPrinterCondition *
lanyard_printer_condition_new (void)
{
  LanyardPrinterCondition *condition = g_new0 (LanyardPrinterCondition, 1);

  condition->accepting = TRUE;
  condition->sheets_completed = -1;
  condition->impressions_completed = -1;
  condition->pages_completed = -1;
  condition->supplies = g_ptr_array_new_with_free_func (supply_free);
  return condition;
}

LanyardPrinterCondition *
lanyard_printer_condition_copy (const LanyardPrinterCondition *condition)
{
  LanyardPrinterCondition *copy;

  g_return_val_if_fail (condition != NULL, NULL);

  copy = g_memdup2 (condition, sizeof *condition);
  copy->reasons = g_strdup (condition->reasons);
  copy->make_and_model = g_strdup (condition->make_and_model);
  copy->supplies = g_ptr_array_copy (condition->supplies, supply_copy, NULL);
  return copy;
}

void
lanyard_printer_condition_free (LanyardPrinterCondition *condition)
{
  if (condition == NULL)
    return;
  g_free (condition->reasons);
  g_free (condition->make_and_model);
  g_ptr_array_unref (condition->supplies);
  g_free (condition);
}

gboolean
lanyard_printer_condition_equal (const LanyardPrinterCondition *a, const LanyardPrinterCondition *b)
{
  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  return a->answers == b->answers && a->stopped == b->stopped && a->paused == b->paused
         && a->accepting == b->accepting && a->sheets_completed == b->sheets_completed
         && a->impressions_completed == b->impressions_completed
         && a->pages_completed == b->pages_completed && a->dpi == b->dpi
         && faults_equal (a->faults, a->n_faults, b->faults, b->n_faults)
         && faults_equal (a->warnings, a->n_warnings, b->warnings, b->n_warnings)
         && g_strcmp0 (a->reasons, b->reasons) == 0
         && g_strcmp0 (a->make_and_model, b->make_and_model) == 0
         && supplies_equal (a->supplies, b->supplies);
}

void
lanyard_printer_condition_add_fault (LanyardPrinterCondition *condition, LanyardPrintFault fault)
{
  g_return_if_fail (condition != NULL);
  g_return_if_fail (fault != LANYARD_PRINT_FAULT_NONE);

  add (condition->faults, &condition->n_faults, fault);
  condition->fault = condition->faults[0];
}

void
lanyard_printer_condition_add_warning (LanyardPrinterCondition *condition, LanyardPrintFault fault)
{
  g_return_if_fail (condition != NULL);
  g_return_if_fail (fault != LANYARD_PRINT_FAULT_NONE);

  add (condition->warnings, &condition->n_warnings, fault);
}

gboolean
lanyard_printer_condition_has_warning (const LanyardPrinterCondition *condition,
                                       LanyardPrintFault warning)
{
  g_return_val_if_fail (condition != NULL, FALSE);

  for (guint i = 0; i < condition->n_warnings; i++)
    if (condition->warnings[i] == warning)
      return TRUE;
  return FALSE;
}

LanyardPrinterSupply *
lanyard_printer_condition_add_supply (LanyardPrinterCondition *condition,
                                      LanyardSupplyKind kind,
                                      const char *name,
                                      int level)
{
  LanyardPrinterSupply *supply;

  g_return_val_if_fail (condition != NULL, NULL);

  if (condition->supplies->len >= LANYARD_PRINTER_MAX_SUPPLIES)
    return NULL;
  supply = g_new0 (LanyardPrinterSupply, 1);
  supply->kind = kind;
  supply->name = g_strdup (name);
  supply->level = level < 0 ? -1 : MIN (level, 100);
  supply->left = -1;
  supply->low = -1;
  g_ptr_array_add (condition->supplies, supply);
  return supply;
}

gint64
lanyard_printer_condition_get_counter (const LanyardPrinterCondition *condition, guint n_sides)
{
  g_return_val_if_fail (condition != NULL, -1);

  if (condition->sheets_completed >= 0 || n_sides > 1)
    return condition->sheets_completed;
  return condition->impressions_completed;
}

int
lanyard_printer_condition_get_level (const LanyardPrinterCondition *condition,
                                     LanyardSupplyKind kind)
{
  int found = -1;

  g_return_val_if_fail (condition != NULL, -1);

  for (guint i = 0; i < condition->supplies->len; i++)
    {
      const LanyardPrinterSupply *supply = g_ptr_array_index (condition->supplies, i);

      if (supply->kind != kind || supply->level < 0)
        continue;
      if (found < 0 || (kind == LANYARD_SUPPLY_WASTE) == (supply->level > found))
        found = supply->level;
    }
  return found;
}

int
lanyard_printer_condition_get_media_left (const LanyardPrinterCondition *condition)
{
  int left = -1;

  g_return_val_if_fail (condition != NULL, -1);

  for (guint i = 0; i < condition->supplies->len; i++)
    {
      const LanyardPrinterSupply *supply = g_ptr_array_index (condition->supplies, i);

      if (supply->kind == LANYARD_SUPPLY_MEDIA && supply->left >= 0)
        left = MIN (MAX (left, 0) + supply->left, 1000 * 1000);
    }
  return left;
}
