/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gtk/gtk.h>

#include "lanyard-view.h"
#include "lanyard-words.h"

G_BEGIN_DECLS

#define LANYARD_TYPE_FAULT_NOTE (lanyard_fault_note_get_type ())
G_DECLARE_FINAL_TYPE (LanyardFaultNote, lanyard_fault_note, LANYARD, FAULT_NOTE, GtkWidget)

/*
 * What staff do about a printer that stands: which one, its code, the remedy, and another printer
 * that is ready.
 *
 * Signal "choose" (LanyardFaultNote *, const char *printer): new badges are to go there
 */

/* What is said besides the code and another printer. */
typedef enum
{
  LANYARD_FAULT_NOTE_TITLE = 1 << 0,  /* what happened, where the page does not say it */
  LANYARD_FAULT_NOTE_REMEDY = 1 << 1, /* what to do about it */
} LanyardFaultNoteParts;

/**
 * lanyard_fault_note_show:
 * @view: with its fault, and printers where there are several
 * @parts: what to say
 *
 * The other printer can be chosen by staff who are signed in, and is only named to anybody else.
 *
 * Returns: whether there is a fault to show
 */
gboolean lanyard_fault_note_show (LanyardFaultNote *self,
                                  const LanyardView *view,
                                  LanyardFaultNoteParts parts,
                                  LanyardWords *words);

G_END_DECLS
