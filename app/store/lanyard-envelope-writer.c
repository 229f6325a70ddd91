/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-store"

#include "lanyard-envelope-private.h"

#include "lanyard-error.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

struct _LanyardEnvelopeWriter
{
  int fd; /* borrowed */
  crypto_secretstream_xchacha20poly1305_state stream;
  crypto_generichash_state hash; /* over all bytes so far */
  guint8 header[LANYARD_ENVELOPE_HEADER_BYTES];
  guint8 frame[LANYARD_ENVELOPE_FRAME_BYTES];
};

gboolean
lanyard_backup_fail (GError **error, int number, const char *deed)
{
  LanyardError code = LANYARD_ERROR_IO;
  const char *advice = "try another stick";

  if (number == ENOSPC || number == EDQUOT || number == EFBIG)
    {
      code = LANYARD_ERROR_FULL;
      advice = "make room on the stick, or use a larger one";
    }
  else if (number == EROFS || number == EACCES || number == EPERM)
    {
      code = LANYARD_ERROR_REFUSED;
      advice = "the stick must be mounted so that this desk may write to it";
    }
  else if (number == ENOENT || number == ENOTDIR || number == ENODEV || number == ENOMEDIUM)
    {
      code = LANYARD_ERROR_NOT_FOUND;
      advice = "plug the stick in";
    }
  g_set_error (error, LANYARD_ERROR, code, "The backup could not %s (%s): %s.", deed,
               g_strerror (number), advice);
  return FALSE;
}

static gboolean
put (LanyardEnvelopeWriter *writer, const guint8 *bytes, gsize n_bytes, GError **error)
{
  crypto_generichash_update (&writer->hash, bytes, n_bytes);
  while (n_bytes > 0)
    {
      gssize n = write (writer->fd, bytes, n_bytes);

      if (n < 0 && errno == EINTR)
        continue;
      if (n <= 0)
        return lanyard_backup_fail (error, n < 0 ? errno : EIO, "be written");
      bytes += n;
      n_bytes -= (gsize)n;
    }
  return TRUE;
}

static gboolean
put_frame (LanyardEnvelopeWriter *writer,
           const void *data,
           gsize n_bytes,
           guint8 tag,
           GError **error)
{
  guint32 length = GUINT32_TO_LE ((guint32)(n_bytes + LANYARD_ENVELOPE_OVERHEAD));

  memcpy (writer->frame, &length, sizeof length);
  crypto_secretstream_xchacha20poly1305_push (&writer->stream,
                                              writer->frame + LANYARD_ENVELOPE_LENGTH_BYTES, NULL,
                                              data, n_bytes, writer->header, sizeof writer->header,
                                              tag);
  return put (writer, writer->frame,
              LANYARD_ENVELOPE_LENGTH_BYTES + n_bytes + LANYARD_ENVELOPE_OVERHEAD, error);
}

static void
begin_hash (LanyardEnvelopeWriter *writer)
{
  crypto_generichash_init (&writer->hash, NULL, 0, LANYARD_HASH_BYTES);
  crypto_generichash_update (&writer->hash, (const guint8 *)LANYARD_ENVELOPE_DOMAIN,
                             sizeof LANYARD_ENVELOPE_DOMAIN);
}

LanyardEnvelopeWriter *
lanyard_envelope_writer_new (int fd, const LanyardRecipient *recipient, GError **error)
{
  g_autoptr (LanyardEnvelopeWriter) writer = g_new0 (LanyardEnvelopeWriter, 1);
  guint8 key[LANYARD_ENVELOPE_KEY_BYTES];
  gboolean sealed;
  LanyardKid kid;

  lanyard_hash_init ();
  writer->fd = fd;
  begin_hash (writer);
  lanyard_recipient_get_kid (recipient, &kid);
  memcpy (writer->header, LANYARD_ENVELOPE_MAGIC, LANYARD_ENVELOPE_MAGIC_BYTES);
  writer->header[LANYARD_ENVELOPE_VERSION_AT] = LANYARD_ENVELOPE_VERSION;
  memcpy (writer->header + LANYARD_ENVELOPE_KID_AT, kid.bytes, sizeof kid.bytes);
  crypto_secretstream_xchacha20poly1305_keygen (key);
  sealed = lanyard_recipient_seal (recipient, key, sizeof key,
                                   writer->header + LANYARD_ENVELOPE_BOX_AT);
  crypto_secretstream_xchacha20poly1305_init_push (&writer->stream,
                                                   writer->header + LANYARD_ENVELOPE_STREAM_AT,
                                                   key);
  sodium_memzero (key, sizeof key);
  if (!sealed)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                           "The recipient of backups is no public key: take the 64 characters that "
                           "'lanyard backup key' printed.");
      return NULL;
    }
  if (!put (writer, writer->header, sizeof writer->header, error))
    return NULL;
  return g_steal_pointer (&writer);
}

void
lanyard_envelope_writer_free (LanyardEnvelopeWriter *writer)
{
  if (writer == NULL)
    return;
  sodium_memzero (writer, sizeof *writer);
  g_free (writer);
}

gboolean
lanyard_envelope_write (LanyardEnvelopeWriter *writer,
                        const void *data,
                        gsize n_bytes,
                        gboolean ends,
                        GError **error)
{
  g_return_val_if_fail (n_bytes <= LANYARD_ENVELOPE_CHUNK_BYTES, FALSE);

  return put_frame (writer, data, n_bytes,
                    ends ? crypto_secretstream_xchacha20poly1305_TAG_PUSH
                         : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE,
                    error);
}

gboolean
lanyard_envelope_end (LanyardEnvelopeWriter *writer, const LanyardKey *signer, GError **error)
{
  crypto_generichash_state state = writer->hash;
  guint8 seal[LANYARD_ENVELOPE_SEAL_BYTES];
  LanyardHash hash;

  crypto_generichash_final (&state, hash.bytes, sizeof hash.bytes);
  memcpy (seal, lanyard_key_get_public (signer)->bytes, LANYARD_PUBLIC_KEY_BYTES);
  lanyard_key_sign (signer, hash.bytes, sizeof hash.bytes, seal + LANYARD_PUBLIC_KEY_BYTES);
  return put_frame (writer, seal, sizeof seal, crypto_secretstream_xchacha20poly1305_TAG_FINAL,
                    error);
}
