/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

/* A camera of GStreamer's, "troublesource", that cannot be opened for whatever reason a real one
 * cannot, and later can: then it sends grey pictures of 640 × 360 px, 30 a second. */

/* To be called once, before the first camera. */
void trouble_source_register (void);
/* @code: a GstResourceError; 0: it works. On any thread, for whoever opens it from here on. */
void trouble_source_set (int code);
/* @pixels: (transfer none): 640 × 360 bytes of a picture, which stay as long as it is used */
void trouble_source_show (const guint8 *pixels);
