/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <stdio.h>

#include "lanyard-hub-command.h"
#include "lanyard-hub-csv.h"
#include "lanyard-hub-mapping.h"
#include "lanyard-hub-progress.h"
#include "lanyard-hub-seen.h"

G_BEGIN_DECLS

/* One run of "lanyard-hub import", shared by the files that are split by what they do:
 * -import.c the options, -import-rows.c from rows to entries, -import-send.c from entries to the
 * hub. */
typedef struct
{
  /* As asked for */
  const char *path;            /* of the roster; "-" reads standard input */
  const char *photo_directory; /* (nullable) */
  const char *rejected_path;   /* (nullable): file of the rows that cannot be used */
  gboolean dry_run;
  gboolean cancel_missing;
  guint64 max_errors; /* 0: no limit */
  guint64 max_missing;
  gboolean max_missing_is_share; /* of the entries in hundredths */

  /* The file */
  LanyardHubMapping *mapping; /* owned (nullable): JSON lines as they are */
  LanyardHubCsv *csv;         /* owned */
  gboolean lines;             /* JSON lines */
  guint n_columns;            /* of CSV */
  LanyardHubSeen *seen;       /* owned: number → line */
  FILE *rejected;             /* owned (nullable): not needed yet */
  GString *header;            /* owned (nullable): first row of CSV as it stands */
  LanyardHubProgress progress;

  /* The hub */
  LanyardHubConsole *console; /* owned (nullable): only the rows are checked */
  GPtrArray *entries;         /* owned (element-type GBytes): encoded, not yet sent */
  GPtrArray *photos;          /* owned (element-type GBytes): not yet sent */
  gsize n_photo_bytes;        /* of photos */

  /* What came of it */
  LanyardHubImported imported;
  GHashTable *members; /* owned (element-type utf8 gsize): in how many entries each would change */
  guint64 n_rows;
  guint64 n_bad;
  guint64 n_photos;
  guint64 n_missing;   /* in the hub, not cancelled, and not in the file */
  guint64 n_cancelled; /* of these */
  gboolean stopped;    /* too many rows cannot be used */
} LanyardHubImport;

/* Reads all rows, and sends what they say. FALSE: nothing more can be done */
gboolean _lanyard_hub_import_read (LanyardHubImport *import, GError **error);
/* Notes that the row cannot be used. */
gboolean _lanyard_hub_import_reject (LanyardHubImport *import, const char *why, GError **error);

/* Sends the entries that wait when they are many, or @all of them. */
gboolean _lanyard_hub_import_flush (LanyardHubImport *import, gboolean all, GError **error);
/* Cancels the accreditations that the file does not have, or counts them. */
gboolean _lanyard_hub_import_cancel_missing (LanyardHubImport *import, GError **error);

G_END_DECLS
