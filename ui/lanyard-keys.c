/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-keys.h"

#include <string.h>

#define MAX_KEYS 4

/* What each key does; docs/access.md has the same table for people. */
typedef struct
{
  LanyardKeyAction action;
  const char *name;
  guint keyvals[MAX_KEYS];
} KeyRow;

static const KeyRow KEYS[] = {
  { LANYARD_KEY_UP, "up", { GDK_KEY_Up, GDK_KEY_KP_Up } },
  { LANYARD_KEY_DOWN, "down", { GDK_KEY_Down, GDK_KEY_KP_Down } },
  { LANYARD_KEY_LEFT, "left", { GDK_KEY_Left, GDK_KEY_KP_Left } },
  { LANYARD_KEY_RIGHT, "right", { GDK_KEY_Right, GDK_KEY_KP_Right } },
  { LANYARD_KEY_NEXT, "next", { GDK_KEY_Page_Down } },
  { LANYARD_KEY_PREVIOUS, "previous", { GDK_KEY_Page_Up } },
  { LANYARD_KEY_SELECT, "select", { GDK_KEY_Select } },
  { LANYARD_KEY_BACK, "back", { GDK_KEY_Escape, GDK_KEY_Back } },
  { LANYARD_KEY_LOW, "low", { GDK_KEY_F2 } },
  { LANYARD_KEY_LETTERS, "letters", { GDK_KEY_F3 } },
  { LANYARD_KEY_SOUND, "sound", { GDK_KEY_F1, GDK_KEY_Help } },
  /* of a socket for headphones that tells when they come and go */
  { LANYARD_KEY_SOUND_ON, "sound-on", { 0 } },
  { LANYARD_KEY_SOUND_OFF, "sound-off", { 0 } },
  { LANYARD_KEY_REPEAT, "repeat", { GDK_KEY_F4 } },
  { LANYARD_KEY_SOFTER, "softer", { GDK_KEY_F5, GDK_KEY_AudioLowerVolume } },
  { LANYARD_KEY_LOUDER, "louder", { GDK_KEY_F6, GDK_KEY_AudioRaiseVolume } },
  { LANYARD_KEY_SLOWER, "slower", { GDK_KEY_F7 } },
  { LANYARD_KEY_FASTER, "faster", { GDK_KEY_F8 } },
};

struct _LanyardKeys
{
  GObject parent_instance;

  /* owned */
  KeyRow keys[G_N_ELEMENTS (KEYS)];

  /* state */
  gboolean own;

  /* borrowed */
  GtkWidget *window; /* (nullable): once it has gone */
  GtkWidget *page;   /* (nullable) */
};

G_DEFINE_FINAL_TYPE (LanyardKeys, lanyard_keys, G_TYPE_OBJECT)

enum
{
  ACTION,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static LanyardKeyAction
find_action (LanyardKeys *self, guint keyval)
{
  for (gsize i = 0; i < G_N_ELEMENTS (self->keys); i++)
    for (gsize k = 0; k < MAX_KEYS; k++)
      if (self->keys[i].keyvals[k] != 0 && self->keys[i].keyvals[k] == keyval)
        return self->keys[i].action;
  return LANYARD_KEY_NONE;
}

static gboolean
is_control (GtkWidget *widget)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_focusable (widget)
         && gtk_widget_is_sensitive (widget);
}

/* Returns: (nullable): the first visible control below @widget, of the class @class where it is
 * given. A page that comes in is not mapped yet. */
static GtkWidget *
find_control (GtkWidget *widget, const char *class)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_visible (widget))
    return NULL;
  if (is_control (widget) && (class == NULL || gtk_widget_has_css_class (widget, class)))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_control (child, class);
  return found;
}

/* Returns: (nullable): the part of the page in which somebody begins: that of the class "first" */
static GtkWidget *
find_part (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (gtk_widget_has_css_class (widget, "first"))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_part (child);
  return found;
}

static void
focus_first (LanyardKeys *self)
{
  GtkWidget *part = self->page != NULL ? find_part (self->page) : NULL;
  GtkWidget *control
      = self->page != NULL ? find_control (part != NULL ? part : self->page, NULL) : NULL;

  if (control != NULL)
    gtk_widget_grab_focus (control);
}

static GtkDirectionType
get_direction (LanyardKeyAction action)
{
  switch (action)
    {
    case LANYARD_KEY_UP:
      return GTK_DIR_UP;
    case LANYARD_KEY_DOWN:
      return GTK_DIR_DOWN;
    case LANYARD_KEY_LEFT:
      return GTK_DIR_LEFT;
    case LANYARD_KEY_RIGHT:
      return GTK_DIR_RIGHT;
    case LANYARD_KEY_PREVIOUS:
      return GTK_DIR_TAB_BACKWARD;
    default:
      return GTK_DIR_TAB_FORWARD;
    }
}

/* Nobody gets stuck: where there is nothing in that direction comes the next control of all. */
static void
move (LanyardKeys *self, LanyardKeyAction action)
{
  GtkDirectionType direction = get_direction (action);
  gboolean backward
      = action == LANYARD_KEY_UP || action == LANYARD_KEY_LEFT || action == LANYARD_KEY_PREVIOUS;
  GtkWidget *before = gtk_window_get_focus (GTK_WINDOW (self->window));
  GtkDirectionType order = backward ? GTK_DIR_TAB_BACKWARD : GTK_DIR_TAB_FORWARD;

  if (gtk_window_get_focus (GTK_WINDOW (self->window)) == NULL)
    focus_first (self);
  /* a page without a control has those around it */
  if (gtk_window_get_focus (GTK_WINDOW (self->window)) == before && before == NULL)
    gtk_widget_child_focus (self->window, order);
  else if (before == NULL)
    return;
  else if (!gtk_widget_child_focus (self->window, direction)
           && !gtk_widget_child_focus (self->window, order))
    {
      gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
      gtk_widget_child_focus (self->window, order);
    }
}

/* At once: gtk_widget_activate() shows a button pressed for a while first. */
static void
select_control (GtkWidget *focus)
{
  if (GTK_IS_BUTTON (focus))
    g_signal_emit_by_name (focus, "clicked");
  else
    gtk_widget_activate (focus);
}

static void
go_back (LanyardKeys *self)
{
  GtkWidget *button = self->page != NULL ? find_control (self->page, "back") : NULL;

  if (button != NULL)
    g_signal_emit_by_name (button, "clicked");
}

/* Within a field the arrows along the line are the field's, up to its ends: nobody gets stuck
 * there. */
static gboolean
is_the_fields (LanyardKeys *self, LanyardKeyAction action)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));
  gboolean to_start;
  int position;

  if ((action != LANYARD_KEY_LEFT && action != LANYARD_KEY_RIGHT) || !GTK_IS_EDITABLE (focus))
    return FALSE;
  position = gtk_editable_get_position (GTK_EDITABLE (focus));
  to_start = (action == LANYARD_KEY_LEFT) == (gtk_widget_get_direction (focus) == GTK_TEXT_DIR_LTR);
  return to_start
             ? position > 0
             : position < (int)g_utf8_strlen (gtk_editable_get_text (GTK_EDITABLE (focus)), -1);
}

static void
perform (LanyardKeys *self, LanyardKeyAction action)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  if (action >= LANYARD_KEY_LOW)
    g_signal_emit (self, signals[ACTION], 0, (int)action);
  else if (action == LANYARD_KEY_BACK)
    go_back (self);
  else if (action == LANYARD_KEY_SELECT && focus != NULL)
    select_control (focus);
  else if (action != LANYARD_KEY_SELECT)
    move (self, action);
}

/* Where a window that has just come up has its focus, nobody has put it: the first key begins at
 * the page. */
static void
begin (LanyardKeys *self, LanyardKeyAction action)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self->window));

  if (action != LANYARD_KEY_NONE && focus != NULL && self->page != NULL
      && !gtk_widget_has_css_class (self->window, "keyed")
      && !gtk_widget_is_ancestor (focus, self->page))
    gtk_window_set_focus (GTK_WINDOW (self->window), NULL);
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                LanyardKeys *self)
{
  const GdkModifierType mute = GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK | GDK_META_MASK;
  LanyardKeyAction action = (state & mute) == 0 ? find_action (self, keyval) : LANYARD_KEY_NONE;

  begin (self, action);
  if (action != LANYARD_KEY_NONE || keyval == GDK_KEY_Tab || keyval == GDK_KEY_ISO_Left_Tab)
    gtk_widget_add_css_class (self->window, "keyed");
  if (action == LANYARD_KEY_NONE || is_the_fields (self, action))
    return GDK_EVENT_PROPAGATE;
  perform (self, action);
  return GDK_EVENT_STOP;
}

static void
lanyard_keys_dispose (GObject *object)
{
  LanyardKeys *self = LANYARD_KEYS (object);

  g_clear_weak_pointer (&self->window);
  g_clear_weak_pointer (&self->page);
  G_OBJECT_CLASS (lanyard_keys_parent_class)->dispose (object);
}

static void
lanyard_keys_class_init (LanyardKeysClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanyard_keys_dispose;
  signals[ACTION] = g_signal_new ("action", LANYARD_TYPE_KEYS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
lanyard_keys_init (LanyardKeys *self)
{
  memcpy (self->keys, KEYS, sizeof KEYS);
}

LanyardKeys *
lanyard_keys_new (GtkWidget *window)
{
  LanyardKeys *self;
  GtkEventController *keys;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);

  self = g_object_new (LANYARD_TYPE_KEYS, NULL);
  g_set_weak_pointer (&self->window, window);
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, 0);
  gtk_widget_add_controller (window, keys);
  return self;
}

gboolean
lanyard_keys_map (LanyardKeys *self, const char *action, const char *names)
{
  g_auto (GStrv) each = NULL;

  g_return_val_if_fail (LANYARD_IS_KEYS (self) && action != NULL && names != NULL, FALSE);

  each = g_strsplit (names, ";", -1);
  for (gsize i = 0; i < G_N_ELEMENTS (self->keys); i++)
    {
      guint n = 0;
      guint keyvals[MAX_KEYS] = { 0 };

      if (!g_str_equal (self->keys[i].name, action))
        continue;
      for (guint k = 0; each[k] != NULL; k++)
        {
          guint keyval = gdk_keyval_from_name (g_strstrip (each[k]));

          if (*each[k] == '\0')
            continue;
          if (keyval == GDK_KEY_VoidSymbol || n == MAX_KEYS)
            return FALSE;
          keyvals[n++] = keyval;
        }
      memcpy (self->keys[i].keyvals, keyvals, sizeof keyvals);
      self->own = self->own || self->keys[i].action < LANYARD_KEY_LOW;
      return TRUE;
    }
  return FALSE;
}

gboolean
lanyard_keys_has_own (LanyardKeys *self)
{
  g_return_val_if_fail (LANYARD_IS_KEYS (self), FALSE);

  return self->own;
}

void
lanyard_keys_set_page (LanyardKeys *self, GtkWidget *page)
{
  g_return_if_fail (LANYARD_IS_KEYS (self) && GTK_IS_WIDGET (page));

  g_set_weak_pointer (&self->page, page);
  if (self->window != NULL && gtk_widget_has_css_class (self->window, "keyed"))
    focus_first (self);
}

void
lanyard_keys_forget (LanyardKeys *self)
{
  g_return_if_fail (LANYARD_IS_KEYS (self));

  if (self->window != NULL)
    gtk_widget_remove_css_class (self->window, "keyed");
}
