/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Something is written for whoever has this person next, or the person is handed over to a
 * supervisor, or both. Opened over the staff page. */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-note-page.h"

#include <string.h>

#include "lanyard-keypad.h"
#include "lanyard-page-layout.h"
#include "lanyard-past-phrases.h"
#include "lanyard-plain-text.h"
#include "lanyard-reason-chips.h"

#define COLUMNS_LANDSCAPE 5
#define COLUMNS_PORTRAIT 2
#define MAX_REASONS 8

struct _LanyardNotePage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkGrid *grid;
  GtkWidget *words_box;
  GtkWidget *keypad_box;
  GtkWidget *actions_box;
  GtkLabel *name_label;
  GtkLabel *number_label;
  GtkTextView *text_view;
  GtkLabel *left_label;
  LanyardReasonChips *reasons;
  LanyardKeypad *keypad;
  GtkWidget *keep_button;
  GtkWidget *hand_over_button;
};

G_DEFINE_FINAL_TYPE (LanyardNotePage, lanyard_note_page, LANYARD_TYPE_SCREEN)

/* Returns: (transfer full): without what is empty around it */
static char *
dup_text (LanyardNotePage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  GtkTextIter start, end;
  g_autofree char *text = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  return g_strdup (g_strstrip (text));
}

/* What may be pressed now: there is something to keep, or a reason to hand over. */
static void
refresh (LanyardNotePage *self)
{
  LanyardWords *words = lanyard_screen_get_words (LANYARD_SCREEN (self));
  gboolean there_is_one = lanyard_screen_get_view (LANYARD_SCREEN (self)) != NULL;
  int n_chars = gtk_text_buffer_get_char_count (gtk_text_view_get_buffer (self->text_view));
  g_autofree char *text = dup_text (self);
  g_autofree char *left = NULL;

  gtk_widget_set_sensitive (self->keep_button, there_is_one && lanyard_note_is_sound (text));
  gtk_widget_set_sensitive (self->hand_over_button,
                            there_is_one && lanyard_reason_chips_get_chosen (self->reasons) != 0);
  if (words == NULL)
    return;
  left = lanyard_words_fill_n (words, "%s letter left", "%s letters left",
                               (gulong)MAX (LANYARD_NOTE_MAX_CHARS - n_chars, 0));
  gtk_label_set_label (self->left_label, left);
}

/* What no note may hold, or there is no room for, is not typed: what stands there stays. */
static void
on_insert_text (GtkTextBuffer *buffer,
                GtkTextIter *at,
                char *text,
                int n_bytes,
                LanyardNotePage *self)
{
  int room = MAX (LANYARD_NOTE_MAX_CHARS - gtk_text_buffer_get_char_count (buffer), 0);
  g_autofree char *typed = g_strndup (text, n_bytes < 0 ? strlen (text) : (gsize)n_bytes);
  g_autofree char *clean = lanyard_plain_text_dup_clean (typed);

  if (g_utf8_strlen (clean, -1) > room)
    *g_utf8_offset_to_pointer (clean, room) = '\0';
  if (strcmp (clean, typed) == 0)
    return;
  g_signal_stop_emission_by_name (buffer, "insert-text");
  if (*clean != '\0')
    gtk_text_buffer_insert (buffer, at, clean, -1);
}

static void
on_text_changed (GtkTextBuffer *buffer, LanyardNotePage *self)
{
  refresh (self);
}

/* A sentence begins with a capital letter; the keypad has small ones. */
static gboolean
begins_sentence (GtkTextIter at)
{
  while (gtk_text_iter_backward_char (&at))
    {
      gunichar before = gtk_text_iter_get_char (&at);

      if (!g_unichar_isspace (before))
        return before == '.' || before == '?';
    }
  return TRUE;
}

static void
on_key (LanyardKeypad *keypad, guint character, LanyardNotePage *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->text_view);
  char typed[8] = { 0 };
  GtkTextIter at;

  gtk_text_buffer_get_iter_at_mark (buffer, &at, gtk_text_buffer_get_insert (buffer));
  if (character == '\b')
    {
      gtk_text_buffer_backspace (buffer, &at, TRUE, TRUE);
      return;
    }
  if (begins_sentence (at))
    character = g_unichar_toupper (character);
  g_unichar_to_utf8 (character, typed);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_insert_at_cursor (buffer, typed, -1);
}

static void
on_reason_chosen (LanyardReasonChips *reasons, LanyardNotePage *self)
{
  refresh (self);
}

/* The page closes with it: what came of it is said on the page behind. */
static void
send (LanyardNotePage *self, LanyardStaffActionKind kind)
{
  LanyardView *view = lanyard_screen_get_view (LANYARD_SCREEN (self));
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (kind);

  if (view == NULL || view->entry == NULL)
    return;
  action->number = g_strdup (view->entry->number);
  action->note = dup_text (self);
  if (!lanyard_note_is_sound (action->note))
    g_clear_pointer (&action->note, g_free);
  if (kind == LANYARD_ACT_HAND_OVER)
    action->reason = lanyard_reason_chips_get_chosen (self->reasons);
  lanyard_controls_act (lanyard_screen_get_controls (LANYARD_SCREEN (self)), action);
  lanyard_screen_go (LANYARD_SCREEN (self), NULL);
}

static void
on_keep_clicked (GtkButton *button, LanyardNotePage *self)
{
  send (self, LANYARD_ACT_NOTE);
}

static void
on_hand_over_clicked (GtkButton *button, LanyardNotePage *self)
{
  send (self, LANYARD_ACT_HAND_OVER);
}

static void
on_back_clicked (GtkButton *button, LanyardNotePage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), NULL);
}

static void
show_reasons (LanyardNotePage *self)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  const LanyardHandOver *reasons = lanyard_hand_overs ();
  guint columns = lanyard_screen_get_portrait (screen) || lanyard_screen_get_whole (screen)
                      ? COLUMNS_PORTRAIT
                      : COLUMNS_LANDSCAPE;
  LanyardReasonChip chips[MAX_REASONS];
  guint n = 0;

  for (; n < MAX_REASONS && reasons[n] != LANYARD_HAND_OVER_NONE; n++)
    chips[n] = (LanyardReasonChip){
      .reason = (guint)reasons[n],
      .text = lanyard_screen_say (screen, lanyard_past_phrase_for_hand_over (reasons[n])),
    };
  g_assert (reasons[n] == LANYARD_HAND_OVER_NONE);
  lanyard_reason_chips_show (self->reasons, chips, n, columns);
}

static void
lanyard_note_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardNotePage *self = LANYARD_NOTE_PAGE (screen);

  lanyard_keypad_set_words (self->keypad, lanyard_screen_get_words (screen));
  gtk_label_set_label (self->name_label, view->entry != NULL ? view->entry->print_name : "");
  gtk_label_set_label (self->number_label, view->entry != NULL ? view->entry->number : "");
  gtk_accessible_update_property (
      GTK_ACCESSIBLE (self->text_view), GTK_ACCESSIBLE_PROPERTY_LABEL,
      lanyard_screen_say (screen, N_ ("What should the next desk know?")), -1);
  show_reasons (self);
  refresh (self);
}

static void
lanyard_note_page_clear (LanyardScreen *screen)
{
  LanyardNotePage *self = LANYARD_NOTE_PAGE (screen);

  lanyard_reason_chips_clear (self->reasons);
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->text_view), "", 0);
  gtk_label_set_label (self->name_label, "");
  gtk_label_set_label (self->number_label, "");
  refresh (self);
}

static void
span (GtkGrid *grid, GtkWidget *child, int columns)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (grid));

  g_object_set (gtk_layout_manager_get_layout_child (layout, child), "column-span", columns,
                "row-span", 1, NULL);
}

static void
lanyard_note_page_arrange (LanyardScreen *screen, gboolean portrait)
{
  LanyardNotePage *self = LANYARD_NOTE_PAGE (screen);

  lanyard_page_layout_camera (self->grid, self->words_box, self->keypad_box, self->actions_box,
                              portrait);
  lanyard_keypad_set_portrait (self->keypad, portrait);
  /* the keys need more than half */
  gtk_grid_set_column_homogeneous (self->grid, FALSE);
  /* Three buttons: they have the whole width. */
  if (!portrait)
    span (self->grid, self->keypad_box, 1);
  span (self->grid, self->actions_box, portrait ? 1 : 2);
  if (lanyard_screen_get_view (screen) != NULL)
    show_reasons (self);
}

static void
lanyard_note_page_dispose (GObject *object)
{
  LanyardNotePage *self = LANYARD_NOTE_PAGE (object);

  if (self->text_view != NULL)
    g_signal_handlers_disconnect_by_data (gtk_text_view_get_buffer (self->text_view), self);
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_NOTE_PAGE);
  G_OBJECT_CLASS (lanyard_note_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-note-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardNotePage, grid);
  gtk_widget_class_bind_template_child (widget_class, LanyardNotePage, words_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardNotePage, keypad_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardNotePage, actions_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardNotePage, name_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardNotePage, number_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardNotePage, text_view);
  gtk_widget_class_bind_template_child (widget_class, LanyardNotePage, left_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardNotePage, reasons);
  gtk_widget_class_bind_template_child (widget_class, LanyardNotePage, keypad);
  gtk_widget_class_bind_template_child (widget_class, LanyardNotePage, keep_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardNotePage, hand_over_button);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_keep_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_hand_over_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
}

static void
lanyard_note_page_class_init (LanyardNotePageClass *klass)
{
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_KEYPAD);
  g_type_ensure (LANYARD_TYPE_REASON_CHIPS);
  G_OBJECT_CLASS (klass)->dispose = lanyard_note_page_dispose;
  screen_class->update = lanyard_note_page_update;
  screen_class->clear = lanyard_note_page_clear;
  screen_class->arrange = lanyard_note_page_arrange;
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
lanyard_note_page_init (LanyardNotePage *self)
{
  GtkTextBuffer *buffer;

  gtk_widget_init_template (GTK_WIDGET (self));
  buffer = gtk_text_view_get_buffer (self->text_view);
  /* what was written of one person is not to be had back with another */
  gtk_text_buffer_set_enable_undo (buffer, FALSE);
  g_signal_connect (buffer, "insert-text", G_CALLBACK (on_insert_text), self);
  g_signal_connect (buffer, "changed", G_CALLBACK (on_text_changed), self);
}
