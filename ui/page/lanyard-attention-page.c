/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-attention-page.h"

#include "lanyard-fault-note.h"
#include "lanyard-illustration.h"
#include "lanyard-phrases.h"
#include "lanyard-question.h"

struct _LanyardAttentionPage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkWidget *waiting_box;
  LanyardQuestion *question;
  LanyardIllustration *picture;
  LanyardFaultNote *note;
};

G_DEFINE_FINAL_TYPE (LanyardAttentionPage, lanyard_attention_page, LANYARD_TYPE_SCREEN)

static void
on_answer (LanyardQuestion *question,
           const char *serial,
           gboolean came_out,
           LanyardAttentionPage *self)
{
  lanyard_screen_answer (LANYARD_SCREEN (self),
                         came_out ? LANYARD_INPUT_CAME_OUT : LANYARD_INPUT_NOT_OUT, serial);
}

static void
on_choose (LanyardFaultNote *note, const char *printer, LanyardAttentionPage *self)
{
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_CHOOSE_PRINTER);

  action->text = g_strdup (printer);
  lanyard_controls_act (lanyard_screen_get_controls (LANYARD_SCREEN (self)), action);
}

/* The words need the room of the picture. */
static void
lanyard_attention_page_arrange (LanyardScreen *screen, gboolean portrait)
{
  LanyardAttentionPage *self = LANYARD_ATTENTION_PAGE (screen);
  gboolean shares = gtk_widget_get_visible (GTK_WIDGET (self->note));

  if (!portrait)
    lanyard_illustration_set_size (self->picture, shares ? 260 : 400);
}

/* Why nobody knows: what the printer said last of this badge. */
static void
show_fault (LanyardAttentionPage *self, LanyardView *view, gboolean may)
{
  LanyardFaultPhrase phrase = { .illustration = "question" };
  gboolean shows;

  if (view->fault != LANYARD_PRINT_FAULT_NONE)
    lanyard_phrase_for_fault (view->fault, &phrase);
  lanyard_illustration_set_name (self->picture, phrase.illustration);
  shows = may
          && lanyard_fault_note_show (self->note, view, LANYARD_FAULT_NOTE_TITLE,
                                      lanyard_screen_get_words (LANYARD_SCREEN (self)));
  gtk_widget_set_visible (GTK_WIDGET (self->note), shows);
  lanyard_attention_page_arrange (LANYARD_SCREEN (self),
                                  lanyard_screen_get_portrait (LANYARD_SCREEN (self)));
}

static void
on_staff_clicked (GtkButton *button, LanyardAttentionPage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), "sign-in");
}

/* Only somebody who may look into the printer is asked. */
static void
lanyard_attention_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardAttentionPage *self = LANYARD_ATTENTION_PAGE (screen);
  gboolean may = view->staff_signed_in || view->mode == LANYARD_MODE_STAFF;
  gboolean ask = lanyard_question_show (self->question, may ? view->questions : NULL, view->words,
                                        lanyard_screen_get_words (screen));

  gtk_widget_set_visible (GTK_WIDGET (self->question), ask);
  gtk_widget_set_visible (self->waiting_box, !ask);
  show_fault (self, view, ask);
}

static void
lanyard_attention_page_clear (LanyardScreen *screen)
{
  lanyard_question_show (LANYARD_ATTENTION_PAGE (screen)->question, NULL, NULL,
                         lanyard_screen_get_words (screen));
}

static void
lanyard_attention_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_ATTENTION_PAGE);
  G_OBJECT_CLASS (lanyard_attention_page_parent_class)->dispose (object);
}

static void
lanyard_attention_page_class_init (LanyardAttentionPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_FAULT_NOTE);
  g_type_ensure (LANYARD_TYPE_ILLUSTRATION);
  g_type_ensure (LANYARD_TYPE_QUESTION);
  G_OBJECT_CLASS (klass)->dispose = lanyard_attention_page_dispose;
  screen_class->update = lanyard_attention_page_update;
  screen_class->clear = lanyard_attention_page_clear;
  screen_class->arrange = lanyard_attention_page_arrange;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-attention-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardAttentionPage, waiting_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardAttentionPage, question);
  gtk_widget_class_bind_template_child (widget_class, LanyardAttentionPage, picture);
  gtk_widget_class_bind_template_child (widget_class, LanyardAttentionPage, note);
  gtk_widget_class_bind_template_callback (widget_class, on_choose);
  gtk_widget_class_bind_template_callback (widget_class, on_answer);
  gtk_widget_class_bind_template_callback (widget_class, on_staff_clicked);
}

static void
lanyard_attention_page_init (LanyardAttentionPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
