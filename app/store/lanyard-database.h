/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/*
 * One SQLite file, held by one connection of one thread.
 *
 * 1. One connection to a file, in one thread, under an exclusive lock from opening to closing
 *    (SQLite 3.40.1 has the WAL-reset bug, which needs two connections that write). Every function
 *    asserts the thread. While it is open nothing else of this process may open the file either:
 *    closing any descriptor of it drops the POSIX lock.
 * 2. What a precious database committed survives a power cut: WAL with synchronous FULL, EXTRA
 * until provisioning is over, then fsync of the directory.
 * 3. A file that is newer, foreign, damaged or held by somebody else stays as it is, byte for byte.
 *    No file is ever deleted or made anew here.
 * 4. After an I/O error nothing is written until the file is opened anew: what fsync lost once is
 *    not brought back by asking twice.
 */
typedef struct _LanyardDatabase LanyardDatabase;

/* What a kind of database is. */
typedef struct
{
  const char *what;       /* for messages: "journal" */
  guint32 application_id; /* in the file's header */
  const char *steps;      /* resource folder of the numbered .sql steps */
  gboolean precious;      /* synchronous FULL; otherwise NORMAL: it can be fetched again */
  guint cache_kib;        /* page cache */
  guint page_bytes;       /* power of two from 512; 0: SQLite's own choice */
  /* (nullable): an older file is about to be brought up to date, which may take a while */
  void (*upgrades) (gpointer user_data);
  gpointer user_data; /* for it */
} LanyardSchema;

typedef enum
{
  LANYARD_DATABASE_CREATE = 1 << 0,    /* make it when there is no file */
  LANYARD_DATABASE_READ_ONLY = 1 << 1, /* neither written nor migrated nor checkpointed */
} LanyardDatabaseFlags;

/**
 * lanyard_database_open:
 * @path: the file
 * @flags: how
 * @schema: what it must be; must outlive the database
 * @unclean: (out) (optional): whether the last user of the file ended without closing it
 * @error: LANYARD_ERROR_NOT_FOUND, _BUSY, _CORRUPT (damaged or foreign), _NEWER, _FULL, _IO
 *
 * Returns: (transfer full) (nullable): the database at the newest step of its schema
 */
LanyardDatabase *lanyard_database_open (const char *path,
                                        LanyardDatabaseFlags flags,
                                        const LanyardSchema *schema,
                                        gboolean *unclean,
                                        GError **error);

/* Checkpoints and closes. @database: (nullable) */
void lanyard_database_close (LanyardDatabase *database);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardDatabase, lanyard_database_close)

/* Closes without a checkpoint, leaving the file and its log as they are: for a database in which
 * something was found that must be looked at first. */
void lanyard_database_close_untouched (LanyardDatabase *database);

const char *lanyard_database_get_path (LanyardDatabase *database);
gboolean lanyard_database_is_read_only (LanyardDatabase *database);
sqlite3 *lanyard_database_get_handle (LanyardDatabase *database);

/* Aborts unless the caller is the thread that opened the database. */
void lanyard_database_assert_thread (LanyardDatabase *database);

/* Runs @sql, one or more statements without results. */
gboolean lanyard_database_exec (LanyardDatabase *database, const char *sql, GError **error);

/**
 * lanyard_database_begin:
 * @error: _STATE when it is read-only, _IO when it is closed to writing, _BUSY
 *
 * Starts a write transaction. One at a time: they do not nest.
 */
gboolean lanyard_database_begin (LanyardDatabase *database, GError **error);

/* On FALSE all of the transaction is undone. */
gboolean lanyard_database_commit (LanyardDatabase *database, GError **error);
/* Undoes the transaction; nothing when there is none (SQLite undoes some by itself). */
void lanyard_database_rollback (LanyardDatabase *database);

/**
 * lanyard_database_check:
 * @error: LANYARD_ERROR_CORRUPT with the first finding
 *
 * PRAGMA quick_check.
 */
gboolean lanyard_database_check (LanyardDatabase *database, GError **error);

/**
 * lanyard_database_fail:
 * @code: result code of SQLite that is not SQLITE_OK
 * @error: set to what @code means: _FULL, _BUSY, _CORRUPT, _IO, _STATE (a constraint)
 *
 * Where the disk failed the database is closed to writing.
 *
 * Returns: FALSE
 */
gboolean lanyard_database_fail (LanyardDatabase *database, int code, GError **error);

/* Bytes that are free for this user on the file system of the file; G_MAXUINT64 when unknown. */
guint64 lanyard_database_get_free_bytes (LanyardDatabase *database);

G_END_DECLS
