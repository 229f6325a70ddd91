/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-ipp-client.h"
#include "lanyard-ipp-limits.h"
#include "lanyard-printer.h"

G_BEGIN_DECLS

/* What became of sending a badge. */
typedef enum
{
  LANYARD_IPP_SPOOL_REFUSED, /* certain: the printer has nothing that it could print */
  LANYARD_IPP_SPOOL_TAKEN,   /* certain: it has the badge */
  LANYARD_IPP_SPOOL_UNKNOWN, /* the line broke while the badge was on its way */
} LanyardIppSpoolOutcome;

/* A value; clear with lanyard_ipp_spool_result_clear(). */
typedef struct
{
  LanyardIppSpoolOutcome outcome;
  int job_id;              /* 0: not known */
  LanyardPrintFault fault; /* REFUSED: why */
  char *detail;            /* (nullable): one sentence */
  char *description;       /* (nullable): the printer's make and model */
} LanyardIppSpoolResult;

void lanyard_ipp_spool_result_clear (LanyardIppSpoolResult *result);

/**
 * lanyard_ipp_spool:
 * @client: the printer
 * @job: what to print
 * @limits: all of them set
 * @result: (out caller-allocates)
 *
 * Asks the printer what it can and sends the badge once, as Create-Job and Send-Document where the
 * printer has both: then the job has its number before any of the badge is on its way, and a
 * broken line leaves a job that can be asked about. Blocks.
 */
void lanyard_ipp_spool (LanyardIppClient *client,
                        const LanyardPrintJob *job,
                        const LanyardIppLimits *limits,
                        LanyardIppSpoolResult *result);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardIppSpoolResult, lanyard_ipp_spool_result_clear)

G_END_DECLS
