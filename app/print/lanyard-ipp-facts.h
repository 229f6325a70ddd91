/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-printer-facts.h"

G_BEGIN_DECLS

/* The part of LanyardPrinterFacts that speaks IPP. */
typedef struct _LanyardIppFacts LanyardIppFacts;

/* @error: as for lanyard_printer_facts_ask() */
LanyardIppFacts *lanyard_ipp_facts_ask (const char *uri, GError **error);
void lanyard_ipp_facts_free (LanyardIppFacts *facts);
const LanyardPrinterCondition *lanyard_ipp_facts_get_condition (const LanyardIppFacts *facts);
guint lanyard_ipp_facts_get_dpi (const LanyardIppFacts *facts);
/* Adds what is to be said of the line, the queue and the media. @list: (element-type
 * LanyardPrinterFact) */
void lanyard_ipp_facts_tell (const LanyardIppFacts *facts, GPtrArray *list);
char *
lanyard_ipp_facts_judge (LanyardIppFacts *facts, const LanyardPrinterNeed *need, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardIppFacts, lanyard_ipp_facts_free)

G_END_DECLS
