/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-client"

#include "lanyard-first-pack.h"

#include <errno.h>
#include <glib/gstdio.h>

#include "lanyard-edition.h"
#include "lanyard-error.h"
#include "lanyard-hub-asker.h"
#include "lanyard-pack-files.h"
#include "lanyard-pack-shelf.h"

#define LIMIT_S 120
#define MIN_FILE_BYTES 1024u
/* Beside the folder, for what is on its way. */
#define SHELF_SUFFIX ".coming"

static gboolean
is_there (const LanyardFirstPack *ask, const char *folder)
{
  g_autoptr (LanyardPack) pack
      = lanyard_pack_load (folder, ask->root, lanyard_hub_asker_now_s (), NULL);

  return pack != NULL && g_str_equal (lanyard_pack_get_event (pack), ask->event)
         && lanyard_pack_find_code (pack, LANYARD_CODES_VENUE, ask->venue) != NULL;
}

static gboolean
fetch_files (LanyardHubAsker *asker, LanyardPackShelf *shelf, GError **error)
{
  const LanyardPackRow *row;

  while ((row = lanyard_pack_shelf_next (shelf)) != NULL)
    {
      g_autofree char *hex = lanyard_hex_encode (row->hash.bytes, sizeof row->hash.bytes);
      g_autofree char *path = g_strconcat ("/v1/pack/files/", hex, NULL);
      g_autoptr (GBytes) content
          = lanyard_hub_asker_ask (asker, "GET", path, NULL, MAX (row->n_bytes, MIN_FILE_BYTES),
                                   error);

      if (content == NULL || !lanyard_pack_shelf_put (shelf, content, error))
        return FALSE;
    }
  return lanyard_pack_shelf_finish (shelf, lanyard_hub_asker_now_s (), error);
}

/* Returns: the edition that is now whole in @shelf; 0 with @error set */
static guint
fetch_edition (const LanyardFirstPack *ask, LanyardPackShelf *shelf, GError **error)
{
  g_autoptr (LanyardHubAsker) asker = lanyard_hub_asker_new (ask->hub_url, ask->tls, LIMIT_S);
  g_autoptr (LanyardTrustList) trust = lanyard_hub_asker_get_trust (asker, ask->root, error);
  g_autoptr (LanyardEdition) edition = NULL;
  g_autoptr (GBytes) message = NULL;

  if (trust == NULL)
    return 0;
  lanyard_hub_asker_set_desk (asker, ask->key, ask->device, ask->epoch);
  message
      = lanyard_hub_asker_ask (asker, "GET", "/v1/pack", NULL, LANYARD_EDITION_MAX_BYTES, error);
  if (message == NULL)
    return 0;
  edition = lanyard_edition_open (message, trust, ask->event, lanyard_hub_asker_now_s (), error);
  if (edition == NULL
      || !lanyard_pack_shelf_begin (shelf, edition->version, edition->manifest, trust,
                                    lanyard_hub_asker_now_s (), error)
      || !fetch_files (asker, shelf, error))
    return 0;
  return edition->version;
}

/* The one step after which the pack is there. */
static gboolean
take_place (const LanyardFirstPack *ask,
            const char *shelf_folder,
            guint version,
            const char *folder,
            GError **error)
{
  g_autofree char *name = g_strdup_printf ("edition-%u", version);
  g_autofree char *whole = g_build_filename (shelf_folder, name, NULL);

  if (!is_there (ask, whole))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_PROTOCOL,
                   "The pack that the hub gives is not of the event %s; have the hub looked at.",
                   ask->event);
      return FALSE;
    }
  lanyard_pack_files_remove (folder);
  if (g_rename (whole, folder) == 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "%s cannot be made: %s.", folder,
               g_strerror (errno));
  return FALSE;
}

gboolean
lanyard_first_pack_fetch (const LanyardFirstPack *ask, const char *folder, GError **error)
{
  g_autofree char *shelf_folder = g_strconcat (folder, SHELF_SUFFIX, NULL);
  g_autoptr (LanyardPackShelf) shelf = NULL;
  guint version;

  g_return_val_if_fail (ask != NULL && folder != NULL, FALSE);

  if (is_there (ask, folder))
    return TRUE;
  shelf = lanyard_pack_shelf_new (shelf_folder, NULL, ask->root, ask->venue);
  version = fetch_edition (ask, shelf, error);
  if (version == 0 || !take_place (ask, shelf_folder, version, folder, error))
    return FALSE;
  lanyard_pack_files_remove (shelf_folder);
  return TRUE;
}
