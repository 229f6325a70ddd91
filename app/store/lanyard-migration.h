/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-database.h"

G_BEGIN_DECLS

/*
 * Steps are resources named NNN-words.sql, numbered from 001 without a gap, each run once in
 * a transaction that also sets user_version to NNN. Only forward. An empty file takes all of them in
 * one: after a power cut it is whole or empty.
 */

/* Returns: the highest step of @schema */
guint lanyard_migration_get_newest (const LanyardSchema *schema);

/**
 * lanyard_migration_run:
 * @database: of @schema
 * @from: its user_version; 0: it is empty
 * @to: the step to reach
 * @error: _FULL, _IO, …
 *
 * Where @from is not 0 the file is copied to PATH.before-NNN (-1, -2, … when that is there and is
 * another) first; PATH.copying is a copy under way.
 * When a step fails, the steps before it stay and the step itself is undone.
 */
gboolean lanyard_migration_run (LanyardDatabase *database,
                                const LanyardSchema *schema,
                                guint from,
                                guint to,
                                GError **error);

/* Removes the copies that earlier steps made of @path, which can be fetched again: what was removed
 * from it must not stay in them. */
void lanyard_migration_drop_copies (const char *path);

/* Registers the schema steps that are built into the program. Called by lanyard_database_open(). */
void lanyard_migration_init (void);

G_END_DECLS
