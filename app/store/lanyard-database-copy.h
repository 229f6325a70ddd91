/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-directory.h"
#include "lanyard-journal.h"

G_BEGIN_DECLS

/*
 * A copy of a database that is in use, some pages at a time, by the connection that has it: what is
 * committed in between goes into the copy as well (sqlite3_backup_step(), "if the source database
 * is modified by the same database connection"). Belongs to the thread of the database, and has to
 * be freed before the database is closed. The bytes are those of the original: a sealed row stays
 * sealed.
 */
typedef struct _LanyardDatabaseCopy LanyardDatabaseCopy;

/**
 * lanyard_journal_begin_copy:
 * @path: a file that is made anew; one that is there goes
 * @error: LANYARD_ERROR_FULL (twice the size of the original has to be free), _IO
 */
LanyardDatabaseCopy *
lanyard_journal_begin_copy (LanyardJournal *journal, const char *path, GError **error);
/* @error: as lanyard_journal_begin_copy() */
LanyardDatabaseCopy *
lanyard_directory_begin_copy (LanyardDirectory *directory, const char *path, GError **error);

/**
 * lanyard_database_copy_step:
 * @pages: how many to copy at most
 * @done: (out): the copy is whole
 * @error: LANYARD_ERROR_FULL, _IO
 */
gboolean
lanyard_database_copy_step (LanyardDatabaseCopy *copy, int pages, gboolean *done, GError **error);

/* The file loses its name; what is in it is there for as long as it is open. To be called once,
 * when the copy is done. Returns: (transfer full): file descriptor; -1 with @error set */
int lanyard_database_copy_take (LanyardDatabaseCopy *copy, GError **error);
/* Removes the file unless it was taken. @copy: (nullable) */
void lanyard_database_copy_free (LanyardDatabaseCopy *copy);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardDatabaseCopy, lanyard_database_copy_free)

/* What goes up whenever something of the directory that a restart would not bring back by itself
 * has changed. */
guint64 lanyard_directory_get_changes (LanyardDirectory *directory);

G_END_DECLS
