/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-print-scene.h"

#include <math.h>

#include "lanyard-paint.h"

/* Drawn in a space of 400 × 420 units, scaled to the widget. */
#define SCENE_WIDTH 400.0
#define SCENE_HEIGHT 420.0
#define SLOT_Y 176.0
#define CARD_WIDTH 168.0
#define CARD_HEIGHT 226.0
#define GLIDE_S 0.28

struct _LanyardPrintScene
{
  GtkWidget parent_instance;

  /* state */
  double shown;  /* share that is drawn */
  double from;   /* share at the start of the glide */
  double target; /* share it glides to */
  gint64 start_us;
  guint tick; /* callback id; 0: none */
  gboolean waits;
};

G_DEFINE_FINAL_TYPE (LanyardPrintScene, lanyard_print_scene, GTK_TYPE_WIDGET)

static void
rounded (cairo_t *cr, double x, double y, double width, double height, double radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI / 2, 0);
  cairo_arc (cr, x + width - radius, y + height - radius, radius, 0, G_PI / 2);
  cairo_arc (cr, x + radius, y + height - radius, radius, G_PI / 2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, 3 * G_PI / 2);
  cairo_close_path (cr);
}

static void
fill_with (LanyardPrintScene *self, cairo_t *cr, const char *name)
{
  GdkRGBA colour;

  lanyard_paint_get_colour (GTK_WIDGET (self), name, &colour);
  gdk_cairo_set_source_rgba (cr, &colour);
  cairo_fill (cr);
}

static void
draw_card (LanyardPrintScene *self, cairo_t *cr)
{
  double x = (SCENE_WIDTH - CARD_WIDTH) / 2;
  double y = SLOT_Y - CARD_HEIGHT + self->shown * CARD_HEIGHT;
  GdkRGBA line;

  cairo_save (cr);
  cairo_rectangle (cr, 0, SLOT_Y, SCENE_WIDTH, SCENE_HEIGHT);
  cairo_clip (cr);
  rounded (cr, x, y, CARD_WIDTH, CARD_HEIGHT, 14);
  lanyard_paint_get_colour (GTK_WIDGET (self), "line", &line);
  gdk_cairo_set_source_rgba (cr, &line);
  cairo_set_line_width (cr, 4);
  cairo_stroke_preserve (cr);
  fill_with (self, cr, "card");
  rounded (cr, x + 16, y + CARD_HEIGHT - 46, CARD_WIDTH - 32, 28, 8);
  fill_with (self, cr, "accent");
  rounded (cr, x + 16, y + CARD_HEIGHT - 82, CARD_WIDTH - 62, 12, 6);
  rounded (cr, x + 16, y + CARD_HEIGHT - 104, CARD_WIDTH - 42, 12, 6);
  fill_with (self, cr, "ink_soft");
  rounded (cr, x + 44, y + 24, CARD_WIDTH - 88, 84, 10);
  fill_with (self, cr, "line");
  cairo_restore (cr);
}

static void
draw_printer (LanyardPrintScene *self, cairo_t *cr)
{
  rounded (cr, 56, 24, 288, 150, 26);
  fill_with (self, cr, "brand");
  rounded (cr, 92, 8, 216, 40, 12);
  fill_with (self, cr, "ink_soft");
  rounded (cr, 56, 44, 288, 130, 26);
  fill_with (self, cr, "brand");
  rounded (cr, 96, SLOT_Y - 34, 208, 14, 7);
  fill_with (self, cr, "ink");
  cairo_arc (cr, 308, 82, 11, 0, 2 * G_PI);
  fill_with (self, cr, self->waits ? "accent" : "on_brand");
}

static void
lanyard_print_scene_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LanyardPrintScene *self = LANYARD_PRINT_SCENE (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  double scale = MIN (width / SCENE_WIDTH, height / SCENE_HEIGHT);
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot,
                                           &GRAPHENE_RECT_INIT (0, 0, (float)width, (float)height));

  cairo_translate (cr, (width - SCENE_WIDTH * scale) / 2, (height - SCENE_HEIGHT * scale) / 2);
  cairo_scale (cr, scale, scale);
  draw_printer (self, cr);
  draw_card (self, cr);
  cairo_destroy (cr);
}

static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  LanyardPrintScene *self = LANYARD_PRINT_SCENE (widget);
  double t = (double)(gdk_frame_clock_get_frame_time (clock) - self->start_us) / 1e6 / GLIDE_S;

  if (t >= 1)
    {
      self->shown = self->target;
      self->tick = 0;
    }
  else
    self->shown = self->from + (self->target - self->from) * (1 - pow (1 - MAX (t, 0), 3));
  gtk_widget_queue_draw (widget);
  return t < 1 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static gboolean
wants_motion (LanyardPrintScene *self)
{
  gboolean animations = TRUE;

  if (!gtk_widget_get_mapped (GTK_WIDGET (self)))
    return FALSE;
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animations,
                NULL);
  return animations;
}

static void
lanyard_print_scene_class_init (LanyardPrintSceneClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  widget_class->snapshot = lanyard_print_scene_snapshot;
  gtk_widget_class_set_css_name (widget_class, "print-scene");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
lanyard_print_scene_init (LanyardPrintScene *self)
{
}

void
lanyard_print_scene_set (LanyardPrintScene *self, double share, gboolean waits)
{
  g_return_if_fail (LANYARD_IS_PRINT_SCENE (self));

  self->waits = waits;
  self->target = CLAMP (share, 0, 1);
  if (wants_motion (self))
    {
      self->from = self->shown;
      self->start_us
          = gdk_frame_clock_get_frame_time (gtk_widget_get_frame_clock (GTK_WIDGET (self)));
      if (self->tick == 0)
        self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
    }
  else
    self->shown = self->target;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}
