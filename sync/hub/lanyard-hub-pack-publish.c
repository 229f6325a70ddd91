/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include "lanyard-hub-pack.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include "lanyard-error.h"
#include "lanyard-hub-fleet.h"
#include "lanyard-hub-pack-private.h"
#include "lanyard-pack-files.h"
#include "lanyard-pack-manifest.h"

/* A pack that people made becomes the edition in force. */

int
lanyard_hub_lock_pack (const char *directory, GError **error)
{
  g_autofree char *path = g_build_filename (directory, LANYARD_HUB_PACK_LOCK, NULL);
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) == 0)
    return fd;
  if (errno == EWOULDBLOCK)
    g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_BUSY,
                         "Somebody else is publishing an edition right now; look at \"lanyard-hub "
                         "pack status\" and publish yours when theirs is there.");
  else
    g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
                 "%s cannot be locked: %s; publish as the user that the hub runs as.", path,
                 g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

gboolean
lanyard_hub_stage_pack (const char *directory, const char *source, GError **error)
{
  g_autofree char *staged = g_build_filename (directory, LANYARD_HUB_PACK_STAGED, NULL);
  g_autoptr (GHashTable) files = lanyard_pack_files_read (source, error);
  g_autoptr (LanyardPack) pack = NULL;

  if (files == NULL)
    return FALSE;
  /* They are the hub's, and of another edition. */
  g_hash_table_remove (files, LANYARD_PACK_MANIFEST);
  g_hash_table_remove (files, LANYARD_PACK_TRUST);
  lanyard_pack_files_remove (staged);
  if (!lanyard_pack_files_write_all (staged, files, error))
    return FALSE;
  pack = lanyard_pack_load (staged, NULL, g_get_real_time () / G_USEC_PER_SEC, error);
  if (pack == NULL)
    lanyard_pack_files_remove (staged);
  return pack != NULL;
}

/* A desk whose venue is gone could not be opened with the new edition. */
static gboolean
knows_venues (LanyardHub *hub, const LanyardPack *pack, GError **error)
{
  g_autoptr (LanyardHubFleet) fleet = lanyard_hub_fleet_read (hub, 0, error);

  for (guint i = 0; fleet != NULL && i < fleet->desks->len; i++)
    {
      const LanyardHubFleetDesk *desk = g_ptr_array_index (fleet->desks, i);

      if (desk->state == LANYARD_HUB_DESK_REVOKED
          || lanyard_pack_find_code (pack, LANYARD_CODES_VENUE, desk->enrolment.venue) != NULL)
        continue;
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "The pack has no venue \"%s\", and desk %u is there; keep the venue, or revoke "
                   "the desk first.",
                   desk->enrolment.venue, desk->enrolment.device);
      return FALSE;
    }
  return fleet != NULL;
}

static gboolean
is_next (LanyardHub *hub, const LanyardPack *pack, GError **error)
{
  g_autoptr (LanyardEdition) present = lanyard_hub_read_edition (hub, error);

  if (present == NULL)
    return FALSE;
  if (g_strcmp0 (lanyard_pack_get_event (pack), hub->event) != 0)
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
                   "The pack is of event %s, this hub is of %s; publish it at its own hub.",
                   lanyard_pack_get_event (pack), hub->event);
      return FALSE;
    }
  if (lanyard_pack_get_version (pack) > present->version)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE,
               "The pack says \"version\": %u, and edition %u is published already; raise the "
               "number in pack.json.",
               lanyard_pack_get_version (pack), present->version);
  return FALSE;
}

/* Adds what only the hub can: the trust list of the root, and the manifest. */
static gboolean
sign_staged (LanyardHub *hub, const char *staged, GHashTable *files, GError **error)
{
  GBytes *trust
      = hub->store->ops->find_document (hub->store, LANYARD_HUB_DOCUMENT_TRUST_ROOT, error);
  g_autoptr (LanyardPack) pack = NULL;
  GBytes *manifest;

  if (trust == NULL)
    return FALSE;
  g_hash_table_insert (files, g_strdup (LANYARD_PACK_TRUST), trust);
  manifest = lanyard_pack_manifest_sign (files, hub->key);
  g_hash_table_insert (files, g_strdup (LANYARD_PACK_MANIFEST), manifest);
  lanyard_pack_files_remove (staged);
  if (!lanyard_pack_files_write_all (staged, files, error))
    return FALSE;
  /* As every desk will. */
  pack = lanyard_pack_load (staged, &hub->root, _lanyard_hub_now_s (hub), error);
  return pack != NULL;
}

static gboolean
publish (LanyardHub *hub, const char *staged, const char *person, GError **error)
{
  g_autoptr (LanyardPack) pack = lanyard_pack_load (staged, NULL, _lanyard_hub_now_s (hub), error);
  g_autoptr (GHashTable) files = pack == NULL ? NULL : lanyard_pack_files_read (staged, error);
  g_autoptr (LanyardPack) copied = NULL;
  g_autofree char *subject = NULL;
  guint version;

  if (files == NULL || !is_next (hub, pack, error) || !knows_venues (hub, pack, error)
      || !sign_staged (hub, staged, files, error))
    return FALSE;
  version = lanyard_pack_get_version (pack);
  if (!_lanyard_hub_put_edition (hub, version, files, error))
    return FALSE;
  /* It is published. What follows can be done again, and is when it is needed next. */
  subject = g_strdup_printf ("%u", version);
  lanyard_hub_note_deed (hub, person, "pack publish", subject, "", NULL);
  copied = lanyard_hub_load_pack (hub, NULL);
  return TRUE;
}

gboolean
lanyard_hub_publish_pack (LanyardHub *hub, const char *person, GError **error)
{
  g_autofree char *staged = g_build_filename (hub->directory, LANYARD_HUB_PACK_STAGED, NULL);
  gboolean good = publish (hub, staged, person, error);

  lanyard_pack_files_remove (staged);
  return good;
}
