/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-sign-in-page.h"

#include "lanyard-keypad.h"
#include "lanyard-page-layout.h"
#include "lanyard-phrases.h"
#include "lanyard-staff-entry.h"

struct _LanyardSignInPage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkGrid *grid;
  GtkWidget *words_box;
  GtkWidget *keypad_box;
  GtkWidget *actions_box;
  GtkLabel *lead_label;
  LanyardStaffEntry *entry;
  GtkLabel *message_label;
  LanyardKeypad *keypad;
  GtkWidget *sign_in_button;
};

G_DEFINE_FINAL_TYPE (LanyardSignInPage, lanyard_sign_in_page, LANYARD_TYPE_SCREEN)

static void
on_entry_changed (LanyardStaffEntry *entry, LanyardSignInPage *self)
{
  gtk_widget_set_sensitive (self->sign_in_button, lanyard_staff_entry_is_complete (entry));
}

static void
send (LanyardSignInPage *self)
{
  if (!lanyard_staff_entry_is_complete (self->entry))
    return;
  gtk_label_set_label (self->message_label, "");
  lanyard_controls_sign_in (lanyard_screen_get_controls (LANYARD_SCREEN (self)),
                            lanyard_staff_entry_get_number (self->entry),
                            lanyard_staff_entry_get_pin (self->entry));
  lanyard_staff_entry_clear (self->entry);
}

static void
on_entry_activate (LanyardStaffEntry *entry, LanyardSignInPage *self)
{
  send (self);
}

static void
on_sign_in_clicked (GtkButton *button, LanyardSignInPage *self)
{
  send (self);
}

static void
on_back_clicked (GtkButton *button, LanyardSignInPage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), NULL);
}

static void
on_key (LanyardKeypad *keypad, guint character, LanyardSignInPage *self)
{
  lanyard_staff_entry_press (self->entry, character);
}

static void
lanyard_sign_in_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardSignInPage *self = LANYARD_SIGN_IN_PAGE (screen);

  lanyard_keypad_set_words (self->keypad, lanyard_screen_get_words (screen));
  lanyard_staff_entry_ask_number (self->entry, view->asks_staff_number);
  gtk_label_set_label (self->lead_label,
                       lanyard_screen_say (screen, view->asks_staff_number
                                                       ? N_ ("Type your staff number and your PIN.")
                                                       : N_ ("Type your PIN.")));
}

static void
lanyard_sign_in_page_clear (LanyardScreen *screen)
{
  LanyardSignInPage *self = LANYARD_SIGN_IN_PAGE (screen);

  lanyard_staff_entry_clear (self->entry);
  gtk_label_set_label (self->message_label, "");
}

static void
lanyard_sign_in_page_arrange (LanyardScreen *screen, gboolean portrait)
{
  LanyardSignInPage *self = LANYARD_SIGN_IN_PAGE (screen);

  lanyard_page_layout_camera (self->grid, self->words_box, self->keypad_box, self->actions_box,
                              portrait);
  lanyard_keypad_set_portrait (self->keypad, portrait);
}

static gboolean
lanyard_sign_in_page_notice (LanyardScreen *screen, LanyardNotice notice)
{
  if (notice != LANYARD_NOTICE_WRONG_PIN && notice != LANYARD_NOTICE_LOCKED_OUT
      && notice != LANYARD_NOTICE_STAFF_NUMBER)
    return FALSE;
  gtk_label_set_label (LANYARD_SIGN_IN_PAGE (screen)->message_label,
                       lanyard_screen_say (screen, lanyard_phrase_for_notice (notice)));
  return TRUE;
}

static void
lanyard_sign_in_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_SIGN_IN_PAGE);
  G_OBJECT_CLASS (lanyard_sign_in_page_parent_class)->dispose (object);
}

static void
lanyard_sign_in_page_class_init (LanyardSignInPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_KEYPAD);
  g_type_ensure (LANYARD_TYPE_STAFF_ENTRY);
  G_OBJECT_CLASS (klass)->dispose = lanyard_sign_in_page_dispose;
  screen_class->update = lanyard_sign_in_page_update;
  screen_class->clear = lanyard_sign_in_page_clear;
  screen_class->arrange = lanyard_sign_in_page_arrange;
  screen_class->notice = lanyard_sign_in_page_notice;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-sign-in-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardSignInPage, grid);
  gtk_widget_class_bind_template_child (widget_class, LanyardSignInPage, words_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardSignInPage, keypad_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardSignInPage, actions_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardSignInPage, lead_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardSignInPage, entry);
  gtk_widget_class_bind_template_child (widget_class, LanyardSignInPage, message_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardSignInPage, keypad);
  gtk_widget_class_bind_template_child (widget_class, LanyardSignInPage, sign_in_button);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_sign_in_clicked);
}

static void
lanyard_sign_in_page_init (LanyardSignInPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_sensitive (self->sign_in_button, FALSE);
}
