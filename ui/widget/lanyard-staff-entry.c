/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-staff-entry.h"

#include <string.h>

#include "lanyard-keypad.h"

#define MIN_PIN_CHARS 4
#define MAX_PIN_CHARS 12
#define MAX_NUMBER_CHARS 8

struct _LanyardStaffEntry
{
  GtkWidget parent_instance;

  /* template children */
  GtkWidget *row;
  GtkWidget *number_box;
  GtkEditable *number_entry;
  GtkEditable *pin_entry;

  /* borrowed */
  GtkEditable *active; /* touched last */

  /* state */
  gboolean ask_number;
};

G_DEFINE_FINAL_TYPE (LanyardStaffEntry, lanyard_staff_entry, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  ACTIVATE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_changed (GtkEditable *entry, LanyardStaffEntry *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
on_number_activate (GtkEntry *entry, LanyardStaffEntry *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->pin_entry));
}

static void
on_pin_activate (GtkEntry *entry, LanyardStaffEntry *self)
{
  g_signal_emit (self, signals[ACTIVATE], 0);
}

static void
on_number_touched (GtkEventControllerFocus *controller, LanyardStaffEntry *self)
{
  self->active = self->number_entry;
}

static void
on_pin_touched (GtkEventControllerFocus *controller, LanyardStaffEntry *self)
{
  self->active = self->pin_entry;
}

static void
lanyard_staff_entry_dispose (GObject *object)
{
  LANYARD_STAFF_ENTRY (object)->active = NULL;
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_STAFF_ENTRY);
  G_OBJECT_CLASS (lanyard_staff_entry_parent_class)->dispose (object);
}

static void
lanyard_staff_entry_class_init (LanyardStaffEntryClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_staff_entry_dispose;
  signals[CHANGED] = g_signal_new ("changed", LANYARD_TYPE_STAFF_ENTRY, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
  signals[ACTIVATE] = g_signal_new ("activate", LANYARD_TYPE_STAFF_ENTRY, G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/widget/lanyard-staff-entry.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardStaffEntry, row);
  gtk_widget_class_bind_template_child (widget_class, LanyardStaffEntry, number_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardStaffEntry, number_entry);
  gtk_widget_class_bind_template_child (widget_class, LanyardStaffEntry, pin_entry);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_number_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_pin_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_number_touched);
  gtk_widget_class_bind_template_callback (widget_class, on_pin_touched);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "staffentry");
}

static void
lanyard_staff_entry_init (LanyardStaffEntry *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Digits run from left to right everywhere. */
  gtk_widget_set_direction (GTK_WIDGET (self->number_entry), GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (GTK_WIDGET (self->pin_entry), GTK_TEXT_DIR_LTR);
  self->active = self->pin_entry;
}

void
lanyard_staff_entry_ask_number (LanyardStaffEntry *self, gboolean ask)
{
  g_return_if_fail (LANYARD_IS_STAFF_ENTRY (self));

  gtk_widget_set_visible (self->number_box, ask);
  if (ask == self->ask_number)
    return;
  self->ask_number = ask;
  self->active = ask ? self->number_entry : self->pin_entry;
  g_signal_emit (self, signals[CHANGED], 0);
}

void
lanyard_staff_entry_set_number (LanyardStaffEntry *self, const char *number)
{
  g_return_if_fail (LANYARD_IS_STAFF_ENTRY (self) && number != NULL);

  gtk_editable_set_text (self->number_entry, number);
  self->active = self->pin_entry;
  if (gtk_widget_get_mapped (GTK_WIDGET (self->pin_entry)))
    gtk_widget_grab_focus (GTK_WIDGET (self->pin_entry));
}

void
lanyard_staff_entry_press (LanyardStaffEntry *self, gunichar character)
{
  guint most;
  g_autofree char *text = NULL;

  g_return_if_fail (LANYARD_IS_STAFF_ENTRY (self));

  most = self->active == self->number_entry ? MAX_NUMBER_CHARS : MAX_PIN_CHARS;
  text = lanyard_keypad_apply (gtk_editable_get_text (self->active), character, most);
  gtk_editable_set_text (self->active, text);
  gtk_editable_set_position (self->active, -1);
}

const char *
lanyard_staff_entry_get_number (LanyardStaffEntry *self)
{
  g_return_val_if_fail (LANYARD_IS_STAFF_ENTRY (self), NULL);

  return self->ask_number ? gtk_editable_get_text (self->number_entry) : NULL;
}

const char *
lanyard_staff_entry_get_pin (LanyardStaffEntry *self)
{
  g_return_val_if_fail (LANYARD_IS_STAFF_ENTRY (self), "");

  return gtk_editable_get_text (self->pin_entry);
}

gboolean
lanyard_staff_entry_is_complete (LanyardStaffEntry *self)
{
  const char *number;

  g_return_val_if_fail (LANYARD_IS_STAFF_ENTRY (self), FALSE);

  number = lanyard_staff_entry_get_number (self);
  return (number == NULL || *number != '\0')
         && strlen (lanyard_staff_entry_get_pin (self)) >= MIN_PIN_CHARS;
}

void
lanyard_staff_entry_clear (LanyardStaffEntry *self)
{
  g_return_if_fail (LANYARD_IS_STAFF_ENTRY (self));

  gtk_editable_set_text (self->number_entry, "");
  gtk_editable_set_text (self->pin_entry, "");
  self->active = self->ask_number ? self->number_entry : self->pin_entry;
}
