/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-window-private.h"

#include "lanyard-han.h"
#include "lanyard-phrases.h"
#include "lanyard-spoken.h"

#define NOTICE_S 8
#define ACTIVITY_US (1 * G_USEC_PER_SEC)

G_DEFINE_FINAL_TYPE (LanyardWindow, lanyard_window, GTK_TYPE_APPLICATION_WINDOW)

static guint set_up_signal;

static void show_page (LanyardWindow *self);
static void open_local (LanyardWindow *self, const char *name);

static void
on_go (LanyardScreen *screen, const char *local, LanyardWindow *self)
{
  open_local (self, local);
}

static void
on_tell (LanyardScreen *screen, const char *text, LanyardWindow *self)
{
  if (screen == self->screen)
    lanyard_speaker_tell (self->speaker, text);
}

static LanyardScreen *
make_page (LanyardWindow *self, const LanyardPageRow *page)
{
  LanyardScreen *screen = g_object_new (page->get_type (), NULL);

  lanyard_screen_set_up (screen, self->controls, self->pack, self->venue);
  lanyard_window_frame_arrange_page (self, screen, page);
  lanyard_screen_set_words (screen, self->words);
  if (self->have_status)
    lanyard_screen_show_status (screen, &self->status);
  g_signal_connect (screen, "go", G_CALLBACK (on_go), self);
  g_signal_connect (screen, "tell", G_CALLBACK (on_tell), self);
  gtk_widget_set_visible (GTK_WIDGET (screen), FALSE);
  lanyard_shortcuts_mark (GTK_WIDGET (screen));
  gtk_stack_add_named (self->stack, GTK_WIDGET (screen), page->name);
  return screen;
}

static LanyardScreen *
ensure_page (LanyardWindow *self, const LanyardPageRow *page)
{
  GtkWidget *child = gtk_stack_get_child_by_name (self->stack, page->name);

  return child != NULL ? LANYARD_SCREEN (child) : make_page (self, page);
}

static const LanyardPageRow *
choose_page (LanyardWindow *self)
{
  gboolean wants_pin = self->view->page == LANYARD_PAGE_STAFF && !self->view->staff_signed_in;

  if (self->local != NULL
      && !lanyard_page_table_may_stay (self->local, self->view,
                                       self->view->question != self->local_question))
    self->local = NULL;
  if (self->local != NULL)
    return lanyard_page_table_find_named (self->local);
  return wants_pin ? lanyard_page_table_find_named ("sign-in")
                   : lanyard_page_table_find ((int)self->view->page);
}

/* GTK 4.8 tells assistive technology of every page of a stack that is visible, not only of the one
 * in front: the others would be read out to people, and pressed. */
static void
hide_pages_behind (LanyardWindow *self)
{
  GtkWidget *front;

  if (self->stack == NULL || gtk_stack_get_transition_running (self->stack))
    return;
  front = gtk_stack_get_visible_child (self->stack);
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    gtk_widget_set_visible (page, page == front);
}

static void
show_page (LanyardWindow *self)
{
  const LanyardPageRow *row;
  LanyardScreen *screen;
  gboolean another;

  if (self->view == NULL)
    return;
  row = choose_page (self);
  screen = ensure_page (self, row);
  another = screen != self->screen;
  if (another || self->view->question != self->shown_question)
    lanyard_fresh_page_note (self->fresh_page);
  self->shown_question = self->view->question;
  if (another)
    {
      self->row = row;
      lanyard_window_frame_arrange (self);
      if (self->screen != NULL)
        lanyard_screen_leave (self->screen);
      self->screen = screen;
      lanyard_scroller_rewind (self->scroller);
      lanyard_screen_show_picture (screen, self->picture);
      lanyard_screen_show_hint (screen, self->hint);
    }
  lanyard_screen_show_view (screen, self->view);
  gtk_widget_set_visible (GTK_WIDGET (screen), TRUE);
  gtk_stack_set_visible_child (self->stack, GTK_WIDGET (screen));
  hide_pages_behind (self);
  /* or its first control has only come now */
  if (another || gtk_window_get_focus (GTK_WINDOW (self)) == NULL)
    lanyard_keys_set_page (self->keys, GTK_WIDGET (screen));
  lanyard_window_frame_speak (self);
}

static void
open_local (LanyardWindow *self, const char *name)
{
  const LanyardPageRow *page = name != NULL ? lanyard_page_table_find_named (name) : NULL;

  self->local = page != NULL ? page->name : NULL;
  self->local_question = self->view != NULL ? self->view->question : 0;
  /* starts the clock of the desk, however the page was opened */
  if (self->local != NULL)
    lanyard_controls_input (self->controls, LANYARD_INPUT_ACTIVITY, 0, NULL);
  show_page (self);
}

static void
show_header (LanyardWindow *self)
{
  gboolean signed_in = self->view != NULL && self->view->staff_signed_in;
  const char *name = lanyard_words_get (self->words, signed_in ? N_ ("Sign out") : N_ ("Staff"));

  if (self->pack != NULL)
    gtk_label_set_label (self->event_label,
                         lanyard_pack_get_event_name (self->pack,
                                                      lanyard_words_get_language (self->words)));
  if (self->have_status)
    lanyard_status_pill_show (self->pill, &self->status, self->words);
  lanyard_shortcuts_set_on (self->shortcuts, signed_in);
  lanyard_illustration_set_name (self->staff_icon, signed_in ? "icon-sign-out" : "icon-staff");
  lanyard_spoken_set_name (self->staff_button, name);
  /* there is no desk yet to sign in at */
  gtk_widget_set_visible (GTK_WIDGET (self->staff_button),
                          self->view == NULL || self->view->page != LANYARD_PAGE_PREPARING);
}

/* @language: (nullable): that of the pack */
static void
set_words (LanyardWindow *self, const char *language)
{
  g_autoptr (LanyardWords) words = NULL;

  if (language == NULL)
    language = self->default_language != NULL ? self->default_language : "en";
  if (!self->other_pack && g_strcmp0 (lanyard_words_get_language (self->words), language) == 0)
    return;
  self->other_pack = FALSE;
  words = lanyard_words_new_of_pack (language, self->pack);
  lanyard_words_unref (self->words);
  self->words = lanyard_words_ref (words);
  gtk_widget_set_default_direction (lanyard_words_get_direction (words));
  lanyard_han_mark (GTK_WIDGET (self), language);
  lanyard_more_time_set_words (self->more_time, words);
  lanyard_scroller_set_words (self->scroller, words);
  lanyard_aids_set_words (self->aids, words);
  lanyard_speaker_set_words (self->speaker, words);
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    lanyard_screen_set_words (LANYARD_SCREEN (page), words);
}

static void
show_notice (LanyardWindow *self)
{
  const char *text = lanyard_phrase_for_notice (self->view->notice);

  if (self->view->notice_generation == self->notice_generation)
    return;
  self->notice_generation = self->view->notice_generation;
  if (text != NULL)
    text = lanyard_words_get (self->words, text);
  if (text == NULL || lanyard_screen_show_notice (self->screen, self->view->notice))
    lanyard_notice_card_show (self->notice, NULL, 0);
  else
    {
      lanyard_notice_card_show (self->notice, text, NOTICE_S);
      lanyard_speaker_tell (self->speaker, text);
    }
}

/* Where nothing can be lost there is no question: on the welcome page, unless somebody is typing
 * over it, and when the badge is out, where a button gives more time from the beginning. */
static void
watch_deadline (LanyardWindow *self)
{
  gboolean asks = self->view->page == LANYARD_PAGE_WELCOME ? self->local != NULL
                                                           : self->view->page != LANYARD_PAGE_DONE;

  lanyard_more_time_watch (self->more_time, asks ? self->view->deadline_us : 0);
  lanyard_window_frame_listen (self);
}

static void
on_extend (LanyardMoreTime *more_time, LanyardWindow *self)
{
  lanyard_controls_input (self->controls, LANYARD_INPUT_EXTEND, 0, NULL);
}

static void
on_staff_clicked (GtkButton *button, LanyardWindow *self)
{
  if (self->view != NULL && self->view->staff_signed_in)
    lanyard_controls_input (self->controls, LANYARD_INPUT_SIGN_OUT, 0, NULL);
  else
    open_local (self, "sign-in");
}

/* The list comes over a page of the desk alone: what stands half written on another is not lost. */
static void
on_shortcuts_help (LanyardShortcuts *shortcuts, LanyardWindow *self)
{
  if (self->local == NULL)
    open_local (self, "shortcuts");
  else if (g_str_equal (self->local, "shortcuts"))
    open_local (self, NULL);
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

/* Any touch or key starts the idle clock of the desk again; once a second is enough to tell it. */
static gboolean
on_event (GtkEventControllerLegacy *controller, GdkEvent *event, LanyardWindow *self)
{
  GdkEventType type = gdk_event_get_event_type (event);
  gint64 now_us = g_get_monotonic_time ();

  if (type != GDK_BUTTON_PRESS && type != GDK_TOUCH_BEGIN && type != GDK_KEY_PRESS)
    return GDK_EVENT_PROPAGATE;
  if (type != GDK_KEY_PRESS)
    lanyard_keys_forget (self->keys);
  if (now_us - self->last_activity_us >= ACTIVITY_US)
    {
      self->last_activity_us = now_us;
      lanyard_aids_note_activity (self->aids);
      lanyard_controls_input (self->controls, LANYARD_INPUT_ACTIVITY, 0, NULL);
    }
  return GDK_EVENT_PROPAGATE;
}

static void
on_layout (GdkSurface *surface, int width, int height, LanyardWindow *self)
{
  if (self->height_px != height)
    {
      self->height_px = height;
      lanyard_window_frame_arrange (self);
    }
  lanyard_window_set_portrait (self, height > width);
}

static void
lanyard_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lanyard_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "layout",
                           G_CALLBACK (on_layout), widget, 0);
}

static void
lanyard_window_dispose (GObject *object)
{
  LanyardWindow *self = LANYARD_WINDOW (object);

  self->screen = NULL;
  g_clear_handle_id (&self->listening, g_source_remove);
  g_clear_weak_pointer (&self->asked);
  gtk_widget_dispose_template (GTK_WIDGET (object), LANYARD_TYPE_WINDOW);
  g_clear_object (&self->controls);
  g_clear_object (&self->keys);
  g_clear_object (&self->held_keys);
  g_clear_object (&self->fresh_page);
  g_clear_object (&self->shortcuts);
  g_clear_object (&self->speaker);
  g_clear_pointer (&self->chime, lanyard_chime_free);
  g_clear_object (&self->picture);
  g_clear_pointer (&self->view, lanyard_view_unref);
  g_clear_pointer (&self->pack, lanyard_pack_unref);
  G_OBJECT_CLASS (lanyard_window_parent_class)->dispose (object);
}

static void
lanyard_window_finalize (GObject *object)
{
  LanyardWindow *self = LANYARD_WINDOW (object);

  lanyard_desk_status_clear (&self->status);
  g_clear_pointer (&self->words, lanyard_words_unref);
  g_clear_pointer (&self->default_language, g_free);
  g_clear_pointer (&self->venue, g_free);
  G_OBJECT_CLASS (lanyard_window_parent_class)->finalize (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/org/lanyard/Kiosk/lanyard-window.ui");
  gtk_widget_class_bind_template_child (widget_class, LanyardWindow, logo);
  gtk_widget_class_bind_template_child (widget_class, LanyardWindow, event_label);
  gtk_widget_class_bind_template_child (widget_class, LanyardWindow, pill);
  gtk_widget_class_bind_template_child (widget_class, LanyardWindow, column);
  gtk_widget_class_bind_template_child (widget_class, LanyardWindow, header);
  gtk_widget_class_bind_template_child (widget_class, LanyardWindow, edge);
  gtk_widget_class_bind_template_child (widget_class, LanyardWindow, foot);
  gtk_widget_class_bind_template_child (widget_class, LanyardWindow, tools);
  gtk_widget_class_bind_template_child (widget_class, LanyardWindow, aids);
  gtk_widget_class_bind_template_child (widget_class, LanyardWindow, staff_button);
  gtk_widget_class_bind_template_child (widget_class, LanyardWindow, staff_icon);
  gtk_widget_class_bind_template_child (widget_class, LanyardWindow, scroller);
  gtk_widget_class_bind_template_child (widget_class, LanyardWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, LanyardWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, LanyardWindow, more_time);
  gtk_widget_class_bind_template_callback (widget_class, on_extend);
  gtk_widget_class_bind_template_callback (widget_class, on_staff_clicked);
}

/* An action of the widget, which is not on the bus. Only from the staff's own page: whoever is
 * being served is served first. */
static void
on_set_up_asked (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanyardWindow *self = LANYARD_WINDOW (widget);

  if (self->view != NULL && self->view->staff_supervisor && self->view->page == LANYARD_PAGE_STAFF)
    g_signal_emit (self, set_up_signal, 0);
}

static void
lanyard_window_class_init (LanyardWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  g_type_ensure (LANYARD_TYPE_AIDS);
  g_type_ensure (LANYARD_TYPE_MORE_TIME);
  g_type_ensure (LANYARD_TYPE_ILLUSTRATION);
  g_type_ensure (LANYARD_TYPE_NOTICE_CARD);
  g_type_ensure (LANYARD_TYPE_SCROLLER);
  g_type_ensure (LANYARD_TYPE_STATUS_PILL);
  G_OBJECT_CLASS (klass)->dispose = lanyard_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = lanyard_window_finalize;
  widget_class->realize = lanyard_window_realize;
  set_up_signal = g_signal_new ("set-up", LANYARD_TYPE_WINDOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                NULL, G_TYPE_NONE, 0);
  gtk_widget_class_install_action (widget_class, "desk.set-up", NULL, on_set_up_asked);
  bind_template (widget_class);
}

static void
lanyard_window_init (LanyardWindow *self)
{
  GtkEventController *events = gtk_event_controller_legacy_new ();

  self->words = lanyard_words_new (NULL);
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_add_css_class (GTK_WIDGET (self), "lanyard");
  gtk_widget_add_css_class (GTK_WIDGET (self), "landscape");
  lanyard_more_time_set_words (self->more_time, self->words);
  lanyard_scroller_set_words (self->scroller, self->words);
  lanyard_aids_set_words (self->aids, self->words);
  g_signal_connect_swapped (self->stack, "notify::transition-running",
                            G_CALLBACK (hide_pages_behind), self);
  lanyard_window_frame_init (self);
  self->shortcuts = lanyard_shortcuts_new (GTK_WIDGET (self));
  g_signal_connect_object (self->shortcuts, "help", G_CALLBACK (on_shortcuts_help), self, 0);
  /* after those: what comes last to a widget is asked first */
  self->held_keys = lanyard_held_keys_new (GTK_WIDGET (self));
  gtk_event_controller_set_propagation_phase (events, GTK_PHASE_CAPTURE);
  g_signal_connect (events, "event", G_CALLBACK (on_event), self);
  gtk_widget_add_controller (GTK_WIDGET (self), events);
  /* a touch that is nobody's answer is the desk's activity all the same */
  self->fresh_page = lanyard_fresh_page_new (GTK_WIDGET (self->column));
}

LanyardWindow *
lanyard_window_new (GtkApplication *app, LanyardControls *controls)
{
  LanyardWindow *self;

  g_return_val_if_fail (LANYARD_IS_CONTROLS (controls), NULL);

  self = g_object_new (LANYARD_TYPE_WINDOW, "application", app, NULL);
  self->controls = g_object_ref (controls);
  return self;
}

void
lanyard_window_set_venue (LanyardWindow *self, const char *venue)
{
  g_return_if_fail (LANYARD_IS_WINDOW (self));

  g_free (self->venue);
  self->venue = g_strdup (venue);
}

void
lanyard_window_set_pack (LanyardWindow *self, LanyardPack *pack, const char *language)
{
  g_autoptr (GBytes) logo = NULL;

  g_return_if_fail (LANYARD_IS_WINDOW (self));

  g_clear_pointer (&self->pack, lanyard_pack_unref);
  self->pack = pack != NULL ? lanyard_pack_ref (pack) : NULL;
  self->other_pack = TRUE;
  if (language == NULL && pack != NULL)
    language = lanyard_pack_get_languages (pack)[0];
  g_free (self->default_language);
  self->default_language = g_strdup (language);
  if (pack != NULL)
    logo = lanyard_pack_dup_branding (pack, "logo.svg", NULL);
  lanyard_illustration_set_svg (self->logo, logo);
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    lanyard_screen_set_up (LANYARD_SCREEN (page), self->controls, pack, self->venue);
  set_words (self, self->view != NULL ? self->view->language : NULL);
  show_header (self);
}

void
lanyard_window_show_view (LanyardWindow *self, LanyardView *view)
{
  g_return_if_fail (LANYARD_IS_WINDOW (self) && view != NULL);

  /* the desk's clock has run out: who began to type a number or a PIN is gone */
  if (self->view != NULL && self->view->deadline_us != 0 && view->deadline_us == 0
      && view->page == LANYARD_PAGE_WELCOME)
    self->local = NULL;
  if (self->view != NULL && self->view->page != view->page && view->page == LANYARD_PAGE_WELCOME)
    lanyard_aids_reset (self->aids);
  lanyard_aids_set_idle (self->aids, view->page == LANYARD_PAGE_WELCOME);
  lanyard_view_ref (view);
  g_clear_pointer (&self->view, lanyard_view_unref);
  self->view = view;
  lanyard_window_frame_sound (self);
  set_words (self, view->language);
  show_page (self);
  show_header (self);
  show_notice (self);
  watch_deadline (self);
}

void
lanyard_window_show_status (LanyardWindow *self, const LanyardDeskStatus *status)
{
  g_return_if_fail (LANYARD_IS_WINDOW (self) && status != NULL);

  lanyard_desk_status_clear (&self->status);
  lanyard_desk_status_copy_into (&self->status, status);
  self->have_status = TRUE;
  lanyard_status_pill_show (self->pill, status, self->words);
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->stack)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    lanyard_screen_show_status (LANYARD_SCREEN (page), status);
}

void
lanyard_window_show_picture (LanyardWindow *self, GdkTexture *picture)
{
  g_return_if_fail (LANYARD_IS_WINDOW (self));

  g_set_object (&self->picture, picture);
  if (self->screen != NULL)
    lanyard_screen_show_picture (self->screen, picture);
}

void
lanyard_window_show_hint (LanyardWindow *self, LanyardHint hint)
{
  g_return_if_fail (LANYARD_IS_WINDOW (self));

  self->hint = hint;
  /* The last picture must not stand there as if the camera still saw. */
  if (hint == LANYARD_HINT_NO_PICTURE)
    lanyard_window_show_picture (self, NULL);
  if (self->screen == NULL)
    return;
  lanyard_screen_show_hint (self->screen, hint);
  lanyard_window_frame_speak (self);
}

void
lanyard_window_set_portrait (LanyardWindow *self, gboolean portrait)
{
  g_return_if_fail (LANYARD_IS_WINDOW (self));

  if (self->portrait == portrait)
    return;
  self->portrait = portrait;
  gtk_widget_remove_css_class (GTK_WIDGET (self), portrait ? "landscape" : "portrait");
  gtk_widget_add_css_class (GTK_WIDGET (self), portrait ? "portrait" : "landscape");
  lanyard_window_frame_arrange_all (self);
}

gboolean
lanyard_window_warm_up (LanyardWindow *self)
{
  const LanyardPageRow *row;

  g_return_val_if_fail (LANYARD_IS_WINDOW (self), FALSE);

  for (guint i = 0; (row = lanyard_page_table_get (i)) != NULL; i++)
    {
      if (gtk_stack_get_child_by_name (self->stack, row->name) == NULL)
        {
          make_page (self, row);
          return TRUE;
        }
    }
  return FALSE;
}

LanyardKeys *
lanyard_window_get_keys (LanyardWindow *self)
{
  g_return_val_if_fail (LANYARD_IS_WINDOW (self), NULL);

  return self->keys;
}

const char *
lanyard_window_get_page_name (LanyardWindow *self)
{
  g_return_val_if_fail (LANYARD_IS_WINDOW (self), NULL);

  return self->screen != NULL ? gtk_stack_get_visible_child_name (self->stack) : NULL;
}
