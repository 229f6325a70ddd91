/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "lanyard-backup.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* What is in front of a backup's files. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  g_auto (LanyardManifest) manifest = { 0 };
  const char *names[LANYARD_BACKUP_MAX_PARTS];
  guint64 sizes[LANYARD_BACKUP_MAX_PARTS];
  GError *error = NULL;
  guint n_parts;
  gboolean sound
      = lanyard_manifest_decode (data, n_bytes, &manifest, names, sizes, &n_parts, &error);

  /* Either a manifest or a reason, never both or none. */
  g_assert_true (sound == (error == NULL));
  for (guint i = 0; sound && i < n_parts; i++)
    g_assert_nonnull (names[i]);
  g_clear_error (&error);
  return 0;
}
