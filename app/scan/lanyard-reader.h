/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-cascade.h"
#include "lanyard-frame.h"
#include "lanyard-scan.h"

G_BEGIN_DECLS

/*
 * Finds codes in single frames. Belongs to one thread at a time. The cascade does the finding; here
 * stands what is the same whoever finds a code: limits, each content once, times.
 */
typedef struct _LanyardReader LanyardReader;

/* @symbologies: what to look for */
LanyardReader *lanyard_reader_new (LanyardSymbologies symbologies);
void lanyard_reader_free (LanyardReader *reader);

/**
 * lanyard_reader_read:
 * @frame: a grey frame
 * @source: what to note in the scans
 *
 * Tries everything before it says that there is nothing; a camera's frames go through LanyardLive.
 *
 * Returns: (transfer full) (element-type LanyardScan): all codes found, each content once; may be
 *   empty. Content longer than LANYARD_SCAN_MAX_BYTES is left out.
 */
GPtrArray *
lanyard_reader_read (LanyardReader *reader, const LanyardFrame *frame, LanyardScanSource source);

/* Whether to be content with the first code; FALSE at first. */
void lanyard_reader_set_first_only (LanyardReader *reader, gboolean first_only);
/* Most work steps for one frame; LANYARD_WORK_UNLIMITED at first. */
void lanyard_reader_set_limit (LanyardReader *reader, guint64 n_steps);
/* Returns: (transfer none) (array length=n_steps): what each step did on the frame read last */
const LanyardCascadeTrace *lanyard_reader_get_trace (const LanyardReader *reader, guint *n_steps);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardReader, lanyard_reader_free)

G_END_DECLS
