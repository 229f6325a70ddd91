/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-staff-page.h"

#include "lanyard-fault-note.h"
#include "lanyard-illustration.h"
#include "lanyard-keypad.h"
#include "lanyard-person-panel.h"
#include "lanyard-phrases.h"
#include "lanyard-question.h"
#include "lanyard-result-row.h"
#include "lanyard-wait-list.h"

#define MAX_RESULTS 30
#define MAX_QUERY_CHARS 64

struct _LanyardStaffPage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkWidget *search_box;
  GtkWidget *field_box;
  GtkEditable *entry;
  GtkLabel *hint_label;
  GtkWidget *results;
  GtkBox *results_box;
  LanyardWaitList *waiting;
  LanyardKeypad *keypad;
  GtkToggleButton *keys_button;
  GtkWidget *empty_box;
  GtkWidget *passes_button;
  LanyardPersonPanel *person;
  LanyardQuestion *question;
  LanyardFaultNote *note;
  GtkLabel *cards_label;

  /* owned */
  GCancellable *cancellable;  /* (nullable): of the search under way */
  GCancellable *asking_past;  /* (nullable): what happened with the person is asked for */
  GCancellable *asking_waits; /* (nullable): who waits is asked for */

  /* state */
  guint n_results; /* found; of more than MAX_RESULTS the first are listed */
  guint n_waiting;
  guint64 waiting_version; /* of the last status */
  gboolean index_ready;
  gint low_cards; /* left in the printer, when there are few; -1: enough, or nobody knows */
};

G_DEFINE_FINAL_TYPE (LanyardStaffPage, lanyard_staff_page, LANYARD_TYPE_SCREEN)

static void
remove_results (LanyardStaffPage *self)
{
  GtkWidget *row;

  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->results_box))) != NULL)
    gtk_box_remove (self->results_box, row);
  self->n_results = 0;
}

/* Whoever uses a keyboard is told that it can do more. */
static const char *
get_first_hint (LanyardStaffPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  const char *hint = N_ ("Name, organisation, number or document");

  if (root != NULL && gtk_widget_has_css_class (GTK_WIDGET (root), "keyed"))
    hint = N_ ("Name, organisation, number or document. F10 shows what keys do.");
  return lanyard_screen_say (LANYARD_SCREEN (self), hint);
}

static void
show_hint (LanyardStaffPage *self)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  g_autofree char *text = NULL;

  if (*gtk_editable_get_text (self->entry) == '\0')
    text = g_strdup (get_first_hint (self));
  else if (self->n_results == 0)
    text = g_strdup (lanyard_screen_say (
        screen, self->index_ready ? N_ ("Nobody found. Try fewer letters.")
                                  : N_ ("Names are still being loaded. Numbers work already.")));
  else
    text = lanyard_phrase_dup_found (lanyard_screen_get_words (screen), self->n_results,
                                     MAX_RESULTS);
  gtk_label_set_label (self->hint_label, text);
}

/* Who waits stands where results stand, until somebody searches. */
static void
arrange_waiting (LanyardStaffPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->waiting),
                          self->n_waiting > 0 && *gtk_editable_get_text (self->entry) == '\0');
}

static void
stop (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_clear_object (cancellable);
}

/* An answer that nobody asked for by touch does not keep the page. Returns: (transfer full) */
static GWeakRef *
make_weak (LanyardStaffPage *self)
{
  GWeakRef *weak = g_new0 (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  return weak;
}

/* @weak: (transfer full). Returns: (transfer full) (nullable): the page, when it is in use */
static LanyardStaffPage *
take_page (GWeakRef *weak)
{
  g_autoptr (LanyardStaffPage) self = g_weak_ref_get (weak);

  g_weak_ref_clear (weak);
  g_free (weak);
  return self != NULL && lanyard_screen_get_controls (LANYARD_SCREEN (self)) != NULL
             ? g_steal_pointer (&self)
             : NULL;
}

static void
on_waits_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanyardStaffPage) self = take_page (data);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines = NULL;

  if (self == NULL)
    return;
  lines = lanyard_controls_list_waiting_finish (lanyard_screen_get_controls (LANYARD_SCREEN (self)),
                                                result, &error);
  /* asked anew, left, or nobody is signed in any more */
  if (lines == NULL)
    return;
  self->n_waiting = lanyard_wait_list_show (self->waiting, lines,
                                            lanyard_screen_get_words (LANYARD_SCREEN (self)));
  arrange_waiting (self);
}

static void
ask_waits (LanyardStaffPage *self)
{
  stop (&self->asking_waits);
  self->asking_waits = g_cancellable_new ();
  lanyard_controls_list_waiting_async (lanyard_screen_get_controls (LANYARD_SCREEN (self)),
                                       self->asking_waits, on_waits_ready, make_weak (self));
}

/* The person stands there already: this comes when it comes. */
static void
on_past_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanyardStaffPage) self = take_page (data);
  LanyardScreen *screen = LANYARD_SCREEN (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanyardPersonPast) past = NULL;

  if (self == NULL)
    return;
  past = lanyard_controls_list_past_finish (lanyard_screen_get_controls (screen), result, &error);
  if (past != NULL)
    lanyard_person_panel_show_past (self->person, past, lanyard_screen_get_pack (screen),
                                    lanyard_screen_get_words (screen));
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_message ("What happened with the person is not shown: %s", error->message);
}

static void
ask_past (LanyardStaffPage *self, const char *number)
{
  stop (&self->asking_past);
  self->asking_past = g_cancellable_new ();
  lanyard_controls_list_past_async (lanyard_screen_get_controls (LANYARD_SCREEN (self)), number,
                                    self->asking_past, on_past_ready, make_weak (self));
}

static void
on_take (LanyardWaitList *waiting, const char *number, LanyardStaffPage *self)
{
  lanyard_controls_open_person (lanyard_screen_get_controls (LANYARD_SCREEN (self)), number);
}

static void
on_wait_done (LanyardWaitList *waiting, const char *id, LanyardStaffPage *self)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_WAIT_OVER);

  action->text = g_strdup (id);
  lanyard_controls_act (lanyard_screen_get_controls (LANYARD_SCREEN (self)), action);
}

static void
on_row_clicked (LanyardResultRow *row, LanyardStaffPage *self)
{
  lanyard_controls_open_person (lanyard_screen_get_controls (LANYARD_SCREEN (self)),
                                lanyard_result_row_get_number (row));
}

static void
add_result (LanyardStaffPage *self, const LanyardHit *hit)
{
  GtkWidget *row = lanyard_result_row_new (hit, lanyard_screen_get_pack (LANYARD_SCREEN (self)));

  g_signal_connect (row, "clicked", G_CALLBACK (on_row_clicked), self);
  gtk_box_append (self->results_box, row);
}

static void
on_search_ready (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanyardStaffPage) self = data;
  g_autoptr (GError) error = NULL;
  LanyardControls *controls = lanyard_screen_get_controls (LANYARD_SCREEN (self));
  g_autoptr (GPtrArray) hits = NULL;

  /* the page has gone */
  if (controls == NULL)
    return;
  hits = lanyard_controls_search_finish (controls, result, &error);
  /* an answer to letters that have changed since, or to a page that was left */
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  remove_results (self);
  self->n_results = hits != NULL ? hits->len : 0;
  for (guint i = 0; i < MIN (self->n_results, MAX_RESULTS); i++)
    add_result (self, g_ptr_array_index (hits, i));
  show_hint (self);
}

static void
on_search_changed (GtkEditable *entry, LanyardStaffPage *self)
{
  const char *query = gtk_editable_get_text (entry);

  stop (&self->cancellable);
  arrange_waiting (self);
  if (*query == '\0')
    {
      remove_results (self);
      show_hint (self);
      return;
    }
  self->cancellable = g_cancellable_new ();
  lanyard_controls_search_async (lanyard_screen_get_controls (LANYARD_SCREEN (self)), query,
                                 MAX_RESULTS + 1, self->cancellable, on_search_ready,
                                 g_object_ref (self));
}

/* Enter opens the first, which is the best. */
static void
on_search_activate (GtkEntry *entry, LanyardStaffPage *self)
{
  GtkWidget *first = gtk_widget_get_first_child (GTK_WIDGET (self->results_box));

  if (first != NULL)
    on_row_clicked (LANYARD_RESULT_ROW (first), self);
}

static void
on_keys_toggled (GtkToggleButton *button, LanyardStaffPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->keypad), gtk_toggle_button_get_active (button));
}

/* With a person before them, what staff need of the search is nothing: that person has the page,
 * but for what the printer asks. */
static void
arrange_person (LanyardStaffPage *self)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  gboolean portrait = lanyard_screen_get_portrait (screen);
  gboolean there_is_one = gtk_widget_get_visible (GTK_WIDGET (self->person));
  gboolean asked = gtk_widget_get_visible (GTK_WIDGET (self->question))
                   || gtk_widget_get_visible (GTK_WIDGET (self->note));

  gtk_widget_set_visible (self->search_box, !there_is_one || asked);
  gtk_widget_set_visible (self->field_box, !there_is_one);
  gtk_widget_set_visible (GTK_WIDGET (self->hint_label), !there_is_one);
  gtk_widget_set_visible (self->results, !there_is_one);
  gtk_widget_set_visible (GTK_WIDGET (self->keypad),
                          !there_is_one && gtk_toggle_button_get_active (self->keys_button));
  lanyard_person_panel_arrange (self->person,
                                portrait || lanyard_screen_get_whole (screen) || asked, portrait);
}

static void
on_zone_clicked (GtkButton *button, LanyardStaffPage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), "zone");
}

static void
on_key (LanyardKeypad *keypad, guint character, LanyardStaffPage *self)
{
  g_autofree char *text
      = lanyard_keypad_apply (gtk_editable_get_text (self->entry), character, MAX_QUERY_CHARS);

  gtk_editable_set_text (self->entry, text);
  gtk_editable_set_position (self->entry, -1);
}

static void
on_answer (LanyardQuestion *question, const char *serial, gboolean came_out, LanyardStaffPage *self)
{
  lanyard_screen_answer (LANYARD_SCREEN (self),
                         came_out ? LANYARD_INPUT_CAME_OUT : LANYARD_INPUT_NOT_OUT, serial);
}

static void
on_issue (LanyardPersonPanel *panel, LanyardStaffPage *self)
{
  lanyard_screen_answer (LANYARD_SCREEN (self), LANYARD_INPUT_CONFIRM, NULL);
}

static void
on_replace (LanyardPersonPanel *panel, LanyardStaffPage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), "reissue");
}

static void
on_decide (LanyardPersonPanel *panel, LanyardStaffPage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), "resolve");
}

static void
on_note (LanyardPersonPanel *panel, LanyardStaffPage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), "note");
}

static void
on_open (LanyardPersonPanel *panel, const char *local, LanyardStaffPage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), local);
}

static void
on_close (LanyardPersonPanel *panel, LanyardStaffPage *self)
{
  lanyard_screen_answer (LANYARD_SCREEN (self), LANYARD_INPUT_CANCEL, NULL);
}

static void
act (LanyardStaffPage *self, LanyardStaffActionKind kind, const char *text)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (kind);

  action->text = g_strdup (text);
  lanyard_controls_act (lanyard_screen_get_controls (LANYARD_SCREEN (self)), action);
}

static void
on_team (LanyardPersonPanel *panel, LanyardStaffPage *self)
{
  act (self, LANYARD_ACT_OPEN_TEAM, NULL);
}

static void
on_choose (LanyardFaultNote *note, const char *printer, LanyardStaffPage *self)
{
  act (self, LANYARD_ACT_CHOOSE_PRINTER, printer);
}

static void
on_verify_clicked (GtkButton *button, LanyardStaffPage *self)
{
  act (self, LANYARD_ACT_OPEN_VERIFY, NULL);
}

static void
on_passes_clicked (GtkButton *button, LanyardStaffPage *self)
{
  act (self, LANYARD_ACT_OPEN_PASSES, NULL);
}

/* Where the event has no pool there is nothing to open. */
static gboolean
has_passes (LanyardPack *pack)
{
  return pack != NULL && lanyard_pack_get_codes (pack, LANYARD_CODES_DAY_PASS)->len > 0;
}

static void
on_printers_clicked (GtkButton *button, LanyardStaffPage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), "printers");
}

static void
on_line_clicked (GtkButton *button, LanyardStaffPage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), "line");
}

static void
on_day_clicked (GtkButton *button, LanyardStaffPage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), "day");
}

static void
on_shift_clicked (GtkButton *button, LanyardStaffPage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), "shift");
}

/* By the records: they may be wrong, so it is a word and nothing more. */
static void
show_cards (LanyardStaffPage *self)
{
  g_autofree char *text = NULL;

  if (self->low_cards >= 0)
    text = lanyard_words_fill_n (lanyard_screen_get_words (LANYARD_SCREEN (self)),
                                 "%s card left in the printer", "%s cards left in the printer",
                                 (gulong)self->low_cards);
  gtk_label_set_label (self->cards_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->cards_label), text != NULL);
}

/* Two boxes and no GtkStack: what is in a stack inside a stack, assistive tools do not find in
 * GTK 4.8. */
static void
show_person (LanyardStaffPage *self, gboolean there_is_one)
{
  gtk_widget_set_visible (GTK_WIDGET (self->person), there_is_one);
  gtk_widget_set_visible (self->empty_box, !there_is_one);
  arrange_person (self);
}

static void
lanyard_staff_page_arrange (LanyardScreen *screen, gboolean portrait)
{
  arrange_person (LANYARD_STAFF_PAGE (screen));
}

static void
lanyard_staff_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardStaffPage *self = LANYARD_STAFF_PAGE (screen);

  lanyard_keypad_set_words (self->keypad, lanyard_screen_get_words (screen));
  gtk_widget_set_visible (GTK_WIDGET (self->question),
                          lanyard_question_show (self->question, view->questions, view->words,
                                                 lanyard_screen_get_words (screen)));
  gtk_widget_set_visible (GTK_WIDGET (self->note),
                          lanyard_fault_note_show (self->note, view,
                                                   LANYARD_FAULT_NOTE_TITLE
                                                       | LANYARD_FAULT_NOTE_REMEDY,
                                                   lanyard_screen_get_words (screen)));
  show_cards (self);
  if (view->entry != NULL)
    {
      lanyard_person_panel_show (self->person, view, lanyard_screen_get_pack (screen),
                                 lanyard_screen_get_words (screen));
      ask_past (self, view->entry->number);
    }
  else
    {
      stop (&self->asking_past);
      lanyard_person_panel_clear (self->person);
      ask_waits (self);
    }
  show_person (self, view->entry != NULL);
  gtk_widget_set_visible (self->passes_button, has_passes (lanyard_screen_get_pack (screen)));
  show_hint (self);
}

static void
lanyard_staff_page_clear (LanyardScreen *screen)
{
  LanyardStaffPage *self = LANYARD_STAFF_PAGE (screen);

  stop (&self->cancellable);
  stop (&self->asking_past);
  stop (&self->asking_waits);
  gtk_editable_set_text (self->entry, "");
  lanyard_wait_list_clear (self->waiting);
  self->n_waiting = 0;
  arrange_waiting (self);
  remove_results (self);
  lanyard_person_panel_clear (self->person);
  show_person (self, FALSE);
}

static void
lanyard_staff_page_status (LanyardScreen *screen, const LanyardDeskStatus *status)
{
  LanyardStaffPage *self = LANYARD_STAFF_PAGE (screen);
  const LanyardView *view = lanyard_screen_get_view (screen);
  const LanyardStockPrinter *printer
      = status->stock != NULL ? lanyard_stock_get_chosen (status->stock) : NULL;

  self->index_ready = status->index_ready;
  self->low_cards = printer != NULL && printer->low && printer->count->knows_left
                        ? MAX (printer->count->left, 0)
                        : -1;
  show_cards (self);
  show_hint (self);
  if (status->waiting_version == self->waiting_version)
    return;
  self->waiting_version = status->waiting_version;
  if (view != NULL && view->entry != NULL)
    ask_past (self, view->entry->number);
  else if (view != NULL)
    ask_waits (self);
}

static void
lanyard_staff_page_dispose (GObject *object)
{
  LanyardStaffPage *self = LANYARD_STAFF_PAGE (object);

  stop (&self->cancellable);
  stop (&self->asking_past);
  stop (&self->asking_waits);
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_STAFF_PAGE);
  G_OBJECT_CLASS (lanyard_staff_page_parent_class)->dispose (object);
}

static void
lanyard_staff_page_class_init (LanyardStaffPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_FAULT_NOTE);
  g_type_ensure (LANYARD_TYPE_ILLUSTRATION);
  g_type_ensure (LANYARD_TYPE_KEYPAD);
  g_type_ensure (LANYARD_TYPE_PERSON_PANEL);
  g_type_ensure (LANYARD_TYPE_QUESTION);
  g_type_ensure (LANYARD_TYPE_WAIT_LIST);
  G_OBJECT_CLASS (klass)->dispose = lanyard_staff_page_dispose;
  screen_class->update = lanyard_staff_page_update;
  screen_class->clear = lanyard_staff_page_clear;
  screen_class->arrange = lanyard_staff_page_arrange;
  screen_class->status = lanyard_staff_page_status;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-staff-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardStaffPage, search_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardStaffPage, field_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardStaffPage, results);
  gtk_widget_class_bind_template_child (widget_class, LanyardStaffPage, entry);
  gtk_widget_class_bind_template_child (widget_class, LanyardStaffPage, hint_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardStaffPage, results_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardStaffPage, waiting);
  gtk_widget_class_bind_template_child (widget_class, LanyardStaffPage, keypad);
  gtk_widget_class_bind_template_child (widget_class, LanyardStaffPage, keys_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardStaffPage, empty_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardStaffPage, passes_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardStaffPage, person);
  gtk_widget_class_bind_template_child (widget_class, LanyardStaffPage, question);
  gtk_widget_class_bind_template_child (widget_class, LanyardStaffPage, note);
  gtk_widget_class_bind_template_child (widget_class, LanyardStaffPage, cards_label);
  gtk_widget_class_bind_template_callback (widget_class, on_choose);
  gtk_widget_class_bind_template_callback (widget_class, on_printers_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_line_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_day_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_shift_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_search_activate);
  gtk_widget_class_bind_template_callback (widget_class, on_keys_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_zone_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, on_issue);
  gtk_widget_class_bind_template_callback (widget_class, on_answer);
  gtk_widget_class_bind_template_callback (widget_class, on_close);
  gtk_widget_class_bind_template_callback (widget_class, on_note);
  gtk_widget_class_bind_template_callback (widget_class, on_team);
  gtk_widget_class_bind_template_callback (widget_class, on_open);
  gtk_widget_class_bind_template_callback (widget_class, on_take);
  gtk_widget_class_bind_template_callback (widget_class, on_wait_done);
  gtk_widget_class_bind_template_callback (widget_class, on_replace);
  gtk_widget_class_bind_template_callback (widget_class, on_decide);
  gtk_widget_class_bind_template_callback (widget_class, on_verify_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_passes_clicked);
}

static void
lanyard_staff_page_init (LanyardStaffPage *self)
{
  self->low_cards = -1;
  gtk_widget_init_template (GTK_WIDGET (self));
}
