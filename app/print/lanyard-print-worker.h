/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-printer.h"

G_BEGIN_DECLS

/*
 * The thread that talks to one printer, whatever its language. It takes orders one by one and looks
 * at the printer between them, as long as a badge is in it or it is watched. What it has to say
 * goes through two functions, which are called on that thread.
 *
 *   submit, ask, forget, cancel, watch          on any thread, return at once
 *         |  queue of orders                    a badge that is forgotten before its turn is not
 * begun
 *         v
 *   the thread: one order, or a look, at a time → the language → the printer
 *         |
 *         v  report, condition
 */
typedef struct _LanyardPrintWorker LanyardPrintWorker;

/* How one printer is spoken to. All but @abort is called on the worker's thread and may block.
 * @self: what the worker was made with. */
typedef struct
{
  const char *thread; /* its name */
  /* Sends @job once, says what became of it, and follows it when it may be in the printer. */
  void (*submit) (gpointer self, LanyardPrintWorker *worker, const LanyardPrintJob *job);
  /* Finds out about a badge that was sent before a restart. @job: (nullable): number of the printer
   */
  void (*ask) (gpointer self, LanyardPrintWorker *worker, const char *serial, const char *job);
  /* Has the printer drop a badge. @followed: whether it was followed until now */
  void (*cancel) (gpointer self,
                  LanyardPrintWorker *worker,
                  const char *serial,
                  const char *job,
                  gboolean followed);
  /* Looks at the printer and at each badge that is followed. */
  void (*look) (gpointer self, LanyardPrintWorker *worker);
  /* (nullable): whether it must look although nothing is followed */
  gboolean (*is_owing) (gpointer self);
  void (*free_follow) (gpointer follow);
  /* On any thread: ends what is under way, and all that comes. */
  void (*abort) (gpointer self);
  void (*free) (gpointer self);
} LanyardPrintLanguage;

typedef struct
{
  /* @report: (transfer full) */
  void (*report) (LanyardPrintReport *report, gpointer user_data);
  /* @condition: (transfer full): after each look at the printer, whether it is new or not */
  void (*condition) (LanyardPrinterCondition *condition, gpointer user_data);
} LanyardPrintWorkerFuncs;

/**
 * lanyard_print_worker_new:
 * @language: static
 * @self: (transfer full): its own
 * @poll_ms: between two looks while a badge is followed
 * @watch_ms: between two looks otherwise
 * @funcs: where news go
 */
LanyardPrintWorker *lanyard_print_worker_new (const LanyardPrintLanguage *language,
                                              gpointer self,
                                              guint poll_ms,
                                              guint watch_ms,
                                              const LanyardPrintWorkerFuncs *funcs,
                                              gpointer user_data);
/* Ends what is under way; when this returns the thread is gone. Orders that were not begun stay
 * undone, and nobody is told that they were. */
void lanyard_print_worker_free (LanyardPrintWorker *worker);

/* Orders: on any thread, return at once. */

/* @job: (transfer full) */
void lanyard_print_worker_submit (LanyardPrintWorker *worker, LanyardPrintJob *job);
/* @job: (nullable) */
void lanyard_print_worker_ask (LanyardPrintWorker *worker, const char *serial, const char *job);
void lanyard_print_worker_forget (LanyardPrintWorker *worker, const char *serial);
/* @job: (nullable) */
void lanyard_print_worker_cancel (LanyardPrintWorker *worker, const char *serial, const char *job);
void lanyard_print_worker_watch (LanyardPrintWorker *worker);

/* For languages: on the worker's thread. */

/* @report: (transfer full) (nullable) */
void lanyard_print_worker_report (LanyardPrintWorker *worker, LanyardPrintReport *report);
/* The same of a badge without a job number. @detail: (nullable) */
void lanyard_print_worker_say (LanyardPrintWorker *worker,
                               const char *serial,
                               LanyardPrintState state,
                               LanyardPrintFault fault,
                               const char *detail);
/* @condition: (transfer full) */
void lanyard_print_worker_tell (LanyardPrintWorker *worker, LanyardPrinterCondition *condition);
/* @follow: (transfer full): the language's own */
void lanyard_print_worker_follow (LanyardPrintWorker *worker, const char *serial, gpointer follow);
/* Returns: whether it was followed */
gboolean lanyard_print_worker_unfollow (LanyardPrintWorker *worker, const char *serial);
guint lanyard_print_worker_count (LanyardPrintWorker *worker);
/* When to look next, unless an order comes before. */
void lanyard_print_worker_look_in (LanyardPrintWorker *worker, guint ms);

/* Returns: (transfer full) (nullable): what is new of @follow; @ended: (out): nothing more will be
 */
typedef LanyardPrintReport *(*LanyardPrintLookFunc) (gpointer follow,
                                                     gboolean *ended,
                                                     gpointer user_data);
/* Looks at each badge that is followed, and reports. */
void lanyard_print_worker_look_at_each (LanyardPrintWorker *worker,
                                        LanyardPrintLookFunc look,
                                        gpointer user_data);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardPrintWorker, lanyard_print_worker_free)

G_END_DECLS
