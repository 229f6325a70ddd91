/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-found.h"
#include "lanyard-plane.h"

G_BEGIN_DECLS

/* ZBar, and nothing of it outside lanyard-zbar.c. Belongs to one thread at a time. */
typedef struct _LanyardZbar LanyardZbar;

/* One linear code in one line of samples; lives as long as the call of LanyardZbarLineFunc. */
typedef struct
{
  LanyardSymbology symbology;
  const guint8 *data; /* exact bytes */
  gsize n_bytes;      /* may be 0 */
  guint end;          /* index of the sample or width at which it was complete: the code's last
                         bar, or what is behind it */
  gboolean backwards; /* read from its end to its start */
} LanyardZbarLineCode;

typedef void (*LanyardZbarLineFunc) (const LanyardZbarLineCode *code, gpointer user_data);

/* @enabled: what to look for; what ZBar does not know is left out */
LanyardZbar *lanyard_zbar_new (LanyardSymbologies enabled);
void lanyard_zbar_free (LanyardZbar *zbar);

/**
 * lanyard_zbar_scan:
 * @func: called for each symbol, the same content perhaps more than once
 *
 * Looks for all that is enabled in the whole plane, as ZBar does it by itself: slow (about 25 ms
 * for 1280 × 720) and the last thing to try.
 */
void lanyard_zbar_scan (LanyardZbar *zbar,
                        const LanyardPlane *plane,
                        LanyardFoundFunc func,
                        gpointer user_data);

/**
 * lanyard_zbar_read_drawing:
 * @plane: what lanyard_qr_render() has drawn
 * @func: called when its error correction agrees
 *
 * Error correction and text of a QR symbol whose modules are known. The bytes are exact.
 */
void lanyard_zbar_read_drawing (LanyardZbar *zbar,
                                const LanyardPlane *plane,
                                LanyardFoundFunc func,
                                gpointer user_data);

/**
 * lanyard_zbar_read_symbol:
 * @func: called for each QR symbol, when its error correction agrees
 *
 * As lanyard_zbar_scan(), for QR symbols only. The bytes are exact.
 */
void lanyard_zbar_read_symbol (LanyardZbar *zbar,
                               const LanyardPlane *plane,
                               LanyardFoundFunc func,
                               gpointer user_data);

/**
 * lanyard_zbar_read_line:
 * @samples: grey values along a line, quiet zones with it
 * @func: called for each linear code that one line alone would give: not to be trusted without
 *   a second line
 */
void lanyard_zbar_read_line (LanyardZbar *zbar,
                             const guint8 *samples,
                             guint n_samples,
                             LanyardZbarLineFunc func,
                             gpointer user_data);

/**
 * lanyard_zbar_read_widths:
 * @widths: of spaces and bars in turn, any unit, the first and the last a space: quiet zones
 * @func: as in lanyard_zbar_read_line()
 *
 * The same for a line whose bars were measured already; only the proportions of widths count.
 */
void lanyard_zbar_read_widths (LanyardZbar *zbar,
                               const guint32 *widths,
                               guint n_widths,
                               LanyardZbarLineFunc func,
                               gpointer user_data);

/* Returns: what it was made for and ZBar knows */
LanyardSymbologies lanyard_zbar_get_enabled (LanyardZbar *zbar);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardZbar, lanyard_zbar_free)

G_END_DECLS
