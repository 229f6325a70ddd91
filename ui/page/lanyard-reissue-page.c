/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* A badge is none any more: why, and whether another is made in its place. Opened over the staff
 * page. */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-reissue-page.h"

#include "lanyard-keypad.h"
#include "lanyard-page-layout.h"
#include "lanyard-phrases.h"
#include "lanyard-reason-chips.h"
#include "lanyard-staff-entry.h"

#define COLUMNS 3
#define MAX_REASONS 12

struct _LanyardReissuePage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkGrid *grid;
  GtkWidget *words_box;
  GtkWidget *keypad_box;
  GtkWidget *actions_box;
  GtkLabel *serial_label;
  GtkLabel *name_label;
  LanyardReasonChips *reasons;
  GtkWidget *second_box;
  LanyardStaffEntry *second;
  GtkLabel *message_label;
  LanyardKeypad *keypad;
  GtkWidget *void_button;
  GtkWidget *reissue_button;
};

G_DEFINE_FINAL_TYPE (LanyardReissuePage, lanyard_reissue_page, LANYARD_TYPE_SCREEN)

/* Returns: 0 as long as none is chosen */
static LanyardVoidReason
get_reason (LanyardReissuePage *self)
{
  return (LanyardVoidReason)lanyard_reason_chips_get_chosen (self->reasons);
}

static gboolean
needs_second (LanyardReissuePage *self)
{
  LanyardView *view = lanyard_screen_get_view (LANYARD_SCREEN (self));
  LanyardPack *pack = lanyard_screen_get_pack (LANYARD_SCREEN (self));

  return get_reason (self) != 0 && view != NULL && view->entry != NULL && pack != NULL
         && lanyard_rules_need_second_person (lanyard_pack_get_rules (pack), view->entry->category,
                                              get_reason (self));
}

/* What may be pressed now. The keys are there for the second person alone. */
static void
refresh (LanyardReissuePage *self)
{
  LanyardView *view = lanyard_screen_get_view (LANYARD_SCREEN (self));
  gboolean second = needs_second (self);
  gboolean ready = get_reason (self) != 0 && view != NULL
                   && (!second || lanyard_staff_entry_is_complete (self->second));

  gtk_widget_set_visible (self->second_box, second);
  gtk_widget_set_visible (self->keypad_box, second);
  gtk_widget_set_sensitive (self->void_button, ready && view->can_void);
  gtk_widget_set_sensitive (self->reissue_button,
                            ready && view->can_reissue
                                && lanyard_void_reason_allows_reissue (get_reason (self)));
}

static void
on_reason_chosen (LanyardReasonChips *reasons, LanyardReissuePage *self)
{
  gtk_label_set_label (self->message_label, "");
  refresh (self);
}

static void
on_second_changed (LanyardStaffEntry *entry, LanyardReissuePage *self)
{
  refresh (self);
}

static void
on_key (LanyardKeypad *keypad, guint character, LanyardReissuePage *self)
{
  lanyard_staff_entry_press (self->second, character);
}

static void
send (LanyardReissuePage *self, LanyardStaffActionKind kind)
{
  LanyardView *view = lanyard_screen_get_view (LANYARD_SCREEN (self));
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (kind);

  if (view == NULL || view->entry == NULL)
    return;
  action->number = g_strdup (view->entry->number);
  action->serial = g_strdup (view->badge_serial);
  action->reason = (guint)get_reason (self);
  if (needs_second (self))
    {
      action->second_number = g_strdup (lanyard_staff_entry_get_number (self->second));
      action->second_pin = g_strdup (lanyard_staff_entry_get_pin (self->second));
    }
  gtk_label_set_label (self->message_label, "");
  lanyard_controls_act (lanyard_screen_get_controls (LANYARD_SCREEN (self)), action);
  lanyard_staff_entry_clear (self->second);
}

static void
on_void_clicked (GtkButton *button, LanyardReissuePage *self)
{
  send (self, LANYARD_ACT_VOID);
}

static void
on_reissue_clicked (GtkButton *button, LanyardReissuePage *self)
{
  send (self, LANYARD_ACT_REISSUE);
}

static void
on_back_clicked (GtkButton *button, LanyardReissuePage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), NULL);
}

static void
show_reasons (LanyardReissuePage *self)
{
  const LanyardVoidReason *reasons = lanyard_void_reasons_of_staff ();
  LanyardReasonChip chips[MAX_REASONS];
  guint n = 0;

  for (; n < MAX_REASONS && reasons[n] != 0; n++)
    chips[n] = (LanyardReasonChip){
      .reason = (guint)reasons[n],
      .text = lanyard_screen_say (LANYARD_SCREEN (self), lanyard_phrase_for_void (reasons[n])),
    };
  g_assert (reasons[n] == 0);
  lanyard_reason_chips_show (self->reasons, chips, n, COLUMNS);
}

static void
lanyard_reissue_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardReissuePage *self = LANYARD_REISSUE_PAGE (screen);

  lanyard_keypad_set_words (self->keypad, lanyard_screen_get_words (screen));
  lanyard_staff_entry_ask_number (self->second, TRUE);
  gtk_label_set_label (self->serial_label, view->badge_serial != NULL ? view->badge_serial : "");
  gtk_label_set_label (self->name_label, view->entry != NULL ? view->entry->print_name : "");
  show_reasons (self);
  refresh (self);
}

static void
lanyard_reissue_page_clear (LanyardScreen *screen)
{
  LanyardReissuePage *self = LANYARD_REISSUE_PAGE (screen);

  lanyard_reason_chips_clear (self->reasons);
  lanyard_staff_entry_clear (self->second);
  gtk_label_set_label (self->serial_label, "");
  gtk_label_set_label (self->name_label, "");
  gtk_label_set_label (self->message_label, "");
  refresh (self);
}

static void
span (GtkGrid *grid, GtkWidget *child, int columns, int rows)
{
  GtkLayoutManager *layout = gtk_widget_get_layout_manager (GTK_WIDGET (grid));

  g_object_set (gtk_layout_manager_get_layout_child (layout, child), "column-span", columns,
                "row-span", rows, NULL);
}

static void
lanyard_reissue_page_arrange (LanyardScreen *screen, gboolean portrait)
{
  LanyardReissuePage *self = LANYARD_REISSUE_PAGE (screen);

  lanyard_page_layout_camera (self->grid, self->words_box, self->keypad_box, self->actions_box,
                              portrait);
  lanyard_keypad_set_portrait (self->keypad, portrait);
  /* Three buttons: they have the whole width. */
  if (!portrait)
    {
      span (self->grid, self->keypad_box, 1, 1);
      span (self->grid, self->actions_box, 2, 1);
    }
  else
    span (self->grid, self->actions_box, 1, 1);
}

/* What is wrong with what stands here is said here; that it is done, on the page behind. */
static gboolean
lanyard_reissue_page_notice (LanyardScreen *screen, LanyardNotice notice)
{
  if (notice != LANYARD_NOTICE_WRONG_PIN && notice != LANYARD_NOTICE_LOCKED_OUT
      && notice != LANYARD_NOTICE_SECOND_PERSON)
    return FALSE;
  gtk_label_set_label (LANYARD_REISSUE_PAGE (screen)->message_label,
                       lanyard_screen_say (screen, lanyard_phrase_for_notice (notice)));
  return TRUE;
}

static void
lanyard_reissue_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_REISSUE_PAGE);
  G_OBJECT_CLASS (lanyard_reissue_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-reissue-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardReissuePage, grid);
  gtk_widget_class_bind_template_child (widget_class, LanyardReissuePage, words_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardReissuePage, keypad_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardReissuePage, actions_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardReissuePage, serial_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardReissuePage, name_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardReissuePage, reasons);
  gtk_widget_class_bind_template_child (widget_class, LanyardReissuePage, second_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardReissuePage, second);
  gtk_widget_class_bind_template_child (widget_class, LanyardReissuePage, message_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardReissuePage, keypad);
  gtk_widget_class_bind_template_child (widget_class, LanyardReissuePage, void_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardReissuePage, reissue_button);
  gtk_widget_class_bind_template_callback (widget_class, on_second_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_void_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_reissue_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
}

static void
lanyard_reissue_page_class_init (LanyardReissuePageClass *klass)
{
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_KEYPAD);
  g_type_ensure (LANYARD_TYPE_REASON_CHIPS);
  g_type_ensure (LANYARD_TYPE_STAFF_ENTRY);
  G_OBJECT_CLASS (klass)->dispose = lanyard_reissue_page_dispose;
  screen_class->update = lanyard_reissue_page_update;
  screen_class->clear = lanyard_reissue_page_clear;
  screen_class->arrange = lanyard_reissue_page_arrange;
  screen_class->notice = lanyard_reissue_page_notice;
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
lanyard_reissue_page_init (LanyardReissuePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
