/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-scan"

#include "lanyard-qr-render.h"

#include <string.h>

#define MODULE_PX 2
#define QUIET_MODULES 2
#define DARK 0
#define LIGHT 255
/* Around the middle of a finder pattern: makes it half a px wider on either side to ZBar. */
#define GREY 128

static void
draw (LanyardPlaneBuffer *buffer, guint column, guint row, gboolean dark)
{
  guint8 *at = buffer->data + (gsize)(row + QUIET_MODULES) * MODULE_PX * buffer->at.stride
               + (gsize)(column + QUIET_MODULES) * MODULE_PX;

  for (guint y = 0; y < MODULE_PX; y++, at += buffer->at.stride)
    memset (at, dark ? DARK : LIGHT, MODULE_PX);
}

static void
draw_information (const LanyardQrLayout *layout, guint format_bits, LanyardPlaneBuffer *buffer)
{
  guint column, row;

  for (guint copy = 0; copy < 2; copy++)
    {
      for (guint i = 0; i < 15; i++)
        {
          lanyard_qr_format_module (layout->side, copy, i, &column, &row);
          draw (buffer, column, row, format_bits >> i & 1);
        }
      for (guint i = 0; i < 18 && layout->version >= 7; i++)
        {
          lanyard_qr_version_module (layout->side, copy, i, &column, &row);
          draw (buffer, column, row, lanyard_qr_version_bits (layout->version) >> i & 1);
        }
    }
}

/* The ring around the dark middle of the pattern whose first module is @column, @row. */
static void
widen_middle (guint column, guint row, LanyardPlaneBuffer *buffer)
{
  const guint first = 2 * MODULE_PX - 1, last = 5 * MODULE_PX;
  gsize stride = buffer->at.stride;
  guint8 *at = buffer->data + (gsize)(row + QUIET_MODULES) * MODULE_PX * stride
               + (gsize)(column + QUIET_MODULES) * MODULE_PX;

  for (guint i = first; i <= last; i++)
    at[first * stride + i] = at[last * stride + i] = at[i * stride + first] = at[i * stride + last]
        = GREY;
}

void
lanyard_qr_render (const LanyardQrLayout *layout,
                   const guint8 *dark,
                   guint format_bits,
                   LanyardPlaneBuffer *buffer)
{
  guint side = layout->side, side_px = (side + 2 * QUIET_MODULES) * MODULE_PX;

  memset (lanyard_plane_buffer_reserve (buffer, side_px, side_px), LIGHT, (gsize)side_px * side_px);
  for (guint row = 0; row < side; row++)
    for (guint column = 0; column < side; column++)
      {
        guint8 kind = layout->kind[row * side + column];
        gboolean is_dark = dark[row * side + column];

        if (kind == LANYARD_QR_LIGHT || kind == LANYARD_QR_DARK)
          is_dark = kind == LANYARD_QR_DARK;
        if (is_dark)
          draw (buffer, column, row, TRUE);
      }
  draw_information (layout, format_bits, buffer);
  widen_middle (0, 0, buffer);
  widen_middle (side - 7, 0, buffer);
  widen_middle (0, side - 7, buffer);
}
