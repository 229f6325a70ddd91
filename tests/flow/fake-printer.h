/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-journal.h"
#include "lanyard-printer.h"

/* A printer at the port: takes jobs, says what the test has it say, and watches over invariant 1.
 */
#define TYPE_FAKE_PRINTER (fake_printer_get_type ())
G_DECLARE_FINAL_TYPE (FakePrinter, fake_printer, FAKE, PRINTER, GObject)

struct _FakePrinter
{
  GObject parent_instance;

  LanyardJournal *journal;      /* borrowed (nullable): where every serial must be RESERVED */
  char *log_path;               /* owned (nullable): a line for every serial that came in */
  GPtrArray *submitted;         /* (element-type utf8): serials, in order */
  GPtrArray *asked;             /* (element-type utf8) */
  GPtrArray *forgotten;         /* (element-type utf8) */
  GPtrArray *cancelled;         /* (element-type utf8) */
  gsize n_pdf_bytes;            /* of the last job */
  LanyardPrintFault fault;      /* of the printer itself */
  guint dpi;                    /* that it says it has; 0: it does not say */
  gint64 sheets;                /* its own counter of cards; -1: it has none */
  LanyardPrintState at_once[4]; /* reported from within submit(); 0 ends them */
};

FakePrinter *fake_printer_new (void);
void fake_printer_report (FakePrinter *printer,
                          const char *serial,
                          LanyardPrintState state,
                          LanyardPrintFault fault);
/* About the last serial that was submitted. */
void fake_printer_say (FakePrinter *printer, LanyardPrintState state);
void fake_printer_set_fault (FakePrinter *printer, LanyardPrintFault fault);
/* Returns: (transfer none): the last serial */
const char *fake_printer_get_last (FakePrinter *printer);
