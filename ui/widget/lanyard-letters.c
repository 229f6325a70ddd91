/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-letters.h"

#include "lanyard-illustration.h"
#include "lanyard-spoken.h"
#include "lanyard-style.h"
#include "lanyard-text-scale.h"

#define ICON_PX 40

struct _LanyardLetters
{
  GtkToggleButton parent_instance;
};

G_DEFINE_FINAL_TYPE (LanyardLetters, lanyard_letters, GTK_TYPE_TOGGLE_BUTTON)

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
}

static void
lanyard_letters_class_init (LanyardLettersClass *klass)
{
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
lanyard_letters_set_words (LanyardLetters *self, LanyardWords *words)
{
  g_return_if_fail (LANYARD_IS_LETTERS (self) && words != NULL);

  lanyard_spoken_set_name (GTK_WIDGET (self), lanyard_words_get (words, N_ ("Large letters")));
}
