/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

/* An empty GTK 4 window, which tells its first frame and ends, or with --stay stays: what any program
 * with a window costs on this machine at this moment. */

#define G_LOG_DOMAIN "bench"

#include <gtk/gtk.h>
#include <stdio.h>
#include <string.h>

static gboolean stays;

static void
on_painted (GdkFrameClock *clock, GApplication *app)
{
  g_signal_handlers_disconnect_by_func (clock, on_painted, app);
  puts ("first frame");
  fflush (stdout);
  if (!stays)
    g_application_quit (app);
}

static void
on_mapped (GtkWidget *window, GApplication *app)
{
  g_signal_connect (gtk_widget_get_frame_clock (window), "after-paint", G_CALLBACK (on_painted),
                    app);
}

static void
on_activate (GtkApplication *app)
{
  GtkWidget *window = gtk_application_window_new (app);

  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  g_signal_connect (window, "map", G_CALLBACK (on_mapped), app);
  gtk_window_present (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  g_autoptr (GtkApplication) app
      = gtk_application_new ("org.lanyard.Empty", G_APPLICATION_NON_UNIQUE);

  stays = argc > 1 && strcmp (argv[1], "--stay") == 0;
  g_signal_connect (app, "activate", G_CALLBACK (on_activate), NULL);
  return g_application_run (G_APPLICATION (app), 1, argv);
}
