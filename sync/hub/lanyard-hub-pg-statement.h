/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-hub-store-pg-private.h"

G_BEGIN_DECLS

#define LANYARD_PG_MAX_PARAMETERS 12

/*
 * One statement, its values and its rows; made as needed, known to the server by the address of its
 * text. All numbers are bigint. Outside a transaction a statement that only reads is tried once
 * more when the line breaks.
 */
struct _LanyardPgStatement
{
  LanyardHubStorePg *store; /* borrowed */
  const char *sql;          /* a literal with $1, $2, … */
  gboolean apart;   /* does not look at rows that uploads change: they need not be sent first */
  PGresult *result; /* owned (nullable): until it ran */
  int row;          /* the present one; -1: before the first */
  int n_parameters;
  Oid types[LANYARD_PG_MAX_PARAMETERS];
  const char *values[LANYARD_PG_MAX_PARAMETERS]; /* (nullable): NULL */
  int lengths[LANYARD_PG_MAX_PARAMETERS];
  gint64 numbers[LANYARD_PG_MAX_PARAMETERS];     /* big-endian */
  GByteArray *arrays[LANYARD_PG_MAX_PARAMETERS]; /* owned (nullable) */
};

LanyardPgStatement *_lanyard_pg_statement_new (LanyardHubStore *store, const char *sql);
/* One that reads and writes nothing that uploads keep in memory. */
LanyardPgStatement *_lanyard_pg_statement_new_apart (LanyardHubStore *store, const char *sql);
void _lanyard_pg_statement_free (LanyardPgStatement *statement);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardPgStatement, _lanyard_pg_statement_free)

/* Values must stay until the statement ran. @index: from 1 */
void _lanyard_pg_bind_int (LanyardPgStatement *statement, int index, gint64 value);
/* @text: (nullable) */
void _lanyard_pg_bind_text (LanyardPgStatement *statement, int index, const char *text);
/* @data: (nullable) */
void
_lanyard_pg_bind_blob (LanyardPgStatement *statement, int index, const void *data, gsize n_bytes);
/* @bytes: (nullable) */
void _lanyard_pg_bind_bytes (LanyardPgStatement *statement, int index, GBytes *bytes);

/* Arrays are filled after this, element by element, @n in all. */
void _lanyard_pg_bind_ints (LanyardPgStatement *statement, int index, guint n);
void _lanyard_pg_bind_texts (LanyardPgStatement *statement, int index, guint n);
void _lanyard_pg_bind_blobs (LanyardPgStatement *statement, int index, guint n);
void _lanyard_pg_push_int (LanyardPgStatement *statement, int index, gint64 value);
/* @text: (nullable) */
void _lanyard_pg_push_text (LanyardPgStatement *statement, int index, const char *text);
/* @data: (nullable) */
void
_lanyard_pg_push_blob (LanyardPgStatement *statement, int index, const void *data, gsize n_bytes);

/* Runs it the first time; @row: (out): whether there is a next row. */
gboolean _lanyard_pg_step (LanyardPgStatement *statement, gboolean *row, GError **error);
/* Runs a statement whose rows nobody reads. */
gboolean _lanyard_pg_run (LanyardPgStatement *statement, GError **error);
/* Sends all before it waits for the first: one way there and back. Nothing after one that failed
 * runs. (element-type LanyardPgStatement) */
gboolean _lanyard_pg_run_all (LanyardHubStorePg *store, GPtrArray *statements, GError **error);

/* Sends them and does not wait: the server works on them meanwhile. What fails of them fails what
 * is run next. @statements: (transfer full) */
gboolean _lanyard_pg_send (LanyardHubStorePg *store, GPtrArray *statements, GError **error);
/* Reads what was sent to its end: the transaction is not wanted any more. */
void _lanyard_pg_drop_sent (LanyardHubStorePg *store);

/* One more, apart, to the end of @statements. (transfer none) */
LanyardPgStatement *
_lanyard_pg_add (GPtrArray *statements, LanyardHubStorePg *store, const char *sql);
/* Arrays for @n values each: of 'i' numbers, 't' texts, 'b' blobs. */
void _lanyard_pg_bind_columns (LanyardPgStatement *statement, const char *columns, guint n);

/* What was pushed is whole: before it is sent. */
void _lanyard_pg_settle (LanyardPgStatement *statement);

gint64 _lanyard_pg_get_int (LanyardPgStatement *statement, int column);
/* Returns: (transfer full) (nullable) */
char *_lanyard_pg_dup_text (LanyardPgStatement *statement, int column);
/* Returns: (transfer none) (nullable): while the statement is there */
const void *_lanyard_pg_get_blob (LanyardPgStatement *statement, int column, gsize *n_bytes);
/* Returns: (transfer full) (nullable) */
GBytes *_lanyard_pg_dup_bytes (LanyardPgStatement *statement, int column);
gboolean _lanyard_pg_is_null (LanyardPgStatement *statement, int column);
/* FALSE when the column is not a hash's 32 bytes. */
gboolean _lanyard_pg_get_hash (LanyardPgStatement *statement, int column, LanyardHash *hash);

G_END_DECLS
