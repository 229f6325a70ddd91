/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-printer.h"
#include "lanyard-zpl-limits.h"

G_BEGIN_DECLS

/*
 * The thread that talks to one label printer. It takes orders one by one and looks at the printer
 * between them, as long as a badge is in it or it is watched. What it has to say goes through its
 * two functions, which are called on that thread.
 */
typedef struct _LanyardZplWorker LanyardZplWorker;

typedef struct
{
  /* @report: (transfer full) */
  void (*report) (LanyardPrintReport *report, gpointer user_data);
  /* @condition: (transfer full): after each look at the printer */
  void (*condition) (LanyardPrinterCondition *condition, gpointer user_data);
} LanyardZplWorkerFuncs;

/* @limits: (nullable); @error: LANYARD_ERROR_USAGE for a URI that is none */
LanyardZplWorker *lanyard_zpl_worker_new (const char *uri,
                                          const LanyardZplLimits *limits,
                                          const LanyardZplWorkerFuncs *funcs,
                                          gpointer user_data,
                                          GError **error);
/* Ends what is under way; when this returns the thread is gone. */
void lanyard_zpl_worker_free (LanyardZplWorker *worker);

/* Orders: on any thread, return at once. */

/* @job: (transfer full) */
void lanyard_zpl_worker_submit (LanyardZplWorker *worker, LanyardPrintJob *job);
void lanyard_zpl_worker_ask (LanyardZplWorker *worker, const char *serial);
void lanyard_zpl_worker_forget (LanyardZplWorker *worker, const char *serial);
void lanyard_zpl_worker_cancel (LanyardZplWorker *worker, const char *serial);
void lanyard_zpl_worker_watch (LanyardZplWorker *worker);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardZplWorker, lanyard_zpl_worker_free)

G_END_DECLS
