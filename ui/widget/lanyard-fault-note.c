/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-fault-note.h"

#include "lanyard-phrases.h"
#include "lanyard-trouble.h"

struct _LanyardFaultNote
{
  GtkWidget parent_instance;

  /* template children */
  GtkWidget *column;
  GtkLabel *code_label;
  GtkLabel *title_label;
  GtkLabel *remedy_label;
  GtkLabel *other_label;
  GtkWidget *other_button;
  GtkLabel *button_label;

  /* owned */
  char *other; /* (nullable): the printer that the button chooses */
};

G_DEFINE_FINAL_TYPE (LanyardFaultNote, lanyard_fault_note, GTK_TYPE_WIDGET)

enum
{
  CHOOSE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
set_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (label), text != NULL && *text != '\0');
}

static void
on_other_clicked (GtkButton *button, LanyardFaultNote *self)
{
  g_autofree char *other = g_strdup (self->other);

  if (other != NULL)
    g_signal_emit (self, signals[CHOOSE], 0, other);
}

static void
show_other (LanyardFaultNote *self, const LanyardView *view, LanyardWords *words)
{
  gboolean may = view->staff_signed_in && view->other_printer != NULL;
  g_autofree char *hint = NULL;
  g_autofree char *text = NULL;

  g_free (self->other);
  self->other = g_strdup (view->other_printer);
  if (view->other_printer != NULL && !view->staff_signed_in)
    hint = lanyard_words_fill (words, N_ ("“%s” is ready: sign in to print there."),
                               view->other_printer);
  set_text (self->other_label, hint);
  if (may)
    text = lanyard_words_fill (words, N_ ("Print on “%s” instead"), view->other_printer);
  set_text (self->button_label, text);
  gtk_widget_set_visible (self->other_button, may);
  if (may)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->other_button),
                                    GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
}

static void
lanyard_fault_note_dispose (GObject *object)
{
  g_clear_pointer (&LANYARD_FAULT_NOTE (object)->other, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_FAULT_NOTE);
  G_OBJECT_CLASS (lanyard_fault_note_parent_class)->dispose (object);
}

static void
lanyard_fault_note_class_init (LanyardFaultNoteClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_fault_note_dispose;
  signals[CHOOSE] = g_signal_new ("choose", LANYARD_TYPE_FAULT_NOTE, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/widget/lanyard-fault-note.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardFaultNote, column);
  gtk_widget_class_bind_template_child (widget_class, LanyardFaultNote, code_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardFaultNote, title_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardFaultNote, remedy_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardFaultNote, other_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardFaultNote, other_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardFaultNote, button_label);
  gtk_widget_class_bind_template_callback (widget_class, on_other_clicked);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "fault-note");
}

static void
lanyard_fault_note_init (LanyardFaultNote *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* A fault of the printer, or else what the code of the desk says. */
static gboolean
find_phrase (const LanyardView *view, LanyardFaultPhrase *phrase)
{
  const LanyardTrouble *trouble = view->code != NULL ? lanyard_trouble_find (view->code) : NULL;

  if (view->fault != LANYARD_PRINT_FAULT_NONE)
    lanyard_phrase_for_fault (view->fault, phrase);
  else if (trouble != NULL)
    *phrase = (LanyardFaultPhrase){ .title = trouble->cause,
                                    .remedy = trouble->remedy,
                                    .code = trouble->code };
  return view->fault != LANYARD_PRINT_FAULT_NONE || trouble != NULL;
}

gboolean
lanyard_fault_note_show (LanyardFaultNote *self,
                         const LanyardView *view,
                         LanyardFaultNoteParts parts,
                         LanyardWords *words)
{
  g_autofree char *code = NULL;
  LanyardFaultPhrase phrase;

  g_return_val_if_fail (LANYARD_IS_FAULT_NOTE (self) && view != NULL && words != NULL, FALSE);

  if (!find_phrase (view, &phrase))
    return FALSE;
  if (view->printer != NULL)
    code = g_strdup_printf ("%s · %s", phrase.code, view->printer);
  set_text (self->code_label, code != NULL ? code : phrase.code);
  set_text (self->title_label, (parts & LANYARD_FAULT_NOTE_TITLE) != 0
                                   ? lanyard_words_get (words, phrase.title)
                                   : NULL);
  set_text (self->remedy_label, (parts & LANYARD_FAULT_NOTE_REMEDY) != 0 && phrase.remedy != NULL
                                    ? lanyard_words_get (words, phrase.remedy)
                                    : NULL);
  show_other (self, view, words);
  return TRUE;
}
