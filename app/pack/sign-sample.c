/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-pack"

#include <stdlib.h>

#include "lanyard-hash.h"
#include "lanyard-pack.h"

/*
 * sign-sample PACKDIR MANIFEST: run by the build, never installed. Signs a sample pack with the
 * sample key, whose seed is printed here and in docs/packs.md: it proves that signing works, and
 * nothing else. No event may ever trust it.
 */
static const char SAMPLE_SEED[LANYARD_SEED_BYTES + 1] = "lanyard sample pack, not secret!";

int
main (int argc, char **argv)
{
  g_autoptr (LanyardKey) key = NULL;
  g_autoptr (GBytes) manifest = NULL;
  g_autoptr (GError) error = NULL;
  gsize n_bytes = 0;
  const char *data;

  if (argc != 3)
    {
      g_printerr ("usage: sign-sample PACKDIR MANIFEST\n");
      return EXIT_FAILURE;
    }

  lanyard_hash_init ();
  key = lanyard_key_new_from_seed ((const guint8 *)SAMPLE_SEED);
  manifest = lanyard_pack_dup_manifest (argv[1], key, &error);
  data = manifest != NULL ? g_bytes_get_data (manifest, &n_bytes) : NULL;
  if (data == NULL || !g_file_set_contents (argv[2], data, n_bytes, &error))
    {
      g_printerr ("%s\n", error->message);
      return EXIT_FAILURE;
    }

  return EXIT_SUCCESS;
}
