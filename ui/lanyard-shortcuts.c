/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-shortcuts.h"

#include <string.h>

#define HELP_KEY GDK_KEY_F10
#define MAIN_CLASS "primary"

static const LanyardShortcut SHORTCUTS[] = {
  { GDK_KEY_f, GDK_ALT_MASK, "entry", N_ ("Search by name, organisation or number") },
  { GDK_KEY_Return, GDK_ALT_MASK, NULL, N_ ("The large button of the page") },
  { GDK_KEY_n, GDK_ALT_MASK, "note_button", N_ ("Note or hand over") },
  { GDK_KEY_v, GDK_ALT_MASK, "replace_button", N_ ("Void or replace badge") },
  { GDK_KEY_c, GDK_ALT_MASK, "decide_button", N_ ("Decide which badge stays") },
  { GDK_KEY_g, GDK_ALT_MASK, "team_button", N_ ("Collects for others") },
  { GDK_KEY_i, GDK_ALT_MASK, "photo_button", N_ ("Take a photo") },
  { GDK_KEY_a, GDK_ALT_MASK, "agreements_button", N_ ("Agreements") },
  { GDK_KEY_d, GDK_ALT_MASK, "zone_button", N_ ("Type a document") },
  { GDK_KEY_b, GDK_ALT_MASK, "verify_button", N_ ("Check a badge") },
  { GDK_KEY_p, GDK_ALT_MASK, "passes_button", N_ ("Day passes") },
  { GDK_KEY_k, GDK_ALT_MASK, "printers_button", N_ ("Printers and cards") },
  { GDK_KEY_l, GDK_ALT_MASK, "line_button", N_ ("Line to the hub") },
  { GDK_KEY_h, GDK_ALT_MASK, "health_button", N_ ("Health of this desk") },
  { GDK_KEY_t, GDK_ALT_MASK, "day_button", N_ ("The day so far") },
  { GDK_KEY_s, GDK_ALT_MASK, "shift_button", N_ ("Close the shift") },
  { GDK_KEY_q, GDK_ALT_MASK, "staff_button", N_ ("Sign out") },
  { GDK_KEY_Escape, 0, NULL, N_ ("Back") }, /* of LanyardKeys, for everybody */
  { HELP_KEY, 0, NULL, N_ ("Keys for staff") },
};

struct _LanyardShortcuts
{
  GObject parent_instance;

  /* borrowed */
  GtkWidget *window; /* (nullable): once it has gone */

  /* state */
  gboolean on;
};

G_DEFINE_FINAL_TYPE (LanyardShortcuts, lanyard_shortcuts, G_TYPE_OBJECT)

enum
{
  HELP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

const LanyardShortcut *
lanyard_shortcuts_list (guint *n)
{
  g_return_val_if_fail (n != NULL, NULL);

  *n = G_N_ELEMENTS (SHORTCUTS);
  return SHORTCUTS;
}

static const char *
find_key_name (guint keyval)
{
  switch (keyval)
    {
    case GDK_KEY_Return:
      return N_ ("Enter");
    case GDK_KEY_Escape:
      return N_ ("Escape");
    default:
      return NULL;
    }
}

char *
lanyard_shortcut_dup_keys (const LanyardShortcut *shortcut, LanyardWords *words)
{
  const char *name;
  g_autofree char *letter = NULL;

  g_return_val_if_fail (shortcut != NULL && words != NULL, NULL);

  name = find_key_name (shortcut->keyval);
  letter = g_ascii_strup (gdk_keyval_name (shortcut->keyval), -1);
  name = name != NULL ? lanyard_words_get (words, name) : letter;
  if ((shortcut->modifiers & GDK_ALT_MASK) == 0)
    return g_strdup (name);
  return g_strdup_printf ("%s+%s", lanyard_words_get (words, N_ ("Alt")), name);
}

static gboolean
may_be_pressed (GtkWidget *widget)
{
  return gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget);
}

static gboolean
is_it (GtkWidget *widget, const char *id)
{
  if (id == NULL)
    return GTK_IS_BUTTON (widget) && gtk_widget_has_css_class (widget, MAIN_CLASS);
  return g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), id) == 0;
}

/* Returns: (nullable): what may be pressed and is called @id, or the main button for NULL */
static GtkWidget *
find_control (GtkWidget *widget, const char *id)
{
  GtkWidget *found = NULL;

  if (!gtk_widget_get_mapped (widget))
    return NULL;
  if (may_be_pressed (widget) && is_it (widget, id))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_control (child, id);
  return found;
}

static gboolean
press (LanyardShortcuts *self, const LanyardShortcut *shortcut)
{
  GtkWidget *control;

  if (shortcut->keyval == HELP_KEY)
    {
      g_signal_emit (self, signals[HELP], 0);
      return GDK_EVENT_STOP;
    }
  if (shortcut->modifiers == 0)
    return GDK_EVENT_PROPAGATE;
  control = find_control (self->window, shortcut->control);
  if (GTK_IS_BUTTON (control))
    g_signal_emit_by_name (control, "clicked");
  else if (control != NULL)
    gtk_widget_grab_focus (control);
  else
    gtk_widget_error_bell (self->window);
  return GDK_EVENT_STOP;
}

static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                LanyardShortcuts *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));

  for (gsize i = 0; self->on && i < G_N_ELEMENTS (SHORTCUTS); i++)
    {
      /* under a layout of other letters too: the key on which the Latin letter is */
      if (gdk_key_event_matches (event, SHORTCUTS[i].keyval, SHORTCUTS[i].modifiers)
          != GDK_KEY_MATCH_NONE)
        return press (self, &SHORTCUTS[i]);
    }
  return GDK_EVENT_PROPAGATE;
}

static void
lanyard_shortcuts_dispose (GObject *object)
{
  g_clear_weak_pointer (&LANYARD_SHORTCUTS (object)->window);
  G_OBJECT_CLASS (lanyard_shortcuts_parent_class)->dispose (object);
}

static void
lanyard_shortcuts_class_init (LanyardShortcutsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanyard_shortcuts_dispose;
  signals[HELP] = g_signal_new ("help", LANYARD_TYPE_SHORTCUTS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
}

static void
lanyard_shortcuts_init (LanyardShortcuts *self)
{
}

LanyardShortcuts *
lanyard_shortcuts_new (GtkWidget *window)
{
  LanyardShortcuts *self;
  GtkEventController *keys;

  g_return_val_if_fail (GTK_IS_WINDOW (window), NULL);

  self = g_object_new (LANYARD_TYPE_SHORTCUTS, NULL);
  g_set_weak_pointer (&self->window, window);
  keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, 0);
  gtk_widget_add_controller (window, keys);
  return self;
}

void
lanyard_shortcuts_set_on (LanyardShortcuts *self, gboolean on)
{
  g_return_if_fail (LANYARD_IS_SHORTCUTS (self));

  self->on = on;
}

static void
mark (GtkWidget *widget)
{
  const char *id = gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget));

  for (gsize i = 0; id != NULL && i < G_N_ELEMENTS (SHORTCUTS); i++)
    {
      g_autofree char *name = gtk_accelerator_name (SHORTCUTS[i].keyval, SHORTCUTS[i].modifiers);

      if (g_strcmp0 (SHORTCUTS[i].control, id) == 0)
        gtk_accessible_update_property (GTK_ACCESSIBLE (widget),
                                        GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, name, -1);
    }
}

void
lanyard_shortcuts_mark (GtkWidget *page)
{
  g_return_if_fail (GTK_IS_WIDGET (page));

  mark (page);
  for (GtkWidget *child = gtk_widget_get_first_child (page); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    lanyard_shortcuts_mark (child);
}
