/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-frame.h"
#include "lanyard-scan.h"

G_BEGIN_DECLS

/*
 * Finds codes in frames. Belongs to one thread at a time. Inside, lanyard-zbar is the decoder and
 * the only file that includes <zbar.h>; here stands what is the same whoever finds a code: limits,
 * each content once, times.
 */
typedef struct _LanyardReader LanyardReader;

LanyardReader *lanyard_reader_new (void);
void lanyard_reader_free (LanyardReader *reader);

/**
 * lanyard_reader_read:
 * @frame: a grey frame
 * @source: what to note in the scans
 *
 * Returns: (transfer full) (element-type LanyardScan): all codes found, each content once; may be
 *   empty. Content longer than LANYARD_SCAN_MAX_BYTES is left out.
 */
GPtrArray *
lanyard_reader_read (LanyardReader *reader, const LanyardFrame *frame, LanyardScanSource source);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardReader, lanyard_reader_free)

G_END_DECLS
