/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What libpq reaches by itself with the rows that a hub wrote: prepared INSERTs in pipeline mode, a
 * commit for each group, as a program does that neither judges nor folds. */
typedef struct
{
  double records_s; /* taken by the rows of records alone */
  double all_s;     /* by all rows that uploads wrote */
  guint64 n_rows;   /* all */
} PipelineRows;

/**
 * pipeline_rows_run:
 * @from: URI of the hub's database
 * @to: URI of one that is empty
 * @gseq: head of the feed before the uploads
 * @n_groups: so many commits
 */
PipelineRows pipeline_rows_run (const char *from, const char *to, guint64 gseq, guint n_groups);
/* Returns: s of processor time that the server's processes which serve hubs have used */
double pipeline_rows_get_server_s (const char *uri);

G_END_DECLS
