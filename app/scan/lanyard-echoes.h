/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-scan.h"

G_BEGIN_DECLS

/*
 * Tells scans from their doubles. Some hand scanners send each code twice, some send it over two
 * cables at once, and some repeat it for as long as it lies under them. A code counts once until it
 * has been away for a while. Pure: time comes in with each scan. Codes are remembered only as
 * hashes under a key of this run.
 */
typedef struct _LanyardEchoes LanyardEchoes;

/* @window_us: how long a code must have been away to count again; 0: each scan counts */
LanyardEchoes *lanyard_echoes_new (gint64 window_us);
void lanyard_echoes_free (LanyardEchoes *echoes);

/* Returns: whether @scan, at its own time, is no double of one before it, whichever way that came
 */
gboolean lanyard_echoes_take (LanyardEchoes *echoes, const LanyardScan *scan);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardEchoes, lanyard_echoes_free)

G_END_DECLS
