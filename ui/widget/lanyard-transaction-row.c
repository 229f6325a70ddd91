/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-transaction-row.h"

#include "lanyard-day-phrases.h"

#define SEPARATOR " · "
/* A number is of no language, and would turn the line. */
#define ISOLATED "\u2068%s\u2069"

struct _LanyardTransactionRow
{
  GtkWidget parent_instance;

  /* template children */
  GtkLabel *time_label;
  GtkLabel *name_label;
  GtkLabel *detail_label;
  GtkLabel *state_label;
  GtkLabel *print_label;
};

G_DEFINE_FINAL_TYPE (LanyardTransactionRow, lanyard_transaction_row, GTK_TYPE_WIDGET)

static const char *const LOOKS[] = { "good", "warn", "bad", "quiet" };

static void
set_look (LanyardTransactionRow *self, const char *look)
{
  for (guint i = 0; i < G_N_ELEMENTS (LOOKS); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->state_label), LOOKS[i]);
  if (look != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->state_label), look);
}

static void
add_part (GString *text, const char *format, const char *part)
{
  g_autofree char *isolated = NULL;
  g_auto (GStrv) around = g_strsplit (format, "%s", 2);

  if (part == NULL || *part == '\0')
    return;
  isolated = g_strconcat (around[0], part, around[1], NULL);
  g_string_append_printf (text, "%s%s", text->len > 0 ? SEPARATOR : "", isolated);
}

/* Who has no name here is called by the number, which then is not said twice. */
static char *
dup_detail (const LanyardDayLine *line, LanyardWords *words)
{
  const LanyardDayRow *row = line->row;
  GString *text = g_string_new (NULL);

  add_part (text, "%s", lanyard_words_get (words, lanyard_day_phrase_for_kind (row->kind)));
  if (line->name != NULL)
    add_part (text, ISOLATED, row->number);
  if (row->staff != NULL)
    {
      g_autofree char *staff = lanyard_words_fill (words, "staff %s", row->staff);

      add_part (text, ISOLATED, staff);
    }
  if (line->disputed)
    add_part (text, "%s", lanyard_words_get (words, N_ ("has several badges")));
  return g_string_free (text, FALSE);
}

static char *
dup_print (const LanyardDayLine *line, LanyardWords *words)
{
  const char *print = lanyard_day_phrase_for_print (line->row);
  GString *text = g_string_new (NULL);

  if (print != NULL)
    add_part (text, "%s", lanyard_words_get (words, print));
  add_part (text, "%s", lanyard_words_get (words, line->waits ? N_ ("not sent yet") : N_ ("sent")));
  return g_string_free (text, FALSE);
}

static void
lanyard_transaction_row_dispose (GObject *object)
{
  GtkWidget *child;

  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_TRANSACTION_ROW);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (lanyard_transaction_row_parent_class)->dispose (object);
}

static void
lanyard_transaction_row_class_init (LanyardTransactionRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_transaction_row_dispose;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/lanyard/Kiosk/widget/lanyard-transaction-row.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardTransactionRow, time_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardTransactionRow, name_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardTransactionRow, detail_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardTransactionRow, state_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardTransactionRow, print_label);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "transaction");
}

static void
lanyard_transaction_row_init (LanyardTransactionRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
lanyard_transaction_row_new (void)
{
  return g_object_new (LANYARD_TYPE_TRANSACTION_ROW, NULL);
}

static void
show_nothing (LanyardTransactionRow *self)
{
  gtk_label_set_label (self->time_label, "");
  gtk_label_set_label (self->name_label, "");
  gtk_label_set_label (self->detail_label, "");
  gtk_label_set_label (self->state_label, "");
  gtk_label_set_label (self->print_label, "");
  set_look (self, NULL);
}

void
lanyard_transaction_row_show (LanyardTransactionRow *self,
                              const LanyardDayLine *line,
                              LanyardWords *words)
{
  g_autofree char *time = NULL, *detail = NULL, *print = NULL;
  const char *name, *state, *look;

  g_return_if_fail (LANYARD_IS_TRANSACTION_ROW (self) && words != NULL);

  if (line == NULL)
    {
      show_nothing (self);
      return;
    }
  name = line->name != NULL          ? line->name
         : line->row->number != NULL ? line->row->number
                                     : lanyard_words_get (words, N_ ("Nobody we know"));
  time = lanyard_day_phrase_dup_time (line->row->began_us);
  detail = dup_detail (line, words);
  print = dup_print (line, words);
  state = lanyard_words_get (words, lanyard_day_phrase_for_state (line->row, &look));
  gtk_label_set_label (self->time_label, time);
  gtk_label_set_label (self->name_label, name);
  gtk_label_set_label (self->detail_label, detail);
  gtk_label_set_label (self->state_label, state);
  gtk_label_set_label (self->print_label, print);
  set_look (self, look);
}
