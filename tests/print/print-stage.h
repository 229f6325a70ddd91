/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-ipp-limits.h"
#include "lanyard-printer.h"
#include "lanyard-zpl-limits.h"

G_BEGIN_DECLS

/* A printer at home in a context of its own, and all that it says. */
typedef struct
{
  GMainContext *context;   /* owned */
  LanyardPrinter *printer; /* owned */
  GPtrArray *reports;      /* (element-type LanyardPrintReport): owned: in order */
  guint n_changes;
  GThread *home; /* borrowed: where signals must come */
} PrintStage;

/* Short limits, so that what never answers is soon told. */
extern const LanyardIppLimits print_stage_limits;
extern const LanyardZplLimits print_stage_zpl_limits;

/* @uri: opened as ipp with @limits, or by lanyard_printer_open() when that is NULL */
PrintStage *print_stage_new (const char *uri, const LanyardIppLimits *limits);
/* @uri: opened as zpl with @limits */
PrintStage *print_stage_new_zpl (const char *uri, const LanyardZplLimits *limits);
void print_stage_free (PrintStage *stage);

/* Returns: (transfer full): a PDF badge with a black square at its top left, and its pages too */
LanyardPrintJob *print_stage_job (const char *serial, double width_mm, double height_mm);

/* Submits a badge of 105 × 135 mm, without pages. Returns: (transfer full): its PDF */
GBytes *print_stage_submit (PrintStage *stage, const char *serial);

/* Runs the main loop until a report of @state has come for @serial. Returns: (transfer none): it */
const LanyardPrintReport *
print_stage_wait (PrintStage *stage, const char *serial, LanyardPrintState state);
/* Runs the main loop until the printer's fault is @fault. */
void print_stage_wait_fault (PrintStage *stage, LanyardPrintFault fault);
/* Until the printer's counter of cards says @counter; the news may come with the end of a badge or
 * after it. */
void print_stage_wait_counter (PrintStage *stage, gint64 counter);
/* Runs the main loop for a while. */
void print_stage_run (PrintStage *stage, guint ms);
/* Returns: (transfer full): "spooled processing completed" of @serial */
char *print_stage_states (PrintStage *stage, const char *serial);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PrintStage, print_stage_free)

G_END_DECLS
