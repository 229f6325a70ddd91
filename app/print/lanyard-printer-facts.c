/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-printer-facts.h"

#include "lanyard-error.h"
#include "lanyard-ipp-facts.h"
#include "lanyard-printers.h"
#include "lanyard-zpl-client.h"
#include "lanyard-zpl-condition.h"
#include "lanyard-zpl-spool.h"
#include "lanyard-zpl-target.h"

struct _LanyardPrinterFacts
{
  char *uri;
  GPtrArray *list;                    /* owned (element-type LanyardPrinterFact) */
  LanyardPrinterCondition *condition; /* owned */

  /* what it is; neither: a folder */
  LanyardZplTarget *target; /* (nullable): a label printer */
  LanyardIppFacts *ipp;     /* (nullable): a printer or queue that speaks IPP */
};

static void
fact_free (gpointer data)
{
  LanyardPrinterFact *fact = data;

  g_free (fact->words);
  g_free (fact);
}

/* @words: (transfer full) */
static void
add (LanyardPrinterFacts *self, LanyardFactKind kind, char *words)
{
  LanyardPrinterFact *fact = g_new0 (LanyardPrinterFact, 1);

  fact->kind = kind;
  fact->words = words;
  g_ptr_array_add (self->list, fact);
}

static gboolean
ask_directory (LanyardPrinterFacts *self, GError **error)
{
  g_autofree char *words = lanyard_printer_probe (self->uri, 0, 0, error);

  if (words == NULL)
    return FALSE;
  self->condition = lanyard_printer_condition_new ();
  self->condition->answers = TRUE;
  add (self, LANYARD_FACT_FINE, g_strdup_printf ("Writes %s.", words));
  return TRUE;
}

static gboolean
ask_label_printer (LanyardPrinterFacts *self, GError **error)
{
  static const LanyardZplLimits limits = { 5000, 5000, 60000, 500, 5000, 3000, 30000 };
  g_autoptr (LanyardZplClient) client = NULL;
  const LanyardZplIdentity *identity;
  LanyardZplStatus status = { 0 };
  guint64 counter = 0;
  gboolean counts;

  self->target = lanyard_zpl_target_parse (self->uri, error);
  if (self->target == NULL)
    return FALSE;
  client = lanyard_zpl_client_new (self->target, &limits);
  if (!lanyard_zpl_client_ask_status (client, &status, error))
    return FALSE;
  identity = lanyard_zpl_client_get_identity (client);
  if (!lanyard_zpl_check_resolution (self->target, identity, error))
    return FALSE;
  counts = lanyard_zpl_client_ask_counter (client, &counter);
  self->condition = lanyard_zpl_condition_new (&status, identity, counts ? (gint64)counter : -1,
                                               LANYARD_PRINT_FAULT_NONE);
  return TRUE;
}

/* What every kind of printer can say of itself. */
static void
add_condition (LanyardPrinterFacts *self)
{
  const LanyardPrinterCondition *condition = self->condition;
  gint64 counter = lanyard_printer_condition_get_counter (condition, 1);

  if (condition->make_and_model != NULL)
    add (self, LANYARD_FACT_FINE, g_strdup_printf ("It is a %s.", condition->make_and_model));
  for (guint i = 0; i < condition->n_faults; i++)
    add (self, LANYARD_FACT_WRONG,
         g_strdup_printf ("It cannot print now: %s.",
                          lanyard_print_fault_to_string (condition->faults[i])));
  for (guint i = 0; i < condition->n_warnings; i++)
    add (self, LANYARD_FACT_NOTE,
         g_strdup_printf ("It warns: %s.", lanyard_print_fault_to_string (condition->warnings[i])));
  if (counter >= 0)
    add (self, LANYARD_FACT_FINE,
         g_strdup_printf ("Its own counter stands at %" G_GINT64_FORMAT ".", counter));
  else
    add (self, LANYARD_FACT_NOTE,
         g_strdup ("It has no counter of its own: at the end of a shift only Lanyard counts."));
}

static gboolean
ask (LanyardPrinterFacts *self, GError **error)
{
  if (lanyard_printer_is_directory (self->uri))
    return ask_directory (self, error);
  if (lanyard_zpl_target_is_uri (self->uri))
    {
      if (!ask_label_printer (self, error))
        return FALSE;
    }
  else
    {
      self->ipp = lanyard_ipp_facts_ask (self->uri, error);
      if (self->ipp == NULL)
        return FALSE;
      self->condition
          = lanyard_printer_condition_copy (lanyard_ipp_facts_get_condition (self->ipp));
    }
  add_condition (self);
  if (self->ipp != NULL)
    lanyard_ipp_facts_tell (self->ipp, self->list);
  return TRUE;
}

LanyardPrinterFacts *
lanyard_printer_facts_ask (const char *uri, GError **error)
{
  g_autoptr (LanyardPrinterFacts) self = g_new0 (LanyardPrinterFacts, 1);

  g_return_val_if_fail (uri != NULL, NULL);

  self->uri = g_strdup (uri);
  self->list = g_ptr_array_new_with_free_func (fact_free);
  return ask (self, error) ? g_steal_pointer (&self) : NULL;
}

void
lanyard_printer_facts_free (LanyardPrinterFacts *self)
{
  if (self == NULL)
    return;
  g_free (self->uri);
  g_ptr_array_unref (self->list);
  lanyard_printer_condition_free (self->condition);
  g_clear_pointer (&self->target, lanyard_zpl_target_free);
  g_clear_pointer (&self->ipp, lanyard_ipp_facts_free);
  g_free (self);
}

GPtrArray *
lanyard_printer_facts_list (const LanyardPrinterFacts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->list;
}

const LanyardPrinterCondition *
lanyard_printer_facts_get_condition (const LanyardPrinterFacts *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->condition;
}

guint
lanyard_printer_facts_get_dpi (const LanyardPrinterFacts *self)
{
  g_return_val_if_fail (self != NULL, 0);

  if (self->target != NULL)
    return self->target->dpi;
  return self->ipp != NULL ? lanyard_ipp_facts_get_dpi (self->ipp) : 0;
}

char *
lanyard_printer_facts_judge (LanyardPrinterFacts *self,
                             const LanyardPrinterNeed *need,
                             GError **error)
{
  LanyardMonoSheet sheet;

  g_return_val_if_fail (self != NULL && need != NULL, NULL);
  g_return_val_if_fail (need->width_mm > 0 && need->height_mm > 0, NULL);

  if (self->ipp != NULL)
    return lanyard_ipp_facts_judge (self->ipp, need, error);
  if (self->target == NULL)
    return g_strdup_printf ("%.2f × %.2f mm, application/pdf", need->width_mm, need->height_mm);
  if (!lanyard_zpl_target_fit (self->target, need->width_mm, need->height_mm, need->n_pages, &sheet,
                               error))
    return NULL;
  return g_strdup_printf ("%.2f × %.2f mm, ZPL II, %u dpi%s", need->width_mm, need->height_mm,
                          self->target->dpi, sheet.turned ? ", turned" : "");
}
