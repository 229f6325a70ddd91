/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* Several badges of one person are out: all of them beside each other, with the desks to call, and
 * a supervisor decides which one stays. Opened over the staff page. */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-resolve-page.h"

#include "lanyard-keypad.h"
#include "lanyard-page-layout.h"
#include "lanyard-phrases.h"
#include "lanyard-reason-chips.h"
#include "lanyard-staff-entry.h"

#define SIDE_COLUMNS 2
#define REASON_COLUMNS 3
#define MAX_REASONS 8

struct _LanyardResolvePage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkGrid *grid;
  GtkWidget *words_box;
  GtkWidget *keypad_box;
  GtkWidget *actions_box;
  GtkLabel *name_label;
  GtkGrid *sides_grid;
  GtkBox *decisions_box;
  GtkWidget *staff_label;
  LanyardReasonChips *reasons;
  GtkWidget *second_box;
  LanyardStaffEntry *second;
  GtkLabel *message_label;
  LanyardKeypad *keypad;
  GtkWidget *keep_button;

  /* owned */
  char *keep; /* (nullable): serial of the badge that was chosen */
};

G_DEFINE_FINAL_TYPE (LanyardResolvePage, lanyard_resolve_page, LANYARD_TYPE_SCREEN)

/* Returns: 0 as long as none is chosen */
static LanyardResolveReason
get_reason (LanyardResolvePage *self)
{
  return (LanyardResolveReason)lanyard_reason_chips_get_chosen (self->reasons);
}

static gboolean
needs_second (LanyardResolvePage *self)
{
  LanyardView *view = lanyard_screen_get_view (LANYARD_SCREEN (self));
  LanyardPack *pack = lanyard_screen_get_pack (LANYARD_SCREEN (self));

  return get_reason (self) != 0 && view != NULL && view->entry != NULL && pack != NULL
         && lanyard_rules_need_second_person (lanyard_pack_get_rules (pack), view->entry->category,
                                              lanyard_resolve_reason_to_void (get_reason (self)));
}

/* What may be pressed now. The keys are there for the second person alone. */
static void
refresh (LanyardResolvePage *self)
{
  LanyardView *view = lanyard_screen_get_view (LANYARD_SCREEN (self));
  gboolean second = needs_second (self);

  gtk_widget_set_visible (self->staff_label, view != NULL && !view->can_resolve);
  gtk_widget_set_visible (GTK_WIDGET (self->reasons), view != NULL && view->can_resolve);
  gtk_widget_set_visible (self->second_box, second);
  gtk_widget_set_visible (self->keypad_box, second);
  gtk_widget_set_sensitive (self->keep_button,
                            self->keep != NULL && get_reason (self) != 0 && view != NULL
                                && view->can_resolve
                                && (!second || lanyard_staff_entry_is_complete (self->second)));
}

static void
on_reason_chosen (LanyardReasonChips *reasons, LanyardResolvePage *self)
{
  gtk_label_set_label (self->message_label, "");
  refresh (self);
}

static void
on_side_toggled (GtkToggleButton *button, LanyardResolvePage *self)
{
  g_clear_pointer (&self->keep, g_free);
  if (gtk_toggle_button_get_active (button))
    self->keep = g_strdup (g_object_get_data (G_OBJECT (button), "serial"));
  refresh (self);
}

static void
on_second_changed (LanyardStaffEntry *entry, LanyardResolvePage *self)
{
  refresh (self);
}

static void
on_key (LanyardKeypad *keypad, guint character, LanyardResolvePage *self)
{
  lanyard_staff_entry_press (self->second, character);
}

static void
on_keep_clicked (GtkButton *button, LanyardResolvePage *self)
{
  LanyardView *view = lanyard_screen_get_view (LANYARD_SCREEN (self));
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_RESOLVE);

  if (view == NULL || view->entry == NULL)
    return;
  action->number = g_strdup (view->entry->number);
  action->serial = g_strdup (self->keep);
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
on_back_clicked (GtkButton *button, LanyardResolvePage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), NULL);
}

static void
empty_grid (GtkGrid *grid)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (grid))) != NULL)
    gtk_grid_remove (grid, child);
}

static void
empty_decisions (LanyardResolvePage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->decisions_box))) != NULL)
    gtk_box_remove (self->decisions_box, child);
}

static GtkWidget *
make_line (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "verbatim");
  if (style != NULL)
    gtk_widget_add_css_class (label, style);
  return label;
}

static GtkWidget *
make_chip (GtkWidget *child, const char *name, GtkWidget *group)
{
  GtkWidget *chip = gtk_toggle_button_new ();

  gtk_button_set_child (GTK_BUTTON (chip), child);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  gtk_widget_add_css_class (chip, "secondary");
  gtk_widget_add_css_class (chip, "chip");
  gtk_widget_set_hexpand (chip, TRUE);
  if (group != NULL)
    gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (chip), GTK_TOGGLE_BUTTON (group));
  return chip;
}

static GtkWidget *
make_side (LanyardResolvePage *self, const LanyardSide *side, GtkWidget *group)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  LanyardView *view = lanyard_screen_get_view (screen);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 4);
  g_autofree char *desk = lanyard_phrase_dup_desk (lanyard_screen_get_words (screen),
                                                   lanyard_screen_get_pack (screen), side->device,
                                                   side->name, side->venue);
  g_autofree char *when = lanyard_phrase_dup_when (lanyard_screen_get_words (screen), side->out_us);
  const char *state = lanyard_screen_say (screen, lanyard_phrase_for_side (side->state));
  g_autofree char *name
      = lanyard_words_join (lanyard_screen_get_words (screen),
                            (const char *[]){ side->serial, desk, when, state }, 4);
  GtkWidget *chip;

  gtk_box_append (GTK_BOX (box), make_line (side->serial, "mono"));
  gtk_box_append (GTK_BOX (box), make_line (desk, NULL));
  gtk_box_append (GTK_BOX (box), make_line (when, NULL));
  gtk_box_append (GTK_BOX (box), make_line (state, "body-strong"));
  chip = make_chip (box, name, group);
  gtk_widget_add_css_class (chip, "side");
  g_object_set_data_full (G_OBJECT (chip), "serial", g_strdup (side->serial), g_free);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip),
                                g_strcmp0 (self->keep, side->serial) == 0);
  gtk_widget_set_sensitive (chip, view->can_resolve && side->state != LANYARD_SIDE_VOID);
  g_signal_connect (chip, "toggled", G_CALLBACK (on_side_toggled), self);
  return chip;
}

static void
show_sides (LanyardResolvePage *self, const LanyardDispute *dispute)
{
  GtkWidget *first = NULL;

  empty_grid (self->sides_grid);
  for (guint i = 0; i < dispute->sides->len; i++)
    {
      GtkWidget *chip = make_side (self, g_ptr_array_index (dispute->sides, i), first);

      if (first == NULL)
        first = chip;
      gtk_grid_attach (self->sides_grid, chip, (int)i % SIDE_COLUMNS, (int)i / SIDE_COLUMNS, 1, 1);
    }
}

/* Decisions that contradict each other: all of them, and none as the right one. */
static void
show_decisions (LanyardResolvePage *self, const LanyardDispute *dispute)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  LanyardWords *words = lanyard_screen_get_words (screen);

  empty_decisions (self);
  for (guint i = 0; i < dispute->resolutions->len; i++)
    {
      const LanyardResolution *resolution = g_ptr_array_index (dispute->resolutions, i);
      guint32 device = (guint32)g_ascii_strtoull (resolution->id, NULL, 10);
      g_autofree char *desk = lanyard_phrase_dup_desk (words, lanyard_screen_get_pack (screen),
                                                       device, resolution->name, resolution->venue);
      g_autofree char *keeps
          = lanyard_words_fill (words, N_ ("Decided before: %s stays"), resolution->keep);
      g_autofree char *when = lanyard_phrase_dup_when (words, resolution->at_us);
      g_autofree char *where = lanyard_words_join (words, (const char *[]){ desk, when }, 2);
      g_autofree char *line = g_strdup_printf ("%s (%s)", keeps, where);

      gtk_box_append (self->decisions_box, make_line (line, "body-strong"));
    }
}

static void
show_reasons (LanyardResolvePage *self)
{
  const LanyardResolveReason *reasons = lanyard_resolve_reasons ();
  LanyardReasonChip chips[MAX_REASONS];
  guint n = 0;

  for (; n < MAX_REASONS && reasons[n] != 0; n++)
    chips[n] = (LanyardReasonChip){
      .reason = (guint)reasons[n],
      .text = lanyard_screen_say (LANYARD_SCREEN (self), lanyard_phrase_for_resolve (reasons[n])),
    };
  g_assert (reasons[n] == 0);
  lanyard_reason_chips_show (self->reasons, chips, n, REASON_COLUMNS);
}

static void
lanyard_resolve_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardResolvePage *self = LANYARD_RESOLVE_PAGE (screen);

  lanyard_keypad_set_words (self->keypad, lanyard_screen_get_words (screen));
  lanyard_staff_entry_ask_number (self->second, TRUE);
  gtk_label_set_label (self->name_label, view->entry != NULL ? view->entry->print_name : "");
  if (view->entry != NULL && view->entry->dispute != NULL)
    {
      show_sides (self, view->entry->dispute);
      show_decisions (self, view->entry->dispute);
    }
  show_reasons (self);
  refresh (self);
}

static void
lanyard_resolve_page_clear (LanyardScreen *screen)
{
  LanyardResolvePage *self = LANYARD_RESOLVE_PAGE (screen);

  lanyard_reason_chips_clear (self->reasons);
  g_clear_pointer (&self->keep, g_free);
  empty_grid (self->sides_grid);
  empty_decisions (self);
  lanyard_staff_entry_clear (self->second);
  gtk_label_set_label (self->name_label, "");
  gtk_label_set_label (self->message_label, "");
  refresh (self);
}

static void
lanyard_resolve_page_arrange (LanyardScreen *screen, gboolean portrait)
{
  LanyardResolvePage *self = LANYARD_RESOLVE_PAGE (screen);

  lanyard_page_layout_camera (self->grid, self->words_box, self->keypad_box, self->actions_box,
                              portrait);
  lanyard_keypad_set_portrait (self->keypad, portrait);
}

/* What is wrong with what stands here is said here; that it is done, on the page behind. */
static gboolean
lanyard_resolve_page_notice (LanyardScreen *screen, LanyardNotice notice)
{
  if (notice != LANYARD_NOTICE_WRONG_PIN && notice != LANYARD_NOTICE_LOCKED_OUT
      && notice != LANYARD_NOTICE_SECOND_PERSON)
    return FALSE;
  gtk_label_set_label (LANYARD_RESOLVE_PAGE (screen)->message_label,
                       lanyard_screen_say (screen, lanyard_phrase_for_notice (notice)));
  return TRUE;
}

static void
lanyard_resolve_page_dispose (GObject *object)
{
  g_clear_pointer (&LANYARD_RESOLVE_PAGE (object)->keep, g_free);
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_RESOLVE_PAGE);
  G_OBJECT_CLASS (lanyard_resolve_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-resolve-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardResolvePage, grid);
  gtk_widget_class_bind_template_child (widget_class, LanyardResolvePage, words_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardResolvePage, keypad_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardResolvePage, actions_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardResolvePage, name_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardResolvePage, sides_grid);
  gtk_widget_class_bind_template_child (widget_class, LanyardResolvePage, decisions_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardResolvePage, staff_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardResolvePage, reasons);
  gtk_widget_class_bind_template_child (widget_class, LanyardResolvePage, second_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardResolvePage, second);
  gtk_widget_class_bind_template_child (widget_class, LanyardResolvePage, message_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardResolvePage, keypad);
  gtk_widget_class_bind_template_child (widget_class, LanyardResolvePage, keep_button);
  gtk_widget_class_bind_template_callback (widget_class, on_second_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_key);
  gtk_widget_class_bind_template_callback (widget_class, on_reason_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_keep_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
}

static void
lanyard_resolve_page_class_init (LanyardResolvePageClass *klass)
{
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_KEYPAD);
  g_type_ensure (LANYARD_TYPE_REASON_CHIPS);
  g_type_ensure (LANYARD_TYPE_STAFF_ENTRY);
  G_OBJECT_CLASS (klass)->dispose = lanyard_resolve_page_dispose;
  screen_class->update = lanyard_resolve_page_update;
  screen_class->clear = lanyard_resolve_page_clear;
  screen_class->arrange = lanyard_resolve_page_arrange;
  screen_class->notice = lanyard_resolve_page_notice;
  bind_template (GTK_WIDGET_CLASS (klass));
}

static void
lanyard_resolve_page_init (LanyardResolvePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
