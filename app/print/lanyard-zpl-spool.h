/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-printer.h"
#include "lanyard-zpl-client.h"

G_BEGIN_DECLS

/* What became of sending a badge. */
typedef enum
{
  LANYARD_ZPL_SPOOL_REFUSED, /* certain: the printer has nothing that it could print */
  LANYARD_ZPL_SPOOL_TAKEN,   /* certain: it has all of the badge */
  LANYARD_ZPL_SPOOL_CUT,     /* the line broke in the middle: it may have any part of it */
  LANYARD_ZPL_SPOOL_UNKNOWN, /* all was sent, and nothing has been heard since */
} LanyardZplSpoolOutcome;

/* A value; clear with lanyard_zpl_spool_result_clear(). */
typedef struct
{
  LanyardZplSpoolOutcome outcome;
  LanyardPrintFault fault; /* REFUSED, CUT: why */
  char *detail;            /* (nullable): one sentence */
  guint line;              /* TAKEN, UNKNOWN: number of the line that it went over */
  LanyardZplStatus status; /* TAKEN: what the printer said after it */
} LanyardZplSpoolResult;

void lanyard_zpl_spool_result_clear (LanyardZplSpoolResult *result);

/**
 * lanyard_zpl_spool:
 * @client: the printer
 * @job: what to print, with its pages
 * @result: (out caller-allocates)
 *
 * Draws the badge, asks the printer how it is, and sends the badge once. A printer with a fault
 * gets nothing: it would print whatever is in its memory when somebody mends it, whoever stands
 * there then. Blocks.
 */
void lanyard_zpl_spool (LanyardZplClient *client,
                        const LanyardPrintJob *job,
                        LanyardZplSpoolResult *result);

/**
 * lanyard_zpl_check_resolution:
 * @target: what the configuration says
 * @identity: (nullable): what the printer says
 * @error: LANYARD_ERROR_REFUSED
 *
 * With the wrong resolution a badge would come out too small or too large.
 */
gboolean lanyard_zpl_check_resolution (const LanyardZplTarget *target,
                                       const LanyardZplIdentity *identity,
                                       GError **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardZplSpoolResult, lanyard_zpl_spool_result_clear)

G_END_DECLS
