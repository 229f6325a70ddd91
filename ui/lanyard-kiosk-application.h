/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LANYARD_TYPE_KIOSK_APPLICATION (lanyard_kiosk_application_get_type ())
G_DECLARE_FINAL_TYPE (LanyardKioskApplication,
                      lanyard_kiosk_application,
                      LANYARD,
                      KIOSK_APPLICATION,
                      GtkApplication)

/**
 * lanyard_kiosk_application_new:
 * @start_us: monotonic time at which the program began, for --exit-after-first-frame
 *
 * Returns: (transfer full): the program: options, desk thread, window
 */
LanyardKioskApplication *lanyard_kiosk_application_new (gint64 start_us);

G_END_DECLS
