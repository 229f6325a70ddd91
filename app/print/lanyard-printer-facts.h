/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-printer-condition.h"

G_BEGIN_DECLS

/* How a fact of set-up counts. */
typedef enum
{
  LANYARD_FACT_FINE,  /* as it should be */
  LANYARD_FACT_NOTE,  /* worth knowing */
  LANYARD_FACT_WRONG, /* badges cannot be printed, or not safely */
} LanyardFactKind;

/* One sentence for who sets up a desk. A value. */
typedef struct
{
  LanyardFactKind kind;
  char *words; /* without personal data */
} LanyardPrinterFact;

/* What a badge needs of a printer. A value. */
typedef struct
{
  double width_mm;
  double height_mm;
  guint n_pages; /* 1, or 2 with a back */
} LanyardPrinterNeed;

/* What one printer says in set-up: asked once, and then held against each template. Blocks; belongs
 * to one thread. */
typedef struct _LanyardPrinterFacts LanyardPrinterFacts;

/**
 * lanyard_printer_facts_ask:
 * @uri: as for lanyard_printer_open()
 * @error: LANYARD_ERROR_USAGE for a URI that is none, NETWORK (nothing answers), PROTOCOL, REFUSED
 *   (another certificate than it should be), NOT_FOUND (no such queue), IO (a folder that cannot be
 *   written)
 *
 * Has a time limit of 5 s for each question.
 *
 * Returns: (transfer full) (nullable)
 */
LanyardPrinterFacts *lanyard_printer_facts_ask (const char *uri, GError **error);
void lanyard_printer_facts_free (LanyardPrinterFacts *facts);

/* Returns: (transfer none) (element-type LanyardPrinterFact): what it is, what keeps it from
 * printing now, how safe the line is, what CUPS would do after a fault, which counters there are */
GPtrArray *lanyard_printer_facts_list (const LanyardPrinterFacts *facts);
const LanyardPrinterCondition *
lanyard_printer_facts_get_condition (const LanyardPrinterFacts *facts);
/* Returns: dots per inch that a badge would be printed with; 0: the printer does not say */
guint lanyard_printer_facts_get_dpi (const LanyardPrinterFacts *facts);

/**
 * lanyard_printer_facts_judge:
 * @need: a template
 * @error: LANYARD_ERROR_REFUSED: what the printer cannot do with it, and what to do
 *
 * Whether such a badge comes out at its true size: size, margins, sides, format. The printer itself
 * is asked too (Validate-Job): one that claims a size and refuses it is found out here, and not by
 * the first holder.
 *
 * Returns: (transfer full) (nullable): how it would be printed
 */
char *lanyard_printer_facts_judge (LanyardPrinterFacts *facts,
                                   const LanyardPrinterNeed *need,
                                   GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardPrinterFacts, lanyard_printer_facts_free)

G_END_DECLS
