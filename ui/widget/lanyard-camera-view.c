/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-camera-view.h"

#include <math.h>

#include "lanyard-illustration.h"
#include "lanyard-paint.h"
#include "lanyard-picture-check.h"

#define CORNER_RADIUS 24
#define FACE "face"
/* How often it beckons, for how long, and how far that goes. */
#define REST_MS 5000
#define BECKON_US (280 * 1000)
#define BECKON_PX 18

/* What is to be held into the frame, and how large the frame is in the picture. */
typedef struct
{
  const char *name;
  const char *drawing;
  double aspect;       /* width by height */
  double height_share; /* of the picture, at most */
  double width_share;
} Guide;

static const Guide GUIDES[] = {
  { "code", "show-code", 1, 0.62, 0.62 },
  { "badge", "show-badge", 0.7, 0.72, 0.8 },
  /* ISO/IEC 7810 ID-3: a page of a passport, open, 125 mm by 88 mm */
  { "document", "show-document", 125.0 / 88, 0.8, 0.86 },
  /* the oval of lanyard-picture-check.h in a portrait of 3 by 4 */
  { FACE, "person", LANYARD_OVAL_WIDTH_SHARE * 0.75 / LANYARD_OVAL_HEIGHT_SHARE,
    LANYARD_OVAL_HEIGHT_SHARE, 0.8 },
};

struct _LanyardCameraView
{
  GtkWidget parent_instance;

  /* owned */
  GdkTexture *picture; /* (nullable) */
  GtkWidget *drawing;

  /* state */
  const Guide *guide; /* one of GUIDES */
  gboolean beckons;
  guint rest;      /* source id; 0: it does not beckon, or just does */
  guint tick;      /* of the frame clock; 0: nothing moves */
  gint64 begun_us; /* of the frame clock */
  double nearness; /* 0: at rest, to 1 */
};

G_DEFINE_FINAL_TYPE (LanyardCameraView, lanyard_camera_view, GTK_TYPE_WIDGET)

enum
{
  PROP_0,
  PROP_GUIDE,
};

static void rest (LanyardCameraView *self);

static void
bracket (cairo_t *cr, double x, double y, double dx, double dy)
{
  double arm = 44, radius = 18;

  cairo_move_to (cr, x, y + dy * arm);
  cairo_line_to (cr, x, y + dy * radius);
  cairo_curve_to (cr, x, y + dy * radius * 0.45, x + dx * radius * 0.45, y, x + dx * radius, y);
  cairo_line_to (cr, x + dx * arm, y);
}

static void
add_corners (cairo_t *cr, double left, double top, double width, double height)
{
  bracket (cr, left, top, 1, 1);
  bracket (cr, left + width, top, -1, 1);
  bracket (cr, left, top + height, 1, -1);
  bracket (cr, left + width, top + height, -1, -1);
}

static void
add_oval (cairo_t *cr, double left, double top, double width, double height)
{
  cairo_save (cr);
  cairo_translate (cr, left + width / 2, top + height / 2);
  cairo_scale (cr, width / 2, height / 2);
  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_restore (cr);
}

/* What is outside the oval is darker: that is where the face does not belong. */
static void
shade_outside (cairo_t *cr, double width, double height)
{
  double radius = CORNER_RADIUS;

  cairo_new_sub_path (cr);
  cairo_arc (cr, radius, radius, radius, G_PI, 1.5 * G_PI);
  cairo_arc (cr, width - radius, radius, radius, 1.5 * G_PI, 2 * G_PI);
  cairo_arc (cr, width - radius, height - radius, radius, 0, 0.5 * G_PI);
  cairo_arc (cr, radius, height - radius, radius, 0.5 * G_PI, G_PI);
  cairo_close_path (cr);
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_set_source_rgba (cr, 0, 0, 0, 0.38);
  cairo_fill (cr);
}

static void
stroke_guide (LanyardCameraView *self, cairo_t *cr, double width, double height)
{
  const Guide *guide = self->guide;
  double guide_height
      = MIN (height * guide->height_share, width * guide->width_share / guide->aspect);
  double inset = self->nearness * BECKON_PX;
  double guide_width = guide_height * guide->aspect - 2 * inset;
  double left;
  double top;
  GdkRGBA line;

  guide_height -= 2 * inset;
  left = (width - guide_width) / 2;
  top = (height - guide_height) / 2;

  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  lanyard_paint_get_colour (GTK_WIDGET (self), "on_camera", &line);
  if (g_str_equal (guide->name, FACE))
    {
      add_oval (cr, left, top, guide_width, guide_height);
      shade_outside (cr, width, height);
    }
  /* a dark line below the light one: one of them shows on any picture */
  for (guint pass = 0; pass < 2; pass++)
    {
      if (g_str_equal (guide->name, FACE))
        add_oval (cr, left, top, guide_width, guide_height);
      else
        add_corners (cr, left, top, guide_width, guide_height);
      cairo_set_line_width (cr, pass == 0 ? 13 : 7);
      if (pass == 0)
        cairo_set_source_rgba (cr, 0, 0, 0, 0.45);
      else
        gdk_cairo_set_source_rgba (cr, &line);
      cairo_stroke (cr);
    }
}

static void
lanyard_camera_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LanyardCameraView *self = LANYARD_CAMERA_VIEW (widget);
  float width = (float)gtk_widget_get_width (widget);
  float height = (float)gtk_widget_get_height (widget);
  graphene_rect_t area = GRAPHENE_RECT_INIT (0, 0, width, height);
  float shown;
  cairo_t *cr;

  if (self->picture == NULL)
    {
      gtk_snapshot_save (snapshot);
      gtk_snapshot_translate (snapshot,
                              &GRAPHENE_POINT_INIT (0, (float)(-BECKON_PX * self->nearness)));
      gtk_widget_snapshot_child (widget, self->drawing, snapshot);
      gtk_snapshot_restore (snapshot);
      return;
    }
  /* of a face all the height is shown: the oval is where it is measured */
  shown = height * (float)gdk_texture_get_width (self->picture)
          / (float)gdk_texture_get_height (self->picture);
  if (g_str_equal (self->guide->name, FACE) && shown < width)
    area = GRAPHENE_RECT_INIT ((width - shown) / 2, 0, shown, height);
  lanyard_paint_cover (snapshot, self->picture, &area, CORNER_RADIUS);
  cr = gtk_snapshot_append_cairo (snapshot, &area);
  cairo_translate (cr, area.origin.x, 0);
  stroke_guide (self, cr, area.size.width, height);
  cairo_destroy (cr);
}

/* There and back, and slower at both ends. */
static gboolean
on_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  LanyardCameraView *self = LANYARD_CAMERA_VIEW (widget);
  double t = (double)(gdk_frame_clock_get_frame_time (clock) - self->begun_us) / BECKON_US;

  self->nearness = t < 1 ? (1 - cos (2 * G_PI * MAX (t, 0))) / 2 : 0;
  gtk_widget_queue_draw (widget);
  if (t < 1)
    return G_SOURCE_CONTINUE;
  self->tick = 0;
  rest (self);
  return G_SOURCE_REMOVE;
}

static void
on_rested (gpointer data)
{
  LanyardCameraView *self = data;
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (self));

  self->rest = 0;
  self->begun_us = gdk_frame_clock_get_frame_time (clock);
  self->tick = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_tick, NULL, NULL);
}

/* Stays as it is, or waits until it beckons again. */
static void
rest (LanyardCameraView *self)
{
  gboolean animations = TRUE;

  g_clear_handle_id (&self->rest, g_source_remove);
  if (self->tick != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->tick);
  self->tick = 0;
  self->nearness = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animations,
                NULL);
  if (self->beckons && animations && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->rest = g_timeout_add_once (REST_MS, on_rested, self);
}

static void
lanyard_camera_view_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lanyard_camera_view_parent_class)->map (widget);
  rest (LANYARD_CAMERA_VIEW (widget));
}

static void
lanyard_camera_view_unmap (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lanyard_camera_view_parent_class)->unmap (widget);
  rest (LANYARD_CAMERA_VIEW (widget));
}

static void
lanyard_camera_view_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  g_value_set_string (value, LANYARD_CAMERA_VIEW (object)->guide->name);
}

static void
lanyard_camera_view_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LanyardCameraView *self = LANYARD_CAMERA_VIEW (object);

  self->guide = &GUIDES[0];
  for (gsize i = 0; i < G_N_ELEMENTS (GUIDES); i++)
    if (g_strcmp0 (g_value_get_string (value), GUIDES[i].name) == 0)
      self->guide = &GUIDES[i];
  lanyard_illustration_set_name (LANYARD_ILLUSTRATION (self->drawing), self->guide->drawing);
}

static void
lanyard_camera_view_dispose (GObject *object)
{
  LanyardCameraView *self = LANYARD_CAMERA_VIEW (object);

  g_clear_handle_id (&self->rest, g_source_remove);
  g_clear_object (&self->picture);
  g_clear_pointer (&self->drawing, gtk_widget_unparent);
  G_OBJECT_CLASS (lanyard_camera_view_parent_class)->dispose (object);
}

static void
lanyard_camera_view_class_init (LanyardCameraViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = lanyard_camera_view_dispose;
  object_class->get_property = lanyard_camera_view_get_property;
  object_class->set_property = lanyard_camera_view_set_property;
  widget_class->snapshot = lanyard_camera_view_snapshot;
  widget_class->map = lanyard_camera_view_map;
  widget_class->unmap = lanyard_camera_view_unmap;
  g_object_class_install_property (object_class, PROP_GUIDE,
                                   g_param_spec_string ("guide", NULL, NULL, "code",
                                                        G_PARAM_READWRITE
                                                            | G_PARAM_STATIC_STRINGS));
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "camera");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

/* Somebody who does not want things to move may say so at any time. */
static void
on_animations (GtkSettings *settings, GParamSpec *pspec, LanyardCameraView *self)
{
  rest (self);
}

static void
lanyard_camera_view_init (LanyardCameraView *self)
{
  self->guide = &GUIDES[0];
  self->drawing = g_object_new (LANYARD_TYPE_ILLUSTRATION, "name", "show-code", "size", 240, NULL);
  gtk_widget_set_parent (self->drawing, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (gtk_widget_get_settings (GTK_WIDGET (self)),
                           "notify::gtk-enable-animations", G_CALLBACK (on_animations), self, 0);
}

void
lanyard_camera_view_set_picture (LanyardCameraView *self, GdkTexture *picture)
{
  g_return_if_fail (LANYARD_IS_CAMERA_VIEW (self));

  g_set_object (&self->picture, picture);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lanyard_camera_view_set_beckons (LanyardCameraView *self, gboolean beckons)
{
  g_return_if_fail (LANYARD_IS_CAMERA_VIEW (self));

  if (self->beckons == beckons)
    return;
  self->beckons = beckons;
  rest (self);
}

gboolean
lanyard_camera_view_is_moving (LanyardCameraView *self)
{
  g_return_val_if_fail (LANYARD_IS_CAMERA_VIEW (self), FALSE);

  return self->rest != 0 || self->tick != 0;
}
