/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-transaction-slots.h"

#include "lanyard-transaction-row.h"

typedef LanyardTransactionSlot Slot;

struct _LanyardTransactionSlots
{
  /* borrowed */
  GtkWidget *widget;
  GCallback activated;

  /* owned */
  LanyardDayList *list; /* (nullable) */
  LanyardWords *words;
  GPtrArray *slots; /* (element-type Slot) */
};

static void
show_slot (LanyardTransactionSlots *self, Slot *slot)
{
  lanyard_transaction_row_show (LANYARD_TRANSACTION_ROW (slot->row),
                                slot->item != NULL ? lanyard_day_item_get_line (slot->item) : NULL,
                                self->words);
}

static void
on_item_changed (LanyardDayItem *item, LanyardTransactionSlots *self)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = g_ptr_array_index (self->slots, i);

      if (slot->item == item)
        show_slot (self, slot);
    }
}

static void
put_by (LanyardTransactionSlots *self, Slot *slot)
{
  if (slot->item == NULL)
    return;
  g_clear_signal_handler (&slot->changed, slot->item);
  g_clear_object (&slot->item);
  show_slot (self, slot);
  gtk_widget_set_child_visible (slot->row, FALSE);
}

static void
take (LanyardTransactionSlots *self, Slot *slot, guint place)
{
  slot->item = g_list_model_get_item (G_LIST_MODEL (self->list), place);
  slot->place = place;
  slot->changed = g_signal_connect (slot->item, "changed", G_CALLBACK (on_item_changed), self);
  show_slot (self, slot);
  gtk_widget_set_child_visible (slot->row, TRUE);
}

static Slot *
add (LanyardTransactionSlots *self)
{
  Slot *slot = g_new0 (Slot, 1);

  slot->row = lanyard_transaction_row_new ();
  g_signal_connect (slot->row, "activated", self->activated, self->widget);
  gtk_widget_set_parent (slot->row, self->widget);
  g_ptr_array_add (self->slots, slot);
  return slot;
}

static gboolean
is_within (const LanyardRowSpan *span, const Slot *slot)
{
  return slot->place >= span->first && slot->place <= span->last;
}

LanyardTransactionSlots *
lanyard_transaction_slots_new (GtkWidget *widget, GCallback activated)
{
  LanyardTransactionSlots *self = g_new0 (LanyardTransactionSlots, 1);

  self->widget = widget;
  self->activated = activated;
  self->words = lanyard_words_new (NULL);
  self->slots = g_ptr_array_new_with_free_func (g_free);
  return self;
}

void
lanyard_transaction_slots_free (LanyardTransactionSlots *self)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = g_ptr_array_index (self->slots, i);

      put_by (self, slot);
      gtk_widget_unparent (slot->row);
    }
  g_ptr_array_unref (self->slots);
  lanyard_words_unref (self->words);
  g_clear_object (&self->list);
  g_free (self);
}

void
lanyard_transaction_slots_set_list (LanyardTransactionSlots *self, LanyardDayList *list)
{
  g_set_object (&self->list, list);
}

void
lanyard_transaction_slots_set_words (LanyardTransactionSlots *self, LanyardWords *words)
{
  if (words == self->words)
    return;
  lanyard_words_unref (self->words);
  self->words = lanyard_words_ref (words);
  for (guint i = 0; i < self->slots->len; i++)
    show_slot (self, g_ptr_array_index (self->slots, i));
}

guint
lanyard_transaction_slots_count (LanyardTransactionSlots *self)
{
  return self->slots->len;
}

LanyardTransactionSlot *
lanyard_transaction_slots_need (LanyardTransactionSlots *self, guint place)
{
  Slot *empty = NULL;

  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = g_ptr_array_index (self->slots, i);

      if (slot->item != NULL && slot->place == place)
        return slot;
      if (slot->item == NULL)
        empty = slot;
    }
  if (empty == NULL)
    empty = add (self);
  take (self, empty, place);
  return empty;
}

LanyardTransactionSlot *
lanyard_transaction_slots_find_row (LanyardTransactionSlots *self, GtkWidget *row)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = g_ptr_array_index (self->slots, i);

      if (slot->row == row && slot->item != NULL)
        return slot;
    }
  return NULL;
}

LanyardTransactionSlot *
lanyard_transaction_slots_find_focus (LanyardTransactionSlots *self)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = g_ptr_array_index (self->slots, i);

      if (slot->item != NULL && gtk_widget_has_focus (slot->row))
        return slot;
    }
  return NULL;
}

LanyardTransactionSlot *
lanyard_transaction_slots_find_parked (LanyardTransactionSlots *self, const LanyardRowSpan *span)
{
  Slot *slot = lanyard_transaction_slots_find_focus (self);

  return slot != NULL && !is_within (span, slot) ? slot : NULL;
}

void
lanyard_transaction_slots_put_by (LanyardTransactionSlots *self, const LanyardRowSpan *span)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = g_ptr_array_index (self->slots, i);

      if (!is_within (span, slot) && !gtk_widget_has_focus (slot->row))
        put_by (self, slot);
    }
}

void
lanyard_transaction_slots_splice (LanyardTransactionSlots *self,
                                  guint place,
                                  guint removed,
                                  guint added)
{
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = g_ptr_array_index (self->slots, i);

      if (slot->item == NULL || slot->place < place)
        continue;
      if (slot->place < place + removed)
        put_by (self, slot);
      else
        slot->place += added - removed;
    }
}

void
lanyard_transaction_slots_measure (LanyardTransactionSlots *self, int *minimum, int *natural)
{
  *minimum = *natural = 0;
  for (guint i = 0; i < self->slots->len; i++)
    {
      Slot *slot = g_ptr_array_index (self->slots, i);
      int least, wanted;

      gtk_widget_measure (slot->row, GTK_ORIENTATION_HORIZONTAL, -1, &least, &wanted, NULL, NULL);
      *minimum = MAX (*minimum, least);
      *natural = MAX (*natural, wanted);
    }
}
