/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-held-keys.h"

/* A key that comes again without having been let go repeats, if it came not longer ago than this: a
 * window that lost the focus does not hear of keys that are let go. */
#define LIMIT_US G_USEC_PER_SEC

static const GdkModifierType MUTE
    = GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK;

struct _LanyardHeldKeys
{
  GObject parent_instance;

  /* borrowed */
  GtkWidget *window; /* (nullable): once it has gone */

  /* state */
  guint down;          /* code of the last key that was pressed and not let go; 0: none */
  gint64 down_us;      /* monotonic: when it came last */
  guint32 released_ms; /* of the display's clock: when a key was let go last */
};

G_DEFINE_FINAL_TYPE (LanyardHeldKeys, lanyard_held_keys, G_TYPE_OBJECT)

static gboolean
moves (guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_Up:
    case GDK_KEY_Down:
    case GDK_KEY_Left:
    case GDK_KEY_Right:
    case GDK_KEY_KP_Up:
    case GDK_KEY_KP_Down:
    case GDK_KEY_KP_Left:
    case GDK_KEY_KP_Right:
    case GDK_KEY_Page_Up:
    case GDK_KEY_Page_Down:
    case GDK_KEY_Tab:
    case GDK_KEY_ISO_Left_Tab:
    case GDK_KEY_AudioLowerVolume:
    case GDK_KEY_AudioRaiseVolume:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
ends_something (guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
    case GDK_KEY_Select:
    case GDK_KEY_Escape:
    case GDK_KEY_Back:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
somebody_writes (LanyardHeldKeys *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self->window));

  return GTK_IS_EDITABLE (focus) || GTK_IS_TEXT_VIEW (focus);
}

static gboolean
may_repeat (LanyardHeldKeys *self, guint keyval, GdkModifierType state)
{
  if ((state & MUTE) != 0 || ends_something (keyval))
    return FALSE;
  return moves (keyval) || somebody_writes (self);
}

/* A key that was held back by somebody comes with the time at which it was pressed: after it has
 * been let go. */
static gboolean
is_late (LanyardHeldKeys *self, guint32 time_ms)
{
  return time_ms != 0 && self->released_ms != 0 && (gint32)(time_ms - self->released_ms) < 0;
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                LanyardHeldKeys *self)
{
  guint32 time_ms = gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (controller));
  gint64 now_us = g_get_monotonic_time ();
  gboolean repeated = keycode == self->down && now_us - self->down_us < LIMIT_US;

  if (is_late (self, time_ms))
    return GDK_EVENT_PROPAGATE;
  self->down = keycode;
  self->down_us = now_us;
  return repeated && !may_repeat (self, keyval, state) ? GDK_EVENT_STOP : GDK_EVENT_PROPAGATE;
}

static void
on_key_released (GtkEventControllerKey *controller,
                 guint keyval,
                 guint keycode,
                 GdkModifierType state,
                 LanyardHeldKeys *self)
{
  self->released_ms
      = gtk_event_controller_get_current_event_time (GTK_EVENT_CONTROLLER (controller));
  if (keycode == self->down)
    self->down = 0;
}

static void
lanyard_held_keys_dispose (GObject *object)
{
  LanyardHeldKeys *self = LANYARD_HELD_KEYS (object);

  g_clear_weak_pointer (&self->window);
  G_OBJECT_CLASS (lanyard_held_keys_parent_class)->dispose (object);
}

static void
lanyard_held_keys_class_init (LanyardHeldKeysClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanyard_held_keys_dispose;
}

static void
lanyard_held_keys_init (LanyardHeldKeys *self)
{
}

LanyardHeldKeys *
lanyard_held_keys_new (GtkWidget *window)
{
  LanyardHeldKeys *self;
  GtkEventController *keys;

  g_return_val_if_fail (GTK_IS_ROOT (window), NULL);

  self = g_object_new (LANYARD_TYPE_HELD_KEYS, NULL);
  g_set_weak_pointer (&self->window, window);
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, 0);
  g_signal_connect_object (keys, "key-released", G_CALLBACK (on_key_released), self, 0);
  gtk_widget_add_controller (window, keys);
  return self;
}
