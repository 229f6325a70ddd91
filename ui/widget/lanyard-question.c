/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-question.h"

#include "lanyard-phrases.h"

struct _LanyardQuestion
{
  GtkWidget parent_instance;

  /* template children */
  GtkWidget *column;
  GtkLabel *count_label;
  GtkLabel *serial_label;
  GtkLabel *word_label;
};

G_DEFINE_FINAL_TYPE (LanyardQuestion, lanyard_question, GTK_TYPE_WIDGET)

enum
{
  ANSWER,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
answer (LanyardQuestion *self, gboolean came_out)
{
  g_autofree char *serial = g_strdup (gtk_label_get_text (self->serial_label));

  if (*serial != '\0')
    g_signal_emit (self, signals[ANSWER], 0, serial, came_out);
}

static void
on_yes_clicked (GtkButton *button, LanyardQuestion *self)
{
  answer (self, TRUE);
}

static void
on_no_clicked (GtkButton *button, LanyardQuestion *self)
{
  answer (self, FALSE);
}

static void
lanyard_question_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_QUESTION);
  G_OBJECT_CLASS (lanyard_question_parent_class)->dispose (object);
}

static void
lanyard_question_class_init (LanyardQuestionClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_question_dispose;
  signals[ANSWER] = g_signal_new ("answer", LANYARD_TYPE_QUESTION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 2, G_TYPE_STRING, G_TYPE_BOOLEAN);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/widget/lanyard-question.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardQuestion, column);
  gtk_widget_class_bind_template_child (widget_class, LanyardQuestion, count_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardQuestion, serial_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardQuestion, word_label);
  gtk_widget_class_bind_template_callback (widget_class, on_yes_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_no_clicked);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "question");
}

static void
lanyard_question_init (LanyardQuestion *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

gboolean
lanyard_question_show (LanyardQuestion *self,
                       GPtrArray *questions,
                       GHashTable *printer_words,
                       LanyardWords *words)
{
  g_autofree char *count = NULL;
  const LanyardPickup *oldest = NULL;
  const LanyardPrintReport *word = NULL;
  guint n;

  g_return_val_if_fail (LANYARD_IS_QUESTION (self) && words != NULL, FALSE);

  n = questions != NULL ? questions->len : 0;
  if (n > 0)
    oldest = g_ptr_array_index (questions, 0);
  if (oldest != NULL && oldest->serial != NULL && printer_words != NULL)
    word = g_hash_table_lookup (printer_words, oldest->serial);
  gtk_label_set_label (self->word_label,
                       n > 0 ? lanyard_words_get (words, lanyard_phrase_for_word (word)) : "");
  count = lanyard_words_fill_n (words, "%s question about a badge", "%s questions about badges", n);
  gtk_label_set_label (self->count_label, count);
  gtk_label_set_label (self->serial_label,
                       oldest != NULL && oldest->serial != NULL ? oldest->serial : "");
  return n > 0;
}
