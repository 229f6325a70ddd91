/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Something that speaks good IPP and says what is not so. It claims to take PDF of any size. */
typedef enum
{
  LIE_NONE,       /* takes a badge and completes it */
  LIE_SIZE,       /* refuses the size that it claims */
  LIE_FORMAT,     /* refuses the document that it claims to take, when it comes */
  LIE_NO_NUMBER,  /* takes a job and gives it no number */
  LIE_NUMBER,     /* gives a number and knows no such job afterwards */
  LIE_OTHER_NAME, /* says of the job that it is another badge's */
  LIE_STATE,      /* its job is in a state that there is not */
  LIE_BACKWARDS,  /* its job is processing, then pending again */
  LIE_NEVER_ENDS, /* its job is processing for ever, with a jam that is only a report */
  LIE_REASONS,    /* thousands of reasons, most of them no keywords */
} Lie;

typedef struct _LyingPrinter LyingPrinter;

LyingPrinter *lying_printer_new (Lie lie);
void lying_printer_free (LyingPrinter *printer);
/* Returns: (transfer full) */
char *lying_printer_dup_uri (LyingPrinter *printer);
/* Returns: how many documents came */
guint lying_printer_count (LyingPrinter *printer);
/* Returns: whether a job was to be cancelled */
gboolean lying_printer_was_cancelled (LyingPrinter *printer);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LyingPrinter, lying_printer_free)

G_END_DECLS
