/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-wait-list.h"

#include "lanyard-day-phrases.h"
#include "lanyard-past-phrases.h"

#define KEY_OF_ROW "lanyard-wait"
#define MAX_ROWS 50U

struct _LanyardWaitList
{
  GtkWidget parent_instance;

  /* owned, as children */
  GtkLabel *title_label;
  GtkBox *rows_box;
  GtkLabel *more_label;

  /* state */
  char *shown; /* (nullable): what the rows say */
};

G_DEFINE_FINAL_TYPE (LanyardWaitList, lanyard_wait_list, GTK_TYPE_WIDGET)

enum
{
  TAKE,
  DONE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GtkWidget *
make_label (const char *text, const char *class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, class);
  gtk_widget_add_css_class (label, "verbatim");
  return label;
}

static void
on_take_clicked (GtkButton *button, LanyardWaitList *self)
{
  g_autofree char *number = g_strdup (g_object_get_data (G_OBJECT (button), KEY_OF_ROW));

  g_signal_emit (self, signals[TAKE], 0, number);
}

static void
on_done_clicked (GtkButton *button, LanyardWaitList *self)
{
  g_autofree char *id = g_strdup (g_object_get_data (G_OBJECT (button), KEY_OF_ROW));

  g_signal_emit (self, signals[DONE], 0, id);
}

/* Who has no name here is called by the number; of some nobody knows even that. */
static const char *
get_name (const LanyardWaitLine *line, LanyardWords *words)
{
  if (line->name != NULL)
    return line->name;
  return line->wait->number != NULL ? line->wait->number
                                    : lanyard_words_get (words, N_ ("Somebody without a code"));
}

/* Returns: (transfer full): for whom, if not for any staff, and where it began, if not here */
static char *
dup_whom (const LanyardWait *wait, LanyardWords *words)
{
  g_autofree char *number = g_strdup_printf ("%u", wait->device);
  g_autofree char *desk
      = wait->device != 0 ? lanyard_words_fill (words, N_ ("Desk %s"), number) : NULL;
  const char *supervisor = wait->supervisor ? lanyard_words_get (words, N_ ("Supervisor")) : NULL;

  if (desk == NULL && supervisor == NULL)
    return g_strdup ("");
  return g_strconcat (supervisor != NULL ? supervisor : desk,
                      supervisor != NULL && desk != NULL ? " · " : "",
                      supervisor != NULL && desk != NULL ? desk : "", ": ", NULL);
}

static char *
dup_detail (const LanyardWait *wait, LanyardWords *words)
{
  g_autofree char *time = lanyard_day_phrase_dup_time (wait->since_us);
  g_autofree char *since = lanyard_words_fill (words, "since %s", time);
  g_autofree char *whom = dup_whom (wait, words);

  return g_strdup_printf ("%s%s · %s", whom,
                          lanyard_words_get (words, lanyard_past_phrase_for_wait (wait)), since);
}

static GtkWidget *
make_ticket (const LanyardWait *wait)
{
  g_autofree char *ticket = g_strdup_printf ("%04u", wait->ticket);
  GtkWidget *label = make_label (ticket, "wait-ticket");

  gtk_label_set_wrap (GTK_LABEL (label), FALSE);
  gtk_widget_set_valign (label, GTK_ALIGN_CENTER);
  return label;
}

static GtkWidget *
make_take (LanyardWaitList *self, const LanyardWaitLine *line, LanyardWords *words)
{
  const LanyardWait *wait = line->wait;
  GtkWidget *button = gtk_button_new ();
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 16);
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *detail = dup_detail (wait, words);
  const char *name = get_name (line, words);

  gtk_widget_set_valign (column, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (column), make_label (name, "result-name"));
  gtk_box_append (GTK_BOX (column), make_label (detail, "result-detail"));
  /* a supervisor's people have no ticket: nobody gave them one */
  if (!wait->supervisor)
    gtk_box_append (GTK_BOX (row), make_ticket (wait));
  gtk_box_append (GTK_BOX (row), column);
  gtk_button_set_child (GTK_BUTTON (button), row);
  gtk_widget_add_css_class (button, "result");
  if (wait->supervisor)
    gtk_widget_add_css_class (button, "for-supervisor");
  gtk_widget_set_hexpand (button, TRUE);
  gtk_widget_set_sensitive (button, wait->number != NULL);
  g_object_set_data_full (G_OBJECT (button), KEY_OF_ROW, g_strdup (wait->number), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, detail, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (on_take_clicked), self);
  return button;
}

static GtkWidget *
make_done (LanyardWaitList *self, const LanyardWaitLine *line, LanyardWords *words)
{
  const char *text = lanyard_words_get (words, N_ ("Done"));
  g_autofree char *name = g_strdup_printf ("%s: %s", text, get_name (line, words));
  GtkWidget *button = gtk_button_new ();

  gtk_button_set_child (GTK_BUTTON (button), make_label (text, "wait-done"));
  gtk_widget_add_css_class (button, "secondary");
  g_object_set_data_full (G_OBJECT (button), KEY_OF_ROW, g_strdup (line->wait->id), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (on_done_clicked), self);
  return button;
}

static void
add_row (LanyardWaitList *self, const LanyardWaitLine *line, LanyardWords *words)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_box_append (GTK_BOX (row), make_take (self, line, words));
  gtk_box_append (GTK_BOX (row), make_done (self, line, words));
  gtk_box_append (self->rows_box, row);
}

/* Where self-service sends everybody on, all of them wait, and nobody reads so far: a list of
 * thousands would hold the desk up each time that somebody comes. */
static void
show_more (LanyardWaitList *self, guint n_more, LanyardWords *words)
{
  g_autofree char *text
      = lanyard_words_fill_n (words, "and %s more person", "and %s more people", n_more);

  gtk_label_set_label (self->more_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), n_more > 0);
}

static void
remove_rows (LanyardWaitList *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->rows_box))) != NULL)
    gtk_box_remove (self->rows_box, child);
}

/* Returns: (transfer full): what tells one list from another; who is focused stays so while it is
 * the same */
static char *
dup_key (GPtrArray *lines, LanyardWords *words)
{
  GString *key = g_string_new (lanyard_words_get_language (words));

  g_string_append_printf (key, " %u", lines->len);
  for (guint i = 0; i < MIN (lines->len, MAX_ROWS); i++)
    {
      const LanyardWaitLine *line = g_ptr_array_index (lines, i);

      g_string_append_printf (key, " %s %d", line->wait->id, line->name != NULL);
    }
  return g_string_free (key, FALSE);
}

static void
lanyard_wait_list_dispose (GObject *object)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (lanyard_wait_list_parent_class)->dispose (object);
}

static void
lanyard_wait_list_finalize (GObject *object)
{
  g_free (LANYARD_WAIT_LIST (object)->shown);
  G_OBJECT_CLASS (lanyard_wait_list_parent_class)->finalize (object);
}

static void
lanyard_wait_list_class_init (LanyardWaitListClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_wait_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = lanyard_wait_list_finalize;
  signals[TAKE] = g_signal_new ("take", LANYARD_TYPE_WAIT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  signals[DONE] = g_signal_new ("done", LANYARD_TYPE_WAIT_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BOX_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "waiting");
}

static void
lanyard_wait_list_init (LanyardWaitList *self)
{
  gtk_orientable_set_orientation (
      GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))), GTK_ORIENTATION_VERTICAL);
  self->title_label = GTK_LABEL (make_label (NULL, "past-title"));
  self->rows_box = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 8));
  gtk_widget_set_parent (GTK_WIDGET (self->title_label), GTK_WIDGET (self));
  self->more_label = GTK_LABEL (make_label (NULL, "wait-more"));
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), FALSE);
  gtk_widget_set_parent (GTK_WIDGET (self->rows_box), GTK_WIDGET (self));
  gtk_widget_set_parent (GTK_WIDGET (self->more_label), GTK_WIDGET (self));
}

guint
lanyard_wait_list_show (LanyardWaitList *self, GPtrArray *lines, LanyardWords *words)
{
  g_autofree char *key = NULL;
  g_autofree char *title = NULL;

  g_return_val_if_fail (LANYARD_IS_WAIT_LIST (self) && lines != NULL && words != NULL, 0);

  key = dup_key (lines, words);
  if (g_strcmp0 (self->shown, key) == 0)
    return lines->len;
  remove_rows (self);
  g_free (self->shown);
  self->shown = g_steal_pointer (&key);
  title = lanyard_words_fill_n (words, "%s person waits for staff", "%s people wait for staff",
                                lines->len);
  gtk_label_set_label (self->title_label, lines->len > 0 ? title : "");
  for (guint i = 0; i < MIN (lines->len, MAX_ROWS); i++)
    add_row (self, g_ptr_array_index (lines, i), words);
  show_more (self, lines->len - MIN (lines->len, MAX_ROWS), words);
  return lines->len;
}

void
lanyard_wait_list_clear (LanyardWaitList *self)
{
  g_return_if_fail (LANYARD_IS_WAIT_LIST (self));

  remove_rows (self);
  g_clear_pointer (&self->shown, g_free);
  gtk_label_set_label (self->title_label, "");
  gtk_widget_set_visible (GTK_WIDGET (self->more_label), FALSE);
}
