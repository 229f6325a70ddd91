/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "bench-report.h"

G_BEGIN_DECLS

/* What was read and in which time, by kind of picture and by engine. */
typedef struct _ScanTable ScanTable;

typedef enum
{
  ENGINE_LANYARD,
  ENGINE_ZBAR,
  ENGINE_ZXING,      /* as fast as it goes */
  ENGINE_ZXING_SLOW, /* all it can */
  N_ENGINES,
} ScanEngine;

/* Of one engine on one picture. */
typedef struct
{
  gboolean right; /* a text of the picture was read */
  gboolean other; /* a text was read that is not among the picture's */
  const char *step; /* static (nullable): of ours, the first that was right */
  double us;
} ScanOutcome;

typedef struct
{
  guint n_tried;
  guint n_read;
  guint n_other;
  BenchSeries us;      /* of each picture */
  BenchSeries us_read; /* of those that were read */
} ScanScore;


ScanTable *scan_table_new (void);
void scan_table_free (ScanTable *table);
void scan_table_clear (ScanTable *table);

/* @row: which kind of picture; one whose name begins with '=' is printed after the others */
void
scan_table_note (ScanTable *table, const char *row, ScanEngine engine, const ScanOutcome *outcome);
/* Returns: (transfer none) (array fixed-size=N_ENGINES) */
const ScanScore *scan_table_get (ScanTable *table, const char *row);
void scan_table_print (ScanTable *table);

G_END_DECLS
