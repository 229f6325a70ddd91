/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-confirm-page.h"

#include "lanyard-holder-card.h"

struct _LanyardConfirmPage
{
  LanyardScreen parent_instance;

  /* template children */
  LanyardHolderCard *holder;
  GtkWidget *yes_button;
  GtkLabel *yes_label;
};

G_DEFINE_FINAL_TYPE (LanyardConfirmPage, lanyard_confirm_page, LANYARD_TYPE_SCREEN)

static void
on_yes_clicked (GtkButton *button, LanyardConfirmPage *self)
{
  /* one touch is one badge: the next view brings another page */
  gtk_widget_set_sensitive (self->yes_button, FALSE);
  lanyard_screen_answer (LANYARD_SCREEN (self), LANYARD_INPUT_CONFIRM, NULL);
}

static void
on_no_clicked (GtkButton *button, LanyardConfirmPage *self)
{
  lanyard_screen_answer (LANYARD_SCREEN (self), LANYARD_INPUT_CANCEL, NULL);
}

static void
lanyard_confirm_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardConfirmPage *self = LANYARD_CONFIRM_PAGE (screen);
  const char *yes;

  gtk_widget_set_sensitive (self->yes_button, view->entry != NULL);
  /* Who may collect for others is asked whose badges first. */
  yes = lanyard_screen_say (screen,
                            view->collects ? N_ ("Yes, that is me") : N_ ("Yes, print my badge"));
  gtk_label_set_label (self->yes_label, yes);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->yes_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  yes, -1);
  if (view->entry != NULL)
    lanyard_holder_card_show (self->holder, view->entry, view->photo,
                              lanyard_screen_get_pack (screen),
                              lanyard_words_get_language (lanyard_screen_get_words (screen)));
  else
    lanyard_holder_card_clear (self->holder);
}

static void
lanyard_confirm_page_clear (LanyardScreen *screen)
{
  lanyard_holder_card_clear (LANYARD_CONFIRM_PAGE (screen)->holder);
}

static void
lanyard_confirm_page_arrange (LanyardScreen *screen, gboolean portrait)
{
  lanyard_holder_card_set_portrait (LANYARD_CONFIRM_PAGE (screen)->holder, portrait);
}

static void
lanyard_confirm_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_CONFIRM_PAGE);
  G_OBJECT_CLASS (lanyard_confirm_page_parent_class)->dispose (object);
}

static void
lanyard_confirm_page_class_init (LanyardConfirmPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_HOLDER_CARD);
  G_OBJECT_CLASS (klass)->dispose = lanyard_confirm_page_dispose;
  screen_class->update = lanyard_confirm_page_update;
  screen_class->clear = lanyard_confirm_page_clear;
  screen_class->arrange = lanyard_confirm_page_arrange;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-confirm-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardConfirmPage, holder);
  gtk_widget_class_bind_template_child (widget_class, LanyardConfirmPage, yes_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardConfirmPage, yes_label);
  gtk_widget_class_bind_template_callback (widget_class, on_yes_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_no_clicked);
}

static void
lanyard_confirm_page_init (LanyardConfirmPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
