/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-day-export.h"

#include "lanyard-day-phrases.h"
#include "lanyard-report-words.h"

struct _LanyardDayExport
{
  GtkWidget parent_instance;

  /* template children */
  GtkWidget *buttons;
  GtkToggleButton *names_button;
  GtkLabel *result_label;

  /* owned */
  LanyardControls *controls; /* (nullable): while it is open */
  LanyardWords *words;       /* (nullable): likewise */
  GCancellable *cancellable; /* (nullable): while a file is being made */
};

G_DEFINE_FINAL_TYPE (LanyardDayExport, lanyard_day_export, GTK_TYPE_WIDGET)

static void
show_result (LanyardDayExport *self, const char *text, const char *look)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->result_label), "good");
  gtk_widget_remove_css_class (GTK_WIDGET (self->result_label), "bad");
  if (look != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->result_label), look);
  gtk_label_set_label (self->result_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->result_label), *text != '\0');
}

static void
on_saved (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardDayExport) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardExport) export = NULL;
  g_autofree char *name = NULL, *text = NULL;

  g_clear_object (&self->cancellable);
  if (self->controls == NULL)
    return;
  export = lanyard_controls_export_day_finish (self->controls, result, &error);
  gtk_widget_set_sensitive (self->buttons, TRUE);
  if (export == NULL)
    {
      show_result (self,
                   lanyard_words_get (self->words, lanyard_day_phrase_for_export_error (error)),
                   "bad");
      return;
    }
  name = g_filename_display_basename (export->path);
  text = lanyard_words_fill (self->words, N_ ("Saved as %s."), name);
  show_result (self, text, "good");
}

static const char *
say (const char *msgid, gpointer words)
{
  return lanyard_words_get (words, msgid);
}

/* @by_organisation is asked of a list of people alone. */
static void
save (LanyardDayExport *self, LanyardExportFormat format, gboolean by_organisation)
{
  g_auto (GStrv) words = NULL;
  LanyardExportAsk ask = { .format = format, .by_organisation = by_organisation };

  if (self->controls == NULL || self->cancellable != NULL)
    return;
  words = lanyard_report_words_dup (say, self->words);
  ask.names = gtk_toggle_button_get_active (self->names_button);
  ask.language = lanyard_words_get_language (self->words);
  ask.from_right = lanyard_words_get_direction (self->words) == GTK_TEXT_DIR_RTL;
  ask.words = words;
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_sensitive (self->buttons, FALSE);
  show_result (self, lanyard_words_get (self->words, N_ ("The file is being saved …")), NULL);
  lanyard_controls_export_day_async (self->controls, &ask, self->cancellable, on_saved,
                                     g_object_ref (self));
}

static void
on_report_clicked (GtkButton *button, LanyardDayExport *self)
{
  save (self, LANYARD_EXPORT_PDF, FALSE);
}

static void
on_workbook_clicked (GtkButton *button, LanyardDayExport *self)
{
  save (self, LANYARD_EXPORT_XLSX, FALSE);
}

static void
on_csv_clicked (GtkButton *button, LanyardDayExport *self)
{
  save (self, LANYARD_EXPORT_CSV, FALSE);
}

static void
on_json_clicked (GtkButton *button, LanyardDayExport *self)
{
  save (self, LANYARD_EXPORT_JSON_LINES, FALSE);
}

static void
on_list_clicked (GtkButton *button, LanyardDayExport *self)
{
  save (self, LANYARD_EXPORT_PEOPLE, FALSE);
}

static void
on_teams_clicked (GtkButton *button, LanyardDayExport *self)
{
  save (self, LANYARD_EXPORT_PEOPLE, TRUE);
}

static void
lanyard_day_export_dispose (GObject *object)
{
  LanyardDayExport *self = LANYARD_DAY_EXPORT (object);
  GtkWidget *child;

  g_clear_object (&self->controls);
  g_clear_pointer (&self->words, lanyard_words_unref);
  g_clear_object (&self->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_DAY_EXPORT);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (lanyard_day_export_parent_class)->dispose (object);
}

static void
lanyard_day_export_class_init (LanyardDayExportClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_day_export_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/widget/lanyard-day-export.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardDayExport, buttons);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayExport, names_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayExport, result_label);
  gtk_widget_class_bind_template_callback (widget_class, on_report_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_workbook_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_csv_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_json_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_list_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_teams_clicked);
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
lanyard_day_export_init (LanyardDayExport *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

void
lanyard_day_export_open (LanyardDayExport *self, LanyardControls *controls, LanyardWords *words)
{
  g_return_if_fail (LANYARD_IS_DAY_EXPORT (self) && words != NULL);

  g_set_object (&self->controls, controls);
  g_clear_pointer (&self->words, lanyard_words_unref);
  self->words = lanyard_words_ref (words);
}

void
lanyard_day_export_close (LanyardDayExport *self)
{
  g_return_if_fail (LANYARD_IS_DAY_EXPORT (self));

  gtk_toggle_button_set_active (self->names_button, FALSE);
  gtk_widget_set_sensitive (self->buttons, TRUE);
  show_result (self, "", NULL);
  g_clear_object (&self->controls);
}
