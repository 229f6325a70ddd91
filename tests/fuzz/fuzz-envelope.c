/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-backup.h"

#include <stdint.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

static const guint8 seed[LANYARD_SEED_BYTES] = { 3 };

/* Pieces of a file that was sealed and signed rightly, whatever they say: as somebody may write it
 * who knows the recipient. */
static void
seal (int fd, const LanyardBackupKey *key, const uint8_t *data, size_t n_bytes)
{
  g_autoptr (LanyardKey) signer = lanyard_key_new_from_seed (seed);
  g_autoptr (LanyardEnvelopeWriter) writer
      = lanyard_envelope_writer_new (fd, lanyard_backup_key_get_recipient (key), NULL);

  while (n_bytes > 0)
    {
      gsize n = MIN ((gsize)(data[0] & 0x7f) * 8, n_bytes - 1);
      gboolean ends = (data[0] & 0x80) != 0;

      g_assert_true (lanyard_envelope_write (writer, data + 1, n, ends, NULL));
      data += n + 1;
      n_bytes -= n + 1;
    }
  g_assert_true (lanyard_envelope_end (writer, signer, NULL));
}

/* The first byte says whether the rest is a file, or goes into one. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  g_autoptr (LanyardBackupKey) key = lanyard_backup_key_new_from_seed (seed);
  g_autofree char *path = NULL;
  g_autoptr (LanyardBackupReader) reader = NULL;
  LanyardPublicKey signer;
  GError *error = NULL;
  gboolean whole;
  int fd;

  if (n_bytes == 0)
    return 0;
  fd = memfd_create ("envelope", MFD_CLOEXEC);
  if ((data[0] & 1) == 0)
    g_assert_true (write (fd, data + 1, n_bytes - 1) == (ssize_t)n_bytes - 1);
  else
    seal (fd, key, data + 1, n_bytes - 1);
  path = g_strdup_printf ("/proc/self/fd/%d", fd);
  reader = lanyard_backup_reader_open (path, key, &error);
  whole = reader != NULL && lanyard_backup_reader_end (reader, &signer, &error);
  /* Either a backup or a reason, never both or none. */
  g_assert_true (whole == (error == NULL));
  g_clear_error (&error);
  close (fd);
  return 0;
}
