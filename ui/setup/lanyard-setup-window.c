/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-setup-window.h"

#include "lanyard-han.h"
#include "lanyard-held-keys.h"
#include "lanyard-letters.h"
#include "lanyard-scroller.h"
#include "lanyard-setup-pages.h"
#include "lanyard-spoken.h"

/* So long without a key or a touch, and a desk that was opened for changes goes back to work:
 * whoever comes next is not its supervisor. */
#define IDLE_MS (5 * 60 * 1000)

struct _LanyardSetupWindow
{
  GtkApplicationWindow parent_instance;

  /* template children */
  GtkWidget *content;
  LanyardLetters *letters;
  LanyardScroller *scroller;
  GtkBox *list;
  GtkLabel *place_label;
  GtkLabel *title_label;
  GtkLabel *intro_label;
  GtkStack *stack;
  GtkLabel *message_label;
  GtkWidget *actions;
  GtkWidget *back_button;
  GtkWidget *skip_button;
  GtkWidget *continue_button;
  GtkLabel *continue_label;

  /* owned */
  LanyardSetup *setup;
  LanyardWords *words;
  LanyardHeldKeys *held_keys;

  /* borrowed */
  LanyardSetupPage *pages[LANYARD_SETUP_N_STEPS]; /* the stack's */
  GtkWidget *cover;                               /* (nullable): the overlay's */

  /* state */
  LanyardSetupPage *page; /* (nullable): the one that is on */
  gboolean portrait;
  guint idle_id; /* source; 0: none */
};

G_DEFINE_FINAL_TYPE (LanyardSetupWindow, lanyard_setup_window, GTK_TYPE_APPLICATION_WINDOW)

static guint done_signal;

static const char *
say (LanyardSetupWindow *self, const char *msgid)
{
  return lanyard_words_get (self->words, msgid);
}

/* @text: (nullable) */
static void
complain (LanyardSetupWindow *self, const char *text)
{
  gtk_label_set_label (self->message_label, text != NULL ? text : "");
  gtk_widget_set_visible (GTK_WIDGET (self->message_label), text != NULL);
}

/* What stands before a step in the list. Letters turn with the language, arrows do not. */
static const char *
get_mark (const LanyardSetupSteps *steps, int step)
{
  if ((int)steps->at == step)
    return gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL ? "←" : "→";
  switch (steps->states[step])
    {
    case LANYARD_SETUP_DONE:
      return "✓";
    case LANYARD_SETUP_SKIPPED:
      return "–";
    case LANYARD_SETUP_TODO:
    default:
      return "○";
    }
}

static void
add_row (LanyardSetupWindow *self, const LanyardSetupSteps *steps, int step)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *mark = lanyard_setup_label (NULL, "setup-mark");
  GtkWidget *name = lanyard_setup_label (NULL, "setup-name");

  gtk_label_set_label (GTK_LABEL (mark), get_mark (steps, step));
  gtk_label_set_label (GTK_LABEL (name),
                       say (self, LANYARD_SETUP_PAGE_GET_CLASS (self->pages[step])->name));
  gtk_widget_set_hexpand (name, TRUE);
  gtk_box_append (GTK_BOX (row), mark);
  gtk_box_append (GTK_BOX (row), name);
  gtk_widget_add_css_class (row, "setup-row");
  if ((int)steps->at == step)
    gtk_widget_add_css_class (row, "current");
  gtk_box_append (self->list, row);
}

static void
fill_list (LanyardSetupWindow *self)
{
  const LanyardSetupSteps *steps = lanyard_setup_get_steps (self->setup);
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->list))) != NULL)
    gtk_box_remove (self->list, child);
  for (int i = 0; i < LANYARD_SETUP_N_STEPS; i++)
    add_row (self, steps, i);
}

/* Returns: msgid */
static const char *
find_continue (gboolean last, gboolean changing)
{
  if (changing)
    return last ? N_ ("Back to work") : N_ ("Keep it");
  return last ? N_ ("Start this desk") : N_ ("Continue");
}

static void
show_words (LanyardSetupWindow *self)
{
  const LanyardSetupSteps *steps = lanyard_setup_get_steps (self->setup);
  LanyardSetupPageClass *klass = LANYARD_SETUP_PAGE_GET_CLASS (self->page);
  gboolean last = steps->at == LANYARD_SETUP_LAST;
  gboolean changing = lanyard_setup_is_changing (self->setup);
  g_autofree char *number = g_strdup_printf ("%d / %d", (int)steps->at + 1, LANYARD_SETUP_N_STEPS);
  g_autofree char *place = lanyard_words_fill (self->words, N_ ("Step %s"), number);

  gtk_label_set_label (self->place_label, place);
  gtk_widget_set_visible (GTK_WIDGET (self->place_label), !changing);
  gtk_label_set_label (self->title_label,
                       say (self, changing && klass->changed_title != NULL ? klass->changed_title
                                                                           : klass->title));
  gtk_label_set_label (self->intro_label, say (self, klass->intro));
  gtk_widget_set_visible (GTK_WIDGET (self->intro_label),
                          !changing || klass->changed_title == NULL);
  gtk_label_set_label (self->continue_label, say (self, find_continue (last, changing)));
  lanyard_spoken_set_name (self->continue_button, gtk_label_get_text (self->continue_label));
  gtk_widget_set_visible (self->back_button,
                          changing ? !last : steps->at != LANYARD_SETUP_LANGUAGE);
  gtk_widget_set_visible (self->skip_button, !last && steps->at != LANYARD_SETUP_LANGUAGE
                                                 && steps->states[steps->at] != LANYARD_SETUP_DONE);
  fill_list (self);
}

/* Whoever has been enrolled does not leave that out. */
static void
show_ready (LanyardSetupWindow *self)
{
  gboolean ready = self->page != NULL && lanyard_setup_page_is_ready (self->page);

  gtk_widget_set_sensitive (self->continue_button, ready);
  if (lanyard_setup_get_steps (self->setup)->at == LANYARD_SETUP_ENROL && ready)
    gtk_widget_set_visible (self->skip_button, FALSE);
}

/* Assistive technology is told of every page of a stack that is visible. */
static void
show_step (LanyardSetupWindow *self)
{
  LanyardSetupPage *page = self->pages[lanyard_setup_get_steps (self->setup)->at];
  LanyardSetupPage *before = self->page;

  if (page != before)
    {
      self->page = page;
      complain (self, NULL);
      if (before != NULL)
        lanyard_setup_page_leave (before);
      gtk_widget_set_visible (GTK_WIDGET (page), TRUE);
      gtk_stack_set_visible_child (self->stack, GTK_WIDGET (page));
      if (before != NULL)
        gtk_widget_set_visible (GTK_WIDGET (before), FALSE);
      lanyard_setup_page_enter (page);
      lanyard_scroller_rewind (self->scroller);
    }
  else
    lanyard_setup_page_update (page);
  show_words (self);
  show_ready (self);
}

static void
set_words (LanyardSetupWindow *self, const char *language)
{
  g_autoptr (LanyardWords) words = lanyard_words_new (language);

  lanyard_words_unref (self->words);
  self->words = lanyard_words_ref (words);
  gtk_widget_set_default_direction (lanyard_words_get_direction (words));
  lanyard_han_mark (GTK_WIDGET (self), language);
  lanyard_words_translate (words, GTK_WIDGET (self));
  lanyard_scroller_set_words (self->scroller, words);
  lanyard_letters_set_words (self->letters, words);
  for (int i = 0; i < LANYARD_SETUP_N_STEPS; i++)
    lanyard_setup_page_set_words (self->pages[i], words);
  if (self->page != NULL)
    show_words (self);
}

static void
arrange (LanyardSetupWindow *self)
{
  gboolean large = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->letters));
  gboolean narrow = self->portrait || large;

  gtk_widget_set_visible (GTK_WIDGET (self->list), !narrow);
  for (int i = 0; i < LANYARD_SETUP_N_STEPS; i++)
    lanyard_setup_page_set_narrow (self->pages[i], narrow);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self->actions), large && self->portrait
                                                                      ? GTK_ORIENTATION_VERTICAL
                                                                      : GTK_ORIENTATION_HORIZONTAL);
}

static void
on_language (LanyardSetupPage *page, const char *language, LanyardSetupWindow *self)
{
  set_words (self, language);
}

/* What lies below is not to be worked by keys either. */
static void
on_cover (LanyardSetupPage *page, GtkWidget *widget, LanyardSetupWindow *self)
{
  GtkOverlay *overlay = GTK_OVERLAY (gtk_window_get_child (GTK_WINDOW (self)));

  if (self->cover != NULL)
    gtk_overlay_remove_overlay (overlay, self->cover);
  self->cover = widget;
  gtk_widget_set_sensitive (self->content, widget == NULL);
  if (widget == NULL)
    return;
  gtk_overlay_add_overlay (overlay, widget);
  gtk_widget_grab_focus (widget);
}

static void
on_back_clicked (GtkButton *button, LanyardSetupWindow *self)
{
  g_autoptr (GError) error = NULL;

  if (!lanyard_setup_take (self->setup, LANYARD_SETUP_BACK, NULL, 0, &error))
    complain (self, error->message);
}

static void
on_skip_clicked (GtkButton *button, LanyardSetupWindow *self)
{
  g_autoptr (GError) error = NULL;

  if (!lanyard_setup_take (self->setup, LANYARD_SETUP_SKIP, NULL, 0, &error))
    complain (self, error->message);
}

static void
on_continue_clicked (GtkButton *button, LanyardSetupWindow *self)
{
  gboolean last = lanyard_setup_get_steps (self->setup)->at == LANYARD_SETUP_LAST;
  g_autoptr (GError) error = NULL;

  if (!last && !lanyard_setup_page_finish (self->page, &error))
    complain (self, error->message);
  else if (last && !lanyard_setup_end (self->setup, &error))
    complain (self, error->message);
  else if (last)
    g_signal_emit (self, done_signal, 0);
}

static void
on_idle (gpointer data)
{
  LanyardSetupWindow *self = data;

  self->idle_id = 0;
  g_signal_emit (self, done_signal, 0);
}

static gboolean
on_event (GtkEventController *controller, GdkEvent *event, LanyardSetupWindow *self)
{
  g_clear_handle_id (&self->idle_id, g_source_remove);
  self->idle_id = g_timeout_add_once (IDLE_MS, on_idle, self);
  return GDK_EVENT_PROPAGATE;
}

static void
watch_idle (LanyardSetupWindow *self)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect (events, "event", G_CALLBACK (on_event), self);
  gtk_widget_add_controller (GTK_WIDGET (self), events);
  self->held_keys = lanyard_held_keys_new (GTK_WIDGET (self));
  self->idle_id = g_timeout_add_once (IDLE_MS, on_idle, self);
}

static GType
get_page_type (LanyardSetupWindow *self, int step)
{
  return step == LANYARD_SETUP_LAST && lanyard_setup_is_changing (self->setup)
             ? LANYARD_TYPE_SETUP_CHANGE_PAGE
             : lanyard_setup_pages[step]();
}

static void
add_pages (LanyardSetupWindow *self)
{
  for (int i = 0; i < LANYARD_SETUP_N_STEPS; i++)
    {
      LanyardSetupPage *page = g_object_new (get_page_type (self, i), NULL);

      self->pages[i] = page;
      lanyard_setup_page_set_up (page, self->setup);
      gtk_widget_set_visible (GTK_WIDGET (page), FALSE);
      gtk_stack_add_named (self->stack, GTK_WIDGET (page),
                           lanyard_setup_step_to_string ((LanyardSetupStep)i));
      g_signal_connect_object (page, "changed", G_CALLBACK (show_ready), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (page, "language", G_CALLBACK (on_language), self, 0);
      g_signal_connect_object (page, "cover", G_CALLBACK (on_cover), self, 0);
    }
}

static void
lanyard_setup_window_dispose (GObject *object)
{
  LanyardSetupWindow *self = LANYARD_SETUP_WINDOW (object);

  g_clear_handle_id (&self->idle_id, g_source_remove);
  if (self->page != NULL)
    lanyard_setup_page_leave (self->page);
  self->page = NULL;
  if (self->setup != NULL)
    g_signal_handlers_disconnect_by_data (self->setup, self);
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_SETUP_WINDOW);
  g_clear_object (&self->setup);
  g_clear_object (&self->held_keys);
  g_clear_pointer (&self->words, lanyard_words_unref);
  G_OBJECT_CLASS (lanyard_setup_window_parent_class)->dispose (object);
}

static void
bind_labels (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, LanyardSetupWindow, place_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardSetupWindow, title_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardSetupWindow, intro_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardSetupWindow, message_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardSetupWindow, continue_label);
}

static void
lanyard_setup_window_class_init (LanyardSetupWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = lanyard_setup_window_dispose;
  done_signal = g_signal_new ("done", LANYARD_TYPE_SETUP_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                              NULL, G_TYPE_NONE, 0);
  g_type_ensure (LANYARD_TYPE_LETTERS);
  g_type_ensure (LANYARD_TYPE_SCROLLER);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/setup/lanyard-setup-window.ui");
  bind_labels (widget_class);
  gtk_widget_class_bind_template_child (widget_class, LanyardSetupWindow, content);
  gtk_widget_class_bind_template_child (widget_class, LanyardSetupWindow, letters);
  gtk_widget_class_bind_template_child (widget_class, LanyardSetupWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, LanyardSetupWindow, list);
  gtk_widget_class_bind_template_child (widget_class, LanyardSetupWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LanyardSetupWindow, actions);
  gtk_widget_class_bind_template_child (widget_class, LanyardSetupWindow, back_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardSetupWindow, skip_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardSetupWindow, continue_button);
  gtk_widget_class_bind_template_callback (widget_class, on_back_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_skip_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_continue_clicked);
}

static void
lanyard_setup_window_init (LanyardSetupWindow *self)
{
  self->words = lanyard_words_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "lanyard");
  gtk_widget_add_css_class (GTK_WIDGET (self), "landscape");
  g_signal_connect_swapped (self->letters, "toggled", G_CALLBACK (arrange), self);
}

LanyardSetupWindow *
lanyard_setup_window_new (GtkApplication *app, LanyardSetup *setup)
{
  LanyardSetupWindow *self;
  g_autofree char *language = NULL;

  g_return_val_if_fail (LANYARD_IS_SETUP (setup), NULL);

  self = g_object_new (LANYARD_TYPE_SETUP_WINDOW, "application", app, NULL);
  self->setup = g_object_ref (setup);
  language = lanyard_setup_file_get (lanyard_setup_get_file (setup), "desk", "language");
  add_pages (self);
  set_words (self, language);
  /* or the names in it would ask for half of the window */
  gtk_widget_set_hexpand (GTK_WIDGET (self->list), FALSE);
  arrange (self);
  g_signal_connect_swapped (setup, "changed", G_CALLBACK (show_step), self);
  show_step (self);
  if (lanyard_setup_is_changing (setup))
    watch_idle (self);
  return self;
}

void
lanyard_setup_window_set_portrait (LanyardSetupWindow *self, gboolean portrait)
{
  g_return_if_fail (LANYARD_IS_SETUP_WINDOW (self));

  self->portrait = portrait;
  gtk_widget_remove_css_class (GTK_WIDGET (self), portrait ? "landscape" : "portrait");
  gtk_widget_add_css_class (GTK_WIDGET (self), portrait ? "portrait" : "landscape");
  arrange (self);
}
