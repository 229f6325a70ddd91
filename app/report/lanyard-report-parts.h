/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-report-page.h"

G_BEGIN_DECLS

/* What the report of a day and that of a shift have in common on paper. */

/* Columns of printers beside that of words; of more printers there are several tables. */
#define LANYARD_PAPER_PRINTERS 4

/* Returns: (transfer none): in the report's language */
const char *lanyard_paper_say (LanyardPaper *paper, LanyardReportWord word);
/* The title, the event, the venue and the desk. */
void lanyard_paper_head (LanyardPaper *paper, LanyardReportWord title);
/* A row for each of @words with its number. @numbers, @words: (array length=n) */
void lanyard_paper_numbers (LanyardPaper *paper,
                            const LanyardReportWord *words,
                            const guint *numbers,
                            guint n);

/* Returns: (transfer full): what stands behind @word in the column of the printer @index */
typedef char *(*LanyardPaperCellFunc) (const LanyardReport *report,
                                       guint index,
                                       LanyardReportWord word);

/* A column a printer, so that the words have room in every language; the first of @words is the
 * head. */
void lanyard_paper_printers (LanyardPaper *paper,
                             const LanyardReportWord *words,
                             guint n_words,
                             guint n_printers,
                             LanyardPaperCellFunc func);

/* Fills the pages, from lanyard_paper_begin() to before lanyard_paper_end(). */
typedef void (*LanyardPaperFunc) (LanyardPaper *paper);

/* Calls @func twice: the first time only to know how many pages there are. Returns: (transfer
 * full): a PDF with the title @title */
GBytes *
lanyard_paper_print (const LanyardReport *report, LanyardReportWord title, LanyardPaperFunc func);

G_END_DECLS
