/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What can be said of a camera without starting it, for doctor and set-up. */
/*
 * Assumes that words which GStreamer's parser takes, and whose elements are installed, can run:
 * whether they end in pictures, and whether the device is there, only a start tells. Nothing is
 * measured here; that a bin may come back although an element is missing is what its error is asked
 * for.
 */

/**
 * lanyard_camera_check_source:
 * @source: GStreamer launch words, as for lanyard_camera_new()
 * @error: LANYARD_ERROR_USAGE: the words make no sense, or name an element that is not installed
 *
 * Does not open the device.
 */
gboolean lanyard_camera_check_source (const char *source, GError **error);

/* Returns: whether the GStreamer element @name is installed */
gboolean lanyard_camera_has_element (const char *name);

G_END_DECLS
