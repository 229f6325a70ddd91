/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-journal.h"

G_BEGIN_DECLS

/* Of a row of the pass table. Persisted. */
typedef enum
{
  LANYARD_PASS_OUT = 1,      /* in a hand, or on its way there */
  LANYARD_PASS_RETURNED = 2, /* came back */
  LANYARD_PASS_VOID = 3,     /* nothing came of it, or it was taken away */
} LanyardPassState;

/* One row of the pass table and its pool. */
typedef struct
{
  char *pool; /* (nullable): NULL: there is no such pass here */
  gboolean reuse;
  LanyardPassState state;
  guint32 sequence; /* how often it went out; 0: never */
} LanyardPassRow;

void lanyard_pass_row_clear (LanyardPassRow *row);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardPassRow, lanyard_pass_row_clear)

/* A printed number taken apart: what counts stands at its end. */
typedef struct
{
  char *prefix;
  guint digits;
  gint64 counter;
} LanyardPassNumber;

void lanyard_pass_number_clear (LanyardPassNumber *number);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardPassNumber, lanyard_pass_number_clear)

/* FALSE: @text does not end with 1 to 9 digits */
gboolean lanyard_pass_number_split (const char *text, LanyardPassNumber *number);

/* @row: (out caller-allocates) */
gboolean lanyard_journal_load_pass (LanyardJournal *journal,
                                    const char *number,
                                    LanyardPassRow *row,
                                    GError **error);
/* Whether @count numbers from @first on are in no block yet, and have room for all their digits. */
gboolean lanyard_journal_check_block (LanyardJournal *journal,
                                      const LanyardPassNumber *first,
                                      guint count,
                                      GError **error);
gboolean lanyard_journal_has_block (LanyardJournal *journal, const char *pool);

G_END_DECLS
