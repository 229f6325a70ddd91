/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-status-pill.h"

struct _LanyardStatusPill
{
  GtkWidget parent_instance;

  /* template children */
  GtkWidget *row;
  GtkLabel *state_label;
  GtkLabel *pending_label;
  GtkLabel *cards_label;
  GtkLabel *warning_label;
};

G_DEFINE_FINAL_TYPE (LanyardStatusPill, lanyard_status_pill, GTK_TYPE_WIDGET)

static const char *const LOOKS[] = { "good", "waiting", "off", NULL };

static void
set_look (LanyardStatusPill *self, const char *look)
{
  for (guint i = 0; LOOKS[i] != NULL; i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self), LOOKS[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self), look);
}

static const char *
get_state (const LanyardLinkStatus *link)
{
  if (!link->enrolled)
    return N_ ("On its own");
  return link->online ? N_ ("Online") : N_ ("Offline, all is kept here");
}

static void
lanyard_status_pill_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_STATUS_PILL);
  G_OBJECT_CLASS (lanyard_status_pill_parent_class)->dispose (object);
}

static void
lanyard_status_pill_class_init (LanyardStatusPillClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_status_pill_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/widget/lanyard-status-pill.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardStatusPill, row);
  gtk_widget_class_bind_template_child (widget_class, LanyardStatusPill, state_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardStatusPill, pending_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardStatusPill, cards_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardStatusPill, warning_label);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pill");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static void
lanyard_status_pill_init (LanyardStatusPill *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_hide (GTK_WIDGET (self));
}

/* Few cards are left in the printer that is used, by what the desk knows; staff see it on their
 * page, too, so it gives way to a warning. */
static void
show_cards (LanyardStatusPill *self, const LanyardStock *stock, LanyardWords *words)
{
  const LanyardStockPrinter *printer = stock != NULL ? lanyard_stock_get_chosen (stock) : NULL;
  g_autofree char *text = NULL;

  if (printer != NULL && printer->low && printer->count->knows_left)
    text = lanyard_words_fill_n (words, "%s card", "%s cards",
                                 (gulong)MAX (printer->count->left, 0));
  else if (printer != NULL && printer->low)
    text = g_strdup (lanyard_words_get (words, N_ ("Few cards")));
  gtk_label_set_label (self->cards_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->cards_label),
                          text != NULL
                              && !gtk_widget_get_visible (GTK_WIDGET (self->warning_label)));
}

/* Why, and whatever else there is, the health of the desk tells: there is room for one. */
static void
show_warning (LanyardStatusPill *self, const LanyardDeskStatus *status, LanyardWords *words)
{
  const char *text = NULL;

  if (status->scanner_fault != NULL)
    text = lanyard_words_get (words, N_ ("Check scanner"));
  else if (status->backup_problem != NULL)
    text = lanyard_words_get (words, N_ ("No backup"));
  gtk_label_set_label (self->warning_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->warning_label), text != NULL);
}

void
lanyard_status_pill_show (LanyardStatusPill *self,
                          const LanyardDeskStatus *status,
                          LanyardWords *words)
{
  const LanyardLinkStatus *link;
  g_autofree char *pending = NULL;

  g_return_if_fail (LANYARD_IS_STATUS_PILL (self) && status != NULL && words != NULL);

  link = &status->link;
  gtk_label_set_label (self->state_label, lanyard_words_get (words, get_state (link)));
  if (link->pending > 0)
    pending = lanyard_words_fill_n (words, "%s to send", "%s to send", (gulong)link->pending);
  gtk_label_set_label (self->pending_label, pending != NULL ? pending : "");
  gtk_widget_set_visible (GTK_WIDGET (self->pending_label), pending != NULL);
  show_warning (self, status, words);
  show_cards (self, status->stock, words);
  set_look (self, !link->enrolled || !link->online ? "off"
                  : link->pending > 0              ? "waiting"
                                                   : "good");
  gtk_widget_show (GTK_WIDGET (self));
}
