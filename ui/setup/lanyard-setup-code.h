/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LANYARD_TYPE_SETUP_CODE (lanyard_setup_code_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSetupCode, lanyard_setup_code, LANYARD, SETUP_CODE, GtkWidget)

/* A text as QR and, below it, as Code 128, to be scanned from the screen: black on white in every
 * look, in whole pixels. @text: 1 to 48 characters of printable ASCII */
GtkWidget *lanyard_setup_code_new (const char *text);

G_END_DECLS
