/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>

#include "lanyard-zpl-status.h"
#include "zpl-decode.h"

G_BEGIN_DECLS

/* What is wrong with a machine or the line to it. Flags. */
typedef enum
{
  ZPL_MISCHIEF_NONE = 0,
  ZPL_MISCHIEF_SILENT = 1 << 0,       /* ~HS is not answered; ~HQES is */
  ZPL_MISCHIEF_MUTE = 1 << 1,         /* nothing is answered */
  ZPL_MISCHIEF_GARBAGE = 1 << 2,      /* bytes that are no answer */
  ZPL_MISCHIEF_ENDLESS = 1 << 3,      /* an answer without end */
  ZPL_MISCHIEF_NONSENSE = 1 << 4,     /* three strings that make no sense */
  ZPL_MISCHIEF_CUT_BEFORE = 1 << 5,   /* hangs up at ^XA, having read nothing of the label */
  ZPL_MISCHIEF_CUT_WITHIN = 1 << 6,   /* hangs up in the middle of a label */
  ZPL_MISCHIEF_CUT_AFTER = 1 << 7,    /* has the whole label, prints it, and hangs up */
  ZPL_MISCHIEF_SLOW = 1 << 8,         /* reads a little at a time */
  ZPL_MISCHIEF_STUCK = 1 << 9,        /* reads the beginning of a label and then no more */
  ZPL_MISCHIEF_NO_IDENTITY = 1 << 10, /* ~HI and getvar are not answered */
  ZPL_MISCHIEF_CHATTER = 1 << 11,     /* says something before each answer */
} ZplMischief;

/*
 * A ZPL II printer for tests, on a TCP port or behind a terminal that stands for a device file. It
 * takes labels into its memory and prints when it is told to, or at once. Functions on any thread.
 */
typedef struct _ZplMachine ZplMachine;

/* @dots_per_mm: what ~HI says. On TCP. */
ZplMachine *zpl_machine_new (guint dots_per_mm);
/* The same behind a device file. */
ZplMachine *zpl_machine_new_device (guint dots_per_mm);
void zpl_machine_free (ZplMachine *machine);

/* @query: what follows "?". Returns: (transfer full) */
char *zpl_machine_dup_uri (ZplMachine *machine, const char *query);

/* Switched off, with all that is in its memory; a device file goes away. */
void zpl_machine_switch_off (ZplMachine *machine);
/* On again, on the same port; not for a device. */
void zpl_machine_switch_on (ZplMachine *machine);

void zpl_machine_set_mischief (ZplMachine *machine, ZplMischief mischief);
/* @status: flags that the next answers have; what is left to print is the machine's to say */
void zpl_machine_set_status (ZplMachine *machine, const LanyardZplStatus *status);
/* Whether labels are printed as soon as they are there; %FALSE: by zpl_machine_print(). */
void zpl_machine_set_eager (ZplMachine *machine, gboolean eager);
/* Prints what is in its memory. */
void zpl_machine_print (ZplMachine *machine);
/* Begins a label that nobody ends, as another program might. */
void zpl_machine_leave_partial (ZplMachine *machine);

/* Returns: how many labels came out */
guint zpl_machine_count (ZplMachine *machine);
/* Returns: how many labels with that comment came out, or are in its memory */
guint zpl_machine_count_serial (ZplMachine *machine, const char *serial);
/* Returns: how often ~HS was asked */
guint zpl_machine_count_asked (ZplMachine *machine);
/* Returns: (transfer none) (nullable): label @i that came out; the test fails on one that is bad */
const ZplLabel *zpl_machine_get (ZplMachine *machine, guint i);
/* Returns: (transfer none) (nullable): what was wrong with a label */
const char *zpl_machine_get_problem (ZplMachine *machine);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ZplMachine, zpl_machine_free)

G_END_DECLS
