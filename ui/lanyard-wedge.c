/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-wedge.h"

#include <string.h>

/* How long after the longest gap within a burst the decoder is asked whether it is over. */
#define SILENCE_MARGIN_MS 25
/* A key that comes again without having been let go repeats, if it was pressed not longer ago than
 * this: a window that lost the focus does not hear of keys that are let go. */
#define REPEAT_LIMIT_US G_USEC_PER_SEC
/* XKB's number of the right Alt key. */
#define KEYCODE_ALTGR 108

/*
 * Keys that are held back are kept as the events that they are. When they turn out to be a person's
 * they are put back into the display's queue and come by here once more, to be let through: input
 * methods, accents, shortcuts and fields see them as they were pressed, in their order.
 */
struct _LanyardWedge
{
  GObject parent_instance;

  /* owned */
  LanyardControls *controls;
  LanyardWedgeDecoder *decoder;
  GQueue held;    /* (element-type GdkEvent): what the decoder has not decided on */
  GQueue replays; /* (element-type GdkEvent): put back, and not yet come by */
  guint timer;    /* source id; 0: none */
  guint silence_ms;

  /* borrowed */
  GtkWidget *window; /* (nullable): once it has gone */
  GtkEventController *keys;
  LanyardWedgeTapFunc tap; /* (nullable) */
  gpointer tap_data;

  /* state */
  gint64 last_event_us; /* of the display's clock; 0: none yet */
  gint64 offset_us;     /* from the display's clock to ours */
  gint64 last_key_us;   /* of our clock: what the decoder was told last; never goes back */
  guint pressed;        /* keycode of the last key that was pressed and not let go; 0: none */
  gint64 pressed_us;    /* of our clock */
  gboolean altgr;       /* the right Alt key is down */
};

G_DEFINE_FINAL_TYPE (LanyardWedge, lanyard_wedge, G_TYPE_OBJECT)

static const struct
{
  guint keyval;
  gunichar accent;
} dead_keys[] = { { GDK_KEY_dead_circumflex, '^' },
                  { GDK_KEY_dead_diaeresis, 0xa8 },
                  { GDK_KEY_dead_acute, 0xb4 },
                  { GDK_KEY_dead_grave, '`' },
                  { GDK_KEY_dead_tilde, '~' } };

static gunichar
get_accent (guint keyval)
{
  for (guint i = 0; i < G_N_ELEMENTS (dead_keys); i++)
    if (dead_keys[i].keyval == keyval)
      return dead_keys[i].accent;
  return 0;
}

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
    case GDK_KEY_Linefeed:
      return '\n';
    default:
      return gdk_keyval_to_unicode (keyval);
    }
}

/* What the decoder needs to know of a key. */
static LanyardWedgeKey
make_key (const LanyardWedge *self, guint keyval, guint keycode, GdkModifierType state)
{
  LanyardWedgeKey key = { .character = get_character (keyval), .keycode = (guint16)keycode };
  gunichar accent = get_accent (keyval);
  gboolean alt = (state & GDK_ALT_MASK) != 0;

  if ((state & GDK_SHIFT_MASK) != 0)
    key.flags |= LANYARD_WEDGE_SHIFT;
  if (self->altgr)
    key.flags |= LANYARD_WEDGE_ALTGR;
  if ((state & GDK_CONTROL_MASK) != 0)
    key.flags |= LANYARD_WEDGE_CONTROL;
  if (accent != 0)
    {
      key.character = accent;
      key.flags |= LANYARD_WEDGE_DEAD;
    }
  /* On a layout without a third level the right Alt key is an Alt key. */
  if (alt && self->altgr && (state & GDK_CONTROL_MASK) == 0)
    key.character = 0;
  else if (alt || (state & (GDK_SUPER_MASK | GDK_META_MASK)) != 0
           || (key.character < ' ' && strchr ("\r\n\t", (int)key.character) == NULL)
           || key.character == 0 || key.character == 0x7f)
    key = (LanyardWedgeKey){ .keycode = (guint16)keycode, .flags = LANYARD_WEDGE_ACTION };
  return key;
}

/* The field that has the focus; a scanner's keys may be on their way into it. */
static GtkEditable *
get_field (LanyardWedge *self)
{
  GtkWidget *focus = NULL;

  if (GTK_IS_ROOT (self->window))
    focus = gtk_root_get_focus (GTK_ROOT (self->window));
  return GTK_IS_EDITABLE (focus) && gtk_editable_get_editable (GTK_EDITABLE (focus))
             ? GTK_EDITABLE (focus)
             : NULL;
}

static void
replay (LanyardWedge *self, GdkEvent *event)
{
  g_queue_push_tail (&self->replays, gdk_event_ref (event));
  gdk_display_put_event (gdk_event_get_display (event), event);
}

static gboolean
is_replay (LanyardWedge *self, GdkEvent *event)
{
  if (!g_queue_remove (&self->replays, event))
    return FALSE;
  gdk_event_unref (event);
  return TRUE;
}

static void
drop_events (GQueue *events)
{
  g_queue_clear_full (events, (GDestroyNotify)gdk_event_unref);
}

/* Does what the decoder has decided about the keys that it held. */
static void
settle_held (LanyardWedge *self)
{
  guint n_rejected = lanyard_wedge_decoder_take_n_rejected (self->decoder);
  guint n_held = lanyard_wedge_decoder_get_n_held (self->decoder);

  for (; n_rejected > 0 && !g_queue_is_empty (&self->held); n_rejected--)
    {
      g_autoptr (GdkEvent) event = g_queue_pop_head (&self->held);

      replay (self, event);
    }
  while (g_queue_get_length (&self->held) > n_held)
    gdk_event_unref (g_queue_pop_head (&self->held));
}

/* A burst that is no code, and somebody writes: theirs. What would do more than write is left out.
 */
static void
give_to_field (LanyardWedge *self)
{
  GdkEvent *event;

  while ((event = g_queue_pop_head (&self->held)) != NULL)
    {
      gunichar character = get_character (gdk_key_event_get_keyval (event));
      const GdkModifierType mute = GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK;

      if ((gdk_event_get_modifier_state (event) & mute) == 0
          && (g_unichar_isprint (character) || get_accent (gdk_key_event_get_keyval (event)) != 0))
        replay (self, event);
      gdk_event_unref (event);
    }
}

/* @scan: (transfer full). The first keys of a burst went on as a person's would: the field loses
 * them again. */
static void
take_scan (LanyardWedge *self, LanyardScan *scan)
{
  GtkEditable *field = get_field (self);
  int n_passed = (int)lanyard_wedge_decoder_get_passed (self->decoder);

  if (field != NULL && !lanyard_wedge_decoder_is_sure (self->decoder))
    {
      lanyard_scan_free (scan);
      give_to_field (self);
      return;
    }
  drop_events (&self->held);
  if (field != NULL && n_passed > 0)
    {
      int end = gtk_editable_get_position (field);

      gtk_editable_delete_text (field, MAX (0, end - n_passed), end);
    }
  lanyard_controls_scan (self->controls, scan);
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
ask_in_silence (LanyardWedge *self, gint64 now_us)
{
  LanyardScan *scan = lanyard_wedge_decoder_idle (self->decoder, now_us);

  if (scan != NULL)
    take_scan (self, scan);
  settle_held (self);
}

static void
on_silence (gpointer data)
{
  LanyardWedge *self = data;

  self->timer = 0;
  ask_in_silence (self, g_get_monotonic_time ());
}

static gboolean
is_repeated (LanyardWedge *self, guint keycode, gint64 at_us)
{
  gboolean repeated
      = keycode != 0 && keycode == self->pressed && at_us - self->pressed_us < REPEAT_LIMIT_US;

  self->pressed = keycode;
  self->pressed_us = at_us;
  return repeated;
}

/* @event: borrowed. Returns: whether it goes on to where it was going */
static gboolean
take_key (LanyardWedge *self, const LanyardWedgeKey *key, GdkEvent *event, gint64 at_us)
{
  LanyardScan *scan = NULL;
  LanyardWedgeVerdict verdict;

  /* First what the silence before it meant, so that one key has one answer. */
  ask_in_silence (self, at_us);
  verdict = lanyard_wedge_decoder_press (self->decoder, key, at_us, &scan);
  if (scan != NULL)
    take_scan (self, scan);
  if (verdict == LANYARD_WEDGE_SWALLOW)
    g_queue_push_tail (&self->held, gdk_event_ref (event));
  settle_held (self);
  if (verdict != LANYARD_WEDGE_PASS)
    return FALSE;
  /* Not before the keys that were pressed before it. */
  if (g_queue_is_empty (&self->replays))
    return TRUE;
  replay (self, event);
  return FALSE;
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                LanyardWedge *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  LanyardWedgeKey key;
  gint64 at_us;
  gboolean pass;

  if (is_replay (self, event))
    return GDK_EVENT_PROPAGATE;
  if (keycode == KEYCODE_ALTGR)
    self->altgr = TRUE;
  if (gdk_key_event_is_modifier (event))
    return GDK_EVENT_PROPAGATE;
  at_us = self->last_key_us = MAX (self->last_key_us, get_time_us (self));
  key = make_key (self, keyval, keycode, state);
  if (is_repeated (self, keycode, at_us))
    key.flags |= LANYARD_WEDGE_REPEAT;
  if (self->tap != NULL && self->tap (&key, at_us, self->tap_data))
    return GDK_EVENT_STOP;
  g_clear_handle_id (&self->timer, g_source_remove);
  pass = take_key (self, &key, event, at_us);
  self->timer = g_timeout_add_once (self->silence_ms, on_silence, self);
  return pass ? GDK_EVENT_PROPAGATE : GDK_EVENT_STOP;
}

static void
on_key_released (GtkEventControllerKey *controller,
                 guint keyval,
                 guint keycode,
                 GdkModifierType state,
                 LanyardWedge *self)
{
  if (keycode == KEYCODE_ALTGR)
    self->altgr = FALSE;
  if (keycode == self->pressed)
    self->pressed = 0;
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
  drop_events (&self->held);
  drop_events (&self->replays);
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
  g_queue_init (&self->held);
  g_queue_init (&self->replays);
}

LanyardWedge *
lanyard_wedge_new (GtkWidget *window, LanyardControls *controls, const LanyardWedgeOptions *options)
{
  LanyardWedge *self;
  const LanyardWedgeOptions defaults = { 0 };
  gint64 gap_us = LANYARD_WEDGE_DEFAULT_GAP_US;

  g_return_val_if_fail (GTK_IS_WIDGET (window) && LANYARD_IS_CONTROLS (controls), NULL);

  self = g_object_new (LANYARD_TYPE_WEDGE, NULL);
  self->controls = g_object_ref (controls);
  self->decoder = lanyard_wedge_decoder_new (options != NULL ? options : &defaults);
  if (options != NULL && options->max_gap_us > 0)
    gap_us = options->max_gap_us;
  self->silence_ms = (guint)(gap_us / 1000) + SILENCE_MARGIN_MS;
  self->keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (self->keys, GTK_PHASE_CAPTURE);
  g_signal_connect (self->keys, "key-pressed", G_CALLBACK (on_key_pressed), self);
  g_signal_connect (self->keys, "key-released", G_CALLBACK (on_key_released), self);
  g_set_weak_pointer (&self->window, window);
  gtk_widget_add_controller (window, self->keys);
  return self;
}

void
lanyard_wedge_set_tap (LanyardWedge *self, LanyardWedgeTapFunc func, gpointer user_data)
{
  g_return_if_fail (LANYARD_IS_WEDGE (self));

  self->tap = func;
  self->tap_data = user_data;
}
