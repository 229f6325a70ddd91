/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-past-list.h"

#include "lanyard-past-phrases.h"

/* Lines and notes that are shown before somebody asks for the others. */
#define FEW_LINES 4
#define FEW_NOTES 2

struct _LanyardPastList
{
  GtkWidget parent_instance;

  /* owned, as children */
  GtkBox *notes_box;
  GtkLabel *title_label;
  GtkBox *lines_box;
  GtkWidget *more_button;
  GtkLabel *more_label;
  GtkLabel *hint_label;

  /* state */
  char *number;    /* (nullable): whose past it is */
  gboolean opened; /* all lines are shown, until there is somebody else */
};

G_DEFINE_FINAL_TYPE (LanyardPastList, lanyard_past_list, GTK_TYPE_WIDGET)

static GtkLabel *
make_label (const char *text, const char *class)
{
  GtkLabel *label = GTK_LABEL (gtk_label_new (text));

  gtk_label_set_wrap (label, TRUE);
  gtk_label_set_wrap_mode (label, PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (label, 0);
  gtk_widget_add_css_class (GTK_WIDGET (label), class);
  gtk_widget_add_css_class (GTK_WIDGET (label), "verbatim");
  return label;
}

static void
empty (GtkBox *box)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (box))) != NULL)
    gtk_box_remove (box, child);
}

/* What is written stands in the direction of its own script. */
static GtkWidget *
make_note (const LanyardPastLine *line, LanyardWords *words, gint64 now_us)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *when = lanyard_past_phrase_dup_when (words, line->at_us, now_us);
  g_autofree char *detail = lanyard_past_phrase_dup_detail (line, NULL, words);
  g_autofree char *head = g_strdup_printf ("%s · %s%s%s", lanyard_words_get (words, N_ ("Note")),
                                           when, *detail != '\0' ? " · " : "", detail);
  const char *text = line->text != NULL
                         ? line->text
                         : lanyard_words_get (words, N_ ("This note cannot be read at this desk."));

  gtk_widget_add_css_class (box, "past-note");
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (make_label (head, "past-detail")));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (make_label (text, "past-text")));
  return box;
}

static GtkWidget *
make_line (const LanyardPastLine *line, LanyardPack *pack, LanyardWords *words, gint64 now_us)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *when = lanyard_past_phrase_dup_when (words, line->at_us, now_us);
  g_autofree char *detail = lanyard_past_phrase_dup_detail (line, pack, words);
  g_autofree char *below = g_strdup_printf ("%s%s%s", when, *detail != '\0' ? " · " : "", detail);
  const char *look;
  const char *text = lanyard_words_get (words, lanyard_past_phrase_for_kind (line->kind, &look));
  GtkLabel *what = make_label (text, "past-what");

  gtk_widget_add_css_class (GTK_WIDGET (what), look);
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (what));
  gtk_box_append (GTK_BOX (row), GTK_WIDGET (make_label (below, "past-detail")));
  gtk_widget_add_css_class (row, "past-line");
  return row;
}

/* The first few of each; the others are there and wait for the button. */
static guint
fold (GtkBox *box, guint few, gboolean opened)
{
  guint n = 0, hidden = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (box)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gboolean shown = opened || n++ < few;

      gtk_widget_set_visible (child, shown);
      hidden += !shown;
    }
  return hidden;
}

static void
refold (LanyardPastList *self)
{
  guint hidden = fold (self->lines_box, FEW_LINES, self->opened);

  hidden += fold (self->notes_box, FEW_NOTES, self->opened);
  gtk_widget_set_visible (self->more_button, hidden > 0);
}

static void
on_more_clicked (GtkButton *button, LanyardPastList *self)
{
  self->opened = TRUE;
  refold (self);
}

static void
show_hint (LanyardPastList *self, const LanyardPersonPast *past, LanyardWords *words)
{
  const char *text = NULL;

  if (!past->complete)
    text = N_ ("Earlier visits are still being looked up.");
  else if (past->more)
    text = N_ ("There was more before that.");
  else if (past->lines->len == 0)
    text = N_ ("This person has not been at this desk yet.");
  gtk_label_set_label (self->hint_label, text != NULL ? lanyard_words_get (words, text) : "");
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), text != NULL);
}

static void
lanyard_past_list_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (lanyard_past_list_parent_class)->dispose (object);
}

static void
lanyard_past_list_finalize (GObject *object)
{
  g_free (LANYARD_PAST_LIST (object)->number);
  G_OBJECT_CLASS (lanyard_past_list_parent_class)->finalize (object);
}

static void
lanyard_past_list_class_init (LanyardPastListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_past_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = lanyard_past_list_finalize;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "past");
}

static void
lanyard_past_list_init (LanyardPastList *self)
{
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  self->notes_box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));
  self->title_label = make_label (NULL, "past-title");
  self->lines_box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  self->hint_label = make_label (NULL, "past-detail");
  self->more_label = make_label (NULL, "past-more");
  gtk_label_set_xalign (self->more_label, 0.5);
  self->more_button = gtk_button_new ();
  gtk_button_set_child (GTK_BUTTON (self->more_button), GTK_WIDGET (self->more_label));
  gtk_widget_add_css_class (self->more_button, "secondary");
  gtk_widget_set_halign (self->more_button, GTK_ALIGN_START);
  g_signal_connect (self->more_button, "clicked", G_CALLBACK (on_more_clicked), self);
  gtk_widget_set_parent (GTK_WIDGET (self->notes_box), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->title_label), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->lines_box), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->hint_label), GTK_WIDGET (self));
  gtk_widget_set_parent (self->more_button, GTK_WIDGET (self));
  lanyard_past_list_clear (self);
}

void
lanyard_past_list_show (LanyardPastList *self,
                        const LanyardPersonPast *past,
                        LanyardPack *pack,
                        LanyardWords *words)
{
  const char *more;

  g_return_if_fail (LANYARD_IS_PAST_LIST (self) && past != NULL && words != NULL);

  if (g_strcmp0 (self->number, past->number) != 0)
    lanyard_past_list_clear (self);
  g_free (self->number);
  self->number = g_strdup (past->number);
  empty (self->notes_box);
  empty (self->lines_box);
  for (guint i = 0; i < past->lines->len; i++)
    {
      const LanyardPastLine *line = g_ptr_array_index (past->lines, i);

      if (line->kind == LANYARD_PAST_NOTE)
        gtk_box_append (self->notes_box, make_note (line, words, past->now_us));
      else
        gtk_box_append (self->lines_box, make_line (line, pack, words, past->now_us));
    }
  gtk_label_set_label (self->title_label, lanyard_words_get (words, N_ ("What happened so far")));
  more = lanyard_words_get (words, N_ ("Show all of it"));
  gtk_label_set_label (self->more_label, more);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->more_button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  more, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->notes_box),
                          gtk_widget_get_first_child (GTK_WIDGET (self->notes_box)) != NULL);
  show_hint (self, past, words);
  refold (self);
  gtk_widget_set_visible (GTK_WIDGET (self), TRUE);
}

void
lanyard_past_list_clear (LanyardPastList *self)
{
  g_return_if_fail (LANYARD_IS_PAST_LIST (self));

  g_clear_pointer (&self->number, g_free);
  self->opened = FALSE;
  empty (self->notes_box);
  empty (self->lines_box);
  gtk_label_set_label (self->title_label, "");
  gtk_label_set_label (self->hint_label, "");
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}
