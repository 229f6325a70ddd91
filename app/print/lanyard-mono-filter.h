/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * lanyard_mono_filter:
 * @shades: (array): width × height, row by row; changed
 * @radius: of the square around each shade
 * @lightest: whether the lightest or the darkest one of that square takes its place
 *
 * Takes the same time whatever the radius. Pure.
 */
void
lanyard_mono_filter (guint8 *shades, guint width, guint height, guint radius, gboolean lightest);

G_END_DECLS
