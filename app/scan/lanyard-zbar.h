/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-frame.h"
#include "lanyard-scan.h"

G_BEGIN_DECLS

/* ZBar, and nothing of it outside lanyard-zbar.c. Belongs to one thread at a time. */
typedef struct _LanyardZbar LanyardZbar;

/* One symbol as ZBar saw it; lives as long as the call of LanyardZbarFunc. */
typedef struct
{
  LanyardSymbology symbology;
  const guint8 *data; /* exact bytes: a QR code's are not converted */
  gsize n_bytes;      /* may be 0 */
  LanyardPoint
      corners[4]; /* as in LanyardScan; of a linear code, the box of the lines that read it */
} LanyardZbarSymbol;

typedef void (*LanyardZbarFunc) (const LanyardZbarSymbol *symbol, gpointer user_data);

LanyardZbar *lanyard_zbar_new (void);
void lanyard_zbar_free (LanyardZbar *zbar);

/**
 * lanyard_zbar_scan:
 * @frame: a grey frame
 * @func: called for each symbol, the same content perhaps more than once
 *
 * Looks for QR, Code 128, Code 39, ITF, Codabar, EAN and UPC codes in the whole frame.
 */
void lanyard_zbar_scan (LanyardZbar *zbar,
                        const LanyardFrame *frame,
                        LanyardZbarFunc func,
                        gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardZbar, lanyard_zbar_free)

G_END_DECLS
