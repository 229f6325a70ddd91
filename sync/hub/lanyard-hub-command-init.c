/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-command.h"

#include "lanyard-error.h"
#include "lanyard-hash.h"
#include "lanyard-hub-output.h"
#include "lanyard-hub-store-open.h"

/* A key that is written where the database lies takes its place. @store: (nullable) */
static gboolean
may_lie_there (const char *directory, const char *store, GError **error)
{
  const char *path = store == NULL ? NULL : lanyard_hub_store_get_path (store);

  if (path == NULL || !lanyard_hub_output_is_own (directory, path))
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
               "%s belongs to the hub: name another file for the store.", path);
  return FALSE;
}

static gboolean
init (const char *directory, const char *pack, const char *store, GError **error)
{
  g_autofree char *hex = NULL;
  LanyardPublicKey root;

  if (!lanyard_hub_command_need (directory, "--dir", error)
      || !lanyard_hub_command_need (pack, "--pack", error)
      || !may_lie_there (directory, store, error)
      || (store != NULL && !lanyard_hub_store_remember (directory, store, error))
      || !lanyard_hub_create (directory, pack, NULL, &root, error))
    return FALSE;
  hex = lanyard_hex_encode (root.bytes, sizeof root.bytes);
  g_print ("%s\n", hex);
  g_printerr ("The line above is the event's root key, for root-key= of every desk.\n"
              "Now take %s/root.key to a safe place that is not on this machine.\n",
              directory);
  return TRUE;
}

int
lanyard_hub_command_init (int argc, char **argv)
{
  g_autofree char *directory = NULL;
  g_autofree char *pack = NULL;
  g_autofree char *store = NULL;
  const GOptionEntry entries[] = {
    { "dir", 'd', 0, G_OPTION_ARG_FILENAME, &directory, "where the hub will live", "DIR" },
    { "pack", 'p', 0, G_OPTION_ARG_FILENAME, &pack, "the event's pack; it is copied", "PACKDIR" },
    { "store", 's', 0, G_OPTION_ARG_STRING, &store,
      "sqlite:PATH or postgresql://USER@HOST/DATABASE (DIR/hub.db); remembered in DIR/store",
      "PLACE" },
    { NULL },
  };
  GError *error = NULL;

  if (lanyard_hub_command_parse ("--dir DIR --pack PACKDIR [--store PLACE]",
                                 "Makes a hub: keys, trust list, signed pack, empty database.\n"
                                 "Prints the public half of the event's root key.",
                                 entries, &argc, &argv, &error)
      && lanyard_hub_command_no_words (argc, argv, &error))
    init (directory, pack, store, &error);
  return lanyard_hub_command_end (error);
}
