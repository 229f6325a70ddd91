/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-number-page.h"

#include <string.h>

#include "lanyard-keypad.h"
#include "lanyard-page-layout.h"
#include "lanyard-phrases.h"
#include "lanyard-spoken.h"

#define MAX_NUMBER_CHARS 24

struct _LanyardNumberPage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkGrid *grid;
  GtkWidget *words_box;
  GtkWidget *keypad_box;
  GtkWidget *actions_box;
  GtkEditable *entry;
  GtkLabel *message_label;
  LanyardKeypad *keypad;
  GtkWidget *continue_button;
  GtkWidget *delete_button;
  GtkWidget *entry_row;
};

G_DEFINE_FINAL_TYPE (LanyardNumberPage, lanyard_number_page, LANYARD_TYPE_SCREEN)

static void
say (LanyardNumberPage *self, const char *text)
{
  gtk_label_set_label (self->message_label, text != NULL ? text : "");
}

static void
on_entry_changed (GtkEditable *entry, LanyardNumberPage *self)
{
  const char *text = gtk_editable_get_text (entry);
  g_autofree char *upper = g_utf8_strup (text, -1);

  if (strcmp (upper, text) != 0)
    {
      int position = gtk_editable_get_position (entry);

      gtk_editable_set_text (entry, upper);
      gtk_editable_set_position (entry, position);
      return;
    }
  gtk_widget_set_sensitive (self->continue_button, *text != '\0');
  say (self, NULL);
}

static void
send (LanyardNumberPage *self)
{
  const char *text = gtk_editable_get_text (self->entry);

  if (*text != '\0')
    lanyard_controls_type_number (lanyard_screen_get_controls (LANYARD_SCREEN (self)), text);
}

static void
on_entry_activate (GtkEntry *entry, LanyardNumberPage *self)
{
  send (self);
}

static void
on_continue_clicked (GtkButton *button, LanyardNumberPage *self)
{
  send (self);
}

static void
on_back_clicked (GtkButton *button, LanyardNumberPage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), NULL);
}

static void
on_key (LanyardKeypad *keypad, guint character, LanyardNumberPage *self)
{
  g_autofree char *text
      = lanyard_keypad_apply (gtk_editable_get_text (self->entry), character, MAX_NUMBER_CHARS);

  gtk_editable_set_text (self->entry, text);
  gtk_editable_set_position (self->entry, -1);
}

static void
on_delete_clicked (GtkButton *button, LanyardNumberPage *self)
{
  on_key (self->keypad, '\b', self);
}

/* Whoever has a keyboard need not go to the field first. */
static gboolean
on_typed (GtkEventControllerKey *controller,
          guint keyval,
          guint keycode,
          GdkModifierType state,
          LanyardNumberPage *self)
{
  gunichar character = keyval == GDK_KEY_BackSpace ? '\b' : gdk_keyval_to_unicode (keyval);
  gboolean fits = character == '\b' || (character < 128 && g_ascii_isalnum ((char)character));

  if (!fits || (state & (GDK_CONTROL_MASK | GDK_ALT_MASK | GDK_SUPER_MASK)) != 0)
    return GDK_EVENT_PROPAGATE;
  on_key (self->keypad, character, self);
  return GDK_EVENT_STOP;
}

static void
lanyard_number_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardNumberPage *self = LANYARD_NUMBER_PAGE (screen);

  lanyard_keypad_set_words (self->keypad, lanyard_screen_get_words (screen));
  lanyard_spoken_set_name (self->delete_button, lanyard_screen_say (screen, N_ ("Delete")));
  lanyard_spoken_set_name (GTK_WIDGET (self->entry),
                           lanyard_screen_say (screen, N_ ("Accreditation number")));
}

static void
lanyard_number_page_clear (LanyardScreen *screen)
{
  LanyardNumberPage *self = LANYARD_NUMBER_PAGE (screen);

  gtk_editable_set_text (self->entry, "");
  say (self, NULL);
}

static void
lanyard_number_page_arrange (LanyardScreen *screen, gboolean portrait)
{
  LanyardNumberPage *self = LANYARD_NUMBER_PAGE (screen);
  gboolean low = lanyard_screen_get_low (screen);

  /* a low page is a column on each screen, with few keys at a time at its foot */
  lanyard_page_layout_camera (self->grid, self->words_box, self->keypad_box, self->actions_box,
                              portrait || low);
  lanyard_keypad_set_portrait (self->keypad, portrait);
  lanyard_keypad_set_kind (self->keypad, low ? "low" : "number");
  gtk_widget_set_visible (self->delete_button, !low);
  gtk_grid_set_row_spacing (self->grid, low ? 12 : 20);
  if (!low)
    return;
  gtk_widget_set_vexpand (self->words_box, TRUE);
  gtk_widget_set_vexpand (self->keypad_box, FALSE);
}

/* What is wrong with the number stands beside the number, not in a corner of the window. */
static gboolean
lanyard_number_page_notice (LanyardScreen *screen, LanyardNotice notice)
{
  if (notice != LANYARD_NOTICE_TYPING_ERROR && notice != LANYARD_NOTICE_TYPING_LOCKED
      && notice != LANYARD_NOTICE_TYPING_OFF)
    return FALSE;
  say (LANYARD_NUMBER_PAGE (screen),
       lanyard_screen_say (screen, lanyard_phrase_for_notice (notice)));
  return TRUE;
}

static void
lanyard_number_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_NUMBER_PAGE);
  G_OBJECT_CLASS (lanyard_number_page_parent_class)->dispose (object);
}

static void
lanyard_number_page_class_init (LanyardNumberPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_KEYPAD);
  G_OBJECT_CLASS (klass)->dispose = lanyard_number_page_dispose;
  screen_class->update = lanyard_number_page_update;
  screen_class->clear = lanyard_number_page_clear;
  screen_class->arrange = lanyard_number_page_arrange;
  screen_class->notice = lanyard_number_page_notice;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-number-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardNumberPage, grid);
  gtk_widget_class_bind_template_child (widget_class, LanyardNumberPage, words_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardNumberPage, keypad_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardNumberPage, actions_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardNumberPage, entry);
  gtk_widget_class_bind_template_child (widget_class, LanyardNumberPage, message_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardNumberPage, keypad);
  gtk_widget_class_bind_template_child (widget_class, LanyardNumberPage, continue_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardNumberPage, delete_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardNumberPage, entry_row);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, on_delete_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_continue_clicked);
}

static void
lanyard_number_page_init (LanyardNumberPage *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_typed), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
  gtk_widget_set_direction (self->entry_row, GTK_TEXT_DIR_LTR);
  gtk_widget_set_direction (GTK_WIDGET (self->entry), GTK_TEXT_DIR_LTR);
  gtk_widget_set_sensitive (self->continue_button, FALSE);
}
