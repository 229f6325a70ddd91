/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>
#include <stdio.h>

G_BEGIN_DECLS

/*
 * Rows of a roster file, one at a time, in memory that does not grow with the file:
 *
 * - CSV as RFC 4180 has it: quotes, doubled quotes, line ends in quotes, CRLF or LF. The separator
 *   is a comma, a semicolon or a tab, taken from the first line when none is given.
 * - JSON lines: a row is a line, which is not looked into here.
 *
 * UTF-8 with or without a byte order mark and nothing else: of a file in another encoding no row is
 * given from the first byte on that shows it.
 */
typedef struct _LanyardHubCsv LanyardHubCsv;

#define LANYARD_HUB_CSV_MAX_ROW_BYTES (64 * 1024)
#define LANYARD_HUB_CSV_MAX_FIELDS 512

typedef enum
{
  LANYARD_HUB_CSV_ROW,
  LANYARD_HUB_CSV_BAD,    /* this row cannot be used, the next one may */
  LANYARD_HUB_CSV_END,    /* the file is read to its end */
  LANYARD_HUB_CSV_FAILED, /* nothing from here on can be trusted */
} LanyardHubCsvResult;

/**
 * lanyard_hub_csv_new:
 * @file: borrowed; read from where it stands
 * @lines: JSON lines: each line is one row with one field
 * @separator: ',', ';' or '\t'; 0: taken from the first row
 *
 * Returns: (transfer full): a reader
 */
LanyardHubCsv *lanyard_hub_csv_new (FILE *file, gboolean lines, char separator);
void lanyard_hub_csv_free (LanyardHubCsv *csv);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardHubCsv, lanyard_hub_csv_free)

/**
 * lanyard_hub_csv_read:
 * @error: set with BAD and FAILED; never says what stands in the row
 *
 * Empty lines are passed over.
 */
LanyardHubCsvResult lanyard_hub_csv_read (LanyardHubCsv *csv, GError **error);

/* Of the row that was read last. (transfer none): until the next read */
guint lanyard_hub_csv_get_n_fields (LanyardHubCsv *csv);
const char *lanyard_hub_csv_get_field (LanyardHubCsv *csv, guint index);
/* The line where the row begins, from 1. */
guint64 lanyard_hub_csv_get_line (LanyardHubCsv *csv);
/* The row as it stands in the file, with its line end. (transfer none) */
const GString *lanyard_hub_csv_get_raw (LanyardHubCsv *csv);
/* Bytes of the file that were read so far. */
guint64 lanyard_hub_csv_get_n_read (LanyardHubCsv *csv);

G_END_DECLS
