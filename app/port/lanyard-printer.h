/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "lanyard-printer-condition.h"

G_BEGIN_DECLS

/* How far a job is. */
typedef enum
{
  LANYARD_PRINT_FAILED = 10,     /* before the printer took it: certain that no badge came out */
  LANYARD_PRINT_SPOOLED = 20,    /* the printer accepted it and gave it a job number */
  LANYARD_PRINT_PROCESSING = 30, /* job-state processing */
  LANYARD_PRINT_STOPPED = 40,   /* job or printer stopped: see fault; goes on when that is mended */
  LANYARD_PRINT_COMPLETED = 50, /* job-state completed: what the printer says, no proof */
  LANYARD_PRINT_ENDED = 60,     /* aborted or cancelled after it was accepted: may be half out */
  LANYARD_PRINT_LOST = 70,      /* accepted, then no answer or no such job any more */
} LanyardPrintState;

const char *lanyard_print_state_to_string (LanyardPrintState state);

/* What is known of one job. A value. */
typedef struct
{
  char *serial; /* badge serial = job-name */
  LanyardPrintState state;
  LanyardPrintFault fault; /* why it does not go on; NONE when it does */
  char *job;               /* (nullable): the printer's job number */
  char *detail;            /* (nullable): raw state reasons, for support; no personal data */
} LanyardPrintReport;

LanyardPrintReport *lanyard_print_report_copy (const LanyardPrintReport *report);
void lanyard_print_report_free (LanyardPrintReport *report);

/* One badge to print. A value. */
typedef struct
{
  char *serial; /* badge serial; becomes job-name, and nothing else names the person */
  GBytes *pdf;  /* one page a side, true size */
  double width_mm;
  double height_mm;
  guint n_pages; /* 1, or 2 with a back */
  /* (nullable) (element-type cairo_surface_t): n_pages recording surfaces with the same pages, user
   * space in mm, origin at the top left: for printers that take no PDF and are given a raster of
   * their own resolution. The printer plays them back on a thread of its own. */
  GPtrArray *pages;
} LanyardPrintJob;

void lanyard_print_job_free (LanyardPrintJob *job);

#define LANYARD_TYPE_PRINTER (lanyard_printer_get_type ())
G_DECLARE_INTERFACE (LanyardPrinter, lanyard_printer, LANYARD, PRINTER, GObject)

/**
 * LanyardPrinterInterface:
 *
 * Signals, emitted in the GMainContext that was thread-default when the printer was made:
 *   "report" (LanyardPrinter *, const LanyardPrintReport *report): a job's state changed
 *   "changed" (LanyardPrinter *): lanyard_printer_dup_condition() says something else now, and so
 *     may lanyard_printer_get_fault(): a fault, a warning, a counter, a level. Counters and levels
 *     are looked at every few seconds while lanyard_printer_watch() is on.
 */
struct _LanyardPrinterInterface
{
  GTypeInterface parent_iface;
  void (*submit) (LanyardPrinter *self, LanyardPrintJob *job);
  void (*ask) (LanyardPrinter *self, const char *serial, const char *job);
  void (*forget) (LanyardPrinter *self, const char *serial);
  void (*cancel) (LanyardPrinter *self, const char *serial, const char *job); /* (nullable) */
  void (*watch) (LanyardPrinter *self);
  LanyardPrintFault (*get_fault) (LanyardPrinter *self);
  char *(*dup_description) (LanyardPrinter *self);
  /* (nullable): without it the condition is made of the fault and the description */
  LanyardPrinterCondition *(*dup_condition) (LanyardPrinter *self);
};

/**
 * lanyard_printer_submit:
 * @self: a printer
 * @job: (transfer full): what to print
 *
 * Sends @job once; never again by itself. Returns at once; all that happens comes as "report":
 * FAILED, or SPOOLED and then any number of others until COMPLETED, ENDED or LOST.
 */
void lanyard_printer_submit (LanyardPrinter *self, LanyardPrintJob *job);

/**
 * lanyard_printer_ask:
 * @self: a printer
 * @serial: badge serial = job-name
 * @job: (nullable): the printer's job number when it is known
 *
 * After a restart: asks the printer what became of a job. The answer comes as "report"; LOST when
 * the printer does not know it.
 */
void lanyard_printer_ask (LanyardPrinter *self, const char *serial, const char *job);

/* Stops following a job: the pickup has ended some other way. A job that has not been begun is not
 * begun any more. */
void lanyard_printer_forget (LanyardPrinter *self, const char *serial);
/**
 * lanyard_printer_cancel:
 * @self: a printer
 * @serial: badge serial = job-name
 * @job: (nullable): the printer's job number when it is known
 *
 * Forgets a job whose badge is void, and has the printer drop it when it has not come out yet: a
 * job that waits for paper is printed whenever there is some. Nothing is reported, and nothing is
 * sure: what is in the tray counts.
 */
void lanyard_printer_cancel (LanyardPrinter *self, const char *serial, const char *job);

/* Starts to watch the printer itself, so that get_fault() is true before anybody prints. */
void lanyard_printer_watch (LanyardPrinter *self);
/* Returns: what is wrong with the printer now: what must be mended first */
LanyardPrintFault lanyard_printer_get_fault (LanyardPrinter *self);
/* Returns: (transfer full): all that the printer said of itself when it was looked at last */
LanyardPrinterCondition *lanyard_printer_dup_condition (LanyardPrinter *self);
/* Returns: (transfer full): make and model or URI, for doctor and health pages */
char *lanyard_printer_dup_description (LanyardPrinter *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardPrintReport, lanyard_print_report_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardPrintJob, lanyard_print_job_free)

G_END_DECLS
