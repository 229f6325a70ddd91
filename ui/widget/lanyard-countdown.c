/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-countdown.h"

#include <math.h>

#include "lanyard-paint.h"

#define LINE_PX 8

struct _LanyardCountdown
{
  GtkWidget parent_instance;

  /* owned */
  GtkWidget *label;
  guint timer; /* source id; 0: none */

  /* state */
  gint64 deadline_us;
  gint64 whole_us;
};

G_DEFINE_FINAL_TYPE (LanyardCountdown, lanyard_countdown, GTK_TYPE_WIDGET)

static gint64
get_left_us (LanyardCountdown *self)
{
  return MAX (0, self->deadline_us - g_get_monotonic_time ());
}

static void
show_seconds (LanyardCountdown *self)
{
  guint seconds = (guint)((get_left_us (self) + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  g_autofree char *text = self->deadline_us != 0 ? g_strdup_printf ("%u", seconds) : g_strdup ("");

  gtk_label_set_label (GTK_LABEL (self->label), text);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static gboolean
on_second (gpointer data)
{
  LanyardCountdown *self = data;

  show_seconds (self);
  if (get_left_us (self) > 0)
    return G_SOURCE_CONTINUE;
  self->timer = 0;
  return G_SOURCE_REMOVE;
}

static void
lanyard_countdown_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LanyardCountdown *self = LANYARD_COUNTDOWN (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double share = self->whole_us > 0 ? (double)get_left_us (self) / (double)self->whole_us : 0;
  double radius = (MIN (width, height) - LINE_PX) / 2;
  GdkRGBA track, ring;
  cairo_t *cr;

  lanyard_paint_get_colour (widget, "line", &track);
  lanyard_paint_get_colour (widget, "brand_ink", &ring);
  cr = gtk_snapshot_append_cairo (snapshot,
                                  &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));
  cairo_set_line_width (cr, LINE_PX);
  gdk_cairo_set_source_rgba (cr, &track);
  cairo_arc (cr, width / 2, height / 2, radius, 0, 2 * G_PI);
  cairo_stroke (cr);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  gdk_cairo_set_source_rgba (cr, &ring);
  if (share > 0.001)
    cairo_arc (cr, width / 2, height / 2, radius, -G_PI / 2, -G_PI / 2 + 2 * G_PI * share);
  cairo_stroke (cr);
  cairo_destroy (cr);
  gtk_widget_snapshot_child (widget, self->label, snapshot);
}

/* Without a baseline, for the reason that lanyard-disc.c gives. */
static void
lanyard_countdown_measure (GtkWidget *widget,
                           GtkOrientation orientation,
                           int for_size,
                           int *minimum,
                           int *natural,
                           int *minimum_baseline,
                           int *natural_baseline)
{
  gtk_widget_measure (LANYARD_COUNTDOWN (widget)->label, orientation, -1, minimum, natural, NULL,
                      NULL);
}

static void
lanyard_countdown_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_allocate (LANYARD_COUNTDOWN (widget)->label, width, height, -1, NULL);
}

static void
lanyard_countdown_dispose (GObject *object)
{
  LanyardCountdown *self = LANYARD_COUNTDOWN (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  G_OBJECT_CLASS (lanyard_countdown_parent_class)->dispose (object);
}

static void
lanyard_countdown_class_init (LanyardCountdownClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_countdown_dispose;
  widget_class->measure = lanyard_countdown_measure;
  widget_class->size_allocate = lanyard_countdown_size_allocate;
  widget_class->snapshot = lanyard_countdown_snapshot;
  gtk_widget_class_set_css_name (widget_class, "countdown");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_TIMER);
}

static void
lanyard_countdown_init (LanyardCountdown *self)
{
  self->label = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->label, "verbatim");
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_valign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
}

void
lanyard_countdown_start (LanyardCountdown *self, gint64 deadline_us)
{
  g_return_if_fail (LANYARD_IS_COUNTDOWN (self));

  if (deadline_us == self->deadline_us)
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  self->deadline_us = deadline_us;
  self->whole_us = get_left_us (self);
  show_seconds (self);
  if (deadline_us != 0)
    self->timer = g_timeout_add_seconds (1, on_second, self);
}
