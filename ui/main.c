/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-kiosk"

#include <locale.h>

#include "lanyard-kiosk-application.h"

/*
 * lanyard-kiosk: the screen of one desk.
 *
 *   main()                            this file
 *   lanyard-kiosk-application.c       options; makes the two below and ties them together
 *   lanyard-desk-thread.c             the thread on which the desk lives: everything that decides,
 *                                     stores, prints, scans and syncs
 *   lanyard-window.c                  the screen's thread: one window, one page a view
 *   lanyard-composition.c             the only file that knows both the desk and sync
 *
 * From the desk's thread come views (app/flow/lanyard-view.h); back go inputs (lanyard-controls.h).
 * Words: lanyard-words.c. Look: lanyard-style.c and resources/style.
 */

/* GTK would look for input methods, portals and file choosers of a desktop that a kiosk has not. */
static void
stay_alone (void)
{
  g_setenv ("GTK_IM_MODULE", "gtk-im-context-simple", FALSE);
  g_setenv ("GTK_USE_PORTAL", "0", FALSE);
}

int
main (int argc, char **argv)
{
  gint64 start_us = g_get_monotonic_time ();
  g_autoptr (LanyardKioskApplication) app = NULL;

  setlocale (LC_ALL, "");
  stay_alone ();
  g_set_prgname ("lanyard-kiosk");
  /* the language of the screen changes with each person and is never the operating system's */
  gtk_disable_setlocale ();
  app = lanyard_kiosk_application_new (start_us);
  return g_application_run (G_APPLICATION (app), argc, argv);
}
