/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-ipp-client.h"
#include "lanyard-ipp-limits.h"
#include "lanyard-ipp-messages.h"

G_BEGIN_DECLS

/* A badge that is somewhere in a printer, looked at again and again. */
typedef struct _LanyardIppFollow LanyardIppFollow;

/**
 * lanyard_ipp_follow_new:
 * @serial: badge serial = job-name
 * @job_id: 0 when it is not known: the job is looked for by its name
 * @patience_us: monotonic: until then a printer that does not know the job is asked again, because
 *   the job may still be on its way; 0: the job is known to have been taken, or is asked about
 */
LanyardIppFollow *lanyard_ipp_follow_new (const char *serial, int job_id, gint64 patience_us);
void lanyard_ipp_follow_free (LanyardIppFollow *follow);

/* Notes that the printer has taken the job. Returns: (transfer full): SPOOLED */
LanyardPrintReport *lanyard_ipp_follow_take (LanyardIppFollow *follow, gint64 now_us);

/**
 * lanyard_ipp_follow_look:
 * @client: (nullable): the printer; NULL when it has just not answered another question
 * @condition: what the printer itself is doing; not read when @client is %NULL
 * @now_us: monotonic
 * @ended: (out): whether there is nothing more to follow
 *
 * Asks once how far the job is. Blocks.
 *
 * Returns: (transfer full) (nullable): what is new, when anything is
 */
LanyardPrintReport *lanyard_ipp_follow_look (LanyardIppFollow *follow,
                                             LanyardIppClient *client,
                                             const LanyardPrinterCondition *condition,
                                             const LanyardIppLimits *limits,
                                             gint64 now_us,
                                             gboolean *ended);

/* Has the printer drop the job when it is not done with it. Blocks. Returns: FALSE when the printer
 * did not answer, so that it is to be told again */
gboolean lanyard_ipp_follow_cancel (LanyardIppFollow *follow,
                                    LanyardIppClient *client,
                                    const LanyardIppLimits *limits);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardIppFollow, lanyard_ipp_follow_free)

G_END_DECLS
