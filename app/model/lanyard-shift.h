/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-record.h"

G_BEGIN_DECLS

/*
 * What became of badges and blank cards since the last close, made of the records alone: there is
 * no other counter that could disagree. Pure: the same records give the same counts.
 *
 *   badges   allocated = confirmed + voided + open, where open must be 0 before a close
 *   cards    left = loaded − (one a badge that a printer took) − spoiled by hand;
 *            a badge of which nothing came out gives its card back, unless it was lost in a jam
 *   counter  what the printer counted = handed + spoiled
 *
 * A close is a record that carries the counts, what is left, and where the printer's own counter
 * stood. The next shift begins there: nothing before it has to be read again.
 */

/* A printer's name in a configuration, at most; and that of the only one, which has none. */
#define LANYARD_PRINTER_NAME_MAX_BYTES 32
#define LANYARD_PRINTER_NAME_ONLY "main"
/* Cards in one go. */
#define LANYARD_CARDS_MAX 9999
/* Rows of one close: those of more printers than this would not fit into a record. */
#define LANYARD_SHIFT_MAX_PRINTERS 12

/* Why a printer's own counter says something else than the records. Persisted. */
typedef enum
{
  LANYARD_SHIFT_NOTE_NONE = 0,
  LANYARD_SHIFT_NOTE_TEST_PRINTS = 10,  /* test and cleaning cards, printed at the printer itself */
  LANYARD_SHIFT_NOTE_JAMMED_CARDS = 20, /* the printer counts cards that never came out */
  LANYARD_SHIFT_NOTE_SHARED = 30,       /* another desk or program prints there too */
  LANYARD_SHIFT_NOTE_COUNTER_RESET = 40, /* the printer was repaired or exchanged */
  LANYARD_SHIFT_NOTE_NOT_FOUND = 90,     /* a supervisor looked and found no reason */
} LanyardShiftNote;

/* "test-prints" (transfer none) (nullable): NULL for none of them */
const char *lanyard_shift_note_to_string (LanyardShiftNote note);
/* The next one after @note, in the order in which a person looks; NONE after the last. */
LanyardShiftNote lanyard_shift_note_next (LanyardShiftNote note);

/* One printer's part of a shift. A value. */
typedef struct
{
  char *printer; /* name */

  /* badges */
  guint allocated; /* serials that were reserved for this printer */
  guint confirmed; /* of them, in a hand now */
  guint voided;    /* of them, no badge (any more) */
  guint open;      /* of them, not at an end: printing, or a question */

  /* cards */
  guint handed;  /* badges that were confirmed at any time, also when voided later */
  guint spoiled; /* came out and were no good, and those that staff recorded */
  guint jammed;  /* lost inside the printer */
  guint loaded;  /* put in */
  gboolean knows_left;
  gint left; /* in the printer; below 0: somebody forgot to record a pack */

  /* the printer's own counter */
  gboolean knows_base;
  gint64 base; /* where it stood at the last close, or would have; below 0 after a reset */
} LanyardShiftCount;

LanyardShiftCount *lanyard_shift_count_copy (const LanyardShiftCount *count);
void lanyard_shift_count_free (LanyardShiftCount *count);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardShiftCount, lanyard_shift_count_free)

/* What a comparison came to. */
typedef enum
{
  LANYARD_SHIFT_AGREES,
  LANYARD_SHIFT_HAS_QUESTIONS, /* badges are open: nothing can be closed */
  LANYARD_SHIFT_NEEDS_NOTE,    /* the printer counted something else */
} LanyardShiftVerdict;

/* A value. */
typedef struct
{
  LanyardShiftVerdict verdict;
  gboolean compared; /* the printer gives a counter, and it is known where it stood before */
  gint64 expected;   /* cards, by the records: handed + spoiled */
  gint64 counted;    /* cards, by the printer; below 0: its counter went back */
  gint64 difference; /* counted − expected */
} LanyardReconciliation;

/**
 * lanyard_shift_reconcile:
 * @count: by the records
 * @knows_lifetime: whether the printer tells its counter now
 * @lifetime: where it stands
 *
 * Pure.
 *
 * Returns: whether both agree
 */
LanyardReconciliation
lanyard_shift_reconcile (const LanyardShiftCount *count, gboolean knows_lifetime, guint64 lifetime);

typedef struct _LanyardShift LanyardShift;

LanyardShift *lanyard_shift_new (void);
void lanyard_shift_free (LanyardShift *shift);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardShift, lanyard_shift_free)

/* Takes the next record. Total: what makes no sense changes nothing. */
void lanyard_shift_take (LanyardShift *shift, const LanyardRecord *record);

/* Returns: (transfer none) (element-type LanyardShiftCount): in the order in which they were first
 * heard of */
GPtrArray *lanyard_shift_get_counts (LanyardShift *shift);
/* Returns: (transfer none) (nullable): of this printer */
const LanyardShiftCount *lanyard_shift_find (LanyardShift *shift, const char *printer);
/* Returns: (transfer none) (nullable): the printer that @serial was reserved for; NULL: not since
 * the last close */
const char *lanyard_shift_get_printer_of (LanyardShift *shift, const char *serial);
/* Returns: (transfer none) (nullable): the printer that staff chose last */
const char *lanyard_shift_get_chosen (LanyardShift *shift);
/* Returns: wall time of the last close; 0: there was none */
gint64 lanyard_shift_get_closed_us (LanyardShift *shift);

/**
 * lanyard_shift_foresee_left:
 * @serial: of a badge
 * @kind: of the record that is to be made about it
 * @reason: with VOIDED
 * @fault: LanyardPrintFault that the record will carry, 0: none
 * @left: (out): cards in its printer afterwards
 *
 * Returns: (transfer none) (nullable): the printer, when @kind moves its cards and it is known how
 *   many there are
 */
const char *lanyard_shift_foresee_left (LanyardShift *shift,
                                        const char *serial,
                                        guint16 kind,
                                        LanyardVoidReason reason,
                                        guint fault,
                                        gint *left);

/* One printer's row of a close: the count, and what the printer said. A value. */
typedef struct
{
  LanyardShiftCount count; /* open is 0 */
  gboolean knows_lifetime;
  guint64 lifetime; /* where the printer's counter stood */
  LanyardShiftNote note;
} LanyardShiftRow;

LanyardShiftRow *lanyard_shift_row_new (const LanyardShiftCount *count);
void lanyard_shift_row_free (LanyardShiftRow *row);

/* Writes LANYARD_BODY_SHIFT: @rows: (element-type LanyardShiftRow): at most
 * LANYARD_SHIFT_MAX_PRINTERS. Returns: (transfer full): an encoded array */
GBytes *lanyard_shift_rows_encode (GPtrArray *rows);
/* Returns: (transfer full) (nullable) (element-type LanyardShiftRow): the rows of a SHIFT_CLOSED;
 * NULL when it is none that can be read */
GPtrArray *lanyard_shift_rows_of (const LanyardRecord *record);

G_END_DECLS
