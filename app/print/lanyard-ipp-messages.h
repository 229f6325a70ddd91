/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-ipp-plan.h"
#include "lanyard-printer.h"

G_BEGIN_DECLS

/* Requests to a printer, and what its answers mean; nothing here talks to one. */

#define LANYARD_IPP_USER "lanyard"

/* What a job is to the printer. A value; clear with lanyard_ipp_job_clear(). */
typedef struct
{
  int id;                  /* job-id */
  char *name;              /* (nullable): job-name */
  LanyardPrintState state; /* SPOOLED, PROCESSING, STOPPED, COMPLETED or ENDED */
  LanyardPrintFault fault; /* why it ended, or is held */
  int begun;               /* time-at-processing: seconds of the printer's own clock; 0: not yet */
  gboolean pending;        /* it has not begun, or is to begin again */
  gboolean incoming;       /* it still waits for its document */
  char *reasons;           /* (nullable): job-state-reasons, separated by spaces */
} LanyardIppJob;

void lanyard_ipp_job_clear (LanyardIppJob *job);

/* Requests: (transfer full), for lanyard_ipp_client_do(). */

/* Get-Printer-Attributes for @names */
ipp_t *lanyard_ipp_ask_printer (const char *uri, const char *const *names, guint n_names);
/* All that lanyard_ipp_plan_new() wants to know. */
ipp_t *lanyard_ipp_ask_capabilities (const char *uri);
/* @operation: IPP_OP_PRINT_JOB, IPP_OP_CREATE_JOB or IPP_OP_VALIDATE_JOB */
ipp_t *lanyard_ipp_make_job (const char *uri,
                             ipp_op_t operation,
                             const LanyardIppPlan *plan,
                             const char *serial);
ipp_t *lanyard_ipp_send_document (const char *uri, int job_id, const LanyardIppPlan *plan);
ipp_t *lanyard_ipp_ask_job (const char *uri, int job_id);
ipp_t *lanyard_ipp_cancel_job (const char *uri, int job_id);
/* @which: which-jobs, such as "all" */
ipp_t *lanyard_ipp_ask_jobs (const char *uri, const char *which);

/* Answers. */

/* @error: LANYARD_ERROR_REFUSED with the printer's own words when it says no */
gboolean lanyard_ipp_check_status (ipp_t *answer, GError **error);
/* Returns: whether there is a whole job in @answer */
gboolean lanyard_ipp_job_read (ipp_t *answer, LanyardIppJob *job);
/* Returns: whether @answer lists a job of that name; the newest when there are several */
gboolean lanyard_ipp_job_find (ipp_t *answer, const char *serial, LanyardIppJob *job);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardIppJob, lanyard_ipp_job_clear)

G_END_DECLS
