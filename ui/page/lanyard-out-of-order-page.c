/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-out-of-order-page.h"

#include "lanyard-illustration.h"
#include "lanyard-phrases.h"

struct _LanyardOutOfOrderPage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkLabel *fault_label;
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
lanyard_out_of_order_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardOutOfOrderPage *self = LANYARD_OUT_OF_ORDER_PAGE (screen);
  const char *fault = NULL;

  if (view->fault != LANYARD_PRINT_FAULT_NONE)
    fault = lanyard_screen_say (screen, lanyard_phrase_for_fault (view->fault)->title);
  set_text (self->fault_label, fault);
  set_text (self->problem_label, view->problem);
  set_text (self->code_label, view->code);
}

static void
lanyard_out_of_order_page_clear (LanyardScreen *screen)
{
  LanyardOutOfOrderPage *self = LANYARD_OUT_OF_ORDER_PAGE (screen);

  set_text (self->fault_label, NULL);
  set_text (self->problem_label, NULL);
  set_text (self->code_label, NULL);
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
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/lanyard/Kiosk/page/lanyard-out-of-order-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardOutOfOrderPage, fault_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardOutOfOrderPage, problem_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardOutOfOrderPage, code_label);
}

static void
lanyard_out_of_order_page_init (LanyardOutOfOrderPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
