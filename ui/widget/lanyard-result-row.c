/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-result-row.h"

struct _LanyardResultRow
{
  GtkButton parent_instance;

  /* template children */
  GtkLabel *name_label;
  GtkLabel *detail_label;
  GtkLabel *number_label;
};

G_DEFINE_FINAL_TYPE (LanyardResultRow, lanyard_result_row, GTK_TYPE_BUTTON)

static void
lanyard_result_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_RESULT_ROW);
  G_OBJECT_CLASS (lanyard_result_row_parent_class)->dispose (object);
}

static void
lanyard_result_row_class_init (LanyardResultRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_result_row_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/widget/lanyard-result-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardResultRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardResultRow, detail_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardResultRow, number_label);
}

static void
lanyard_result_row_init (LanyardResultRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lanyard_result_row_new (const LanyardHit *hit, LanyardPack *pack)
{
  LanyardResultRow *self;
  g_autofree char *name = NULL, *detail = NULL;
  const char *category, *organisation;

  g_return_val_if_fail (hit != NULL, NULL);

  self = g_object_new (LANYARD_TYPE_RESULT_ROW, NULL);
  category = hit->category;
  organisation = hit->organisation;
  if (pack != NULL)
    category = lanyard_pack_get_label (pack, LANYARD_CODES_CATEGORY, category, NULL);
  if (pack != NULL && organisation != NULL)
    organisation = lanyard_pack_get_label (pack, LANYARD_CODES_ORGANISATION, organisation, NULL);
  name = hit->local_name != NULL ? g_strdup_printf ("%s · %s", hit->print_name, hit->local_name)
                                 : g_strdup (hit->print_name);
  detail = organisation != NULL ? g_strdup_printf ("%s · %s", category, organisation)
                                : g_strdup (category);
  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->detail_label, detail);
  gtk_label_set_label (self->number_label, hit->number);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail, -1);
  return GTK_WIDGET (self);
}

const char *
lanyard_result_row_get_number (LanyardResultRow *self)
{
  g_return_val_if_fail (LANYARD_IS_RESULT_ROW (self), NULL);

  return gtk_label_get_text (self->number_label);
}
