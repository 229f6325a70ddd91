/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define LANYARD_FRAME_MAX_SIDE_PX 16384

/* A grey picture: 8 bits a pixel, row by row. Reference counted through its bytes. */
typedef struct
{
  GBytes *pixels;    /* at least stride × (height - 1) + width bytes */
  guint width;       /* px */
  guint height;      /* px */
  guint stride;      /* bytes from row to row, ≥ width */
  gint64 at_us;      /* monotonic: when it was taken */
} LanyardFrame;

/**
 * lanyard_frame_new:
 * @error: LANYARD_ERROR_INVALID for a frame that lies about its size, LANYARD_ERROR_LIMIT
 *
 * Returns: (transfer full) (nullable)
 */
LanyardFrame *lanyard_frame_new (GBytes *pixels,
                                 guint width,
                                 guint height,
                                 guint stride,
                                 gint64 at_us,
                                 GError **error);
void lanyard_frame_free (LanyardFrame *frame);
LanyardFrame *lanyard_frame_copy (const LanyardFrame *frame);
/* Reads a PNG or JPEG file into grey; transparent parts become white. */
LanyardFrame *lanyard_frame_load (const char *path, GError **error);
const guint8 *lanyard_frame_get_data (const LanyardFrame *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardFrame, lanyard_frame_free)

G_END_DECLS
