/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-setup-targets.h"

#include "lanyard-setup-page.h"

/* px: 13 mm at 115 dpi, half of what is to be touched on pages for everybody and some more. */
#define SLACK_PX 60
#define RING_PX 56
#define DOT_PX 14
#define MARK_PX 9
#define LIMIT_MS 30000
/* A finger that bounces is one touch. */
#define BOUNCE_US (G_USEC_PER_SEC / 4)

struct _LanyardSetupTargets
{
  GtkWidget parent_instance;

  /* owned */
  GtkWidget *label;
  LanyardWords *words;

  /* state */
  LanyardSetupPlace places[LANYARD_SETUP_TOUCHES];
  guint n_touched;
  gint64 touched_us; /* monotonic: the last one */
  guint limit_id;    /* source; 0: none */
};

G_DEFINE_FINAL_TYPE (LanyardSetupTargets, lanyard_setup_targets, GTK_TYPE_WIDGET)

enum
{
  TOUCHED,
  LEFT,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_limit (gpointer data)
{
  LanyardSetupTargets *self = data;

  self->limit_id = 0;
  g_signal_emit (self, signals[LEFT], 0);
}

static void
await (LanyardSetupTargets *self)
{
  g_autofree char *number = g_strdup_printf ("%u / %u", self->n_touched + 1, LANYARD_SETUP_TOUCHES);
  g_autofree char *text
      = lanyard_words_fill (self->words, N_ ("Touch the dot in its middle: %s"), number);

  gtk_label_set_label (GTK_LABEL (self->label), text);
  g_clear_handle_id (&self->limit_id, g_source_remove);
  self->limit_id = g_timeout_add_once (LIMIT_MS, on_limit, self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
tell (LanyardSetupTargets *self)
{
  double width = gtk_widget_get_width (GTK_WIDGET (self));
  double height = gtk_widget_get_height (GTK_WIDGET (self));
  LanyardSetupTouch touch;

  lanyard_setup_touch_judge (&touch, self->places, SLACK_PX / MIN (width, height), width / height);
  g_signal_emit (self, signals[TOUCHED], 0, &touch);
}

static void
on_pressed (GtkGestureClick *gesture, int n_press, double x, double y, LanyardSetupTargets *self)
{
  gint64 now_us = g_get_monotonic_time ();

  if (self->n_touched == LANYARD_SETUP_TOUCHES || now_us - self->touched_us < BOUNCE_US)
    return;
  self->touched_us = now_us;
  self->places[self->n_touched++]
      = (LanyardSetupPlace){ x / gtk_widget_get_width (GTK_WIDGET (self)),
                             y / gtk_widget_get_height (GTK_WIDGET (self)) };
  if (self->n_touched < LANYARD_SETUP_TOUCHES)
    {
      await (self);
      return;
    }
  g_clear_handle_id (&self->limit_id, g_source_remove);
  g_object_ref (self);
  tell (self);
  g_object_unref (self);
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                LanyardSetupTargets *self)
{
  if (keyval != GDK_KEY_Escape)
    return GDK_EVENT_PROPAGATE;
  g_object_ref (self);
  g_signal_emit (self, signals[LEFT], 0);
  g_object_unref (self);
  return GDK_EVENT_STOP;
}

/* @radius: px */
static void
append_disc (GtkSnapshot *snapshot, const GdkRGBA *colour, double x, double y, double radius)
{
  GskRoundedRect disc;

  gsk_rounded_rect_init_from_rect (&disc,
                                   &GRAPHENE_RECT_INIT ((float)(x - radius), (float)(y - radius),
                                                        (float)(2 * radius), (float)(2 * radius)),
                                   (float)radius);
  gtk_snapshot_push_rounded_clip (snapshot, &disc);
  gtk_snapshot_append_color (snapshot, colour, &disc.bounds);
  gtk_snapshot_pop (snapshot);
}

/* Never mirrored: places on a screen are not words. */
static void
lanyard_setup_targets_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LanyardSetupTargets *self = LANYARD_SETUP_TARGETS (widget);
  double width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  GdkRGBA ink, pale;

  gtk_style_context_get_color (gtk_widget_get_style_context (widget), &ink);
  pale = ink;
  pale.alpha = 0.18f;
  for (guint i = 0; i < self->n_touched; i++)
    append_disc (snapshot, &pale, self->places[i].x * width, self->places[i].y * height, MARK_PX);
  if (self->n_touched < LANYARD_SETUP_TOUCHES)
    {
      LanyardSetupPlace target = lanyard_setup_touch_get_target (self->n_touched);

      append_disc (snapshot, &pale, target.x * width, target.y * height, RING_PX);
      append_disc (snapshot, &ink, target.x * width, target.y * height, DOT_PX);
    }
  gtk_widget_snapshot_child (widget, self->label, snapshot);
}

/* Above the middle, where the last dot is. */
static void
lanyard_setup_targets_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *label = LANYARD_SETUP_TARGETS (widget)->label;
  int label_height;
  GtkAllocation place = { .width = width * 9 / 10, .x = width / 20 };

  gtk_widget_measure (label, GTK_ORIENTATION_VERTICAL, place.width, &label_height, NULL, NULL,
                      NULL);
  place.height = label_height;
  place.y = MAX (0, height / 3 - label_height / 2);
  gtk_widget_size_allocate (label, &place, -1);
}

static void
lanyard_setup_targets_measure (GtkWidget *widget,
                               GtkOrientation orientation,
                               int for_size,
                               int *minimum,
                               int *natural,
                               int *minimum_baseline,
                               int *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
lanyard_setup_targets_dispose (GObject *object)
{
  LanyardSetupTargets *self = LANYARD_SETUP_TARGETS (object);

  g_clear_handle_id (&self->limit_id, g_source_remove);
  g_clear_pointer (&self->label, gtk_widget_unparent);
  g_clear_pointer (&self->words, lanyard_words_unref);
  G_OBJECT_CLASS (lanyard_setup_targets_parent_class)->dispose (object);
}

static void
lanyard_setup_targets_class_init (LanyardSetupTargetsClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_setup_targets_dispose;
  widget_class->measure = lanyard_setup_targets_measure;
  widget_class->size_allocate = lanyard_setup_targets_size_allocate;
  widget_class->snapshot = lanyard_setup_targets_snapshot;
  gtk_widget_class_set_css_name (widget_class, "setup-targets");
  signals[TOUCHED] = g_signal_new ("touched", LANYARD_TYPE_SETUP_TARGETS, G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[LEFT] = g_signal_new ("left", LANYARD_TYPE_SETUP_TARGETS, G_SIGNAL_RUN_LAST, 0, NULL,
                                NULL, NULL, G_TYPE_NONE, 0);
}

static void
lanyard_setup_targets_init (LanyardSetupTargets *self)
{
  GtkGesture *gesture = gtk_gesture_click_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  self->label = lanyard_setup_label (NULL, "headline");
  gtk_label_set_xalign (GTK_LABEL (self->label), 0.5f);
  gtk_label_set_justify (GTK_LABEL (self->label), GTK_JUSTIFY_CENTER);
  gtk_widget_set_can_target (self->label, FALSE);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (gesture), 0);
  g_signal_connect (gesture, "pressed", G_CALLBACK (on_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (gesture));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

GtkWidget *
lanyard_setup_targets_new (LanyardWords *words)
{
  LanyardSetupTargets *self = g_object_new (LANYARD_TYPE_SETUP_TARGETS, NULL);

  self->words = lanyard_words_ref (words);
  await (self);
  return GTK_WIDGET (self);
}
