/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-ipp-limits.h"
#include "lanyard-printer.h"

G_BEGIN_DECLS

/*
 * The thread that talks to one IPP printer. It takes orders one by one and looks at the printer and
 * at the jobs under way between them. What it has to say goes through its two functions, which are
 * called on that thread.
 */
typedef struct _LanyardIppWorker LanyardIppWorker;

typedef struct
{
  /* @report: (transfer full) */
  void (*report) (LanyardPrintReport *report, gpointer user_data);
  /* @condition: (transfer full): after each look at the printer, whether it is new or not */
  void (*condition) (LanyardPrinterCondition *condition, gpointer user_data);
} LanyardIppWorkerFuncs;

/* @limits: (nullable); @error: LANYARD_ERROR_USAGE for a URI that is none */
LanyardIppWorker *lanyard_ipp_worker_new (const char *uri,
                                          const LanyardIppLimits *limits,
                                          const LanyardIppWorkerFuncs *funcs,
                                          gpointer user_data,
                                          GError **error);
/* Ends what is under way; when this returns the thread is gone. */
void lanyard_ipp_worker_free (LanyardIppWorker *worker);

/* Orders: on any thread, return at once. */

/* @job: (transfer full) */
void lanyard_ipp_worker_submit (LanyardIppWorker *worker, LanyardPrintJob *job);
void lanyard_ipp_worker_ask (LanyardIppWorker *worker, const char *serial, int job_id);
void lanyard_ipp_worker_forget (LanyardIppWorker *worker, const char *serial);
void lanyard_ipp_worker_cancel (LanyardIppWorker *worker, const char *serial, int job_id);
void lanyard_ipp_worker_watch (LanyardIppWorker *worker);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardIppWorker, lanyard_ipp_worker_free)

G_END_DECLS
