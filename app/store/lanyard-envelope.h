/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#pragma once

#include "lanyard-backup-key.h"

G_BEGIN_DECLS

/*
 * A file that whoever wrote it cannot open: sealed to a recipient, signed by the desk.
 *
 *   offset  bytes
 *        0      8  "LANYARDB"
 *        8      4  1, 0, 0, 0: version, and nothing yet
 *       12      8  kid of the recipient (lanyard_recipient_get_kid())
 *       20     80  crypto_box_seal() of a fresh key of 32 bytes, for the recipient
 *      100     24  header of crypto_secretstream_xchacha20poly1305 under that key
 *      124         frames, until the end of the file:
 *                    4  length of the rest of the frame, little endian: 17 to 65536 + 17
 *                    n  secretstream message; additional data: the 124 bytes of the header
 *
 * Frames make parts: tag MESSAGE within a part, tag PUSH at the end of each. The last frame has tag
 * FINAL and 96 bytes: the desk's Ed25519 public key, and its signature over
 * BLAKE2b-256 ("lanyard/envelope/1", all bytes of the file before this frame). Anybody who knows a
 * public key can seal to it; only the desk can sign. Without the last frame it is no whole file.
 */
#define LANYARD_ENVELOPE_HEADER_BYTES 124
#define LANYARD_ENVELOPE_CHUNK_BYTES 65536

typedef struct _LanyardEnvelopeWriter LanyardEnvelopeWriter;
typedef struct _LanyardEnvelopeReader LanyardEnvelopeReader;

/**
 * lanyard_envelope_writer_new:
 * @fd: where it goes, from its present place on; stays the caller's
 * @recipient: who may open it
 * @error: LANYARD_ERROR_INVALID when @recipient is no key; _FULL, _REFUSED, _IO
 */
LanyardEnvelopeWriter *
lanyard_envelope_writer_new (int fd, const LanyardRecipient *recipient, GError **error);
void lanyard_envelope_writer_free (LanyardEnvelopeWriter *writer);

/* Adds to the part under way, LANYARD_ENVELOPE_CHUNK_BYTES at most. @ends: the part ends with it */
gboolean lanyard_envelope_write (LanyardEnvelopeWriter *writer,
                                 const void *data,
                                 gsize n_bytes,
                                 gboolean ends,
                                 GError **error);
/* Adds the signature. Nothing is synced. */
gboolean
lanyard_envelope_end (LanyardEnvelopeWriter *writer, const LanyardKey *signer, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardEnvelopeWriter, lanyard_envelope_writer_free)

/**
 * lanyard_envelope_reader_new:
 * @fd: the file, at its beginning; stays the caller's
 * @key: the recipient's
 * @error: LANYARD_ERROR_INVALID (no such file), _NEWER, _UNTRUSTED (sealed to somebody else),
 *   _CORRUPT, _IO
 */
LanyardEnvelopeReader *
lanyard_envelope_reader_new (int fd, const LanyardBackupKey *key, GError **error);
void lanyard_envelope_reader_free (LanyardEnvelopeReader *reader);

typedef enum
{
  LANYARD_ENVELOPE_FAILED = 0,
  LANYARD_ENVELOPE_PIECE = 1, /* of a part that goes on */
  LANYARD_ENVELOPE_LAST = 2,  /* the last piece of a part */
  LANYARD_ENVELOPE_END = 3,   /* whole, and signed by lanyard_envelope_get_signer() */
} LanyardEnvelopeStep;

/**
 * lanyard_envelope_read:
 * @data: (out): borrowed until the next read; may be of no length
 * @n_bytes: (out): its length
 * @error: LANYARD_ERROR_CORRUPT (cut short, altered, more behind its end), _SIGNATURE, _IO
 *
 * What it gives was written by somebody who knew the recipient's public key; that it was the desk
 * is known at LANYARD_ENVELOPE_END alone.
 */
LanyardEnvelopeStep lanyard_envelope_read (LanyardEnvelopeReader *reader,
                                           const guint8 **data,
                                           gsize *n_bytes,
                                           GError **error);
/* Valid after LANYARD_ENVELOPE_END. */
const LanyardPublicKey *lanyard_envelope_get_signer (LanyardEnvelopeReader *reader);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanyardEnvelopeReader, lanyard_envelope_reader_free)

/* What a failed call on a file of a backup means. @number: errno. Returns: FALSE */
gboolean lanyard_backup_fail (GError **error, int number, const char *deed);

G_END_DECLS
