/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-health-page.h"

#include "lanyard-examination.h"

#define ROW_SPACING 2

struct _LanyardHealthPage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkBox *list_box;
  GtkWidget *list_scroller;
  GtkWidget *verdict_box;
  GtkLabel *verdict_label;
  GtkWidget *again_button;
  GtkWidget *set_up_button;

  /* owned */
  GCancellable *looking; /* (nullable): while the doctor looks */
  GPtrArray *facts;      /* (nullable) (element-type LanyardFact): what it said */
  char *failure;         /* (nullable): why it said nothing */
  char *scanner_fault;   /* (nullable): what the desk knows of its camera or scanner */
};

G_DEFINE_FINAL_TYPE (LanyardHealthPage, lanyard_health_page, LANYARD_TYPE_SCREEN)

static const struct
{
  const char *word;
  const char *css_class;
} healths[] = {
  [LANYARD_HEALTH_WRONG] = { N_ ("Wrong"), "bad" },
  [LANYARD_HEALTH_NOTE] = { N_ ("To know"), "note" },
  [LANYARD_HEALTH_FINE] = { N_ ("Fine"), "good" },
};

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_yalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_add_css_class (label, "verbatim");
  return label;
}

static void
add_fact (LanyardHealthPage *self, GtkGrid *grid, int row, const LanyardFact *fact)
{
  const char *word = lanyard_screen_say (LANYARD_SCREEN (self), healths[fact->health].word);
  GtkWidget *state = new_label (word, "health-state");
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, ROW_SPACING);

  gtk_widget_add_css_class (state, healths[fact->health].css_class);
  gtk_box_append (GTK_BOX (text), new_label (fact->part, "row-name"));
  gtk_box_append (GTK_BOX (text), new_label (fact->words, "caption"));
  gtk_widget_set_hexpand (text, TRUE);
  gtk_grid_attach (grid, state, 0, row, 1, 1);
  gtk_grid_attach (grid, text, 1, row, 1, 1);
}

static gboolean
has_scanner_fault (const LanyardHealthPage *self)
{
  return self->facts != NULL && self->scanner_fault != NULL;
}

static void
fill_list (LanyardHealthPage *self)
{
  GtkWidget *grid = gtk_grid_new (), *child;
  int row = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list_box))) != NULL)
    gtk_box_remove (self->list_box, child);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 24);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 14);
  /* The doctor cannot try what the desk holds open. */
  if (has_scanner_fault (self))
    {
      LanyardScreen *screen = LANYARD_SCREEN (self);
      g_autofree char *part = g_strdup (lanyard_screen_say (screen, N_ ("Camera or scanner")));
      const char *advice
          = lanyard_screen_say (screen,
                                N_ ("It gives nothing to read. Check that it is plugged in, that "
                                    "no other program uses it "
                                    "and that this desk may use it; it is tried again by itself."));
      /* beneath it, the device's own words */
      g_autofree char *words = g_strconcat (advice, "\n", self->scanner_fault, NULL);
      LanyardFact fact = { .part = part, .health = LANYARD_HEALTH_WRONG, .words = words };

      add_fact (self, GTK_GRID (grid), row++, &fact);
    }
  for (guint i = 0; self->facts != NULL && i < self->facts->len; i++)
    add_fact (self, GTK_GRID (grid), row++, g_ptr_array_index (self->facts, i));
  gtk_box_append (self->list_box, grid);
  gtk_widget_set_visible (self->list_scroller, self->facts != NULL);
}

static guint
count_wrong (const LanyardHealthPage *self)
{
  guint n = has_scanner_fault (self) ? 1 : 0;

  for (guint i = 0; self->facts != NULL && i < self->facts->len; i++)
    n += ((const LanyardFact *)g_ptr_array_index (self->facts, i))->health == LANYARD_HEALTH_WRONG;
  return n;
}

static const char *
find_verdict (const LanyardHealthPage *self)
{
  if (self->looking != NULL)
    return N_ ("Every part of this desk is being looked at. That takes some seconds.");
  if (self->failure != NULL)
    return N_ ("This desk could not be examined.");
  return count_wrong (self) > 0 ? N_ ("Something needs your attention.")
                                : N_ ("Everything that this desk needs is there.");
}

static void
set_look (GtkWidget *widget, const char *css_class, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}

static void
show_health (LanyardHealthPage *self)
{
  const char *verdict = lanyard_screen_say (LANYARD_SCREEN (self), find_verdict (self));
  g_autofree char *whole
      = self->failure != NULL ? g_strconcat (verdict, "\n", self->failure, NULL) : NULL;

  gtk_label_set_label (self->verdict_label, whole != NULL ? whole : verdict);
  set_look (self->verdict_box, "good", self->facts != NULL && count_wrong (self) == 0);
  set_look (self->verdict_box, "bad", self->facts != NULL && count_wrong (self) > 0);
  gtk_widget_set_sensitive (self->again_button, self->looking == NULL);
  fill_list (self);
}

static void
on_examined (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardHealthPage) self = user_data;
  g_autoptr (GError) error = NULL;

  /* What somebody asked who has left is nobody's. */
  if (self->looking == NULL || g_task_get_cancellable (G_TASK (result)) != self->looking)
    return;
  g_clear_object (&self->looking);
  self->facts
      = lanyard_controls_examine_finish (lanyard_screen_get_controls (LANYARD_SCREEN (self)),
                                         result, &error);
  self->failure = error != NULL ? g_strdup (error->message) : NULL;
  show_health (self);
}

static void
forget (LanyardHealthPage *self)
{
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_pointer (&self->facts, g_ptr_array_unref);
  g_clear_pointer (&self->failure, g_free);
}

static void
look (LanyardHealthPage *self)
{
  forget (self);
  self->looking = g_cancellable_new ();
  lanyard_controls_examine_async (lanyard_screen_get_controls (LANYARD_SCREEN (self)),
                                  self->looking, on_examined, g_object_ref (self));
  show_health (self);
}

static void
on_again_clicked (GtkButton *button, LanyardHealthPage *self)
{
  look (self);
}

static void
on_back_clicked (GtkButton *button, LanyardHealthPage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), "line");
}

static void
lanyard_health_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardHealthPage *self = LANYARD_HEALTH_PAGE (screen);

  gtk_widget_set_visible (self->set_up_button, view->staff_supervisor);
  if (self->looking == NULL && self->facts == NULL && self->failure == NULL)
    look (self);
  else
    show_health (self);
}

static void
lanyard_health_page_status (LanyardScreen *screen, const LanyardDeskStatus *status)
{
  LanyardHealthPage *self = LANYARD_HEALTH_PAGE (screen);

  if (g_strcmp0 (self->scanner_fault, status->scanner_fault) == 0)
    return;
  g_free (self->scanner_fault);
  self->scanner_fault = g_strdup (status->scanner_fault);
  if (self->facts != NULL)
    show_health (self);
}

static void
lanyard_health_page_clear (LanyardScreen *screen)
{
  LanyardHealthPage *self = LANYARD_HEALTH_PAGE (screen);

  forget (self);
  fill_list (self);
}

static void
lanyard_health_page_dispose (GObject *object)
{
  forget (LANYARD_HEALTH_PAGE (object));
  g_clear_pointer (&LANYARD_HEALTH_PAGE (object)->scanner_fault, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_HEALTH_PAGE);
  G_OBJECT_CLASS (lanyard_health_page_parent_class)->dispose (object);
}

static void
lanyard_health_page_class_init (LanyardHealthPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_health_page_dispose;
  screen_class->update = lanyard_health_page_update;
  screen_class->status = lanyard_health_page_status;
  screen_class->clear = lanyard_health_page_clear;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-health-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardHealthPage, list_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardHealthPage, list_scroller);
  gtk_widget_class_bind_template_child (widget_class, LanyardHealthPage, verdict_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardHealthPage, verdict_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardHealthPage, again_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardHealthPage, set_up_button);
  gtk_widget_class_bind_template_callback (widget_class, on_again_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
}

static void
lanyard_health_page_init (LanyardHealthPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
