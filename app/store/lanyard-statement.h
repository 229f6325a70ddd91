/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-database.h"
#include "lanyard-hash.h"

G_BEGIN_DECLS

/*
 * A prepared statement. The database keeps it for the next time; what a caller holds is a loan,
 * over when the g_autoptr goes. Parameters count from 1, columns from 0, as in SQLite. What goes
 * wrong in preparing and binding is kept and told by the next step, so that callers ask once.
 */
typedef struct _LanyardStatement LanyardStatement;

/* @sql: one statement, a literal: it is known by its address, so it must never move or change.
 * Returns: (transfer full): never NULL */
LanyardStatement *lanyard_statement_new (LanyardDatabase *database, const char *sql);
/* Gives it back, reset and without its values. */
void lanyard_statement_release (LanyardStatement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardStatement, lanyard_statement_release)

void lanyard_statement_bind_int (LanyardStatement *statement, int index, gint64 value);
/* @text: (nullable): copied */
void lanyard_statement_bind_text (LanyardStatement *statement, int index, const char *text);
/* @data: (nullable): must stay until the statement is released or reset */
void lanyard_statement_bind_blob (LanyardStatement *statement,
                                  int index,
                                  const void *data,
                                  gsize n_bytes);
/* @bytes: (nullable): must stay as in lanyard_statement_bind_blob() */
void lanyard_statement_bind_bytes (LanyardStatement *statement, int index, GBytes *bytes);

/**
 * lanyard_statement_step:
 * @row: (out): whether there is a row
 * @error: as lanyard_database_fail()
 */
gboolean lanyard_statement_step (LanyardStatement *statement, gboolean *row, GError **error);
/* Runs a statement that has no rows, and resets it for the next values. */
gboolean lanyard_statement_run (LanyardStatement *statement, GError **error);

gint64 lanyard_statement_get_int (LanyardStatement *statement, int column);
/* Returns: (transfer full) (nullable) */
char *lanyard_statement_dup_text (LanyardStatement *statement, int column);
/* Returns: (transfer none) (nullable): until the next step */
const void *lanyard_statement_get_blob (LanyardStatement *statement, int column, gsize *n_bytes);
/* Returns: (transfer full) (nullable): a copy */
GBytes *lanyard_statement_dup_bytes (LanyardStatement *statement, int column);
gboolean lanyard_statement_is_null (LanyardStatement *statement, int column);
/* FALSE when the column is not a hash's 32 bytes. */
gboolean lanyard_statement_get_hash (LanyardStatement *statement, int column, LanyardHash *hash);

/**
 * lanyard_database_list_sql:
 *
 * Returns: (transfer full): the text of each statement used so far, for tests of their query plans
 */
char **lanyard_database_list_sql (LanyardDatabase *database);

/* Finalises the statements kept: the database calls it in closing. */
void lanyard_statement_cache_free (gpointer cache);

G_END_DECLS
