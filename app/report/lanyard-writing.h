/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* @language: a BCP 47 tag or the name of a locale: "ar", "he-IL", "ar_EG.UTF-8"
 * Returns: whether it is written from right to left */
gboolean lanyard_writing_is_from_right (const char *language);

G_END_DECLS
