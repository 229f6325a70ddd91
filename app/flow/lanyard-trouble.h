/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-print-fault.h"

G_BEGIN_DECLS

/*
 * All short codes that a desk may show, in one table: what is said of them on the screen, by the
 * doctor, and in docs/when-things-go-wrong.md. The letter says where to look: P printer, J journal,
 * K key and list of people, E what was found at the start.
 *
 * Texts are English and marked for translation; a screen passes them through its words.
 */
typedef struct
{
  const char *code;        /* "P30" */
  LanyardPrintFault fault; /* with P; otherwise NONE */
  const char *cause;       /* one sentence without a full stop where it is a title */
  const char *remedy;      /* (nullable): what staff do; NULL for what is no trouble yet */
} LanyardTrouble;

/* Returns: (transfer none): all of them */
const LanyardTrouble *lanyard_trouble_list (guint *n_troubles);
/* Returns: (transfer none): for a fault of a printer; that of OTHER for one that is not known */
const LanyardTrouble *lanyard_trouble_for_fault (LanyardPrintFault fault);
/* @letter: 'E' or 'J'; @code: a LanyardError, 0: of another domain. Returns: (transfer none): the
 * row of it, or that of code 0 */
const LanyardTrouble *lanyard_trouble_for_error (char letter, int code);
/* Returns: (transfer none) (nullable) */
const LanyardTrouble *lanyard_trouble_find (const char *code);

G_END_DECLS
