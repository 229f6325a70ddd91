/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* "Your photo": whoever collects on their own takes it, looks at it, and uses it or
 * takes another. Where the camera shows nothing for a while, staff are called. */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-portrait-page.h"

#include "lanyard-page-layout.h"
#include "lanyard-photo-booth.h"
#include "lanyard-phrases.h"
#include "lanyard-spoken.h"

/* Long enough for a camera that is plugged in again, and to read why nothing is seen. */
#define DARK_S 10
/* Height of the camera's picture where the page scrolls. */
#define LARGE_PX 440

struct _LanyardPortraitPage
{
  LanyardScreen parent_instance;

  /* template children */
  GtkGrid *grid;
  GtkWidget *words_box;
  GtkWidget *camera_box;
  GtkWidget *actions_box;
  GtkLabel *lead_label;
  LanyardPhotoBooth *booth;
  GtkWidget *use_button;
  GtkWidget *take_button;
  GtkLabel *take_label;
  GtkWidget *help_button;

  /* state */
  LanyardBoothState shown; /* of the booth, as the page has it */
  guint told;              /* s of the count that was said last; 0: none */
  guint dark;              /* source: staff are called; 0: the camera shows something */
};

G_DEFINE_FINAL_TYPE (LanyardPortraitPage, lanyard_portrait_page, LANYARD_TYPE_SCREEN)

static const char *
find_words (LanyardPortraitPage *self, LanyardBoothState state)
{
  if (state == LANYARD_BOOTH_DARK)
    return N_ ("The camera shows nothing now. Our staff will take your photo.");
  /* what moves is not judged while it is counted */
  if (state == LANYARD_BOOTH_COUNTING)
    return lanyard_phrase_for_flaw (LANYARD_PICTURE_GOOD, FALSE);
  return lanyard_phrase_for_flaw (lanyard_photo_booth_get_flaw (self->booth),
                                  state == LANYARD_BOOTH_TAKEN);
}

/* The one next action stands out. */
static void
set_main (GtkWidget *button, gboolean is_main)
{
  gtk_widget_remove_css_class (button, is_main ? "secondary" : "primary");
  gtk_widget_add_css_class (button, is_main ? "primary" : "secondary");
}

static gboolean
on_dark (gpointer data)
{
  LanyardPortraitPage *self = data;

  self->dark = 0;
  lanyard_screen_answer (LANYARD_SCREEN (self), LANYARD_INPUT_CALL_STAFF, NULL);
  return G_SOURCE_REMOVE;
}

static void
watch_dark (LanyardPortraitPage *self, gboolean is_dark)
{
  if (!is_dark)
    g_clear_handle_id (&self->dark, g_source_remove);
  else if (self->dark == 0)
    self->dark = g_timeout_add_seconds (DARK_S, on_dark, self);
}

static void
show_buttons (LanyardPortraitPage *self, LanyardBoothState state)
{
  gboolean taken = state == LANYARD_BOOTH_TAKEN;
  gboolean good = taken && lanyard_photo_booth_get_flaw (self->booth) == LANYARD_PICTURE_GOOD;
  const char *take = lanyard_screen_say (LANYARD_SCREEN (self),
                                         taken ? N_ ("Take another") : N_ ("Take the picture"));

  gtk_widget_set_visible (self->use_button, taken);
  gtk_widget_set_sensitive (self->use_button, taken);
  gtk_widget_set_visible (self->take_button, state != LANYARD_BOOTH_DARK);
  gtk_widget_set_sensitive (self->take_button, state != LANYARD_BOOTH_COUNTING);
  set_main (self->use_button, good);
  set_main (self->take_button, !good);
  set_main (self->help_button, state == LANYARD_BOOTH_DARK);
  gtk_label_set_label (self->take_label, take);
  lanyard_spoken_set_name (self->take_button, take);
}

/* Whoever works with keys is on the next action when it comes. */
static void
move_focus (LanyardPortraitPage *self, LanyardBoothState state)
{
  if (state == self->shown)
    return;
  self->shown = state;
  if (state == LANYARD_BOOTH_TAKEN)
    gtk_widget_grab_focus (lanyard_photo_booth_get_flaw (self->booth) == LANYARD_PICTURE_GOOD
                               ? self->use_button
                               : self->take_button);
  else if (state != LANYARD_BOOTH_COUNTING)
    gtk_widget_grab_focus (state == LANYARD_BOOTH_LIVE ? self->take_button : self->help_button);
}

static void
refresh (LanyardPortraitPage *self)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  LanyardBoothState state = lanyard_photo_booth_get_state (self->booth);
  guint left = lanyard_photo_booth_get_left (self->booth);
  g_autofree char *count = g_strdup_printf ("%u", left);

  gtk_label_set_label (self->lead_label, lanyard_screen_say (screen, find_words (self, state)));
  show_buttons (self, state);
  if (lanyard_screen_get_view (screen) == NULL)
    return;
  watch_dark (self, state == LANYARD_BOOTH_DARK);
  move_focus (self, state);
  /* the lead is a hint, which is said after everything else whenever something is */
  lanyard_screen_tell (screen, left > 0 && left != self->told ? count : "");
  self->told = left;
}

static void
on_changed (LanyardPhotoBooth *booth, LanyardPortraitPage *self)
{
  refresh (self);
}

static void
on_take_clicked (GtkButton *button, LanyardPortraitPage *self)
{
  lanyard_photo_booth_take (self->booth);
}

/* One touch is one answer: the next view is another page, or this one again. */
static void
on_use_clicked (GtkButton *button, LanyardPortraitPage *self)
{
  LanyardScreen *screen = LANYARD_SCREEN (self);
  LanyardView *view = lanyard_screen_get_view (screen);
  GBytes *photo = lanyard_photo_booth_get_photo (self->booth);

  if (view == NULL || photo == NULL)
    return;
  gtk_widget_set_sensitive (self->use_button, FALSE);
  gtk_widget_set_sensitive (self->take_button, FALSE);
  lanyard_controls_give_photo (lanyard_screen_get_controls (screen), view->question, photo);
}

static void
on_help_clicked (GtkButton *button, LanyardPortraitPage *self)
{
  lanyard_screen_answer (LANYARD_SCREEN (self), LANYARD_INPUT_CALL_STAFF, NULL);
}

static void
on_back_clicked (GtkButton *button, LanyardPortraitPage *self)
{
  lanyard_screen_answer (LANYARD_SCREEN (self), LANYARD_INPUT_CANCEL, NULL);
}

static void
lanyard_portrait_page_update (LanyardScreen *screen, LanyardView *view)
{
  refresh (LANYARD_PORTRAIT_PAGE (screen));
}

static void
lanyard_portrait_page_clear (LanyardScreen *screen)
{
  LanyardPortraitPage *self = LANYARD_PORTRAIT_PAGE (screen);

  lanyard_photo_booth_clear (self->booth);
  lanyard_photo_booth_set_picture (self->booth, NULL);
  watch_dark (self, FALSE);
  self->shown = LANYARD_BOOTH_DARK;
  self->told = 0;
}

static void
lanyard_portrait_page_arrange (LanyardScreen *screen, gboolean portrait)
{
  LanyardPortraitPage *self = LANYARD_PORTRAIT_PAGE (screen);
  gboolean whole = lanyard_screen_get_whole (screen);

  lanyard_page_layout_reach (screen, self->grid, self->words_box, self->camera_box,
                             self->actions_box, portrait);
  /* with large letters a wide page scrolls: the face stays in sight of what is pressed */
  gtk_widget_set_vexpand (GTK_WIDGET (self->booth), portrait || !whole);
  gtk_widget_set_valign (self->camera_box, portrait || !whole ? GTK_ALIGN_FILL : GTK_ALIGN_START);
  gtk_widget_set_size_request (GTK_WIDGET (self->booth), -1, whole ? LARGE_PX : -1);
  gtk_box_set_homogeneous (GTK_BOX (self->actions_box),
                           lanyard_screen_get_low (screen) && !portrait);
}

static void
lanyard_portrait_page_picture (LanyardScreen *screen, GdkTexture *picture)
{
  lanyard_photo_booth_set_picture (LANYARD_PORTRAIT_PAGE (screen)->booth, picture);
}

static void
lanyard_portrait_page_dispose (GObject *object)
{
  watch_dark (LANYARD_PORTRAIT_PAGE (object), FALSE);
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_PORTRAIT_PAGE);
  G_OBJECT_CLASS (lanyard_portrait_page_parent_class)->dispose (object);
}

static void
lanyard_portrait_page_class_init (LanyardPortraitPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  LanyardScreenClass *screen_class = LANYARD_SCREEN_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_PHOTO_BOOTH);
  G_OBJECT_CLASS (klass)->dispose = lanyard_portrait_page_dispose;
  screen_class->update = lanyard_portrait_page_update;
  screen_class->clear = lanyard_portrait_page_clear;
  screen_class->arrange = lanyard_portrait_page_arrange;
  screen_class->picture = lanyard_portrait_page_picture;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/page/lanyard-portrait-page.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardPortraitPage, grid);
  gtk_widget_class_bind_template_child (widget_class, LanyardPortraitPage, words_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardPortraitPage, camera_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardPortraitPage, actions_box);
  gtk_widget_class_bind_template_child (widget_class, LanyardPortraitPage, lead_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardPortraitPage, booth);
  gtk_widget_class_bind_template_child (widget_class, LanyardPortraitPage, use_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardPortraitPage, take_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardPortraitPage, take_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardPortraitPage, help_button);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_take_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_use_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_help_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
}

static void
lanyard_portrait_page_init (LanyardPortraitPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
