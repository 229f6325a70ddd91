/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-words.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_MORE_TIME (lanyard_more_time_get_type ())
G_DECLARE_FINAL_TYPE (LanyardMoreTime, lanyard_more_time, LANYARD, MORE_TIME, GtkWidget)

/*
 * "Do you need more time?", 20 s before a person is forgotten, to be answered with one touch as
 * often as one likes (WCAG 2.2 §2.2.1). Signal "extend".
 */

/* @deadline_us: monotonic; 0: there is none, and the question goes */
void lanyard_more_time_watch (LanyardMoreTime *self, gint64 deadline_us);
void lanyard_more_time_set_words (LanyardMoreTime *self, LanyardWords *words);

G_END_DECLS
