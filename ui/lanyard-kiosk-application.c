/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-ui"

#include "lanyard-kiosk-application.h"

#include <stdio.h>

#include "lanyard-composition.h"
#include "lanyard-desk-thread.h"
#include "lanyard-error.h"
#include "lanyard-kiosk-window.h"
#include "lanyard-sense.h"
#include "lanyard-setup-window.h"
#include "lanyard-style.h"
#include "lanyard-wedge.h"
#include "lanyard-window.h"

#define DEFAULT_CONFIG "/etc/lanyard/lanyard.conf"

struct _LanyardKioskApplication
{
  GtkApplication parent_instance;

  /* owned */
  char *config_path;         /* (nullable) */
  char *enrol_code;          /* (nullable) */
  char *hub_url;             /* (nullable) */
  char *window_size;         /* (nullable): "WxH" */
  char *camera;              /* (nullable): with the set-up: GStreamer words */
  LanyardSetup *setup;       /* (nullable): until the desk is set up */
  LanyardConfig *config;     /* (nullable): until the desk's thread has it */
  LanyardDeskThread *thread; /* (nullable) */
  LanyardWedge *wedge;       /* (nullable) */
  char *language;            /* (nullable): of the configuration */
  char *look;                /* (nullable): of the configuration */
  char *preparing;           /* (nullable): language of the page before the desk is open */

  /* borrowed */
  LanyardWindow *window;            /* (nullable): the application's */
  LanyardSetupWindow *setup_window; /* (nullable): the application's */

  /* state */
  gboolean set_up;
  gboolean windowed;
  gboolean exit_after_first_frame;
  gboolean painted;
  guint n_early; /* codes that were shown before the desk was open */
  gint64 start_us;
};

G_DEFINE_FINAL_TYPE (LanyardKioskApplication, lanyard_kiosk_application, GTK_TYPE_APPLICATION)

static void
add_options (LanyardKioskApplication *self)
{
  const GOptionEntry options[] = {
    { "config", 'c', 0, G_OPTION_ARG_FILENAME, &self->config_path,
      "The desk's configuration (default: " DEFAULT_CONFIG ")", "FILE" },
    { "enrol", 0, 0, G_OPTION_ARG_STRING, &self->enrol_code,
      "Enrol this desk with a one-time code of the hub, without a window", "CODE" },
    { "hub", 0, 0, G_OPTION_ARG_STRING, &self->hub_url, "With --enrol: the hub", "URL" },
    { "set-up", 0, 0, G_OPTION_ARG_NONE, &self->set_up,
      "Lead through the set-up of a desk that is not set up yet", NULL },
    { "camera", 0, 0, G_OPTION_ARG_STRING, &self->camera,
      "In the set-up: a camera that is not found by itself", "WORDS" },
    { "windowed", 'w', 0, G_OPTION_ARG_NONE, &self->windowed, "Not full screen", NULL },
    { "window-size", 0, 0, G_OPTION_ARG_STRING, &self->window_size,
      "Not full screen, and of this size", "WxH" },
    { "exit-after-first-frame", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_NONE,
      &self->exit_after_first_frame, NULL, NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, "Print the version", NULL },
    { NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_summary (G_APPLICATION (self),
                                            "The kiosk at which people collect their badge.");
}

static int
complain (const GError *error)
{
  g_printerr ("lanyard-kiosk: %s\n", error->message);
  return lanyard_error_exit_code (error);
}

static int
enrol (LanyardKioskApplication *self)
{
  g_autoptr (GError) error = NULL;

  if (self->hub_url == NULL)
    {
      g_printerr ("lanyard-kiosk: --enrol needs --hub URL.\n");
      return 2;
    }
  if (!lanyard_composition_enrol (self->config, self->enrol_code, self->hub_url, &error))
    return complain (error);
  g_print ("This desk is enrolled at %s.\n", self->hub_url);
  return 0;
}

/* Opens the configuration, or the set-up of a desk that has none. */
static gboolean
begin (LanyardKioskApplication *self, GError **error)
{
  const char *path = self->config_path != NULL ? self->config_path : DEFAULT_CONFIG;

  if (self->enrol_code == NULL && (self->set_up || lanyard_setup_is_needed (path)))
    {
      self->setup = lanyard_setup_open (path, self->camera, lanyard_composition_join, error);
      return self->setup != NULL;
    }
  self->config = lanyard_config_load (path, error);
  return self->config != NULL;
}

/* Returns: an exit code, or -1 to go on with the window */
static int
lanyard_kiosk_application_handle_local_options (GApplication *app, GVariantDict *options)
{
  LanyardKioskApplication *self = LANYARD_KIOSK_APPLICATION (app);
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("lanyard-kiosk %s\n", LANYARD_VERSION);
      return 0;
    }
  if (!begin (self, &error))
    return complain (error);
  if (self->enrol_code != NULL)
    return enrol (self);
  if (!gtk_init_check ())
    {
      g_printerr ("lanyard-kiosk: there is no display: set WAYLAND_DISPLAY or DISPLAY.\n");
      return 3;
    }
  return -1;
}

static void
print_time (LanyardKioskApplication *self, const char *what)
{
  g_print ("%s after %.1f ms\n", what, (double)(g_get_monotonic_time () - self->start_us) / 1000);
  fflush (stdout);
}

/* For the benchmark: the first frame is the window alone, the first page is what a person can use.
 */
static void
on_painted (GdkFrameClock *clock, LanyardKioskApplication *self)
{
  if (!self->painted)
    print_time (self, "first frame");
  self->painted = TRUE;
  if (lanyard_window_get_page_name (self->window) == NULL)
    return;
  print_time (self, "first page");
  g_signal_handlers_disconnect_by_func (clock, on_painted, self);
  g_application_quit (G_APPLICATION (self));
}

static void
on_mapped (GtkWidget *window, LanyardKioskApplication *self)
{
  if (self->exit_after_first_frame)
    g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_painted),
                      self);
}

static gboolean
on_idle_warm_up (gpointer window)
{
  return lanyard_window_warm_up (window);
}

static void
on_opened (LanyardDeskThread *thread, LanyardKioskApplication *self)
{
  LanyardPack *pack = lanyard_desk_thread_get_pack (thread);

  lanyard_style_install (gtk_widget_get_display (GTK_WIDGET (self->window)), self->look, pack);
  lanyard_window_set_pack (self->window, pack, self->language);
  g_idle_add_full (G_PRIORITY_LOW, on_idle_warm_up, g_object_ref (self->window), g_object_unref);
}

/* @notice: what came of a code that was shown meanwhile */
static void
show_preparing (LanyardKioskApplication *self, LanyardNotice notice)
{
  g_autoptr (LanyardView) view = lanyard_view_new (LANYARD_PAGE_PREPARING);

  view->language = g_strdup (self->preparing);
  view->notice = notice;
  view->notice_generation = notice != LANYARD_NOTICE_NONE ? ++self->n_early : 0;
  lanyard_window_show_view (self->window, view);
}

static void
on_preparing (LanyardDeskThread *thread, const char *language, LanyardKioskApplication *self)
{
  g_free (self->preparing);
  self->preparing = g_strdup (language);
  show_preparing (self, LANYARD_NOTICE_NONE);
}

static void
on_early (LanyardDeskThread *thread, LanyardKioskApplication *self)
{
  show_preparing (self, LANYARD_NOTICE_PREPARING);
}

/* A desk that cannot be opened still has a window, which says so. */
static void
on_failed (LanyardDeskThread *thread, const GError *error, LanyardKioskApplication *self)
{
  g_autoptr (LanyardView) view = lanyard_view_new_out_of_order (error);

  g_printerr ("lanyard-kiosk: %s\n", error->message);
  lanyard_window_show_view (self->window, view);
}

static void
on_view (LanyardDeskThread *thread, LanyardView *view, LanyardKioskApplication *self)
{
  lanyard_window_show_view (self->window, view);
}

static void
on_status (LanyardDeskThread *thread,
           const LanyardDeskStatus *status,
           LanyardKioskApplication *self)
{
  lanyard_window_show_status (self->window, status);
}

static void
on_picture (LanyardDeskThread *thread, GdkTexture *picture, LanyardKioskApplication *self)
{
  lanyard_window_show_picture (self->window, picture);
}

static void
on_hint (LanyardDeskThread *thread, int hint, LanyardKioskApplication *self)
{
  lanyard_window_show_hint (self->window, (LanyardHint)hint);
}

static void
make_thread (LanyardKioskApplication *self)
{
  self->thread
      = lanyard_desk_thread_new (g_steal_pointer (&self->config), lanyard_composition_make_link);
  g_signal_connect (self->thread, "opened", G_CALLBACK (on_opened), self);
  g_signal_connect (self->thread, "failed", G_CALLBACK (on_failed), self);
  g_signal_connect (self->thread, "preparing", G_CALLBACK (on_preparing), self);
  g_signal_connect (self->thread, "early", G_CALLBACK (on_early), self);
  g_signal_connect (self->thread, "view", G_CALLBACK (on_view), self);
  g_signal_connect (self->thread, "status", G_CALLBACK (on_status), self);
  g_signal_connect (self->thread, "picture", G_CALLBACK (on_picture), self);
  g_signal_connect (self->thread, "hint", G_CALLBACK (on_hint), self);
}

static gboolean
on_sense_asked (const char *text, gpointer user_data)
{
  return lanyard_sense_check (text);
}

static void
make_wedge (LanyardKioskApplication *self, const LanyardConfig *config)
{
  const LanyardWedgeOptions options = {
    .prefix = config->wedge_prefix,
    .suffix = config->wedge_suffix,
    .aim = config->wedge_aim,
    .layout = config->wedge_layout,
    .keyboard = config->wedge_keyboard,
    .makes_sense = on_sense_asked,
  };

  if (config->wedge)
    self->wedge
        = lanyard_wedge_new (GTK_WIDGET (self->window), LANYARD_CONTROLS (self->thread), &options);
}

static void on_set_up_asked (LanyardWindow *window, LanyardKioskApplication *self);

static void
open_desk (LanyardKioskApplication *self)
{
  LanyardConfig *config = self->config;

  g_free (self->language);
  g_free (self->look);
  self->language = g_strdup (config->language);
  self->look = g_strdup (config->look);
  lanyard_style_install (gdk_display_get_default (), self->look, NULL);
  make_thread (self);
  self->window = lanyard_window_new (GTK_APPLICATION (self), LANYARD_CONTROLS (self->thread));
  lanyard_window_set_venue (self->window, config->venue);
  make_wedge (self, config);
  lanyard_kiosk_window_map_keypad (self->window, config);
  lanyard_kiosk_window_set_voice (self->window, config);
  lanyard_kiosk_window_set_chime (self->window, config);
  if (lanyard_kiosk_window_set_size (GTK_WINDOW (self->window), self->window_size, self->windowed))
    lanyard_window_set_portrait (self->window, TRUE);
  g_signal_connect (self->window, "map", G_CALLBACK (on_mapped), self);
  g_signal_connect (self->window, "set-up", G_CALLBACK (on_set_up_asked), self);
  lanyard_desk_thread_start (self->thread);
  gtk_window_present (GTK_WINDOW (self->window));
}

/* The desk is opened before the set-up goes: an application without a window ends. */
static void
on_set_up (LanyardSetupWindow *window, LanyardKioskApplication *self)
{
  g_autofree char *path
      = g_strdup (lanyard_setup_file_get_path (lanyard_setup_get_file (self->setup)));
  g_autoptr (GError) error = NULL;

  self->config = lanyard_config_load (path, &error);
  if (self->config == NULL)
    {
      g_printerr ("lanyard-kiosk: %s\n", error->message);
      return;
    }
  g_clear_object (&self->wedge);
  open_desk (self);
  gtk_window_destroy (GTK_WINDOW (self->setup_window));
  self->setup_window = NULL;
  g_clear_object (&self->setup);
}

static gboolean
on_setup_key (const LanyardWedgeKey *key, gint64 at_us, gpointer setup)
{
  return lanyard_setup_press (setup, key, at_us);
}

static void
open_setup (LanyardKioskApplication *self)
{
  const LanyardWedgeOptions options = { .makes_sense = on_sense_asked };

  lanyard_style_install (gdk_display_get_default (), self->look, NULL);
  self->setup_window = lanyard_setup_window_new (GTK_APPLICATION (self), self->setup);
  self->wedge = lanyard_wedge_new (GTK_WIDGET (self->setup_window), LANYARD_CONTROLS (self->setup),
                                   &options);
  lanyard_wedge_set_tap (self->wedge, on_setup_key, self->setup);
  if (lanyard_kiosk_window_set_size (GTK_WINDOW (self->setup_window), self->window_size,
                                     self->windowed))
    lanyard_setup_window_set_portrait (self->setup_window, TRUE);
  g_signal_connect (self->setup_window, "done", G_CALLBACK (on_set_up), self);
  gtk_window_present (GTK_WINDOW (self->setup_window));
}

/* The desk is closed first: cameras, scanners and databases are for one at a time. */
static void
change_set_up (gpointer data)
{
  g_autoptr (LanyardKioskApplication) self = data;
  const char *path = self->config_path != NULL ? self->config_path : DEFAULT_CONFIG;
  g_autoptr (GError) error = NULL;
  LanyardWindow *window = self->window;

  if (window == NULL || self->setup != NULL)
    return;
  self->setup = lanyard_setup_open_again (path, self->camera, &error);
  if (self->setup == NULL)
    {
      g_printerr ("lanyard-kiosk: %s\n", error->message);
      return;
    }
  g_signal_handlers_disconnect_by_data (self->thread, self);
  lanyard_desk_thread_stop (self->thread);
  g_clear_object (&self->wedge);
  self->window = NULL;
  open_setup (self);
  gtk_window_destroy (GTK_WINDOW (window));
  g_clear_object (&self->thread);
}

/* The button that asked belongs to the window that goes. */
static void
on_set_up_asked (LanyardWindow *window, LanyardKioskApplication *self)
{
  g_idle_add_once (change_set_up, g_object_ref (self));
}

static void
lanyard_kiosk_application_activate (GApplication *app)
{
  LanyardKioskApplication *self = LANYARD_KIOSK_APPLICATION (app);

  if (self->window != NULL || self->setup_window != NULL)
    return;
  if (self->setup != NULL)
    open_setup (self);
  else
    open_desk (self);
}

static void
lanyard_kiosk_application_shutdown (GApplication *app)
{
  LanyardKioskApplication *self = LANYARD_KIOSK_APPLICATION (app);

  if (self->thread != NULL)
    lanyard_desk_thread_stop (self->thread);
  g_clear_object (&self->wedge);
  g_clear_pointer ((GtkWindow **)&self->window, gtk_window_destroy);
  g_clear_pointer ((GtkWindow **)&self->setup_window, gtk_window_destroy);
  g_clear_object (&self->setup);
  g_clear_object (&self->thread);
  G_APPLICATION_CLASS (lanyard_kiosk_application_parent_class)->shutdown (app);
}

static void
lanyard_kiosk_application_finalize (GObject *object)
{
  LanyardKioskApplication *self = LANYARD_KIOSK_APPLICATION (object);

  g_clear_pointer (&self->config, lanyard_config_free);
  g_free (self->config_path);
  g_free (self->enrol_code);
  g_free (self->hub_url);
  g_free (self->window_size);
  g_free (self->camera);
  g_free (self->language);
  g_free (self->look);
  g_free (self->preparing);
  G_OBJECT_CLASS (lanyard_kiosk_application_parent_class)->finalize (object);
}

static void
lanyard_kiosk_application_class_init (LanyardKioskApplicationClass *klass)
{
  GApplicationClass *app_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = lanyard_kiosk_application_finalize;
  app_class->handle_local_options = lanyard_kiosk_application_handle_local_options;
  app_class->activate = lanyard_kiosk_application_activate;
  app_class->shutdown = lanyard_kiosk_application_shutdown;
}

static void
lanyard_kiosk_application_init (LanyardKioskApplication *self)
{
  add_options (self);
}

LanyardKioskApplication *
lanyard_kiosk_application_new (gint64 start_us)
{
  LanyardKioskApplication *self
      = g_object_new (LANYARD_TYPE_KIOSK_APPLICATION, "application-id", "org.lanyard.Kiosk",
                      "flags", G_APPLICATION_NON_UNIQUE, NULL);

  self->start_us = start_us;
  return self;
}
