/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-done-page.h"

#include "lanyard-countdown.h"
#include "lanyard-disc.h"
#include "lanyard-illustration.h"

#define MAX_STEPS 5
/* Wider maps leave no room for the steps beside them. */
#define MAP_WIDEST 1.25

struct _LanyardDonePage
{
  LanyardScreen parent_instance;

  /* template children */
  LanyardIllustration *drawing;
  GtkLabel *headline_label;
  GtkBox *steps_box;
  LanyardCountdown *countdown;
  GtkWidget *more_button;
};

G_DEFINE_FINAL_TYPE (LanyardDonePage, lanyard_done_page, LANYARD_TYPE_SCREEN)

static void
on_finish_clicked (GtkButton *button, LanyardDonePage *self)
{
  lanyard_screen_answer (LANYARD_SCREEN (self), LANYARD_INPUT_DONE, NULL);
}

static void
on_more_clicked (GtkButton *button, LanyardDonePage *self)
{
  lanyard_screen_answer (LANYARD_SCREEN (self), LANYARD_INPUT_EXTEND, NULL);
}

static void
remove_steps (LanyardDonePage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->steps_box))) != NULL)
    gtk_box_remove (self->steps_box, child);
}

static void
add_step (LanyardDonePage *self, guint number, const char *text)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 20);
  GtkWidget *label = gtk_label_new (text);

  gtk_widget_add_css_class (label, "verbatim");
  gtk_widget_add_css_class (label, "step-text");
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), lanyard_disc_new (number));
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (self->steps_box, row);
}

/* What comes next is the pack's to say: for a category, or for all; one step a line. */
static const char *
get_steps (LanyardScreen *screen, const LanyardView *view)
{
  LanyardPack *pack = lanyard_screen_get_pack (screen);
  const char *language = lanyard_words_get_language (lanyard_screen_get_words (screen));
  const char *text = NULL;

  if (pack != NULL && view->entry != NULL)
    {
      g_autofree char *key = g_strconcat ("next-steps.", view->entry->category, NULL);

      text = lanyard_pack_get_text (pack, key, language);
    }
  if (text == NULL && pack != NULL)
    text = lanyard_pack_get_text (pack, "next-steps", language);
  return text != NULL ? text
                      : lanyard_screen_say (screen, N_ ("Please wear it where it can be seen."));
}

/* A map of the centre takes the place of our drawing, if it can be drawn. */
static void
show_drawing (LanyardDonePage *self)
{
  LanyardPack *pack = lanyard_screen_get_pack (LANYARD_SCREEN (self));
  const char *venue = lanyard_screen_get_venue (LANYARD_SCREEN (self));
  g_autoptr (GBytes) map = pack != NULL ? lanyard_pack_dup_map (pack, venue) : NULL;

  if (map == NULL || !lanyard_illustration_set_svg (self->drawing, map))
    lanyard_illustration_set_name (self->drawing, "done");
}

static void
lanyard_done_page_update (LanyardScreen *screen, LanyardView *view)
{
  LanyardDonePage *self = LANYARD_DONE_PAGE (screen);
  g_auto (GStrv) lines = g_strsplit (get_steps (screen, view), "\n", MAX_STEPS + 1);
  guint number = 0;

  show_drawing (self);
  gtk_label_set_label (self->headline_label,
                       lanyard_screen_say (screen, view->state == LANYARD_PICKUP_VALIDATED
                                                       ? N_ ("The card is valid")
                                                       : N_ ("Your badge is ready")));
  remove_steps (self);
  for (guint i = 0; lines[i] != NULL && number < MAX_STEPS; i++)
    {
      if (*g_strstrip (lines[i]) != '\0')
        add_step (self, ++number, lines[i]);
    }
  lanyard_countdown_start (self->countdown, view->deadline_us);
  gtk_widget_set_visible (GTK_WIDGET (self->countdown), view->deadline_us != 0);
  gtk_widget_set_visible (self->more_button, view->deadline_us != 0);
}

static void
lanyard_done_page_clear (LanyardScreen *screen)
{
  lanyard_countdown_start (LANYARD_DONE_PAGE (screen)->countdown, 0);
}

static void
lanyard_done_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_DONE_PAGE);
  G_OBJECT_CLASS (lanyard_done_page_parent_class)->dispose (object);
}

static void
lanyard_done_page_class_init (LanyardDonePageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_COUNTDOWN);
  g_type_ensure (LANYARD_TYPE_ILLUSTRATION);
  G_OBJECT_CLASS (klass)->dispose = lanyard_done_page_dispose;
  screen_class->update = lanyard_done_page_update;
  screen_class->clear = lanyard_done_page_clear;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-done-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardDonePage, drawing);
  gtk_widget_class_bind_template_child (widget_class, LanyardDonePage, headline_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardDonePage, steps_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardDonePage, countdown);
  gtk_widget_class_bind_template_child (widget_class, LanyardDonePage, more_button);
  gtk_widget_class_bind_template_callback (widget_class, on_finish_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_more_clicked);
}

static void
lanyard_done_page_init (LanyardDonePage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  lanyard_illustration_set_widest (self->drawing, MAP_WIDEST);
}
