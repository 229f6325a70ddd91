/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-other-chain.h"

#include <errno.h>
#include <fcntl.h>

#include "lanyard-error.h"

LanyardHubOtherChain *
lanyard_hub_other_chain_new (const char *directory,
                             guint32 device,
                             guint32 epoch,
                             guint64 from,
                             GError **error)
{
  LanyardHubOtherChain *other = g_new0 (LanyardHubOtherChain, 1);
  guint count = 0;
  int fd;

  other->device = device;
  other->epoch = epoch;
  other->from = from;
  do
    {
      g_autofree char *name
          = g_strdup_printf ("other-chain-%u-%u-%u.jsonl", device, epoch, ++count);

      g_free (other->path);
      other->path = g_build_filename (directory, name, NULL);
      fd = open (other->path, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    }
  while (fd < 0 && errno == EEXIST);
  other->file = fd < 0 ? NULL : fdopen (fd, "w");
  if (other->file != NULL)
    return other;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "%s cannot be made: %s.", other->path,
               g_strerror (errno));
  lanyard_hub_other_chain_free (other);
  return NULL;
}

void
lanyard_hub_other_chain_free (LanyardHubOtherChain *other)
{
  if (other->file != NULL)
    fclose (other->file);
  g_free (other->path);
  g_free (other);
}

gboolean
lanyard_hub_other_chain_add (LanyardHubOtherChain *other,
                             guint64 seq,
                             GBytes *encoded,
                             const LanyardHash *hash,
                             GError **error)
{
  g_autofree char *hash_hex = lanyard_hex_encode (hash->bytes, LANYARD_HASH_BYTES);
  g_autofree char *hex
      = lanyard_hex_encode (g_bytes_get_data (encoded, NULL), g_bytes_get_size (encoded));

  other->head = *hash;
  other->n++;
  if (fprintf (other->file,
               "{\"device\":%u,\"epoch\":%u,\"seq\":%" G_GUINT64_FORMAT
               ",\"hash\":\"%s\",\"record\":\"%s\"}\n",
               other->device, other->epoch, seq, hash_hex, hex)
          > 0
      && fflush (other->file) == 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "%s cannot be written: %s.", other->path,
               g_strerror (errno));
  return FALSE;
}
