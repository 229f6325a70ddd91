/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-envelope.h"
#include "lanyard-hash.h"

G_BEGIN_DECLS

/*
 * Backups of one desk on a stick, each an envelope (lanyard-envelope.h) of a manifest and files:
 *
 *   lanyard-PREFIX-records.lanyard-backup   journal.db, staff.pin        every few minutes
 *   lanyard-PREFIX-people.lanyard-backup    directory.db, vault.key      when it has changed
 *
 * and of each the one before it (….lanyard-backup.old). PREFIX is that of the desk's serials, which
 * no two enrolments have in common. What is new is written under a name of its own, synced, and
 * only then takes the place of the last one: at every moment one that is whole is there.
 *
 * What a restored machine needs is in it, but not what it must not have: the desk's key. It is
 * enrolled again, in an epoch of its own, since the lost machine may have written more than its
 * last backup tells.
 */
typedef enum
{
  LANYARD_BACKUP_RECORDS = 1,
  LANYARD_BACKUP_PEOPLE = 2,
} LanyardBackupKind;

/* The first part, as CBOR: what it is a backup of. */
typedef struct
{
  LanyardBackupKind kind;
  char *event;
  guint32 device;
  guint32 epoch;
  char *prefix;         /* of serials */
  char *desk;           /* words for people */
  gint64 made_us;       /* wall */
  guint64 head;         /* last seq of the epoch; RECORDS */
  guint64 acknowledged; /* through which the hub had them; RECORDS */
  LanyardHash hash;     /* of record head; RECORDS */
  guint64 n_entries;    /* PEOPLE */
} LanyardManifest;

void lanyard_manifest_clear (LanyardManifest *manifest);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanyardManifest, lanyard_manifest_clear)

/* One of the parts behind it. */
typedef struct
{
  const char *name; /* static: one of lanyard_backup_files */
  int fd;           /* owned: -1: @content has it */
  GBytes *content;  /* owned (nullable) */
  guint64 n_bytes;
} LanyardBackupPart;

#define LANYARD_BACKUP_MAX_PARTS 4

/* What is to be written; belongs to one thread at a time. */
typedef struct
{
  LanyardManifest manifest;
  LanyardBackupPart parts[LANYARD_BACKUP_MAX_PARTS];
  guint n_parts;
  LanyardRecipient recipient;
  LanyardKey *signer; /* owned */
  char *folder;       /* owned */
  char *beside;       /* owned: a folder of the desk's own disk, which the stick must not be */
} LanyardBackup;

void lanyard_backup_free (LanyardBackup *backup);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardBackup, lanyard_backup_free)

/* @fd: (transfer full) */
void lanyard_backup_add_file (LanyardBackup *backup, const char *name, int fd);
/* @content: (transfer full) */
void lanyard_backup_add_bytes (LanyardBackup *backup, const char *name, GBytes *content);

/**
 * lanyard_backup_write:
 * @error: LANYARD_ERROR_NOT_FOUND (no stick), _FULL, _REFUSED (read-only), _INVALID (recipient),
 *   _IO. What was there before is there still.
 *
 * Blocks for as long as the stick does: for a worker thread. Touches no file of any other name.
 */
gboolean lanyard_backup_write (const LanyardBackup *backup, GError **error);

/* Whether the last backup of this kind is on the stick still. @error: LANYARD_ERROR_NOT_FOUND, and
 * as lanyard_backup_write() */
gboolean lanyard_backup_check (const LanyardBackup *backup, GError **error);

/* What lies in a folder of backups, for somebody who cannot open them. */
typedef struct
{
  guint n_files;   /* of any desk */
  gint64 newest_s; /* when the newest records were written, s since 1970-01-01 UTC */
} LanyardBackupSight;

/**
 * lanyard_backup_look:
 * @beside: a folder of the desk's own disk
 * @error: LANYARD_ERROR_NOT_FOUND (no stick), _REFUSED, _FULL, _IO
 */
gboolean lanyard_backup_look (const char *folder,
                              const char *beside,
                              LanyardBackupSight *sight,
                              GError **error);

/* Returns: (transfer full): "lanyard-K0471-records.lanyard-backup" */
char *lanyard_backup_dup_name (LanyardBackupKind kind, const char *prefix);

/* One file that is read. */
typedef struct _LanyardBackupReader LanyardBackupReader;

/**
 * lanyard_backup_reader_open:
 * @path: a file of a stick
 * @key: the recipient's
 * @error: LANYARD_ERROR_NOT_FOUND, and as lanyard_envelope_reader_new()
 *
 * Nothing of what it tells is certain before lanyard_backup_reader_end().
 */
LanyardBackupReader *
lanyard_backup_reader_open (const char *path, const LanyardBackupKey *key, GError **error);
void lanyard_backup_reader_free (LanyardBackupReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardBackupReader, lanyard_backup_reader_free)
const LanyardManifest *lanyard_backup_reader_get_manifest (LanyardBackupReader *reader);
/* Name of the next file; NULL: no more. Static. */
const char *lanyard_backup_reader_get_next (LanyardBackupReader *reader);
/* Reads the next file. @fd: where it goes; -1: nowhere */
gboolean lanyard_backup_reader_extract (LanyardBackupReader *reader, int fd, GError **error);
/* Reads what is left. @signer: (out): whose signature it bears */
gboolean
lanyard_backup_reader_end (LanyardBackupReader *reader, LanyardPublicKey *signer, GError **error);

/**
 * lanyard_backup_restore:
 * @paths: backups of one desk: its records, and its people or not
 * @signer: (nullable): the desk's public key, when it is known
 * @state_dir: of a machine that has no journal; made when it is not there
 * @lost_journal: (out) (transfer full): the file in it that is for the hub
 * @error: LANYARD_ERROR_STATE when there is a desk in it already, or the backups are not of one
 *   desk; _UNTRUSTED when another key signed them; and what reading gives. Nothing is in place then
 *
 * The journal comes last: before it is in its place this is no desk, and may be begun again.
 */
gboolean lanyard_backup_restore (char *const *paths,
                                 const LanyardBackupKey *key,
                                 const LanyardPublicKey *signer,
                                 const char *state_dir,
                                 LanyardManifest *manifest,
                                 char **lost_journal,
                                 GError **error);

/* For the reader, the writer and tests */
GBytes *lanyard_manifest_encode (const LanyardManifest *manifest, const LanyardBackup *backup);
/* @names: (out caller-allocates): LANYARD_BACKUP_MAX_PARTS; @sizes: likewise */
gboolean lanyard_manifest_decode (const void *data,
                                  gsize n_bytes,
                                  LanyardManifest *manifest,
                                  const char **names,
                                  guint64 *sizes,
                                  guint *n_parts,
                                  GError **error);

G_END_DECLS
