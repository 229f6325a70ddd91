/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-frame.h"

G_BEGIN_DECLS

/*
 * A grey rectangle somewhere in memory that belongs to somebody else: a frame, a part of one, or
 * pixels of a LanyardPlaneBuffer. All finding of codes works on planes.
 */
typedef struct
{
  const guint8 *data; /* borrowed: 8-bit grey rows */
  guint width;        /* px, ≥ 1 */
  guint height;       /* px, ≥ 1 */
  guint stride;       /* bytes from row to row, ≥ width */
} LanyardPlane;

/* Pixels that are made from other planes; keeps its memory from frame to frame. Zero-initialised
 * is empty. */
typedef struct
{
  guint8 *data;    /* owned (nullable) */
  gsize n_bytes;   /* size of data */
  LanyardPlane at; /* what was made last; rows without gaps */
} LanyardPlaneBuffer;

void lanyard_plane_buffer_clear (LanyardPlaneBuffer *buffer);
/* Makes room for @width × @height px and points @buffer->at there; what is in it is undefined.
 * Returns: where the pixels start; owned by @buffer */
guint8 *lanyard_plane_buffer_reserve (LanyardPlaneBuffer *buffer, guint width, guint height);

LanyardPlane lanyard_plane_of_frame (const LanyardFrame *frame);
/* A part of @plane, cut to what is inside; at least 1 × 1 px. */
LanyardPlane
lanyard_plane_crop (const LanyardPlane *plane, int x, int y, guint width, guint height);

/* Each 2 × 2 px become their rounded mean; an odd last row or column is left out unless it is the
 * only one. @buffer must not be where @plane lies. */
void lanyard_plane_halve (const LanyardPlane *plane, LanyardPlaneBuffer *buffer);
/* Twice as large, linear between pixel centres. */
void lanyard_plane_double (const LanyardPlane *plane, LanyardPlaneBuffer *buffer);

#define LANYARD_PLANE_MAX_FACTOR 4

/* @factor: 2 to LANYARD_PLANE_MAX_FACTOR. By Catmull-Rom splines through pixel centres, which keep
 * edges: modules of little more than a pixel stay apart. */
void lanyard_plane_enlarge (const LanyardPlane *plane, guint factor, LanyardPlaneBuffer *buffer);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardPlaneBuffer, lanyard_plane_buffer_clear)

G_END_DECLS
