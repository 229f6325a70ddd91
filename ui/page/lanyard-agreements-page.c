/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* What the pack asks of the person before staff, with the words to read out, and what they say to
 * it. Opened over the staff page. */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-agreements-page.h"

#include "lanyard-phrases.h"
#include "lanyard-spoken.h"

struct _LanyardAgreementsPage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkLabel *name_label;
  GtkBox *list_box;
};

G_DEFINE_FINAL_TYPE (LanyardAgreementsPage, lanyard_agreements_page, LANYARD_TYPE_SCREEN)

static void
on_answer_clicked (GtkButton *button, LanyardAgreementsPage *self)
{
  LanyardView *view = lanyard_screen_get_view (LANYARD_SCREEN (self));
  const LanyardConsentAnswer *answer = g_object_get_data (G_OBJECT (button), "answer");
  g_autoptr (LanyardStaffAction) action = lanyard_staff_action_new (LANYARD_ACT_CONSENT);

  if (view == NULL || view->entry == NULL)
    return;
  action->number = g_strdup (view->entry->number);
  action->text = g_strdup (answer->id);
  action->count = answer->version;
  action->reason = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "decision"));
  lanyard_controls_act (lanyard_screen_get_controls (LANYARD_SCREEN (self)), action);
}

static void
on_back_clicked (GtkButton *button, LanyardAgreementsPage *self)
{
  lanyard_screen_go (LANYARD_SCREEN (self), NULL);
}

static void
remove_rows (LanyardAgreementsPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list_box))) != NULL)
    gtk_box_remove (self->list_box, child);
}

static GtkWidget *
make_label (const char *text, const char *style)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_add_css_class (label, style);
  gtk_widget_add_css_class (label, "verbatim");
  return label;
}

/* @title: of the consent: two buttons of a page must not have one name */
static GtkWidget *
make_button (LanyardAgreementsPage *self,
             const LanyardConsentAnswer *answer,
             LanyardConsentDecision decision,
             const char *title)
{
  const char *text
      = lanyard_screen_say (LANYARD_SCREEN (self), lanyard_phrase_for_consent (decision));
  g_autofree char *name = g_strdup_printf ("%s: %s", text, title);
  GtkWidget *button = gtk_button_new ();
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_button_set_child (GTK_BUTTON (button), label);
  lanyard_spoken_set_name (button, name);
  gtk_widget_add_css_class (button, "secondary");
  gtk_widget_set_sensitive (button, answer->decision != decision);
  /* the view, which has it, stays as long as the page shows it */
  g_object_set_data (G_OBJECT (button), "answer", (gpointer)answer);
  g_object_set_data (G_OBJECT (button), "decision", GUINT_TO_POINTER (decision));
  g_signal_connect (button, "clicked", G_CALLBACK (on_answer_clicked), self);
  return button;
}

static char *
dup_state (LanyardAgreementsPage *self, const LanyardConsentAnswer *answer)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  const char *state = lanyard_screen_say (screen, lanyard_phrase_for_consent (answer->decision));

  return g_strdup_printf ("%s · %s", state,
                          lanyard_screen_say (screen, answer->required ? N_ ("no badge without it")
                                                                       : N_ ("may be left out")));
}

static void
add_row (LanyardAgreementsPage *self, const LanyardConsentAnswer *answer)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  LanyardPack *pack = lanyard_screen_get_pack (screen);
  const char *language = lanyard_words_get_language (lanyard_screen_get_words (screen));
  const char *title
      = pack != NULL ? lanyard_pack_get_consent_title (pack, answer->id, language) : NULL;
  const char *words
      = pack != NULL ? lanyard_pack_get_consent_words (pack, answer->id, language) : NULL;
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *buttons = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  g_autofree char *state = dup_state (self, answer);

  title = title != NULL ? title : answer->id;
  gtk_widget_add_css_class (card, "card");
  gtk_box_append (GTK_BOX (card), make_label (title, "section"));
  gtk_box_append (GTK_BOX (card),
                  make_label (state, answer->required && answer->decision != LANYARD_CONSENT_GIVEN
                                         ? "reason-open"
                                         : "body-strong"));
  gtk_box_append (GTK_BOX (card), make_label (words != NULL ? words : "", "agreement-staff"));
  gtk_box_set_homogeneous (GTK_BOX (buttons), TRUE);
  gtk_box_append (GTK_BOX (buttons), make_button (self, answer, LANYARD_CONSENT_REFUSED, title));
  gtk_box_append (GTK_BOX (buttons), make_button (self, answer, LANYARD_CONSENT_GIVEN, title));
  gtk_box_append (GTK_BOX (card), buttons);
  gtk_box_append (self->list_box, card);
}

static void
lanyard_agreements_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardAgreementsPage *self = LANYARD_AGREEMENTS_PAGE (screen);

  remove_rows (self);
  gtk_label_set_label (self->name_label, view->entry != NULL ? view->entry->print_name : "");
  for (guint i = 0; view->entry != NULL && view->consents != NULL && i < view->consents->len; i++)
    add_row (self, g_ptr_array_index (view->consents, i));
}

static void
lanyard_agreements_page_clear (LanyardScreen *screen)
{
  LanyardAgreementsPage *self = LANYARD_AGREEMENTS_PAGE (screen);

  remove_rows (self);
  gtk_label_set_label (self->name_label, "");
}

static void
lanyard_agreements_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_AGREEMENTS_PAGE);
  G_OBJECT_CLASS (lanyard_agreements_page_parent_class)->dispose (object);
}

static void
lanyard_agreements_page_class_init (LanyardAgreementsPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_agreements_page_dispose;
  screen_class->update = lanyard_agreements_page_update;
  screen_class->clear = lanyard_agreements_page_clear;
  gtk_widget_class_set_template_from_resource (
      widget_class, "/org/lanyard/Kiosk/page/lanyard-agreements-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardAgreementsPage, name_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardAgreementsPage, list_box);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
}

static void
lanyard_agreements_page_init (LanyardAgreementsPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
