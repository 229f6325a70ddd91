/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-day-figures.h"

#include <string.h>

#include "lanyard-bar.h"
#include "lanyard-day-phrases.h"

#define HOUR_US (60 * 60 * G_GINT64_CONSTANT (1000000))
#define SPACING 28
#define COLUMN_SPACING 20
#define ROW_SPACING 8

struct _LanyardDayFigures
{
  GtkWidget parent_instance;

  /* owned */
  GtkWidget *box;
  LanyardDayTally shown; /* what the rows say */
  char *language;        /* (nullable): and in which words */
};

G_DEFINE_FINAL_TYPE (LanyardDayFigures, lanyard_day_figures, GTK_TYPE_WIDGET)

/* A table while it is filled. */
typedef struct
{
  GtkGrid *grid;       /* borrowed */
  LanyardWords *words; /* borrowed */
  int line;
  guint most; /* what the longest bar stands for */
} Table;

static GtkWidget *
new_label (const char *text, const char *look, float x_align)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), x_align);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, "verbatim");
  if (look != NULL)
    gtk_widget_add_css_class (label, look);
  return label;
}

static void
add_head (Table *table, LanyardWords *words, const char *what)
{
  gtk_grid_attach (table->grid, new_label (lanyard_words_get (words, what), "figure-head", 0), 0, 0,
                   1, 1);
  gtk_grid_attach (table->grid,
                   new_label (lanyard_words_get (words, N_ ("Handed out")), "figure-head", 1), 2, 0,
                   1, 1);
  gtk_grid_attach (table->grid,
                   new_label (lanyard_words_get (words, N_ ("Begun")), "figure-head", 1), 3, 0, 1,
                   1);
  table->line = 1;
}

static void
add_row (Table *table, const char *name, const LanyardDayCount *count)
{
  g_autofree char *collected = lanyard_words_dup_number (table->words, count->collected);
  g_autofree char *begun = lanyard_words_dup_number (table->words, count->begun);
  GtkWidget *bar = lanyard_bar_new ((double)count->collected / table->most,
                                    (double)MAX (count->begun, count->collected) / table->most);

  gtk_widget_set_hexpand (bar, TRUE);
  gtk_widget_set_valign (bar, GTK_ALIGN_CENTER);
  gtk_grid_attach (table->grid, new_label (name, NULL, 0), 0, table->line, 1, 1);
  gtk_grid_attach (table->grid, bar, 1, table->line, 1, 1);
  gtk_grid_attach (table->grid, new_label (collected, "figure", 1), 2, table->line, 1, 1);
  gtk_grid_attach (table->grid, new_label (begun, "figure-soft", 1), 3, table->line, 1, 1);
  table->line++;
}

static void
begin_table (LanyardDayFigures *self, Table *table, LanyardWords *words, const char *title)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, ROW_SPACING);
  GtkWidget *heading
      = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_HEADING, "label",
                      lanyard_words_get (words, title), "xalign", 0.0, "wrap", TRUE, NULL);

  table->words = words;
  table->grid = GTK_GRID (gtk_grid_new ());
  gtk_grid_set_column_spacing (table->grid, COLUMN_SPACING);
  gtk_grid_set_row_spacing (table->grid, ROW_SPACING);
  gtk_accessible_update_property (GTK_ACCESSIBLE (table->grid), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  lanyard_words_get (words, title), -1);
  gtk_widget_add_css_class (heading, "verbatim");
  gtk_widget_add_css_class (heading, "section");
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "figures");
  gtk_box_append (GTK_BOX (card), heading);
  gtk_box_append (GTK_BOX (card), GTK_WIDGET (table->grid));
  gtk_box_append (GTK_BOX (self->box), card);
}

static void
show_hours (LanyardDayFigures *self, const LanyardDayPart *part, LanyardWords *words)
{
  const LanyardDayTally *tally = &part->tally;
  Table table = { .most = 1 };
  guint first = 0;

  while (first < tally->n_hours && tally->hours[first].begun + tally->hours[first].collected == 0)
    first++;
  begin_table (self, &table, words, N_ ("By hour"));
  add_head (&table, words, N_ ("Hour"));
  for (guint i = first; i < tally->n_hours; i++)
    table.most = MAX (table.most, MAX (tally->hours[i].begun, tally->hours[i].collected));
  for (guint i = first; i < tally->n_hours; i++)
    {
      g_autofree char *hour = lanyard_day_phrase_dup_time (part->began_us + i * HOUR_US);

      add_row (&table, hour, &tally->hours[i]);
    }
}

static void
show_categories (LanyardDayFigures *self,
                 const LanyardDayPart *part,
                 LanyardPack *pack,
                 LanyardWords *words)
{
  Table table = { .most = 1 };

  begin_table (self, &table, words, N_ ("By category"));
  add_head (&table, words, N_ ("Category"));
  for (guint i = 0; i < part->tally.n_categories; i++)
    table.most = MAX (table.most, part->tally.categories[i].count.begun);
  for (guint i = 0; i < part->tally.n_categories; i++)
    {
      const LanyardDayCategory *category = &part->tally.categories[i];
      const char *name = category->code == NULL ? lanyard_words_get (words, N_ ("Not known"))
                         : pack != NULL
                             ? lanyard_pack_get_label (pack, LANYARD_CODES_CATEGORY, category->code,
                                                       lanyard_words_get_language (words))
                             : category->code;

      add_row (&table, name, &category->count);
    }
}

static void
remove_all (LanyardDayFigures *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (self->box)) != NULL)
    gtk_box_remove (GTK_BOX (self->box), child);
}

static void
lanyard_day_figures_dispose (GObject *object)
{
  LanyardDayFigures *self = LANYARD_DAY_FIGURES (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->language, g_free);
  G_OBJECT_CLASS (lanyard_day_figures_parent_class)->dispose (object);
}

static void
lanyard_day_figures_class_init (LanyardDayFiguresClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanyard_day_figures_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
}

static void
lanyard_day_figures_init (LanyardDayFigures *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, SPACING);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

void
lanyard_day_figures_show (LanyardDayFigures *self,
                          const LanyardDayPart *part,
                          LanyardPack *pack,
                          LanyardWords *words)
{
  const char *language;

  g_return_if_fail (LANYARD_IS_DAY_FIGURES (self) && words != NULL);

  language = lanyard_words_get_language (words);
  if (part != NULL && g_strcmp0 (self->language, language) == 0
      && memcmp (&self->shown, &part->tally, sizeof self->shown) == 0)
    return;
  remove_all (self);
  g_clear_pointer (&self->language, g_free);
  if (part == NULL)
    return;
  self->language = g_strdup (language);
  self->shown = part->tally;
  show_hours (self, part, words);
  show_categories (self, part, pack, words);
}
