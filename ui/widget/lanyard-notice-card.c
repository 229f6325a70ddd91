/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-notice-card.h"

#include "lanyard-illustration.h"

struct _LanyardNoticeCard
{
  GtkWidget parent_instance;

  /* template children */
  GtkRevealer *revealer;
  GtkLabel *text_label;

  /* owned */
  guint timer; /* source id; 0: none */
};

G_DEFINE_FINAL_TYPE (LanyardNoticeCard, lanyard_notice_card, GTK_TYPE_WIDGET)

static void
on_time_is_up (gpointer data)
{
  LanyardNoticeCard *self = data;

  self->timer = 0;
  gtk_revealer_set_reveal_child (self->revealer, FALSE);
}

static void
on_revealed (GtkRevealer *revealer, GParamSpec *pspec, LanyardNoticeCard *self)
{
  /* an overlay that stands there unseen would take the touches meant for the page */
  if (!gtk_revealer_get_child_revealed (revealer) && !gtk_revealer_get_reveal_child (revealer))
    gtk_widget_hide (GTK_WIDGET (self));
}

static void
lanyard_notice_card_dispose (GObject *object)
{
  LanyardNoticeCard *self = LANYARD_NOTICE_CARD (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_NOTICE_CARD);
  G_OBJECT_CLASS (lanyard_notice_card_parent_class)->dispose (object);
}

static void
lanyard_notice_card_class_init (LanyardNoticeCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_ILLUSTRATION);
  G_OBJECT_CLASS (klass)->dispose = lanyard_notice_card_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/widget/lanyard-notice-card.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardNoticeCard, revealer);
  gtk_widget_class_bind_template_child (widget_class, LanyardNoticeCard, text_label);
  gtk_widget_class_bind_template_callback (widget_class, on_revealed);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "notice");
}

static void
lanyard_notice_card_init (LanyardNoticeCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_hide (GTK_WIDGET (self));
}

void
lanyard_notice_card_show (LanyardNoticeCard *self, const char *text, guint seconds)
{
  g_return_if_fail (LANYARD_IS_NOTICE_CARD (self));

  g_clear_handle_id (&self->timer, g_source_remove);
  if (text == NULL)
    {
      gtk_revealer_set_reveal_child (self->revealer, FALSE);
      gtk_widget_hide (GTK_WIDGET (self));
      return;
    }
  gtk_label_set_label (self->text_label, text);
  gtk_widget_show (GTK_WIDGET (self));
  gtk_revealer_set_reveal_child (self->revealer, TRUE);
  self->timer = g_timeout_add_once (seconds * 1000, on_time_is_up, self);
}

const char *
lanyard_notice_card_get_text (LanyardNoticeCard *self)
{
  g_return_val_if_fail (LANYARD_IS_NOTICE_CARD (self), "");

  return gtk_revealer_get_reveal_child (self->revealer) ? gtk_label_get_text (self->text_label)
                                                        : "";
}
