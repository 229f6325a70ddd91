/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The last step: what was left out, what the doctor says, and the start. */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-examination.h"
#include "lanyard-setup-pages.h"
#include "lanyard-spoken.h"

#define SKIPPED_COLUMNS 2
#define SPACING 12

struct _LanyardSetupLastPage
{
  LanyardSetupPage parent_instance;

  /* borrowed */
  GtkLabel *verdict;
  GtkLabel *skipped_label;
  GtkGrid *skipped;
  GtkBox *facts_box;

  /* owned */
  GCancellable *looking; /* (nullable): while the doctor looks */
  GPtrArray *facts;      /* (nullable) (element-type LanyardFact) */
};

G_DEFINE_FINAL_TYPE (LanyardSetupLastPage, lanyard_setup_last_page, LANYARD_TYPE_SETUP_PAGE)

static void
empty (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

static void
on_step_clicked (GtkButton *button, LanyardSetupLastPage *self)
{
  int step = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "step"));

  lanyard_setup_go (lanyard_setup_page_get_setup (LANYARD_SETUP_PAGE (self)),
                    (LanyardSetupStep)step);
}

static const char *
get_name (LanyardSetupLastPage *self, int step)
{
  g_autoptr (GTypeClass) klass = g_type_class_ref (lanyard_setup_pages[step]());

  return lanyard_setup_page_say (LANYARD_SETUP_PAGE (self), ((LanyardSetupPageClass *)klass)->name);
}

static void
show_skipped (LanyardSetupLastPage *self)
{
  const LanyardSetupSteps *steps
      = lanyard_setup_get_steps (lanyard_setup_page_get_setup (LANYARD_SETUP_PAGE (self)));
  GtkWidget *child;
  guint n = 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->skipped))) != NULL)
    gtk_grid_remove (self->skipped, child);
  for (int i = 0; i < LANYARD_SETUP_LAST; i++)
    {
      GtkWidget *button;

      if (steps->states[i] == LANYARD_SETUP_DONE)
        continue;
      button = lanyard_setup_button (NULL, "secondary", G_CALLBACK (on_step_clicked), self);
      gtk_label_set_label (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button))),
                           get_name (self, i));
      lanyard_spoken_set_name (button, get_name (self, i));
      g_object_set_data (G_OBJECT (button), "step", GINT_TO_POINTER (i));
      gtk_grid_attach (self->skipped, button, (int)(n % SKIPPED_COLUMNS),
                       (int)(n / SKIPPED_COLUMNS), 1, 1);
      n++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->skipped_label), n > 0);
}

static guint
show_facts (LanyardSetupLastPage *self)
{
  guint n = 0;

  empty (self->facts_box);
  for (guint i = 0; self->facts != NULL && i < self->facts->len; i++)
    {
      const LanyardFact *fact = g_ptr_array_index (self->facts, i);
      GtkWidget *part, *words;

      if (fact->health != LANYARD_HEALTH_WRONG)
        continue;
      part = lanyard_setup_label (NULL, "row-name");
      words = lanyard_setup_label (NULL, "setup-detail");
      gtk_label_set_label (GTK_LABEL (part), fact->part);
      gtk_label_set_label (GTK_LABEL (words), fact->words);
      gtk_box_append (self->facts_box, part);
      gtk_box_append (self->facts_box, words);
      n++;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->facts_box), n > 0);
  return n;
}

static void
lanyard_setup_last_page_update (LanyardSetupPage *page)
{
  LanyardSetupLastPage *self = LANYARD_SETUP_LAST_PAGE (page);
  gboolean whole = lanyard_setup_is_whole (lanyard_setup_page_get_setup (page), NULL);
  guint n_wrong = show_facts (self);
  const char *words = N_ ("Everything that this desk needs is there.");

  show_skipped (self);
  if (!whole)
    words = N_ ("This desk cannot start yet: it needs the hub and a printer.");
  else if (self->looking != NULL)
    words = N_ ("Every part of this desk is being looked at. That takes some seconds.");
  else if (n_wrong > 0)
    words = N_ ("This desk can start, but something needs your attention.");
  lanyard_setup_tell (self->verdict, lanyard_setup_page_say (page, words),
                      !whole || n_wrong > 0   ? "bad"
                      : self->looking != NULL ? ""
                                              : "good");
  if (lanyard_setup_page_is_ready (page) != whole)
    lanyard_setup_page_set_ready (page, whole);
}

static void
on_examined (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardSetupLastPage) self = user_data;
  GPtrArray *facts = lanyard_examine_finish (result, NULL);

  if (self->looking == NULL || g_task_get_cancellable (G_TASK (result)) != self->looking)
    {
      g_clear_pointer (&facts, g_ptr_array_unref);
      return;
    }
  g_clear_object (&self->looking);
  self->facts = facts;
  lanyard_setup_page_update (LANYARD_SETUP_PAGE (self));
}

static void
forget (LanyardSetupLastPage *self)
{
  g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_pointer (&self->facts, g_ptr_array_unref);
}

static void
lanyard_setup_last_page_enter (LanyardSetupPage *page)
{
  LanyardSetupLastPage *self = LANYARD_SETUP_LAST_PAGE (page);
  LanyardSetup *setup = lanyard_setup_page_get_setup (page);

  forget (self);
  if (!lanyard_setup_is_whole (setup, NULL))
    return;
  self->looking = g_cancellable_new ();
  lanyard_examine_async (NULL, lanyard_setup_file_get_path (lanyard_setup_get_file (setup)),
                         self->looking, on_examined, g_object_ref (self));
}

static void
lanyard_setup_last_page_leave (LanyardSetupPage *page)
{
  forget (LANYARD_SETUP_LAST_PAGE (page));
}

static void
lanyard_setup_last_page_dispose (GObject *object)
{
  G_OBJECT_CLASS (lanyard_setup_last_page_parent_class)->dispose (object);
  forget (LANYARD_SETUP_LAST_PAGE (object));
}

static void
lanyard_setup_last_page_class_init (LanyardSetupLastPageClass *klass)
{
  LanyardSetupPageClass *page_class = LANYARD_SETUP_PAGE_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_setup_last_page_dispose;
  page_class->name = N_ ("Start");
  page_class->title = N_ ("Ready?");
  page_class->intro = N_ ("What was left out can be done now, or later in lanyard.conf.");
  page_class->enter = lanyard_setup_last_page_enter;
  page_class->leave = lanyard_setup_last_page_leave;
  page_class->update = lanyard_setup_last_page_update;
}

static void
lanyard_setup_last_page_init (LanyardSetupLastPage *self)
{
  GtkWidget *column
      = lanyard_setup_column (lanyard_setup_page_get_columns (LANYARD_SETUP_PAGE (self)));

  gtk_box_append (GTK_BOX (column), lanyard_setup_verdict (&self->verdict));
  self->facts_box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING / 2));
  gtk_widget_add_css_class (GTK_WIDGET (self->facts_box), "card");
  gtk_widget_set_visible (GTK_WIDGET (self->facts_box), FALSE);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->facts_box));
  self->skipped_label = GTK_LABEL (lanyard_setup_label (N_ ("Left out:"), "body-strong"));
  self->skipped = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_row_spacing (self->skipped, SPACING);
  gtk_grid_set_column_spacing (self->skipped, SPACING);
  gtk_grid_set_column_homogeneous (self->skipped, TRUE);
  gtk_widget_set_halign (GTK_WIDGET (self->skipped), GTK_ALIGN_START);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->skipped_label));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->skipped));
}
