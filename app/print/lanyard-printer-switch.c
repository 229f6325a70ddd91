/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-print"

#include "lanyard-printer-switch.h"

typedef struct
{
  char *name;              /* owned */
  LanyardPrinter *printer; /* owned */
} Place;

struct _LanyardPrinterSwitch
{
  GObject parent_instance;

  /* owned */
  GPtrArray *places;  /* (element-type Place) */
  GHashTable *givers; /* (element-type utf8 Place): who was given which serial */

  /* borrowed */
  Place *chosen; /* (nullable): before the first was added */
};

static void lanyard_printer_switch_printer_init (LanyardPrinterInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanyardPrinterSwitch,
                               lanyard_printer_switch,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (LANYARD_TYPE_PRINTER,
                                                      lanyard_printer_switch_printer_init))

static Place *
find_place (LanyardPrinterSwitch *self, const char *name)
{
  for (guint i = 0; i < self->places->len; i++)
    {
      Place *place = g_ptr_array_index (self->places, i);

      if (g_strcmp0 (place->name, name) == 0)
        return place;
    }
  return NULL;
}

static LanyardPrinter *
get_printer_of (LanyardPrinterSwitch *self, const char *serial)
{
  const Place *place = g_hash_table_lookup (self->givers, serial);

  return place != NULL ? place->printer : self->chosen->printer;
}

static void
on_report (LanyardPrinter *printer, const LanyardPrintReport *report, LanyardPrinterSwitch *self)
{
  g_signal_emit_by_name (self, "report", report);
}

static void
on_changed (LanyardPrinter *printer, LanyardPrinterSwitch *self)
{
  g_signal_emit_by_name (self, "changed");
}

static void
free_place (gpointer data)
{
  Place *place = data;

  g_free (place->name);
  g_object_unref (place->printer);
  g_free (place);
}

static void
switch_submit (LanyardPrinter *printer, LanyardPrintJob *job)
{
  LanyardPrinterSwitch *self = LANYARD_PRINTER_SWITCH (printer);

  g_hash_table_replace (self->givers, g_strdup (job->serial), self->chosen);
  lanyard_printer_submit (self->chosen->printer, job);
}

static void
switch_ask (LanyardPrinter *printer, const char *serial, const char *job)
{
  lanyard_printer_ask (get_printer_of (LANYARD_PRINTER_SWITCH (printer), serial), serial, job);
}

/* Nothing comes after this: the badge is at its end. */
static void
switch_forget (LanyardPrinter *printer, const char *serial)
{
  LanyardPrinterSwitch *self = LANYARD_PRINTER_SWITCH (printer);
  LanyardPrinter *holder = get_printer_of (self, serial);
  g_autofree char *key = g_strdup (serial);

  lanyard_printer_forget (holder, key);
  g_hash_table_remove (self->givers, key);
}

/* It may be cancelled once more, when a printer that was off is on again. */
static void
switch_cancel (LanyardPrinter *printer, const char *serial, const char *job)
{
  lanyard_printer_cancel (get_printer_of (LANYARD_PRINTER_SWITCH (printer), serial), serial, job);
}

static void
switch_watch (LanyardPrinter *printer)
{
  LanyardPrinterSwitch *self = LANYARD_PRINTER_SWITCH (printer);

  for (guint i = 0; i < self->places->len; i++)
    lanyard_printer_watch (((Place *)g_ptr_array_index (self->places, i))->printer);
}

static LanyardPrintFault
switch_get_fault (LanyardPrinter *printer)
{
  return lanyard_printer_get_fault (LANYARD_PRINTER_SWITCH (printer)->chosen->printer);
}

static char *
switch_dup_description (LanyardPrinter *printer)
{
  return lanyard_printer_dup_description (LANYARD_PRINTER_SWITCH (printer)->chosen->printer);
}

static LanyardPrinterCondition *
switch_dup_condition (LanyardPrinter *printer)
{
  return lanyard_printer_dup_condition (LANYARD_PRINTER_SWITCH (printer)->chosen->printer);
}

static void
lanyard_printer_switch_dispose (GObject *object)
{
  LanyardPrinterSwitch *self = LANYARD_PRINTER_SWITCH (object);

  for (guint i = 0; i < self->places->len; i++)
    g_signal_handlers_disconnect_by_data (((Place *)g_ptr_array_index (self->places, i))->printer,
                                          self);
  G_OBJECT_CLASS (lanyard_printer_switch_parent_class)->dispose (object);
}

static void
lanyard_printer_switch_finalize (GObject *object)
{
  LanyardPrinterSwitch *self = LANYARD_PRINTER_SWITCH (object);

  g_hash_table_unref (self->givers);
  g_ptr_array_unref (self->places);
  G_OBJECT_CLASS (lanyard_printer_switch_parent_class)->finalize (object);
}

static void
lanyard_printer_switch_class_init (LanyardPrinterSwitchClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = lanyard_printer_switch_dispose;
  object_class->finalize = lanyard_printer_switch_finalize;
}

static void
lanyard_printer_switch_printer_init (LanyardPrinterInterface *iface)
{
  iface->submit = switch_submit;
  iface->ask = switch_ask;
  iface->forget = switch_forget;
  iface->cancel = switch_cancel;
  iface->watch = switch_watch;
  iface->get_fault = switch_get_fault;
  iface->dup_description = switch_dup_description;
  iface->dup_condition = switch_dup_condition;
}

static void
lanyard_printer_switch_init (LanyardPrinterSwitch *self)
{
  self->places = g_ptr_array_new_with_free_func (free_place);
  self->givers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

LanyardPrinterSwitch *
lanyard_printer_switch_new (void)
{
  return g_object_new (LANYARD_TYPE_PRINTER_SWITCH, NULL);
}

void
lanyard_printer_switch_add (LanyardPrinterSwitch *self, const char *name, LanyardPrinter *printer)
{
  Place *place;

  g_return_if_fail (LANYARD_IS_PRINTER_SWITCH (self) && LANYARD_IS_PRINTER (printer));
  g_return_if_fail (name != NULL && find_place (self, name) == NULL);

  place = g_new0 (Place, 1);
  place->name = g_strdup (name);
  place->printer = g_object_ref (printer);
  g_ptr_array_add (self->places, place);
  if (self->chosen == NULL)
    self->chosen = place;
  g_signal_connect (printer, "report", G_CALLBACK (on_report), self);
  g_signal_connect (printer, "changed", G_CALLBACK (on_changed), self);
}

guint
lanyard_printer_switch_get_n (LanyardPrinterSwitch *self)
{
  g_return_val_if_fail (LANYARD_IS_PRINTER_SWITCH (self), 0);

  return self->places->len;
}

const char *
lanyard_printer_switch_get_name (LanyardPrinterSwitch *self, guint index)
{
  g_return_val_if_fail (LANYARD_IS_PRINTER_SWITCH (self) && index < self->places->len, NULL);

  return ((Place *)g_ptr_array_index (self->places, index))->name;
}

LanyardPrinter *
lanyard_printer_switch_get_printer (LanyardPrinterSwitch *self, guint index)
{
  g_return_val_if_fail (LANYARD_IS_PRINTER_SWITCH (self) && index < self->places->len, NULL);

  return ((Place *)g_ptr_array_index (self->places, index))->printer;
}

const char *
lanyard_printer_switch_get_chosen (LanyardPrinterSwitch *self)
{
  g_return_val_if_fail (LANYARD_IS_PRINTER_SWITCH (self) && self->chosen != NULL, NULL);

  return self->chosen->name;
}

gboolean
lanyard_printer_switch_choose (LanyardPrinterSwitch *self, const char *name)
{
  Place *place;

  g_return_val_if_fail (LANYARD_IS_PRINTER_SWITCH (self), FALSE);

  place = find_place (self, name);
  if (place == NULL)
    return FALSE;
  if (place != self->chosen)
    {
      self->chosen = place;
      g_signal_emit_by_name (self, "changed");
    }
  return TRUE;
}

void
lanyard_printer_switch_assign (LanyardPrinterSwitch *self, const char *serial, const char *name)
{
  Place *place;

  g_return_if_fail (LANYARD_IS_PRINTER_SWITCH (self) && serial != NULL);

  place = find_place (self, name);
  /* One that is in the configuration no more cannot be asked. */
  if (place != NULL)
    g_hash_table_replace (self->givers, g_strdup (serial), place);
}
