/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-aids.h"

#include "lanyard-illustration.h"
#include "lanyard-letters.h"
#include "lanyard-spoken.h"

#define ICON_PX 40
#define IDLE_S 60

struct _LanyardAids
{
  GtkWidget parent_instance;

  /* children */
  GtkToggleButton *low;
  GtkToggleButton *letters;
  GtkToggleButton *sound;
  GtkToggleButton *last; /* (nullable): pressed last */

  /* owned */
  guint timer; /* source id; 0: none */

  /* state */
  gboolean idle;
  gboolean for_everybody;
  gboolean has_voice;
};

G_DEFINE_FINAL_TYPE (LanyardAids, lanyard_aids, GTK_TYPE_WIDGET)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_idle (gpointer data)
{
  LanyardAids *self = data;

  self->timer = 0;
  lanyard_aids_reset (self);
}

static gboolean
is_any_on (LanyardAids *self)
{
  return lanyard_aids_is_low (self) || lanyard_aids_is_large (self)
         || lanyard_aids_has_sound (self);
}

static void
arm (LanyardAids *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->idle && is_any_on (self))
    self->timer = g_timeout_add_once (IDLE_S * 1000, on_idle, self);
}

static void
on_toggled (LanyardAids *self, GtkToggleButton *button)
{
  self->last = button;
  arm (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static GtkToggleButton *
add (LanyardAids *self, GtkWidget *button)
{
  gtk_widget_set_parent (button, GTK_WIDGET (self));
  g_signal_connect_swapped (button, "toggled", G_CALLBACK (on_toggled), self);
  return GTK_TOGGLE_BUTTON (button);
}

static GtkWidget *
make_button (const char *icon)
{
  GtkWidget *button = gtk_toggle_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), g_object_new (LANYARD_TYPE_ILLUSTRATION, "name", icon,
                                                           "size", ICON_PX, NULL));
  gtk_widget_add_css_class (button, "header-button");
  return button;
}

static void
lanyard_aids_dispose (GObject *object)
{
  LanyardAids *self = LANYARD_AIDS (object);
  GtkWidget *child;

  g_clear_handle_id (&self->timer, g_source_remove);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (lanyard_aids_parent_class)->dispose (object);
}

static void
lanyard_aids_class_init (LanyardAidsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanyard_aids_dispose;
  signals[CHANGED] = g_signal_new ("changed", LANYARD_TYPE_AIDS, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "aids");
}

static void
lanyard_aids_init (LanyardAids *self)
{
  self->sound = add (self, make_button ("icon-sound"));
  self->low = add (self, make_button ("icon-low"));
  self->letters = add (self, g_object_new (LANYARD_TYPE_LETTERS, NULL));
  gtk_widget_set_visible (GTK_WIDGET (self->sound), FALSE);
}

gboolean
lanyard_aids_is_low (LanyardAids *self)
{
  g_return_val_if_fail (LANYARD_IS_AIDS (self), FALSE);

  return gtk_toggle_button_get_active (self->low);
}

gboolean
lanyard_aids_is_large (LanyardAids *self)
{
  g_return_val_if_fail (LANYARD_IS_AIDS (self), FALSE);

  return gtk_toggle_button_get_active (self->letters);
}

gboolean
lanyard_aids_has_sound (LanyardAids *self)
{
  g_return_val_if_fail (LANYARD_IS_AIDS (self), FALSE);

  return gtk_toggle_button_get_active (self->sound);
}

GtkWidget *
lanyard_aids_get_last (LanyardAids *self)
{
  g_return_val_if_fail (LANYARD_IS_AIDS (self), NULL);

  return self->last != NULL && self->last != self->sound ? GTK_WIDGET (self->last) : NULL;
}

void
lanyard_aids_set_low (LanyardAids *self, gboolean low)
{
  g_return_if_fail (LANYARD_IS_AIDS (self));

  gtk_toggle_button_set_active (self->low, low);
}

void
lanyard_aids_set_large (LanyardAids *self, gboolean large)
{
  g_return_if_fail (LANYARD_IS_AIDS (self));

  gtk_toggle_button_set_active (self->letters, large);
}

void
lanyard_aids_set_sound (LanyardAids *self, gboolean sound)
{
  g_return_if_fail (LANYARD_IS_AIDS (self));

  gtk_toggle_button_set_active (self->sound, sound && self->has_voice && self->for_everybody);
}

/* Sound goes first: of the others nothing is said. */
void
lanyard_aids_reset (LanyardAids *self)
{
  g_return_if_fail (LANYARD_IS_AIDS (self));

  gtk_toggle_button_set_active (self->sound, FALSE);
  gtk_toggle_button_set_active (self->low, FALSE);
  gtk_toggle_button_set_active (self->letters, FALSE);
}

void
lanyard_aids_note_activity (LanyardAids *self)
{
  g_return_if_fail (LANYARD_IS_AIDS (self));

  arm (self);
}

void
lanyard_aids_set_idle (LanyardAids *self, gboolean idle)
{
  g_return_if_fail (LANYARD_IS_AIDS (self));

  self->idle = idle;
  arm (self);
}

void
lanyard_aids_set_for_everybody (LanyardAids *self, gboolean for_everybody)
{
  g_return_if_fail (LANYARD_IS_AIDS (self));

  self->for_everybody = for_everybody;
  gtk_widget_set_visible (GTK_WIDGET (self->low), for_everybody);
  gtk_widget_set_visible (GTK_WIDGET (self->sound), for_everybody && self->has_voice);
}

void
lanyard_aids_set_has_voice (LanyardAids *self, gboolean has_voice)
{
  g_return_if_fail (LANYARD_IS_AIDS (self));

  self->has_voice = has_voice;
  lanyard_aids_set_for_everybody (self, self->for_everybody);
}

void
lanyard_aids_set_words (LanyardAids *self, LanyardWords *words)
{
  g_return_if_fail (LANYARD_IS_AIDS (self) && words != NULL);

  lanyard_spoken_set_name (GTK_WIDGET (self->sound),
                           lanyard_words_get (words, N_ ("Read the screen aloud")));
  lanyard_spoken_set_name (GTK_WIDGET (self->low),
                           lanyard_words_get (words, N_ ("Controls within low reach")));
  lanyard_letters_set_words (LANYARD_LETTERS (self->letters), words);
}
