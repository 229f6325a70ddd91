/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-frame.h"

G_BEGIN_DECLS

/* Pictures with codes in them, drawn for tests; grey rows without gaps. */
typedef struct
{
  guint8 *pixels; /* owned */
  guint width;    /* px */
  guint height;   /* px */
} Picture;

/* White. */
Picture *picture_new (guint width, guint height);
void picture_free (Picture *picture);
void picture_fill (Picture *picture, guint x, guint y, guint width, guint height, guint8 value);

/* Draws a QR code by libqrencode, module_px a module, with its top left module at @x, @y. Returns:
 * px a side */
guint picture_draw_qr (Picture *picture,
                       guint x,
                       guint y,
                       guint module_px,
                       const void *data,
                       gsize n_bytes);

/* Draws Code 128 (set B, and its check character), 40 px high, from @x, @y. */
void picture_draw_code128 (Picture *picture, guint x, guint y, guint module_px, const char *text);

/* Bars and spaces of a value of Code 128, 106 is the stop; modules, one digit each (static) */
const char *picture_code128_widths (guint value);

/* Returns: (transfer full): @picture turned clockwise about its middle by @degrees */
Picture *picture_turn (const Picture *picture, double degrees);

/* Returns: (transfer full): @extra_stride unused bytes of noise stand behind each row */
LanyardFrame *picture_to_frame (const Picture *picture, guint extra_stride);

/* Writes a PNG beside @path and moves it there in one step. */
void picture_save (const Picture *picture, const char *path);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Picture, picture_free)

G_END_DECLS
