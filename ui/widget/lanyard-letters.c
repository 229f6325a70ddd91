/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-letters.h"

#include "lanyard-illustration.h"
#include "lanyard-style.h"
#include "lanyard-text-scale.h"

#define ICON_PX 40
#define IDLE_S 60

struct _LanyardLetters
{
  GtkToggleButton parent_instance;

  guint timer; /* source id; 0: none */
  gboolean idle;
};

G_DEFINE_FINAL_TYPE (LanyardLetters, lanyard_letters, GTK_TYPE_TOGGLE_BUTTON)

static void
on_idle (gpointer data)
{
  LanyardLetters *self = data;

  self->timer = 0;
  lanyard_letters_reset (self);
}

static void
arm (LanyardLetters *self)
{
  g_clear_handle_id (&self->timer, g_source_remove);
  if (self->idle && gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self)))
    self->timer = g_timeout_add_once (IDLE_S * 1000, on_idle, self);
}

static void
on_toggled (LanyardLetters *self)
{
  gboolean large = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self));
  GtkWidget *root = GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self)));

  lanyard_style_set_text_percent (gtk_widget_get_display (GTK_WIDGET (self)),
                                  large ? LANYARD_TEXT_PERCENT_LARGE : LANYARD_TEXT_PERCENT_USUAL);
  if (root != NULL && large)
    gtk_widget_add_css_class (root, "large-text");
  else if (root != NULL)
    gtk_widget_remove_css_class (root, "large-text");
  arm (self);
}

static void
lanyard_letters_dispose (GObject *object)
{
  g_clear_handle_id (&LANYARD_LETTERS (object)->timer, g_source_remove);
  G_OBJECT_CLASS (lanyard_letters_parent_class)->dispose (object);
}

static void
lanyard_letters_class_init (LanyardLettersClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanyard_letters_dispose;
}

static void
lanyard_letters_init (LanyardLetters *self)
{
  GtkWidget *icon
      = g_object_new (LANYARD_TYPE_ILLUSTRATION, "name", "icon-letters", "size", ICON_PX, NULL);

  gtk_button_set_child (GTK_BUTTON (self), icon);
  gtk_widget_add_css_class (GTK_WIDGET (self), "header-button");
  g_signal_connect (self, "toggled", G_CALLBACK (on_toggled), NULL);
}

void
lanyard_letters_reset (LanyardLetters *self)
{
  g_return_if_fail (LANYARD_IS_LETTERS (self));

  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (self), FALSE);
}

void
lanyard_letters_note_activity (LanyardLetters *self)
{
  g_return_if_fail (LANYARD_IS_LETTERS (self));

  arm (self);
}

void
lanyard_letters_set_idle (LanyardLetters *self, gboolean idle)
{
  g_return_if_fail (LANYARD_IS_LETTERS (self));

  self->idle = idle;
  arm (self);
}

void
lanyard_letters_set_words (LanyardLetters *self, LanyardWords *words)
{
  g_return_if_fail (LANYARD_IS_LETTERS (self) && words != NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  lanyard_words_get (words, N_ ("Large letters")), -1);
}
