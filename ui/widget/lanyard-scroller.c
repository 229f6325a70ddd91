/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-scroller.h"

#include "lanyard-illustration.h"

/* What is left at the end may stay hidden: it is the margin of a page. */
#define SLACK_PX 16
/* Of a step some lines stay on the screen, so that the eye finds where it was. */
#define STEP_SHARE 0.7

struct _LanyardScroller
{
  GtkWidget parent_instance;

  /* template children */
  GtkWidget *box;
  GtkScrolledWindow *window;
  GtkWidget *bar;
  GtkWidget *more;
  LanyardIllustration *arrow;
  GtkLabel *more_label;

  /* owned */
  LanyardWords *words; /* (nullable) */
  guint update;        /* source id; 0: none */
};

G_DEFINE_FINAL_TYPE (LanyardScroller, lanyard_scroller, GTK_TYPE_WIDGET)

enum
{
  PROP_CHILD = 1,
  N_PROPS,
};

static GParamSpec *props[N_PROPS];

static GtkAdjustment *
get_adjustment (LanyardScroller *self)
{
  return gtk_scrolled_window_get_vadjustment (self->window);
}

static double
get_rest (LanyardScroller *self)
{
  GtkAdjustment *adjustment = get_adjustment (self);

  return gtk_adjustment_get_upper (adjustment) - gtk_adjustment_get_value (adjustment)
         - gtk_adjustment_get_page_size (adjustment);
}

/* Whether it would be cut without the button too: the button must not be its own reason. */
static gboolean
is_higher (LanyardScroller *self)
{
  return gtk_adjustment_get_upper (get_adjustment (self))
         > gtk_widget_get_height (GTK_WIDGET (self)) + 0.5;
}

static void
show_label (LanyardScroller *self, const char *text)
{
  gtk_label_set_label (self->more_label, text);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more), GTK_ACCESSIBLE_PROPERTY_LABEL, text,
                                  -1);
}

static void
update (gpointer data)
{
  LanyardScroller *self = data;
  gboolean at_end = get_rest (self) <= SLACK_PX;

  self->update = 0;
  lanyard_illustration_set_name (self->arrow, at_end ? "icon-up" : "icon-down");
  if (self->words != NULL)
    show_label (self,
                lanyard_words_get (self->words, at_end ? N_ ("To the top") : N_ ("More below")));
  gtk_widget_set_visible (self->bar, is_higher (self));
}

/* Not at once: this may come in the middle of a layout. */
static void
on_moved (LanyardScroller *self)
{
  if (self->update == 0)
    self->update = g_idle_add_once (update, self);
}

static void
on_more_clicked (GtkButton *button, LanyardScroller *self)
{
  GtkAdjustment *adjustment = get_adjustment (self);
  double value = gtk_adjustment_get_value (adjustment);

  gtk_adjustment_set_value (adjustment,
                            get_rest (self) <= SLACK_PX
                                ? 0
                                : value + gtk_adjustment_get_page_size (adjustment) * STEP_SHARE);
}

static void
lanyard_scroller_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  LanyardScroller *self = LANYARD_SCROLLER (object);

  g_assert (id == PROP_CHILD);
  gtk_scrolled_window_set_child (self->window, g_value_get_object (value));
}

static void
lanyard_scroller_dispose (GObject *object)
{
  LanyardScroller *self = LANYARD_SCROLLER (object);

  g_clear_handle_id (&self->update, g_source_remove);
  g_clear_pointer (&self->words, lanyard_words_unref);
  if (self->window != NULL)
    g_signal_handlers_disconnect_by_data (get_adjustment (self), self);
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_SCROLLER);
  G_OBJECT_CLASS (lanyard_scroller_parent_class)->dispose (object);
}

static void
lanyard_scroller_class_init (LanyardScrollerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_ILLUSTRATION);
  object_class->set_property = lanyard_scroller_set_property;
  object_class->dispose = lanyard_scroller_dispose;
  props[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                                           G_PARAM_WRITABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, props);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/widget/lanyard-scroller.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardScroller, box);
  gtk_widget_class_bind_template_child (widget_class, LanyardScroller, window);
  gtk_widget_class_bind_template_child (widget_class, LanyardScroller, bar);
  gtk_widget_class_bind_template_child (widget_class, LanyardScroller, more);
  gtk_widget_class_bind_template_child (widget_class, LanyardScroller, arrow);
  gtk_widget_class_bind_template_child (widget_class, LanyardScroller, more_label);
  gtk_widget_class_bind_template_callback (widget_class, on_more_clicked);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
lanyard_scroller_init (LanyardScroller *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_swapped (get_adjustment (self), "changed", G_CALLBACK (on_moved), self);
  g_signal_connect_swapped (get_adjustment (self), "value-changed", G_CALLBACK (on_moved), self);
}

void
lanyard_scroller_rewind (LanyardScroller *self)
{
  g_return_if_fail (LANYARD_IS_SCROLLER (self));

  gtk_adjustment_set_value (get_adjustment (self), 0);
}

void
lanyard_scroller_set_words (LanyardScroller *self, LanyardWords *words)
{
  g_return_if_fail (LANYARD_IS_SCROLLER (self) && words != NULL);

  g_clear_pointer (&self->words, lanyard_words_unref);
  self->words = lanyard_words_ref (words);
  on_moved (self);
}

gboolean
lanyard_scroller_is_cut (LanyardScroller *self)
{
  g_return_val_if_fail (LANYARD_IS_SCROLLER (self), FALSE);

  return is_higher (self);
}
