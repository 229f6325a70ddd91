/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-wedge.h"

/* After so long without a key the decoder is asked whether a burst without an end mark is over. */
#define SILENCE_MS 60

struct _LanyardWedge
{
  GObject parent_instance;

  /* owned */
  LanyardControls *controls;
  LanyardWedgeDecoder *decoder;
  guint timer; /* source id; 0: none */

  /* borrowed */
  GtkWidget *window; /* (nullable): once it has gone */
  GtkEventController *keys;
};

G_DEFINE_FINAL_TYPE (LanyardWedge, lanyard_wedge, G_TYPE_OBJECT)

static gunichar
get_character (guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      return '\r';
    case GDK_KEY_Tab:
    case GDK_KEY_ISO_Left_Tab:
      return '\t';
    default:
      return gdk_keyval_to_unicode (keyval);
    }
}

static void
on_silence (gpointer data)
{
  LanyardWedge *self = data;
  LanyardScan *scan;

  self->timer = 0;
  scan = lanyard_wedge_decoder_idle (self->decoder, g_get_monotonic_time ());
  if (scan != NULL)
    lanyard_controls_scan (self->controls, scan);
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                LanyardWedge *self)
{
  g_autoptr (LanyardScan) scan = NULL;
  LanyardWedgeVerdict verdict;

  if ((state & (GDK_CONTROL_MASK | GDK_ALT_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  verdict = lanyard_wedge_decoder_key (self->decoder, get_character (keyval),
                                       g_get_monotonic_time (), &scan);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (verdict == LANYARD_WEDGE_SCAN)
    lanyard_controls_scan (self->controls, g_steal_pointer (&scan));
  else
    self->timer = g_timeout_add_once (SILENCE_MS, on_silence, self);
  return verdict == LANYARD_WEDGE_PASS ? GDK_EVENT_PROPAGATE : GDK_EVENT_STOP;
}

static void
lanyard_wedge_dispose (GObject *object)
{
  LanyardWedge *self = LANYARD_WEDGE (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->window != NULL)
    gtk_widget_remove_controller (self->window, self->keys);
  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->controls);
  g_clear_pointer (&self->decoder, lanyard_wedge_decoder_free);
  G_OBJECT_CLASS (lanyard_wedge_parent_class)->dispose (object);
}

static void
lanyard_wedge_class_init (LanyardWedgeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanyard_wedge_dispose;
}

static void
lanyard_wedge_init (LanyardWedge *self)
{
}

LanyardWedge *
lanyard_wedge_new (GtkWidget *window, LanyardControls *controls, const LanyardWedgeOptions *options)
{
  LanyardWedge *self;
  const LanyardWedgeOptions defaults = { 0 };

  g_return_val_if_fail (GTK_IS_WIDGET (window) && LANYARD_IS_CONTROLS (controls), NULL);

  self = g_object_new (LANYARD_TYPE_WEDGE, NULL);
  self->controls = g_object_ref (controls);
  self->decoder = lanyard_wedge_decoder_new (options != NULL ? options : &defaults);
  self->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  g_signal_connect (self->keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_set_weak_pointer (&self->window, window);
  gtk_widget_add_controller (window, self->keys);
  return self;
}
