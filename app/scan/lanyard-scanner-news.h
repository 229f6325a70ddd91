/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-home.h"
#include "lanyard-scanner.h"

G_BEGIN_DECLS

/* What a scanner's worker has to say to its object, which lives at home on another thread. */
typedef struct
{
  guint run; /* of the worker that says it: what an earlier one posted is dropped */
  enum
  {
    LANYARD_SCANNER_NEWS_SCAN,
    LANYARD_SCANNER_NEWS_FAULT,
    LANYARD_SCANNER_NEWS_HINT,
  } kind;
  LanyardScan *scan; /* owned: SCAN */
  char *fault;       /* (nullable): owned: FAULT: one sentence; NULL: all is well */
  LanyardHint hint;  /* HINT */
} LanyardScannerNews;

/* @news: its members are (transfer full). @func: called at home with the news as its data */
void lanyard_scanner_news_post (LanyardHome *home, LanyardHomeFunc func, LanyardScannerNews news);

/**
 * lanyard_scanner_news_tell:
 * @scanner: a LanyardScanner that stays while this is called
 * @fault: (inout): where it keeps its fault
 * @hint: (inout) (nullable): where it keeps its hint
 *
 * Takes the news over and emits the signal that belongs to them, unless nothing is new.
 */
void lanyard_scanner_news_tell (const LanyardScannerNews *news,
                                gpointer scanner,
                                char **fault,
                                LanyardHint *hint);

G_END_DECLS
