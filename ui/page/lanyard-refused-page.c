/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-refused-page.h"

#include "lanyard-countdown.h"
#include "lanyard-illustration.h"
#include "lanyard-phrases.h"

#define MAX_VENUES 3

struct _LanyardRefusedPage
{
  LanyardScreen parent_instance;

  /* template children */
  LanyardIllustration *picture;
  GtkLabel *title_label;
  GtkLabel *reason_label;
  GtkWidget *ticket_box;
  GtkLabel *ticket_label;
  GtkLabel *wait_label;
  GtkLabel *help_label;
  LanyardCountdown *countdown;
};

G_DEFINE_FINAL_TYPE (LanyardRefusedPage, lanyard_refused_page, LANYARD_TYPE_SCREEN)

static void
on_finish_clicked (GtkButton *button, LanyardRefusedPage *self)
{
  lanyard_screen_answer (LANYARD_SCREEN (self), LANYARD_INPUT_DONE, NULL);
}

static void
show_ticket (LanyardRefusedPage *self, const char *ticket, guint wait_minutes)
{
  LanyardWords *words = lanyard_screen_get_words (LANYARD_SCREEN (self));
  g_autofree char *wait
      = wait_minutes > 0
            ? lanyard_words_fill_n (words, "It is your turn in about %s minute",
                                    "It is your turn in about %s minutes", wait_minutes)
            : NULL;

  gtk_label_set_label (self->wait_label, wait != NULL ? wait : "");
  gtk_widget_set_visible (GTK_WIDGET (self->wait_label), wait != NULL);
  gtk_label_set_label (self->ticket_label, ticket != NULL ? ticket : "");
  gtk_widget_set_visible (self->ticket_box, ticket != NULL);
}

/* Where the badge waits is no secret of anybody's: it is what the person needs to know. */
static char *
dup_venues (LanyardScreen *screen, LanyardView *view)
{
  LanyardPack *pack = lanyard_screen_get_pack (screen);
  const char *language = lanyard_words_get_language (lanyard_screen_get_words (screen));
  GString *venues = g_string_new (NULL);

  if (pack != NULL && view->entry != NULL
      && lanyard_verdict_has (&view->verdict, LANYARD_REASON_WRONG_VENUE))
    {
      for (guint i = 0; view->entry->pickup_venues[i] != NULL && i < MAX_VENUES; i++)
        g_string_append_printf (venues, "%s%s", i > 0 ? "\n" : "",
                                lanyard_pack_get_label (pack, LANYARD_CODES_VENUE,
                                                        view->entry->pickup_venues[i], language));
    }
  return g_string_free (venues, FALSE);
}

static void
lanyard_refused_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardRefusedPage *self = LANYARD_REFUSED_PAGE (screen);
  LanyardPack *pack = lanyard_screen_get_pack (screen);
  const char *language = lanyard_words_get_language (lanyard_screen_get_words (screen));
  gboolean refused = view->verdict.outcome == LANYARD_OUTCOME_REFUSED;
  const char *help = pack != NULL ? lanyard_pack_get_text (pack, "help", language) : NULL;
  g_autofree char *venues = dup_venues (screen, view);

  lanyard_illustration_set_name (self->picture,
                                 lanyard_verdict_has (&view->verdict, LANYARD_REASON_WRONG_VENUE)
                                     ? "not-here"
                                     : "see-staff");
  gtk_label_set_label (self->title_label,
                       lanyard_screen_say (screen, refused
                                                       ? N_ ("We cannot give out this badge here")
                                                       : N_ ("Please see our staff")));
  gtk_label_set_label (self->reason_label,
                       lanyard_screen_say (screen, lanyard_phrase_for_referral (&view->verdict)));
  gtk_label_set_label (self->help_label, *venues != '\0' ? venues : help != NULL ? help : "");
  gtk_widget_set_visible (GTK_WIDGET (self->help_label), *venues != '\0' || help != NULL);
  show_ticket (self, view->ticket, view->wait_minutes);
  lanyard_countdown_start (self->countdown, view->deadline_us);
  gtk_widget_set_visible (GTK_WIDGET (self->countdown), view->deadline_us != 0);
}

static void
lanyard_refused_page_clear (LanyardScreen *screen)
{
  LanyardRefusedPage *self = LANYARD_REFUSED_PAGE (screen);

  show_ticket (self, NULL, 0);
  gtk_label_set_label (self->reason_label, "");
  gtk_label_set_label (self->help_label, "");
  lanyard_countdown_start (self->countdown, 0);
}

static void
lanyard_refused_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_REFUSED_PAGE);
  G_OBJECT_CLASS (lanyard_refused_page_parent_class)->dispose (object);
}

static void
lanyard_refused_page_class_init (LanyardRefusedPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_COUNTDOWN);
  g_type_ensure (LANYARD_TYPE_ILLUSTRATION);
  G_OBJECT_CLASS (klass)->dispose = lanyard_refused_page_dispose;
  screen_class->update = lanyard_refused_page_update;
  screen_class->clear = lanyard_refused_page_clear;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-refused-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardRefusedPage, picture);
  gtk_widget_class_bind_template_child (widget_class, LanyardRefusedPage, title_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardRefusedPage, reason_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardRefusedPage, ticket_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardRefusedPage, ticket_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardRefusedPage, wait_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardRefusedPage, help_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardRefusedPage, countdown);
  gtk_widget_class_bind_template_callback (widget_class, on_finish_clicked);
}

static void
lanyard_refused_page_init (LanyardRefusedPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
