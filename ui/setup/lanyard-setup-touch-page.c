/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* The step at which the screen is touched: where touches land, and what to do when that is beside.
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-setup-pages.h"
#include "lanyard-setup-targets.h"

#define RULE "ENV{LIBINPUT_CALIBRATION_MATRIX}=\"%s\""

struct _LanyardSetupTouchPage
{
  LanyardSetupPage parent_instance;

  /* borrowed */
  GtkLabel *verdict;
  GtkLabel *detail;
  GtkWidget *begin_button;
  GtkWidget *none_button;
  GtkWidget *targets; /* (nullable): while they are shown: the window's */

  /* state */
  LanyardSetupTouch touch;
  gboolean tried;
  gboolean untouched; /* nobody touched anything */
  gboolean none;      /* this is no touch screen */
};

G_DEFINE_FINAL_TYPE (LanyardSetupTouchPage, lanyard_setup_touch_page, LANYARD_TYPE_SETUP_PAGE)

static const char *const VERDICTS[] = {
  [LANYARD_SETUP_TOUCH_FINE] = N_ ("Every touch landed where it belongs."),
  [LANYARD_SETUP_TOUCH_TURNED]
  = N_ ("Touches land mirrored or turned: the touch screen is fitted the other way round. Whoever "
        "looks after this machine puts this line into its udev rule:"),
  [LANYARD_SETUP_TOUCH_SHIFTED] = N_ (
      "Touches land beside what is touched: they are meant for another screen, or not calibrated. "
      "Whoever looks after this machine puts this line into its udev rule:"),
  [LANYARD_SETUP_TOUCH_ASTRAY] = N_ ("Some touches landed far away. Wipe the screen, and try again "
                                     "with one finger on the middle of each dot."),
};

static const char *
find_words (LanyardSetupTouchPage *self, const char **look)
{
  *look = "good";
  if (self->none)
    return N_ ("Everything at this desk can be done with a keyboard or keypad as well.");
  if (self->tried)
    {
      *look = self->touch.verdict == LANYARD_SETUP_TOUCH_FINE ? "good" : "bad";
      return VERDICTS[self->touch.verdict];
    }
  *look = "";
  return self->untouched ? N_ ("Nothing was touched. If this is no touch screen, say so.")
                         : N_ ("Five dots are to be touched, one after the other.");
}

static void
show_detail (LanyardSetupTouchPage *self)
{
  LanyardSetupTouchVerdict verdict = self->touch.verdict;
  gboolean shown
      = self->tried && !self->none
        && (verdict == LANYARD_SETUP_TOUCH_TURNED || verdict == LANYARD_SETUP_TOUCH_SHIFTED);
  g_autofree char *matrix = lanyard_setup_touch_dup_matrix (&self->touch);
  g_autofree char *line = g_strdup_printf (RULE, matrix);

  gtk_label_set_label (self->detail, shown ? line : "");
  gtk_widget_set_visible (GTK_WIDGET (self->detail), shown);
}

static void
lanyard_setup_touch_page_update (LanyardSetupPage *page)
{
  LanyardSetupTouchPage *self = LANYARD_SETUP_TOUCH_PAGE (page);
  const char *look;
  const char *words = find_words (self, &look);
  gboolean ready = self->none || (self->tried && self->touch.verdict == LANYARD_SETUP_TOUCH_FINE);

  lanyard_setup_tell (self->verdict, lanyard_setup_page_say (page, words), look);
  show_detail (self);
  if (self->none)
    gtk_widget_add_css_class (self->none_button, "selected");
  else
    gtk_widget_remove_css_class (self->none_button, "selected");
  if (lanyard_setup_page_is_ready (page) != ready)
    lanyard_setup_page_set_ready (page, ready);
}

static void
uncover (LanyardSetupTouchPage *self)
{
  if (self->targets == NULL)
    return;
  self->targets = NULL;
  lanyard_setup_page_cover (LANYARD_SETUP_PAGE (self), NULL);
}

static void
on_touched (LanyardSetupTargets *targets,
            const LanyardSetupTouch *touch,
            LanyardSetupTouchPage *self)
{
  self->touch = *touch;
  self->tried = TRUE;
  uncover (self);
  lanyard_setup_page_update (LANYARD_SETUP_PAGE (self));
}

static void
on_left (LanyardSetupTargets *targets, LanyardSetupTouchPage *self)
{
  self->untouched = TRUE;
  uncover (self);
  lanyard_setup_page_update (LANYARD_SETUP_PAGE (self));
}

static void
on_begin_clicked (GtkButton *button, LanyardSetupTouchPage *self)
{
  LanyardSetupPage *page = LANYARD_SETUP_PAGE (self);

  self->tried = self->untouched = self->none = FALSE;
  self->targets = lanyard_setup_targets_new (lanyard_setup_page_get_words (page));
  g_signal_connect_object (self->targets, "touched", G_CALLBACK (on_touched), self, 0);
  g_signal_connect_object (self->targets, "left", G_CALLBACK (on_left), self, 0);
  lanyard_setup_page_cover (page, self->targets);
  lanyard_setup_page_update (page);
}

static void
on_none_clicked (GtkButton *button, LanyardSetupTouchPage *self)
{
  self->none = TRUE;
  lanyard_setup_page_update (LANYARD_SETUP_PAGE (self));
}

static void
lanyard_setup_touch_page_leave (LanyardSetupPage *page)
{
  LanyardSetupTouchPage *self = LANYARD_SETUP_TOUCH_PAGE (page);

  uncover (self);
  self->tried = self->untouched = self->none = FALSE;
}

static void
lanyard_setup_touch_page_class_init (LanyardSetupTouchPageClass *klass)
{
  LanyardSetupPageClass *page_class = LANYARD_SETUP_PAGE_CLASS (klass);

  page_class->name = N_ ("Touch");
  page_class->title = N_ ("Does the screen feel where it is touched?");
  page_class->intro
      = N_ ("A screen that is fitted or connected otherwise feels touches elsewhere.");
  page_class->leave = lanyard_setup_touch_page_leave;
  page_class->update = lanyard_setup_touch_page_update;
}

static void
lanyard_setup_touch_page_init (LanyardSetupTouchPage *self)
{
  GtkWidget *column
      = lanyard_setup_column (lanyard_setup_page_get_columns (LANYARD_SETUP_PAGE (self)));

  self->detail = GTK_LABEL (lanyard_setup_label (NULL, "setup-line"));
  gtk_widget_set_direction (GTK_WIDGET (self->detail), GTK_TEXT_DIR_LTR);
  self->begin_button = lanyard_setup_button (N_ ("Begin to touch"), "secondary",
                                             G_CALLBACK (on_begin_clicked), self);
  self->none_button = lanyard_setup_button (N_ ("This is no touch screen"), "language",
                                            G_CALLBACK (on_none_clicked), self);
  gtk_box_append (GTK_BOX (column), lanyard_setup_verdict (&self->verdict));
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->detail));
  gtk_box_append (GTK_BOX (column), self->begin_button);
  gtk_box_append (GTK_BOX (column), self->none_button);
}
