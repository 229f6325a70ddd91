/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-ipp-client.h"
#include "lanyard-ipp-limits.h"
#include "lanyard-printer-condition.h"

G_BEGIN_DECLS

/*
 * Looks at a printer again and again. A queue of CUPS says little of the printer behind it: one
 * that is switched off is "processing", without a reason. So when the queue names an IPP printer as
 * its device, that is asked too, and what it says of faults, counters and supplies is added.
 *
 * Belongs to one thread, except for lanyard_ipp_watch_abort().
 */
typedef struct _LanyardIppWatch LanyardIppWatch;

/* @client: outlives the watch; @limits: all of them set */
LanyardIppWatch *lanyard_ipp_watch_new (LanyardIppClient *client, const LanyardIppLimits *limits);
void lanyard_ipp_watch_free (LanyardIppWatch *watch);
/* On any thread: ends the look under way and all that come. */
void lanyard_ipp_watch_abort (LanyardIppWatch *watch);

/* Asks once. Blocks. @now_us: monotonic. Returns: (transfer none): until the next look */
const LanyardPrinterCondition *lanyard_ipp_watch_look (LanyardIppWatch *watch, gint64 now_us);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardIppWatch, lanyard_ipp_watch_free)

G_END_DECLS
