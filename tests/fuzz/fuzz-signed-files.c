/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include <string.h>

#include "fuzz-keys.h"
#include "lanyard-signed-files.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* The signature that lies beside the report of a shift. What it names lies there too, and nowhere
 * else. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  g_autoptr (GBytes) message = fuzz_message (data, n_bytes, "lanyard/files");
  g_autoptr (LanyardSignedFiles) files = NULL;
  GError *error = NULL;

  files = lanyard_signed_files_open (message, fuzz_trust (), &error);
  g_assert_true ((files != NULL) != (error != NULL));
  g_clear_error (&error);
  for (guint i = 0; files != NULL && i < files->files->len; i++)
    {
      const LanyardSignedFile *file = g_ptr_array_index (files->files, i);

      g_assert_null (strchr (file->name, '/'));
      g_assert_true (*file->name != '\0' && strcmp (file->name, "..") != 0
                     && strcmp (file->name, ".") != 0);
      g_assert_true (g_utf8_validate (file->name, -1, NULL));
      g_assert_false (lanyard_signed_file_check (file, message, NULL));
    }
  return 0;
}
