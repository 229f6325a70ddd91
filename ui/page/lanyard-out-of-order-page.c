/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-out-of-order-page.h"

#include "lanyard-illustration.h"
#include "lanyard-phrases.h"
#include "lanyard-trouble.h"

struct _LanyardOutOfOrderPage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkBox *picture_box;
  GtkBox *words_box;
  GtkWidget *staff_button;
  LanyardIllustration *picture;
  GtkLabel *headline_label;
  GtkLabel *fault_label;
  GtkLabel *remedy_label;
  GtkLabel *other_label;
  GtkLabel *problem_label;
  GtkLabel *code_label;
};

G_DEFINE_FINAL_TYPE (LanyardOutOfOrderPage, lanyard_out_of_order_page, LANYARD_TYPE_SCREEN)

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
on_staff_clicked (GtkButton *button, LanyardOutOfOrderPage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), "sign-in");
}

/* A printer has a picture of what is the matter; anything else is nothing to be seen. */
static void
show_picture (LanyardOutOfOrderPage *self, LanyardPrintFault fault)
{
  LanyardFaultPhrase phrase = { .illustration = "resting" };

  if (fault != LANYARD_PRINT_FAULT_NONE)
    lanyard_phrase_for_fault (fault, &phrase);
  lanyard_illustration_set_name (self->picture, phrase.illustration);
}

static void
lanyard_out_of_order_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardOutOfOrderPage *self = LANYARD_OUT_OF_ORDER_PAGE (screen);
  const LanyardTrouble *trouble = view->code != NULL ? lanyard_trouble_find (view->code) : NULL;
  g_autofree char *code = NULL;
  g_autofree char *other = NULL;

  if (view->printer != NULL && view->code != NULL)
    code = g_strdup_printf ("%s · %s", view->code, view->printer);
  if (view->other_printer != NULL)
    other = lanyard_words_fill (lanyard_screen_get_words (screen),
                                N_ ("“%s” is ready: sign in to print there."), view->other_printer);
  show_picture (self, view->fault);
  set_text (self->headline_label,
            lanyard_screen_say (screen, view->code != NULL && *view->code == 'K'
                                            ? N_ ("Not ready yet")
                                            : N_ ("This kiosk is taking a break")));
  set_text (self->fault_label,
            trouble != NULL ? lanyard_screen_say (screen, trouble->cause) : NULL);
  set_text (self->remedy_label, trouble != NULL && trouble->remedy != NULL
                                    ? lanyard_screen_say (screen, trouble->remedy)
                                    : NULL);
  set_text (self->other_label, other);
  set_text (self->problem_label, view->problem);
  set_text (self->code_label, code != NULL ? code : view->code);
}

static void
lanyard_out_of_order_page_clear (LanyardScreen *screen)
{
  LanyardOutOfOrderPage *self = LANYARD_OUT_OF_ORDER_PAGE (screen);

  set_text (self->fault_label, NULL);
  set_text (self->remedy_label, NULL);
  set_text (self->other_label, NULL);
  set_text (self->problem_label, NULL);
  set_text (self->code_label, NULL);
}

/* The button is the last thing on the page, whichever way it is turned. */
static void
lanyard_out_of_order_page_arrange (LanyardScreen *screen, gboolean portrait)
{
  LanyardOutOfOrderPage *self = LANYARD_OUT_OF_ORDER_PAGE (screen);
  GtkBox *box = portrait ? self->words_box : self->picture_box;
  GtkWidget *parent = gtk_widget_get_parent (self->staff_button);

  if (parent == GTK_WIDGET (box))
    return;
  g_object_ref (self->staff_button);
  gtk_box_remove (GTK_BOX (parent), self->staff_button);
  gtk_box_append (box, self->staff_button);
  g_object_unref (self->staff_button);
}

static void
lanyard_out_of_order_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_OUT_OF_ORDER_PAGE);
  G_OBJECT_CLASS (lanyard_out_of_order_page_parent_class)->dispose (object);
}

static void
lanyard_out_of_order_page_class_init (LanyardOutOfOrderPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_ILLUSTRATION);
  G_OBJECT_CLASS (klass)->dispose = lanyard_out_of_order_page_dispose;
  screen_class->update = lanyard_out_of_order_page_update;
  screen_class->clear = lanyard_out_of_order_page_clear;
  screen_class->arrange = lanyard_out_of_order_page_arrange;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/lanyard/Kiosk/page/lanyard-out-of-order-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardOutOfOrderPage, picture_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardOutOfOrderPage, words_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardOutOfOrderPage, staff_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardOutOfOrderPage, fault_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardOutOfOrderPage, headline_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardOutOfOrderPage, picture);
  gtk_widget_class_bind_template_child (widget_class, LanyardOutOfOrderPage, remedy_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardOutOfOrderPage, other_label);
  gtk_widget_class_bind_template_callback (widget_class, on_staff_clicked);
  gtk_widget_class_bind_template_child (widget_class, LanyardOutOfOrderPage, problem_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardOutOfOrderPage, code_label);
}

static void
lanyard_out_of_order_page_init (LanyardOutOfOrderPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
