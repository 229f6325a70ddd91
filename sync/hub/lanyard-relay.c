/* SPDX-FileCopyrightText: The Lanyard authors
 * SPDX-License-Identifier: GPL-3.0-or-later
 */

#define G_LOG_DOMAIN "lanyard-relay"

#include "lanyard-relay.h"

#include <errno.h>
#include <string.h>

#include "lanyard-error.h"
#include "lanyard-hash.h"
#include "lanyard-relay-private.h"

#define ROOT_FILE "root.pub"

static gboolean
keep_root (const char *path, const LanyardPublicKey *root, GError **error)
{
  g_autofree char *hex = lanyard_hex_encode (root->bytes, sizeof root->bytes);

  return g_file_set_contents_full (path, hex, -1,
                                   G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                   0600, error);
}

/* The key in the folder, which the first start brought there. */
static gboolean
load_root (LanyardRelay *relay, const LanyardPublicKey *root, GError **error)
{
  g_autofree char *path = g_build_filename (relay->directory, ROOT_FILE, NULL);
  g_autofree char *hex = NULL;

  if (!g_file_get_contents (path, &hex, NULL, NULL))
    {
      if (root != NULL)
        {
          relay->root = *root;
          return keep_root (path, root, error);
        }
      g_set_error_literal (
          error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
          "A relay needs the event root key the first time: give --root, with what "
          "lanyard-hub init printed.");
      return FALSE;
    }
  g_strstrip (hex);
  if (!lanyard_hex_decode (hex, relay->root.bytes, sizeof relay->root.bytes)
      || (root != NULL && memcmp (root, &relay->root, sizeof *root) != 0))
    {
      g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_USAGE,
                   "The folder %s is of a relay of another event; take another one.",
                   relay->directory);
      return FALSE;
    }
  return TRUE;
}

static gboolean
make_folder (LanyardRelay *relay, GError **error)
{
  g_autofree char *cache = g_build_filename (relay->directory, "cache", NULL);

  if (g_mkdir_with_parents (cache, 0700) == 0)
    return TRUE;
  g_set_error (error, LANYARD_ERROR, LANYARD_ERROR_IO,
               "The folder %s cannot be made (%s): check the disk.", cache, g_strerror (errno));
  return FALSE;
}

LanyardRelay *
lanyard_relay_new (const char *directory,
                   const char *upstream,
                   const LanyardPublicKey *root,
                   GError **error)
{
  g_autoptr (LanyardRelay) relay = g_new0 (LanyardRelay, 1);

  g_return_val_if_fail (directory != NULL && upstream != NULL, NULL);

  relay->directory = g_strdup (directory);
  relay->cancellable = g_cancellable_new ();
  relay->client = lanyard_hub_client_new (upstream);
  relay->fetches = g_hash_table_new (g_str_hash, g_str_equal);
  relay->batches = g_ptr_array_new_with_free_func ((GDestroyNotify)_lanyard_relay_batch_free);
  if (!make_folder (relay, error) || !load_root (relay, root, error)
      || !_lanyard_relay_load_batches (relay, error))
    return NULL;
  _lanyard_relay_load_trust (relay);
  return g_steal_pointer (&relay);
}

void
lanyard_relay_free (LanyardRelay *relay)
{
  if (relay == NULL)
    return;
  g_cancellable_cancel (relay->cancellable);
  if (relay->timer != NULL)
    g_source_destroy (relay->timer);
  g_clear_pointer (&relay->timer, g_source_unref);
  /* The callbacks of what was cancelled still want to run once, with the relay alive. */
  while (g_main_context_iteration (g_main_context_get_thread_default (), FALSE))
    continue;
  lanyard_hub_client_free (relay->client);
  g_object_unref (relay->cancellable);
  g_free (relay->problem);
  g_hash_table_unref (relay->fetches);
  g_ptr_array_unref (relay->batches);
  g_clear_pointer (&relay->trust, lanyard_trust_list_unref);
  g_free (relay->directory);
  g_free (relay);
}

void
lanyard_relay_set_tls (LanyardRelay *relay,
                       const char *ca,
                       const char *certificate,
                       const char *key)
{
  lanyard_hub_client_set_tls_files (relay->client, ca, certificate, key);
}

const LanyardPublicKey *
lanyard_relay_get_root (LanyardRelay *relay)
{
  return &relay->root;
}

LanyardHubServer *
lanyard_relay_serve (LanyardRelay *relay, const char *listen, GError **error)
{
  const LanyardHubRoute *routes;
  guint n_routes;

  routes = _lanyard_relay_get_routes (&n_routes);
  relay->server = _lanyard_hub_server_new_for (NULL, routes, n_routes, relay, listen, error);
  if (relay->server != NULL)
    _lanyard_relay_watch_line (relay);
  return relay->server;
}
