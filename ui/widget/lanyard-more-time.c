/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-more-time.h"

#include "lanyard-countdown.h"

#define NOTICE_MS (20 * 1000)

struct _LanyardMoreTime
{
  GtkWidget parent_instance;

  /* template children */
  GtkWidget *row;
  LanyardCountdown *countdown;

  /* owned */
  guint timer; /* source id; 0: none */

  /* state */
  gint64 deadline_us;
};

G_DEFINE_FINAL_TYPE (LanyardMoreTime, lanyard_more_time, GTK_TYPE_WIDGET)

enum
{
  EXTEND,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_nearly_up (gpointer data)
{
  LanyardMoreTime *self = data;

  self->timer = 0;
  lanyard_countdown_start (self->countdown, self->deadline_us);
  gtk_widget_show (GTK_WIDGET (self));
}

static void
on_extend_clicked (GtkButton *button, LanyardMoreTime *self)
{
  gtk_widget_hide (GTK_WIDGET (self));
  g_signal_emit (self, signals[EXTEND], 0);
}

static void
lanyard_more_time_dispose (GObject *object)
{
  LanyardMoreTime *self = LANYARD_MORE_TIME (object);

  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_MORE_TIME);
  G_OBJECT_CLASS (lanyard_more_time_parent_class)->dispose (object);
}

static void
lanyard_more_time_class_init (LanyardMoreTimeClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_COUNTDOWN);
  G_OBJECT_CLASS (klass)->dispose = lanyard_more_time_dispose;
  signals[EXTEND] = g_signal_new ("extend", LANYARD_TYPE_MORE_TIME, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/widget/lanyard-more-time.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardMoreTime, row);
  gtk_widget_class_bind_template_child (widget_class, LanyardMoreTime, countdown);
  gtk_widget_class_bind_template_callback (widget_class, on_extend_clicked);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "more-time");
}

static void
lanyard_more_time_init (LanyardMoreTime *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_hide (GTK_WIDGET (self));
}

void
lanyard_more_time_watch (LanyardMoreTime *self, gint64 deadline_us)
{
  gint64 left_ms;

  g_return_if_fail (LANYARD_IS_MORE_TIME (self));

  /* asked once */
  if (deadline_us != 0 && deadline_us == self->deadline_us
      && gtk_widget_get_visible (GTK_WIDGET (self)))
    return;
  g_clear_handle_id (&self->timer, g_source_remove);
  gtk_widget_hide (GTK_WIDGET (self));
  lanyard_countdown_start (self->countdown, 0);
  self->deadline_us = deadline_us;
  if (deadline_us == 0)
    return;
  left_ms = (deadline_us - g_get_monotonic_time ()) / 1000 - NOTICE_MS;
  if (left_ms <= 0)
    on_nearly_up (self);
  else
    self->timer = g_timeout_add_once ((guint)left_ms, on_nearly_up, self);
}

void
lanyard_more_time_set_words (LanyardMoreTime *self, LanyardWords *words)
{
  g_return_if_fail (LANYARD_IS_MORE_TIME (self) && words != NULL);

  lanyard_words_translate (words, GTK_WIDGET (self));
}
