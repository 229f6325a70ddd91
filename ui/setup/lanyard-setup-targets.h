/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-setup-touch.h"
#include "lanyard-words.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_SETUP_TARGETS (lanyard_setup_targets_get_type ())
G_DECLARE_FINAL_TYPE (LanyardSetupTargets, lanyard_setup_targets, LANYARD, SETUP_TARGETS, GtkWidget)

/*
 * The whole screen, with one dot after the other to be touched. Any touch counts for the dot that
 * is shown, wherever it lands: what is wrong with the screen is to be seen.
 *
 * Signals: "touched" (const LanyardSetupTouch *): all have been; "left" (): Escape, or nobody has
 * touched anything for half a minute.
 */
GtkWidget *lanyard_setup_targets_new (LanyardWords *words);

G_END_DECLS
