/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-bar.h"

#define PALE 0.28

struct _LanyardBar
{
  GtkWidget parent_instance;

  /* state */
  double part;
  double whole;
};

G_DEFINE_FINAL_TYPE (LanyardBar, lanyard_bar, GTK_TYPE_WIDGET)

static void
append (GtkWidget *widget, GtkSnapshot *snapshot, double share, double alpha)
{
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  gboolean from_right = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  double length = share * width;
  GdkRGBA colour;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &colour);
  colour.alpha *= (float)alpha;
  gtk_snapshot_append_color (snapshot, &colour,
                             &GRAPHENE_RECT_INIT ((float)(from_right ? width - length : 0), 0,
                                                  (float)length, (float)height));
}

static void
lanyard_bar_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LanyardBar *self = LANYARD_BAR (widget);

  if (self->whole > 0)
    append (widget, snapshot, self->whole, PALE);
  if (self->part > 0)
    append (widget, snapshot, self->part, 1);
}

static void
lanyard_bar_class_init (LanyardBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = lanyard_bar_snapshot;
  gtk_widget_class_set_css_name (widget_class, "bar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
lanyard_bar_init (LanyardBar *self)
{
}

GtkWidget *
lanyard_bar_new (double part, double whole)
{
  LanyardBar *self = g_object_new (LANYARD_TYPE_BAR, NULL);

  self->part = CLAMP (part, 0, 1);
  self->whole = CLAMP (whole, 0, 1);
  return GTK_WIDGET (self);
}
