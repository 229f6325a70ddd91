/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  const char *source; /* GStreamer words, as for lanyard_camera_new() */
  gboolean json;
  guint n_frames;  /* ends after that many; 0: no limit */
  guint n_seconds; /* ends after that long; 0: no limit */
} LanyardScanCamera;

/* What a camera is when nothing is said of it. */
#define LANYARD_SCAN_CAMERA_DEFAULT "v4l2src device=/dev/video0"

/**
 * lanyard_scan_camera:
 * @error: LANYARD_ERROR_USAGE (words that make no sense), _UNAVAILABLE, _IO (no picture),
 *   _NOT_FOUND when a limit was reached and no code was read
 *
 * Reads codes from a camera as the kiosk does, each once until it leaves the picture, and says
 * once a second how that goes. Ends at a limit, or at Ctrl-C.
 */
gboolean lanyard_scan_camera (const LanyardScanCamera *options, GError **error);

G_END_DECLS
