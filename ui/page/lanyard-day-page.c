/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-day-page.h"

#include "lanyard-day-export.h"
#include "lanyard-day-figures.h"
#include "lanyard-day-list.h"
#include "lanyard-day-phrases.h"
#include "lanyard-illustration.h"
#include "lanyard-keypad.h"
#include "lanyard-phrases.h"
#include "lanyard-transaction-list.h"

#define MAX_QUERY_CHARS 64
#define DAY_US (24 * G_TIME_SPAN_HOUR)

struct _LanyardDayPage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkLabel *summary_label;
  GtkToggleButton *figures_button;
  GtkToggleButton *save_button;
  GtkWidget *tiles_box;
  GtkWidget *search_box;
  GtkWidget *figures_window;
  LanyardDayFigures *figures;
  LanyardDayExport *export;
  GtkToggleButton *all_button;
  GtkToggleButton *waiting_button;
  GtkToggleButton *unprinted_button;
  GtkToggleButton *conflicts_button;
  GtkToggleButton *void_button;
  GtkLabel *all_number;
  GtkLabel *waiting_number;
  GtkLabel *unprinted_number;
  GtkLabel *conflicts_number;
  GtkLabel *void_number;
  GtkLabel *oldest_label;
  GtkEditable *entry;
  GtkToggleButton *keys_button;
  GtkToggleButton *oldest_button;
  GtkToggleButton *venue_button;
  GtkLabel *venue_label;
  LanyardKeypad *keypad;
  GtkWidget *list_window;
  LanyardTransactionList *list_view;
  GtkWidget *empty_box;
  GtkLabel *empty_label;

  /* owned */
  LanyardDayList *list;
  LanyardDayPart *part; /* (nullable): the newest answer, for its counts */

  /* state */
  guint64 version;          /* of the day, as the desk told it last */
  gint64 oldest_pending_us; /* wall; 0: nothing waits */
  gboolean is_open;         /* the list is asked for */
};

G_DEFINE_FINAL_TYPE (LanyardDayPage, lanyard_day_page, LANYARD_TYPE_SCREEN)

/* --- counts --- */

static void
set_number (LanyardDayPage *self, GtkLabel *label, guint number)
{
  LanyardWords *words = lanyard_screen_get_words (LANYARD_SCREEN (self));
  g_autofree char *text
      = self->part != NULL ? lanyard_words_dup_number (words, number) : g_strdup ("–");

  gtk_label_set_label (label, text);
}

/* What a number means, and how old it is, in one name for assistive tools. */
static void
name_tile (LanyardDayPage *self, GtkToggleButton *tile, GtkLabel *number, const char *msgid)
{
  g_autofree char *name
      = g_strdup_printf ("%s: %s", lanyard_screen_say (LANYARD_SCREEN (self), msgid),
                         gtk_label_get_text (number));

  gtk_accessible_update_property (GTK_ACCESSIBLE (tile), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* How many in the last hour, and how many it should have been. */
static char *
dup_pace (LanyardDayPage *self)
{
  LanyardWords *words = lanyard_screen_get_words (LANYARD_SCREEN (self));
  g_autofree char *pace = lanyard_words_fill_n (words, "%s in the last hour", "%s in the last hour",
                                                self->part->tally.last_hour);
  g_autofree char *number = NULL, *plan = NULL;

  if (self->part->hour_plan == 0)
    return g_steal_pointer (&pace);
  number = lanyard_words_dup_number (words, self->part->hour_plan);
  plan = lanyard_words_fill (words, N_ ("planned: %s"), number);
  return g_strdup_printf ("%s (%s)", pace, plan);
}

/* The parts of the line that there are; NULL ends them. */
static char *
dup_summary (LanyardDayPage *self)
{
  LanyardWords *words = lanyard_screen_get_words (LANYARD_SCREEN (self));
  g_autofree char *duration = NULL;
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  char *wait;

  if (self->part == NULL)
    return g_strdup ("");
  g_ptr_array_add (parts, lanyard_words_fill_n (words, "%s handed out today", "%s handed out today",
                                                self->part->collected));
  g_ptr_array_add (parts, dup_pace (self));
  if (self->part->median_s > 0)
    {
      duration = lanyard_day_phrase_dup_duration (words, self->part->median_s);
      g_ptr_array_add (parts, lanyard_words_fill (words, N_ ("half of them within %s"), duration));
    }
  wait = lanyard_day_phrase_dup_wait (words, &self->part->wait);
  if (wait != NULL)
    g_ptr_array_add (parts, wait);
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **)parts->pdata);
}

static void
show_oldest (LanyardDayPage *self)
{
  gboolean waits = self->part != NULL && self->part->waiting > 0 && self->oldest_pending_us > 0;
  g_autofree char *when = NULL, *text = NULL;

  if (waits)
    {
      when = g_get_real_time () - self->oldest_pending_us < DAY_US
                 ? lanyard_day_phrase_dup_time (self->oldest_pending_us)
                 : lanyard_phrase_dup_when (lanyard_screen_get_words (LANYARD_SCREEN (self)),
                                            self->oldest_pending_us);
      text = lanyard_words_fill (lanyard_screen_get_words (LANYARD_SCREEN (self)), N_ ("since %s"),
                                 when);
    }
  gtk_label_set_label (self->oldest_label, waits ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->oldest_label), waits);
}

/* How far what is listed of other desks can be relied on. */
static void
show_venue (LanyardDayPage *self)
{
  LanyardWords *words = lanyard_screen_get_words (LANYARD_SCREEN (self));
  gboolean venue = gtk_toggle_button_get_active (self->venue_button) && self->part != NULL;
  g_autofree char *desks = NULL, *when = NULL, *heard = NULL, *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->venue_label), venue);
  if (!venue)
    return;
  if (self->part->others.heard_us == 0)
    {
      gtk_label_set_label (
          self->venue_label,
          lanyard_words_get (words, N_ ("Nothing was heard of other desks. At a venue with a relay "
                                        "they appear here by themselves.")));
      return;
    }
  desks = lanyard_words_fill_n (words, "%s other desk", "%s other desks", self->part->others.desks);
  when = lanyard_day_phrase_dup_time (self->part->others.heard_us);
  heard = lanyard_words_fill (words, N_ ("last heard of at %s"), when);
  text = g_strdup_printf ("%s · %s", desks, heard);
  gtk_label_set_label (self->venue_label, text);
}

static void
warn_if (GtkToggleButton *tile, gboolean warn)
{
  if (warn)
    gtk_widget_add_css_class (GTK_WIDGET (tile), "warn");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (tile), "warn");
}

static void
show_counts (LanyardDayPage *self)
{
  static const LanyardDayPart none = { 0 };
  const LanyardDayPart *part = self->part != NULL ? self->part : &none;
  g_autofree char *summary = dup_summary (self);

  set_number (self, self->all_number, part->all);
  set_number (self, self->waiting_number, part->waiting);
  set_number (self, self->unprinted_number, part->unprinted);
  set_number (self, self->conflicts_number, part->disputed);
  set_number (self, self->void_number, part->voided);
  name_tile (self, self->all_button, self->all_number, N_ ("All"));
  name_tile (self, self->waiting_button, self->waiting_number, N_ ("Waiting to be sent"));
  name_tile (self, self->unprinted_button, self->unprinted_number, N_ ("Printing or in doubt"));
  name_tile (self, self->conflicts_button, self->conflicts_number, N_ ("Several badges"));
  name_tile (self, self->void_button, self->void_number, N_ ("Void"));
  warn_if (self->unprinted_button, part->unprinted > 0);
  warn_if (self->conflicts_button, part->disputed > 0);
  gtk_label_set_label (self->summary_label, summary);
  show_oldest (self);
  show_venue (self);
}

/* --- the list --- */

static LanyardDayFilter
get_filter (LanyardDayPage *self)
{
  if (gtk_toggle_button_get_active (self->waiting_button))
    return LANYARD_DAY_WAITING;
  if (gtk_toggle_button_get_active (self->unprinted_button))
    return LANYARD_DAY_UNPRINTED;
  if (gtk_toggle_button_get_active (self->conflicts_button))
    return LANYARD_DAY_CONFLICTS;
  if (gtk_toggle_button_get_active (self->void_button))
    return LANYARD_DAY_VOID;
  return LANYARD_DAY_ALL;
}

static const char *
get_query (LanyardDayPage *self)
{
  const char *text = gtk_editable_get_text (self->entry);

  return *text != '\0' ? text : NULL;
}

static void
ask (LanyardDayPage *self)
{
  LanyardDayAsk wanted = {
    .filter = get_filter (self),
    .oldest_first = gtk_toggle_button_get_active (self->oldest_button),
    .venue = gtk_toggle_button_get_active (self->venue_button),
    .text = (char *)get_query (self),
  };

  if (self->is_open)
    lanyard_day_list_open (self->list, lanyard_screen_get_controls (LANYARD_SCREEN (self)),
                           &wanted);
}

static void
show_list (LanyardDayPage *self)
{
  gboolean empty = self->part != NULL && self->part->total == 0;
  gboolean figures = gtk_toggle_button_get_active (self->figures_button);
  gboolean saves = gtk_toggle_button_get_active (self->save_button);
  gboolean listed = !figures && !saves;

  if (empty)
    gtk_label_set_label (self->empty_label,
                         lanyard_screen_say (LANYARD_SCREEN (self),
                                             lanyard_day_phrase_for_empty (get_filter (self),
                                                                           get_query (self) != NULL,
                                                                           self->part->complete)));
  gtk_widget_set_visible (self->empty_box, listed && empty);
  gtk_widget_set_visible (self->list_window, listed && !empty);
  gtk_widget_set_visible (self->tiles_box, !saves);
  gtk_widget_set_visible (self->search_box, listed);
  gtk_widget_set_visible (self->figures_window, figures);
  gtk_widget_set_visible (GTK_WIDGET (self->export), saves);
  if (figures)
    lanyard_day_figures_show (self->figures, self->part,
                              lanyard_screen_get_pack (LANYARD_SCREEN (self)),
                              lanyard_screen_get_words (LANYARD_SCREEN (self)));
}

static void
on_answered (LanyardDayList *list, LanyardDayPart *part, LanyardDayPage *self)
{
  g_clear_pointer (&self->part, lanyard_day_part_unref);
  self->part = lanyard_day_part_ref (part);
  show_counts (self);
  show_list (self);
}

/* The person, with what can be done about it. */
static void
on_row_activated (LanyardTransactionList *view, guint place, LanyardDayPage *self)
{
  g_autoptr (LanyardDayItem) item = g_list_model_get_item (G_LIST_MODEL (self->list), place);
  const LanyardDayLine *line = item != NULL ? lanyard_day_item_get_line (item) : NULL;
  g_autofree char *number = line != NULL ? g_strdup (line->row->number) : NULL;

  if (number == NULL || line->name == NULL)
    return;
  lanyard_controls_open_person (lanyard_screen_get_controls (LANYARD_SCREEN (self)), number);
  lanyard_screen_go (LANYARD_SCREEN (self), NULL);
}

/* What shows the list again when it stands behind something else. */
static void
show_only_list (LanyardDayPage *self)
{
  gtk_toggle_button_set_active (self->figures_button, FALSE);
  gtk_toggle_button_set_active (self->save_button, FALSE);
}

static void
on_filter_toggled (GtkToggleButton *button, LanyardDayPage *self)
{
  if (!gtk_toggle_button_get_active (button))
    return;
  show_only_list (self);
  ask (self);
}

static void
on_order_toggled (GtkToggleButton *button, LanyardDayPage *self)
{
  ask (self);
}

/* One of the two at a time; with neither, the list. */
static void
on_panel_toggled (GtkToggleButton *button, LanyardDayPage *self)
{
  gboolean active = gtk_toggle_button_get_active (button);

  if (active)
    {
      gtk_toggle_button_set_active (
          button == self->figures_button ? self->save_button : self->figures_button, FALSE);
      gtk_toggle_button_set_active (self->keys_button, FALSE);
    }
  if (button == self->save_button && active)
    lanyard_day_export_open (self->export, lanyard_screen_get_controls (LANYARD_SCREEN (self)),
                             lanyard_screen_get_words (LANYARD_SCREEN (self)));
  else if (button == self->save_button)
    lanyard_day_export_close (self->export);
  show_list (self);
}

static void
on_search_changed (GtkEditable *entry, LanyardDayPage *self)
{
  ask (self);
}

static void
on_keys_toggled (GtkToggleButton *button, LanyardDayPage *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->keypad), gtk_toggle_button_get_active (button));
}

static void
on_key (LanyardKeypad *keypad, guint character, LanyardDayPage *self)
{
  g_autofree char *text
      = lanyard_keypad_apply (gtk_editable_get_text (self->entry), character, MAX_QUERY_CHARS);

  gtk_editable_set_text (self->entry, text);
  gtk_editable_set_position (self->entry, -1);
}

static void
on_back_clicked (GtkButton *button, LanyardDayPage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), NULL);
}

/* --- the page --- */

static void
lanyard_day_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardDayPage *self = LANYARD_DAY_PAGE (screen);
  gboolean was_open = self->is_open;

  lanyard_keypad_set_words (self->keypad, lanyard_screen_get_words (screen));
  lanyard_transaction_list_set_words (self->list_view, lanyard_screen_get_words (screen));
  self->is_open = view->staff_signed_in;
  gtk_widget_set_visible (GTK_WIDGET (self->save_button), view->staff_supervisor);
  if (!view->staff_supervisor)
    gtk_toggle_button_set_active (self->save_button, FALSE);
  show_counts (self);
  if (!was_open)
    ask (self);
  else
    lanyard_day_list_refresh (self->list);
}

static void
lanyard_day_page_clear (LanyardScreen *screen)
{
  LanyardDayPage *self = LANYARD_DAY_PAGE (screen);

  self->is_open = FALSE;
  lanyard_day_list_close (self->list);
  g_clear_pointer (&self->part, lanyard_day_part_unref);
  show_only_list (self);
  lanyard_day_figures_show (self->figures, NULL, NULL,
                            lanyard_screen_get_words (LANYARD_SCREEN (self)));
  gtk_toggle_button_set_active (self->all_button, TRUE);
  gtk_toggle_button_set_active (self->oldest_button, FALSE);
  gtk_toggle_button_set_active (self->venue_button, FALSE);
  gtk_toggle_button_set_active (self->keys_button, FALSE);
  gtk_editable_set_text (self->entry, "");
  show_counts (self);
}

static void
lanyard_day_page_status (LanyardScreen *screen, const LanyardDeskStatus *status)
{
  LanyardDayPage *self = LANYARD_DAY_PAGE (screen);

  self->oldest_pending_us = status->link.oldest_pending_us;
  show_oldest (self);
  if (self->version == status->day_version)
    return;
  self->version = status->day_version;
  lanyard_day_list_refresh (self->list);
}

static void
lanyard_day_page_dispose (GObject *object)
{
  LanyardDayPage *self = LANYARD_DAY_PAGE (object);

  if (self->list != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->list, self);
      lanyard_day_list_close (self->list);
    }
  g_clear_object (&self->list);
  g_clear_pointer (&self->part, lanyard_day_part_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_DAY_PAGE);
  G_OBJECT_CLASS (lanyard_day_page_parent_class)->dispose (object);
}

static void
bind_children (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, summary_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, figures_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, save_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, tiles_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, search_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, figures_window);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, figures);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, export);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, all_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, waiting_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, unprinted_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, conflicts_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, void_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, all_number);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, waiting_number);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, unprinted_number);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, conflicts_number);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, void_number);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, oldest_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, entry);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, keys_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, oldest_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, venue_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, venue_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, keypad);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, list_window);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, list_view);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, empty_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardDayPage, empty_label);
}

static void
lanyard_day_page_class_init (LanyardDayPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_ILLUSTRATION);
  g_type_ensure (LANYARD_TYPE_KEYPAD);
  g_type_ensure (LANYARD_TYPE_DAY_EXPORT);
  g_type_ensure (LANYARD_TYPE_DAY_FIGURES);
  g_type_ensure (LANYARD_TYPE_TRANSACTION_LIST);
  G_OBJECT_CLASS (klass)->dispose = lanyard_day_page_dispose;
  screen_class->update = lanyard_day_page_update;
  screen_class->clear = lanyard_day_page_clear;
  screen_class->status = lanyard_day_page_status;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-day-page.ui");
  bind_children (widget_class);
  gtk_widget_class_bind_template_callback (widget_class, on_filter_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_order_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_panel_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_keys_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, on_row_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
}

static void
lanyard_day_page_init (LanyardDayPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->list = lanyard_day_list_new ();
  g_signal_connect (self->list, "answered", G_CALLBACK (on_answered), self);
  lanyard_transaction_list_set_list (self->list_view, self->list);
}
