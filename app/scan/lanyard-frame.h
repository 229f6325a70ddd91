/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Limits that hold before room is made for a picture. */
#define LANYARD_FRAME_MAX_SIDE_PX 16384
#define LANYARD_FRAME_MAX_PIXELS (64 * 1024 * 1024)
#define LANYARD_FRAME_MAX_FILE_BYTES (64 * 1024 * 1024)

/* A grey picture: 8 bits a pixel, row by row. Reference counted through its bytes. */
typedef struct
{
  GBytes *pixels; /* at least stride × (height - 1) + width bytes */
  guint width;    /* px */
  guint height;   /* px */
  guint stride;   /* bytes from row to row, ≥ width */
  gint64 at_us;   /* monotonic: when it was taken */
} LanyardFrame;

/**
 * lanyard_frame_new:
 * @pixels: 8-bit grey rows; a reference is taken, nothing is copied
 * @width: px, 1 to LANYARD_FRAME_MAX_SIDE_PX
 * @height: px, 1 to LANYARD_FRAME_MAX_SIDE_PX
 * @stride: bytes from row to row
 * @at_us: monotonic: when it was taken
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

/**
 * lanyard_frame_load:
 * @path: a PNG or JPEG file
 * @error: LANYARD_ERROR_NOT_FOUND, _IO, _INVALID (no such picture), _LIMIT (too large)
 *
 * Reads a picture into grey; transparent parts become white. Blocks.
 *
 * Returns: (transfer full) (nullable)
 */
LanyardFrame *lanyard_frame_load (const char *path, GError **error);
const guint8 *lanyard_frame_get_data (const LanyardFrame *frame);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardFrame, lanyard_frame_free)

G_END_DECLS
