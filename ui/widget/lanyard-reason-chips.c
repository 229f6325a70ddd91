/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-reason-chips.h"

#include <string.h>

struct _LanyardReasonChips
{
  GtkGrid parent_instance;

  GPtrArray *buttons; /* (element-type GtkToggleButton): borrowed from the grid */
  guint columns;
  guint chosen; /* 0: none */
};

G_DEFINE_FINAL_TYPE (LanyardReasonChips, lanyard_reason_chips, GTK_TYPE_GRID)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static guint
get_reason (gpointer button)
{
  return GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "reason"));
}

static void
on_toggled (GtkToggleButton *button, LanyardReasonChips *self)
{
  guint reason = get_reason (button);

  if (gtk_toggle_button_get_active (button))
    self->chosen = reason;
  else if (self->chosen == reason)
    self->chosen = 0;
  else
    return; /* another one of them has been touched, and told of it */
  g_signal_emit (self, signals[CHOSEN], 0);
}

static GtkWidget *
make_button (LanyardReasonChips *self, const LanyardReasonChip *chip)
{
  GtkWidget *label = gtk_label_new (chip->text);
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "verbatim");
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  chip->text, -1);
  gtk_widget_add_css_class (button, "secondary");
  gtk_widget_add_css_class (button, "chip");
  gtk_widget_set_hexpand (button, TRUE);
  g_object_set_data (G_OBJECT (button), "reason", GUINT_TO_POINTER (chip->reason));
  if (self->buttons->len > 0)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button), self->buttons->pdata[0]);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (button), chip->reason == self->chosen);
  g_signal_connect (button, "toggled", G_CALLBACK (on_toggled), self);
  return button;
}

static gboolean
says_the_same (LanyardReasonChips *self,
               const LanyardReasonChip *chips,
               guint n_chips,
               guint columns)
{
  if (self->buttons->len != n_chips || self->columns != columns)
    return FALSE;
  for (guint i = 0; i < n_chips; i++)
    {
      GtkWidget *label = gtk_button_get_child (self->buttons->pdata[i]);

      if (get_reason (self->buttons->pdata[i]) != chips[i].reason
          || strcmp (gtk_label_get_text (GTK_LABEL (label)), chips[i].text) != 0)
        return FALSE;
    }
  return TRUE;
}

static gboolean
is_offered (guint reason, const LanyardReasonChip *chips, guint n_chips)
{
  for (guint i = 0; i < n_chips; i++)
    {
      if (chips[i].reason == reason)
        return TRUE;
    }
  return FALSE;
}

static void
remove_all (LanyardReasonChips *self)
{
  for (guint i = 0; i < self->buttons->len; i++)
    {
      g_signal_handlers_disconnect_by_data (self->buttons->pdata[i], self);
      gtk_grid_remove (GTK_GRID (self), self->buttons->pdata[i]);
    }
  g_ptr_array_set_size (self->buttons, 0);
}

void
lanyard_reason_chips_show (LanyardReasonChips *self,
                           const LanyardReasonChip *chips,
                           guint n_chips,
                           guint columns)
{
  g_return_if_fail (LANYARD_IS_REASON_CHIPS (self));
  g_return_if_fail (chips != NULL && columns > 0);

  if (says_the_same (self, chips, n_chips, columns))
    return;
  remove_all (self);
  self->columns = columns;
  if (!is_offered (self->chosen, chips, n_chips))
    self->chosen = 0;
  for (guint i = 0; i < n_chips; i++)
    {
      GtkWidget *button = make_button (self, &chips[i]);

      g_ptr_array_add (self->buttons, button);
      gtk_grid_attach (GTK_GRID (self), button, (int)(i % columns), (int)(i / columns), 1, 1);
    }
}

guint
lanyard_reason_chips_get_chosen (LanyardReasonChips *self)
{
  g_return_val_if_fail (LANYARD_IS_REASON_CHIPS (self), 0);

  return self->chosen;
}

void
lanyard_reason_chips_clear (LanyardReasonChips *self)
{
  g_return_if_fail (LANYARD_IS_REASON_CHIPS (self));

  remove_all (self);
  self->chosen = 0;
}

static void
lanyard_reason_chips_dispose (GObject *object)
{
  lanyard_reason_chips_clear (LANYARD_REASON_CHIPS (object));
  G_OBJECT_CLASS (lanyard_reason_chips_parent_class)->dispose (object);
}

static void
lanyard_reason_chips_finalize (GObject *object)
{
  g_ptr_array_unref (LANYARD_REASON_CHIPS (object)->buttons);
  G_OBJECT_CLASS (lanyard_reason_chips_parent_class)->finalize (object);
}

static void
lanyard_reason_chips_class_init (LanyardReasonChipsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanyard_reason_chips_dispose;
  G_OBJECT_CLASS (klass)->finalize = lanyard_reason_chips_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
lanyard_reason_chips_init (LanyardReasonChips *self)
{
  self->buttons = g_ptr_array_new ();
  gtk_widget_add_css_class (GTK_WIDGET (self), "chips");
  gtk_grid_set_column_homogeneous (GTK_GRID (self), TRUE);
}
