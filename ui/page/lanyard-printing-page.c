/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-printing-page.h"

#include "lanyard-fault-note.h"
#include "lanyard-illustration.h"
#include "lanyard-phrases.h"
#include "lanyard-print-scene.h"

struct _LanyardPrintingPage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkStack *stack;
  LanyardPrintScene *scene;
  LanyardIllustration *fault_picture;
  GtkLabel *title_label;
  GtkLabel *advice_label;
  GtkWidget *help_button;
  LanyardFaultNote *note;
  GtkWidget *give_up_button;
};

G_DEFINE_FINAL_TYPE (LanyardPrintingPage, lanyard_printing_page, LANYARD_TYPE_SCREEN)

/* How far a badge is out of the printer: what is known, not what is hoped. */
static double
get_share (LanyardView *view)
{
  if (view->state < LANYARD_PICKUP_PRINTING)
    return 0;
  switch (view->print)
    {
    case LANYARD_PRINT_PROCESSING:
    case LANYARD_PRINT_STOPPED:
      return 0.55;
    case LANYARD_PRINT_COMPLETED:
      return 1;
    default:
      return 0.12;
    }
}

static const char *
get_title (LanyardView *view)
{
  if (view->state < LANYARD_PICKUP_PRINTING)
    return N_ ("Your badge is on its way");
  if (view->print == LANYARD_PRINT_COMPLETED)
    return N_ ("Here it comes");
  return N_ ("Your badge is printing");
}

static void
show_fault (LanyardPrintingPage *self, LanyardPrintFault fault)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  LanyardFaultPhrase phrase;

  lanyard_phrase_for_fault (fault, &phrase);
  gtk_label_set_label (self->title_label, lanyard_screen_say (screen, phrase.title));
  gtk_label_set_label (self->advice_label, lanyard_screen_say (screen, phrase.advice));
  lanyard_illustration_set_name (self->fault_picture, phrase.illustration);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->fault_picture));
}

/* Of somebody who collects for others: whose badge, and the how manieth. */
static void
show_turn (LanyardPrintingPage *self, LanyardView *view)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  const LanyardTeamMember *member = lanyard_team_get_under_way (view->team);
  guint done = lanyard_team_count (view->team, LANYARD_TEAM_DONE);
  g_autofree char *title = NULL, *turn = NULL;

  if (member == NULL)
    return;
  title = lanyard_words_fill (lanyard_screen_get_words (screen), N_ ("Printing the badge of %s"),
                              member->name);
  turn = g_strdup_printf ("%u / %u", done + 1,
                          done + 1 + lanyard_team_count (view->team, LANYARD_TEAM_TICKED));
  gtk_label_set_label (self->title_label, title);
  gtk_label_set_label (self->advice_label, turn);
}

static void
show_progress (LanyardPrintingPage *self, LanyardView *view)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);

  gtk_label_set_label (self->title_label, lanyard_screen_say (screen, get_title (view)));
  gtk_label_set_label (self->advice_label,
                       lanyard_screen_say (screen, N_ ("This takes less than a minute.")));
  if (view->team != NULL && view->team->alone)
    show_turn (self, view);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (self->scene));
}

static void
on_help_clicked (GtkButton *button, LanyardPrintingPage *self)
{
  lanyard_screen_answer (LANYARD_SCREEN (self), LANYARD_INPUT_CALL_STAFF, NULL);
}

static void
on_choose (LanyardFaultNote *note, const char *printer, LanyardPrintingPage *self)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_CHOOSE_PRINTER);

  action->text = g_strdup (printer);
  lanyard_controls_act (lanyard_screen_get_controls (LANYARD_SCREEN (self)), action);
}

/* Staff see what to do, and may say that it cannot be mended: that makes it a question. */
static void
show_note (LanyardPrintingPage *self, LanyardView *view)
{
  gboolean shows = view->staff_signed_in
                   && lanyard_fault_note_show (self->note, view, LANYARD_FAULT_NOTE_REMEDY,
                                               lanyard_screen_get_words (LANYARD_SCREEN (self)));

  gtk_widget_set_visible (GTK_WIDGET (self->note), shows);
  gtk_widget_set_visible (self->give_up_button, shows);
  /* The longer one is for them. */
  gtk_widget_set_visible (GTK_WIDGET (self->advice_label), !shows);
  gtk_widget_set_visible (self->help_button,
                          view->fault != LANYARD_PRINT_FAULT_NONE && !view->staff_signed_in);
}

static void
lanyard_printing_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardPrintingPage *self = LANYARD_PRINTING_PAGE (screen);
  gboolean waits = view->fault != LANYARD_PRINT_FAULT_NONE;

  lanyard_print_scene_set (self->scene, get_share (view), waits);
  if (waits)
    show_fault (self, view->fault);
  else
    show_progress (self, view);
  show_note (self, view);
}

static void
lanyard_printing_page_clear (LanyardScreen *screen)
{
  LanyardPrintingPage *self = LANYARD_PRINTING_PAGE (screen);

  lanyard_print_scene_set (self->scene, 0, FALSE);
  gtk_label_set_label (self->title_label, "");
}

static void
lanyard_printing_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_PRINTING_PAGE);
  G_OBJECT_CLASS (lanyard_printing_page_parent_class)->dispose (object);
}

static void
lanyard_printing_page_class_init (LanyardPrintingPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_FAULT_NOTE);
  g_type_ensure (LANYARD_TYPE_ILLUSTRATION);
  g_type_ensure (LANYARD_TYPE_PRINT_SCENE);
  G_OBJECT_CLASS (klass)->dispose = lanyard_printing_page_dispose;
  screen_class->update = lanyard_printing_page_update;
  screen_class->clear = lanyard_printing_page_clear;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-printing-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardPrintingPage, stack);
  gtk_widget_class_bind_template_child (widget_class, LanyardPrintingPage, scene);
  gtk_widget_class_bind_template_child (widget_class, LanyardPrintingPage, fault_picture);
  gtk_widget_class_bind_template_child (widget_class, LanyardPrintingPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardPrintingPage, advice_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardPrintingPage, help_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardPrintingPage, note);
  gtk_widget_class_bind_template_child (widget_class, LanyardPrintingPage, give_up_button);
  gtk_widget_class_bind_template_callback (widget_class, on_choose);
  gtk_widget_class_bind_template_callback (widget_class, on_help_clicked);
}

static void
lanyard_printing_page_init (LanyardPrintingPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
