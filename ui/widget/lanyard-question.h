/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-view.h"
#include "lanyard-words.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_QUESTION (lanyard_question_get_type ())
G_DECLARE_FINAL_TYPE (LanyardQuestion, lanyard_question, LANYARD, QUESTION, GtkWidget)

/*
 * "Did this badge come out?", which only somebody who looks at the printer can say.
 *
 * Signal "answer" (LanyardQuestion *, const char *serial, gboolean came_out)
 */

/* @questions: (nullable) (element-type LanyardPickup): the oldest is asked first
 * @printer_words: (nullable) (element-type utf8 LanyardPrintReport): what the printer says of each
 * Returns: whether there is one to ask */
gboolean lanyard_question_show (LanyardQuestion *self,
                                GPtrArray *questions,
                                GHashTable *printer_words,
                                LanyardWords *words);

G_END_DECLS
