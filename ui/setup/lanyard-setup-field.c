/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-setup-field.h"

#include "lanyard-setup-page.h"
#include "lanyard-spoken.h"

#define SPACING 14

/* Beside a field: its one word is never broken. */
static void
append_button (GtkWidget *row, const char *msgid, GCallback clicked, gpointer data)
{
  GtkWidget *button = lanyard_setup_button (msgid, "secondary", clicked, data);

  gtk_label_set_wrap (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))), FALSE);
  gtk_box_append (GTK_BOX (row), button);
}

static GtkWidget *
make_row (GtkWidget *entry, GCallback before, GCallback next, gpointer data)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, SPACING);

  gtk_widget_set_hexpand (entry, TRUE);
  gtk_widget_set_direction (entry, GTK_TEXT_DIR_LTR);
  gtk_widget_add_css_class (entry, "field");
  gtk_widget_add_css_class (entry, "staff");
  g_signal_connect (entry, "activate", next, data);
  gtk_box_append (GTK_BOX (row), entry);
  append_button (row, N_ ("Before"), before, data);
  append_button (row, N_ ("Next"), next, data);
  return row;
}

void
lanyard_setup_field_init (LanyardSetupField *field,
                          GtkBox *box,
                          GtkWidget *entry,
                          GCallback before,
                          GCallback next,
                          gpointer data)
{
  field->entry = GTK_ENTRY (entry);
  field->name_label = GTK_LABEL (lanyard_setup_label (NULL, "body-strong"));
  field->wrong_label
      = GTK_LABEL (g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT,
                                 "wrap", TRUE, "xalign", 0.0f, NULL));
  gtk_widget_add_css_class (GTK_WIDGET (field->wrong_label), "setup-wrong");
  gtk_widget_add_css_class (GTK_WIDGET (field->wrong_label), "verbatim");
  gtk_box_append (box, GTK_WIDGET (field->name_label));
  gtk_box_append (box, make_row (entry, before, next, data));
  gtk_box_append (box, GTK_WIDGET (field->wrong_label));
}

void
lanyard_setup_field_set_name (const LanyardSetupField *field, const char *name)
{
  gtk_label_set_label (field->name_label, name);
  lanyard_spoken_set_name (GTK_WIDGET (field->entry), name);
}

void
lanyard_setup_field_say_wrong (const LanyardSetupField *field, const char *text)
{
  gtk_label_set_label (field->wrong_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (field->wrong_label), text != NULL);
}
