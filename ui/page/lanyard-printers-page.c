/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-printers-page.h"

#include "lanyard-keypad.h"
#include "lanyard-phrases.h"

#define MAX_DIGITS 4

struct _LanyardPrintersPage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkBox *list_box;
  GtkLabel *name_label;
  GtkEditable *entry;
  LanyardKeypad *keypad;
  GtkWidget *use_button;
  GtkWidget *load_button;
  GtkWidget *count_button;
  GtkWidget *spoil_button;

  /* owned */
  LanyardStock *stock; /* (nullable): before the first status */
  char *selected;      /* (nullable): name of the printer that the numbers are about */
};

G_DEFINE_FINAL_TYPE (LanyardPrintersPage, lanyard_printers_page, LANYARD_TYPE_SCREEN)

static void show_stock (LanyardPrintersPage *self);

static const LanyardStockPrinter *
find_selected (LanyardPrintersPage *self)
{
  for (guint i = 0; self->stock != NULL && i < self->stock->printers->len; i++)
    {
      const LanyardStockPrinter *printer = g_ptr_array_index (self->stock->printers, i);

      if (g_strcmp0 (printer->name, self->selected) == 0)
        return printer;
    }
  return NULL;
}

static GtkWidget *
new_label (const char *text, const char *css_class)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, css_class);
  gtk_widget_add_css_class (label, "verbatim");
  return label;
}

/* What is the matter with it first, what soon will be second. */
static const char *
get_state (LanyardPrintersPage *self, const LanyardStockPrinter *printer)
{
  const LanyardPrinterCondition *condition = printer->condition;
  LanyardFaultPhrase phrase = { .title = N_ ("Ready") };

  if (condition->fault != LANYARD_PRINT_FAULT_NONE)
    lanyard_phrase_for_fault (condition->fault, &phrase);
  else if (!condition->answers)
    lanyard_phrase_for_fault (LANYARD_PRINT_FAULT_CONNECTING, &phrase);
  else if (condition->n_warnings > 0)
    lanyard_phrase_for_fault (condition->warnings[0], &phrase);
  return lanyard_screen_say (LANYARD_SCREEN (self), phrase.title);
}

static char *
dup_cards (LanyardPrintersPage *self, const LanyardStockPrinter *printer)
{
  LanyardWords *words = lanyard_screen_get_words (LANYARD_SCREEN (self));

  if (!printer->count->knows_left)
    return g_strdup (lanyard_words_get (words, N_ ("Nobody has counted its cards yet")));
  if (printer->count->left < 0)
    return g_strdup (lanyard_words_get (words, N_ ("More cards came out than were recorded: count "
                                                   "them")));
  return lanyard_words_fill_n (words, "%s card left", "%s cards left",
                               (gulong)printer->count->left);
}

static void
on_printer_clicked (GtkButton *button, LanyardPrintersPage *self)
{
  g_free (self->selected);
  self->selected = g_strdup (g_object_get_data (G_OBJECT (button), "printer"));
  show_stock (self);
}

static GtkWidget *
new_row (LanyardPrintersPage *self, const LanyardStockPrinter *printer)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *cards = dup_cards (self, printer);
  g_autofree char *name = NULL;
  GtkWidget *left = new_label (cards, "result-detail");

  if (printer->chosen)
    name = lanyard_words_fill (lanyard_screen_get_words (LANYARD_SCREEN (self)), N_ ("%s, in use"),
                               printer->name);
  gtk_box_append (GTK_BOX (column), new_label (name != NULL ? name : printer->name, "result-name"));
  gtk_box_append (GTK_BOX (column), new_label (get_state (self, printer), "result-detail"));
  if (printer->low)
    gtk_widget_add_css_class (left, "low");
  gtk_box_append (GTK_BOX (column), left);
  gtk_button_set_child (GTK_BUTTON (button), column);
  gtk_widget_add_css_class (button, "result");
  if (g_strcmp0 (printer->name, self->selected) == 0)
    gtk_widget_add_css_class (button, "selected");
  g_object_set_data_full (G_OBJECT (button), "printer", g_strdup (printer->name), g_free);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name != NULL ? name : printer->name, -1);
  g_signal_connect (button, "clicked", G_CALLBACK (on_printer_clicked), self);
  return button;
}

/* A number is needed, and a printer that it is about. */
static void
show_actions (LanyardPrintersPage *self)
{
  const LanyardStockPrinter *printer = find_selected (self);
  guint64 number = 0;
  gboolean typed = g_ascii_string_to_unsigned (gtk_editable_get_text (self->entry), 10, 0,
                                               LANYARD_CARDS_MAX, &number, NULL);

  gtk_widget_set_sensitive (self->load_button, printer != NULL && typed && number > 0);
  gtk_widget_set_sensitive (self->spoil_button, printer != NULL && typed && number > 0);
  gtk_widget_set_sensitive (self->count_button, printer != NULL && typed);
  gtk_widget_set_visible (self->use_button, printer != NULL && !printer->chosen);
}

static void
remove_rows (LanyardPrintersPage *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->list_box))) != NULL)
    gtk_box_remove (self->list_box, row);
}

static void
show_stock (LanyardPrintersPage *self)
{
  const LanyardStockPrinter *chosen;
  g_autofree char *title = NULL;

  remove_rows (self);
  if (self->stock == NULL)
    return;
  chosen = lanyard_stock_get_chosen (self->stock);
  if (find_selected (self) == NULL && chosen != NULL)
    {
      g_free (self->selected);
      self->selected = g_strdup (chosen->name);
    }
  for (guint i = 0; i < self->stock->printers->len; i++)
    gtk_box_append (self->list_box, new_row (self, g_ptr_array_index (self->stock->printers, i)));
  if (self->selected != NULL)
    title = lanyard_words_fill (lanyard_screen_get_words (LANYARD_SCREEN (self)),
                                N_ ("Cards of “%s”"), self->selected);
  gtk_label_set_label (self->name_label, title != NULL ? title : "");
  show_actions (self);
}

static void
act (LanyardPrintersPage *self, LanyardStaffActionKind kind)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (kind);
  guint64 number = 0;

  g_ascii_string_to_unsigned (gtk_editable_get_text (self->entry), 10, 0, LANYARD_CARDS_MAX,
                              &number, NULL);
  action->text = g_strdup (self->selected);
  action->count = (guint)number;
  lanyard_controls_act (lanyard_screen_get_controls (LANYARD_SCREEN (self)), action);
  gtk_editable_set_text (self->entry, "");
}

static void
on_load_clicked (GtkButton *button, LanyardPrintersPage *self)
{
  act (self, LANYARD_ACT_LOAD_CARDS);
}

static void
on_count_clicked (GtkButton *button, LanyardPrintersPage *self)
{
  act (self, LANYARD_ACT_COUNT_CARDS);
}

static void
on_spoil_clicked (GtkButton *button, LanyardPrintersPage *self)
{
  act (self, LANYARD_ACT_SPOIL_CARDS);
}

static void
on_use_clicked (GtkButton *button, LanyardPrintersPage *self)
{
  act (self, LANYARD_ACT_CHOOSE_PRINTER);
}

static void
on_back_clicked (GtkButton *button, LanyardPrintersPage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), NULL);
}

static void
on_entry_changed (GtkEditable *entry, LanyardPrintersPage *self)
{
  show_actions (self);
}

static void
on_key (LanyardKeypad *keypad, guint character, LanyardPrintersPage *self)
{
  g_autofree char *text
      = lanyard_keypad_apply (gtk_editable_get_text (self->entry), character, MAX_DIGITS);

  gtk_editable_set_text (self->entry, text);
  gtk_editable_set_position (self->entry, -1);
}

static void
lanyard_printers_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardPrintersPage *self = LANYARD_PRINTERS_PAGE (screen);

  lanyard_keypad_set_words (self->keypad, lanyard_screen_get_words (screen));
  show_stock (self);
}

static void
lanyard_printers_page_clear (LanyardScreen *screen)
{
  gtk_editable_set_text (LANYARD_PRINTERS_PAGE (screen)->entry, "");
}

static void
lanyard_printers_page_status (LanyardScreen *screen, const LanyardDeskStatus *status)
{
  LanyardPrintersPage *self = LANYARD_PRINTERS_PAGE (screen);

  if (lanyard_stock_equal (self->stock, status->stock))
    return;
  g_clear_pointer (&self->stock, lanyard_stock_unref);
  self->stock = status->stock != NULL ? lanyard_stock_ref (status->stock) : NULL;
  show_stock (self);
}

static void
lanyard_printers_page_dispose (GObject *object)
{
  LanyardPrintersPage *self = LANYARD_PRINTERS_PAGE (object);

  g_clear_pointer (&self->stock, lanyard_stock_unref);
  g_clear_pointer (&self->selected, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_PRINTERS_PAGE);
  G_OBJECT_CLASS (lanyard_printers_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-printers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardPrintersPage, list_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardPrintersPage, name_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardPrintersPage, entry);
  gtk_widget_class_bind_template_child (widget_class, LanyardPrintersPage, keypad);
  gtk_widget_class_bind_template_child (widget_class, LanyardPrintersPage, use_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardPrintersPage, load_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardPrintersPage, count_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardPrintersPage, spoil_button);
  gtk_widget_class_bind_template_callback (widget_class, on_load_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_count_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_spoil_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_use_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
}

static void
lanyard_printers_page_class_init (LanyardPrintersPageClass *klass)
{
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_KEYPAD);
  G_OBJECT_CLASS (klass)->dispose = lanyard_printers_page_dispose;
  screen_class->update = lanyard_printers_page_update;
  screen_class->clear = lanyard_printers_page_clear;
  screen_class->status = lanyard_printers_page_status;
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
lanyard_printers_page_init (LanyardPrintersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_direction (GTK_WIDGET (self->entry), GTK_TEXT_DIR_LTR);
  show_actions (self);
}
