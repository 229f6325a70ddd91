/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-envelope-private.h"

#include "lanyard-error.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

struct _LanyardEnvelopeReader
{
  int fd; /* borrowed */
  crypto_secretstream_xchacha20poly1305_state stream;
  crypto_generichash_state hash; /* over all bytes of the frames before */
  LanyardPublicKey signer;
  gboolean over; /* at its end, or failed */
  guint8 header[LANYARD_ENVELOPE_HEADER_BYTES];
  guint8 frame[LANYARD_ENVELOPE_FRAME_BYTES];
  guint8 plain[LANYARD_ENVELOPE_CHUNK_BYTES];
};

static LanyardEnvelopeStep
fail (LanyardEnvelopeReader *reader, LanyardError code, const char *message, GError **error)
{
  reader->over = TRUE;
  g_set_error_literal (error, LANYARD_ERROR, code, message);
  return LANYARD_ENVELOPE_FAILED;
}

static LanyardEnvelopeStep
fail_short (LanyardEnvelopeReader *reader, GError **error)
{
  return fail (reader, LANYARD_ERROR_CORRUPT,
               "The backup is cut short: take the one before it, which lies beside it.", error);
}

static LanyardEnvelopeStep
fail_altered (LanyardEnvelopeReader *reader, GError **error)
{
  return fail (reader, LANYARD_ERROR_CORRUPT,
               "The backup was altered or damaged: take the one before it, which lies beside it.",
               error);
}

/* Returns: how many bytes there were, at most @n_bytes; -1 with @error set */
static gssize
get (LanyardEnvelopeReader *reader, guint8 *bytes, gsize n_bytes, GError **error)
{
  gsize done = 0;

  while (done < n_bytes)
    {
      gssize n = read (reader->fd, bytes + done, n_bytes - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        {
          reader->over = TRUE;
          lanyard_backup_fail (error, errno, "be read");
          return -1;
        }
      if (n == 0)
        break;
      done += (gsize)n;
    }
  return (gssize)done;
}

static gboolean
check_header (LanyardEnvelopeReader *reader, const LanyardBackupKey *key, GError **error)
{
  const guint8 *header = reader->header;
  LanyardKid kid;

  if (memcmp (header, LANYARD_ENVELOPE_MAGIC, LANYARD_ENVELOPE_MAGIC_BYTES) != 0)
    return fail (reader, LANYARD_ERROR_INVALID,
                 "This is no backup of Lanyard: name a file that ends in .lanyard-backup.", error);
  if (header[LANYARD_ENVELOPE_VERSION_AT] != LANYARD_ENVELOPE_VERSION)
    return fail (reader, LANYARD_ERROR_NEWER,
                 "The backup was written by a later version of Lanyard: use that version.", error);
  lanyard_recipient_get_kid (lanyard_backup_key_get_recipient (key), &kid);
  if (memcmp (header + LANYARD_ENVELOPE_KID_AT, kid.bytes, sizeof kid.bytes) != 0)
    return fail (reader, LANYARD_ERROR_UNTRUSTED,
                 "The backup was sealed to another key: take the key of the event it belongs to.",
                 error);
  return TRUE;
}

static gboolean
open_stream (LanyardEnvelopeReader *reader, const LanyardBackupKey *key, GError **error)
{
  guint8 stream_key[LANYARD_ENVELOPE_KEY_BYTES];
  gboolean opened = lanyard_backup_key_open (key, reader->header + LANYARD_ENVELOPE_BOX_AT,
                                             LANYARD_ENVELOPE_BOX_BYTES, stream_key)
                    && crypto_secretstream_xchacha20poly1305_init_pull (
                           &reader->stream, reader->header + LANYARD_ENVELOPE_STREAM_AT, stream_key)
                           == 0;

  sodium_memzero (stream_key, sizeof stream_key);
  crypto_generichash_init (&reader->hash, NULL, 0, LANYARD_HASH_BYTES);
  crypto_generichash_update (&reader->hash, (const guint8 *)LANYARD_ENVELOPE_DOMAIN,
                             sizeof LANYARD_ENVELOPE_DOMAIN);
  crypto_generichash_update (&reader->hash, reader->header, sizeof reader->header);
  return opened || fail_altered (reader, error);
}

LanyardEnvelopeReader *
lanyard_envelope_reader_new (int fd, const LanyardBackupKey *key, GError **error)
{
  g_autoptr (LanyardEnvelopeReader) reader = g_new0 (LanyardEnvelopeReader, 1);
  gssize n;

  lanyard_hash_init ();
  reader->fd = fd;
  n = get (reader, reader->header, sizeof reader->header, error);
  if (n < 0)
    return NULL;
  if (n >= LANYARD_ENVELOPE_MAGIC_BYTES && n < (gssize)sizeof reader->header
      && memcmp (reader->header, LANYARD_ENVELOPE_MAGIC, LANYARD_ENVELOPE_MAGIC_BYTES) == 0)
    {
      fail_short (reader, error);
      return NULL;
    }
  if (!check_header (reader, key, error) || !open_stream (reader, key, error))
    return NULL;
  return g_steal_pointer (&reader);
}

void
lanyard_envelope_reader_free (LanyardEnvelopeReader *reader)
{
  if (reader == NULL)
    return;
  sodium_memzero (reader, sizeof *reader);
  g_free (reader);
}

static LanyardEnvelopeStep
check_end (LanyardEnvelopeReader *reader, gsize n_plain, GError **error)
{
  LanyardHash hash;
  guint8 more;
  gssize n;

  if (n_plain != LANYARD_ENVELOPE_SEAL_BYTES)
    return fail_altered (reader, error);
  n = get (reader, &more, 1, error);
  if (n < 0)
    return LANYARD_ENVELOPE_FAILED;
  if (n > 0)
    return fail_altered (reader, error);
  crypto_generichash_final (&reader->hash, hash.bytes, sizeof hash.bytes);
  memcpy (reader->signer.bytes, reader->plain, LANYARD_PUBLIC_KEY_BYTES);
  if (!lanyard_public_key_verify (&reader->signer, hash.bytes, sizeof hash.bytes,
                                  reader->plain + LANYARD_PUBLIC_KEY_BYTES))
    return fail (reader, LANYARD_ERROR_SIGNATURE,
                 "No desk signed this backup: it was made by somebody else; do not use it.", error);
  reader->over = TRUE;
  return LANYARD_ENVELOPE_END;
}

/* @length: (out): of the rest of the frame. Returns: whether there is one */
static gboolean
get_frame (LanyardEnvelopeReader *reader, gsize *length, GError **error)
{
  guint32 little;
  gssize n = get (reader, reader->frame, sizeof little, error);

  if (n < 0)
    return FALSE;
  if (n < (gssize)sizeof little)
    return fail_short (reader, error);
  memcpy (&little, reader->frame, sizeof little);
  *length = GUINT32_FROM_LE (little);
  if (*length < LANYARD_ENVELOPE_OVERHEAD
      || *length > LANYARD_ENVELOPE_CHUNK_BYTES + LANYARD_ENVELOPE_OVERHEAD)
    return fail_altered (reader, error);
  n = get (reader, reader->frame + sizeof little, *length, error);
  if (n < 0)
    return FALSE;
  return (gsize)n == *length || fail_short (reader, error);
}

LanyardEnvelopeStep
lanyard_envelope_read (LanyardEnvelopeReader *reader,
                       const guint8 **data,
                       gsize *n_bytes,
                       GError **error)
{
  unsigned long long n_plain = 0;
  gsize length = 0;
  guint8 tag = 0;

  g_return_val_if_fail (reader != NULL && !reader->over, LANYARD_ENVELOPE_FAILED);

  *data = reader->plain;
  *n_bytes = 0;
  if (!get_frame (reader, &length, error))
    return LANYARD_ENVELOPE_FAILED;
  if (crypto_secretstream_xchacha20poly1305_pull (&reader->stream, reader->plain, &n_plain, &tag,
                                                  reader->frame + LANYARD_ENVELOPE_LENGTH_BYTES,
                                                  length, reader->header, sizeof reader->header)
      != 0)
    return fail_altered (reader, error);
  if (tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL)
    return check_end (reader, n_plain, error);
  crypto_generichash_update (&reader->hash, reader->frame, LANYARD_ENVELOPE_LENGTH_BYTES + length);
  *n_bytes = n_plain;
  if (tag == crypto_secretstream_xchacha20poly1305_TAG_PUSH)
    return LANYARD_ENVELOPE_LAST;
  return tag == crypto_secretstream_xchacha20poly1305_TAG_MESSAGE ? LANYARD_ENVELOPE_PIECE
                                                                  : fail_altered (reader, error);
}

const LanyardPublicKey *
lanyard_envelope_get_signer (LanyardEnvelopeReader *reader)
{
  return &reader->signer;
}
