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

  /* state */
  gboolean asks_badge; /* the desk was told */
  char *badge_staff;   /* owned (nullable): staff number of the badge that was shown last */
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

/* Badges are for the page as long as it is on. */
static void
ask_badge (LanyardSignInPage *self, gboolean ask)
{
  if (self->asks_badge == ask)
    return;
  self->asks_badge = ask;
  lanyard_controls_ask_badge (lanyard_screen_get_controls (LANYARD_SCREEN (self)), ask);
}

static const char *
lead_for (const LanyardView *view)
{
  if (view->asks_staff_number)
    return view->takes_staff_badge
               ? N_ ("Show your badge or type your staff number, then type your PIN.")
               : N_ ("Type your staff number and your PIN.");
  return N_ ("Type your PIN.");
}

/* A number that was typed meanwhile stays until another badge is shown. */
static void
show_badge (LanyardSignInPage *self, const LanyardView *view)
{
  gboolean another = g_strcmp0 (view->badge_staff, self->badge_staff) != 0;
  const char *typed = lanyard_staff_entry_get_number (self->entry);

  if (view->badge_staff != NULL && (another || typed == NULL || *typed == '\0'))
    {
      lanyard_staff_entry_set_number (self->entry, view->badge_staff);
      if (another)
        gtk_label_set_label (self->message_label, "");
    }
  if (another)
    {
      g_free (self->badge_staff);
      self->badge_staff = g_strdup (view->badge_staff);
    }
}

static void
lanyard_sign_in_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardSignInPage *self = LANYARD_SIGN_IN_PAGE (screen);
  g_autofree char *read = NULL;

  ask_badge (self, TRUE);
  if (view->badge_staff != NULL)
    read = lanyard_words_fill (lanyard_screen_get_words (screen),
                               N_ ("Badge of staff number %s. Now type your PIN."),
                               view->badge_staff);

  lanyard_keypad_set_words (self->keypad, lanyard_screen_get_words (screen));
  lanyard_staff_entry_ask_number (self->entry, view->asks_staff_number);
  show_badge (self, view);
  gtk_label_set_label (self->lead_label,
                       read != NULL ? read : lanyard_screen_say (screen, lead_for (view)));
}

static void
lanyard_sign_in_page_clear (LanyardScreen *screen)
{
  LanyardSignInPage *self = LANYARD_SIGN_IN_PAGE (screen);

  lanyard_staff_entry_clear (self->entry);
  gtk_label_set_label (self->message_label, "");
  g_clear_pointer (&self->badge_staff, g_free);
  ask_badge (self, FALSE);
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
  if (notice != LANYARD_NOTICE_WRONG_PIN && notice != LANYARD_NOTICE_NOT_STAFF
      && notice != LANYARD_NOTICE_VOID_BADGE && notice != LANYARD_NOTICE_EXPIRED_CODE
      && notice != LANYARD_NOTICE_LOCKED_OUT && notice != LANYARD_NOTICE_STAFF_NUMBER)
    return FALSE;
  gtk_label_set_label (LANYARD_SIGN_IN_PAGE (screen)->message_label,
                       lanyard_screen_say (screen, lanyard_phrase_for_notice (notice)));
  return TRUE;
}

static void
lanyard_sign_in_page_finalize (GObject *object)
{
  g_free (LANYARD_SIGN_IN_PAGE (object)->badge_staff);
  G_OBJECT_CLASS (lanyard_sign_in_page_parent_class)->finalize (object);
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
  G_OBJECT_CLASS (klass)->finalize = lanyard_sign_in_page_finalize;
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
