/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-disc.h"

struct _LanyardDisc
{
  GtkWidget parent_instance;

  /* owned */
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (LanyardDisc, lanyard_disc, GTK_TYPE_WIDGET)

/* Without a baseline: beside a label of another size, the two baselines would make GtkBox of
 * GTK 4.8 ask for one height without a width and for another with one. */
static void
lanyard_disc_measure (GtkWidget *widget,
                      GtkOrientation orientation,
                      int for_size,
                      int *minimum,
                      int *natural,
                      int *minimum_baseline,
                      int *natural_baseline)
{
  gtk_widget_measure (LANYARD_DISC (widget)->label, orientation, -1, minimum, natural, NULL, NULL);
}

static void
lanyard_disc_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (LANYARD_DISC (widget)->label, width, height, -1, NULL);
}

static void
lanyard_disc_dispose (GObject *object)
{
  g_clear_pointer (&LANYARD_DISC (object)->label, gtk_widget_unparent);
  G_OBJECT_CLASS (lanyard_disc_parent_class)->dispose (object);
}

static void
lanyard_disc_class_init (LanyardDiscClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_disc_dispose;
  widget_class->measure = lanyard_disc_measure;
  widget_class->size_allocate = lanyard_disc_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "disc");
}

static void
lanyard_disc_init (LanyardDisc *self)
{
  self->label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->label, "verbatim");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_START);
}

GtkWidget *
lanyard_disc_new (guint number)
{
  LanyardDisc *self = g_object_new (LANYARD_TYPE_DISC, NULL);
  g_autofree char *digits = g_strdup_printf ("%u", number);

  gtk_label_set_label (GTK_LABEL (self->label), digits);
  return GTK_WIDGET (self);
}
