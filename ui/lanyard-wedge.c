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

  /* state */
  gint64 last_event_us; /* of the display's clock; 0: none yet */
  gint64 offset_us;     /* from the display's clock to ours */
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

/* The field that has the focus; a scanner's keys may be on their way into it. */
static GtkEditable *
get_field (LanyardWedge *self)
{
  GtkWidget *focus = NULL;

  if (GTK_IS_ROOT (self->window))
    focus = gtk_root_get_focus (GTK_ROOT (self->window));
  return GTK_IS_EDITABLE (focus) ? GTK_EDITABLE (focus) : NULL;
}

/* The first keys of a burst went on as a person's would: the field loses them again. */
static void
take_scan (LanyardWedge *self, LanyardScan *scan)
{
  GtkEditable *field = get_field (self);
  int n_passed = (int)lanyard_wedge_decoder_get_passed (self->decoder);

  if (field != NULL && n_passed > 0)
    {
      int end = gtk_editable_get_position (field);

      gtk_editable_delete_text (field, MAX (0, end - n_passed), end);
    }
  lanyard_controls_scan (self->controls, scan);
}

/* Keys that were held back and were a person's after all. */
static void
give_back (LanyardWedge *self)
{
  g_autofree char *text = lanyard_wedge_decoder_take_rejected (self->decoder);
  GtkEditable *field = get_field (self);
  int position;

  if (text == NULL || field == NULL)
    return;
  position = gtk_editable_get_position (field);
  gtk_editable_insert_text (field, text, -1, &position);
  gtk_editable_set_position (field, position);
}

/* When the key was pressed, not when this program came to it: under load the keys of a scanner
 * would look as slow as a person's. The display's clock (ms) is laid onto ours by the quickest
 * event. */
static gint64
get_time_us (LanyardWedge *self)
{
  gint64 now_us = g_get_monotonic_time ();
  gint64 event_us = (gint64)gtk_event_controller_get_current_event_time (self->keys) * 1000;

  if (event_us == 0)
    return now_us;
  if (event_us < self->last_event_us || self->last_event_us == 0)
    self->offset_us = now_us - event_us;
  self->offset_us = MIN (self->offset_us, now_us - event_us);
  self->last_event_us = event_us;
  return event_us + self->offset_us;
}

static void
on_silence (gpointer data)
{
  LanyardWedge *self = data;
  LanyardScan *scan;

  self->timer = 0;
  scan = lanyard_wedge_decoder_idle (self->decoder, g_get_monotonic_time ());
  if (scan != NULL)
    take_scan (self, scan);
  give_back (self);
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
  verdict = lanyard_wedge_decoder_key (self->decoder, get_character (keyval), get_time_us (self),
                                       &scan);
  g_clear_handle_id (&self->timer, g_source_remove);
  if (verdict == LANYARD_WEDGE_SCAN)
    take_scan (self, g_steal_pointer (&scan));
  else
    self->timer = g_timeout_add_once (SILENCE_MS, on_silence, self);
  give_back (self);
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
