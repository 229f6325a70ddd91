/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-shift-page.h"

#include "lanyard-day-phrases.h"
#include "lanyard-phrases.h"
#include "lanyard-report-words.h"

#define RIGHT_TO_LEFT "\u200f"

struct _LanyardShiftPage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkGrid *table;
  GtkWidget *verdict_box;
  GtkLabel *verdict_label;
  GtkGrid *notes_grid;
  GtkWidget *close_button;
  GtkWidget *report_button;
  GtkLabel *report_label;

  /* owned */
  LanyardStock *stock;       /* (nullable): before the first status */
  GCancellable *cancellable; /* (nullable): while a report is being saved */

  /* state */
  gboolean supervisor;
};

G_DEFINE_FINAL_TYPE (LanyardShiftPage, lanyard_shift_page, LANYARD_TYPE_SCREEN)

/* One row of the table: what it is called, and one printer's number. */
typedef struct
{
  const char *name;
  char *(*dup_value) (const LanyardStockPrinter *printer);
  const char *css_class; /* (nullable) */
} Row;

static char *
dup_number (gint64 number)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, number);
}

static char *
dup_allocated (const LanyardStockPrinter *printer)
{
  return dup_number (printer->count->allocated);
}

static char *
dup_confirmed (const LanyardStockPrinter *printer)
{
  return dup_number (printer->count->confirmed);
}

static char *
dup_voided (const LanyardStockPrinter *printer)
{
  return dup_number (printer->count->voided);
}

static char *
dup_open (const LanyardStockPrinter *printer)
{
  return dup_number (printer->count->open);
}

static char *
dup_loaded (const LanyardStockPrinter *printer)
{
  return dup_number (printer->count->loaded);
}

static char *
dup_left (const LanyardStockPrinter *printer)
{
  return printer->count->knows_left ? dup_number (printer->count->left) : g_strdup ("–");
}

static char *
dup_spoiled (const LanyardStockPrinter *printer)
{
  return dup_number (printer->count->spoiled);
}

static char *
dup_jammed (const LanyardStockPrinter *printer)
{
  return dup_number (printer->count->jammed);
}

static char *
dup_expected (const LanyardStockPrinter *printer)
{
  return dup_number (printer->reconciliation.expected);
}

/* A printer that counts nothing has a dash: it is not compared. */
static char *
dup_counted (const LanyardStockPrinter *printer)
{
  return printer->reconciliation.compared ? dup_number (printer->reconciliation.counted)
                                          : g_strdup ("–");
}

static const Row ROWS[] = {
  { N_ ("Badges begun"), dup_allocated, NULL },
  { N_ ("Handed out"), dup_confirmed, NULL },
  { N_ ("Void"), dup_voided, NULL },
  { N_ ("Nobody knows"), dup_open, "sum" },
  { N_ ("Cards put in"), dup_loaded, NULL },
  { N_ ("Cards left"), dup_left, NULL },
  { N_ ("Spoiled"), dup_spoiled, NULL },
  { N_ ("Lost in jams"), dup_jammed, "sum" },
  { N_ ("Came out, by the records"), dup_expected, NULL },
  { N_ ("Came out, by the printer"), dup_counted, NULL },
};

static GtkWidget *
new_cell (const char *text, gboolean number, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), number ? 1 : 0);
  gtk_label_set_wrap (GTK_LABEL (label), !number);
  gtk_widget_set_hexpand (label, !number);
  gtk_widget_add_css_class (label, number ? "number" : "row-name");
  gtk_widget_add_css_class (label, "verbatim");
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

static gboolean
is_wrong (const Row *row, const LanyardStockPrinter *printer)
{
  if (row->dup_value == dup_open)
    return printer->count->open > 0;
  if (row->dup_value == dup_left)
    return printer->count->knows_left && printer->count->left < 0;
  return row->dup_value == dup_counted && printer->reconciliation.difference != 0;
}

static void
fill_row (LanyardShiftPage *self, guint r)
{
  const Row *row = &ROWS[r];

  gtk_grid_attach (self->table,
                   new_cell (lanyard_screen_say (LANYARD_SCREEN (self), row->name), FALSE,
                             row->css_class),
                   0, (int)r + 1, 1, 1);
  for (guint i = 0; i < self->stock->printers->len; i++)
    {
      const LanyardStockPrinter *printer = g_ptr_array_index (self->stock->printers, i);
      g_autofree char *value = row->dup_value (printer);
      GtkWidget *cell = new_cell (value, TRUE, row->css_class);

      if (is_wrong (row, printer))
        gtk_widget_add_css_class (cell, "wrong");
      gtk_grid_attach (self->table, cell, (int)i + 1, (int)r + 1, 1, 1);
    }
}

static void
remove_children (GtkWidget *parent)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (parent)) != NULL)
    gtk_widget_unparent (child);
}

static void
fill_table (LanyardShiftPage *self)
{
  remove_children (GTK_WIDGET (self->table));
  if (self->stock == NULL)
    return;
  for (guint i = 0; i < self->stock->printers->len; i++)
    {
      const LanyardStockPrinter *printer = g_ptr_array_index (self->stock->printers, i);

      gtk_grid_attach (self->table, new_cell (printer->name, TRUE, "column-name"), (int)i + 1, 0, 1,
                       1);
    }
  for (guint r = 0; r < G_N_ELEMENTS (ROWS); r++)
    fill_row (self, r);
}

/* The first printer that counted something else and of which nobody has said why. */
static const LanyardStockPrinter *
find_unexplained (LanyardShiftPage *self)
{
  for (guint i = 0; self->stock != NULL && i < self->stock->printers->len; i++)
    {
      const LanyardStockPrinter *printer = g_ptr_array_index (self->stock->printers, i);

      if (printer->reconciliation.verdict == LANYARD_SHIFT_NEEDS_NOTE
          && printer->note == LANYARD_SHIFT_NOTE_NONE)
        return printer;
    }
  return NULL;
}

static void
on_note_clicked (GtkButton *button, LanyardShiftPage *self)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_EXPLAIN_COUNTER);

  action->text = g_strdup (g_object_get_data (G_OBJECT (button), "printer"));
  action->reason = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "note"));
  lanyard_controls_act (lanyard_screen_get_controls (LANYARD_SCREEN (self)), action);
}

static void
add_note (LanyardShiftPage *self, const char *printer, LanyardShiftNote note, int index)
{
  const char *text = lanyard_screen_say (LANYARD_SCREEN (self), lanyard_phrase_for_note (note));
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (label, "verbatim");
  gtk_button_set_child (GTK_BUTTON (button), label);
  gtk_widget_add_css_class (button, "secondary");
  gtk_widget_add_css_class (button, "note");
  g_object_set_data_full (G_OBJECT (button), "printer", g_strdup (printer), g_free);
  g_object_set_data (G_OBJECT (button), "note", GUINT_TO_POINTER ((guint)note));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, text, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (on_note_clicked), self);
  gtk_widget_set_hexpand (button, TRUE);
  gtk_grid_attach (self->notes_grid, button, index % 2, index / 2, 1, 1);
}

static char *
dup_difference (LanyardShiftPage *self, const LanyardStockPrinter *printer)
{
  LanyardWords *words = lanyard_screen_get_words (LANYARD_SCREEN (self));
  gint64 difference = printer->reconciliation.difference;
  g_autofree char *cards
      = difference > 0
            ? lanyard_words_fill_n (words, "The printer counted %s card more than the records.",
                                    "The printer counted %s cards more than the records.",
                                    (gulong)difference)
            : lanyard_words_fill_n (words, "The printer counted %s card fewer than the records.",
                                    "The printer counted %s cards fewer than the records.",
                                    (gulong)-difference);

  /* The name is of no language, and would turn the sentence. */
  return g_strdup_printf ("%s%s: %s %s",
                          lanyard_words_get_direction (words) == GTK_TEXT_DIR_RTL ? RIGHT_TO_LEFT
                                                                                  : "",
                          printer->name, cards, lanyard_words_get (words, N_ ("Why?")));
}

static char *
dup_verdict (LanyardShiftPage *self, const LanyardStockPrinter *unexplained)
{
  LanyardWords *words = lanyard_screen_get_words (LANYARD_SCREEN (self));

  if (self->stock == NULL)
    return g_strdup (lanyard_words_get (words, N_ ("The records cannot be read now.")));
  if (lanyard_stock_get_verdict (self->stock) == LANYARD_SHIFT_HAS_QUESTIONS)
    return g_strdup (lanyard_words_get (
        words, N_ ("Of some badges nobody knows yet whether they came out. Answer that first.")));
  if (unexplained != NULL)
    return dup_difference (self, unexplained);
  return g_strdup (lanyard_words_get (
      words, self->supervisor ? N_ ("Everything agrees. The shift can be closed.")
                              : N_ ("Everything agrees. A supervisor can close the shift.")));
}

static void
show_stock (LanyardShiftPage *self)
{
  const LanyardStockPrinter *unexplained = find_unexplained (self);
  gboolean agrees
      = self->stock != NULL && lanyard_stock_get_verdict (self->stock) == LANYARD_SHIFT_AGREES;
  g_autofree char *verdict = dup_verdict (self, unexplained);
  int n = 0;

  fill_table (self);
  gtk_label_set_label (self->verdict_label, verdict);
  if (agrees)
    gtk_widget_add_css_class (self->verdict_box, "good");
  else
    gtk_widget_remove_css_class (self->verdict_box, "good");
  remove_children (GTK_WIDGET (self->notes_grid));
  for (LanyardShiftNote note = lanyard_shift_note_next (LANYARD_SHIFT_NOTE_NONE);
       unexplained != NULL && note != LANYARD_SHIFT_NOTE_NONE;
       note = lanyard_shift_note_next (note))
    add_note (self, unexplained->name, note, n++);
  gtk_widget_set_visible (GTK_WIDGET (self->notes_grid), unexplained != NULL);
  gtk_widget_set_sensitive (self->close_button, agrees && self->supervisor);
  gtk_widget_set_visible (self->report_button,
                          self->supervisor && self->stock != NULL && self->stock->closed_us != 0);
}

/* @look: (nullable): style class */
static void
show_report (LanyardShiftPage *self, const char *text, const char *look)
{
  gtk_widget_remove_css_class (GTK_WIDGET (self->report_label), "good");
  gtk_widget_remove_css_class (GTK_WIDGET (self->report_label), "bad");
  if (look != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->report_label), look);
  gtk_label_set_label (self->report_label, text);
  gtk_widget_set_visible (GTK_WIDGET (self->report_label), *text != '\0');
}

static void
on_report_ready (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (LanyardShiftPage) self = user_data;
  LanyardWords *words = lanyard_screen_get_words (LANYARD_SCREEN (self));
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardExport) export
      = lanyard_controls_export_day_finish (lanyard_screen_get_controls (LANYARD_SCREEN (self)),
                                            result, &error);
  g_autofree char *name = NULL, *text = NULL;

  g_clear_object (&self->cancellable);
  gtk_widget_set_sensitive (self->report_button, TRUE);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (export == NULL)
    {
      show_report (self, lanyard_words_get (words, lanyard_day_phrase_for_export_error (error)),
                   "bad");
      return;
    }
  name = g_filename_display_basename (export->path);
  text = lanyard_words_fill (words, N_ ("Saved as %s."), name);
  show_report (self, text, "good");
}

static const char *
say (const char *msgid, gpointer words)
{
  return lanyard_words_get (words, msgid);
}

static void
on_report_clicked (GtkButton *button, LanyardShiftPage *self)
{
  LanyardWords *words = lanyard_screen_get_words (LANYARD_SCREEN (self));
  g_auto (GStrv) texts = NULL;
  LanyardExportAsk ask = { .format = LANYARD_EXPORT_SHIFT };

  if (self->cancellable != NULL)
    return;
  texts = lanyard_report_words_dup (say, words);
  ask.words = texts;
  ask.language = lanyard_words_get_language (words);
  ask.from_right = lanyard_words_get_direction (words) == GTK_TEXT_DIR_RTL;
  self->cancellable = g_cancellable_new ();
  gtk_widget_set_sensitive (self->report_button, FALSE);
  show_report (self, lanyard_words_get (words, N_ ("The file is being saved …")), NULL);
  lanyard_controls_export_day_async (lanyard_screen_get_controls (LANYARD_SCREEN (self)), &ask,
                                     self->cancellable, on_report_ready, g_object_ref (self));
}

static void
on_close_clicked (GtkButton *button, LanyardShiftPage *self)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_CLOSE_SHIFT);

  lanyard_controls_act (lanyard_screen_get_controls (LANYARD_SCREEN (self)), action);
}

static void
on_back_clicked (GtkButton *button, LanyardShiftPage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), NULL);
}

static void
lanyard_shift_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardShiftPage *self = LANYARD_SHIFT_PAGE (screen);

  self->supervisor = view->staff_supervisor;
  show_stock (self);
}

/* Counts are nobody's. */
static void
lanyard_shift_page_clear (LanyardScreen *screen)
{
  show_report (LANYARD_SHIFT_PAGE (screen), "", NULL);
}

static void
lanyard_shift_page_status (LanyardScreen *screen, const LanyardDeskStatus *status)
{
  LanyardShiftPage *self = LANYARD_SHIFT_PAGE (screen);

  if (lanyard_stock_equal (self->stock, status->stock))
    return;
  g_clear_pointer (&self->stock, lanyard_stock_unref);
  self->stock = status->stock != NULL ? lanyard_stock_ref (status->stock) : NULL;
  show_stock (self);
}

static void
lanyard_shift_page_dispose (GObject *object)
{
  g_clear_pointer (&LANYARD_SHIFT_PAGE (object)->stock, lanyard_stock_unref);
  g_clear_object (&LANYARD_SHIFT_PAGE (object)->cancellable);
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_SHIFT_PAGE);
  G_OBJECT_CLASS (lanyard_shift_page_parent_class)->dispose (object);
}

static void
lanyard_shift_page_class_init (LanyardShiftPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_shift_page_dispose;
  screen_class->update = lanyard_shift_page_update;
  screen_class->clear = lanyard_shift_page_clear;
  screen_class->status = lanyard_shift_page_status;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-shift-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardShiftPage, table);
  gtk_widget_class_bind_template_child (widget_class, LanyardShiftPage, verdict_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardShiftPage, verdict_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardShiftPage, notes_grid);
  gtk_widget_class_bind_template_child (widget_class, LanyardShiftPage, close_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardShiftPage, report_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardShiftPage, report_label);
  gtk_widget_class_bind_template_callback (widget_class, on_close_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_report_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
}

static void
lanyard_shift_page_init (LanyardShiftPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
