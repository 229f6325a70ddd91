/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "lanyard-print-fault.h"

G_BEGIN_DECLS

/* What a supply is. */
typedef enum
{
  LANYARD_SUPPLY_MEDIA,  /* cards or paper in an input tray */
  LANYARD_SUPPLY_RIBBON, /* what is used up by printing: ribbon, ink, toner */
  LANYARD_SUPPLY_WASTE,  /* what fills up by printing */
  LANYARD_SUPPLY_OTHER,  /* parts that wear: cleaning rollers, heads */
} LanyardSupplyKind;

/* One supply, as the printer tells of it. A value. */
typedef struct
{
  LanyardSupplyKind kind;
  char
      *name; /* (nullable): the printer's own word: "YMCKO ribbon"; cleaned of control characters */
  int level; /* percent 0 … 100: what is left; WASTE: how full it is; -1: not known */
  int left;  /* MEDIA: cards left in the tray; -1: not known */
  int low;   /* percent: the printer itself calls less than this low (WASTE: more); -1: not said */
} LanyardPrinterSupply;

#define LANYARD_PRINTER_MAX_FAULTS 16
#define LANYARD_PRINTER_MAX_SUPPLIES 32

/*
 * What a printer says of itself. A value.
 *
 * All of it is the printer's word: a level is as good as its sensor, and many printers have none.
 * When a printer stops answering, @answers is %FALSE and @fault OFFLINE; counters, supplies and
 * make and model stay what was heard last.
 */
typedef struct
{
  gboolean answers;   /* the last question was answered */
  gboolean stopped;   /* printer-state stopped; a queue of CUPS: it is disabled */
  gboolean paused;    /* somebody has paused it, and somebody has to resume it */
  gboolean accepting; /* printer-is-accepting-jobs */

  LanyardPrintFault fault; /* faults[0], or NONE */
  LanyardPrintFault
      faults[LANYARD_PRINTER_MAX_FAULTS]; /* what keeps it from printing, in the order
                                           * in which a person must mend it; each once */
  guint n_faults;
  LanyardPrintFault warnings[LANYARD_PRINTER_MAX_FAULTS]; /* what does not yet; may hold values of
                                                           * both groups; each once */
  guint n_warnings;
  char *reasons; /* (nullable): printer-state-reasons as they came, separated by spaces: support */

  /* Since the printer was made, or since its counter was reset; -1: it does not say. */
  gint64 sheets_completed;      /* printer-media-sheets-completed: cards */
  gint64 impressions_completed; /* printer-impressions-completed: printed sides */
  gint64 pages_completed;       /* printer-pages-completed: pages of documents */

  guint dpi; /* the coarsest that it may print a badge at, dots an inch; 0: it does not say */

  GPtrArray *supplies;  /* (element-type LanyardPrinterSupply) (not nullable) */
  char *make_and_model; /* (nullable) */
} LanyardPrinterCondition;

/* Returns: (transfer full): of a printer that has not been heard of: answers FALSE, fault NONE */
LanyardPrinterCondition *lanyard_printer_condition_new (void);
LanyardPrinterCondition *lanyard_printer_condition_copy (const LanyardPrinterCondition *condition);
void lanyard_printer_condition_free (LanyardPrinterCondition *condition);
gboolean lanyard_printer_condition_equal (const LanyardPrinterCondition *a,
                                          const LanyardPrinterCondition *b);

/* Adds @fault to the faults unless it is there; the first one is the fault. */
void lanyard_printer_condition_add_fault (LanyardPrinterCondition *condition,
                                          LanyardPrintFault fault);
/* Adds @fault to the warnings unless it is there. */
void lanyard_printer_condition_add_warning (LanyardPrinterCondition *condition,
                                            LanyardPrintFault fault);
gboolean lanyard_printer_condition_has_warning (const LanyardPrinterCondition *condition,
                                                LanyardPrintFault warning);
/* @name: (nullable); @level: percent or negative. Returns: (transfer none): the new supply, with
 * nothing more known of it; %NULL when there are too many */
LanyardPrinterSupply *lanyard_printer_condition_add_supply (LanyardPrinterCondition *condition,
                                                            LanyardSupplyKind kind,
                                                            const char *name,
                                                            int level);

/**
 * lanyard_printer_condition_get_counter:
 *
 * The lifetime counter to hold against badges: cards when the printer counts those, else printed
 * sides when no badge of the event has two.
 *
 * @n_sides: most printed sides of a badge, 1 or 2
 *
 * Returns: cards so far, or -1 when the printer does not say
 */
gint64 lanyard_printer_condition_get_counter (const LanyardPrinterCondition *condition,
                                              guint n_sides);

/* Returns: the lowest level of a kind (WASTE: the highest) in percent, or -1 when none is known */
int lanyard_printer_condition_get_level (const LanyardPrinterCondition *condition,
                                         LanyardSupplyKind kind);
/* Returns: cards left in all trays that say so, or -1 when none does */
int lanyard_printer_condition_get_media_left (const LanyardPrinterCondition *condition);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardPrinterCondition, lanyard_printer_condition_free)

G_END_DECLS
