/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-fresh-page.h"

/* After the first frame of it. The second touch of a trembling hand comes within 250 ms; nobody
 * reads, decides and touches within 300. */
#define CALM_MS 300

struct _LanyardFreshPage
{
  GObject parent_instance;

  /* owned */
  guint timer; /* source id; 0: none */

  /* borrowed */
  GtkWidget *window; /* (nullable): once it has gone */

  /* state */
  gboolean fresh;
  guint tick; /* of the window, until the first frame; 0: none */
};

G_DEFINE_FINAL_TYPE (LanyardFreshPage, lanyard_fresh_page, G_TYPE_OBJECT)

static void
on_calm (gpointer data)
{
  LanyardFreshPage *self = data;

  self->timer = 0;
  self->fresh = FALSE;
}

static gboolean
on_frame (GtkWidget *window, GdkFrameClock *clock, gpointer data)
{
  LanyardFreshPage *self = data;

  self->tick = 0;
  self->timer = g_timeout_add_once (CALM_MS, on_calm, self);
  return G_SOURCE_REMOVE;
}

static gboolean
on_event (GtkEventControllerLegacy *controller, GdkEvent *event, LanyardFreshPage *self)
{
  GdkEventType type = gdk_event_get_event_type (event);

  return self->fresh && (type == GDK_BUTTON_PRESS || type == GDK_TOUCH_BEGIN) ? GDK_EVENT_STOP
                                                                              : GDK_EVENT_PROPAGATE;
}

static void
stop (LanyardFreshPage *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->tick != 0 && self->window != NULL)
    gtk_widget_remove_tick_callback (self->window, self->tick);
  self->tick = 0;
}

static void
lanyard_fresh_page_dispose (GObject *object)
{
  LanyardFreshPage *self = LANYARD_FRESH_PAGE (object);

  stop (self);
  g_clear_weak_pointer (&self->window);
  G_OBJECT_CLASS (lanyard_fresh_page_parent_class)->dispose (object);
}

static void
lanyard_fresh_page_class_init (LanyardFreshPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanyard_fresh_page_dispose;
}

static void
lanyard_fresh_page_init (LanyardFreshPage *self)
{
}

LanyardFreshPage *
lanyard_fresh_page_new (GtkWidget *window)
{
  LanyardFreshPage *self;
  GtkEventController *events;

  g_return_val_if_fail (GTK_IS_WIDGET (window), NULL);

  self = g_object_new (LANYARD_TYPE_FRESH_PAGE, NULL);
  g_set_weak_pointer (&self->window, window);
  events = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect_object (events, "event", G_CALLBACK (on_event), self, 0);
  gtk_widget_add_controller (window, events);
  return self;
}

void
lanyard_fresh_page_note (LanyardFreshPage *self)
{
  g_return_if_fail (LANYARD_IS_FRESH_PAGE (self));

  stop (self);
  self->fresh = TRUE;
  if (self->window != NULL)
    self->tick = gtk_widget_add_tick_callback (self->window, on_frame, self, NULL);
}
