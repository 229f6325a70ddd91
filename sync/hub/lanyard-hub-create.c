/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-hub"

#include <glib/gstdio.h>
#include <errno.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hub-private.h"
#include "lanyard-hub-store-open.h"
#include "lanyard-pack.h"

#define DIRECTORY_MODE 0700
#define MAX_DEPTH 8

static gboolean
make_directory (const char *path, GError **error)
{
  if (g_mkdir_with_parents (path, DIRECTORY_MODE) == 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO, "The folder %s cannot be made: %s.", path,
               g_strerror (errno));
  return FALSE;
}

static gboolean copy_tree (GFile *from, GFile *to, guint depth, GError **error);

static gboolean
copy_child (GFile *from, GFile *to, GFileInfo *info, guint depth, GError **error)
{
  const char *name = g_file_info_get_name (info);
  g_autoptr (GFile) source = g_file_get_child (from, name);
  g_autoptr (GFile) target = g_file_get_child (to, name);

  if (g_file_info_get_file_type (info) == G_FILE_TYPE_DIRECTORY)
    return copy_tree (source, target, depth + 1, error);
  if (g_file_info_get_file_type (info) == G_FILE_TYPE_REGULAR)
    return g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, error);
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_INVALID,
               "%s in the pack is neither a file nor a folder.", name);
  return FALSE;
}

static gboolean
copy_tree (GFile *from, GFile *to, guint depth, GError **error)
{
  g_autoptr (GFileEnumerator) children = NULL;

  if (depth > MAX_DEPTH)
    {
      g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_LIMIT,
                           "The pack's folders are nested too deep.");
      return FALSE;
    }
  children = g_file_enumerate_children (from, "standard::name,standard::type",
                                        G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, error);
  if (children == NULL || !make_directory (g_file_peek_path (to), error))
    return FALSE;
  while (TRUE)
    {
      GFileInfo *info;

      if (!g_file_enumerator_iterate (children, &info, NULL, NULL, error))
        return FALSE;
      if (info == NULL)
        return TRUE;
      if (!copy_child (from, to, info, depth, error))
        return FALSE;
    }
}

/* What the root signs itself: that the hub's key may do the hub's work. */
static GBytes *
sign_first_trust (LanyardHub *hub, const LanyardKey *root_key)
{
  gint64 now_s = _lanyard_hub_now_s (hub);
  LanyardTrustedKey key = {
    .key = *lanyard_key_get_public (hub->key),
    .scopes = LANYARD_SCOPE_TRUST | LANYARD_SCOPE_PACK | LANYARD_SCOPE_INVITATION
              | LANYARD_SCOPE_BADGE | LANYARD_SCOPE_DIRECTORY | LANYARD_SCOPE_RECEIPT,
    .not_before_s = now_s - LANYARD_HUB_KEY_EARLY_S,
    .not_after_s = now_s + LANYARD_HUB_KEY_VALID_S,
  };

  hub->trust = lanyard_trust_list_new (1, now_s, &key, 1);
  return lanyard_trust_list_sign (hub->trust, root_key);
}

static gboolean
install_pack (LanyardHub *hub, const char *source, GBytes *trust, GError **error)
{
  g_autofree char *path = g_build_filename (hub->directory, LANYARD_HUB_PACK_DIRECTORY, NULL);
  g_autofree char *trust_path = g_build_filename (path, "trust.cbor", NULL);
  g_autoptr (GFile) from = g_file_new_for_path (source);
  g_autoptr (GFile) to = g_file_new_for_path (path);
  g_autoptr (LanyardPack) pack = NULL;

  if (!copy_tree (from, to, 0, error)
      || !g_file_set_contents (trust_path, g_bytes_get_data (trust, NULL),
                               (gssize)g_bytes_get_size (trust), error)
      || !lanyard_pack_sign (path, hub->key, error))
    return FALSE;
  pack = lanyard_pack_load (path, &hub->root, _lanyard_hub_now_s (hub), error);
  return pack != NULL;
}

gboolean
_lanyard_hub_is_unused (LanyardHubStore *store, GError **error)
{
  g_autoptr (GError) local_error = NULL;
  g_autoptr (GBytes) event
      = store->ops->find_document (store, LANYARD_HUB_DOCUMENT_EVENT, &local_error);

  if (g_error_matches (local_error, LANYARD_ERROR, LANYARD_ERROR_NOT_FOUND))
    return TRUE;
  if (event == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else
    g_set_error_literal (error, LANYARD_ERROR, LANYARD_ERROR_STATE,
                         "The store holds a hub already; make a database for each.");
  return FALSE;
}

static gboolean
put_documents (LanyardHub *hub, GBytes *trust, GError **error)
{
  LanyardHubStore *store = hub->store;
  g_autoptr (GBytes) event = g_bytes_new (hub->event, strlen (hub->event));
  g_autoptr (GBytes) root = g_bytes_new (hub->root.bytes, LANYARD_PUBLIC_KEY_BYTES);

  if (!store->ops->begin (store, error))
    return FALSE;
  /* A database server may hold another event's hub, or get it at this very moment. */
  if (!_lanyard_hub_is_unused (store, error)
      || !store->ops->put_document (store, LANYARD_HUB_DOCUMENT_EVENT, event, error)
      || !store->ops->put_document (store, LANYARD_HUB_DOCUMENT_ROOT, root, error)
      || !store->ops->put_document (store, LANYARD_HUB_DOCUMENT_TRUST_ROOT, trust, error)
      || !store->ops->put_document (store, LANYARD_HUB_DOCUMENT_TRUST, trust, error))
    {
      store->ops->rollback (store);
      return FALSE;
    }
  return store->ops->commit (store, error);
}

static LanyardKey *
make_key (const char *directory, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr (LanyardKey) key = lanyard_key_generate ();

  if (!lanyard_key_save (key, path, error))
    return NULL;
  return g_steal_pointer (&key);
}

/* The event code of a pack that nobody has signed yet. */
static char *
read_event (const char *pack_directory, gint64 now_s, GError **error)
{
  g_autoptr (LanyardPack) pack = lanyard_pack_load (pack_directory, NULL, now_s, error);

  return pack == NULL ? NULL : g_strdup (lanyard_pack_get_event (pack));
}

static gboolean
is_free (const char *directory, GError **error)
{
  const char *const files[]
      = { LANYARD_HUB_DATABASE_FILE, LANYARD_HUB_KEY_FILE, LANYARD_HUB_ROOT_KEY_FILE };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *path = g_build_filename (directory, files[i], NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        {
          g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_STATE,
                       "%s is there already; a hub is made once in a folder of its own.", path);
          return FALSE;
        }
    }
  return TRUE;
}

gboolean
lanyard_hub_create (const char *directory,
                    const char *pack_directory,
                    const LanyardClock *clock,
                    LanyardPublicKey *root,
                    GError **error)
{
  g_autoptr (LanyardHub) hub = g_new0 (LanyardHub, 1);
  g_autofree char *place = lanyard_hub_store_locate (directory, NULL, error);
  g_autoptr (LanyardKey) root_key = NULL;
  g_autoptr (GBytes) trust = NULL;

  if (place == NULL)
    return FALSE;
  hub->directory = g_strdup (directory);
  hub->clock = clock != NULL ? clock : lanyard_clock_system ();
  hub->event = read_event (pack_directory, _lanyard_hub_now_s (hub), error);
  if (hub->event == NULL || !is_free (directory, error) || !make_directory (directory, error))
    return FALSE;
  root_key = make_key (directory, LANYARD_HUB_ROOT_KEY_FILE, error);
  hub->key = root_key == NULL ? NULL : make_key (directory, LANYARD_HUB_KEY_FILE, error);
  if (hub->key == NULL)
    return FALSE;
  hub->root = *lanyard_key_get_public (root_key);
  trust = sign_first_trust (hub, root_key);
  if (!install_pack (hub, pack_directory, trust, error))
    return FALSE;
  /* Last: where there is a database there is a whole hub. */
  hub->store = lanyard_hub_store_open (place, TRUE, error);
  if (hub->store == NULL || !put_documents (hub, trust, error))
    return FALSE;
  *root = hub->root;
  return TRUE;
}
