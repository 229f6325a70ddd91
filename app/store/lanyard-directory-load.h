/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-directory.h"
#include "lanyard-hash.h"

G_BEGIN_DECLS

/*
 * A new directory from a snapshot, beside the old one, which serves until the swap:
 *
 *   begin → rows … rows → step … step (keys, photos, swap, sweep) → none
 *
 * 1. Rows are sealed as they come. Each call is one transaction together with how far it has come,
 *    so a program that was killed, or lost its power, goes on at the row after the last commit.
 * 2. The swap renames tables and moves the cursor in one transaction: whoever reads sees the old
 *    directory or the new one, never a part. Who is not in the snapshot is gone with it.
 * 3. No step does more for a million people than for a thousand: whoever scans meanwhile is served
 *    between two of them.
 * 4. Photos, visitors, documents and rows set aside stay; photos nobody names any more go.
 * 5. The names are taken from the rows as these come, or from the sealed rows after a restart, so
 *    that the search has all of them at the swap.
 */

/* Persisted. */
typedef enum
{
  LANYARD_LOAD_NONE = 0,
  LANYARD_LOAD_ROWS = 10,   /* rows come */
  LANYARD_LOAD_INDEX = 20,  /* all rows are here: their keys are put in order */
  LANYARD_LOAD_PHOTOS = 30, /* the photos that they name are noted */
  LANYARD_LOAD_SWAP = 40,   /* the next step makes it the directory */
  LANYARD_LOAD_SWEEP = 50,  /* it is the directory; what was before is removed */
} LanyardLoadStage;

/* How far it has come. A value. */
typedef struct
{
  LanyardLoadStage stage;
  LanyardHash snapshot; /* what is loaded */
  guint64 gseq;         /* the cursor after the swap */
  guint64 era;          /* of the feed, that goes with it; 0: not told */
  guint64 chunk;        /* the next chunk */
  guint64 row;          /* rows of that chunk that are here already */
  guint64 n_entries;    /* rows so far */
} LanyardLoad;

typedef struct
{
  guint64 gseq;
  GBytes *entry; /* owned: an encoded entry */
} LanyardLoadRow;

void lanyard_directory_get_load (LanyardDirectory *directory, LanyardLoad *load);

/* Begins to load @snapshot; drops one that was under way and has not come to its swap.
 * @error: LANYARD_ERROR_STATE while the sweep of the last one is not over; _FULL, _IO */
gboolean lanyard_directory_load_begin (LanyardDirectory *directory,
                                       const LanyardHash *snapshot,
                                       guint64 gseq,
                                       guint64 era,
                                       GError **error);

/**
 * lanyard_directory_load_rows:
 * @rows: (array length=n_rows): entries that cannot be understood are set aside
 * @chunk: where the load stands after these rows: of this chunk …
 * @row: … so many rows are here
 * @error: LANYARD_ERROR_STATE when no rows are expected; _FULL, _IO
 */
gboolean lanyard_directory_load_rows (LanyardDirectory *directory,
                                      const LanyardLoadRow *rows,
                                      guint n_rows,
                                      guint64 chunk,
                                      guint64 row,
                                      GError **error);

/* All rows are here. */
gboolean lanyard_directory_load_end_rows (LanyardDirectory *directory, GError **error);

/* Does the next piece of what is left after the rows. @stage: (out): NONE: all is done */
gboolean
lanyard_directory_load_step (LanyardDirectory *directory, LanyardLoadStage *stage, GError **error);

G_END_DECLS
