/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-line-page.h"

#include "lanyard-phrases.h"

struct _LanyardLinePage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkGrid *table;
  GtkWidget *verdict_box;
  GtkLabel *verdict_label;
  GtkLabel *problem_label;
  GtkWidget *asides_button;

  /* state */
  LanyardLinkStatus link; /* owned content */
  guint64 n_people;
  gboolean is_known;      /* a status has come */
  gboolean is_supervisor; /* who is signed in */
};

G_DEFINE_FINAL_TYPE (LanyardLinePage, lanyard_line_page, LANYARD_TYPE_SCREEN)

/* One row of the table: what it is called, and its value, or NULL to leave it out. */
typedef struct
{
  const char *name;
  char *(*dup_value) (LanyardLinePage *self);
  const char *css_class; /* (nullable) */
} Row;

static char *
dup_number (LanyardLinePage *self, guint64 number)
{
  return lanyard_words_dup_number (lanyard_screen_get_words (LANYARD_SCREEN (self)), number);
}

static char *
dup_pending (LanyardLinePage *self)
{
  return dup_number (self, self->link.pending);
}

static char *
when (LanyardLinePage *self, gint64 at_us)
{
  return lanyard_phrase_dup_when (lanyard_screen_get_words (LANYARD_SCREEN (self)), at_us);
}

static char *
dup_oldest (LanyardLinePage *self)
{
  return when (self, self->link.oldest_pending_us);
}

static char *
dup_next (LanyardLinePage *self)
{
  return when (self, self->link.pending > 0 ? self->link.next_try_us : 0);
}

static char *
dup_success (LanyardLinePage *self)
{
  return when (self, self->link.last_success_us);
}

static char *
dup_people (LanyardLinePage *self)
{
  return dup_number (self, self->n_people);
}

static char *
dup_negative (LanyardLinePage *self)
{
  return when (self, self->link.negative_list_issued_s * G_USEC_PER_SEC);
}

static char *
dup_unless_none (LanyardLinePage *self, guint n)
{
  return n > 0 ? dup_number (self, n) : NULL;
}

static char *
dup_alerts (LanyardLinePage *self)
{
  return dup_unless_none (self, self->link.open_alerts);
}

static char *
dup_set_aside (LanyardLinePage *self)
{
  return dup_unless_none (self, self->link.set_aside);
}

static char *
dup_edition (LanyardLinePage *self)
{
  /* A name, not a quantity. */
  return self->link.pack_waiting > 0 ? g_strdup_printf ("%u", self->link.pack_waiting) : NULL;
}

static const Row ROWS[] = {
  { N_ ("To be sent"), dup_pending, NULL },
  { N_ ("The oldest is from"), dup_oldest, NULL },
  { N_ ("Next try"), dup_next, "sum" },
  { N_ ("The hub answered last"), dup_success, NULL },
  { N_ ("People known here"), dup_people, NULL },
  { N_ ("List of void badges"), dup_negative, NULL },
  { N_ ("Alerts to look at"), dup_alerts, NULL },
  { N_ ("Not understood, kept aside"), dup_set_aside, NULL },
  { N_ ("Edition of the pack that waits"), dup_edition, NULL },
};

static GtkWidget *
new_cell (const char *text, gboolean is_value, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), is_value ? 1 : 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_set_hexpand (label, !is_value);
  gtk_widget_add_css_class (label, is_value ? "number" : "row-name");
  gtk_widget_add_css_class (label, "verbatim");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static void
fill_table (LanyardLinePage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->table))) != NULL)
    gtk_grid_remove (self->table, child);
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    {
      g_autofree char *value = self->is_known ? ROWS[i].dup_value (self) : g_strdup ("–");
      const char *name;

      if (value == NULL)
        continue;
      name = lanyard_screen_say (LANYARD_SCREEN (self), ROWS[i].name);
      gtk_grid_attach (self->table, new_cell (name, FALSE, ROWS[i].css_class), 0, (int)i, 1, 1);
      gtk_grid_attach (self->table, new_cell (value, TRUE, ROWS[i].css_class), 1, (int)i, 1, 1);
    }
}

static void
show_link (LanyardLinePage *self)
{
  const char *verdict = lanyard_phrase_for_wait (self->link.wait, self->link.online);

  fill_table (self);
  gtk_label_set_label (self->verdict_label, lanyard_screen_say (LANYARD_SCREEN (self), verdict));
  if (self->link.online && self->link.wait <= LANYARD_LINK_WAIT_TURN)
    gtk_widget_add_css_class (self->verdict_box, "good");
  else
    gtk_widget_remove_css_class (self->verdict_box, "good");
  gtk_label_set_label (self->problem_label, self->link.problem != NULL ? self->link.problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem_label), self->link.problem != NULL);
  gtk_widget_set_visible (self->asides_button, self->is_supervisor && self->link.set_aside > 0);
}

static void
on_back_clicked (GtkButton *button, LanyardLinePage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), NULL);
}

static void
on_asides_clicked (GtkButton *button, LanyardLinePage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), "asides");
}

static void
on_health_clicked (GtkButton *button, LanyardLinePage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), "health");
}

static void
lanyard_line_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardLinePage *self = LANYARD_LINE_PAGE (screen);

  self->is_supervisor = view->staff_supervisor;
  show_link (self);
}

/* Counts and times are nobody's. */
static void
lanyard_line_page_clear (LanyardScreen *screen)
{
}

static void
lanyard_line_page_status (LanyardScreen *screen, const LanyardDeskStatus *status)
{
  LanyardLinePage *self = LANYARD_LINE_PAGE (screen);

  lanyard_link_status_clear (&self->link);
  lanyard_link_status_copy_into (&self->link, &status->link);
  self->n_people = status->directory_size;
  self->is_known = TRUE;
  show_link (self);
}

static void
lanyard_line_page_dispose (GObject *object)
{
  lanyard_link_status_clear (&LANYARD_LINE_PAGE (object)->link);
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_LINE_PAGE);
  G_OBJECT_CLASS (lanyard_line_page_parent_class)->dispose (object);
}

static void
lanyard_line_page_class_init (LanyardLinePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_line_page_dispose;
  screen_class->update = lanyard_line_page_update;
  screen_class->clear = lanyard_line_page_clear;
  screen_class->status = lanyard_line_page_status;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-line-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardLinePage, table);
  gtk_widget_class_bind_template_child (widget_class, LanyardLinePage, verdict_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardLinePage, verdict_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardLinePage, problem_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardLinePage, asides_button);
  gtk_widget_class_bind_template_callback (widget_class, on_asides_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_health_clicked);
}

static void
lanyard_line_page_init (LanyardLinePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
