/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#include "fuzz-keys.h"
#include "lanyard-edition.h"
#include "lanyard-pack-files.h"
#include "lanyard-pack-manifest.h"

int LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes);

/* Nothing that a manifest names leads out of a pack, or is more than one may have. */
static void
read_manifest (GBytes *manifest)
{
  GError *error = NULL;
  g_autoptr (GPtrArray) rows
      = lanyard_pack_manifest_read (manifest, lanyard_key_get_public (fuzz_key ()), fuzz_trust (),
                                    FUZZ_NOW_S, &error);
  guint64 n_bytes = 0;

  g_assert_true ((rows != NULL) != (error != NULL));
  g_clear_error (&error);
  for (guint i = 0; rows != NULL && i < rows->len; i++)
    {
      const LanyardPackRow *row = g_ptr_array_index (rows, i);

      g_assert_true (lanyard_pack_files_is_path (row->path));
      n_bytes += row->n_bytes;
    }
  g_assert_cmpuint (n_bytes, <=, LANYARD_PACK_MAX_BYTES);
}

/* Which edition of the pack a hub has, and the manifest in it: as it comes, as what was signed
 * rightly, and as the manifest alone. */
int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t n_bytes)
{
  g_autoptr (GBytes) message = fuzz_message (data, n_bytes, LANYARD_CONTENT_EDITION);
  g_autoptr (GBytes) manifest = fuzz_message (data, n_bytes, "lanyard/manifest");
  GError *error = NULL;
  g_autoptr (LanyardEdition) edition
      = lanyard_edition_open (message, fuzz_trust (), NULL, FUZZ_NOW_S, &error);

  g_assert_true ((edition != NULL) != (error != NULL));
  g_clear_error (&error);
  if (edition != NULL)
    {
      g_assert_cmpuint (edition->version, >, 0);
      read_manifest (edition->manifest);
    }
  read_manifest (manifest);
  return 0;
}
