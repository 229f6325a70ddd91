/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* "Do you agree to this?", in the words of the pack. Both answers are buttons of one size and
 * look: nobody is led to one of them. */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-consent-page.h"

#include "lanyard-scroller.h"

struct _LanyardConsentPage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkLabel *title_label;
  LanyardScroller *scroller;
  GtkLabel *words_label;
  GtkLabel *note_label;
  GtkWidget *no_button;
  GtkWidget *yes_button;
};

G_DEFINE_FINAL_TYPE (LanyardConsentPage, lanyard_consent_page, LANYARD_TYPE_SCREEN)

/* One touch is one answer: the next view asks something else. */
static void
answer (LanyardConsentPage *self, LanyardInput input)
{
  gtk_widget_set_sensitive (self->yes_button, FALSE);
  gtk_widget_set_sensitive (self->no_button, FALSE);
  lanyard_screen_answer (LANYARD_SCREEN (self), input, NULL);
}

static void
on_yes_clicked (GtkButton *button, LanyardConsentPage *self)
{
  answer (self, LANYARD_INPUT_AGREE);
}

static void
on_no_clicked (GtkButton *button, LanyardConsentPage *self)
{
  answer (self, LANYARD_INPUT_DECLINE);
}

/* Returns: (transfer none) (nullable): what is asked. @left: (out): how many are still to be asked
 */
static const LanyardConsentAnswer *
find_asked (const LanyardView *view, guint *left)
{
  const LanyardConsentAnswer *asked = NULL;

  *left = 0;
  for (guint i = 0; view->consents != NULL && i < view->consents->len; i++)
    {
      const LanyardConsentAnswer *one = g_ptr_array_index (view->consents, i);

      if (g_strcmp0 (one->id, view->consent) == 0)
        asked = one;
      else if (one->decision == LANYARD_CONSENT_UNDECIDED)
        (*left)++;
    }
  return asked;
}

static void
show_text (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL ? text : "");
}

/* What follows from either answer, and whether more is asked. */
static void
show_note (LanyardConsentPage *self, const LanyardConsentAnswer *asked, gboolean more)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  const char *note = lanyard_screen_say (
      screen, asked->required ? N_ ("We need your agreement to print the badge. If you do not "
                                    "agree, our staff will talk it over with you.")
                              : N_ ("You get your badge with either answer."));
  g_autofree char *text
      = more ? g_strdup_printf ("%s %s", note,
                                lanyard_screen_say (screen, N_ ("Another question follows.")))
             : g_strdup (note);

  show_text (self->note_label, text);
}

static void
lanyard_consent_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardConsentPage *self = LANYARD_CONSENT_PAGE (screen);
  LanyardPack *pack = lanyard_screen_get_pack (screen);
  const char *language = lanyard_words_get_language (lanyard_screen_get_words (screen));
  guint left;
  const LanyardConsentAnswer *asked = find_asked (view, &left);

  gtk_widget_set_sensitive (self->yes_button, asked != NULL);
  gtk_widget_set_sensitive (self->no_button, asked != NULL);
  lanyard_scroller_set_words (self->scroller, lanyard_screen_get_words (screen));
  lanyard_scroller_rewind (self->scroller);
  if (asked == NULL || pack == NULL)
    return;
  show_text (self->title_label, lanyard_pack_get_consent_title (pack, asked->id, language));
  show_text (self->words_label, lanyard_pack_get_consent_words (pack, asked->id, language));
  show_note (self, asked, left > 0);
}

static void
lanyard_consent_page_clear (LanyardScreen *screen)
{
  LanyardConsentPage *self = LANYARD_CONSENT_PAGE (screen);

  show_text (self->title_label, NULL);
  show_text (self->words_label, NULL);
  show_text (self->note_label, NULL);
}

static void
lanyard_consent_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_CONSENT_PAGE);
  G_OBJECT_CLASS (lanyard_consent_page_parent_class)->dispose (object);
}

static void
lanyard_consent_page_class_init (LanyardConsentPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_SCROLLER);
  G_OBJECT_CLASS (klass)->dispose = lanyard_consent_page_dispose;
  screen_class->update = lanyard_consent_page_update;
  screen_class->clear = lanyard_consent_page_clear;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-consent-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardConsentPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardConsentPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, LanyardConsentPage, words_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardConsentPage, note_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardConsentPage, no_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardConsentPage, yes_button);
  gtk_widget_class_bind_template_callback (widget_class, on_yes_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_no_clicked);
}

static void
lanyard_consent_page_init (LanyardConsentPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
