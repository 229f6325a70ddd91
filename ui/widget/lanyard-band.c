/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-band.h"

#include "lanyard-paint.h"
#include "lanyard-style.h"

#define CORNER_RADIUS 14

struct _LanyardBand
{
  GtkWidget parent_instance;

  /* template children */
  GtkWidget *row;
  GtkLabel *words_label;

  /* state */
  GdkRGBA colour;
};

G_DEFINE_FINAL_TYPE (LanyardBand, lanyard_band, GTK_TYPE_WIDGET)

static void
paint_letters (GtkLabel *label, const GdkRGBA *colour)
{
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, pango_attr_foreground_new ((guint16)(colour->red * 65535),
                                                                 (guint16)(colour->green * 65535),
                                                                 (guint16)(colour->blue * 65535)));
  gtk_label_set_attributes (label, attributes);
}

static void
lanyard_band_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LanyardBand *self = LANYARD_BAND (widget);
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, (float)gtk_widget_get_width (widget),
                                             (float)gtk_widget_get_height (widget));
  GskRoundedRect outline;

  gsk_rounded_rect_init_from_rect (&outline, &area, CORNER_RADIUS);
  gtk_snapshot_push_rounded_clip (snapshot, &outline);
  gtk_snapshot_append_color (snapshot, &self->colour, &area);
  gtk_snapshot_pop (snapshot);
  gtk_widget_snapshot_child (widget, self->row, snapshot);
}

static void
lanyard_band_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_BAND);
  G_OBJECT_CLASS (lanyard_band_parent_class)->dispose (object);
}

static void
lanyard_band_class_init (LanyardBandClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_band_dispose;
  widget_class->snapshot = lanyard_band_snapshot;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/widget/lanyard-band.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardBand, row);
  gtk_widget_class_bind_template_child (widget_class, LanyardBand, words_label);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "band");
}

static void
lanyard_band_init (LanyardBand *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_hide (GTK_WIDGET (self));
}

void
lanyard_band_set (LanyardBand *self,
                  const char *symbol,
                  const char *label,
                  const char *colour,
                  const char *text_colour)
{
  GdkRGBA letters = { 1, 1, 1, 1 };
  g_autofree char *text = NULL;

  g_return_if_fail (LANYARD_IS_BAND (self));

  if (symbol != NULL && label != NULL)
    text = g_strdup_printf ("%s\u2003%s", symbol, label);
  gtk_label_set_label (self->words_label, text != NULL ? text : label != NULL ? label : "");
  gtk_widget_set_visible (GTK_WIDGET (self), label != NULL);
  if (colour == NULL || !gdk_rgba_parse (&self->colour, colour))
    lanyard_paint_get_colour (GTK_WIDGET (self), "brand", &self->colour);
  if (text_colour != NULL)
    gdk_rgba_parse (&letters, text_colour);
  lanyard_style_readable (&letters, &self->colour, 4.5);
  paint_letters (self->words_label, &letters);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
