/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-asides-page.h"

#include "lanyard-aside.h"

#define ROW_SPACING 2

struct _LanyardAsidesPage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkBox *list_box;
  GtkWidget *list_scroller;
  GtkWidget *verdict_box;
  GtkLabel *verdict_label;

  /* owned */
  GCancellable *asking; /* (nullable): while the desk looks */
  GPtrArray *asides;    /* (nullable) (element-type LanyardAside): what it said */
  char *failure;        /* (nullable): why it said nothing */

  guint n_aside; /* as the desk counts them */
};

G_DEFINE_FINAL_TYPE (LanyardAsidesPage, lanyard_asides_page, LANYARD_TYPE_SCREEN)

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

/* Returns: (transfer full): the name and number of whom it is about */
static char *
dup_person (LanyardAsidesPage *self, const LanyardAside *aside)
{
  const char *unknown = N_ ("Nobody whom this desk knows");

  if (aside->number == NULL)
    return g_strdup (lanyard_screen_say (LANYARD_SCREEN (self), unknown));
  if (aside->name == NULL)
    return g_strdup (aside->number);
  return g_strconcat (aside->name, "\n", aside->number, NULL);
}

/* Returns: (transfer full): its place in the feed */
static char *
dup_change (LanyardAsidesPage *self, const LanyardAside *aside)
{
  LanyardWords *words = lanyard_screen_get_words (LANYARD_SCREEN (self));
  g_autofree char *place = lanyard_words_dup_number (words, aside->gseq);

  /* Translators: %s: a number, the place of a change in the order in which the hub sent them */
  return lanyard_words_fill (words, N_ ("Change %s of the hub"), place);
}

static void
add_aside (LanyardAsidesPage *self, GtkGrid *grid, int row, const LanyardAside *aside)
{
  const char *word = aside->over ? N_ ("Over") : N_ ("To know");
  GtkWidget *state = new_label (lanyard_screen_say (LANYARD_SCREEN (self), word), "health-state");
  GtkWidget *text = gtk_box_new (GTK_ORIENTATION_VERTICAL, ROW_SPACING);
  g_autofree char *person = dup_person (self, aside), *change = dup_change (self, aside);

  gtk_widget_add_css_class (state, aside->over ? "good" : "note");
  gtk_box_append (GTK_BOX (text), new_label (person, "row-name"));
  gtk_box_append (GTK_BOX (text), new_label (change, "caption"));
  /* the program's own words, which may be written the other way */
  if (aside->why != NULL)
    gtk_box_append (GTK_BOX (text), new_label (aside->why, "caption"));
  gtk_widget_set_hexpand (text, TRUE);
  gtk_grid_attach (grid, state, 0, row, 1, 1);
  gtk_grid_attach (grid, text, 1, row, 1, 1);
}

static void
fill_list (LanyardAsidesPage *self)
{
  GtkWidget *grid = gtk_grid_new (), *child;
  guint n = self->asides != NULL ? self->asides->len : 0;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list_box))) != NULL)
    gtk_box_remove (self->list_box, child);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 24);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 14);
  for (guint i = 0; i < n; i++)
    add_aside (self, GTK_GRID (grid), (int)i, g_ptr_array_index (self->asides, i));
  gtk_box_append (self->list_box, grid);
  gtk_widget_set_visible (self->list_scroller, n > 0);
}

static const char *
find_verdict (const LanyardAsidesPage *self)
{
  if (self->failure != NULL)
    return N_ ("What was kept aside could not be read.");
  if (self->asides == NULL)
    return N_ ("What was kept aside is being read.");
  if (self->asides->len == 0)
    return N_ ("Everything that came from the hub was understood.");
  return N_ ("This program does not understand these changes from the hub. Whoever they are about "
             "gets no badge here and is sent to staff: a desk with a newer program, or the hub, "
             "can help. A newer program here reads them again by itself.");
}

static void
show_asides (LanyardAsidesPage *self)
{
  const char *verdict = lanyard_screen_say (LANYARD_SCREEN (self), find_verdict (self));
  g_autofree char *whole
      = self->failure != NULL ? g_strconcat (verdict, "\n", self->failure, NULL) : NULL;

  gtk_label_set_label (self->verdict_label, whole != NULL ? whole : verdict);
  if (self->asides != NULL && self->asides->len == 0)
    gtk_widget_add_css_class (self->verdict_box, "good");
  else
    gtk_widget_remove_css_class (self->verdict_box, "good");
  fill_list (self);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardAsidesPage) self = user_data;
  LanyardControls *controls = lanyard_screen_get_controls (LANYARD_SCREEN (self));
  g_autoptr (GError) error = NULL;
  GPtrArray *asides = lanyard_controls_list_asides_finish (controls, result, &error);

  /* What somebody asked who has left is nobody's. */
  if (self->asking == NULL || g_task_get_cancellable (G_TASK (result)) != self->asking)
    {
      g_clear_pointer (&asides, g_ptr_array_unref);
      return;
    }
  g_clear_object (&self->asking);
  self->asides = asides;
  self->failure = error != NULL ? g_strdup (error->message) : NULL;
  show_asides (self);
}

static void
forget (LanyardAsidesPage *self)
{
  g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_pointer (&self->asides, g_ptr_array_unref);
  g_clear_pointer (&self->failure, g_free);
}

static void
ask (LanyardAsidesPage *self)
{
  forget (self);
  self->asking = g_cancellable_new ();
  lanyard_controls_list_asides_async (lanyard_screen_get_controls (LANYARD_SCREEN (self)),
                                      self->asking, on_listed, g_object_ref (self));
  show_asides (self);
}

static void
on_back_clicked (GtkButton *button, LanyardAsidesPage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), "line");
}

static void
lanyard_asides_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardAsidesPage *self = LANYARD_ASIDES_PAGE (screen);

  if (self->asking == NULL && self->asides == NULL && self->failure == NULL)
    ask (self);
  else
    show_asides (self);
}

/* While somebody looks, more may come, or some may have been understood. */
static void
lanyard_asides_page_status (LanyardScreen *screen, const LanyardDeskStatus *status)
{
  LanyardAsidesPage *self = LANYARD_ASIDES_PAGE (screen);
  gboolean changed = self->n_aside != status->link.set_aside;

  self->n_aside = status->link.set_aside;
  if (changed && self->asides != NULL)
    ask (self);
}

static void
lanyard_asides_page_clear (LanyardScreen *screen)
{
  LanyardAsidesPage *self = LANYARD_ASIDES_PAGE (screen);

  forget (self);
  fill_list (self);
}

static void
lanyard_asides_page_dispose (GObject *object)
{
  forget (LANYARD_ASIDES_PAGE (object));
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_ASIDES_PAGE);
  G_OBJECT_CLASS (lanyard_asides_page_parent_class)->dispose (object);
}

static void
lanyard_asides_page_class_init (LanyardAsidesPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_asides_page_dispose;
  screen_class->update = lanyard_asides_page_update;
  screen_class->status = lanyard_asides_page_status;
  screen_class->clear = lanyard_asides_page_clear;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-asides-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardAsidesPage, list_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardAsidesPage, list_scroller);
  gtk_widget_class_bind_template_child (widget_class, LanyardAsidesPage, verdict_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardAsidesPage, verdict_label);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
}

static void
lanyard_asides_page_init (LanyardAsidesPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
