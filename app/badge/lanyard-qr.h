/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Error correction level (ISO/IEC 18004). */
typedef enum
{
  LANYARD_QR_LEVEL_L,
  LANYARD_QR_LEVEL_M,
  LANYARD_QR_LEVEL_Q,
  LANYARD_QR_LEVEL_H,
} LanyardQrLevel;

/* A symbol: @size × @size modules, row by row, 1 dark 0 light, without quiet zone. */
typedef struct
{
  guint size;      /* modules a side */
  guint8 *modules; /* size × size */
} LanyardQr;

/* Returns: (transfer full) (nullable): LANYARD_ERROR_LIMIT when the text does not fit any version
 */
LanyardQr *lanyard_qr_new (const char *text, LanyardQrLevel level, GError **error);
void lanyard_qr_free (LanyardQr *qr);
gboolean lanyard_qr_get (const LanyardQr *qr, guint x, guint y);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardQr, lanyard_qr_free)

G_END_DECLS
